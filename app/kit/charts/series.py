"""The curves that a chart is given, and their numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QColor

from app.kit.export import Table
from engine.formats.progress import Curve


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

    @property
    def name(self) -> str:
        """What stands at the line's end."""
        return self.named(self.label)

    def named(self, label: str) -> str:
        """The same with another label, such as a shorter one."""
        return f"{label} {self.ending}" if self.ending else label


def table_of(series: Sequence[Series]) -> Table:
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
    return Table(tuple(header), rows)
