"""Where everything lies on the canvas: block bodies, neuron tiles and ports, in scene units."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from app.builder.canvas.words import features_of, pixels_text, pretty_feature, units_of, units_text
from app.kit import look
from app.kit.translation import worded, worded_name
from engine.data.dataset import Dataset
from engine.graph import Block, NetworkGraph
from engine.graph.arrange import COLUMN_UNITS
from engine.graph.kinds import Arity
from engine.graph.naming import names_of

TILE = 38.0
"""Side of a neuron's tile while the column has room."""
PITCH = 45.0
"""From one tile's top to the next one's."""
COLUMN_HEIGHT = 360.0
"""Columns and grids keep about this height: in a column of more than eight the tiles shrink."""
BARE_TILE, BARE_PITCH, BARE_HEIGHT = 15.0, 18.0, 132.0
"""The same of units that have nothing to show: of a network that no run on the canvas trains."""
COLUMN_ROWS = 8
"""Rows of a grid while its tiles keep their full size."""
LEAST_PITCH = 3.0
OUTPUT_TILE = 92.0
FEW_OUTPUTS_TILE = 52.0
IMAGE_SIDE = 144.0
"""The longer side of an image of pixels …"""
UNFOLDED_PITCH, UNFOLDED_TILE = 36.0, 31.0
"""… and its pixels when each is a tile of its own."""


SNAP = 10.0
"""Scene units of the grid that blocks snap to; Alt lets go of it."""
CARD_WIDTH = 104.0
CARD_HEIGHT = 56.0
CAPTION_HEIGHT = 46.0
"""Two lines and the gap below them."""
CAPTION_LINES = 36.0
WIDEST_CAPTION = 220.0
CAPTION_GAP = 8.0
BADGE_HEIGHT = 26.0
BADGE_WIDTH, BADGE_END = 116.0, 44.0
"""Of the badge below a block: how wide it may be, and how far below the body it ends."""
NAME_PIXELS, NAMES_WIDTH, NAME_GAP = 12.0, 150.0, 8.0
"""Features' names beside their tiles: their size, their room, and the gap to the tile."""
CLASSES_WIDTH = 80.0
"""Room for the names of classes beside the tiles of an output."""
PORT_REACH = 16.0
"""How far a port sits from the body of a block of tiles."""
BARE_MARGIN = 9.0
"""From bare tiles to the edge of their card."""


@dataclass(frozen=True, slots=True)
class TileGrid:
    """The tiles of one block: ``units`` squares of side ``size``, line by line from the top left."""

    units: int
    columns: int
    rows: int
    size: float
    pitch: float
    left: float
    top: float

    def rect(self, unit: int) -> QRectF:
        """One neuron's tile."""
        row, column = divmod(unit, self.columns)
        return QRectF(self.left + column * self.pitch, self.top + row * self.pitch, self.size, self.size)

    def rects(self) -> Iterator[QRectF]:
        """Return every neuron's tile."""
        return map(self.rect, range(self.units))

    def unit_at(self, point: QPointF) -> int | None:
        """The neuron whose tile holds the point."""
        column, row = (int((point.x() - self.left) // self.pitch), int((point.y() - self.top) // self.pitch))
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return None
        unit = row * self.columns + column
        return unit if unit < self.units and self.rect(unit).contains(point) else None

    def heights(self) -> NDArray[np.float64]:
        """Where each neuron's wires meet the block: the middle of its tile, (units,)."""
        rows = np.arange(self.units) // self.columns
        return np.asarray(self.top + self.size / 2 + rows * self.pitch, dtype=np.float64)

    @property
    def compact(self) -> bool:
        """Return whether it is a grid rather than one column."""
        return self.columns > 1

    @property
    def box(self) -> QRectF:
        """The rectangle round all tiles."""
        across = self.pitch * (self.columns - 1) + self.size
        down = self.pitch * (self.rows - 1) + self.size
        return QRectF(self.left, self.top, across, down)


def tiles_for(units: int, middle: QPointF, *, end: bool, bare: bool = False) -> TileGrid:
    """The tiles of so many units round a place; ``end``: of the block that ends the network; ``bare``: they only say
    how many there are."""
    if bare:
        return _bare(units, middle)
    if units > COLUMN_UNITS:  # so that each stays large enough to be read
        return _grid(units, middle)
    size, pitch = TILE, PITCH
    if end and units <= 4:
        size = OUTPUT_TILE if units == 1 else FEW_OUTPUTS_TILE
        pitch = size + 7.0
    elif units * PITCH > COLUMN_HEIGHT:
        pitch = COLUMN_HEIGHT / units
        size = pitch - max(1.0, 0.16 * pitch)
    return _centred(units, 1, size, pitch, middle)


def _grid(units: int, middle: QPointF) -> TileGrid:
    columns = math.ceil(units / COLUMN_ROWS)
    if columns > COLUMN_ROWS:
        columns = math.ceil(math.sqrt(units))
    rows = math.ceil(units / columns)
    pitch = PITCH if rows <= COLUMN_ROWS else max(LEAST_PITCH, COLUMN_HEIGHT / rows)
    return _centred(units, columns, pitch - max(0.4, 0.155 * pitch), pitch, middle)


def _bare(units: int, middle: QPointF) -> TileGrid:
    columns = 1 if units <= COLUMN_ROWS else math.ceil(math.sqrt(units))
    rows = math.ceil(units / columns)
    pitch = min(BARE_PITCH, max(LEAST_PITCH, BARE_HEIGHT / rows))
    return _centred(units, columns, pitch * BARE_TILE / BARE_PITCH, pitch, middle)


def image_tiles(height: int, width: int, middle: QPointF, *, folded: bool) -> TileGrid:
    """The pixels of an image: side by side without gaps, or unfolded to tiles. Its right edge stays where it is."""
    side = IMAGE_SIDE / max(height, width)
    if folded:
        return _centred(height * width, width, side, side, middle)
    left = middle.x() + side * width / 2 - (UNFOLDED_PITCH * (width - 1) + UNFOLDED_TILE)
    top = middle.y() - (UNFOLDED_PITCH * (height - 1) + UNFOLDED_TILE) / 2
    return TileGrid(height * width, width, height, UNFOLDED_TILE, UNFOLDED_PITCH, left, top)


def _centred(units: int, columns: int, size: float, pitch: float, middle: QPointF) -> TileGrid:
    rows = math.ceil(units / columns)
    across, down = pitch * (columns - 1) + size, pitch * (rows - 1) + size
    return TileGrid(units, columns, rows, size, pitch, middle.x() - across / 2, middle.y() - down / 2)


@dataclass(frozen=True, slots=True)
class Pixels:
    """The pixels of the data's images: their columns' names line by line, and the images' sides."""

    names: tuple[str, ...]
    height: int
    width: int

    def are_all_of(self, block: Block) -> bool:
        """Return whether the block feeds in the image: every pixel, in its place."""
        return features_of(block) == self.names


def image_into(graph: NetworkGraph, block_id: str, pixels: Pixels | None) -> Pixels | None:
    """The image that a block weighs directly and alone, pixel by pixel; None where it is fed anything else."""
    wires = graph.wires_into(block_id)
    if pixels is None or len(wires) != 1 or wires[0].source not in graph:
        return None
    weighs = graph.block(block_id).declaration.probed
    return pixels if weighs and pixels.are_all_of(graph.block(wires[0].source)) else None


def pixels_of(dataset: Dataset) -> Pixels | None:
    """The pixels of the data set; None where its rows are no images."""
    image = dataset.image
    if image is None:
        return None
    return Pixels(tuple(dataset.columns[column] for column in image.columns), image.height, image.width)


@dataclass(frozen=True)
class BlockShape:
    """A block as it lies on the canvas. ``body`` is its card or the box round its tiles."""

    block: Block
    name: str
    """Its name, in the window's language."""
    width: int
    body: QRectF
    tiles: TileGrid | None
    known: bool = True
    """Whether the width is known; of an unwired block it is a guess."""
    picture: Pixels | None = None
    """The image whose pixels its units are; None of any other block."""
    folded: bool = False
    """Whether those pixels lie side by side, as an image."""
    bare: bool = False
    """Whether its units have nothing to show, so that they lie in a card which only says how many there are."""

    @property
    def id(self) -> str:
        """The block's id."""
        return self.block.id

    @cached_property
    def detail(self) -> str:
        """The line under its name: its units and their activation, where it has any."""
        if self.picture is not None:
            return pixels_text(self.picture.height, self.picture.width)
        units = units_text(self.width) if units_of(self.block) is not None else ""
        return " · ".join(part for part in (units, self.setting) if part)

    @cached_property
    def setting(self) -> str:
        """The setting of its kind that matters most, such as its activation."""
        return worded(self.block.declaration.detail(self.block.params))

    @property
    def fold_handle(self) -> QRectF | None:
        """The button below an image that unfolds it to one tile a pixel, and folds it; None of any other block."""
        if self.picture is None:
            return None
        return QRectF(self.body.center().x() - 66.0, self.body.bottom() + 8.0, 132.0, 24.0)

    @cached_property
    def feature_names(self) -> tuple[str, ...]:
        """The features of an input as they are written by hand; none of any other block."""
        return tuple(pretty_feature(name) for name in features_of(self.block))

    @property
    def _reach(self) -> float:
        """How far its ports lie from its body."""
        if self.tiles is None:
            return 0.0
        return BARE_MARGIN if self.bare else PORT_REACH

    @property
    def in_port(self) -> QPointF | None:
        """Where wires arrive; None for a kind without an input."""
        if self.block.declaration.arity is Arity.NONE:
            return None
        return QPointF(self.body.left() - self._reach, self.body.center().y())

    @property
    def out_port(self) -> QPointF | None:
        """Where wires leave; None for a kind without an output."""
        if self.block.declaration.is_end:
            return None
        return QPointF(self.body.right() + self._reach, self.body.center().y())

    @cached_property
    def pins(self) -> NDArray[np.float64]:
        """The height at which each unit's wire meets the block, (width,)."""
        if self.tiles is not None:
            return self.tiles.heights()
        inset = min(10.0, self.body.height() / 4)
        return np.linspace(self.body.top() + inset, self.body.bottom() - inset, max(self.width, 1))

    @property
    def bounds(self) -> QRectF:
        """The body with its caption, the names of its features, and room for badges above and below."""
        above = CAPTION_HEIGHT + BADGE_HEIGHT if self.tiles else BADGE_HEIGHT
        left, right = self.names_width, CLASSES_WIDTH if self._names_classes else 0.0
        return self.body.adjusted(-max(PORT_REACH, left), -above, max(PORT_REACH, right), BADGE_HEIGHT + 6.0)

    @property
    def with_badges(self) -> QRectF:
        """The bounds, as wide as the badges below a narrow body may be."""
        more = max((BADGE_WIDTH - self.body.width()) / 2, 0.0)
        return self.bounds.united(self.body.adjusted(-more, 0.0, more, BADGE_END))

    @property
    def _names_classes(self) -> bool:
        """Return whether there may be names of classes beside the tiles."""
        tiles = self.tiles
        return self.block.declaration.is_end and tiles is not None and tiles.units > 1 and not tiles.compact

    @cached_property
    def names_width(self) -> float:
        """The room that the names of an input's features take beside its tiles."""
        if self.tiles is None or self.tiles.compact or not self.feature_names:
            return 0.0
        metrics = QFontMetricsF(look.font(NAME_PIXELS, QFont.Weight.Medium))
        longest = max(metrics.horizontalAdvance(name) for name in self.feature_names)
        return min(longest, NAMES_WIDTH) + NAME_GAP

    @property
    def caption_rect(self) -> QRectF:
        """The strip above a block of tiles, and above the cards beside it, that carries its caption."""
        width, middle = max(self.body.width(), 150.0), self.body.center()
        top = min(self.body.top(), middle.y() - CARD_HEIGHT / 2)
        return QRectF(middle.x() - width / 2, top - CAPTION_HEIGHT, width, CAPTION_LINES)

    @cached_property
    def resize_handle(self) -> QRectF | None:
        """The bar below a block of tiles that is dragged to change its units; None where they follow from the rest."""
        if self.tiles is None or units_of(self.block) is None:
            return None
        return QRectF(self.body.center().x() - 16.0, self.body.bottom() + 5.0, 32.0, 10.0)

    @property
    def fewer_handle(self) -> QRectF | None:
        """The − button beside the bar."""
        bar = self.resize_handle
        return None if bar is None else QRectF(bar.left() - 22.0, bar.center().y() - 9.0, 18.0, 18.0)

    @property
    def more_handle(self) -> QRectF | None:
        """The + button beside the bar."""
        bar = self.resize_handle
        return None if bar is None else QRectF(bar.right() + 4.0, bar.center().y() - 9.0, 18.0, 18.0)


def units_guess(block: Block) -> int:
    """How many units a block shows while its width is not known."""
    return units_of(block) or max(1, len(features_of(block)))


def shape_of(
    block: Block,
    name: str,
    width: int | None,
    pixels: Pixels | None = None,
    *,
    folded: bool = True,
    bare: bool = False,
) -> BlockShape:
    """The block's shape round its (x, y), ``width`` being its number of units where that is known. An input of all
    ``pixels`` is an image, ``folded`` or not. ``bare``: its units have nothing to show."""
    known = width is not None
    units = units_guess(block) if width is None else width
    middle = QPointF(block.x, block.y)
    if pixels is not None and pixels.are_all_of(block):
        tiles = image_tiles(pixels.height, pixels.width, middle, folded=folded)
        return BlockShape(block, name, units, tiles.box, tiles, known, pixels, folded)
    if block.declaration.tiles:
        tiles = tiles_for(units, middle, end=block.declaration.is_end, bare=bare)
        return BlockShape(block, name, units, tiles.box, tiles, known, bare=bare)
    body = QRectF(block.x - CARD_WIDTH / 2, block.y - CARD_HEIGHT / 2, CARD_WIDTH, CARD_HEIGHT)
    return BlockShape(block, name, units, body, None, known)


class SceneLayout:
    """Every block's shape, in the graph's order. ``pixels``: of the data's images; ``unfolded``: ids of inputs."""

    def __init__(
        self,
        graph: NetworkGraph,
        widths: dict[str, int],
        pixels: Pixels | None = None,
        unfolded: frozenset[str] = frozenset(),
    ) -> None:
        self.graph, self.pixels = graph, pixels
        names = names_of(graph)
        # What has a recommender's blocks is not trained on the canvas: its units never have a map.
        bare = any(not block.declaration.in_playground for block in graph.blocks)
        self.shapes = {
            block.id: shape_of(
                block,
                worded_name(names[block.id]),
                widths.get(block.id),
                pixels,
                folded=block.id not in unfolded,
                bare=bare,
            )
            for block in graph.blocks
        }

    def __contains__(self, block_id: object) -> bool:
        return block_id in self.shapes

    def __getitem__(self, block_id: str) -> BlockShape:
        return self.shapes[block_id]

    def picture_into(self, block_id: str) -> Pixels | None:
        """The image that a block weighs directly and alone, pixel by pixel; None where it is fed anything else."""
        return image_into(self.graph, block_id, self.pixels)

    @cached_property
    def caption_rooms(self) -> dict[str, float]:
        """How wide each column's caption may be, so that neighbours do not write over each other."""
        columns = [shape for shape in self.shapes.values() if shape.tiles is not None]
        return {shape.id: _caption_room(shape, columns) for shape in columns}

    @cached_property
    def bounds(self) -> QRectF:
        """The rectangle that holds every block; empty when there is none."""
        whole = QRectF()
        for shape in self.shapes.values():
            whole = whole.united(shape.bounds.united(shape.caption_rect))
        return whole


def _caption_room(shape: BlockShape, columns: list[BlockShape]) -> float:
    """As wide as the nearest column at the same height is far: each of the two takes half of that."""
    own = shape.caption_rect
    level = [other.caption_rect.center() for other in columns if other is not shape]
    beside = [at.x() for at in level if abs(at.y() - own.center().y()) < own.height()]
    nearest = min((abs(x - own.center().x()) for x in beside), default=2 * WIDEST_CAPTION)
    return min(WIDEST_CAPTION, nearest - CAPTION_GAP)
