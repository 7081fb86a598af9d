"""Marks of points that plane and cube share."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from app.kit import look, theme
from app.kit.charts.colourmap import readable_on
from app.workspaces.neuron.model import NeuronModel, Stage

RADIUS = 10.0


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
    painter.setPen(QPen(theme.colour("surface"), 1.8))
    painter.setBrush(fill)
    painter.drawEllipse(at, radius, radius)
    painter.setPen(readable_on(fill))
    painter.setFont(look.font(radius * 1.15, QFont.Weight.DemiBold))
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "1" if verdict.target else "0")


def paint_cross(painter: QPainter, at: QPointF, words: str, room: QRectF, *, small: bool = False) -> None:
    """The point that lies in both hulls, with its name on the side that has room for it; ``small``: at its own height,
    between the rows of points, for one beneath it would lie on a point."""
    painter.setPen(QPen(theme.colour("danger"), 2.0))
    painter.setBrush(theme.colour("surface"))
    painter.drawEllipse(at, 4.5, 4.5)
    painter.setFont(look.font(11.0, QFont.Weight.DemiBold))
    width, height = painter.fontMetrics().horizontalAdvance(words), painter.fontMetrics().height()
    left = min(max(at.x() + 12, room.left() + 4), room.right() - width - 6)
    box = QRectF(left, at.y() - height / 2 if small else at.y() + 10, width + 4, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.faded("surface", 0.72))
    painter.drawRoundedRect(box.adjusted(-3, 0, 3, 0), 4, 4)
    painter.setPen(theme.colour("danger"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
