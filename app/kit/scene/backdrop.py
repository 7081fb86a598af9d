"""The ground of a picture: the window colour with a grid of faint dots that follows pan and zoom."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.kit import theme
from app.kit.scene.viewport import Camera

GRID = 20.0
"""Scene units between dots at zoom 1."""
NEAREST = 14.0
"""Pixels: where dots would come closer than this, every second one is left out."""


@lru_cache(maxsize=32)
def _dot_tile(spacing: int, _theme: str, ratio: float) -> QPixmap:
    """One dot on the window's colour: opaque, so that a large area is copied and not blended."""
    tile = QPixmap(math.ceil(spacing * ratio), math.ceil(spacing * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(theme.colour("window"))
    painter = QPainter(tile)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("grid_dots"))
        painter.drawEllipse(QPointF(spacing / 2, spacing / 2), 1.1, 1.1)
    finally:
        painter.end()
    return tile


def paint_backdrop(painter: QPainter, area: QRectF, camera: Camera, ratio: float) -> None:
    """Fill the widget, in widget pixels."""
    spacing = GRID * camera.scale
    while spacing < NEAREST:
        spacing *= 2
    whole = round(spacing)
    tile = _dot_tile(whole, theme.current().name, ratio)
    shift = camera.offset - QPointF(whole / 2, whole / 2)
    painter.drawTiledPixmap(area, tile, QPointF(-shift.x() % whole, -shift.y() % whole))
