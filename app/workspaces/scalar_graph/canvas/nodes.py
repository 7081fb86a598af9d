"""The nodes of a drawing painted from near as stamps: their bodies and signs, and the values of leaves."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.kit import look, theme
from app.workspaces.scalar_graph.canvas.drawing import Knot, Sort
from app.workspaces.scalar_graph.canvas.shown import Shown, laid_out
from app.workspaces.scalar_graph.canvas.writing import Stamp, Tone, face, inks, tone_of, write_line, write_sign
from app.workspaces.scalar_graph.sight import value_text

WHOLE_FROM = 0.4
"""Below this zoom, nodes have only their signs, as large as there is room."""
SIGN, LARGE_SIGN = 17.0, 27.0
NAME, VALUE = 16.0, 13.5
"""Sizes of a leaf's name and value."""
LEAF_EDGE = 8.0
"""So much of a leaf's box stays free at both sides; what is wider is written smaller."""
BESIDE_EDGE = 12.0
ABOVE, AROUND = 28.0, 14.0
"""How far a node's name, flag and rings reach beyond it."""


@dataclass(frozen=True, slots=True)
class Look:
    """All that the look of a node depends on besides the node itself."""

    current: bool
    chosen: bool
    lit: bool
    focused: bool
    pulled: bool
    faulty: bool
    named: bool
    whole: bool
    value: float | None


class _KnownLook:
    """A part of a key whose hash is worked out once: formulas are deep."""

    __slots__ = ("_hash", "look")

    def __init__(self, look: Hashable) -> None:
        self.look = look
        self._hash = hash(look)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, _KnownLook) and self.look == other.look)


class Nodes:
    """Makes the stamps of the nodes of what is shown."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self._fixed: dict[int, Hashable] = {}

    def stamp(self, index: int, scale: float) -> Stamp:
        """The node's body with its sign, its name and its marks."""
        knot = self._shown.drawing.knots[index]
        seen = self._look(knot, scale)
        area = knot.box.adjusted(-AROUND, -ABOVE, AROUND, AROUND)
        return Stamp((self._fixed_look(knot), seen), area, partial(self._paint, knot, seen))

    def _fixed_look(self, knot: Knot) -> Hashable:
        """What of its look stays: that of an equal node in another drawing, while somebody types, is the same."""
        found = self._fixed.get(knot.index)
        if found is None:
            faces = self._shown.faces
            stands = faces.signs[knot.index], faces.names[knot.index] if knot.named else None
            found = _KnownLook((knot.sort, knot.width, *stands, self._joined_above(knot)))
            self._fixed[knot.index] = found
        return found

    def _look(self, knot: Knot, scale: float) -> Look:
        shown = self._shown
        whole = scale >= WHOLE_FROM
        return Look(
            current=shown.sight.current == knot.index and not shown.stale,
            chosen=knot.key in shown.chosen,
            lit=knot.key in shown.lit,
            focused=knot.key == shown.focus,
            pulled=knot.key == shown.pulled,
            faulty=knot.index in shown.sight.faulty or knot.index in shown.sight.hollow,
            named=whole and shown.with_names and knot.named,
            whole=whole,
            value=shown.sight.values[knot.index] if whole and knot.sort is Sort.LEAF else None,
        )

    def _paint(self, knot: Knot, seen: Look, painter: QPainter) -> None:
        shown = self._shown
        _paint_body(painter, knot, seen)
        if seen.faulty:
            _paint_fault(painter, knot.box)
        if knot.sort is Sort.LEAF and seen.whole:
            _paint_handle(painter, knot, active=seen.pulled or seen.chosen)
            self._paint_value(painter, knot, seen.value)
        else:
            size = SIGN if seen.whole else LARGE_SIGN
            write_sign(painter, knot.box, shown.faces.signs[knot.index], min(size, 0.5 * knot.box.height()))
        if seen.named:
            line = laid_out(shown.faces.names[knot.index], 14.0)
            aside = line.width + BESIDE_EDGE if self._joined_above(knot) else line.width / 2
            colour = "accent" if seen.current else "text_muted"
            line.paint(painter, knot.centre.x() - aside, knot.box.top() - 6.0, colour=colour)

    def _joined_above(self, knot: Knot) -> bool:
        """Whether an edge leads straight up to a node where the name would stand: to a constant, or to another sum."""
        drawing = self._shown.drawing
        links = (drawing.links[i] for i in (*drawing.into.get(knot.index, ()), *drawing.out_of.get(knot.index, ())))
        others = (drawing.knots[link.source if link.target == knot.index else link.target].centre for link in links)
        return any(abs(other.x() - knot.centre.x()) < 1.0 and other.y() < knot.centre.y() for other in others)

    def _paint_value(self, painter: QPainter, knot: Knot, value: float | None) -> None:
        """A leaf's name and what it is worth, smaller where they would not fit."""
        name, font = laid_out(self._shown.faces.signs[knot.index], NAME), face(VALUE, strong=True)
        number = f" = {value_text(value)}" if value is not None else ""
        wide, room = name.width + font.width(number), knot.box.width() - 2 * LEAF_EDGE
        painter.save()
        painter.translate(knot.centre.x(), knot.centre.y() - 3.0)
        if wide > room:
            painter.scale(room / wide, room / wide)
        name.paint(painter, -wide / 2, 0.0)
        fault = tone_of(value) is Tone.FAULT
        colour = inks().numbers[Tone.FAULT] if fault else theme.colour("text")
        write_line(painter, QPointF(name.width - wide / 2, 0.0), number, font, colour)
        painter.restore()


def _paint_body(painter: QPainter, knot: Knot, seen: Look) -> None:
    box, colours = knot.box, theme.current()
    if seen.lit:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded("accent", 0.22))
        _shape(painter, knot, box.adjusted(-7, -7, 7, 7))
    strong = seen.current or seen.chosen
    edge = QColor(colours.accent if strong or knot.sort is Sort.LEAF else colours.text_muted)
    if seen.faulty and not seen.chosen:
        edge = QColor(colours.danger)
    width = 2.6 if strong else 1.8 if knot.sort is Sort.LEAF or seen.faulty else 1.3
    painter.setPen(QPen(edge, width))
    if knot.sort is Sort.CONSTANT and not strong and not seen.faulty:
        painter.setPen(QPen(theme.colour("border"), 1.2))
    painter.setBrush(theme.colour("accent_soft" if strong else "surface"))
    _shape(painter, knot, box)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if knot.sort is Sort.COLLAPSED:
        painter.setPen(QPen(edge, 1.0, Qt.PenStyle.DashLine))
        painter.drawEllipse(box.adjusted(-4, -4, 4, 4))
    if seen.focused:
        painter.setPen(QPen(look.faded("accent", 0.5), 1.5))
        _shape(painter, knot, box.adjusted(-8, -8, 8, 8))


def _paint_fault(painter: QPainter, box: QRectF) -> None:
    """A red flag at the node's shoulder; what is wrong is said in words elsewhere."""
    at = QPointF(box.right() - 5.0, box.top() + 5.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("danger"))
    painter.drawEllipse(at, 8.0, 8.0)
    painter.setPen(theme.colour("surface"))
    painter.setFont(look.font(11, QFont.Weight.Bold))
    painter.drawText(QRectF(at.x() - 8, at.y() - 8, 16, 16), Qt.AlignmentFlag.AlignCenter, "!")


def _paint_handle(painter: QPainter, knot: Knot, *, active: bool) -> None:
    """The sign that a leaf can be dragged."""
    painter.setPen(theme.colour("accent" if active else "text_muted"))
    painter.setFont(look.font(14, QFont.Weight.DemiBold))
    foot = QRectF(knot.box.left(), knot.centre.y() + 2, knot.box.width(), 20)
    painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, "↔")


def _shape(painter: QPainter, knot: Knot, box: QRectF) -> None:
    if knot.sort is Sort.LEAF:
        painter.drawRoundedRect(box, 10, 10)
    else:
        painter.drawEllipse(box)
