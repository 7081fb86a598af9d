"""A scalar graph painted from near: edges of two lanes, nodes over them, and over all of it the numbers."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from PySide6.QtCore import QCoreApplication, QLineF, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.kit import look, theme
from app.workspaces.scalar_graph.canvas.drawing import Knot, Link, Sort
from app.workspaces.scalar_graph.canvas.ink import Inks, Tone, inks, tone_of
from app.workspaces.scalar_graph.canvas.labels import OVERHANG, SUM_LINE, SUMMANDS, Label, sum_lines, sum_middle
from app.workspaces.scalar_graph.canvas.lanes import Lane
from app.workspaces.scalar_graph.canvas.nodes import LARGE_SIGN, WHOLE_FROM, Nodes
from app.workspaces.scalar_graph.canvas.shown import Shown, laid_out, not_yet
from app.workspaces.scalar_graph.canvas.stamps import Stamp, Stamps
from app.workspaces.scalar_graph.canvas.writing import Writing, pill, write_sign
from app.workspaces.scalar_graph.sight import Handed, bracketed, gradient_text, value_text

NUMBERS_FROM = 0.54
"""Numbers of edges are drawn from this zoom on."""
WORKING_FROM = 0.6
"""And from this one on, what products are worked out from."""
NUMBER, WORKING = (12.5, 14.5, 10.5), (10.5, 12.5, 9.0)
"""Sizes of numbers, and of what they are worked out from: in scene units, at most, and on the screen at least."""
RISE = 1.5
"""A number whose print is larger by 1 is written so much higher over its edge."""
LEAST, GROUND = 8.0, 4.0
"""Long factors may be as small on the screen; and so far numbers may reach into what is kept free about them."""
REACH = QMarginsF(90.0, 60.0, 90.0, 60.0)
"""Numbers stand so far from the edge or the node that they are of."""
LEADER = 1.2
"""How wide the dotted line is from a number to an edge that isn't plainly its own."""
MOST_DRAWN = 160
"""In a drawing of more nodes, edges that only pass by are drawn as lines: dozens of them may."""
THICKEST, THINNEST = 7.0, 1.6
"""The backward lane of the largest gradient in sight, and of one next to nothing."""


class NearPainter:
    """Paints what meets a rectangle of the scene. It is of one drawing; the pictures of its nodes are kept in
    ``stamps``, which other drawings may share."""

    def __init__(self, shown: Shown, stamps: Stamps | None = None) -> None:
        self._shown, self._visible, self._scale = shown, QRectF(), 1.0
        self._nodes, self._stamps = Nodes(shown), stamps if stamps is not None else Stamps()
        self._inks: Inks = inks()
        self._writing, self._pills, self._leaders = Writing(), list[Stamp](), list[QLineF]()
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
        near = self._paint_links(painter, set(knots))
        self._paint_exit(painter)
        self._stamps.paint(painter, [self._nodes.stamp(index, scale) for index in knots])
        if scale >= NUMBERS_FROM:  # over all lanes, so that none runs through a number
            for index in near:
                self._write_link(index)
            if shown.with_gradients:
                for index in knots:
                    self._write_sum(shown.drawing.knots[index])
        painter.setPen(QPen(theme.colour("text_muted"), LEADER, Qt.PenStyle.DotLine))
        painter.drawLines(self._leaders)
        self._writing.paint(painter)
        self._stamps.paint(painter, self._pills)
        painter.setOpacity(1.0)

    def _begin(self, visible: QRectF, scale: float, wanted: Sequence[QRectF]) -> None:
        sight = self._shown.sight
        self._wanted = [part.marginsAdded(REACH) for part in wanted] if wanted else [visible]
        self._visible, self._scale, self._inks = visible, scale, inks()
        self._number, self._working = _size(NUMBER, scale), _size(WORKING, scale)
        self._writing, self._pills, self._leaders = Writing(), [], []
        self._broken = sight.broken
        self._largest = sight.largest

    # Edges --------------------------------------------------------------------------------------------------------

    def _paint_links(self, painter: QPainter, seen: set[int]) -> list[int]:
        """The lanes of edges, whose indices it returns; of a large drawing, lines for those with no end in sight."""
        drawing = self._shown.drawing
        passing: list[QLineF] = []
        near: list[int] = []
        whole = len(drawing.knots) <= MOST_DRAWN
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for index in drawing.links_in(*self._wanted):
            link = drawing.links[index]
            if whole or link.source in seen or link.target in seen:
                self._paint_link(painter, link)
                near.append(index)
            else:
                passing.extend(link.line)
        painter.setPen(QPen(look.faded("text_muted", 0.3), 1.2))
        painter.drawLines(passing)
        return near

    def _paint_link(self, painter: QPainter, link: Link) -> None:
        sight = self._shown.sight
        forward, backward = link.lanes
        tone = tone_of(sight.values[link.source], broken=link.source in self._broken)
        self._lane(painter, forward, tone, THINNEST)
        if backward is None:
            return
        handed = sight.handed.get((link.target, link.slot))
        if handed is None:
            self._lane(painter, backward, Tone.UNKNOWN, 1.2)
        else:
            self._lane(
                painter, backward, self._way_back(handed.product, link.source), thickness(handed.product, self._largest)
            )

    def _way_back(self, gradient: float, node: int) -> Tone:
        """The tone of what comes back to a node."""
        return tone_of(gradient, broken=node in self._shown.sight.hollow)

    def _lane(self, painter: QPainter, lane: Lane, tone: Tone, width: float) -> None:
        """One lane with its arrow head, dashed while nothing is known to go along it."""
        if tone is Tone.UNKNOWN:
            for piece in lane.dashed(self._visible, width):
                painter.fillPath(piece, self._inks.colour(tone))
            return
        painter.setPen(self._inks.pen(tone, width))
        for piece in lane.drawn(self._visible):
            painter.drawPath(piece)
        painter.fillPath(lane.head(max(width, 2.0)), self._inks.colour(tone))

    # Numbers ------------------------------------------------------------------------------------------------------

    def _write_link(self, index: int) -> None:
        shown = self._shown
        link, label = shown.drawing.links[index], shown.labels.links[index]
        if link.plain:
            return
        value = shown.sight.values[link.source]
        of_value, of_product = label.leaders
        if shown.with_values and value is not None and label.value_at is not None:
            tone = tone_of(value, broken=link.source in self._broken)
            self._writing.number(self._over(label.value_at, label), value_text(value), tone, self._number)
            self._lead(of_value)
        if shown.with_gradients and not link.idle:
            working = label.sizes.lines > 1 or (link.target == shown.sight.current and shown.labels.has_working(index))
            handed = shown.sight.handed.get((link.target, link.slot))
            self._write_product(link, label, handed, working=working and self._scale >= WORKING_FROM)
            self._lead(of_product)

    def _lead(self, leader: QLineF | None) -> None:
        """Draw the line from a number to its edge, where there is one."""
        if leader is not None:
            self._leaders.append(leader)

    def _over(self, at: QPointF, label: Label) -> QPointF:
        """Where a value is written: in larger print, as from afar, one that stands over its edge keeps clear of it."""
        rise = RISE * (self._number - NUMBER[0]) if at.y() < label.product_at.y() else 0.0
        return QPointF(at.x(), at.y() - rise)

    def _write_product(self, link: Link, label: Label, handed: Handed | None, *, working: bool) -> None:
        at, source = label.product_at, link.source
        if handed is None:
            self._pills.append(pill(QPointF(at.x(), at.y() + 8.0)))
            return
        down = 8.0
        if working:
            down = 20.0
            self._write_factors(at, label.room, handed)
        result, tone = f"= {gradient_text(handed.product)}", self._way_back(handed.product, source)
        size = self._writing.fitting(result, self._number, label.room + GROUND, LEAST / self._scale)
        self._writing.number(QPointF(at.x(), at.y() + down), result, tone, size)

    def _write_factors(self, at: QPointF, room: float, handed: Handed) -> None:
        """What a product is worked out from, in smaller print where it needs that; its rule says it where there is no
        room even so."""
        factors = f"{gradient_text(handed.upstream)} × {bracketed(value_text(handed.local))}"
        sizes = (self._working, min(self._working, LEAST / self._scale))
        fitting = (size for size in sizes if self._writing.width(factors, size) <= room + GROUND)
        size = next(fitting, None)
        if size is not None:
            self._writing.words(QPointF(at.x(), at.y() + 5.0), factors, size)

    def _write_sum(self, knot: Knot) -> None:
        """Where a node fans out, the gradients that arrive are added."""
        shown = self._shown
        outward = shown.drawing.out_of.get(knot.index, ())
        if len(outward) < 2 or knot.sort is Sort.CONSTANT:
            return
        links = [shown.drawing.links[i] for i in outward]
        known = [shown.sight.handed.get((link.target, link.slot)) for link in links]
        if not any(known):
            return
        parts = [bracketed(gradient_text(one.product)) if one is not None else "?" for one in known]
        box, total = shown.labels.sums[knot.index], shown.sight.gradients[knot.index]
        x, y = box.center().x(), box.top() + 9.0 - SUM_LINE
        lines, size, least = sum_lines(parts), self._working, min(self._working, LEAST / self._scale)
        if len(parts) > SUMMANDS or any(self._writing.width(line, least) > box.width() + OVERHANG for line in lines):
            lines = (QCoreApplication.translate("ScalarGraph", "sum of {count}").format(count=len(parts)),)
        elif any(self._writing.width(line, size) > box.width() for line in lines):
            size = least
        for line in lines:
            y += SUM_LINE
            middle = sum_middle(knot, box, self._writing.width(line, size))
            self._writing.words(QPointF(middle, y), line, size)
        if total is None:
            self._pills.append(pill(QPointF(x, y + 15.0)))
        else:
            said, tone = f"= {gradient_text(total)}", self._way_back(total, knot.index)
            size = self._writing.fitting(said, self._number, box.width(), LEAST / self._scale)
            self._writing.number(QPointF(x, y + 15.0), said, tone, size)

    # The result ---------------------------------------------------------------------------------------------------

    def _paint_exit(self, painter: QPainter) -> None:
        """The box behind the output: the result forward, and the seed that the way back begins with."""
        shown, drawing = self._shown, self._shown.drawing
        if not drawing.knots:
            return
        value, seed = shown.sight.values[drawing.output], shown.sight.gradients[drawing.output]
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
            self._writing.number(foot, value_text(value), tone, 14.0)
        if shown.with_gradients and self._scale >= NUMBERS_FROM:
            self._write_seed(QPointF(drawing.exit.center().x(), drawing.exit.bottom() + 12.0), seed)

    def _write_seed(self, at: QPointF, seed: float | None) -> None:
        if seed is None:
            self._pills.append(pill(at + QPointF(0.0, 4.0)))
            return
        self._writing.words(at, QCoreApplication.translate("ScalarGraph", "seed"), 10.5)
        said = f"E = {gradient_text(seed)}"
        self._writing.number(
            QPointF(at.x(), at.y() + 16.0), said, self._way_back(seed, self._shown.drawing.output), 12.5
        )


def _size(size: tuple[float, float, float], scale: float) -> float:
    """A size in scene units at this zoom."""
    usual, most, least = size
    return min(most, max(usual, least / scale))


def thickness(value: float, largest: float) -> float:
    """How wide a backward lane is: by the root of its share of the largest, so that small ones are seen too."""
    if not largest or not math.isfinite(value):
        return THINNEST
    return THINNEST + (THICKEST - THINNEST) * math.sqrt(min(1.0, abs(value) / largest))
