"""A scalar graph painted from near, with nodes as stamps and numbers over all; from afar; and whole, for a picture."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QLineF, QMarginsF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.kit import look, theme
from app.kit.formula.laid_out import LaidOut
from app.kit.widgets.painted import Painted
from app.workspaces.scalar_graph.canvas.state import CanvasState
from app.workspaces.scalar_graph.canvas.writing import (
    Inks,
    Stamp,
    Stamps,
    Tone,
    Writing,
    face,
    gradient_tone,
    inks,
    pill,
    tone_of,
    write_line,
    write_sign,
)
from app.workspaces.scalar_graph.computation import PassState
from app.workspaces.scalar_graph.layout import DASHES, DOTS, RADIUS, DrawnEdge, GraphDrawing, Knot, Lane, Sort
from app.workspaces.scalar_graph.names import DIGITS, gradient_text, laid_out, not_yet, value_text

WHOLE_FROM = 0.4
"""Below this zoom, nodes have only their signs, as large as there is room."""
SIGN, LARGE_SIGN = 17.0, 27.0
NAME, VALUE = 16.0, 13.5
"""Sizes of a leaf's name and value."""
LEAF_EDGE, HANDLE = 6.0, 14.0
"""So much of a leaf's box stays free at both sides; what is wider is written smaller."""
BESIDE_EDGE = 12.0
AROUND = 14.0
"""How far a node's flag and rings reach beyond it and its numbers."""


@dataclass(frozen=True, slots=True)
class NodeLook:
    """All that the look of a node depends on besides the node itself."""

    current: bool
    chosen: bool
    lit: bool
    focused: bool
    pulled: bool
    faulty: bool
    named: bool
    whole: bool
    framed: bool
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

    def __init__(self, shown: CanvasState) -> None:
        self._shown = shown
        self._fixed: dict[int, Hashable] = {}

    def stamp(self, index: int, scale: float) -> Stamp:
        """The node's body with its sign, its name and its marks."""
        knot = self._shown.drawing.knots[index]
        seen = self._look(knot, scale)
        area = knot.cell.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        return Stamp((self._fixed_look(knot), seen), area, partial(self._paint, knot, seen))

    def _fixed_look(self, knot: Knot) -> Hashable:
        """What of its look stays: that of an equal node in another drawing, while somebody types, is the same."""
        found = self._fixed.get(knot.index)
        if found is None:
            faces = self._shown.faces
            stands = faces.signs[knot.index], faces.names[knot.index] if knot.named else None
            found = _KnownLook((knot.sort, knot.room, knot.listed, *stands, self._joined_above(knot)))
            self._fixed[knot.index] = found
        return found

    def _look(self, knot: Knot, scale: float) -> NodeLook:
        shown = self._shown
        whole = scale >= WHOLE_FROM
        return NodeLook(
            current=shown.state.current == knot.index and not shown.stale,
            chosen=knot.key in shown.chosen,
            lit=knot.key in shown.lit,
            focused=knot.key == shown.focus,
            pulled=knot.key == shown.pulled,
            faulty=knot.index in shown.state.faulty or knot.index in shown.state.hollow,
            named=whole and shown.with_names and knot.named,
            whole=whole,
            framed=bool(knot.listed) and shown.with_gradients and are_numbers_legible(scale),
            value=shown.state.values[knot.index] if whole and knot.sort is Sort.LEAF else None,
        )

    def _paint(self, knot: Knot, seen: NodeLook, painter: QPainter) -> None:
        shown = self._shown
        if knot.listed:
            _paint_listed(painter, knot, framed=seen.framed)
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
        """A leaf's name, and beneath it what it is worth, each smaller where it would not fit."""
        room = knot.box.width() - 2 * LEAF_EDGE
        name, font = laid_out(self._shown.faces.signs[knot.index], NAME), face(VALUE, strong=True)
        _paint_fitted(painter, QPointF(knot.centre.x(), knot.centre.y() - 5.0), name.width, room - 2 * HANDLE,
                      lambda: name.paint(painter, -name.width / 2, 0.0))  # fmt: skip
        if value is None:
            return
        number = value_text(value)
        wide = font.width(number)
        colour = inks().numbers[Tone.FAULT] if tone_of(value) is Tone.FAULT else theme.colour("text")
        _paint_fitted(painter, QPointF(knot.centre.x(), knot.centre.y() + 15.0), wide, room,
                      lambda: write_line(painter, QPointF(-wide / 2, 0.0), number, font, colour))  # fmt: skip


def _paint_fitted(painter: QPainter, at: QPointF, wide: float, room: float, paint: Callable[[], None]) -> None:
    """Paint what is so wide about a point of its baseline, smaller where there is less room."""
    painter.save()
    painter.translate(at)
    if wide > room:
        painter.scale(room / wide, room / wide)
    paint()
    painter.restore()


STEM = 2.5
"""How wide the line is that is seen from further away than the frame it stands for."""


def _paint_listed(painter: QPainter, knot: Knot, *, framed: bool) -> None:
    """The frame that hangs from a node round the lines at which its edges begin; without numbers in these, one line
    from the node to all of its edges."""
    frame = knot.listed_box(knot.listed - 1)
    painter.setPen(QPen(look.faded("text_muted", 0.6), 1.0 if framed else STEM))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if framed:
        frame.setTop(knot.box.bottom())
        painter.drawRoundedRect(frame, 6, 6)
    else:
        corner = QPointF(frame.right(), knot.centre.y())
        painter.drawPolyline([knot.centre, corner, frame.bottomRight()])


def _paint_body(painter: QPainter, knot: Knot, seen: NodeLook) -> None:
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
    """A flag at the node's shoulder; what is wrong is said in words elsewhere."""
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
    corner = QRectF(knot.box.right() - HANDLE - 6.0, knot.box.top() + 3.0, HANDLE + 2.0, 16.0)
    painter.drawText(corner, Qt.AlignmentFlag.AlignCenter, "↔")


def _shape(painter: QPainter, knot: Knot, box: QRectF) -> None:
    if knot.sort is Sort.LEAF:
        painter.drawRoundedRect(box, 10, 10)
    else:
        painter.drawEllipse(box)


DOT_RADIUS = 5.0
MOST_DOTS = 12
"""So many dots at most: a sum of hundreds is one thing."""


@dataclass(frozen=True, slots=True)
class Motion:
    """The step under way, so far: ``node`` works out its value, or with ``back`` hands its gradient on."""

    node: int
    back: bool
    share: float

    def lanes(self, drawing: GraphDrawing) -> Sequence[Lane]:
        """The lanes that something comes along."""
        both = [drawing.links[index].lanes for index in drawing.into.get(self.node, ())[:MOST_DOTS]]
        if self.back:
            return [backward for _forward, backward in both if backward is not None]
        return [forward for forward, _backward in both]


def paint_motion(painter: QPainter, motion: Motion, drawing: GraphDrawing) -> None:
    """A dot on each lane, in scene units."""
    painter.setPen(QPen(theme.colour("surface"), 1.5))
    painter.setBrush(theme.colour("accent"))
    for lane in motion.lanes(drawing):
        share = 1.0 - motion.share if motion.back else motion.share
        painter.drawEllipse(lane.path.pointAtPercent(min(max(share, 0.0), 1.0)), DOT_RADIUS, DOT_RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)


NUMBERS_FROM = 0.54
"""Numbers of nodes and edges are drawn from this zoom on."""
NUMBER = (13.0, 15.0, 11.5)
"""The size of numbers in scene units, at most, and on the screen at least."""
LEAST = 8.0
"""Long numbers may be as small on the screen."""
NUMBER_EDGE = 6.0
"""So much of a number's room stays free at its sides."""
NUMBERS_REACH = QMarginsF(16.0, 16.0, 16.0, 16.0)
"""Marks of nodes, and lanes, reach so far beyond them."""
MOST_DRAWN = 160
"""In a drawing of more nodes, edges that only pass by are drawn as lines: dozens of them may."""
THICKEST, THINNEST = 7.0, 1.6
"""The backward lane of the largest gradient in sight, and of one next to nothing."""


class NearPainter:
    """Paints what meets a rectangle of the scene. It is of one drawing; the pictures of its nodes are kept in
    ``stamps``, which other drawings may share."""

    def __init__(self, shown: CanvasState, stamps: Stamps | None = None) -> None:
        self._shown, self._visible, self._scale = shown, QRectF(), 1.0
        self._nodes, self._stamps = Nodes(shown), stamps if stamps is not None else Stamps()
        self._inks: Inks = inks()
        self._writing, self._pills = Writing(), list[Stamp]()
        self._largest = 0.0
        self._broken: Collection[int] = ()
        self._wanted: list[QRectF] = []

    def paint(self, painter: QPainter, visible: QRectF, scale: float, wanted: Sequence[QRectF] = ()) -> None:
        """Paint in scene units; ``scale`` says how much of it can be read. ``wanted``: the parts of what is visible
        that are to be painted, all of it where there are none."""
        shown = self._shown
        self._begin(visible, scale, wanted)
        if shown.stale:
            painter.setOpacity(0.35)
        knots = shown.drawing.knots_in(*self._wanted)
        self._paint_links(painter, set(knots))
        self._paint_exit(painter)
        self._stamps.paint(painter, [self._nodes.stamp(index, scale) for index in knots])
        if are_numbers_legible(scale):  # over all lanes, so that none runs through a number
            for index in knots:
                self._write_numbers(shown.drawing.knots[index])
        self._writing.paint(painter)
        self._stamps.paint(painter, self._pills)
        painter.setOpacity(1.0)

    def _begin(self, visible: QRectF, scale: float, wanted: Sequence[QRectF]) -> None:
        state = self._shown.state
        self._wanted = [part.marginsAdded(NUMBERS_REACH) for part in wanted] if wanted else [visible]
        self._visible, self._scale, self._inks = visible, scale, inks()
        self._number = number_size(scale)
        self._writing, self._pills = Writing(), []
        knots = self._shown.drawing.knots
        self._digits = self._digits_for(knots[0].room - NUMBER_EDGE) if knots else DIGITS
        self._broken = state.broken
        self._largest = state.largest

    # Edges --------------------------------------------------------------------------------------------------------

    def _paint_links(self, painter: QPainter, seen: set[int]) -> None:
        """The lanes of edges; of a large drawing, lines for those with no end in sight."""
        drawing = self._shown.drawing
        passing: list[QLineF] = []
        whole = len(drawing.knots) <= MOST_DRAWN
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index in drawing.links_in(*self._wanted):
            link = drawing.links[index]
            if whole or link.source in seen or link.target in seen:
                self._paint_link(painter, link)
            else:
                passing.extend(link.straight)
        painter.setPen(QPen(look.faded("text_muted", 0.3), 1.2))
        painter.drawLines(passing)

    def _paint_link(self, painter: QPainter, link: DrawnEdge) -> None:
        state = self._shown.state
        forward, backward = link.lanes
        tone = tone_of(state.values[link.source], broken=link.source in self._broken)
        self._lane(painter, forward, tone, THINNEST)
        if backward is None:
            return
        handed = state.handed.get((link.target, link.slot))
        if handed is None:
            self._lane(painter, backward, Tone.UNKNOWN, 1.2)
        else:
            self._lane(
                painter, backward, self._way_back(handed.product, link.source), thickness(handed.product, self._largest)
            )

    def _way_back(self, gradient: float, node: int) -> Tone:
        """The tone of what comes back to a node."""
        return gradient_tone(gradient, broken=node in self._shown.state.hollow)

    def _lane(self, painter: QPainter, lane: Lane, tone: Tone, width: float) -> None:
        """One lane with its arrow head, dashed while nothing is known to go along it."""
        if tone in (Tone.UNKNOWN, Tone.ZERO):
            for piece in lane.dashed(self._visible, width, DASHES if tone is Tone.UNKNOWN else DOTS):
                painter.fillPath(piece, self._inks.colour(tone))
            if tone is Tone.UNKNOWN:
                return
            width = 0.0
        else:
            painter.setPen(self._inks.pen(tone, width))
            for piece in lane.drawn(self._visible):
                painter.drawPath(piece)
        painter.fillPath(lane.head(max(width, 2.0)), self._inks.colour(tone))

    # Numbers ------------------------------------------------------------------------------------------------------

    def _write_numbers(self, knot: Knot) -> None:
        """Beneath a node: its value, what comes back along each of its edges if these are several, its gradient."""
        shown, state = self._shown, self._shown.state
        value = state.values[knot.index]
        if shown.with_values and knot.says_value and value is not None:
            self._write(knot.value_box, value, tone_of(value, broken=knot.index in self._broken))
        if not shown.with_gradients:
            return
        for link in shown.drawing.listed(knot):
            handed = state.handed.get((link.target, link.slot))
            if handed is not None and link.line is not None:
                self._write(knot.listed_box(link.line), handed.product, self._way_back(handed.product, knot.index))
        gradient = state.gradients[knot.index]
        if knot.says_gradient and gradient is not None:
            self._write(knot.gradient_box, gradient, self._way_back(gradient, knot.index))
        elif knot.says_gradient:
            self._pills.append(pill(knot.gradient_box.center()))

    def _write(self, box: QRectF, number: float, tone: Tone) -> None:
        """Write a number into its room, smaller where it is longer than most."""
        text = value_text(number, self._digits)
        size = self._writing.fitting(text, self._number, box.width() - NUMBER_EDGE, LEAST / self._scale)
        self._writing.number(box.center(), text, tone, size)

    def _digits_for(self, room: float) -> int:
        """As many digits for all numbers as the longest has room for."""
        least = LEAST / self._scale
        for digits in range(DIGITS, 1, -1):
            texts = (value_text(number, digits) for number in self._shown.state.magnitudes)
            if all(self._writing.width(text, least, strong=True) <= room for text in texts):
                return digits
        return 1

    # The result ---------------------------------------------------------------------------------------------------

    def _paint_exit(self, painter: QPainter) -> None:
        """The box behind the output: the result forward, and the seed that the way back begins with."""
        shown, drawing = self._shown, self._shown.drawing
        if not drawing.knots:
            return
        value, seed = shown.state.values[drawing.output], shown.state.gradients[drawing.output]
        tone = tone_of(value, broken=drawing.output in self._broken)
        forward, backward = drawing.exit_lanes
        self._lane(painter, forward, tone, THINNEST)
        width = THICKEST - 2 if seed is not None else 1.2
        self._lane(painter, backward, Tone.UNKNOWN if seed is None else self._way_back(seed, drawing.output), width)
        painter.setPen(QPen(theme.colour("danger" if tone is Tone.FAULT else "text_muted"), 1.3))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(drawing.exit, 8, 8)
        if self._scale < WHOLE_FROM:
            write_sign(painter, drawing.exit, shown.faces.result, LARGE_SIGN)
            return
        name = laid_out(shown.faces.result, 16.0)
        name.paint(painter, drawing.exit.center().x() - name.width / 2, drawing.exit.top() + 20)
        foot = QPointF(drawing.exit.center().x(), drawing.exit.bottom() - 14)
        if value is None:
            self._writing.words(foot, not_yet(), 12.0)
        else:
            text = value_text(value, self._digits)
            size = self._writing.fitting(text, 14.0, drawing.exit.width() - 8.0, LEAST / self._scale)
            self._writing.number(foot, text, tone, size)
        if shown.with_gradients and are_numbers_legible(self._scale):
            self._write_seed(QPointF(drawing.exit.center().x(), drawing.exit.bottom() + 12.0), seed)

    def _write_seed(self, at: QPointF, seed: float | None) -> None:
        if seed is None:
            self._pills.append(pill(at + QPointF(0.0, 4.0)))
            return
        self._writing.words(at, QCoreApplication.translate("ScalarGraph", "seed"), 12.0)
        said = f"E = {gradient_text(seed)}"
        self._writing.number(
            QPointF(at.x(), at.y() + 16.0), said, self._way_back(seed, self._shown.drawing.output), 12.5
        )


def are_numbers_legible(scale: float) -> bool:
    """Whether the numbers of nodes and edges are drawn at this zoom."""
    return scale >= NUMBERS_FROM


def number_size(scale: float) -> float:
    """The size of numbers in scene units at this zoom."""
    usual, most, least = NUMBER
    return min(most, max(usual, least / scale))


def thickness(value: float, largest: float) -> float:
    """How wide a backward lane is: by the root of its share of the largest, so that small ones are seen too."""
    if not largest or not math.isfinite(value):
        return THINNEST
    return THINNEST + (THICKEST - THINNEST) * math.sqrt(min(1.0, abs(value) / largest))


SMOOTH = 700
"""More lines than this are drawn without smoothing, which takes most of a frame's time."""
LEAST_DOT, ROUND_DOT = 2.2, 5.0
"""Pixels: a node is never smaller on the screen; from the second size on its dot is round."""


class FarPainter:
    """Paints one drawing. What goes into which colour is worked out once for every moment of the playback."""

    def __init__(self, shown: CanvasState) -> None:
        self._shown = shown
        self._edges = [(link.target, link.slot) for link in shown.drawing.links]
        self._sources = [link.source for link in shown.drawing.links]
        self._lines = [list(link.straight) for link in shown.drawing.links]
        self._centres = [knot.centre for knot in shown.drawing.knots]
        self._leaves = frozenset(knot.index for knot in shown.drawing.knots if knot.sort is Sort.LEAF)
        self._of: PassState | None = None
        self._by_tone: dict[Tone, list[QLineF]] = {}
        self._by_colour: dict[str, QPolygonF] = {}

    def paint(self, painter: QPainter, scale: float) -> None:
        """Lines in the colour of what is known to go along them, backwards where that is known; dots for the nodes."""
        shown = self._shown
        if shown.state is not self._of:
            self._of = shown.state
            self._by_tone, self._by_colour = self._sorted_lines(shown.state), self._sorted_dots(shown.state)
        if shown.stale:
            painter.setOpacity(0.35)
        self._paint_lines(painter, scale)
        self._paint_dots(painter, scale)
        painter.setOpacity(1.0)

    def _sorted_lines(self, state: PassState) -> dict[Tone, list[QLineF]]:
        unknown, positive, negative, fault = (list[QLineF]() for _ in range(4))
        values, broken, hollow = state.values, state.broken, state.hollow
        for source, handed, lines in zip(self._sources, map(state.handed.get, self._edges), self._lines, strict=True):
            value, bad = (values[source], broken) if handed is None else (handed.product, hollow)
            if value is None:
                unknown.extend(lines)
            elif source in bad or not -math.inf < value < math.inf:
                fault.extend(lines)
            else:
                (positive if value >= 0.0 else negative).extend(lines)
        return {Tone.UNKNOWN: unknown, Tone.POSITIVE: positive, Tone.NEGATIVE: negative, Tone.FAULT: fault}

    def _sorted_dots(self, state: PassState) -> dict[str, QPolygonF]:
        found: dict[str, list[QPointF]] = {"border": [], "text_muted": [], "accent": [], "danger": []}
        for index, (centre, value) in enumerate(zip(self._centres, state.values, strict=True)):
            if index in state.faulty or index in state.hollow:
                found["danger"].append(centre)
            elif index in self._leaves:
                found["accent"].append(centre)
            else:
                found["border" if value is None else "text_muted"].append(centre)
        return {name: QPolygonF(points) for name, points in found.items()}

    def _paint_lines(self, painter: QPainter, scale: float) -> None:
        colours = {**inks().lanes, Tone.UNKNOWN: look.faded("text_muted", 0.35)}
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(self._lines) <= SMOOTH)
        for tone, lines in self._by_tone.items():
            pen = QPen(colours[tone], max(1.0, 2.0 * scale))
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLines(lines)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_dots(self, painter: QPainter, scale: float) -> None:
        shown, drawing = self._shown, self._shown.drawing
        size = max(2 * RADIUS * 0.8, 2 * LEAST_DOT / scale)
        for name, points in self._by_colour.items():
            _dots(painter, points, theme.colour(name), size, scale)
        chosen = [drawing.by_key[key].centre for key in shown.chosen if key in drawing.by_key]
        _dots(painter, QPolygonF(chosen), theme.colour("accent"), 1.5 * size, scale)
        if shown.state.current is not None and shown.state.current < len(self._centres):
            here = QPolygonF([self._centres[shown.state.current]])
            _dots(painter, here, theme.colour("accent"), max(2.0 * size, 9.0 / scale), scale)


def _dots(painter: QPainter, points: QPolygonF, colour: QColor, size: float, scale: float) -> None:
    pen = QPen(colour, size)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if size * scale >= ROUND_DOT else Qt.PenCapStyle.SquareCap)
    painter.setPen(pen)
    painter.drawPoints(points)


def crowded(in_view: int, scale: float) -> bool:
    """Whether signs and numbers could not be read, or would be too many for a frame."""
    return scale < 0.24 or (in_view > 160 and scale < 0.5)


MARGIN, GAP = 24.0, 18.0
"""Pixels around everything, and between formula and graph."""
LARGEST = 6000.0
"""A graph that is larger is drawn smaller."""


class WholeGraph(Painted):
    """Never shown. ``formula``: what stands over a graph so many pixels wide, None for nothing."""

    def __init__(
        self,
        shown: CanvasState,
        bounds: Callable[[], QRectF],
        formula: Callable[[float], LaidOut | None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._shown, self._bounds, self._formula = shown, bounds, formula
        self.hide()

    def fit(self) -> None:
        """Take the size of what there is to be drawn."""
        bounds = self._bounds()
        formula = self._formula(self._scale() * bounds.width())
        width, height = self._scale() * bounds.width(), self._scale() * bounds.height()
        if formula is not None:
            width, height = max(width, formula.width), height + formula.height + GAP
        self.resize(QSize(round(width + 2 * MARGIN), round(height + 2 * MARGIN)))

    def _scale(self) -> float:
        bounds = self._bounds()
        return min(1.0, LARGEST / max(bounds.width(), bounds.height(), 1.0))

    def paint(self, painter: QPainter) -> None:
        """On the ground of the canvas, and without what hands do there."""
        bounds, scale = self._bounds(), self._scale()
        formula = self._formula(scale * bounds.width())
        top = MARGIN
        painter.fillRect(QRectF(self.rect()), theme.colour("window"))
        if formula is not None:
            formula.paint(painter, MARGIN, top + formula.ascent)
            top += formula.height + GAP
        painter.translate(MARGIN, top)
        painter.scale(scale, scale)
        painter.translate(-bounds.topLeft())
        shown = replace(self._shown, chosen=frozenset(), lit=frozenset(), focus=None, pulled=None)
        if crowded(len(shown.drawing.knots), scale):
            FarPainter(shown).paint(painter, scale)
        else:
            NearPainter(shown).paint(painter, bounds, scale)
