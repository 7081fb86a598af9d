"""Groups of nodes that can be one: a soft ground round them, and on its edge a pill that collapses them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen

from app.kit import look, theme
from app.kit.icons import pixmap
from app.kit.scene.viewport import Camera
from app.kit.typeset import paint_line, typeset
from app.workspaces.scalar_graph.canvas.drawing import Drawing, Sort
from app.workspaces.scalar_graph.canvas.nodes import FEW, Nodes, needless_box
from app.workspaces.scalar_graph.canvas.shown import Shown

ASIDE, BELOW = 22.0, 44.0
"""From the nodes to the hull's edge: numbers lie between."""
OVER, OVER_CONSTANT = 36.0, 20.0
"""Over a node is its name, over a constant nothing; then half a pill."""
HEIGHT, PADDING, ICON, GAP = 24.0, 9.0, 13, 10.0
PIXELS, FORMULA_PIXELS = 12.0, 15.0
ROUND, DASH = 10.0, 1.2
"""Pixels: of a hull's corners, and the width of its edge."""


@dataclass(frozen=True, slots=True)
class Hull:
    """``words`` and ``markup`` stand on its pill; ``name``: what the collapsed node is to be called."""

    keys: frozenset[Hashable]
    box: QRectF
    words: str
    markup: str = ""
    name: str = ""

    @property
    def pill_width(self) -> float:
        """Of its pill, in pixels."""
        width = 2 * PADDING + ICON + 6 + _width(self.words)
        return width + GAP + typeset(self.markup, FORMULA_PIXELS).width if self.markup else width


def hull_box(drawing: Drawing, keys: Iterable[Hashable]) -> QRectF:
    """What holds these nodes with their numbers."""
    total = QRectF()
    for key in keys:
        if key in drawing.by_key:
            knot = drawing.by_key[key]
            over = OVER_CONSTANT if knot.sort is Sort.CONSTANT else OVER
            below = 8.0 if knot.sort is Sort.CONSTANT else BELOW
            total = total.united(knot.box.adjusted(-ASIDE, -over, ASIDE, below))
    return total


def paint_grounds(painter: QPainter, hulls: Iterable[Hull], camera: Camera) -> None:
    """The soft grounds, beneath the graph, in pixels of the widget."""
    for hull in hulls:
        box = camera.rect_to_view(hull.box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded("accent", 0.07))
        painter.drawRoundedRect(box, ROUND, ROUND)
        painter.translate(box.topLeft())
        painter.fillPath(_dashes(box.width(), box.height()), look.faded("accent", 0.45))
        painter.translate(-box.topLeft())


@lru_cache(maxsize=16)
def _dashes(width: float, height: float) -> QPainterPath:
    """The dashes of an edge, as areas: a pen sets its own anew in every part of it that is painted by itself."""
    edge = QPainterPath()
    edge.addRoundedRect(QRectF(0.0, 0.0, width, height), ROUND, ROUND)
    stroker = QPainterPathStroker(QPen(Qt.GlobalColor.black, DASH, Qt.PenStyle.DashLine))
    return stroker.createStroke(edge)


def paint_pills(painter: QPainter, pills: Iterable[tuple[Hull, QRectF]]) -> None:
    """The pills in their places, above the graph."""
    for hull, box in pills:
        painter.setPen(QPen(theme.colour("accent"), 1.2))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(
            QPointF(box.left() + PADDING, box.center().y() - ICON / 2), pixmap("fit", ICON, "accent", ratio)
        )
        painter.setFont(look.font(PIXELS, QFont.Weight.Medium))
        painter.setPen(theme.colour("accent"))
        left = box.left() + PADDING + ICON + 6
        painter.drawText(box.adjusted(left - box.left(), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, hull.words)
        if hull.markup:
            line = typeset(hull.markup, FORMULA_PIXELS)
            baseline = box.center().y() + (line.ascent - line.descent) / 2
            paint_line(painter, line, left + _width(hull.words) + GAP, baseline, "accent")


def _width(words: str) -> float:
    return QFontMetricsF(look.font(PIXELS, QFont.Weight.Medium)).horizontalAdvance(words)


INSET, PLACES = 12.0, 7
"""Pixels from a corner to a pill, and how many places are tried along an edge."""
STEP, OTHER_EDGE, HIDING = 4.0, 60.0, 1e6
"""How bad it is to lie a place further along, at each next height, the upper edge's first, and on a number: each square
pixel of that is as bad as 1."""
NAMED = 20.0
"""A node's name stands so far over it, in scene units."""

Floats = NDArray[np.float64]
Edges = tuple[float, float, float, float]
"""x, y, width, height."""


class Pills:
    """Places that were found hold for as long as one looks at the same groups from the same place."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = (None, None, None)
        self._seen: tuple[object, ...] = ()
        self._places: tuple[tuple[Hull, QRectF], ...] = ()

    def of(
        self, hulls: tuple[Hull, ...], shown: Shown, camera: Camera, area: QRectF, numbers: Callable[[], bool]
    ) -> tuple[tuple[Hull, QRectF], ...]:
        """Each group that has a pill, and where that is, in pixels of the widget within ``area``: none has one where it
        would lie on a node or on another. ``numbers``: whether those of the edges can be read from there."""
        of = hulls, shown.drawing, shown.labels
        seen = camera.scale, camera.offset, area
        if seen != self._seen or any(one is not other for one, other in zip(of, self._of, strict=True)):
            self._of, self._seen = of, seen
            self._places = tuple(_placed(hulls, shown, camera, area, numbers=numbers())) if hulls else ()
        return self._places


def _placed(
    hulls: Sequence[Hull], shown: Shown, camera: Camera, area: QRectF, *, numbers: bool
) -> list[tuple[Hull, QRectF]]:
    found: list[tuple[Hull, QRectF]] = []
    for hull in hulls:
        places = _places(camera.rect_to_view(hull.box), hull.pill_width, area)
        if not places:
            continue
        nodes, written = _about(hull, shown, camera, numbers=numbers)
        nodes += [_edges(pill) for _, pill in found]
        rows = np.array([_edges(place) for place in places])
        hidden = _covered(rows, written)
        costs = np.where(hidden > 0.0, hidden + HIDING, 0.0) + np.array(
            [OTHER_EDGE * (n // PLACES) + STEP * (n % PLACES) for n in range(len(places))]
        )
        costs = np.where(_covered(rows, nodes) > 0.0, np.inf, costs)
        best = int(np.argmin(costs))
        if np.isfinite(costs[best]):
            found.append((hull, places[best]))
    return found


def _places(frame: QRectF, width: float, area: QRectF) -> list[QRectF]:
    """Along the upper edge of a group from the left, then over that, along the lower one and under that, as far as it
    is in sight, and at last along the ends of the area."""
    if not frame.intersects(area) or width > area.width():
        return []
    first = max(frame.left() + INSET, area.left())
    last = max(min(frame.right() - INSET, area.right()) - width, first)
    lefts = [min(x, area.right() - width) for x in np.linspace(first, last, PLACES).tolist()]
    upper = min(max(frame.top() - HEIGHT / 2, area.top()), frame.bottom() - HEIGHT / 2)
    lower = max(min(frame.bottom() - HEIGHT / 2, area.bottom() - HEIGHT), frame.top() - HEIGHT / 2)
    under, foot = min(frame.bottom() - 1.0, area.bottom() - HEIGHT), area.bottom() - HEIGHT
    heights = (upper, max(frame.top() - HEIGHT + 1.0, area.top()), lower, under, foot, area.top())
    return [QRectF(x, y, width, HEIGHT) for y in heights for x in lefts if area.top() <= y <= area.bottom()]


def _about(hull: Hull, shown: Shown, camera: Camera, *, numbers: bool) -> tuple[list[Edges], list[Edges]]:
    """What lies about a group, in pixels: the nodes, and the numbers of edges."""
    drawing = shown.drawing
    around = hull.box.adjusted(-NAMED, -NAMED, NAMED, NAMED)
    knots = [drawing.knots[index] for index in drawing.knots_in(around)]
    nodes = [knot.box.adjusted(-3.0, -3.0 if knot.sort is Sort.CONSTANT else -NAMED, 3.0, 3.0) for knot in knots]
    boxes = [box for box in shown.labels.numbers if box.intersects(around)] if numbers else []
    constants = [knot for knot in drawing.knots if knot.sort is Sort.CONSTANT] if len(drawing.knots) <= FEW else []
    said = [needless_box(knot, Nodes(shown).needless(knot)) for knot in constants]
    return _in_view([*nodes, drawing.exit], camera), _in_view([*boxes, *said], camera)


def _in_view(boxes: Iterable[QRectF], camera: Camera) -> list[Edges]:
    """As :meth:`Camera.rect_to_view`, of dozens at once."""
    scale, across, down = camera.scale, camera.offset.x(), camera.offset.y()
    return [
        (scale * x + across, scale * y + down, scale * wide, scale * high) for x, y, wide, high in map(_edges, boxes)
    ]


def _edges(box: QRectF) -> Edges:
    return box.x(), box.y(), box.width(), box.height()


def _covered(places: Floats, boxes: Sequence[Edges]) -> Floats:
    """How many square pixels of boxes each place (n, 4: x, y, width, height) covers (n,)."""
    if not boxes:
        return np.zeros(len(places))
    x, y, wide, high = np.array(boxes).T
    left, top, width, height = (column[:, None] for column in places.T)
    across = np.minimum(left + width, x + wide) - np.maximum(left, x)
    down = np.minimum(top + height, y + high) - np.maximum(top, y)
    covered: Floats = (np.maximum(across, 0.0) * np.maximum(down, 0.0)).sum(axis=1)
    return covered
