"""Says that work is under way only once it has taken a moment: what is quick shows nothing."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

PATIENCE_MS = 500


class Patience(QTimer):
    """Shows ``shown``, which holds the progress, while work goes on that is longer than this."""

    def __init__(self, shown: QWidget, progress: QProgressBar) -> None:
        super().__init__(shown)
        self._shown, self._progress = shown, progress
        self.setSingleShot(True)
        self.setInterval(PATIENCE_MS)
        self.timeout.connect(shown.show)
        shown.hide()

    def set_busy(self, busy: bool) -> None:
        """Work has begun, or is over."""
        self._progress.setValue(0)
        if busy:
            self.start()
        else:
            self.stop()
            self._shown.hide()
