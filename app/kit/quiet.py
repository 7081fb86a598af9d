"""When to ask PyTorch for the first time: its import stops every thread for a third of a second; hands come first."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from engine.extras import has_torch

FIRST_MS = 500
"""Until PyTorch is loaded, numbers must stand still for so long."""


class Quiet(QObject):
    """``come``: nobody has called :meth:`wait` for as long as was said. Until PyTorch is loaded it takes
    :data:`FIRST_MS` at least, and comes while no mouse button is held; without PyTorch there is nothing to load."""

    come = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def wait(self, milliseconds: int) -> None:
        """Begin to wait anew."""
        self._timer.start(milliseconds if _loaded() else max(milliseconds, FIRST_MS))

    def stop(self) -> None:
        """Wait no more."""
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        if not _loaded() and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self.wait(FIRST_MS)
        else:
            self.come.emit()


def _loaded() -> bool:
    return "torch" in sys.modules or not has_torch()
