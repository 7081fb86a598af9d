"""Parts of the drawing that look the same in frame after frame: painted once for a zoom, and then only copied."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPixmap, QTransform

from app.kit import theme

MOST = 1024
"""So many pictures are kept, those that were wanted last."""
LARGEST = 1500
"""Pixels: a part that is larger on the screen than this is painted each time."""
PHASES = 4
"""A part that lies between two pixels is painted so, to this share of one."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """``paint`` paints the part in scene units, within ``area``; ``key`` says all that its look depends on."""

    key: Hashable
    area: QRectF
    paint: Callable[[QPainter], None]


class Stamps:
    """Keeps pictures, of whichever drawing they are."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def paint(self, painter: QPainter, stamps: Iterable[Stamp]) -> None:
        """Paint each in its place; as lines and text where the device takes no pictures, as an SVG does."""
        place = painter.deviceTransform()
        upright = not (place.isRotating() or place.m13() or place.m23()) and place.m11() == place.m22() > 0
        if not upright or painter.paintEngine().type() != QPaintEngine.Type.Raster:
            for stamp in stamps:
                _paint_as_lines(painter, stamp)
            return
        painter.save()
        painter.resetTransform()
        base = painter.deviceTransform()
        look = place.m11(), theme.current().name
        for stamp in stamps:
            self._copy(painter, stamp, place, base, look)
        painter.restore()

    def _copy(
        self, painter: QPainter, stamp: Stamp, place: QTransform, base: QTransform, look: tuple[float, str]
    ) -> None:
        area, scale = stamp.area, look[0]
        left = math.floor(PHASES * (scale * area.x() + place.dx()) + 0.5)
        top = math.floor(PHASES * (scale * area.y() + place.dy()) + 0.5)
        key = stamp.key, left % PHASES, top % PHASES, look
        picture = self._kept.get(key)
        if picture is None:
            if scale * max(area.width(), area.height()) > LARGEST:
                painter.setTransform(place * base.inverted()[0])
                _paint_as_lines(painter, stamp)
                painter.resetTransform()
                return
            phase = left % PHASES / PHASES, top % PHASES / PHASES
            picture = self._kept[key] = _picture(stamp, phase, scale, base.m11())
            if len(self._kept) > MOST:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        at = QPointF((left // PHASES - base.dx()) / base.m11(), (top // PHASES - base.dy()) / base.m11())
        painter.drawPixmap(at, picture)


def _picture(stamp: Stamp, phase: tuple[float, float], scale: float, ratio: float) -> QPixmap:
    width, height = (math.ceil(scale * side) + 1 for side in (stamp.area.width(), stamp.area.height()))
    picture = QPixmap(width, height)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(*phase)
        painter.scale(scale, scale)
        painter.translate(-stamp.area.topLeft())
        stamp.paint(painter)
    finally:
        painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _paint_as_lines(painter: QPainter, stamp: Stamp) -> None:
    painter.save()
    stamp.paint(painter)
    painter.restore()
