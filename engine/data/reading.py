"""Reading a table's columns for what they hold to people: numbers however written, dates, categories."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

import polars as pl

from engine.data.choice import DataChoice
from engine.data.columns import VALUES, Column, ColumnKind, column_of_numbers, present_texts, read_column
from engine.data.dates import HOURS, day_comes_first, days_of_typed, read_clock, read_dates
from engine.data.dialect import MISSING_TOKENS
from engine.data.identifiers import are_codes
from engine.data.numerals import COMMA, POINT, decimal_sign, plainly, read_numbers
from engine.data.problems import CLOCK, DATES, DATES_OPEN, NUMERALS, NUMERALS_OPEN
from engine.data.table import FileTable
from engine.problems import Problem

_SIGNS = {"point": POINT, "comma": COMMA}
_ORDERS = {"day-first": True, "month-first": False}
_EVIDENCE_ROWS = 1000
_EVIDENCE_COLUMNS = 200
_NAMED = 3  # columns that a notice names


class ColumnReader:
    """Reads the columns of ``table`` as ``choice`` says; what one leaves open, the others may tell. Texts that are one
    of ``missing`` in any case stand for nothing."""

    def __init__(self, table: FileTable, choice: DataChoice, missing: Collection[str] = MISSING_TOKENS) -> None:
        self._table, self._choice, self._missing = table, choice, missing
        self._columns: dict[str, Column] = {}

    def read(self, name: str) -> Column:
        """The column of this name; the same one whenever it is asked for."""
        if name not in self._columns:
            column = self._read(name)
            if column.kind is ColumnKind.NUMBER and column.dates is None and are_codes(name, column.series):
                written = self._table.frame[name].alias(VALUES).cast(pl.String)
                column = Column(name, ColumnKind.CATEGORY, present_texts(written, self._missing))
            self._columns[name] = column
        return self._columns[name]

    def _read(self, name: str) -> Column:
        series = self._table.frame[name].alias(VALUES)
        if series.dtype in (pl.Date, pl.Datetime) and self._choice.dates != "texts":
            days, dates = days_of_typed(series)
            return Column(name, ColumnKind.NUMBER, days, dates=dates)
        if series.dtype != pl.String:
            return read_column(series.alias(name))
        return self._read_texts(name, series)

    def _read_texts(self, name: str, series: pl.Series) -> Column:
        if self._choice.decimal == "plain":
            column = read_column(series.alias(name), self._table.decimal_comma, self._missing)
            if column.kind is ColumnKind.NUMBER:
                return column
            texts = column.series
        else:
            texts = present_texts(series, self._missing)
            wanted = _SIGNS.get(self._choice.decimal or "")
            numbers, numerals = read_numbers(texts, wanted, lambda: self._decimal_sign)
            if (read := column_of_numbers(name, texts, numbers, numerals)) is not None:
                return read
        clock = read_clock(texts)
        if clock is not None and (read := column_of_numbers(name, texts, *clock)) is not None:
            return read
        if self._choice.dates != "texts":
            found = read_dates(texts, _ORDERS.get(self._choice.dates), lambda: self._day_first)
            if found is not None and (read := column_of_numbers(name, texts, found[0], dates=found[1])) is not None:
                return read
        return Column(name, ColumnKind.CATEGORY, texts)

    @cached_property
    def _decimal_sign(self) -> str:
        """What most columns can only be read with, else what goes with the delimiter."""
        return decimal_sign(self._evidence()) or (COMMA if self._table.delimiter == ";" else POINT)

    @cached_property
    def _day_first(self) -> bool | None:
        return day_comes_first(self._evidence())

    def _evidence(self) -> Iterator[pl.Series]:
        texts = (series for series in self._table.frame.iter_columns() if series.dtype == pl.String)
        for series, _ in zip(texts, range(_EVIDENCE_COLUMNS), strict=False):
            yield present_texts(series.alias(VALUES).gather_every(max(1, len(series) // _EVIDENCE_ROWS)), self._missing)


def reading_notices(columns: Iterable[Column]) -> tuple[Problem, ...]:
    """How dates, and numbers that are not written plainly, were read: what is open first, columns alike in one."""
    alike: dict[tuple[str, str, str], list[Column]] = {}
    notices = []
    for column in columns:
        numerals, dates = column.numerals, column.dates
        if numerals is not None and numerals.other is None:
            alike.setdefault((numerals.decimal, numerals.groups, numerals.unit), []).append(column)
        elif numerals is not None and numerals.other is not None:
            values = {"value": plainly(numerals.value), "other": plainly(numerals.other)}
            notices.append(NUMERALS_OPEN(column=column.name, example=numerals.example, **values))
        if dates is not None:
            kind = DATES_OPEN if dates.open else DATES
            notices.append(kind(column=column.name, first=dates.first, example=dates.example, read=dates.read))
    open_first = sorted(notices, key=lambda notice: notice.code not in (NUMERALS_OPEN.code, DATES_OPEN.code))
    return (*open_first, *(_together(group) for group in alike.values()))


def _together(columns: list[Column]) -> Problem:
    names = ", ".join(f"“{column.name}”" for column in columns[:_NAMED]) + (", …" if len(columns) > _NAMED else "")
    numerals = columns[0].numerals
    assert numerals is not None  # they are grouped by it
    kind = CLOCK if numerals.unit == HOURS else NUMERALS
    return kind(columns=names, example=numerals.example, value=plainly(numerals.value))
