"""A scalar graph painted from near: edges of two lanes, nodes over them, and over all of it the numbers."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLineF, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.kit import look, theme
from app.workspaces.scalar_graph.canvas.drawing import Drawing, Link
from app.workspaces.scalar_graph.canvas.labels import WIDTH
from app.workspaces.scalar_graph.canvas.lanes import DASHES, DOTS, Lane
from app.workspaces.scalar_graph.canvas.nodes import LARGE_SIGN, WHOLE_FROM, Nodes
from app.workspaces.scalar_graph.canvas.shown import Shown, laid_out, not_yet
from app.workspaces.scalar_graph.canvas.writing import (
    Inks,
    Stamp,
    Stamps,
    Tone,
    Writing,
    gradient_tone,
    inks,
    pill,
    tone_of,
    write_sign,
)
from app.workspaces.scalar_graph.sight import gradient_text, value_text

RADIUS = 5.0
MOST = 12
"""So many dots at most: a sum of hundreds is one thing."""


@dataclass(frozen=True, slots=True)
class Motion:
    """The step under way, so far: ``node`` works out its value, or with ``back`` hands its gradient on."""

    node: int
    back: bool
    share: float

    def lanes(self, drawing: Drawing) -> Sequence[Lane]:
        """The lanes that something comes along."""
        both = [drawing.links[index].lanes for index in drawing.into.get(self.node, ())[:MOST]]
        if self.back:
            return [backward for _forward, backward in both if backward is not None]
        return [forward for forward, _backward in both]


def paint_motion(painter: QPainter, motion: Motion, drawing: Drawing) -> None:
    """A dot on each lane, in scene units."""
    painter.setPen(QPen(theme.colour("surface"), 1.5))
    painter.setBrush(theme.colour("accent"))
    for lane in motion.lanes(drawing):
        share = 1.0 - motion.share if motion.back else motion.share
        painter.drawEllipse(lane.path.pointAtPercent(min(max(share, 0.0), 1.0)), RADIUS, RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)


NUMBERS_FROM = 0.54
"""Numbers of edges are drawn from this zoom on."""
NUMBER = (13.0, 15.0, 11.5)
"""The size of numbers in scene units, at most, and on the screen at least."""
LEAST = 8.0
"""Long numbers may be as small on the screen."""
REACH = QMarginsF(90.0, 60.0, 90.0, 60.0)
"""Numbers stand so far from the edge or the node that they are of."""
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
        near = self._paint_links(painter, set(knots))
        self._paint_exit(painter)
        self._stamps.paint(painter, [self._nodes.stamp(index, scale) for index in knots])
        if scale >= NUMBERS_FROM:  # over all lanes, so that none runs through a number
            for index in near:
                self._write_link(index)
            if shown.with_gradients:
                for index in knots:
                    self._write_sum(index)
        self._writing.paint(painter)
        self._stamps.paint(painter, self._pills)
        painter.setOpacity(1.0)

    def _begin(self, visible: QRectF, scale: float, wanted: Sequence[QRectF]) -> None:
        sight = self._shown.sight
        self._wanted = [part.marginsAdded(REACH) for part in wanted] if wanted else [visible]
        self._visible, self._scale, self._inks = visible, scale, inks()
        self._number = number_size(scale)
        self._writing, self._pills = Writing(), []
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
        return gradient_tone(gradient, broken=node in self._shown.sight.hollow)

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

    def _write_link(self, index: int) -> None:
        shown = self._shown
        link, label = shown.drawing.links[index], shown.labels.links[index]
        if link.plain:
            return
        sight, value = shown.sight, shown.sight.values[link.source]
        if shown.with_values and value is not None and label.value_at is not None:
            self._write(label.value_at, value, tone_of(value, broken=link.source in self._broken))
        if shown.with_gradients and label.gradient_at is not None:
            handed = sight.handed.get((link.target, link.slot))
            self._write_gradient(label.gradient_at, handed.product if handed is not None else None, link.source)

    def _write_gradient(self, at: QPointF, gradient: float | None, node: int) -> None:
        """What comes back to a node, or that it is not known yet."""
        if gradient is None:
            self._pills.append(pill(at))
        else:
            self._write(at, gradient, self._way_back(gradient, node))

    def _write(self, at: QPointF, number: float, tone: Tone) -> None:
        """A number in its room, smaller where it is longer than most."""
        text = value_text(number)
        size = self._writing.fitting(text, self._number, WIDTH, LEAST / self._scale)
        self._writing.number(at, text, tone, size)

    def _write_sum(self, index: int) -> None:
        """Under a leaf that fans out, what arrives is added."""
        shown = self._shown
        box, total = shown.labels.sums.get(index), shown.sight.gradients[index]
        if box is not None:
            self._write_gradient(box.center(), total, index)

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
            text = value_text(value)
            size = self._writing.fitting(text, 14.0, drawing.exit.width() - 8.0, LEAST / self._scale)
            self._writing.number(foot, text, tone, size)
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


def number_size(scale: float) -> float:
    """The size of numbers in scene units at this zoom."""
    usual, most, least = NUMBER
    return min(most, max(usual, least / scale))


def thickness(value: float, largest: float) -> float:
    """How wide a backward lane is: by the root of its share of the largest, so that small ones are seen too."""
    if not largest or not math.isfinite(value):
        return THINNEST
    return THINNEST + (THICKEST - THINNEST) * math.sqrt(min(1.0, abs(value) / largest))
