"""The axes of a line chart: values upwards as the chart's scale has them, epochs to the right."""

from __future__ import annotations

from collections.abc import Callable

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication

from app.kit.charts.scale import ChartScale
from app.kit.drawing.axes import round_ticks
from app.kit.numbers import count, plain

TICK_WIDTH = 52
Ticks = list[tuple[float, list[float]]]
"""Levels of ticks, the coarsest first: their distance and their places."""


class ValueAxis(pg.AxisItem):
    """The vertical axis, as the chart's scale says it now."""

    def __init__(self, scale: Callable[[], ChartScale]) -> None:
        super().__init__("left")
        self._scale = scale
        self._texts: dict[float, str] = {}

    def tickValues(self, low: float, high: float, size: float) -> Ticks:
        scale = self._scale()
        ticks = scale.ticks(size * (scale.top - scale.low) / (high - low))  # the rest of the axis is air
        self._texts = {round(place, 9): text for place, text in ticks}
        return [(1.0, [place for place, _ in ticks])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self._texts.get(round(value, 9), "") for value in values]


class EpochAxis(pg.AxisItem):
    """The horizontal axis: epochs, few and round; the last one says what they are."""

    def __init__(self) -> None:
        super().__init__("bottom")

    def tickValues(self, low: float, high: float, size: float) -> Ticks:
        places = [place for place, _ in round_ticks(low, high, size, TICK_WIDTH, (1.0, 2.0, 5.0, 10.0))]
        return [(places[1] - places[0] if len(places) > 1 else high - low, places)]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        texts = [count(value) if spacing >= 1.0 else plain(value) for value in values]
        if len(texts) > 1:
            texts[-1] = QCoreApplication.translate("EpochAxis", "epoch {number}").format(number=texts[-1])
        return texts
