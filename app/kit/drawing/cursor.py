"""A cursor: the value on an axis that a plot is read at. It is moved by pointer and keys, as its axis may be."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRect, QRectF
from PySide6.QtGui import QPainter, QRegion

from app.kit.drawing.axes import AxisScale
from app.kit.drawing.marks import Mark, MarkPart, NumberInput, Rect, contains, mark
from app.kit.widgets.drag_number.arithmetic import FINER, to_multiple


@dataclass(frozen=True, slots=True)
class CursorInput(NumberInput):
    """How a cursor is moved.

    ``step``: what an arrow key adds; the pointer goes by tenths of it. ``zooms``: the axis can be zoomed and moved.
    ``home``: where Home leads, else the lower limit.
    """

    zooms: bool = False
    home: float | None = None

    @property
    def how(self) -> str:
        """Return how the cursor is moved, in words."""
        how = [QCoreApplication.translate("CursorInput", "Drag it, or press ← and →. Shift is finer, Ctrl coarser.")]
        if self.zooms:
            how.append(QCoreApplication.translate("CursorInput", "The wheel, + and − zoom; Shift-drag moves the axis."))
        return "\n".join(how)


@mark
class CursorMark(Mark):
    """A value on a horizontal axis. It paints nothing: a drawing shows it by a line, a dot or a number.

    ``target``: the area in which a press takes it to the pointer; a click on a mark in there chooses that mark, and a
    drag from it moves the cursor. ``handle``: where a click opens a field to type in, and where the keyboard's ring is.
    ``text``: the value, as it is spoken.
    """

    scale: AxisScale
    value: float
    text: str
    input: CursorInput
    handle: Rect | None = None

    @property
    def bounds(self) -> QRectF:  # type: ignore[override]
        return QRectF()

    @property
    def area(self) -> QRect:  # type: ignore[override]
        return QRect()

    def paint(self, painter: QPainter, exposed: QRegion | None = None) -> None:
        """It is no more than a place."""

    def hit(self, x: float, y: float) -> MarkPart | None:
        meant = self.takes(x, y) or self.on_handle(x, y)
        return self.keyed()[0] if meant else None

    def takes(self, x: float, y: float) -> bool:
        """Return whether a press there takes the cursor."""
        return self.target is not None and contains(self.target, x, y)

    def on_handle(self, x: float, y: float) -> bool:
        """Return whether a click there opens the field."""
        return self.handle is not None and contains(self.handle, x, y)

    def keyed(self) -> list[MarkPart]:
        if self.key is None:
            return []
        _, top, _, height = self.target or (0.0, 0.0, 0.0, 0.0)
        rect = self.handle or (self.scale.place(self.value), top, 1.0, height)
        return [MarkPart(self.key, self.tip, rect, self, self.value, self.text, self.input)]

    def value_at(self, x: float) -> float:
        """Return the value that a pixel stands for."""
        return self.input.new_drag().bounded(to_multiple(self.scale.value(x), self.input.step * FINER))

    def axis_moved(self, pixels: float) -> tuple[float, float]:
        """Return the ends of the axis once it is dragged so far to the right."""
        return self.scale.value(self.scale.start - pixels), self.scale.value(self.scale.end - pixels)

    def axis_zoomed(self, factor: float, x: float) -> tuple[float, float]:
        """Return the ends of an axis ``factor`` times as long, on which what stands at ``x`` stays there."""
        start, end = self.scale.start, self.scale.end
        x = min(max(x, start), end)
        return self.scale.value(x - (x - start) * factor), self.scale.value(x + (end - x) * factor)
