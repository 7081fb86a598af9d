"""Numbers of a column that lie so far from all others that they rule what is learnt."""

from __future__ import annotations

import numpy as np

from engine.data.columns import LARGEST_NUMBER, Column, ColumnKind
from engine.data.problems import OUTLIERS
from engine.problems import Problem

FAR = 20.0
"""So many times the distance between the quartiles beyond them."""
FEW = 0.02
"""Share of a column's values up to which they are outliers, rather than another half of what it holds."""


def outlier_notice(column: Column) -> Problem | None:
    """The notice that a column of numbers has outliers, or None."""
    if column.kind is not ColumnKind.NUMBER:
        return None
    values = column.series.drop_nulls().to_numpy()
    values = values[np.abs(values) <= LARGEST_NUMBER]
    if len(values) < 8:
        return None
    low, high = np.quantile(values, (0.25, 0.75))
    reach = FAR * (high - low)
    far = (values < low - reach) | (values > high + reach)
    if not reach or not far.any() or far.sum() > max(1.0, FEW * len(values)):
        return None
    others = values[~far]
    middle = (low + high) / 2
    extreme = values[np.argmax(np.abs(values - middle))]
    told = {"value": extreme, "low": others.min(), "high": others.max()}
    return OUTLIERS(column=column.name, count=int(far.sum()), **{key: f"{one:.6g}" for key, one in told.items()})
