"""A line of arithmetic that stays legible: in one line where there is room, else in two, else in plain words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit.formula.boxes import Box, Row, lay_out
from app.kit.formula.view import MARGIN, FormulaView
from app.kit.widgets.labels import wrapped
from app.workspaces.gradients.formulas import in_one_line

SIZE = 19.0
LEGIBLE = 0.8
"""A formula may shrink so far."""
MOST_FITS = 3
LEAST_MS = 200
"""While numbers are dragged, a formula is set anew so seldom: it takes longer than all the rest of a frame, and nobody
reads it meanwhile. The last one is always set."""
Lines = Callable[[], Sequence[Box]]


class ArithmeticView(QWidget):
    """``hovered(key)``: the part of it that is pointed at, None where there is none. ``clicked(key)``. ``grown``: it
    may take another height."""

    hovered = Signal(object)
    clicked = Signal(object)
    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Box, ...] = ()
        self._whole: Box = Row(())
        self._laid = lay_out(self._whole, SIZE)
        self._split: int | None = None
        self._fitting, self._room = False, 0
        self.views = (FormulaView(None, SIZE, walkable=True), FormulaView(None, SIZE, walkable=True))
        self.words = wrapped()
        self.words.setContentsMargins(0, 3, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (*self.views, self.words):
            part.hide()
            column.addWidget(part)
        for view in self.views:
            view.pointed.connect(self.hovered)
            view.chosen.connect(self.clicked)
        self._next: Lines | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(LEAST_MS)
        self._rest.timeout.connect(self._take_next)

    def set_lines(self, lines: Lines) -> None:
        """Show what these come to, now or as soon as it is time: the parts of one line, in order, which may stand
        beneath one another; nothing where there are none."""
        self._next = lines
        if not self._rest.isActive():
            self._take_next()

    def clear(self) -> None:
        """Show nothing, now."""
        self._next = None
        self._set(())

    @Slot()
    def _take_next(self) -> None:
        if self._next is not None:
            lines, self._next = self._next, None
            self._rest.start()
            self._set(lines())

    def _set(self, lines: Sequence[Box]) -> None:
        if tuple(lines) == self._lines:
            return
        before, self._lines, self._split = self._height, tuple(lines), None
        self.setVisible(bool(lines))
        if lines:
            self._whole = in_one_line(lines)
            self.views[0].set_box(self._whole)  # it lays it out
            self._laid = self.views[0].laid_out
            self.setAccessibleName(self.plain)
            self.fit(self.width())
        if self._height != before:
            self.grown.emit()

    @property
    def _height(self) -> int:
        """What it takes, in pixels; of words it is not asked."""
        return sum(view.sizeHint().height() for view in self.views if not view.isHidden()) if self._lines else 0

    @property
    def plain(self) -> str:
        """The same in plain text."""
        return self._laid.plain.strip()

    def fit(self, width: int) -> None:
        """Take the fullest form that is legible in so many pixels."""
        self._room = width
        if self._fitting or not self._lines:
            return  # to show a part lays all out anew, which gives another width meanwhile
        self._fitting = True
        for _ in range(MOST_FITS):
            split = self._split_for(self._room)
            if split == self._split:
                break
            self._take_form(split)
        self._fitting = False

    def _take_form(self, split: int) -> None:
        self._split = split
        boxes = (self._whole,) if split == 1 else self._lines if split == len(self.views) else ()
        for view, box in zip(self.views, (*boxes, None, None), strict=False):
            if box is not None:
                view.set_box(box)
            view.setVisible(box is not None)
        self.words.setVisible(not boxes)
        if self.words.text() != (text := "" if boxes else self.plain):
            self.words.setText(text)
            self.grown.emit()

    def _split_for(self, width: int) -> int:
        """In how many lines it is set; 0 for words."""
        room = (width - 2 * MARGIN) / LEGIBLE
        if self._laid.width <= room:
            return 1
        fits = len(self._lines) == len(self.views) and all(lay_out(one, SIZE).width <= room for one in self._lines)
        return len(self.views) if fits else 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(self.width())

    def light(self, keys: Collection[Hashable]) -> None:
        """Give the parts of these keys a soft ground."""
        for view in self.views:
            view.light(keys)

    @property
    def lit(self) -> frozenset[Hashable]:
        """The keys whose parts are lit."""
        return self.views[0].lit
