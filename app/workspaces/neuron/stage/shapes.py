"""What the drawing is made of: circles, texts and arrows, limbs that taper, and colours between those of the theme."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPainterPathStroker, QPolygonF

from app.kit import look, theme

MIDDLE = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
DASH, PERIOD = 4.0, 6.0
"""Of a dashed line, in its widths: a dash, and it with the gap after it."""


def around(at: QPointF, radius: float) -> QRectF:
    """The box round a circle."""
    return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)


def grown(box: QRectF, reach: float) -> QRectF:
    """The box between two corners, whichever they are, and what is so near to it."""
    return box.normalized().adjusted(-reach, -reach, reach, reach)


def boxed(box: QRectF) -> QPainterPath:
    """A box as a path."""
    path = QPainterPath()
    path.addRect(box)
    return path


def paint_halo(painter: QPainter, at: QPointF, radius: float, lit: bool, scale: float) -> None:
    """A soft disc behind what is lit."""
    if lit:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.faded("accent", 0.2))
        painter.drawEllipse(at, radius + 7 * scale, radius + 7 * scale)


def paint_circle(
    painter: QPainter, at: QPointF, radius: float, edge: QColor, width: float, *, dashed: bool = False
) -> None:
    """A circle, dashed while what it holds is not yet known."""
    line = look.pen(edge, width)
    painter.setPen(Qt.PenStyle.NoPen if dashed else line)
    painter.setBrush(theme.colour("surface"))
    painter.drawEllipse(at, radius, radius)
    if dashed:
        painter.strokePath(_dashes(at, radius, width), line)


def _dashes(at: QPointF, radius: float, width: float) -> QPainterPath:
    """A circle's dashes, each as an arc: those of a dashed pen lie elsewhere where only a part of it is painted."""
    number = max(1, round(2 * math.pi * radius / (PERIOD * width)))
    path, span = QPainterPath(), 360.0 / number
    for place in range(number):
        path.arcMoveTo(around(at, radius), place * span)
        path.arcTo(around(at, radius), place * span, DASH / PERIOD * span)
    return path


def paint_text(
    painter: QPainter, box: QRectF, text: str, pixels: float, colour: QColor | None = None, *, bold: bool = False
) -> None:
    """A text in the middle of a box."""
    painter.setFont(look.figures(pixels, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
    painter.setPen(colour or theme.colour("text"))
    painter.drawText(box, MIDDLE, text)


def paint_number(painter: QPainter, box: QRectF, value: float | None, text: str | None, pixels: float) -> None:
    """A number in the colour of its sign, or that it is not yet known."""
    if value is None or text is None:
        words = QCoreApplication.translate("Neuron", "not yet")
        paint_text(painter, box, words, 0.8 * pixels, theme.colour("text_muted"))
    else:
        paint_text(painter, box, text, pixels, look.signed_text(value) if value else theme.colour("text"), bold=True)


def paint_arrow(painter: QPainter, start: QPointF, end: QPointF, colour: QColor, width: float, scale: float) -> None:
    """An arrow."""
    painter.setPen(look.pen(colour, width))
    painter.drawLine(start, end - QPointF(5 * scale, 0))
    head = QPainterPath(end)
    head.lineTo(end + QPointF(-8 * scale, -4.2 * scale))
    head.lineTo(end + QPointF(-8 * scale, 4.2 * scale))
    head.closeSubpath()
    painter.fillPath(head, colour)


STEPS = 20


def bezier(start: QPointF, first: QPointF, second: QPointF, end: QPointF) -> QPainterPath:
    """A cubic curve."""
    path = QPainterPath(start)
    path.cubicTo(first, second, end)
    return path


def tapered(line: QPainterPath, start: float, end: float) -> QPainterPath:
    """A limb along a line, so wide at its start and at its end, with round ends."""
    left: list[QPointF] = []
    right: list[QPointF] = []
    for step in range(STEPS + 1):
        share = step / STEPS
        point = line.pointAtPercent(share)
        angle = math.radians(line.angleAtPercent(share)) + math.pi / 2
        half = (start + (end - start) * share) / 2
        across = QPointF(math.cos(angle) * half, -math.sin(angle) * half)
        left.append(point + across)
        right.append(point - across)
    path = QPainterPath()
    path.addPolygon(QPolygonF([*left, *reversed(right)]))
    path.closeSubpath()
    for point, width in ((line.pointAtPercent(0.0), start), (line.pointAtPercent(1.0), end)):
        cap = QPainterPath()
        cap.addEllipse(point, width / 2, width / 2)
        path = path.united(cap)
    return path


def disc(at: QPointF, radius: float) -> QPainterPath:
    """A disc as a path."""
    path = QPainterPath()
    path.addEllipse(at, radius, radius)
    return path


def widened(line: QPainterPath, width: float) -> QPainterPath:
    """What lies within half a width of a line."""
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    return stroker.createStroke(line).united(line)


def united(paths: Sequence[QPainterPath]) -> QPainterPath:
    """All of them as one outline."""
    whole = QPainterPath()
    for path in paths:
        whole = whole.united(path)
    return whole


def between(first: QColor, second: QColor, share: float) -> QColor:
    """A colour on the way from one to another."""
    parts = (
        a + (b - a) * share
        for a, b in zip(first.getRgbF()[:3], second.getRgbF()[:3], strict=True)  # type: ignore[index]
    )
    return QColor.fromRgbF(*(min(1.0, max(0.0, part)) for part in parts))


def tissue(strength: float = 0.55) -> QColor:
    """What a cell is made of: a quiet blue grey."""
    return QColor(_tissue(theme.current().name, strength))


@lru_cache(maxsize=32)
def _tissue(_theme: str, strength: float) -> QColor:
    return between(theme.colour("window"), between(theme.colour("text_muted"), theme.colour("accent"), 0.3), strength)
