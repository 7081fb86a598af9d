"""Gets numba's kernels ready without the user noticing: a child process fills their cache at the very first start."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.process import ChildProcess, ProcessOutcome, State
from engine.network import warm


class KernelWarmer(QObject):
    """Says :attr:`filled` once the cache can be loaded from. Compiling in a thread would stall the window."""

    filled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._said = False
        self._child = ChildProcess(self)
        self._child.changed.connect(self._look)

    def start(self) -> None:
        """Say so at once if there are kernels to load. Those for this processor are compiled in a child process if they
        are missing; where a bundle's are loaded meanwhile, the next start takes them."""
        self._said = False
        self._say_filled()
        if not warm.fits_this_processor():
            program, *arguments = warm.fill_command()
            self._child.start(program, arguments, {"OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")})

    def stop(self) -> None:
        """End the child; what it has compiled so far stays in the cache."""
        self._child.close()

    @Slot(object)
    def _look(self, outcome: ProcessOutcome) -> None:
        """Go on with numpy where compiling has failed: slower, but everything works."""
        if outcome.state is State.ENDED:
            self._say_filled()

    def _say_filled(self) -> None:
        if not self._said and warm.cache_is_filled():
            self._said = True
            self.filled.emit()
