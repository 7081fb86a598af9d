"""Columns of Parquet files as the few types that the rest of the program knows: texts, numbers, truth values, dates."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
from polars.exceptions import PolarsError

from engine.data.problems import BEYOND_CALENDAR, NO_VALUES
from engine.problems import EngineError, Problem

_TICKS = {"ms": 10**3, "us": 10**6, "ns": 10**9}
_DAY = 86_400
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
"""1 January of the year 1 and 31 December 9999, in days since 1970: what every calendar and library has."""


def plain_frame(frame: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, int]]:
    """The columns as :func:`plain_column` has them, and how many dates of which are in no calendar."""
    columns = [plain_column(column) for column in frame.iter_columns()]
    lost = {found.name: found.null_count() - frame[found.name].null_count() for found in columns}
    plain = pl.DataFrame({found.name: found for found in columns})
    return plain, {name: count for name, count in lost.items() if count}


def beyond_calendar(lost: Mapping[str, int]) -> tuple[Problem, ...]:
    """What is to be said of dates that are in no calendar, by their columns."""
    return tuple(BEYOND_CALENDAR(column=name, count=count) for name, count in lost.items())


def plain_column(column: pl.Series) -> pl.Series:
    """A column whose levels are texts, whose decimals are floats, whose bytes are texts where they are UTF-8, and whose
    dates, where no calendar has them, are missing. Lists and the like stay what they are."""
    kind = column.dtype
    if kind in (pl.Categorical, pl.Enum):
        return column.cast(pl.String)
    if kind.is_decimal():
        return column.cast(pl.Float64)
    if kind == pl.Binary:
        try:
            return column.cast(pl.String)
        except PolarsError:  # no UTF-8
            return column
    if kind in (pl.Date, pl.Datetime):
        return _within_calendar(column)
    return column


def _within_calendar(column: pl.Series) -> pl.Series:
    unit = column.dtype.time_unit if isinstance(column.dtype, pl.Datetime) else None
    day = 1 if unit is None else _DAY * _TICKS[unit]
    ticks = column.to_physical().cast(pl.Int64)
    there = ticks.is_between(max(_FIRST_DAY * day, -(2**63)), min((_LAST_DAY + 1) * day, 2**63) - 1)
    return column if there.all() else column.set(~there.fill_null(True), None)


def spans_in_seconds(column: pl.Series) -> pl.Series:
    """Spans of time as numbers of seconds; any other column as it is."""
    if not isinstance(column.dtype, pl.Duration):
        return column
    return column.to_physical().cast(pl.Float64) / _TICKS[column.dtype.time_unit or "us"]


def has_values(kind: pl.DataType) -> bool:
    """Whether a column of this type holds texts, numbers, truth values, dates or spans of time."""
    return kind.is_numeric() or kind.is_temporal() or kind in (pl.String, pl.Boolean, pl.Null)


def require_values(path: object, frame: pl.DataFrame, names: Mapping[str, str]) -> None:
    """Raise EngineError for the first of some columns that holds nothing to learn from; ``names``: what the file calls
    each column of the frame."""
    for ours, theirs in names.items():
        if ours in frame.columns and not has_values(frame.schema[ours]):
            raise EngineError(NO_VALUES(column=theirs, path=path, kind=str(frame.schema[ours])))
