"""Groups of nodes that can be one: a soft ground round them, and on its edge a pill that collapses them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen

from app.kit import look, theme
from app.kit.icons import pixmap
from app.kit.scene.viewport import Camera
from app.kit.typeset import paint_line, typeset
from app.workspaces.scalar_graph.canvas.drawing import Drawing, Sort
from app.workspaces.scalar_graph.canvas.labels import Labels

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


INSET = 12.0
"""Pixels from a corner to a pill."""
NAMED = 20.0
"""A node's name stands so far over it, in scene units."""
Pill = tuple[Hull, QRectF]
"""A group and the place of its pill, in pixels of the widget."""


def place_pills(
    hulls: Iterable[Hull], drawing: Drawing, labels: Labels, camera: Camera, area: QRectF
) -> tuple[Pill, ...]:
    """On the upper edge of each group's ground within ``area``, else on the lower one, where it hides the fewest
    numbers; a group whose pill would lie on a node or on another pill has none."""
    found: list[Pill] = []
    for hull in hulls:
        near = [drawing.knots[index] for index in drawing.knots_in(hull.box)]
        boxes = [knot.box.adjusted(-3.0, -NAMED if knot.named else -3.0, 3.0, 3.0) for knot in near]
        nodes = [*map(camera.rect_to_view, (*boxes, drawing.exit)), *(pill for _, pill in found)]
        numbers = [camera.rect_to_view(box) for box in labels.numbers if box.intersects(hull.box)]
        places = [place for place in _places(camera.rect_to_view(hull.box), hull.pill_width, area)
                  if not any(place.intersects(node) for node in nodes)]  # fmt: skip
        if places:
            best = min(places, key=lambda place: sum(place.intersects(number) for number in numbers))
            found.append((hull, best))
    return tuple(found)


def _places(frame: QRectF, width: float, area: QRectF) -> list[QRectF]:
    """At both ends and in the middle of the upper edge, over that, and of the lower edge, as far as all is in sight."""
    first = max(frame.left() + INSET, area.left())
    last = min(frame.right() - INSET, area.right()) - width
    upper, lower = max(frame.top() - HEIGHT / 2, area.top()), min(frame.bottom(), area.bottom()) - HEIGHT / 2
    over = max(frame.top() - HEIGHT + 1.0, area.top())
    boxes = [QRectF(x, y, width, HEIGHT) for y in (upper, over, lower) for x in (first, last, (first + last) / 2)]
    return [box for box in boxes if area.contains(box) and box.intersects(frame)]
