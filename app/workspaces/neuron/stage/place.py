"""Where the drawing of cell and unit lies: it scrolls where it is too small."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea


class StagePlace(QScrollArea):
    """Holds the drawing once it is made."""

    def __init__(self, least: QSize) -> None:
        """``least``: the least that the drawing will need."""
        super().__init__()
        self._least = least
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self._least.height())
