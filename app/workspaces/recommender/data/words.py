"""Dates, bins and roles in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import NOTHING, grouped, short
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.recommenders.data.profile.shapes import Bars, ColumnProfile, Spread
from engine.recommenders.data.proposal.roles import Role

_DAY = 86_400
_STEPS: tuple[tuple[float, str], ...] = (
    (3 * 365.25 * _DAY, "year"), (70 * _DAY, "month"), (3 * _DAY, "day"), (0, "hour"),
)  # fmt: skip
"""From which span on ticks are years, months, days; below, hours."""

ROLES: dict[Role, str] = {
    "user": QT_TRANSLATE_NOOP("DataRoles", "user"),
    "item": QT_TRANSLATE_NOOP("DataRoles", "item"),
    "time": QT_TRANSLATE_NOOP("DataRoles", "time"),
    "rating": QT_TRANSLATE_NOOP("DataRoles", "rating"),
    "watch_seconds": QT_TRANSLATE_NOOP("DataRoles", "seconds watched"),
    "id": QT_TRANSLATE_NOOP("DataRoles", "id of the item"),
    "title": QT_TRANSLATE_NOOP("DataRoles", "title"),
    "genres": QT_TRANSLATE_NOOP("DataRoles", "genres"),
    "item_column": QT_TRANSLATE_NOOP("DataRoles", "known of the item"),
    "label": QT_TRANSLATE_NOOP("DataRoles", "label: to be predicted"),
    "category": QT_TRANSLATE_NOOP("DataRoles", "category"),
    "number": QT_TRANSLATE_NOOP("DataRoles", "number"),
    "bag": QT_TRANSLATE_NOOP("DataRoles", "several names"),
    "unused": QT_TRANSLATE_NOOP("DataRoles", "left out"),
}
_HOLDS: dict[str, str] = {
    "number": QT_TRANSLATE_NOOP("DataRoles", "numbers"),
    "time": QT_TRANSLATE_NOOP("DataRoles", "times"),
    "text": QT_TRANSLATE_NOOP("DataRoles", "texts"),
    "truth": QT_TRANSLATE_NOOP("DataRoles", "true or false"),
    "bag": QT_TRANSLATE_NOOP("DataRoles", "several names"),
    "other": QT_TRANSLATE_NOOP("DataRoles", "neither numbers nor texts"),
}


def role_words(role: Role) -> str:
    """What a column is, or is used as."""
    return QCoreApplication.translate("DataRoles", ROLES[role])


def holds_words(column: ColumnProfile) -> str:
    """What a column holds."""
    return QCoreApplication.translate("DataRoles", _HOLDS[column.kind])


def date_words(seconds: float) -> str:
    """The day of a time (UTC); nothing for one that no calendar has."""
    when = _when(seconds)
    return NOTHING if when is None else f"{when:%Y-%m-%d}"


def moment_words(seconds: float, span: float) -> str:
    """A time among others, as exactly as a span of seconds asks for."""
    when = _when(seconds)
    if when is None:
        return NOTHING
    return f"{when:%Y-%m-%d}" if span > 3 * _DAY else f"{when:%Y-%m-%d %H:%M}"


def _when(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def time_ticks(first: float, last: float, most: int) -> list[tuple[float, str]]:
    """At most so many places between two times, where a year, month, day or hour begins, and what they are called."""
    start, end = _when(first), _when(last)
    if start is None or end is None or most < 1:
        return []
    unit = next(name for least, name in _STEPS if last - first >= least)
    places = _beginnings(start, end, unit)
    stride = max(1, -(-len(places) // most))
    return [(place.timestamp(), _called(place, unit)) for place in places[::stride]]


def _beginnings(start: datetime, end: datetime, unit: str) -> list[datetime]:
    if unit == "year":
        return [datetime(year, 1, 1, tzinfo=UTC) for year in range(start.year + 1, end.year + 1)]
    if unit == "month":
        months = range(12 * start.year + start.month, 12 * end.year + end.month)
        return [datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC) for month in months]
    step = timedelta(days=1) if unit == "day" else timedelta(hours=1)
    begin = start.replace(hour=0, minute=0, second=0, microsecond=0)
    count = int((end - begin) / step)
    return [place for place in (begin + step * number for number in range(1, count + 1)) if place >= start]


def _called(place: datetime, unit: str) -> str:
    return {"year": f"{place:%Y}", "month": f"{place:%Y-%m}", "day": f"{place:%m-%d}", "hour": f"{place:%H:%M}"}[unit]


def size_names(spread: Spread) -> list[str]:
    """The sizes of a spread's bins: 1, 2 to 3, 4 to 7 …"""
    between = QCoreApplication.translate("DataRoles", "{low} to {high}")
    return [
        grouped(least) if least == 1 else between.format(low=grouped(least), high=grouped(2 * least - 1))
        for least in spread.least
    ]


def bar_names(bars: Bars, *, times: bool = False) -> list[str]:
    """What each bar counts: a value, or numbers (or days) from one to another."""
    if bars.values:
        return list(bars.values)
    between = QCoreApplication.translate("DataRoles", "{low} to {high}")
    said = date_words if times else short
    return [
        between.format(low=said(low), high=said(high)) for low, high in zip(bars.edges, bars.edges[1:], strict=False)
    ]
