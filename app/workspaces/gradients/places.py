"""Where everything stands on a chart of layers: worked out once for what is shown in a size."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, log10

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from app.kit import look
from app.kit.numbers import NOTHING
from app.workspaces.gradients.shown import Shown
from app.workspaces.gradients.words import ratio_text
from engine.graph.kinds.base import Array

LABELS = 68
"""Pixels at the left for the axis' and the rows' names."""
ROW, LAYER_LINE, TOP, PAD, RIGHT = 20, 20, 8, 6, 6
LEAST_NUMBER, BESIDE = 28, 3
"""What a number takes at least, and the air beside it, in pixels."""
SIZES = (11, 10)
"""Of the numbers in pixels, the first that lets all of them stand."""
FLOOR = 9.0
"""Height of what lies under the lowest decade: the room in which 0 is drawn."""


@lru_cache(maxsize=8)
def numbers_font(pixels: int, *, main: bool) -> QFont:
    """Small print with figures of one width."""
    return look.tabular(look.font(pixels, QFont.Weight.DemiBold if main else QFont.Weight.Normal))


@lru_cache(maxsize=8)
def _metrics(pixels: int, *, main: bool) -> QFontMetricsF:
    return QFontMetricsF(numbers_font(pixels, main=main))


@dataclass(frozen=True, slots=True)
class Places:
    """``width``, ``height``: of the chart. ``decades``: of the axis, from and to. ``plot``: where the bars are,
    ``pitch``: from one to the next. ``pixels``, ``number_width``: of the print that the numbers are in. ``written``:
    the layers whose numbers there is room for, the first, the last, and evenly those between."""

    shown: Shown
    width: float
    height: float
    decades: tuple[int, int]
    plot: QRectF = field(init=False)
    pitch: float = field(init=False)
    pixels: int = field(init=False)
    number_width: float = field(init=False)
    written: list[int] = field(init=False)

    def __post_init__(self) -> None:
        beneath = LAYER_LINE + 2 * PAD + ROW * len(self.shown.rows)
        plot = QRectF(LABELS, TOP, self.width - LABELS - RIGHT, max(self.height - TOP - beneath, 10.0))
        object.__setattr__(self, "plot", plot)
        object.__setattr__(self, "pitch", plot.width() / self.shown.depth)
        for pixels in SIZES:
            object.__setattr__(self, "pixels", pixels)
            object.__setattr__(self, "number_width", self._width_of_numbers(pixels))
            if self.number_width <= self.pitch:
                break
        object.__setattr__(self, "written", self._written())

    def _width_of_numbers(self, pixels: int) -> float:
        """What the widest number needs: in figures of one width it is one with the most signs."""
        found = float(LEAST_NUMBER)
        for row in self.shown.rows:
            found = max(found, _metrics(pixels, main=row.main).horizontalAdvance(_widest(row.values)) + BESIDE)
        return found

    def x_of(self, layer: int) -> float:
        """The middle of a layer's column, from 1."""
        return self.plot.left() + (layer - 0.5) * self.pitch

    def y_of(self, value: float) -> float:
        """Where a value stands; 0 on the floor, what is beyond the ends at them."""
        low, high = self.decades
        if value <= 0.0:
            return self.plot.bottom()
        if value == float("inf"):
            return self.plot.top()
        share = (log10(value) - low) / (high - low)
        return self.plot.bottom() - FLOOR - min(max(share, 0.0), 1.0) * (self.plot.height() - FLOOR)

    def ys_of(self, values: Array) -> list[float]:
        """The same for many values above 0 at once."""
        low, high = self.decades
        shares = np.clip((np.log10(values) - low) / (high - low), 0.0, 1.0)
        found: list[float] = (self.plot.bottom() - FLOOR - shares * (self.plot.height() - FLOOR)).tolist()
        return found

    def _written(self) -> list[int]:
        depth, least = self.shown.depth, max(1, ceil(self.number_width / max(self.pitch, 1e-9)))
        if least == 1:
            return list(range(1, depth + 1))
        free = self._left_of(1) + self.number_width, self._left_of(depth) - self.number_width
        best, most = [1, depth], (0, 0)
        for stride in range(least, least + 3):
            inner = range(1 + stride, depth, stride)
            between = [layer for layer in inner if free[0] <= self._left_of(layer) <= free[1]]
            worth = (len(between), len(between) - len(inner))  # the most, and of them those with the fewest gaps
            if worth > most:
                best, most = [1, *between, depth], worth
        return best

    @property
    def rows_top(self) -> float:
        """Where the rows of numbers begin."""
        return self.plot.bottom() + LAYER_LINE + PAD

    def layer_at(self, point: QPointF) -> int | None:
        """The layer whose column a point is in."""
        if not LABELS <= point.x() < self.width - RIGHT:
            return None
        return min(int((point.x() - LABELS) / self.pitch) + 1, self.shown.depth)

    def row_at(self, point: QPointF) -> int | None:
        """The row of numbers that a point is in."""
        number = int((point.y() - self.rows_top) // ROW)
        return number if point.y() >= self.rows_top and number < len(self.shown.rows) else None

    def text(self, row: int, layer: int) -> str:
        """A number as it is written; nothing for what lies behind the last layer."""
        value = float(self.shown.rows[row].values[layer - 1])
        if value == value:
            return ratio_text(value)
        return "" if layer == self.shown.depth and self.shown.rows[row].to_next else NOTHING

    def number_box(self, row: int, layer: int) -> QRectF:
        """Where a number stands."""
        return QRectF(self._left_of(layer), self.rows_top + row * ROW, self.number_width, ROW)

    def _left_of(self, layer: int) -> float:
        """Where a layer's numbers begin: clear of the row's name."""
        width = self.number_width
        return min(max(self.x_of(layer) - width / 2, LABELS - 2.0), self.width - width - 1.0)


def _widest(values: Array) -> str:
    """The number of a row with the most signs: one with the longest exponent, or a plain one."""
    size = np.abs(values[np.isfinite(values) & (values != 0.0)])
    ends = [ratio_text(float(size.min())), ratio_text(float(size.max()))] if size.size else []
    return max(["0.000", *ends], key=len)
