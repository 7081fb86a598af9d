"""A block's neurons as tiles: what each shows, its colours, and all of them composed as one image."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from app.builder.canvas.geometry import BlockShape, TileGrid
from app.builder.canvas.scene import Scene
from app.builder.canvas.words import function_of
from app.kit import look, theme
from app.kit.drawing.marks import Picture, call, rect_of
from app.kit.scene.viewport import Camera
from engine.graph import Block
from engine.raster.heatmap import colourise, diverging_palette
from engine.training.snapshot import Snapshot

ROUND = 0.16
"""Corner radius of a tile as a share of its side …"""
ROUNDEST = 8.0
"""… and at most this, in scene units."""
LARGEST = 320.0
"""Device pixels: a tile of more than this a side is composed at this size and stretched."""
MAPS_FROM = 5.0
"""Device pixels: on tiles smaller than this only the neuron's level is shown, not its map."""


def raw_maps(block: Block, snapshot: Snapshot) -> NDArray[np.float32] | None:
    """The block's outputs over the plane, (units, side, side); None when the snapshot has none."""
    if block.declaration.is_end and snapshot.decision is not None:
        return snapshot.decision.outputs
    return snapshot.maps.get(block.id)


def scaled_maps(block: Block, maps: NDArray[np.float32]) -> NDArray[np.float32]:
    """The block's maps, scaled for the diverging colours.

    Inputs are scaled each by its own largest value, and those that the plane holds at their mean are neutral. A
    bounded activation is scaled by its bound, any other by the block's largest value. A lone probability p is shown as
    2p − 1, so that the boundary is neutral.
    """
    low, high = _output_range(block)
    if block.declaration.is_end and low == 0.0 and high == 1.0 and maps.shape[0] == 1:
        return np.asarray(2.0 * maps - 1.0, dtype=np.float32)
    if block.declaration.features(block.params) is not None:
        return np.where(_is_held(maps), np.float32(0.0), maps / _largest(maps, axis=(1, 2)))
    bound = max(abs(low), abs(high))
    return maps if bound == 1.0 else maps / _largest(maps, axis=None)


def scaled_weights(images: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weights as images (units, height, width) on one scale: the block's largest ones, two in a hundred, are in full
    colour, so that a few of them do not make all others pale."""
    sizes = np.abs(images[np.isfinite(images)])
    full = float(np.quantile(sizes, 0.98)) if sizes.size else 0.0
    scaled: NDArray[np.float32] = np.clip(images / np.float32(full or 1.0), -1.0, 1.0)
    return scaled


def _is_held(maps: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which maps have one value everywhere, (units, 1, 1)."""
    return np.asarray(maps.max(axis=(1, 2), keepdims=True) == maps.min(axis=(1, 2), keepdims=True))


def _output_range(block: Block) -> tuple[float, float]:
    function = function_of(block)
    return (-np.inf, np.inf) if function is None else function.output_range


def _largest(maps: NDArray[np.float32], axis: tuple[int, int] | None) -> NDArray[np.float32]:
    with np.errstate(invalid="ignore"):
        sizes = np.max(np.abs(maps), axis=axis, keepdims=True)
    return np.where((sizes > 0) & np.isfinite(sizes), sizes, np.float32(1.0))


class Style(Enum):
    """How a tile's values are coloured."""

    MAP = auto()
    """A unit's activation, smoothly over a plane or as one level."""
    WEIGHTS = auto()
    """Weights, each a square; on one scale for the whole block."""
    INK = auto()
    """Ink of an image, 0 … 1."""


@dataclass(frozen=True, slots=True, eq=False)
class TilePictures:
    """``values`` (units, height, width), one picture a unit."""

    values: NDArray[np.float32]
    style: Style = Style.MAP


def pictures_of(shape: BlockShape, scene: Scene) -> TilePictures | None:
    """The pictures of a block's tiles; None where there is nothing to show yet, or where their colours would tell what
    is to be guessed.

    A plane of two pixels says nothing. So for data of images an input shows the image that is looked at, a block that
    weighs the image its weights as images, any other how strongly its units answer. Outputs are filled by their shares.
    """
    snapshot = scene.snapshot
    if snapshot is None:
        return None
    if scene.pixels is None:
        maps = None if scene.withholds(shape.id) else raw_maps(shape.block, snapshot)
        return None if maps is None else TilePictures(maps)
    if shape.picture is not None:
        return None if scene.seen is None else TilePictures(_each(scene.seen.ravel()), Style.INK)
    pixels, matrix = scene.layout.picture_into(shape.id), snapshot.weights.get((shape.id, "W"))
    if shape.block.declaration.is_end:
        return None
    if pixels is not None and matrix is not None and matrix.shape == (shape.width, len(pixels.names)):
        images = matrix.reshape(-1, pixels.height, pixels.width)
        return TilePictures(images.astype(np.float32), Style.WEIGHTS)
    answers = scene.answers_of(shape.id)
    return None if answers is None or answers.size != shape.width else TilePictures(_each(answers))


def _each(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """One value a unit as pictures of a single point."""
    return values.astype(np.float32).reshape(-1, 1, 1)


def output_shares(shape: BlockShape, scene: Scene) -> NDArray[np.float64] | None:
    """How far each output is up its range, 0 … 1, for the image that is looked at: softmax outputs are probabilities.
    None without an image, or where the outputs have no range."""
    answers, function = scene.answers_of(shape.id), function_of(shape.block)
    if answers is None or answers.size != shape.width or function is None:
        return None
    low, high = function.output_range
    if not np.isfinite([low, high]).all():
        return None
    return np.clip((answers - low) / (high - low), 0.0, 1.0)


def answer_shares(shape: BlockShape, scene: Scene) -> NDArray[np.float64] | None:
    """How strongly each unit of a block that weighs the image answers it, −1 … 1 of the strongest; None without one."""
    answers = scene.answers_of(shape.id)
    if answers is None or answers.size != shape.width or scene.layout.picture_into(shape.id) is None:
        return None
    most = float(np.abs(np.nan_to_num(answers)).max(initial=0.0))
    return None if shape.block.declaration.is_end or most == 0.0 else np.nan_to_num(answers) / most


@lru_cache(maxsize=8)
def palette(negative: int, neutral: int, positive: int) -> NDArray[np.uint32]:
    """The diverging colours of a theme."""
    return diverging_palette(negative, neutral, positive)


def ink_palette() -> NDArray[np.uint32]:
    """From the paper to the ink of the theme in force, at 0 … 1."""
    return palette(look.rgb("surface"), look.rgb("surface"), look.rgb("text"))


def theme_palette() -> NDArray[np.uint32]:
    """The diverging colours of the theme in force."""
    return palette(look.rgb("negative"), look.rgb("neutral"), look.rgb("positive"))


class TileStrip:
    """The tiles of one block as one image, composed anew only when its maps, the zoom or the theme have changed."""

    def __init__(self) -> None:
        self._block: Block | None = None
        self._maps: NDArray[np.float32] | None = None
        self._style = Style.MAP
        self._atlas: QImage | None = None
        self._atlas_key: tuple[object, ...] = ()
        self._pixels: NDArray[np.uint32] | None = None
        self._key: tuple[object, ...] = ()
        self._image: QImage | None = None

    def show(self, block: Block, pictures: TilePictures | None) -> None:
        """Take a block's pictures as they are; None where nothing is known yet."""
        self._block = block
        maps, style = (pictures.values, pictures.style) if pictures is not None else (None, Style.MAP)
        if maps is not self._maps or style is not self._style:
            self._maps, self._style, self._atlas, self._key = maps, style, None, ()

    def picture(self, grid: TileGrid, camera: Camera, ratio: float) -> Picture:
        """Draw the tiles, in widget pixels."""
        scale = min(camera.scale * ratio, LARGEST / grid.size)
        key = (grid.units, grid.columns, grid.size, scale, theme.current().name)
        if self._image is None or key != self._key:
            self._image, self._key = self._compose(grid, scale), key
        place = camera.snapped(QPointF(grid.left, grid.top), ratio)
        size = QSizeF(self._image.size()) * (camera.scale / scale)
        return Picture(rect_of(QRectF(place, size)), call(QImage, self._image), smooth=scale != camera.scale * ratio)

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
        places = _places(grid.units, grid.columns, grid.rows, grid.size, grid.pitch, scale)
        if atlas is None:
            neutral = theme.colour("neutral")
            for place in places:
                painter.fillRect(place, neutral)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._style is Style.MAP)
        count = self._maps.shape[0] if self._maps is not None else 0
        for place, source in zip(places, _squares(atlas.width(), atlas.height() // count, count), strict=False):
            painter.drawImage(place, atlas, source)

    def _colours(self, level_only: bool) -> QImage | None:
        """All pictures below one another as one image, one pixel each if only the level counts."""
        if self._maps is None or self._block is None:
            return None
        level_only = level_only and self._style is Style.MAP
        units, high, wide = self._maps.shape
        if level_only:
            high = wide = 1
        key = (wide, high, theme.current().name)
        if self._atlas is None or key != self._atlas_key:
            self._atlas_key = key
            shown = self._scaled(self._block, self._maps)
            if level_only:
                shown = shown.mean(axis=(1, 2), keepdims=True)
            colours = ink_palette() if self._style is Style.INK else theme_palette()
            self._pixels = colourise(shown, colours).reshape(units * high, wide)
            self._atlas = QImage(self._pixels.data, wide, units * high, 4 * wide, QImage.Format.Format_RGB32)
        return self._atlas

    def _scaled(self, block: Block, maps: NDArray[np.float32]) -> NDArray[np.float32]:
        if self._style is Style.INK:
            return maps
        return scaled_weights(maps) if self._style is Style.WEIGHTS else scaled_maps(block, maps)


@lru_cache(maxsize=64)
def _places(units: int, columns: int, rows: int, size: float, pitch: float, scale: float) -> tuple[QRectF, ...]:
    """Every tile's square in a block's image."""
    grid = TileGrid(units, columns, rows, size, pitch, 0.0, 0.0)
    tiles = (grid.rect(unit) for unit in range(units))
    return tuple(QRectF(tile.topLeft() * scale, tile.size() * scale) for tile in tiles)


@lru_cache(maxsize=64)
def _squares(wide: int, high: int, count: int) -> tuple[QRectF, ...]:
    """Every neuron's picture in the strip of them."""
    return tuple(QRectF(0, unit * high, wide, high) for unit in range(count))


@lru_cache(maxsize=64)
def _frames(
    units: int, columns: int, rows: int, size: float, pitch: float, scale: float, theme_name: str
) -> tuple[QImage, QImage]:
    """The rounded shape of all tiles of a block, and the fine rim round each."""
    outline = QPainterPath()
    gapless = size >= pitch
    radius = 0.0 if gapless else min(ROUND * size, ROUNDEST) * scale
    for place in _places(units, columns, rows, size, pitch, scale):
        inside = place if gapless else place.adjusted(0.5, 0.5, -0.5, -0.5)
        outline.addRoundedRect(inside, radius, radius)
    fine = QColor(theme.colour("text"))
    fine.setAlphaF(0.06 if gapless else 0.28 if size * scale > 12 else 0.12)
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
