"""Groups of nodes that can be one: a soft ground round them, and on its edge a pill that collapses them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPainterPathStroker, QPen

from app.kit import look, theme
from app.kit.icons import pixmap
from app.kit.scene.camera import Camera
from app.kit.typeset import paint_line, typeset
from app.workspaces.scalar_graph.canvas.drawing import Drawing, Sort

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
