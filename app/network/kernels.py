"""Gets numba's kernels ready without the user noticing: a child process fills their cache at the very first start."""

from __future__ import annotations

import os

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from engine.network import warm

STOP_MS = 2_000


class KernelWarmer(QObject):
    """Says :attr:`filled` once the cache can be loaded from. Compiling in a thread would stall the window."""

    filled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None

    def start(self) -> None:
        """Say so at once if the cache is filled; otherwise fill it in a child process."""
        if warm.cache_is_filled():
            self.filled.emit()
            return
        program, *arguments = warm.fill_command()
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("OMP_NUM_THREADS", os.environ.get("OMP_NUM_THREADS", "1"))
        process.setProcessEnvironment(environment)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._finish)
        process.start(program, arguments)
        self._process = process

    def stop(self) -> None:
        """End the child; what it has compiled so far stays in the cache."""
        if self._process is not None and self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.finished.disconnect(self._finish)
            self._process.kill()
            self._process.waitForFinished(STOP_MS)

    @Slot(int)
    def _finish(self, code: int) -> None:
        """Go on with numpy where compiling has failed: slower, but everything works."""
        if code == 0 and warm.cache_is_filled():
            self.filled.emit()
