"""A strip above it all for what keeps it from being true: the network is being opened, or nobody answers any more."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from app.kit.widgets.labels import ElidedLabel

PATIENCE_MS = 500
"""What takes no longer needs no word."""


class StatusStrip(QFrame):
    """``restart_wanted``: by hand. Hidden while there is nothing to say."""

    restart_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.words = ElidedLabel()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setFixedWidth(140)
        self.again = QPushButton(self.tr("Start again"))
        self.again.setProperty("role", "remedy")
        self.again.setToolTip(self.tr("Open the network again; the history stays as it is"))
        self.again.clicked.connect(self.restart_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.addWidget(self.words, 1)
        row.addWidget(self.progress)
        row.addWidget(self.again)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show_busy)
        self._busy = ""
        self.hide()

    def set_busy(self, busy: bool, words: str) -> None:
        """An answer is awaited, or is here: said only once it has taken a moment."""
        self._busy = words
        if busy and not self.isVisible():
            self._patience.start()
        elif not busy:
            self._patience.stop()
            if self.again.isHidden():
                self.hide()

    @Slot()
    def _show_busy(self) -> None:
        self._show(self._busy, lost=False)

    @Slot(str)
    def show_lost(self, sentence: str) -> None:
        """Nobody answers: why, and the way back."""
        self._patience.stop()
        self._show(sentence, lost=True)

    def clear(self) -> None:
        """There is nothing to say any more."""
        self._patience.stop()
        self.again.hide()
        self.hide()

    def _show(self, words: str, *, lost: bool) -> None:
        self.words.set_full_text(words)
        self.progress.setVisible(not lost)
        self.again.setVisible(lost)
        self.show()
