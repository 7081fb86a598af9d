"""A block's neurons: a column of tiles, each the live heat map of what its neuron puts out."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from app import theme
from app.canvas.camera import Camera
from app.canvas.geometry import TileGrid
from app.canvas.paint import look
from engine.raster.heatmap import colourise, diverging_palette

ROUND = 0.16
"""Corner radius of a tile as a share of its side …"""
ROUNDEST = 8.0
"""… and at most this, in scene units."""
LARGEST = 320.0
"""Device pixels: a tile of more than this a side is composed at this size and stretched."""
MAPS_FROM = 5.0
"""Device pixels: on tiles smaller than this only the neuron's level is shown, not its map."""


@lru_cache(maxsize=8)
def palette(negative: int, neutral: int, positive: int) -> NDArray[np.uint32]:
    """The diverging colours of a theme."""
    return diverging_palette(negative, neutral, positive)


def theme_palette() -> NDArray[np.uint32]:
    """The diverging colours of the theme in force."""
    return palette(look.rgb("negative"), look.rgb("neutral"), look.rgb("positive"))


class TileStrip:
    """The tiles of one block as one image, composed anew only when its maps, the zoom or the theme have changed."""

    def __init__(self) -> None:
        self._maps: NDArray[np.float32] | None = None
        self._atlas: QImage | None = None
        self._pixels: NDArray[np.uint32] | None = None
        self._key: tuple[object, ...] = ()
        self._image: QImage | None = None

    def show(self, maps: NDArray[np.float32] | None) -> None:
        """Take maps (units, side, side) in −1 … +1; None for a block of which nothing is known yet."""
        if maps is not self._maps:
            self._maps, self._atlas, self._key = maps, None, ()

    def forget_colours(self) -> None:
        """The theme has changed."""
        self._atlas, self._key = None, ()

    def paint(self, painter: QPainter, grid: TileGrid, camera: Camera, ratio: float) -> None:
        """Draw the tiles, in widget pixels."""
        scale = min(camera.scale * ratio, LARGEST / grid.size)
        key = (grid.units, grid.columns, grid.size, scale, theme.current().name)
        if self._image is None or key != self._key:
            self._image, self._key = self._compose(grid, scale), key
        corner = camera.to_view(QPointF(grid.left, grid.top)) * ratio
        place = QPointF(math.floor(corner.x()), math.floor(corner.y())) / ratio
        size = QSizeF(self._image.size()) * (camera.scale / scale)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale != camera.scale * ratio)
        painter.drawImage(QRectF(place, size), self._image)

    def _compose(self, grid: TileGrid, scale: float) -> QImage:
        width = math.ceil((grid.pitch * (grid.columns - 1) + grid.size) * scale) + 1
        height = math.ceil((grid.pitch * (grid.rows - 1) + grid.size) * scale) + 1
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        mask, rim = _frames(grid.units, grid.columns, grid.rows, grid.size, grid.pitch, scale, theme.current().name)
        painter = QPainter(image)
        try:
            self._fill(painter, grid, scale)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
            painter.drawImage(0, 0, mask)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            painter.drawImage(0, 0, rim)
        finally:
            painter.end()
        return image

    def _fill(self, painter: QPainter, grid: TileGrid, scale: float) -> None:
        atlas = self._colours(level_only=grid.size * scale < MAPS_FROM)
        if atlas is None:
            neutral = theme.colour("neutral")
            for unit in range(grid.units):
                painter.fillRect(_device_rect(grid, unit, scale), neutral)
            return
        side = atlas.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for unit in range(min(grid.units, atlas.height() // side)):
            painter.drawImage(_device_rect(grid, unit, scale), atlas, QRectF(0, unit * side, side, side))

    def _colours(self, level_only: bool) -> QImage | None:
        """All maps below one another as one image, one pixel each if only the level counts."""
        if self._maps is None:
            return None
        shown = self._maps.mean(axis=(1, 2), keepdims=True) if level_only else self._maps
        units, side = shown.shape[0], shown.shape[1]
        if self._atlas is None or self._atlas.width() != side:
            self._pixels = colourise(shown, theme_palette()).reshape(units * side, side)
            self._atlas = QImage(self._pixels.data, side, units * side, 4 * side, QImage.Format.Format_RGB32)
        return self._atlas


def _device_rect(grid: TileGrid, unit: int, scale: float) -> QRectF:
    rect = grid.rect(unit).translated(-grid.left, -grid.top)
    return QRectF(rect.topLeft() * scale, rect.size() * scale)


@lru_cache(maxsize=64)
def _frames(
    units: int, columns: int, rows: int, size: float, pitch: float, scale: float, theme_name: str
) -> tuple[QImage, QImage]:
    """The rounded shape of all tiles of a block, and the fine rim round each."""
    grid = TileGrid(units, columns, rows, size, pitch, 0.0, 0.0)
    outline = QPainterPath()
    radius = min(ROUND * size, ROUNDEST) * scale
    for unit in range(units):
        tile = _device_rect(grid, unit, scale).adjusted(0.5, 0.5, -0.5, -0.5)
        outline.addRoundedRect(tile, radius, radius)
    fine = QColor(theme.colour("text"))
    fine.setAlphaF(0.28 if size * scale > 12 else 0.12)
    width = math.ceil((pitch * (columns - 1) + size) * scale) + 1
    height = math.ceil((pitch * (rows - 1) + size) * scale) + 1
    images = []
    for brush, line in ((QColor(Qt.GlobalColor.black), Qt.PenStyle.NoPen), (Qt.BrushStyle.NoBrush, look.pen(fine))):
        image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(brush)
            painter.setPen(line)
            painter.drawPath(outline)
        finally:
            painter.end()
        images.append(image)
    return images[0], images[1]
