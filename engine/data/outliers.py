"""Numbers of a column that lie so far from all others that they rule what is learnt."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.data.columns import LARGEST_NUMBER, Column, ColumnKind
from engine.data.problems import OUTLIERS
from engine.problems import Problem

FAR = 20.0
"""So many times the distance between the quartiles beyond them."""
FEW = 0.02
"""Share of a column's values up to which they are outliers, rather than another half of what it holds."""


def outlier_rows(column: Column) -> NDArray[np.bool_]:
    """Which rows of a column are outliers; none unless it holds numbers."""
    none = np.zeros(len(column.series), np.bool_)
    if column.kind is not ColumnKind.NUMBER:
        return none
    values, known = _numbers(column)
    if known.sum() < 8:
        return none
    low, high = np.quantile(values[known], (0.25, 0.75))
    reach = FAR * (high - low)
    far = known & ((values < low - reach) | (values > high + reach))
    return far if reach and far.sum() <= max(1.0, FEW * known.sum()) else none


def outlier_notice(column: Column) -> Problem | None:
    """The notice that a column of numbers has outliers, or None."""
    far = outlier_rows(column)
    if not far.any():
        return None
    values, known = _numbers(column)
    others, outliers = values[known & ~far], values[far]
    extreme = outliers[np.argmax(np.abs(outliers - np.median(others)))]
    told = {"value": extreme, "low": others.min(), "high": others.max()}
    return OUTLIERS(column=column.name, count=int(far.sum()), **{key: f"{one:.6g}" for key, one in told.items()})


def _numbers(column: Column) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """A column's numbers (n,), NaN where one is missing, and which of them are there and can be computed with."""
    values = column.series.cast(float).fill_null(np.nan).to_numpy()
    return values, np.abs(values) <= LARGEST_NUMBER
