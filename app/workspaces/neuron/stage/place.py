"""Where the drawing of cell and unit lies: it scrolls where it is too small, and messages lie over its title."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

STRIP = 52
"""Pixels at the top: below them are numbers, which no message is to hide."""


class StagePlace(QWidget):
    """``strip``: the part of the drawing that messages may cover."""

    def __init__(self, least: QSize, parent: QWidget | None = None) -> None:
        """``least``: the least that the drawing will need."""
        super().__init__(parent)
        self._least = least
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.strip = QWidget()
        self.strip.setFixedHeight(STRIP)
        self.strip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layers = QGridLayout(self)
        layers.setContentsMargins(0, 0, 0, 0)
        layers.addWidget(self._scroll, 0, 0)
        layers.addWidget(self.strip, 0, 0, Qt.AlignmentFlag.AlignTop)
        self.strip.raise_()

    def hold(self, stage: QWidget) -> None:
        """Have the drawing in it."""
        self._scroll.setWidget(stage)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self._least.height())
