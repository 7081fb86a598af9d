"""Tables of examples with a label, as Wide & Deep reads them: the census, ratings, any CSV or Parquet file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.data.choice import DataChoice
from engine.data.columns import VALUES, Column, ColumnKind, computable
from engine.data.dates import years_of
from engine.data.identifiers import Spelling, differ_as_texts, is_identifier, spelling_of
from engine.data.plain_types import has_values, require_values, spans_in_seconds
from engine.data.problems import (
    COLUMN_CONSTANT,
    COLUMN_EMPTY,
    COLUMN_IDENTIFIER,
    ROWS_WITHOUT_TARGET,
    TARGET_ALL_MISSING,
)
from engine.data.reading import ColumnReader, reading_notices
from engine.data.sampling import EVERY_ROW, Watch
from engine.data.table import FileTable, read_table
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.fingerprint import Fingerprint
from engine.recommenders.data.logs.loaders import NO_RATINGS
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.missing import missing_as_null, notices_of_words, words_for_nothing
from engine.recommenders.data.needed_columns import require_columns
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.row_numbers import RowNumbers

NO_FIELDS = declare(
    "recommender.no-fields",
    "“{path}” has no column to predict “{label}” from: all others are empty, constant, or different in every row.",
)
COLUMN_DIFFERENT = declare(
    "recommender.notice-column-different",
    "“{column}” differs in almost every row, so that what is learned of one value applies to no other, and was left"
    " out.",
)
DATES_AS_YEARS = declare(
    "recommender.notice-dates",
    "“{column}” contains dates, which were read as years: “{example}” as {value}.",
)
HOW_TO_KEEP = declare(
    "recommender.notice-how-to-keep",
    "To read a column that was left out, name all columns to read by --categories and --numbers.",
)
BEYOND = declare(
    "recommender.numbers-beyond",
    "Values of “{column}” that are infinite or beyond 1e150 (such as {value} in row {row} of the file,"
    " counting any header) count as missing: {count}.",
)
FEW_LEVELS = 20
"""Whole numbers of no more different values than these are read as categories."""
LIKED = 4.0


@dataclass(frozen=True, slots=True)
class LabelledTable:
    """A table, what is to be predicted, and from what. ``notices``: what was done to it as it was read.
    ``fingerprint``: of a person's own files that it was read from. ``file_rows`` (rows,): where each row stands in such
    a file, as :class:`RowNumbers` has it."""

    table: pl.DataFrame
    goal: Goal
    fields: Fields
    notices: tuple[Problem, ...] = ()
    fingerprint: Fingerprint | None = None
    file_rows: NDArray[np.int64] | None = None

    @property
    def numbering(self) -> RowNumbers:
        """What its rows are called."""
        return RowNumbers(self.table.height, self.file_rows)


def rated(log: Log, least: float | None = None) -> LabelledTable:
    """Who likes what: every rating an example, positive from ``least`` or 4 on, with what is known of user and item.

    Raises EngineError for a log without ratings.
    """
    if "rating" not in log.extras:
        raise EngineError(NO_RATINGS())
    columns: dict[str, pl.Series] = {
        "user": pl.Series(log.user_names, dtype=pl.String).gather(log.users),
        "item": pl.Series(log.item_names, dtype=pl.String).gather(log.items),
        "rating": pl.Series(log.extras["rating"]),
    }
    categories: list[str] = ["user", "item"]
    bags: list[str] = []
    for features, places in ((log.user_features, log.users), (log.item_features, log.items)):
        for name, values in features.items():
            if name in ("title", *columns):
                continue
            series = pl.Series(name, values, strict=False)
            columns[name] = series.cast(pl.String).gather(places)
            (bags if name == "genres" else categories).append(name)
    return LabelledTable(
        pl.DataFrame(columns),
        Goal("rating", at_least=LIKED if least is None else least),
        Fields(tuple(categories), (), tuple(bags)),
    )


def read_examples(
    path: Path, goal: Goal, fields: Fields, progress: Callable[[float], None] | None = None
) -> LabelledTable:
    """All examples of a CSV or Parquet file; no fields: every column, by what it holds.

    Raises EngineError where the file cannot be read or the goal's column is missing.
    """
    read = read_table(path, EVERY_ROW, Watch(str(path), progress), header=True)
    named = [goal.column, *fields.names]
    require_columns(named, read.frame.columns, path)
    require_values(path, read.frame, dict(zip(named, named, strict=True)))
    as_text = set(read.frame.columns).difference(fields.numbers) if fields.names else set()
    as_text = as_text - {goal.column} if goal.equals is None else as_text | {goal.column}
    table, notices = typed_columns(read, as_text)
    known = _with_outcome(table, goal.column)
    numbers = read.row_numbers
    if not known.all():
        notices += (ROWS_WITHOUT_TARGET(count=int((~known).sum()), column=goal.column),)
        table, numbers = table.filter(known), None if numbers is None else numbers[known.to_numpy()]
    goal.labels(table.head(1))  # says what is wrong before anything is worked out
    if fields.names:
        return LabelledTable(table, goal, fields, notices, file_rows=numbers)
    fields, left_out = _inferred(table, goal.column, read.frame)
    if not fields.names:
        raise EngineError(NO_FIELDS(path=path, label=goal.column))
    return LabelledTable(table, goal, fields, (*notices, *left_out), file_rows=numbers)


def _with_outcome(table: pl.DataFrame, column: str) -> pl.Series:
    """Of which rows the outcome is known. Raises EngineError where of none."""
    known = table[column].is_not_null()
    if not known.any():
        raise EngineError(TARGET_ALL_MISSING(column=column))
    return known


def typed_columns(read: FileTable, as_text: Collection[str]) -> tuple[pl.DataFrame, tuple[Problem, ...]]:
    """A file's columns as what they hold, those ``as_text`` as texts, and what is to be said of it."""
    present = {one.name: missing_as_null(one) if one.dtype == pl.String else one for one in read.frame.iter_columns()}
    reader = ColumnReader(replace(read, frame=pl.DataFrame(present)), DataChoice(), missing=())
    notices = list(read.notices)
    columns: dict[str, pl.Series] = {}
    words: dict[str, Counter[str]] = {}
    numbers = read.row_numbers
    for name, series in present.items():
        as_it_is = name in as_text or (read.typed and series.dtype == pl.String)
        typed = spans_in_seconds(series) if as_it_is else _values(series, reader.read(name), notices)
        if typed.dtype == pl.String and series.dtype == pl.String:
            words[name] = words_for_nothing(read.frame[name], typed)
        beyond = typed.dtype.is_float() and name not in as_text
        columns[name] = without_beyond(name, typed, numbers, notices) if beyond else typed
    return pl.DataFrame(columns), (*notices, *notices_of_words(words))


def _values(series: pl.Series, column: Column, notices: list[Problem]) -> pl.Series:
    """A column of a file, null where missing, as what it was read as, dates as years. Dates of which nothing tells
    whether day or month comes first stay texts."""
    if column.dates is not None:
        if column.dates.open:
            return series
        years = years_of(column.series, column.dates.first)
        value = f"{years.drop_nulls()[0]:.2f}"
        notices += [DATES_AS_YEARS(column=column.name, example=column.dates.example, value=value), *column.notices]
        return years
    if series.dtype != pl.String:
        is_code = series.dtype.is_numeric() and column.kind is ColumnKind.CATEGORY
        return column.series if is_code else spans_in_seconds(series)
    if column.numerals is not None:
        notices += reading_notices([replace(column, numerals=replace(column.numerals, other=None))])
    notices += column.notices
    return typed_texts(series, column)


def without_beyond(
    name: str, numbers: pl.Series, file_rows: NDArray[np.int64] | None, notices: list[Problem]
) -> pl.Series:
    """A column of numbers, null where one cannot be computed with, which a notice says. ``file_rows``: where each
    stands in the file."""
    kept, numbers = computable(numbers), numbers.fill_nan(None)
    beyond = (kept.is_null() & numbers.is_not_null()).arg_true()
    if len(beyond):
        value, row = f"{numbers[beyond[0]]:g}", beyond[0] + 1 if file_rows is None else int(file_rows[beyond[0]])
        notices.append(BEYOND(column=name, value=value, row=row, count=len(beyond)))
    return kept.cast(numbers.dtype)


def typed_texts(texts: pl.Series, column: Column) -> pl.Series:
    """Texts, null where missing, as the values that they were read as: whole numbers, numbers, truth values, texts."""
    if column.kind is ColumnKind.NUMBER:
        whole = texts.alias(VALUES).cast(pl.Int64, strict=False)
        return whole if whole.null_count() == column.missing else column.series
    lower = column.series.str.to_lowercase()
    return lower == "true" if lower.drop_nulls().is_in(["true", "false"]).all() else column.series


def _inferred(table: pl.DataFrame, label: str, texts: pl.DataFrame) -> tuple[Fields, list[Problem]]:
    """What to read of a table by what it holds, and why some of its columns are left out. ``texts``: as the file has
    them."""
    categories: list[str] = []
    numbers: list[str] = []
    left_out: list[Problem] = []
    for name, kind in table.schema.items():
        column = table[name]
        if name == label or not has_values(kind):
            continue
        if column.null_count() == table.height:
            left_out.append(COLUMN_EMPTY(column=name))
            continue
        is_number = kind.is_numeric() and not (kind.is_integer() and column.n_unique() <= FEW_LEVELS)
        spelling = spelling_of(missing_as_null(texts[name])) if texts[name].dtype == pl.String else "plain"
        if column.n_unique() == 1:
            left_out.append(COLUMN_CONSTANT(column=name))
        elif (apart := tells_apart(name, column, as_category=not is_number, spelling=spelling)) is not None:
            left_out.append(COLUMN_IDENTIFIER(column=name) if apart == "identifier" else COLUMN_DIFFERENT(column=name))
        else:
            (numbers if is_number else categories).append(name)
    if any(why.code in (COLUMN_IDENTIFIER.code, COLUMN_DIFFERENT.code) for why in left_out):
        left_out.append(HOW_TO_KEEP())
    return Fields(tuple(categories), tuple(numbers)), left_out


def tells_apart(
    name: str, values: pl.Series, *, as_category: bool, spelling: Spelling = "plain"
) -> Literal["identifier", "different"] | None:
    """Why what is learned of a column's values applies to hardly any other row; None where it does. ``spelling``: how
    the file writes numbers."""
    if is_identifier(name, values, spelling):
        return "identifier"
    return "different" if as_category and differ_as_texts(values) else None
