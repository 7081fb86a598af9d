"""A data set from any CSV or Parquet file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.data.choice import DataChoice
from engine.data.columns import (
    Column,
    ColumnKind,
    reason_it_cannot_serve,
    reason_to_leave_out,
)
from engine.data.dataset import Dataset
from engine.data.dates import Dates
from engine.data.encode import encode_columns, encoded_width
from engine.data.numerals import Numerals
from engine.data.outliers import outlier_notice, outlier_rows
from engine.data.problems import (
    COLUMN_NOT_CHOSEN,
    DATES_LEFT_OUT,
    FILE_NOT_NAMED,
    NO_INPUTS,
    NUMBER_TOO_LARGE,
    ROWS_WITH_MISSING,
    ROWS_WITH_OUTLIERS,
    ROWS_WITHOUT_TARGET,
    SAMPLED_ROWS,
    SOME_TOO_LARGE,
    TARGET_AS_INPUT,
    TOO_FEW_ROWS,
)
from engine.data.reading import ColumnReader, reading_notices
from engine.data.sampling import NEEDED_ROWS, Limits, Watch
from engine.data.split import split_rows
from engine.data.standardising import raw_numbers_notice, standardised
from engine.data.table import FileTable, draw_rows, read_table
from engine.data.target import check_known, check_target, choose_target, read_target
from engine.problems import EngineError, Problem


@dataclass(frozen=True, slots=True)
class ColumnSummary:
    """What a file's column holds, for choosing target and inputs; ``left_out`` says why it is no input as
    such, ``numerals`` and ``dates`` how its numbers or dates were read.
    """

    name: str
    kind: ColumnKind
    missing: int
    levels: int
    left_out: Problem | None
    numerals: Numerals | None = None
    dates: Dates | None = None


@dataclass(frozen=True, slots=True)
class FileSummary:
    """A file's columns, the rows read, the target that would be chosen, and notices on the reading."""

    columns: tuple[ColumnSummary, ...]
    rows: int
    target: str
    notices: tuple[Problem, ...]


def inspect_file(choice: DataChoice, limits: Limits, watch: Watch) -> FileSummary:
    """Summarise the columns of the file that ``choice`` names. Raises EngineError where it is no table."""
    table = _read(choice, limits, watch)
    reader = ColumnReader(table, choice)
    columns = list(_read_columns(reader, table.frame.columns, watch))
    too_large = {column.name: why for column in columns if (why := _too_large(table, column)) is not None}
    summaries = tuple(_summary(column, choice, too_large.get(column.name)) for column in columns)
    strays = [notice for column in columns for notice in column.notices]
    notices = (*too_large.values(), *table.notices, *reading_notices(columns), *strays, *_outliers(columns))
    target = choose_target(table.frame.columns, None, reader.read)
    return FileSummary(summaries, table.frame.height, target, notices)


def _summary(column: Column, choice: DataChoice, too_large: Problem | None) -> ColumnSummary:
    left_out = too_large or _unwanted(column, choice) or reason_to_leave_out(column)
    found = (column.missing, column.levels, left_out, column.numerals, column.dates)
    return ColumnSummary(column.name, column.kind, *found)


def load_file(choice: DataChoice, limits: Limits, watch: Watch) -> Dataset:
    """Load the file that ``choice`` names; what was done with its rows and columns is in the notices.

    Raises EngineError, with one clear sentence, for a file or a choice of columns that cannot be learnt from.
    """
    table = _read(choice, limits, watch)
    reader = ColumnReader(table, choice)
    target, columns, notices = _chosen_columns(table, reader, choice, watch)
    by_hand = choice.features is not None
    if by_hand:
        notices += _not_chosen(table, reader, {target.name, *(column.name for column in columns)}, choice, watch)
    columns, left_out = _usable(columns, by_hand)
    target, columns, dropped = _drop_rows(target, columns, choice.missing)
    if choice.outliers == "drop":
        target, columns, far = _drop_outliers(target, columns)
        dropped += far
    columns, emptied = _usable(columns, by_hand)  # a column can be constant over the rows that are left
    if not columns:
        raise EngineError(NO_INPUTS())
    watch.at(0.8)
    target, columns, sampled = _bound_values(target, columns, limits, choice.seed_number)
    goal = read_target(target, choice.task, limits.classes)
    labels = goal.y.astype(np.int64) if goal.classes else None
    train, test = split_rows(len(goal.y), choice.train_share, choice.seed_number, labels)
    encoding = encode_columns(columns, train, limits.levels)
    watch.at(1.0)
    dataset = Dataset(
        name=Path(choice.path or "").name,
        title=Path(choice.path or "").stem,
        task=goal.task,
        columns=tuple(name for column in encoding.inputs for name in column.columns),
        x=encoding.x,
        y=goal.y,
        classes=goal.classes,
        train=train,
        test=test,
        notices=(
            *(*table.notices, *notices, *left_out, *dropped, *emptied),
            *(*sampled, *encoding.notices, *_outliers((target, *columns))),
        ),
        target_name=target.name,
        inputs=encoding.inputs,
    )
    if choice.standardise:
        return standardised(dataset)
    raw = raw_numbers_notice(dataset)
    return dataset if raw is None else replace(dataset, notices=(*dataset.notices, raw))


def _read(choice: DataChoice, limits: Limits, watch: Watch) -> FileTable:
    if not choice.path:
        raise EngineError(FILE_NOT_NAMED())
    table = read_table(Path(choice.path), limits, watch, choice.seed_number, choice.header)
    if table.frame.height < 2:  # before its columns are looked at, of which one line may hold very many
        raise EngineError(TOO_FEW_ROWS(rows=table.frame.height, needed=NEEDED_ROWS))
    return table


def _read_columns(reader: ColumnReader, names: Sequence[str], watch: Watch) -> Iterator[Column]:
    """The columns of these names, one by one, with a look whether to go on."""
    for at, name in enumerate(names):
        if at % 64 == 0:
            watch.at(0.7 + 0.1 * at / len(names))
        yield reader.read(name)


def _too_large(table: FileTable, column: Column) -> Problem | None:
    """Which number of a column is too large to compute with, as the file has it, or None."""
    rows = column.too_large
    if not len(rows):
        return None
    first = int(rows[0])
    said = {"column": column.name, "value": table.frame[column.name][first], "count": len(rows)}
    numbers = table.row_numbers
    return SOME_TOO_LARGE(**said) if numbers is None else NUMBER_TOO_LARGE(row=int(numbers[first]), **said)


def _outliers(columns: Iterable[Column]) -> list[Problem]:
    return [notice for column in columns if (notice := outlier_notice(column)) is not None]


def _not_chosen(
    table: FileTable, reader: ColumnReader, chosen: Collection[str], choice: DataChoice, watch: Watch
) -> list[Problem]:
    """Why columns that nobody has chosen are left out: their own reason, where they have one."""
    others = [name for name in table.frame.columns if name not in chosen]
    dated = choice.dates == "leave-out"
    columns = [column for column in _read_columns(reader, others, watch) if not (dated and column.dates is not None)]
    return [reason_to_leave_out(column) or COLUMN_NOT_CHOSEN(column=column.name) for column in columns]


def _chosen_columns(
    table: FileTable, reader: ColumnReader, choice: DataChoice, watch: Watch
) -> tuple[Column, list[Column], list[Problem]]:
    """The target, the columns asked for (or all others), and notices on how they were read."""
    names = table.frame.columns
    target_name = choose_target(names, choice.target, reader.read)
    wanted: Iterable[str] = names
    if choice.features is not None:
        check_known(names, choice.features)
        if target_name in choice.features:
            raise EngineError(TARGET_AS_INPUT(column=target_name))
        wanted = dict.fromkeys(choice.features)
    target = reader.read(target_name)
    check_target(target)
    columns = list(_read_columns(reader, [name for name in wanted if name != target_name], watch))
    for column in (target, *columns):
        if (too_large := _too_large(table, column)) is not None:
            raise EngineError(too_large)
    unwanted = [why for column in columns if (why := _unwanted(column, choice)) is not None]
    columns = [column for column in columns if _unwanted(column, choice) is None]
    read = (target, *columns)
    strays = [notice for column in read for notice in column.notices]
    return target, columns, [*reading_notices(read), *strays, *unwanted]


def _unwanted(column: Column, choice: DataChoice) -> Problem | None:
    """The notice that ``column`` is no input because it holds dates and the choice leaves those out, or None."""
    return DATES_LEFT_OUT(column=column.name) if column.dates is not None and choice.dates == "leave-out" else None


def _drop_rows(target: Column, columns: Sequence[Column], missing: str) -> tuple[Column, list[Column], list[Problem]]:
    """Drop rows without a target and, where ``missing`` is "drop", those without some input."""
    present = target.series.is_not_null().to_numpy()
    notices: list[Problem] = []
    if not present.all():
        notices.append(ROWS_WITHOUT_TARGET(count=int((~present).sum()), column=target.name))
    complete = present.copy()
    if missing == "drop":
        for column in columns:
            complete &= column.series.is_not_null().to_numpy()
        if (present & ~complete).any():
            notices.append(ROWS_WITH_MISSING(count=int((present & ~complete).sum())))
    kept = np.flatnonzero(complete)
    if len(kept) < NEEDED_ROWS:
        raise EngineError(TOO_FEW_ROWS(rows=len(kept), needed=NEEDED_ROWS))
    return target.rows(kept), [column.rows(kept) for column in columns], notices


def _drop_outliers(target: Column, columns: Sequence[Column]) -> tuple[Column, list[Column], list[Problem]]:
    """Drop the rows in which some column has an outlier."""
    far = np.any([outlier_rows(column) for column in (target, *columns)], axis=0)
    kept = np.flatnonzero(~far)
    if len(kept) < NEEDED_ROWS:
        raise EngineError(TOO_FEW_ROWS(rows=len(kept), needed=NEEDED_ROWS))
    notices = [ROWS_WITH_OUTLIERS(count=int(far.sum()))] if far.any() else []
    return target.rows(kept), [column.rows(kept) for column in columns], notices


def _usable(columns: Sequence[Column], by_hand: bool) -> tuple[list[Column], list[Problem]]:
    """The columns that serve as inputs, and why the others do not. A column of numbers that only looks like an
    identifier serves where there is no other."""
    reason = reason_it_cannot_serve if by_hand else reason_to_leave_out
    reasons = [(column, reason(column)) for column in columns]
    if all(why is not None for _, why in reasons):
        reasons = [
            (column, reason_it_cannot_serve(column) if column.kind is ColumnKind.NUMBER else why)
            for column, why in reasons
        ]
    usable = [column for column, why in reasons if why is None]
    return usable, [why for _, why in reasons if why is not None]


def _bound_values(
    target: Column, columns: list[Column], limits: Limits, seed: int
) -> tuple[Column, list[Column], list[Problem]]:
    """Draw fewer rows where the encoded matrix would be too large."""
    rows = len(target.series)
    most = max(NEEDED_ROWS, limits.values // encoded_width(columns, limits.levels))
    if rows <= most:
        return target, columns, []
    kept = draw_rows(rows, most, seed)
    return target.rows(kept), [column.rows(kept) for column in columns], [SAMPLED_ROWS(kept=most, rows=rows)]
