"""Where the parts of following somebody stand: beside one another, or in a small window one under another."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

SHARES = [330, 190]
"""Of the height, for funnel and map: as much as shows the whole list in a small window."""
ROOM_ACROSS, ROOM_DOWN = 760, 600
"""Pixels from which on all parts are seen at once, each with its words."""
FUNNEL, BELOW = 350, 480
"""Heights in a small window: the whole list, and what is below it."""
MARGIN = 10


class Arranged(QScrollArea):
    """Wide: funnel over map, why at the right, the figures below. Small: the funnel has all of the width, map and why
    follow beside one another, then the figures; that scrolls. ``rearranged(bool)``: it is small now, or is not."""

    rearranged = Signal(bool)

    def __init__(self, funnel: QWidget, map_: QWidget, why: QWidget, bottom: QWidget) -> None:
        super().__init__()
        self._map, self._why, self._bottom = map_, why, bottom
        self.small: bool | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.setChildrenCollapsible(False)
        self._middle.setHandleWidth(MARGIN)
        self._middle.setStyleSheet("QSplitter::handle { background: transparent; }")
        self._middle.addWidget(funnel)
        body = QWidget()
        self._upper, self._lower = _holder(body, MARGIN), _holder(body, 0)
        _rows(self._upper).addWidget(self._middle)
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(1)
        self._grid.setColumnStretch(0, 1)
        self.setWidget(body)
        self._arrange(small=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(small=self.width() < ROOM_ACROSS or self.height() < ROOM_DOWN)

    def _arrange(self, *, small: bool) -> None:
        """What is in a grid already is moved within it."""
        if small == self.small:
            return
        self.small = small
        self._upper.setMinimumHeight(FUNNEL if small else 0)
        self._lower.setVisible(small)
        for row, height in enumerate((0, BELOW if small else 0)):
            self._grid.setRowMinimumHeight(row, height)
        self._grid.setRowStretch(0, 1)
        if small:
            _rows(self._lower).addWidget(self._map)
            self._grid.addWidget(self._upper, 0, 0, 1, 2)
            self._grid.addWidget(self._lower, 1, 0)
            self._grid.addWidget(self._why, 1, 1)
            self._grid.addWidget(self._bottom, 2, 0, 1, 2)
        else:
            self._middle.addWidget(self._map)
            self._middle.setSizes(SHARES)
            self._grid.addWidget(self._upper, 0, 0)
            self._grid.addWidget(self._why, 0, 1)
            self._grid.addWidget(self._bottom, 1, 0, 1, 2)
        self.rearranged.emit(small)


def _holder(body: QWidget, above: int) -> QWidget:
    holder = QWidget(body)
    QVBoxLayout(holder).setContentsMargins(MARGIN, above, MARGIN, MARGIN)
    return holder


def _rows(holder: QWidget) -> QVBoxLayout:
    rows = holder.layout()
    assert isinstance(rows, QVBoxLayout)
    return rows
