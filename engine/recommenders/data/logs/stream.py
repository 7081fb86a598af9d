"""A log's rows batch by batch, for who counts them and need not keep them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.data.sampling import Watch
from engine.problems import Problem
from engine.recommenders.data.logs.delimited import DelimitedRows
from engine.recommenders.data.logs.file_set import FileSet
from engine.recommenders.data.logs.item_table import Described
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.logs.read_delimited import LogFile

BATCH_ROWS = 1 << 20


def _by_id(items: list[str]) -> list[str]:
    return items


@dataclass(slots=True)
class LogStream:
    """``batches``: frames with ``user``, ``item``, where ``timed`` a ``time``, and the numbers ``extras``, rows in any
    order, some perhaps incomplete; to be read once. ``notices`` is complete when they are. ``titles``: of items by
    their names. ``catalogue``: how many items there are to be recommended, where the source says so.
    ``described``: a table of them.
    """

    title: str
    batches: Iterator[pl.DataFrame]
    extras: tuple[str, ...] = ()
    notices: list[Problem] = field(default_factory=list)
    timed: bool = True
    titles: Callable[[list[str]], list[str]] = _by_id
    catalogue: int | None = None
    described: Described | None = None


def stream_of(files: FileSet, file: LogFile, watch: Watch) -> LogStream:
    """The rows of a known data set's file. Raises EngineError, while they are read too."""
    notices: list[Problem] = []
    return LogStream(file.title, _read(files, file, watch, notices), file.extras, notices)


def _read(files: FileSet, file: LogFile, watch: Watch, notices: list[Problem]) -> Iterator[pl.DataFrame]:
    with files.opened(file.name) as opened:
        rows = DelimitedRows(opened, files.shown(file.name), files.size(file.name), file.layout, watch)
        yield from rows
        notices += rows.notices


def stream_of_log(log: Log, title: str, watch: Watch) -> LogStream:
    """The rows of a log that is in memory."""
    titles = log.item_features.get("title")

    def titled(items: list[str]) -> list[str]:
        if titles is None:
            return items
        places = {name: at for at, name in enumerate(log.item_names)}
        return [str(titles[places[item]]) or item for item in items]

    extras = tuple(log.extras)
    return LogStream(title, _slices(log, watch), extras, titles=titled, catalogue=log.item_count)


def _slices(log: Log, watch: Watch) -> Iterator[pl.DataFrame]:
    for start in range(0, len(log), BATCH_ROWS):
        part = slice(start, start + BATCH_ROWS)
        users, items = log.users[part], log.items[part]
        yield pl.DataFrame(
            {
                "user": _named(log.user_names, users),
                "item": _named(log.item_names, items),
                "time": log.times[part],
                **{name: values[part] for name, values in log.extras.items()},
            }
        )
        watch.at(0.8 * min(1.0, (start + BATCH_ROWS) / len(log)))


def _named(names: Sequence[str], codes: NDArray[np.int64]) -> pl.Series:
    """The names of codes, each looked up once."""
    known, places = np.unique(codes, return_inverse=True)
    return pl.Series([names[int(at)] for at in known], dtype=pl.String).gather(places.ravel())
