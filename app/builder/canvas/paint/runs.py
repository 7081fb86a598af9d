"""The bracket over a run of columns that are alike, and the number over each of them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath

from app.builder.canvas.geometry import BlockShape
from app.builder.canvas.paint.blocks import LINE, BlockLook
from app.builder.canvas.runs import Run, number_of, run_text, span_of
from app.kit import look, theme
from app.kit.numbers import grouped

HOOK, GAP = 5.0, 3.0
"""How far the bracket's ends come down, and its distance from the words above it."""


def paint_run(painter: QPainter, run: Run, size: float) -> None:
    """One caption over all of them, in scene units, ``size`` times as large as at full scale."""
    span = span_of(run)
    line = span.bottom() - LINE * size - HOOK
    bracket = QPainterPath(QPointF(span.left(), line + HOOK))
    for corner in (span.topLeft(), span.topRight()):
        bracket.lineTo(QPointF(corner.x(), line))
    bracket.lineTo(QPointF(span.right(), line + HOOK))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen(theme.colour("text_muted"), 1.2 * size))
    painter.drawPath(bracket)
    painter.setFont(look.font(13.0 * size, QFont.Weight.DemiBold))
    painter.setPen(theme.colour("text"))
    text = QFontMetricsF(painter.font()).elidedText(run_text(run), Qt.TextElideMode.ElideRight, span.width())
    words = QRectF(span.left(), line - GAP - LINE * size, span.width(), LINE * size)
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)


def paint_number(painter: QPainter, shape: BlockShape, looks: BlockLook, room: float, size: float) -> None:
    """Which of the run a column is."""
    centre, foot = shape.caption_rect.center().x(), shape.caption_rect.bottom()
    painter.setFont(look.font(13.0 * size, QFont.Weight.DemiBold))
    painter.setPen(theme.colour("accent" if looks.selected else "text" if looks.used else "text_muted"))
    box = QRectF(centre - room / 2, foot - LINE * size, room, LINE * size)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, grouped(number_of(shape)))
