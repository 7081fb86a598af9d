"""Times as people write them, as numbers of seconds (or of smaller units) since 1970."""

from __future__ import annotations

from typing import Final

import polars as pl

from engine.data.dates import day_first_of, pattern_of, seconds_of
from engine.problems import EngineError, declare
from engine.recommenders.data.logs.gatherer import time_scale
from engine.recommenders.data.missing import missing_as_null

NO_TIME = declare(
    "recommender.no-time",
    "“{value}” in column “{column}” of {path} isn't a time. Write seconds since 1970, or dates as 2020-07-05 "
    "or 2020-07-05 00:08:23.",
)

EARLY, LATE = 315_532_800, 4_102_444_800
"""1980 and 2100, in seconds since 1970: numbers between them, or in smaller units, may well be times."""
MOST: Final = 0.95
"""Share of a column's values from which on the others are strays, which decide nothing."""


class Times:
    """Reads one column's times; the first batch with any decides how they are written, the others must keep to it."""

    def __init__(self, path: str, column: str) -> None:
        self._path, self._column = path, column
        self._is_decided = False
        self._pattern: str | None = None
        self._day_first: bool | None = None
        self._per_second = 0

    def numbers(self, times: pl.Series) -> pl.Series:
        """As :func:`read`. Raises EngineError for the first that is none of these."""
        numbers = self.read(times)
        texts = missing_as_null(times) if times.dtype == pl.String else numbers
        value = texts.filter(numbers.is_null() & texts.is_not_null()).first()
        if value is not None:
            raise EngineError(NO_TIME(path=self._path, column=self._column, value=value))
        return numbers

    def read(self, times: pl.Series) -> pl.Series:
        """``times`` as Int64 or Float64, null where missing or no time: texts, numbers, or dates as
        :mod:`engine.data.dates` reads them. Where almost all numbers are of our age, those that are not are no times;
        where nothing in the first batch tells whether day or month comes first, dates are none.

        Raises EngineError for a column of another type.
        """
        if times.dtype.is_integer():
            return self._of_our_age(times.cast(pl.Int64, strict=False))  # one that has no room there is no time
        if times.dtype.is_float():
            return self._of_our_age(times)
        if times.dtype in (pl.Date, pl.Datetime):
            return times.dt.epoch("s")
        if times.dtype != pl.String:
            raise EngineError(NO_TIME(path=self._path, column=self._column, value=times.drop_nulls().first()))
        texts = missing_as_null(times)
        if not self._is_decided and texts.null_count() < len(texts):
            self._is_decided, self._pattern = True, pattern_of(texts)
            self._day_first = None if self._pattern is None else day_first_of(texts, self._pattern)
        if self._pattern is None:
            return self._of_our_age(_numbers(texts))
        if self._day_first is None:  # 03/04/2024 and the like alone: any guess might be wrong for the whole log
            return pl.repeat(None, len(texts), dtype=pl.Int64, eager=True).alias(texts.name)
        return seconds_of(texts, self._pattern, day_first=self._day_first).floor().cast(pl.Int64)

    def _of_our_age(self, numbers: pl.Series) -> pl.Series:
        """The numbers, null in place of those before 1980 or after 2100 where the first batch has hardly any."""
        present = numbers.drop_nulls()
        if not self._per_second and len(present):
            middle = float(present.median() or 0.0)  # type: ignore[arg-type]  # a number
            unit, _ = time_scale(int(abs(middle))) if abs(middle) < 2**62 else (1, [])
            self._per_second = unit if float(_between(present, unit).mean() or 0.0) >= MOST else -1  # type: ignore[arg-type]  # a share
        if self._per_second < 1:
            return numbers
        return pl.select(pl.when(_between(numbers, self._per_second)).then(numbers)).to_series().alias(numbers.name)


def _between(numbers: pl.Series, per_second: int) -> pl.Series:
    return numbers.is_between(EARLY * per_second, LATE * per_second)


def _numbers(texts: pl.Series) -> pl.Series:
    whole = texts.cast(pl.Int64, strict=False)
    return whole if whole.null_count() == texts.null_count() else texts.cast(pl.Float64, strict=False)
