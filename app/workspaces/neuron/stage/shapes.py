"""Shapes of living things: limbs that taper, and colours between those of the theme."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath, QPainterPathStroker, QPolygonF

from app.kit import theme

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
