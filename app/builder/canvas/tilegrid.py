"""How a block's units are laid out as tiles: a column, a grid where there are many, an image where they are pixels."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from engine.graph.arrange import COLUMN_UNITS

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

    @property
    def bounds(self) -> QRectF:
        """What all tiles together cover."""
        width, height = ((count - 1) * self.pitch + self.size for count in (self.columns, self.rows))
        return QRectF(self.left, self.top, width, height)

    def rect(self, unit: int) -> QRectF:
        """One neuron's tile."""
        row, column = divmod(unit, self.columns)
        return QRectF(self.left + column * self.pitch, self.top + row * self.pitch, self.size, self.size)

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
        """Whether it is a grid rather than one column."""
        return self.columns > 1

    @property
    def box(self) -> QRectF:
        """What holds all tiles."""
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
