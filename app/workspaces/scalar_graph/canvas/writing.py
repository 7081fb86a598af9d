"""Numbers, words and signs written on the canvas, in scene units."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.kit import look, theme
from app.kit.formula.boxes import Box
from app.workspaces.scalar_graph.canvas.shown import laid_out


def write_sign(painter: QPainter, box: QRectF, sign: Box, size: float) -> None:
    """A sign in the middle of a node, smaller where it would not fit."""
    line = laid_out(sign, size)
    scale = min(1.0, (box.width() - 8) / max(line.width, 1.0), (box.height() - 8) / max(line.height, 1.0))
    painter.save()
    painter.translate(box.center().x() - scale * line.width / 2, box.center().y())
    painter.translate(0, scale * (line.ascent - line.descent) / 2)
    painter.scale(scale, scale)
    line.paint(painter, 0.0, 0.0)
    painter.restore()


def write_number(painter: QPainter, at: QPointF, text: str, value: float, size: float) -> None:
    """A number centred on a point, in the colour of its sign."""
    painter.setFont(look.tabular(look.font(size, QFont.Weight.DemiBold)))
    _on_ground(painter, at, text, look.signed_text(value))


def write_words(painter: QPainter, at: QPointF, text: str, size: float, colour: QColor) -> None:
    """Words centred on a point."""
    painter.setFont(look.tabular(look.font(size)))
    _on_ground(painter, at, text, colour)


def write_pill(painter: QPainter, at: QPointF, text: str) -> None:
    """Words in a dashed pill: what stands where nothing is known."""
    painter.setFont(look.font(10.5))
    box = QRectF(0, 0, painter.fontMetrics().horizontalAdvance(text) + 14, 17)
    box.moveCenter(at)
    painter.setPen(QPen(look.faded("text_muted", 0.6), 1.0, Qt.PenStyle.DashLine))
    painter.setBrush(theme.colour("window"))
    painter.drawRoundedRect(box, 8, 8)
    painter.setPen(theme.colour("text_muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _on_ground(painter: QPainter, at: QPointF, text: str, colour: QColor) -> None:
    """On a little of the ground, so that no line runs through it."""
    metrics = painter.fontMetrics()
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 4, metrics.height())
    box.moveCenter(at)
    painter.fillRect(box.adjusted(0, 2, 0, -2), look.faded("window", 0.72))
    painter.setPen(colour)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
