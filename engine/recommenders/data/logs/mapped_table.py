"""A log from any CSV or Parquet file, once it is said which column is what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import polars as pl

from engine.data.parquet_trial import check_room, try_out
from engine.data.plain_types import beyond_calendar, plain_frame, require_values, spans_in_seconds
from engine.data.problems import HEADER_ONLY
from engine.data.sampling import Watch
from engine.data.suffixes import PARQUET_SUFFIXES
from engine.data.table import parquet_errors
from engine.problems import EngineError, Problem
from engine.recommenders.data.logs.delimited import DelimitedRows, RowFormat
from engine.recommenders.data.logs.file_set import FileSet
from engine.recommenders.data.logs.gatherer import Gatherer, Loaded
from engine.recommenders.data.logs.header import check_columns, header_names, separator_of
from engine.recommenders.data.logs.strays import Strays
from engine.recommenders.data.logs.times import Times
from engine.recommenders.data.missing import missing_as_null, notices_of_words, words_for_nothing
from engine.recommenders.data.needed_columns import require_columns

_PARQUET_ROWS: Final = 1 << 20
_EXTRAS: Final = ("rating", "watch_seconds")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which columns of a file hold what. ``watch_seconds``: how long was watched, in seconds.

    Without ``time`` each user's rows count as being in order, all at time 0, and a pair of user and item counts once.
    """

    user: str
    item: str
    time: str | None = None
    rating: str | None = None
    watch_seconds: str | None = None

    @property
    def columns(self) -> dict[str, str]:
        """The file's name of each of our columns that is mapped."""
        named = {"user": self.user, "item": self.item, "time": self.time}
        named |= {"rating": self.rating, "watch_seconds": self.watch_seconds}
        return {ours: theirs for ours, theirs in named.items() if theirs is not None}

    @property
    def extras(self) -> tuple[str, ...]:
        """The numbers that are mapped beside user, item and time."""
        return tuple(extra for extra in _EXTRAS if extra in self.columns)


def load(files: FileSet, name: str, mapping: ColumnMapping, watch: Watch) -> Loaded:
    """A log of file ``name``: Parquet, or text separated by comma, semicolon, tab or ``|``, with a header.

    Times may be numbers (seconds since 1970, or smaller units, told by their size) or dates. Numbers that are missing
    are NaN; the few rows whose time or number is none are left out. Raises EngineError for missing columns, an empty or
    damaged file, a column of no times or numbers.
    """
    gatherer = Gatherer(files.shown(name), mapping.extras, mapping.time is not None)
    notices: list[Problem] = []
    for batch in rows(files, name, mapping, watch, notices):
        gatherer.add(batch)
    log, more = gatherer.finish()
    watch.at(0.95)
    return Loaded(log, name, (*notices, *more))


def rows(
    files: FileSet, name: str, mapping: ColumnMapping, watch: Watch, notices: list[Problem]
) -> Iterator[pl.DataFrame]:
    """The rows that a log is gathered from, as texts, times and numbers; ``notices`` is added to on the way.

    Raises EngineError as :func:`load` does.
    """
    path = files.shown(name)
    times = Times(path, mapping.time or "")
    strays = Strays(path, mapping.columns, header=0 if _is_parquet(name) else 1)
    words = {ours: Counter[str]() for ours in ("user", "item")}
    separator = "," if _is_parquet(name) else separator_of(files, name)
    for batch in _batches(files, name, mapping.columns, separator, watch, notices):
        require_values(path, batch, mapping.columns)
        typed = batch.with_columns(_typed(batch, mapping, times, decimal_comma=separator != ","))
        for ours, found in words.items():
            found.update(words_for_nothing(batch[ours].cast(pl.String), typed[ours]))
        yield strays.without(batch, typed)
    notices += notices_of_words({mapping.columns[ours]: found for ours, found in words.items()})
    notices += strays.notices()


def columns_in_batches(
    files: FileSet, name: str, wanted: Mapping[str, str], watch: Watch, notices: list[Problem]
) -> Iterator[pl.DataFrame]:
    """Some columns of a file, ``wanted`` giving the file's name for each of ours, batch by batch, as the file has them.

    Raises EngineError for missing columns, an empty or damaged file.
    """
    separator = "," if _is_parquet(name) else separator_of(files, name)
    yield from _batches(files, name, wanted, separator, watch, notices)


def _batches(
    files: FileSet, name: str, wanted: Mapping[str, str], separator: str, watch: Watch, notices: list[Problem]
) -> Iterator[pl.DataFrame]:
    if _is_parquet(name):
        return _parquet(files, name, wanted, watch, notices)
    return _text(files, name, separator, wanted, watch, notices)


def column_names(files: FileSet, name: str) -> tuple[str, ...]:
    """The columns of a file, for a person to choose from. Raises EngineError where it is empty or damaged."""
    if _is_parquet(name):
        facts = try_out(files.path / files.members[name], Watch(files.shown(name)))
        check_columns(files.shown(name), facts.columns)
        with parquet_errors(files.shown(name)):
            return tuple(_scan(files, name).collect_schema().names())
    return tuple(header_names(files, name, separator_of(files, name)))


def _typed(batch: pl.DataFrame, mapping: ColumnMapping, times: Times, *, decimal_comma: bool) -> list[pl.Series]:
    """The batch's columns: ids as text, times as numbers, extras as Float64."""
    typed = [missing_as_null(batch[name].cast(pl.String)) for name in ("user", "item")]
    if mapping.time is not None:
        typed.append(times.read(batch["time"]).alias("time"))
    for extra in _EXTRAS:
        if extra in batch.columns:
            typed.append(_numbers(batch[extra], decimal_comma).alias(extra))
    return typed


def _numbers(values: pl.Series, decimal_comma: bool) -> pl.Series:
    """As numbers, null where one is missing or none."""
    if values.dtype != pl.String:
        return values.cast(pl.Float64)
    texts = missing_as_null(values)
    pointed = texts.str.replace(",", ".", literal=True) if decimal_comma else texts
    return pointed.cast(pl.Float64, strict=False)


def _text(
    files: FileSet, name: str, separator: str, wanted: Mapping[str, str], watch: Watch, notices: list[Problem]
) -> Iterator[pl.DataFrame]:
    names = header_names(files, name, separator)
    require_columns(wanted.values(), names, files.shown(name))
    columns = {ours: (names.index(theirs), pl.String) for ours, theirs in wanted.items()}
    with files.opened(name) as file:
        read = DelimitedRows(
            file, files.shown(name), files.size(name), RowFormat(columns, len(names), separator), watch
        )
        yield from read
        notices += read.notices


# --- Parquet ------------------------------------------------------------------------------------------------
def _is_parquet(name: str) -> bool:
    return Path(name).suffix.lower() in PARQUET_SUFFIXES


def _scan(files: FileSet, name: str) -> pl.LazyFrame:
    return pl.scan_parquet(files.path / files.members[name], glob=False)


def _parquet(
    files: FileSet, name: str, wanted: Mapping[str, str], watch: Watch, notices: list[Problem]
) -> Iterator[pl.DataFrame]:
    path = files.shown(name)
    place = files.path / files.members[name]
    facts = try_out(place, watch)
    check_room(place, facts, _PARQUET_ROWS)
    with parquet_errors(path):
        scan = _scan(files, name)
        names = scan.collect_schema().names()
        require_columns(wanted.values(), names, path)
        if not facts.rows:
            raise EngineError(HEADER_ONLY(path=path))
        chosen = scan.select(pl.nth(names.index(theirs)).alias(ours) for ours, theirs in wanted.items())
        beyond: Counter[str] = Counter()
        for start in range(0, facts.rows, _PARQUET_ROWS):
            batch, lost = plain_frame(chosen.slice(start, _PARQUET_ROWS).collect())
            beyond.update({wanted[ours]: count for ours, count in lost.items()})
            yield batch.with_columns(spans_in_seconds(column) for column in batch.iter_columns())
            watch.at(0.8 * min(1.0, (start + _PARQUET_ROWS) / facts.rows))
    notices += beyond_calendar(beyond)
