"""What a file's columns hold: numbers, categories, or neither; and which values are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import polars as pl

from engine.data.dates import Dates, days_of_spans
from engine.data.dialect import MISSING_TOKENS
from engine.data.identifiers import Spelling, is_identifier, spelling_of
from engine.data.numerals import STRAY_SHARE, Numerals
from engine.data.problems import (
    COLUMN_CONSTANT,
    COLUMN_EMPTY,
    COLUMN_IDENTIFIER,
    COLUMN_UNUSABLE,
    NOT_DATES,
    NOT_NUMBERS,
)
from engine.problems import Problem

_FEW_LEVELS = 20

LARGEST_NUMBER = 1e150
"""The square of a larger number is infinite."""
VALUES = "values"
"""What a series is called while it is worked with: to polars a name such as “^a$” is a pattern, and “count” its own."""


class ColumnKind(StrEnum):
    """How a column is read."""

    NUMBER = "number"
    CATEGORY = "category"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Column:
    """A column as read: ``series`` is Float64 for numbers and String for categories, null where missing.

    ``numerals``: how the numbers are written, where not plainly; ``dates``: how dates became these numbers of days;
    ``spelling``: whether the numbers are written as codes or amounts are.
    """

    name: str
    kind: ColumnKind
    series: pl.Series
    notices: tuple[Problem, ...] = ()
    numerals: Numerals | None = None
    dates: Dates | None = None
    spelling: Spelling = "plain"

    @property
    def missing(self) -> int:
        """How many values are missing."""
        return self.series.null_count()

    @property
    def levels(self) -> int:
        """How many different values there are, missing ones not counted."""
        return int(self.series.n_unique()) - (self.missing > 0)

    def rows(self, kept: np.ndarray) -> Column:
        """The column at the rows ``kept`` alone."""
        return replace(self, series=self.series.gather(kept))

    @property
    def too_large(self) -> np.ndarray:
        """The rows whose number is infinite or larger than :data:`LARGEST_NUMBER`."""
        if self.kind is not ColumnKind.NUMBER:
            return np.empty(0, np.int64)
        return np.flatnonzero((self.series.abs() > LARGEST_NUMBER).fill_null(False).to_numpy())


def computable(numbers: pl.Series) -> pl.Series:
    """The numbers as Float64, null where one is infinite, NaN, or larger than :data:`LARGEST_NUMBER`."""
    values = numbers.cast(pl.Float64)
    return pl.select(pl.when(values.abs() <= LARGEST_NUMBER).then(values)).to_series()


def read_column(series: pl.Series, decimal_comma: bool = False, missing: Iterable[str] = MISSING_TOKENS) -> Column:
    """Infer what ``series`` holds, numbers being written as programs write them (with a comma where ``decimal_comma``).

    Texts that are one of ``missing`` in any case, and NaN as a number, are missing.
    """
    name, dtype = series.name, series.dtype
    series = series.alias(VALUES)
    if dtype == pl.String:
        return _read_texts(name, series, decimal_comma, missing)
    if dtype.is_numeric():
        return Column(name, ColumnKind.NUMBER, series.cast(pl.Float64).fill_nan(None))
    if dtype == pl.Duration:
        return Column(name, ColumnKind.NUMBER, days_of_spans(series))
    if dtype.is_temporal() or dtype == pl.Boolean:
        return _read_texts(name, series.cast(pl.String), False, missing)
    if dtype == pl.Null:
        return Column(name, ColumnKind.NUMBER, series.cast(pl.Float64))
    return Column(name, ColumnKind.UNUSABLE, series)


def _read_texts(name: str, series: pl.Series, decimal_comma: bool, missing: Iterable[str]) -> Column:
    texts = present_texts(series, missing)
    column = column_of_numbers(name, texts, _to_numbers(texts, decimal_comma))
    return column or Column(name, ColumnKind.CATEGORY, texts)


def column_of_numbers(
    name: str, texts: pl.Series, numbers: pl.Series, numerals: Numerals | None = None, dates: Dates | None = None
) -> Column | None:
    """The column of these ``numbers``, read from ``texts``; None where too many of those are something else."""
    if numbers.null_count() - texts.null_count() > STRAY_SHARE * (len(texts) - texts.null_count()):
        return None
    stray = texts.filter(numbers.is_null() & texts.is_not_null())
    strange = NOT_NUMBERS if dates is None else NOT_DATES
    notices = (strange(count=len(stray), column=name, example=stray[0]),) if len(stray) else ()
    return Column(
        name, ColumnKind.NUMBER, numbers.alias(VALUES).fill_nan(None), notices, numerals, dates, spelling_of(texts)
    )


def present_texts(series: pl.Series, missing: Iterable[str] = MISSING_TOKENS) -> pl.Series:
    """Texts without blanks around them, null where they are one of ``missing`` in any case."""
    stripped = pl.nth(0).str.strip_chars()
    present = pl.when(stripped.str.to_lowercase().is_in(list(missing))).then(None).otherwise(stripped)
    # In one go: of each step by itself the most would be lost on the way there, and a table may have 5,000 columns.
    return series.alias(VALUES).to_frame().select(present.alias(VALUES)).to_series().alias(series.name)


def _to_numbers(texts: pl.Series, decimal_comma: bool) -> pl.Series:
    if decimal_comma:
        texts = texts.str.replace(",", ".", literal=True)
    return texts.cast(pl.Float64, strict=False)


def reason_to_leave_out(column: Column) -> Problem | None:
    """The notice why ``column`` is no input unless a person chooses it by hand, or None."""
    impossible = reason_it_cannot_serve(column)
    if impossible is not None:
        return impossible
    like_ids = column.dates is None and is_identifier(column.name, column.series, column.spelling)
    return COLUMN_IDENTIFIER(column=column.name) if like_ids or _is_too_varied(column) else None


def _is_too_varied(column: Column) -> bool:
    """Whether texts would each be a one-hot input that hardly any other row has."""
    present = len(column.series) - column.missing
    return column.kind is ColumnKind.CATEGORY and column.levels > max(_FEW_LEVELS, present / 2)


def reason_it_cannot_serve(column: Column) -> Problem | None:
    """The notice why ``column`` can be no input at all, even when chosen, or None."""
    if column.kind is ColumnKind.UNUSABLE:
        return COLUMN_UNUSABLE(column=column.name)
    if column.levels == 0:
        return COLUMN_EMPTY(column=column.name)
    if column.levels == 1 and (column.kind is ColumnKind.NUMBER or not column.missing):
        return COLUMN_CONSTANT(column=column.name)
    return None
