"""Dates as people write them: of tables as days since the earliest of their column, of logs as seconds since 1970.

Year, month and day in any usual order, with or without a time of day, which is UTC unless it says otherwise. Whether
03/04/2024 is in March or in April the column itself decides; where it cannot, other columns of the file, else a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
import polars as pl

from engine.data.numerals import STRAY_SHARE, Numerals, probe_of

_TIME: Final = (
    r"(?:[T\s,]*(?P<H>\d{1,2})[:时時](?P<M>\d{2})(?:[:分](?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?秒?|分)?"
    r"\s*(?P<p>[AaPp])?(?:\.?[Mm]\.?)?\s*(?P<z>Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$"
)
_YEAR_FIRST: Final = r"^(?P<y>\d{4})[-/.年]\s*(?P<m>\d{1,2})[-/.月]\s*(?P<d>\d{1,2})日?" + _TIME
_MONTH_ONLY: Final = r"^(?P<y>\d{4})[-年](?P<m>\d{1,2})月?$"
_YEAR_LAST: Final = r"^(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4})" + _TIME
_SHORT_YEAR: Final = r"^(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<y>\d{2})" + _TIME
_SHORT_YEAR_FIRST: Final = r"^(?P<y>\d{2})-(?P<m>\d{2})-(?P<d>\d{2})" + _TIME
_SHORT_POINTS: Final = r"^(?P<a>\d{2})\.(?P<b>\d{2})\.(?P<y>\d{2})" + _TIME
_DAY_NAME: Final = r"^(?:[A-Za-z]{3,9},?\s+)?(?P<d>\d{1,2})[\s/.-]*(?P<n>[A-Za-z]{3,9})[\s/.,-]*(?P<y>\d{4}|\d{2})"
_NAME_DAY: Final = r"^(?:[A-Za-z]{3,9},?\s+)?(?P<n>[A-Za-z]{3,9})\.?\s*(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>\d{4})"
_PATTERNS: Final = (
    _YEAR_FIRST, _YEAR_LAST, _SHORT_YEAR, _SHORT_YEAR_FIRST, _SHORT_POINTS, _DAY_NAME + _TIME, _NAME_DAY + _TIME,
    _MONTH_ONLY,
)  # fmt: skip
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_NAMED: Final = {word: at for at, name in enumerate(_MONTHS, 1) for word in (name, name[:3])} | {"sept": 9}
_LIKELY: Final = r"^(?:[A-Za-z.,]+\s*){0,2}\d{1,4}(?:st|nd|rd|th)?[\s/.,A-Za-z年-]"
_CLOCK: Final = (
    r"^(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:[.,](?P<f>\d{1,9}))?)?\s*(?P<p>[AaPp])?(?:\.?[Mm]\.?)?"
    r"(?P<z>Z)?$"
)
_LATEST_SHORT_YEAR: Final = 68  # as POSIX has it: 69 to 99 are of the last century
HOURS: Final = "h"
"""The unit of what is read of times of day."""
_DAY: Final = 86_400.0
_YEAR: Final = 365.2425  # days, as the calendar has them over 400 years
_TICKS: Final = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


@dataclass(frozen=True, slots=True)
class Dates:
    """How a column's dates were read: as days since ``first`` (ISO 8601), the day of its earliest.

    ``example`` of the file was read as ``read`` (ISO). ``open``: nothing tells whether day or month comes first.
    """

    first: str
    example: str
    read: str
    open: bool = False


def read_dates(
    texts: pl.Series, day_first: bool | None, elsewhere: Callable[[], bool | None]
) -> tuple[pl.Series, Dates] | None:
    """``texts`` as Float64 days since their earliest, null where they are no dates, or None where they are not dates.

    ``day_first`` is what a person says of 03/04/2024, ``elsewhere()`` what other columns say. The person is heard
    where all but a few strays can be read so; the other columns settle only what this one leaves open.
    """
    pattern = pattern_of(texts)
    if pattern is None:
        return None
    present = len(texts) - texts.null_count()
    days, undecided = seconds_of(texts, pattern) / _DAY, False
    if "<a>" in pattern:
        first, second = (seconds_of(texts, pattern, day_first=order) / _DAY for order in (True, False))
        undecided = first.count() == second.count() and not first.equals(second)
        days = max(second, first, key=pl.Series.count) if not undecided else first
        chosen = None if day_first is None else first if day_first else second
        if chosen is not None and chosen.count() >= max(1.0, (1 - STRAY_SHARE) * present):
            days, undecided = chosen, False  # a person's word, where but a few strays speak against it
        if undecided:
            told = elsewhere() if day_first is None else day_first
            days, undecided = (second if told is False else first), told is None and not _has_points(texts)
    if days.count() < (1 - STRAY_SHARE) * present or not days.count():
        return None
    return _since_earliest(texts, days, undecided)


def day_comes_first(columns: Iterable[pl.Series]) -> bool | None:
    """Whether the day comes before the month in a file's columns of dates, where some tell and none tells otherwise."""
    told = set()
    for texts in columns:
        present = texts.drop_nulls().str.strip_chars()
        pattern = pattern_of(present)
        if pattern is not None and "<a>" in pattern:
            first, second = (seconds_of(present, pattern, day_first=order).count() for order in (True, False))
            if first != second:
                told.add(first > second)
    return told.pop() if len(told) == 1 else None


def day_first_of(texts: pl.Series, pattern: str) -> bool | None:
    """Whether the day comes before the month in texts of this pattern, by themselves; None where nothing tells."""
    if "<a>" not in pattern or _has_points(texts):
        return True
    first, second = (seconds_of(texts, pattern, day_first=order) for order in (True, False))
    return True if first.equals(second) else None if first.count() == second.count() else first.count() > second.count()


def _has_points(texts: pl.Series) -> bool:
    """Nobody writes the month first with points."""
    return bool(texts.str.contains(r"^\d+\.").any())


def days_of_typed(series: pl.Series) -> tuple[pl.Series, Dates | None]:
    """What a file itself calls dates, as Float64 days since their earliest."""
    days = series.to_physical().cast(pl.Float64)
    if isinstance(series.dtype, pl.Datetime):
        days = days / _TICKS[series.dtype.time_unit or "us"]
    return _since_earliest(None, days, False) if days.count() else (days, None)


def days_of_spans(series: pl.Series) -> pl.Series:
    """What a file itself calls spans of time (Duration), as Float64 days."""
    assert isinstance(series.dtype, pl.Duration)
    return series.to_physical().cast(pl.Float64) / _TICKS[series.dtype.time_unit or "us"]


def iso(days: float) -> str:
    """The day so many days since 1970-01-01.

    >>> iso(0.75), iso(19787.0)
    ('1970-01-01', '2024-03-05')
    """
    return str(np.datetime64(int(np.floor(days)), "D"))


def years_of(days: pl.Series, first: str) -> pl.Series:
    """Days since ``first`` (ISO 8601) as years of our era, such as 2024.18, which no table's other rows shift.

    >>> years_of(pl.Series([0.0]), "2024-03-05").round(2).item()
    2024.18
    """
    return 1970.0 + (days + float(np.datetime64(first, "D").astype(np.int64))) / _YEAR


def _since_earliest(texts: pl.Series | None, days: pl.Series, undecided: bool) -> tuple[pl.Series, Dates]:
    start = float(np.floor(float(days.min())))  # type: ignore[arg-type]  # not all null
    at = int(days.is_not_null().arg_true()[0])
    read = _moment(float(days[at]))
    return days - start, Dates(iso(start), read if texts is None else str(texts[at]), read, undecided)


def _moment(days: float) -> str:
    """The day, with the time where there is one."""
    seconds = round((days - np.floor(days)) * 86400)
    clock = f" {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" if 0 < seconds < 86400 else ""
    return iso(days) + clock


def pattern_of(texts: pl.Series) -> str | None:
    """The pattern that most of the values have, if at least half of a probe."""
    probe = probe_of(texts)
    if 2 * int(probe.str.contains(_LIKELY).sum()) < max(1, len(probe)):
        return None
    fits = [pl.nth(0).str.contains(pattern).sum().alias(str(at)) for at, pattern in enumerate(_PATTERNS)]
    counts = probe.to_frame().select(fits).row(0)
    count, pattern = max(zip(counts, _PATTERNS, strict=True), key=lambda pair: pair[0])
    if not count or 2 * count < len(probe):
        return None
    return _short_pattern(probe) if pattern == _SHORT_YEAR else pattern


def _short_pattern(probe: pl.Series) -> str:
    """The pattern of texts such as 24-03-01: that by which most are dates, or else those lie closest together."""

    def fit(pattern: str) -> tuple[int, float]:
        read = (seconds_of(probe, pattern, day_first=day_first).drop_nulls().to_numpy() for day_first in (True, False))
        return max((len(seconds), -float(np.ptp(seconds)) if len(seconds) else 0.0) for seconds in read)

    return max((_SHORT_YEAR, _SHORT_YEAR_FIRST), key=fit)


def read_clock(texts: pl.Series) -> tuple[pl.Series, Numerals] | None:
    """``texts`` such as 10:22:07 or 9:05 pm as Float64 hours, null where they are none; None where hardly any is."""
    probe = probe_of(texts)
    if 2 * int(probe.str.contains(_CLOCK).sum()) < max(1, len(probe)):
        return None
    timed = pl.when(pl.col("H").is_not_null()).then(_clock() / 3600)
    hours = texts.str.extract_groups(_CLOCK).struct.unnest().select(timed.alias(texts.name)).to_series()
    if not hours.count():
        return None
    at = int(hours.is_not_null().arg_true()[0])
    return hours, Numerals(".", "", HOURS, example=str(texts[at]), value=round(float(hours[at]), 4))


def seconds_of(texts: pl.Series, pattern: str, *, day_first: bool = True) -> pl.Series:
    """Seconds since 1970, in UTC, of texts of this pattern, as Float64; null where they are no day of the calendar or
    no time of the day."""
    quick = _plain_seconds(texts) if pattern == _YEAR_FIRST else None
    if quick is not None:
        return quick
    parts = texts.str.extract_groups(pattern).struct.unnest()
    columns = set(parts.columns)
    day, month = ("a", "b") if day_first else ("b", "a")
    if "a" not in columns:
        day, month = "d", "m"
    year = pl.col("y").cast(pl.Int32)
    century = pl.when(year > _LATEST_SHORT_YEAR).then(1900).otherwise(2000)
    year = pl.when(pl.col("y").str.len_chars() == 2).then(year + century).otherwise(year)
    months = pl.col(month).cast(pl.Int32) if month in columns else _named_month()
    days = pl.col(day).cast(pl.Int32) if day in columns else pl.lit(1)
    timed = "H" in columns and parts["H"].null_count() < parts.height
    text = pl.concat_str([_padded(year, 4), _padded(months, 2), _padded(days, 2)], separator="-")
    date = text.str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32).cast(pl.Float64)
    return parts.select((_DAY * date + _clock() if timed else _DAY * date).alias(texts.name)).to_series()


def _plain_seconds(texts: pl.Series) -> pl.Series | None:
    """The same of texts that are all written in one of the plainest ways, in a third of the time; else None."""
    plain = texts.str.strip_suffix("Z")
    for written in ("%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d"):
        if plain.drop_nulls().head(1).str.to_datetime(written, time_unit="us", strict=False).count():
            read = plain.str.to_datetime(written, time_unit="us", strict=False)
            whole = read.null_count() == texts.null_count() and bool((plain.str.find(r"^\d{4}-") == 0).all())
            return read.dt.epoch("us") / 1e6 if whole else None
    return None


def _padded(number: pl.Expr, width: int) -> pl.Expr:
    return number.cast(pl.String).str.zfill(width)


def _named_month() -> pl.Expr:
    return pl.col("n").str.to_lowercase().replace_strict(_NAMED, default=None, return_dtype=pl.Int32)


def _clock() -> pl.Expr:
    """The time of the day in seconds, less what its zone is ahead of UTC."""
    whole = {name: pl.col(name).cast(pl.Int32).fill_null(0) for name in "HMS"}
    half = pl.col("p").str.to_lowercase()
    hour = pl.when(half == "p").then(whole["H"] % 12 + 12).when(half == "a").then(whole["H"] % 12).otherwise(whole["H"])
    fraction = pl.concat_str([pl.lit("0."), pl.col("f").fill_null("0")]).cast(pl.Float64)
    zone = pl.col("z").str.extract_groups(r"^([+-])(\d{2}):?(\d{2})$")
    ahead = zone.struct[1].cast(pl.Int32) * 60 + zone.struct[2].cast(pl.Int32)
    ahead = (pl.when(zone.struct[0] == "-").then(-ahead).otherwise(ahead)).fill_null(0)
    seconds = 3600 * hour + 60 * (whole["M"] - ahead) + whole["S"] + fraction
    return pl.when((hour < 24) & (whole["M"] < 60) & (whole["S"] <= 60)).then(seconds)
