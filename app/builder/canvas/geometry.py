"""Where everything lies on the canvas: block bodies, neuron tiles and ports, in scene units."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from app.builder.canvas.facts import features_of, units_of
from app.builder.canvas.text import pretty_feature, units_text
from app.kit.translation import worded, worded_name
from engine.graph import Block, NetworkGraph
from engine.graph.kinds import Arity
from engine.graph.naming import names_of

SNAP = 10.0
"""Scene units of the grid that blocks snap to; Alt lets go of it."""
TILE = 38.0
"""Side of a neuron's tile while the column has room."""
PITCH = 45.0
"""From one tile's top to the next one's."""
COLUMN_HEIGHT = 360.0
"""Columns keep about this height: with more than eight units the tiles shrink."""
MIN_PITCH = 8.5
MAX_COLUMN = 64
"""More units than this are shown as a compact grid."""
GRID_SIDE = 260.0
OUTPUT_TILE = 92.0
FEW_OUTPUTS_TILE = 52.0
CARD_WIDTH = 104.0
CARD_HEIGHT = 56.0
CAPTION_HEIGHT = 46.0
"""Two lines and the gap below them."""
CAPTION_LINES = 36.0
WIDEST_CAPTION = 220.0
CAPTION_GAP = 8.0
BADGE_HEIGHT = 26.0
PORT_REACH = 16.0
"""How far a port sits from the body of a block of tiles."""


@dataclass(frozen=True, slots=True)
class TileGrid:
    """The tiles of one block: ``units`` squares of side ``size``, column by column from the top left."""

    units: int
    columns: int
    rows: int
    size: float
    pitch: float
    left: float
    top: float

    def rect(self, unit: int) -> QRectF:
        """One neuron's tile."""
        column, row = divmod(unit, self.rows)
        return QRectF(self.left + column * self.pitch, self.top + row * self.pitch, self.size, self.size)

    def unit_at(self, point: QPointF) -> int | None:
        """The neuron whose tile holds the point."""
        column, row = (int((point.x() - self.left) // self.pitch), int((point.y() - self.top) // self.pitch))
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return None
        unit = column * self.rows + row
        return unit if unit < self.units and self.rect(unit).contains(point) else None

    def heights(self) -> NDArray[np.float64]:
        """Where each neuron's wires meet the block: the middle of its tile, (units,)."""
        rows = np.arange(self.units) % self.rows
        return np.asarray(self.top + self.size / 2 + rows * self.pitch, dtype=np.float64)

    @property
    def compact(self) -> bool:
        """Whether it is a grid rather than one column."""
        return self.columns > 1


@dataclass(frozen=True)
class BlockShape:
    """A block as it lies on the canvas. ``body`` is its card or the box round its tiles."""

    block: Block
    name: str
    """What it is called, in the window's language."""
    width: int
    body: QRectF
    tiles: TileGrid | None
    known: bool = True
    """Whether the width is known; of an unwired block it is a guess."""

    @property
    def id(self) -> str:
        """The block's id."""
        return self.block.id

    @cached_property
    def detail(self) -> str:
        """What stands under its name: how many units there are and what they do, as far as it has such."""
        units = units_text(self.width) if units_of(self.block) is not None else ""
        return " · ".join(part for part in (units, self.setting) if part)

    @cached_property
    def setting(self) -> str:
        """The setting of its kind that matters most, such as its activation."""
        return worded(self.block.declaration.detail(self.block.params))

    @cached_property
    def feature_names(self) -> tuple[str, ...]:
        """The features of an input as they are written by hand; none of any other block."""
        return tuple(pretty_feature(name) for name in features_of(self.block))

    @property
    def in_port(self) -> QPointF | None:
        """Where wires arrive; None for a kind without an input."""
        if self.block.declaration.arity is Arity.NONE:
            return None
        reach = PORT_REACH if self.tiles else 0.0
        return QPointF(self.body.left() - reach, self.body.center().y())

    @property
    def out_port(self) -> QPointF | None:
        """Where wires leave; None for a kind without an output."""
        if self.block.declaration.is_end:
            return None
        reach = PORT_REACH if self.tiles else 0.0
        return QPointF(self.body.right() + reach, self.body.center().y())

    @cached_property
    def pins(self) -> NDArray[np.float64]:
        """The height at which each unit's wire meets the block, (width,)."""
        if self.tiles is not None:
            return self.tiles.heights()
        inset = min(10.0, self.body.height() / 4)
        return np.linspace(self.body.top() + inset, self.body.bottom() - inset, max(self.width, 1))

    @property
    def bounds(self) -> QRectF:
        """The body with its caption and room for badges above and below."""
        above = CAPTION_HEIGHT + BADGE_HEIGHT if self.tiles else BADGE_HEIGHT
        return self.body.adjusted(-PORT_REACH, -above, PORT_REACH, BADGE_HEIGHT + 6.0)

    @property
    def caption_rect(self) -> QRectF:
        """The strip above a block of tiles that carries its caption."""
        width = max(self.body.width(), 150.0)
        return QRectF(self.body.center().x() - width / 2, self.body.top() - CAPTION_HEIGHT, width, CAPTION_LINES)

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


def shape_of(block: Block, name: str, width: int | None) -> BlockShape:
    """The block's shape round its (x, y), ``width`` being its number of units where that is known."""
    known = width is not None
    units = units_guess(block) if width is None else width
    if block.declaration.tiles:
        tiles = _tiles(block, units)
        return BlockShape(block, name, units, _box(tiles), tiles, known)
    body = QRectF(block.x - CARD_WIDTH / 2, block.y - CARD_HEIGHT / 2, CARD_WIDTH, CARD_HEIGHT)
    return BlockShape(block, name, units, body, None, known)


def _tiles(block: Block, units: int) -> TileGrid:
    if units > MAX_COLUMN:
        return _compact(block, units)
    size, pitch = TILE, PITCH
    if block.declaration.is_end and units <= 4:
        size = OUTPUT_TILE if units == 1 else FEW_OUTPUTS_TILE
        pitch = size + 7.0
    elif units * PITCH > COLUMN_HEIGHT:
        pitch = max(MIN_PITCH, COLUMN_HEIGHT / units)
        size = pitch - max(1.0, 0.16 * pitch)
    height = pitch * (units - 1) + size
    return TileGrid(units, 1, units, size, pitch, block.x - size / 2, block.y - height / 2)


def _compact(block: Block, units: int) -> TileGrid:
    columns = max(2, round(math.sqrt(units / 2.0)))
    rows = math.ceil(units / columns)
    pitch = max(3.0, min(11.0, GRID_SIDE / rows))
    size = pitch - max(0.4, 0.14 * pitch)
    left = block.x - (columns * pitch - (pitch - size)) / 2
    top = block.y - (rows * pitch - (pitch - size)) / 2
    return TileGrid(units, columns, rows, size, pitch, left, top)


def _box(tiles: TileGrid) -> QRectF:
    across = tiles.pitch * (tiles.columns - 1) + tiles.size
    down = tiles.pitch * (tiles.rows - 1) + tiles.size
    return QRectF(tiles.left, tiles.top, across, down)


class SceneLayout:
    """Every block's shape, in the graph's order."""

    def __init__(self, graph: NetworkGraph, widths: dict[str, int]) -> None:
        self.graph = graph
        names = names_of(graph)
        self.shapes = {
            block.id: shape_of(block, worded_name(names[block.id]), widths.get(block.id)) for block in graph.blocks
        }

    def __contains__(self, block_id: object) -> bool:
        return block_id in self.shapes

    def __getitem__(self, block_id: str) -> BlockShape:
        return self.shapes[block_id]

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
