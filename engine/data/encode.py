"""Turning a file's columns into numbers: categories one-hot, missing values filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.data.columns import Column, ColumnKind
from engine.data.dataset import MISSING_LEVEL, OTHER_LEVEL, InputColumn
from engine.data.problems import FILLED_CATEGORIES, FILLED_NUMBERS, LEVELS_POOLED
from engine.data.split import Rows
from engine.problems import Problem

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoded matrix ``x`` (n, d), how each source column came to it, and notices."""

    x: Floats
    inputs: tuple[InputColumn, ...]
    notices: tuple[Problem, ...]


def category_levels(column: Column, most: int) -> tuple[str, ...]:
    """Levels of a categorical column, sorted, then "other" where rare ones are pooled and "missing" where
    needed.

    Of more than ``most`` levels the ``most − 1`` most frequent are kept. They are those of all rows, not of
    the training rows alone, so that another split never changes the number of inputs.
    """
    known = column.series.drop_nulls().alias("level")
    counts = known.value_counts(name="rows").sort("rows", "level", descending=[True, False])
    names = [str(name) for name in counts["level"]]
    pooled = [OTHER_LEVEL] if len(names) > most else []
    kept = sorted(names[: most - 1] if pooled else names)
    missing = [MISSING_LEVEL] if column.missing else []
    return tuple(dict.fromkeys([*kept, *pooled, *missing]))


def encoded_width(columns: Sequence[Column], most: int) -> int:
    """How many encoded columns ``columns`` give."""
    return sum(1 if column.kind is ColumnKind.NUMBER else len(category_levels(column, most)) for column in columns)


def encode_columns(columns: Sequence[Column], train: Rows, most_levels: int) -> Encoding:
    """Encode ``columns`` side by side; missing numbers get the mean of the rows ``train``."""
    parts, inputs = [], []
    for column in columns:
        if column.kind is ColumnKind.NUMBER:
            part, how = _encode_number(column, train)
        else:
            part, how = _encode_category(column, category_levels(column, most_levels))
        parts.append(part)
        inputs.append(how)
    return Encoding(np.concatenate(parts, axis=1), tuple(inputs), _notices(columns, most_levels))


def _encode_number(column: Column, train: Rows) -> tuple[Floats, InputColumn]:
    values = np.array(column.series.fill_null(np.nan).to_numpy(), np.float64)
    known = values[train][~np.isnan(values[train])]
    if not len(known):  # every value is in a test row
        known = values[~np.isnan(values)]
    fill = float(known.mean())
    values[np.isnan(values)] = fill
    since = "" if column.dates is None else column.dates.first
    return values[:, None], InputColumn(column.name, (), fill, since=since)


def _encode_category(column: Column, levels: tuple[str, ...]) -> tuple[Floats, InputColumn]:
    texts = column.series.fill_null(MISSING_LEVEL).alias("text")
    known = pl.col("text").is_in(list(levels))
    pooled = texts.to_frame().select(pl.when(known).then(pl.col("text")).otherwise(pl.lit(OTHER_LEVEL)))
    codes = pooled.to_series().cast(pl.Enum(list(levels))).to_physical().to_numpy()
    part = np.zeros((len(codes), len(levels)))
    part[np.arange(len(codes)), codes] = 1.0
    return part, InputColumn(column.name, levels)


def _notices(columns: Sequence[Column], most_levels: int) -> tuple[Problem, ...]:
    notices = []
    for kind, notice in ((ColumnKind.NUMBER, FILLED_NUMBERS), (ColumnKind.CATEGORY, FILLED_CATEGORIES)):
        filled = [column for column in columns if column.kind is kind and column.missing]
        if filled:
            names = ", ".join(f"“{column.name}”" for column in filled)
            notices.append(notice(count=sum(column.missing for column in filled), columns=names))
    notices += [
        LEVELS_POOLED(column=column.name, levels=column.levels, kept=most_levels - 1)
        for column in columns
        if column.kind is ColumnKind.CATEGORY and column.levels > most_levels
    ]
    return tuple(notices)
