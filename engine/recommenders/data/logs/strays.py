"""Rows of a log of whose times or numbers a few are none: they are left out, counted, and told with the first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from engine.data.problems import CUT_ROWS
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.logs.times import MOST, NO_TIME
from engine.recommenders.data.missing import missing_as_null

NO_NUMBER = declare(
    "recommender.no-number",
    "“{value}” in column “{column}” of {path}, row {row} (counting any header), isn't a number, and {count} of the"
    " first {rows} {rows:row|rows} {count:has|have} none there; mend the file, or choose it again and take another"
    " column.",
)
ROWS_NO_TIME = declare(
    "recommender.notice-rows-no-time",
    "Rows left out because “{column}” holds no time in them: {count}; the first is row {row} of the file"
    " (counting any header), with “{value}”.",
)
ROWS_NO_NUMBER = declare(
    "recommender.notice-rows-no-number",
    "Rows left out because “{column}” holds no number in them: {count}; the first is row {row} of the file"
    " (counting any header), with “{value}”.",
)


@dataclass(slots=True)
class _Found:
    """How many strays a column has, and of the first its row and its value."""

    row: int
    value: str
    count: int = 0


class Strays:
    """Takes the batches of a file as they come. ``columns``: the file's name of each of ours; ``header``: rows before
    the first, so that rows are counted as the file has them."""

    def __init__(self, path: str, columns: dict[str, str], header: int) -> None:
        self._path, self._columns = path, columns
        self._rows = self._header = header
        self._found: dict[str, _Found] = {}

    def without(self, batch: pl.DataFrame, typed: pl.DataFrame) -> pl.DataFrame:
        """``typed`` without the rows in which a value of ``batch`` reads as nothing. Raises EngineError where, of a
        column of texts, these are more than a few."""
        kept = pl.repeat(True, batch.height, eager=True)
        for ours in self._columns:
            if ours in ("user", "item"):
                continue
            stray = _there(batch[ours]) & typed[ours].is_null() & kept  # a row is left out once
            if stray.any():
                self._note(ours, batch[ours], stray)
                kept &= ~stray
        self._rows += batch.height
        return typed if kept.all() else typed.filter(kept)

    def _note(self, ours: str, values: pl.Series, stray: pl.Series) -> None:
        at = stray.arg_true()[0]
        found = self._found.setdefault(ours, _Found(self._rows + at + 1, str(values[at]).strip()))
        found.count += int(stray.sum())
        read = self._rows - self._header + len(values)
        if values.dtype == pl.String and found.count > (1.0 - MOST) * read:
            told = {"path": self._path, "column": self._columns[ours], "value": found.value, "row": found.row}
            kind = NO_TIME if ours == "time" else NO_NUMBER
            raise EngineError(kind(**told, count=f"{found.count:,}", rows=f"{read:,}"))

    def notices(self) -> list[Problem]:
        """What was left out, column by column."""
        return [
            (ROWS_NO_TIME if ours == "time" else ROWS_NO_NUMBER)(
                column=self._columns[ours], count=found.count, row=found.row, value=found.value
            )
            for ours, found in self._found.items()
        ]


def left_out(notices: Iterable[Problem]) -> int:
    """How many rows the notices tell of as left out."""
    codes = (ROWS_NO_TIME.code, ROWS_NO_NUMBER.code, CUT_ROWS.code)
    return sum(int(str(one.parameters["count"])) for one in notices if one.code in codes)


def _there(values: pl.Series) -> pl.Series:
    """Whether a value is there at all."""
    texts = missing_as_null(values) if values.dtype == pl.String else values
    return texts.is_not_null() & texts.is_not_nan() if texts.dtype.is_float() else texts.is_not_null()
