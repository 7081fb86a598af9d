"""A line of arithmetic that stays legible: in one line where there is room, else in two, else in plain words."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.kit.formula.boxes import Box, Row, lay_out
from app.kit.formula.view import MARGIN, FormulaView
from app.kit.widgets.labels import wrapped
from app.workspaces.gradients.formulas import in_one_line

SIZE = 15.0
LEGIBLE = 0.8
"""A formula may shrink so far."""


class ArithmeticView(QWidget):
    """``hovered(key)``: the part of it that is pointed at, None where there is none."""

    hovered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Box, ...] = ()
        self._widths: tuple[float, ...] = ()
        self._whole: Box = Row(())
        self._split: int | None = None
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
            view.hovered.connect(self.hovered)

    def set_lines(self, lines: Sequence[Box]) -> None:
        """Show these: the parts of one line, in order, which may stand beneath one another."""
        if tuple(lines) == self._lines:
            return
        self._lines, self._split = tuple(lines), None
        self._whole = in_one_line(lines)
        self._widths = tuple(lay_out(one, SIZE).width for one in (self._whole, *self._lines))
        self.setAccessibleName(self.plain)
        self.fit(self.width())

    @property
    def plain(self) -> str:
        """The same in plain text."""
        return ", ".join(lay_out(one, SIZE).plain.strip() for one in self._lines)

    def fit(self, width: int) -> None:
        """Take the fullest form that is legible in so many pixels."""
        split = self._split_for(width)
        if split == self._split or not self._lines:
            return
        self._split = split
        boxes = (self._whole,) if split == 1 else self._lines if split == len(self.views) else ()
        for view, box in zip(self.views, (*boxes, None, None), strict=False):
            if box is not None:
                view.set_box(box)
            view.setVisible(box is not None)
        self.words.setText("" if boxes else self.plain)
        self.words.setVisible(not boxes)

    def _split_for(self, width: int) -> int:
        """In how many lines it is set; 0 for words."""
        room = (width - 2 * MARGIN) / LEGIBLE
        if not self._widths or self._widths[0] <= room:
            return 1
        return len(self.views) if len(self._lines) == len(self.views) and max(self._widths[1:]) <= room else 0

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
