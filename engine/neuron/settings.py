"""Every setting of a grid, looked at in whole numbers: how many rows each does right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.neuron.tables import Targets, inputs_of, rows

Counts = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class WeightGrid:
    """``2·half + 1`` values of every weight and of the bias, ``step`` apart and 0 among them."""

    half: int
    per_unit: int

    @property
    def step(self) -> float:
        """Between two neighbouring values."""
        return 1 / self.per_unit

    @property
    def side(self) -> int:
        """Values of one parameter."""
        return 2 * self.half + 1

    @property
    def high(self) -> float:
        """The largest value; the least is its negative."""
        return self.half / self.per_unit

    def values(self) -> NDArray[np.float64]:
        """The values of one parameter, rising."""
        return np.arange(-self.half, self.half + 1) / self.per_unit

    def nearest(self, value: float) -> int:
        """The place of the value that lies nearest."""
        return int(np.clip(round(value * self.per_unit), -self.half, self.half)) + self.half


FINE = WeightGrid(20, 10)
COARSE = WeightGrid(12, 5)


def grid_for(inputs: int) -> WeightGrid:
    """−2 to 2 by tenths for one and two inputs, −2.4 to 2.4 by fifths for three."""
    return FINE if inputs < 3 else COARSE


@lru_cache(maxsize=16)
def rows_right(targets: Targets) -> Counts:
    """Rows done right by every setting, (side,) · n for the weights, then (side,) for the bias. In whole multiples of
    the grid's step, so that a sum that is 0 is 0."""
    inputs = inputs_of(targets)
    grid = grid_for(inputs)
    values = np.arange(-grid.half, grid.half + 1, dtype=np.int16)
    axes = np.meshgrid(*[values] * (inputs + 1), indexing="ij", sparse=True)
    right = np.zeros((grid.side,) * (inputs + 1), np.int8)
    for x, target in zip(rows(inputs), targets, strict=True):
        z = sum((axis for axis, bit in zip(axes, x, strict=False) if bit), axes[-1])
        right += ((z >= 0) == target).astype(np.int8)
    right.setflags(write=False)
    return right


@dataclass(frozen=True, slots=True)
class Search:
    """What a search over the grid found: ``by_rows[k]`` settings do k rows right."""

    settings: int
    by_rows: tuple[int, ...]

    @property
    def solved(self) -> int:
        """Settings that do the whole table."""
        return self.by_rows[-1]

    @property
    def best(self) -> int:
        """The most rows that any setting does right."""
        return max(k for k, count in enumerate(self.by_rows) if count)


@lru_cache(maxsize=512)
def search(targets: Targets) -> Search:
    """Count the settings of the grid by how many rows they do right."""
    right = rows_right(targets)
    counted = np.bincount(right.ravel(), minlength=len(targets) + 1)
    return Search(right.size, tuple(int(count) for count in counted))


def slice_of(weights: tuple[float, ...], bias: float) -> tuple[float, ...]:
    """The grid's values nearest to the parameters that :func:`slice_at` does not go over: b, w₃ and b for three inputs,
    none for one."""
    grid = grid_for(len(weights))
    held = () if len(weights) == 1 else (*weights[2:], bias)
    return tuple(float(grid.values()[grid.nearest(value)]) for value in held)


def slice_at(targets: Targets, weights: tuple[float, ...], bias: float) -> Counts:
    """Rows right over w₁ (first axis) and w₂, at the grid's values nearest to the other parameters; for one input over
    w₁ and b."""
    grid = grid_for(len(weights))
    right = rows_right(targets)
    if len(weights) == 1:
        return right
    if len(weights) == 2:
        return right[:, :, grid.nearest(bias)]
    return right[:, :, grid.nearest(weights[2]), grid.nearest(bias)]
