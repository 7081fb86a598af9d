"""The empty frame of the window: panels to be filled, and the splitters between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.kit.words import plain_tip

L = TypeVar("L", bound=QBoxLayout)
QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own: no upper bound of a width or height."""
WINDOW_FRAME = QSize(2, 38)
"""What a window manager's frame takes, about: it is known only once the window is shown."""
GAP = 8
"""Pixels kept free above and below a part that is scrolled to."""
TALLEST_ROW = 64
"""Pixels: what is taller is no row of text, and may be cut where it scrolls."""


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
    """Have an area of one's own scroll its content so, up and down, ending in whole rows."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    WholeRows(area)
    for ground in (content, area.viewport()):
        ground.setAutoFillBackground(False)


@runtime_checkable
class DrawnRows(Protocol):
    """A widget that draws its rows, such as a ``DrawingView``, which isn't loaded for the first frame."""

    def cut_row(self, y: int) -> int:
        """Return where the topmost row begins that a line at ``y`` would cut; ``y`` where it cuts none."""


class WholeRows(QTimer):
    """Ends a scroll area, a list or a table after the last row that is in sight as a whole. What is taller than a row,
    such as a picture, is cut as ever."""

    def __init__(self, area: QAbstractScrollArea) -> None:
        super().__init__(area, singleShot=True, interval=0)  # once all is laid out
        self._area = area
        self.timeout.connect(self.follow)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._wait)
        bar.valueChanged.connect(self._wait)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The content is laid out anew, maybe in the same height; or taken away, maybe to where all of it has room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.start()
        elif event.type() == QEvent.Type.ParentChange and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            watched.clearMask()
        return super().eventFilter(watched, event)

    @Slot()
    def _wait(self) -> None:
        self.start()

    @Slot()
    def follow(self) -> None:
        """Hide the row that is cut now."""
        area, bar = self._area, self._area.verticalScrollBar()
        content = area.widget() if isinstance(area, QScrollArea) else area.viewport()
        if content is None:
            return
        content.installEventFilter(self)  # only once, however often it is said
        top = -content.y() if isinstance(area, QScrollArea) else 0
        bottom = top + area.viewport().height()
        end = bottom
        if bar.value() < bar.maximum():
            row_top = _row_of(area) if isinstance(area, QAbstractItemView) else lambda y: _cut_row(content, y)
            while end > top and (cut := row_top(end)) < end:
                end = cut
        is_cut = max(top, bottom - TALLEST_ROW) < end < bottom  # what interlocks further up is cut as ever
        mask = QRegion(0, 0, QWIDGETSIZE_MAX, end) if is_cut else QRegion()
        if mask != content.mask():
            content.setMask(mask)
            for part in content.findChildren(QWidget):
                part.update()  # Qt leaves what fills its ground as it was, also where it comes into sight


def _row_of(view: QAbstractItemView) -> Callable[[int], int]:
    def row_top(y: int) -> int:
        row = view.visualRect(view.indexAt(QPoint(1, y)))
        return row.top() if row.isValid() else y

    return row_top


def _cut_row(parent: QWidget, y: int) -> int:
    if isinstance(parent, DrawnRows):
        return parent.cut_row(y)
    top = y
    for part in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if part.isHidden() or not part.y() < y < part.y() + part.height():
            continue
        if part.height() <= TALLEST_ROW:
            top = min(top, part.y())
        elif not isinstance(part, QAbstractScrollArea):  # which ends in whole rows itself
            top = min(top, part.y() + _cut_row(part, y - part.y()))
    return top


def bring_into_sight(part: QWidget) -> None:
    """Scroll what is around a part as little as shows it whole, once it is laid out; to its head where it is too
    tall."""
    QTimer.singleShot(0, part, lambda: _scroll_to(part))


def _scroll_to(part: QWidget) -> None:
    area = part.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None:
        return
    bar = area.verticalScrollBar()
    top = bar.value() + part.mapTo(area.viewport(), QPoint(0, 0)).y() - GAP
    bottom = top + part.height() + 2 * GAP
    bar.setValue(min(max(bar.value(), bottom - area.viewport().height()), top))


Margins = tuple[int, int, int, int]


def column_layout(
    holder: QWidget | None = None, margins: Margins = (0, 0, 0, 0), spacing: int | None = None
) -> QVBoxLayout:
    """A column in a widget, or to be put into another layout."""
    return _spaced(QVBoxLayout() if holder is None else QVBoxLayout(holder), margins, spacing)


def row_layout(
    holder: QWidget | None = None, margins: Margins = (0, 0, 0, 0), spacing: int | None = None
) -> QHBoxLayout:
    """A row in a widget, or to be put into another layout."""
    return _spaced(QHBoxLayout() if holder is None else QHBoxLayout(holder), margins, spacing)


def _spaced(layout: L, margins: Margins, spacing: int | None) -> L:
    layout.setContentsMargins(*margins)
    if spacing is not None:
        layout.setSpacing(spacing)
    return layout


Part = QWidget | QLayout | int | tuple[QWidget | QLayout, int] | tuple[QWidget, int, Qt.AlignmentFlag]
"""A part of a row or column, with its stretch and alignment; a number alone is an empty stretch."""


def fill(layout: L, *parts: Part) -> L:
    """Add parts to a row or column, in their order."""
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
            continue
        content, stretch, *alignment = part if isinstance(part, tuple) else (part, 0)
        if isinstance(content, QLayout):
            layout.addLayout(content, stretch)
        else:
            layout.addWidget(content, stretch, *alignment)
    return layout


def push_button(text: str, role: str, tip: str = "") -> QPushButton:
    """A button of one of the style sheet's roles."""
    button = QPushButton(text)
    button.setProperty("role", role)
    button.setToolTip(plain_tip(tip))
    return button


def dress_table(table: QTableView, line: int, name: str) -> None:
    """Have a table look like a list: lines of one height, chosen whole and one at a time, without grid or numbers."""
    table.setAccessibleName(name)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(line)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    WholeRows(table)


def clear_layout(layout: QLayout) -> None:
    """Take every widget out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
