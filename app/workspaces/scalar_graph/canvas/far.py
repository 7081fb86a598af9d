"""A scalar graph painted from afar: dots and lines, thousands of them in a frame."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.kit import look, theme
from app.workspaces.scalar_graph.canvas.drawing import RADIUS, Drawing, Sort
from app.workspaces.scalar_graph.canvas.shown import Shown

SMOOTH = 700
"""More lines than this are drawn without smoothing, which takes most of a frame's time."""
LEAST_DOT = 2.2
"""Pixels: a node is never smaller on the screen."""


def paint_far(painter: QPainter, shown: Shown, scale: float) -> None:
    """Lines in the colour of what is known to go along them, backwards where that is known; dots for the nodes."""
    if shown.stale:
        painter.setOpacity(0.35)
    _paint_lines(painter, shown, scale)
    _paint_dots(painter, shown, scale)
    painter.setOpacity(1.0)


def _paint_lines(painter: QPainter, shown: Shown, scale: float) -> None:
    positive: list[QLineF] = []
    negative: list[QLineF] = []
    unknown: list[QLineF] = []
    sight = shown.sight
    for link in shown.drawing.links:
        handed = sight.handed.get((link.target, link.slot))
        value = handed.product if handed is not None else sight.values[link.source]
        (unknown if value is None else positive if value >= 0 else negative).extend(link.line)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(shown.drawing.links) <= SMOOTH)
    for lines, colour in (
        (unknown, look.faded("text_muted", 0.35)),
        (positive, theme.colour("positive")),
        (negative, theme.colour("negative")),
    ):
        pen = QPen(colour, max(1.0, 2.0 * scale))
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawLines(lines)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _paint_dots(painter: QPainter, shown: Shown, scale: float) -> None:
    sight, drawing = shown.sight, shown.drawing
    dots: dict[str, list[QPointF]] = {"text_muted": [], "accent": [], "danger": [], "border": []}
    for knot in drawing.knots:
        known = sight.values[knot.index] is not None
        sort = (
            "danger"
            if knot.index in sight.faulty
            else "accent"
            if knot.sort is Sort.LEAF
            else ("text_muted" if known else "border")
        )
        dots[sort].append(knot.centre)
    size = max(2 * RADIUS * 0.8, 2 * LEAST_DOT / scale)
    for name, points in dots.items():
        _dots(painter, points, theme.colour(name), size)
    chosen = [drawing.by_key[key].centre for key in shown.chosen if key in drawing.by_key]
    _dots(painter, chosen, theme.colour("accent"), 1.5 * size)
    if sight.current is not None and sight.current < len(drawing.knots):
        _dots(painter, [drawing.knots[sight.current].centre], theme.colour("accent"), max(2.0 * size, 9.0 / scale))


def _dots(painter: QPainter, points: list[QPointF], colour: QColor, size: float) -> None:
    pen = QPen(colour, size)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(QPolygonF(points))


def crowded(drawing: Drawing, in_view: int, scale: float) -> bool:
    """Whether signs and numbers could not be read, or would be too many for a frame."""
    return scale < 0.24 or (in_view > 160 and scale < 0.5)
