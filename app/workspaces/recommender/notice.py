"""A sentence over a page that keeps what is shown from being true, and what to do about it."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.kit.widgets.labels import wrapped
from app.kit.words import plain_tip


class Notice(QFrame):
    """Hidden until there is something to say; ``wanted`` is pressed to have it mended."""

    def __init__(self, offer: str, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.text = wrapped("", None)
        self.wanted = QPushButton(offer)
        self.wanted.setProperty("role", "remedy")
        self.wanted.setToolTip(plain_tip(tip))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.addWidget(self.text, 1)
        row.addWidget(self.wanted)
        self.hide()

    def say(self, sentence: str) -> None:
        """Say it."""
        self.text.setText(sentence)
        self.show()
