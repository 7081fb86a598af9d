"""Marks of points that plane and cube share."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.kit import look, theme
from app.kit.charts.colourmap import readable_on
from app.workspaces.neuron.model import NeuronModel, Stage

RADIUS = 10.0
NAMED = 11.0, QFont.Weight.DemiBold
EDGE = 0.9
"""Half of the pale edge of a disc."""
RING = 9.0
"""The ring of a row that is wrong lies so far out, with its pen."""


def paint_point(painter: QPainter, at: QPointF, model: NeuronModel, row: int, radius: float = RADIUS) -> None:
    """A row's disc with its target in it; a ring round the row that is looked at, and a red one where it is wrong."""
    verdict = model.reading.rows[row]
    known = model.stage_of(row) is Stage.OUTPUT
    fill = look.signed(1 if verdict.target else -1)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if row == model.content.row:
        painter.setPen(QPen(theme.colour("text"), 2.0))
        painter.drawEllipse(at, radius + 4.5, radius + 4.5)
    if known and not verdict.right:
        painter.setPen(QPen(theme.colour("danger"), 2.4))
        painter.drawEllipse(at, radius + 8.0, radius + 8.0)
    painter.setPen(Qt.PenStyle.NoPen)
    for size, ink in ((radius + EDGE, theme.colour("surface")), (radius - EDGE, fill)):  # quicker than with a pen
        painter.setBrush(ink)
        painter.drawEllipse(at, size, size)
    painter.setPen(readable_on(fill))
    painter.setFont(look.font(radius * 1.15, QFont.Weight.DemiBold))
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "1" if verdict.target else "0")


def paint_cross(
    painter: QPainter, at: QPointF, words: str, room: QRectF, *, small: bool = False, points: Sequence[QPointF] = ()
) -> None:
    """The point that lies in both hulls, with its name on the side that has room for it, off these ``points``;
    ``small``: at its own height, between the rows of points, for one beneath it would lie on a point."""
    painter.setPen(QPen(theme.colour("danger"), 2.0))
    painter.setBrush(theme.colour("surface"))
    painter.drawEllipse(at, 4.5, 4.5)
    painter.setFont(look.font(*NAMED))
    box = cross_name_place(at, words, room, small=small, points=points)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.faded("surface", 0.72))
    painter.drawRoundedRect(box.adjusted(-3, 0, 3, 0), 4, 4)
    painter.setPen(theme.colour("danger"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def cross_name_place(
    at: QPointF, words: str, room: QRectF, *, small: bool = False, points: Sequence[QPointF] = ()
) -> QRectF:
    """Where the name of the point ``at`` stands, which lies in both hulls: of equally good places the usual one."""
    metrics = QFontMetricsF(look.font(*NAMED))
    places = _places(at, metrics.horizontalAdvance(words) + 4, metrics.height(), room, small=small)
    return min(places, key=lambda place: sum(_near(place, point) for point in points))


def _places(at: QPointF, width: float, height: float, room: QRectF, *, small: bool) -> list[QRectF]:
    """Where the name of a point may stand, the usual place first: under it, over it, beside it."""
    lefts = [min(max(left, room.left() + 4), room.right() - width - 2) for left in (at.x() + 12, at.x() - 12 - width)]
    tops = [at.y() - height / 2] if small else [at.y() + 10, at.y() - 10 - height, at.y() - height / 2]
    tops += [] if small else [at.y() + 30, at.y() - 30 - height]
    return [QRectF(left, top, width, height) for top in tops for left in lefts]


def _near(box: QRectF, point: QPointF) -> float:
    """How many pixels the ring round a point reaches into a box, at most across its radius; 0 where it is clear."""
    ring = RADIUS + RING
    aside = max(box.left() - point.x(), point.x() - box.right(), 0.0)
    off = max(box.top() - point.y(), point.y() - box.bottom(), 0.0)
    return max(0.0, ring - math.hypot(aside, off))
