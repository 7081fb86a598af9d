"""Where the list, what is said of it and the tabs stand: beside one another, or in a small window one under another."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

from app.kit.widgets.frame import QWIDGETSIZE_MAX

SHARES = [450, 260]
"""Of the height, for the list and the tabs below it."""
ROOM_ACROSS, ROOM_DOWN = 860, 600
"""Pixels from which on all parts are seen at once, each with its words."""
LIST, TABS, WHY = 420, 320, 520
"""Heights in a small window."""
WHY_WIDTH = 312
MARGIN = 10


class FollowLayout(QScrollArea):
    """Wide: list over tabs, why at the right. Small: all of them one under another, which scrolls.
    ``rearranged(bool)``: it is small now, or is not."""

    rearranged = Signal(bool)

    def __init__(self, shown: QWidget, tabs: QWidget, why: QWidget) -> None:
        super().__init__()
        self._why, self._tabs = why, tabs
        self.small: bool | None = None
        self._beside: bool | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(MARGIN, MARGIN, MARGIN, 0)
        rows.addWidget(shown)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.setChildrenCollapsible(False)
        self._middle.setHandleWidth(MARGIN)
        self._middle.setStyleSheet("QSplitter::handle { background: transparent; }")
        self._middle.addWidget(holder)
        self._middle.addWidget(tabs)
        self._middle.setStretchFactor(0, 1)
        self._middle.setSizes(SHARES)
        body = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(1)
        self._box.addWidget(self._middle, 1)
        self._box.addWidget(why)
        self.setWidget(body)
        self._arrange(small=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(small=self.width() < ROOM_ACROSS or self.height() < ROOM_DOWN)

    def _arrange(self, *, small: bool) -> None:
        beside = not small or self.width() >= ROOM_ACROSS  # else there is only too little room below
        if (small, beside) == (self.small, self._beside):
            return
        self.small, self._beside = small, beside
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._middle.setMinimumHeight(LIST + TABS if small else 0)
        self._why.setMinimumWidth(WHY_WIDTH if beside else 0)
        self._why.setMaximumWidth(WHY_WIDTH if beside else QWIDGETSIZE_MAX)
        self._why.setMinimumHeight(0 if beside else WHY)
        self.rearranged.emit(small)
