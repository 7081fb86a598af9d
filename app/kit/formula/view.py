"""Formulas in the window: their parts can be pointed at, walked by keys, clicked and lit, its numbers dragged."""

from __future__ import annotations

from collections.abc import Collection, Hashable
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Formula, NumberInput
from app.kit.drawing.view import DrawingView
from app.kit.formula.boxes import Box, LaidOut, Row, box_of_line, lay_out

MARGIN = 4.0
"""Pixels kept free round a formula, for the ground of a lit part."""

Input = tuple[Hashable, float, NumberInput]
"""The key of a number, its value, and how it is changed."""


@dataclass(frozen=True)
class ShownFormula:
    """A formula in its full size, and how it is shown. ``below``: how far its baseline is under the middle of the view,
    None where it stands in the middle itself. ``margin``: pixels kept free round it."""

    line: LaidOut
    align: str
    ink: str
    margin: float = MARGIN
    below: float | None = None
    lit: frozenset[Hashable] = frozenset()
    inputs: tuple[Input, ...] = ()


def draw_formula(shown: ShownFormula, frame: Frame) -> Drawing:
    """Draw a formula in the middle of the height; where there is too little room for it, it gets smaller."""
    line, wide, high = shown.line, frame.width - 2 * shown.margin, frame.height - 2 * shown.margin
    scale = max(1e-3, min(1.0, wide / line.width if line.width else 1.0, high / line.height if line.height else 1.0))
    x = shown.margin + {"left": 0.0, "across": 0.5, "right": 1.0}[shown.align] * wide
    below = scale * (line.ascent - line.descent) / 2 if shown.below is None else shown.below
    baseline = frame.height / 2 + below
    mark = Formula(
        line, x, baseline, line.size, shown.ink, shown.align, scale * line.width, scale * line.height, shown.lit,
        shown.inputs, cursor=Qt.CursorShape.PointingHandCursor,
    )  # fmt: skip
    return Drawing((mark,), order=tuple(dict.fromkeys(part.key for part in line.keyed)))


class FormulaView(DrawingView):
    """One formula, as large as it is, or smaller where there is too little room: nothing is cut.

    ``align``: left, across or right. With ``walkable`` the keyboard walks from part to part.
    """

    def __init__(
        self, box: Box | None = None, size_px: float = 18.0, parent: QWidget | None = None, *, align: str = "left",
        ink: str = "text", walkable: bool = False, ground: str = "", margin: float = MARGIN,
        below: float | None = None,
    ) -> None:  # fmt: skip
        self._box: Box = Row(())
        self._size, self._walkable = size_px, walkable
        self._shown = ShownFormula(lay_out(self._box, size_px), align, ink, margin, below)
        hint = QSize(24, 24)
        super().__init__(draw_formula, self._shown, hint=hint, least=QSize(0, 0), ground=ground, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if box is not None:
            self.set_box(box)

    @property
    def laid_out(self) -> LaidOut:
        """Return the formula in its full size."""
        return self._shown.line

    def set_box(self, box: Box, laid: LaidOut | None = None, *, inputs: Collection[Input] = ()) -> None:
        """Show another formula. What is lit stays lit where the keys are still there. ``laid``: the same laid out in
        this view's size, by whoever had to know how large it is. ``inputs``: its numbers that can be changed."""
        if box is not self._box:
            self._box = box
            self._show_line(laid if laid is not None else lay_out(box, self._size), tuple(inputs))

    def set_size(self, size_px: float) -> None:
        """Show it in another size, the height of an em in pixels."""
        if size_px != self._size:
            self._size = size_px
            self._show_line(lay_out(self._box, size_px), self._shown.inputs)

    def _show_line(self, line: LaidOut, inputs: tuple[Input, ...]) -> None:
        before = self._shown.line
        if line.plain != before.plain:
            self.setAccessibleName(line.plain.strip())
        if self._walkable:  # the keyboard has no business where there is nothing to walk through
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus if line.keyed else Qt.FocusPolicy.NoFocus)
        self._show(replace(self._shown, line=line, inputs=inputs))
        if (line.width, line.height) != (before.width, before.height):
            self.updateGeometry()

    def light(self, keys: Collection[Hashable]) -> None:
        """Give the parts of these keys a soft ground, and take it from all others."""
        self._show(replace(self._shown, lit=frozenset(keys)))

    @property
    def lit(self) -> frozenset[Hashable]:
        """Return the keys whose parts are lit."""
        return self._shown.lit

    def _show(self, shown: ShownFormula) -> None:
        if shown != self._shown:
            self._shown = shown
            self.set_data(shown)

    def sizeHint(self) -> QSize:
        line, around = self._shown.line, 2 * self._shown.margin + 0.5
        return QSize(round(line.width + around), round(max(line.height, self._size) + around))

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def boxes_of(self, key: Hashable) -> list[QRectF]:
        """Return where the parts of a key are in the widget, so that another drawing can lead a line to them."""
        marks = (mark for mark in self.drawing.marks if isinstance(mark, Formula))
        return [QRectF(*rect) for mark in marks for rect in mark.rects_of(key)]

    def key_at(self, place: QPointF) -> Hashable | None:
        """Return the key of the innermost part at a place of the widget."""
        part = self.part_at(place)
        return None if part is None else part.key


class MathLabel(FormulaView):
    """A line of maths (or words with ``$…$``) in a theme colour."""

    def __init__(
        self,
        text: str = "",
        size_px: float = 18.0,
        parent: QWidget | None = None,
        *,
        colour: str = "text",
        below: float | None = None,
    ) -> None:
        """``below``: how far its baseline is under the middle, None where what it holds stands in the middle."""
        super().__init__(None, size_px, parent, ink=colour, margin=1.0, below=below)
        self.text = ""
        """The markup shown."""
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another line."""
        if text != self.text:
            self.text = text
            self.set_box(box_of_line(text))
