"""The curves that a chart is given: what is read off them, and their numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from app.kit.export import ExportTable
from engine.formats.progress import Curve

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Series:
    """One curve of a chart. ``label`` names it, at its end with ``ending`` behind it; ``band``: whose range is shown
    faintly; ``first``: named even where there is no room for all."""

    label: str
    colour: QColor
    curve: Curve
    band: Curve | None = None
    ending: str = ""
    first: bool = False
    averaged: bool = False
    """A point is the mean of many values: what has only begun to be gathered does not stand alone at the end."""
    dashed: bool = False
    """It is there to be compared with."""
    dots: bool = False
    """Every measurement is marked: what lies between them was not measured."""
    ring: float | None = None
    """The epoch whose measurement stands out, by a ring."""
    beyond: Curve | None = None
    """Where it once went on, shown faintly: of a run that has been taken back."""

    @property
    def name(self) -> str:
        """What stands at the line's end."""
        return self.named(self.label)

    def named(self, label: str) -> str:
        """The same with another label, such as a shorter one."""
        return f"{label} {self.ending}" if self.ending else label


class CurveReading(NamedTuple):
    """What a curve has at a place: the ``value`` of its point there, and the ``epoch`` and ``step`` of that."""

    series: Series
    value: float
    epoch: float
    step: int


def table_of(series: Sequence[Series]) -> ExportTable:
    """Bucket by bucket, with its first step and the epoch in its middle: mean, least and greatest value of every curve;
    empty where a curve has none there."""
    epochs: dict[int, float] = {}
    header = ["step", "epoch"]
    columns: list[dict[int, tuple[float, float, float]]] = []
    for one in series:
        header += [f"{one.label} mean", f"{one.label} min", f"{one.label} max"]
        curve, column = one.curve, {}
        values = zip(curve.steps, curve.epochs, curve.count, curve.mean, curve.low, curve.high, strict=True)
        for step, epoch, count, mean, low, high in values:
            if count:
                epochs.setdefault(int(step), float(epoch))
                column[int(step)] = (float(mean), float(low), float(high))
        columns.append(column)
    rows = [[step, epochs[step], *(v for c in columns for v in c.get(step, ("", "", "")))] for step in sorted(epochs)]
    return ExportTable(tuple(header), rows)


def index_at(curve: Curve, epoch: float) -> int:
    """The point that stands for an epoch, −1 for an empty curve."""
    if len(curve.steps) == 0:
        return -1
    return int(np.clip(np.searchsorted(curve.epochs, epoch, side="right") - 1, 0, len(curve.steps) - 1))


def covers(curve: Curve, epoch: float) -> bool:
    """Whether a curve has a point for an epoch: not before its first, nor where the next after its last is due."""
    if len(curve.epochs) == 0:
        return False
    first, last = float(curve.epochs[0]), float(curve.epochs[-1])
    before = float(curve.epochs[-2]) if len(curve.epochs) > 1 else 0.0
    return first <= epoch and (epoch <= last or epoch < 2.0 * last - before)


def last_point(curve: Curve) -> int:
    """The last point at which something was measured, −1 where there is none."""
    seen = np.flatnonzero(curve.count)
    return int(seen[-1]) if seen.size else -1


def last_epoch(curves: Sequence[Curve]) -> float:
    """How far the longest of the curves goes."""
    return max((float(curve.epochs[-1]) for curve in curves if len(curve.epochs)), default=0.0)


def finite_means(curves: Sequence[Curve]) -> Floats:
    """Every finite value on the curves' lines. Their ranges do not count: one outlier among thousands of steps would
    press everything flat."""
    values = np.concatenate([curve.mean for curve in curves]) if curves else np.zeros(0)
    finite: Floats = values[np.isfinite(values)]
    return finite


def begun_or_reached(curves: Sequence[Curve]) -> float:
    """The largest of what the curves began with and what they are now; ∞ where that is 0."""
    seen = [np.abs(curve.mean[curve.count > 0]) for curve in curves]
    return max((float(value) for values in seen for value in (*values[:1], *values[-1:])), default=0.0) or np.inf
