"""The axes of a line chart: decades or values upwards, steps to the right."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from app.kit.numbers import count, decade, plain

Ticks = list[tuple[float, list[float]]]
"""Levels of ticks, the coarsest first: their distance and their places."""


def _coarsest(ticks: Ticks) -> Ticks:
    return ticks[:1]


class ValueAxis(pg.AxisItem):
    """The vertical axis; on a log axis its unit is the exponent."""

    def __init__(self) -> None:
        super().__init__("left")
        self.log = True

    def tickValues(self, low: float, high: float, size: float) -> Ticks:
        if not self.log:
            return _coarsest(super().tickValues(low, high, size))
        room = max(1, int(size // 26))
        first, last = int(np.ceil(low - 1e-9)), int(np.floor(high + 1e-9))
        stride = max(1, -(-(last - first) // room))
        return [(stride, [float(e) for e in range(first, last + 1) if (last - e) % stride == 0])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [decade(round(v)) if self.log else plain(v) for v in values]


class StepAxis(pg.AxisItem):
    """The horizontal axis: steps, few and round."""

    def __init__(self) -> None:
        super().__init__("bottom")

    def tickValues(self, low: float, high: float, size: float) -> Ticks:
        return _coarsest(super().tickValues(low, high, size))

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [count(v) for v in values]
