"""The empty frame of the window: panels to be filled, and the splitters between them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own: no upper bound of a width or height."""


class Panel(QFrame):
    """An empty panel that a part of the window will fill."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)


def splitter(orientation: Qt.Orientation, first: QWidget, second: QWidget, grows: int) -> QSplitter:
    """Two widgets with a thin line between them; widget number ``grows`` takes what room is added."""
    made = QSplitter(orientation)
    made.setHandleWidth(1)
    made.setChildrenCollapsible(False)
    made.addWidget(first)
    made.addWidget(second)
    made.setStretchFactor(grows, 1)
    return made


def rule() -> QFrame:
    """A thin line between two parts of a column."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setFixedHeight(1)
    return line


def scrolled(content: QWidget) -> QScrollArea:
    """A part that scrolls where it is too tall for its place; its ground is that of what it lies on."""
    area = QScrollArea()
    scroll_in(area, content)
    return area


def scroll_in(area: QScrollArea, content: QWidget) -> None:
    """Have an area of one's own scroll its content so."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    for ground in (content, area.viewport()):
        ground.setAutoFillBackground(False)
