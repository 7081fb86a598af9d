"""A log from batches of rows in any order, in little more memory than the log itself takes.

A row is kept as 16 bytes, and 8 for each extra, until the last has come. Then one number per row, the user's place
and the time side by side, is sorted, and the log's columns are filled one after another while their sources are freed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.different import different
from engine.recommenders.data.logs.id_codes import Codes, IdCodes
from engine.recommenders.data.logs.log import Log

NO_ROWS = declare(
    "recommender.no-rows",
    "No row of {path} has a user, an item and a time; check that the columns are the right ones.",
)
ROWS_INCOMPLETE = declare(
    "recommender.notice-rows-incomplete",
    "{count} {count:row|rows} without a user, an item or a time {count:was|were} dropped.",
)
ROWS_REPEATED = declare(
    "recommender.notice-rows-repeated",
    "{count} {count:row repeats|rows repeat} an earlier one's user, item and time and {count:was|were} dropped; the"
    " earlier {count:one was|ones were} kept.",
)
TIMES_SORTED = declare(
    "recommender.notice-times-sorted",
    "The rows of {users} {users:user|users} were not in order of time and were sorted.",
)
TIMES_SCALED = declare(
    "recommender.notice-times-scaled", "The times were read as {unit} since 1970 and turned into whole seconds."
)
NO_TIMES = declare("recommender.notice-no-times", "There are no times, so each user's rows stay in the file's order.")
ONE_ITEM = declare(
    "recommender.notice-one-item",
    "{users} {users:user has a single row|users have a single row each}; it is kept, but no model can be measured on"
    " it.",
)

_UNITS = ((10**17, 10**9, "nanoseconds"), (10**14, 10**6, "microseconds"), (10**11, 10**3, "milliseconds"))
"""(least, per second, name): 10¹¹ seconds are the year 5138, 10¹¹ milliseconds March 1973."""
_SLICE = 1 << 21
_Chunk = TypeVar("_Chunk")
_Scalar = TypeVar("_Scalar", bound=np.generic)
Values = NDArray[np.floating[Any]]
Order = NDArray[np.uint32] | NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A log from a file, which ``title`` names the kind of, and what was done to its rows on the way."""

    log: Log
    title: str
    notices: tuple[Problem, ...]


class Gatherer:
    """Takes batches with the columns ``user``, ``item`` (both of one type throughout), ``time`` and ``extras``."""

    def __init__(self, path: str, extras: Sequence[str] = (), timed: bool = True) -> None:
        self._path, self._timed = path, timed
        self._users, self._items = IdCodes(), IdCodes()
        self._user_codes: list[Codes] = []
        self._item_codes: list[Codes] = []
        self._times: list[NDArray[np.int64]] = []
        self._extras: dict[str, list[Values]] = {name: [] for name in extras}
        self._incomplete, self._furthest = 0, 0

    def add(self, batch: pl.DataFrame) -> None:
        """Take a batch; ``time`` is a number of seconds or smaller units since 1970, fractions are cut off.

        Rows whose user or item is null or empty, or whose time is null or not finite, are dropped and counted.
        """
        complete = complete_rows(batch, timed=self._timed)
        self._incomplete += batch.height - complete.height
        if not complete.height:
            return
        self._user_codes.append(self._users.codes(complete["user"]))
        self._item_codes.append(self._items.codes(complete["item"]))
        if self._timed:
            times = np.floor(complete["time"].to_numpy()).astype(np.int64)
            self._furthest = max(self._furthest, int(times.max()), -int(times.min()))
        else:
            times = np.zeros(complete.height, np.int64)
        self._times.append(times)
        for name, chunks in self._extras.items():
            chunks.append(_smallest(complete[name].cast(pl.Float64).fill_null(np.nan).to_numpy()))

    def finish(self) -> tuple[Log, tuple[Problem, ...]]:
        """The log and what was done to the rows; the gatherer is used up. Raises EngineError where no row is left.

        Of rows alike in user, item and time the first is kept; rows are sorted by user, then time, ties in the order
        of the source. Without times all are 0.
        """
        if not self._times:
            raise EngineError(NO_ROWS(path=self._path))
        notices = [ROWS_INCOMPLETE(count=self._incomplete)] if self._incomplete else []
        notices += self._scale_times()
        user_names, user_places = self._users.in_order()
        key, decode, bits = self._keys(user_places, len(user_names))
        order = _sorting(key)
        key = key[order]
        items = _joined(self._item_codes)[order]
        repeated = _repeated(key, items)
        if repeated.any():
            notices.append(ROWS_REPEATED(count=int(repeated.sum())))
            key, order, items = key[~repeated], order[~repeated], items[~repeated]
        users = key >> bits
        if sorted_users := _users_out_of_order(users, order):
            notices.append(TIMES_SORTED(users=sorted_users))
        single = int((np.bincount(users) == 1).sum())
        notices += [ONE_ITEM(users=single)] if single else []
        key &= (1 << bits) - 1
        item_names, item_places = self._items.in_order()
        extras = {name: _joined(self._extras[name])[order].astype(np.float64) for name in self._extras}
        log = Log(users, item_places[items].astype(np.int64), decode(key), user_names, item_names, extras)
        return log, tuple(notices)

    def _scale_times(self) -> list[Problem]:
        if not self._timed:
            return [NO_TIMES()]
        per_second, notices = time_scale(self._furthest)
        if per_second > 1:
            self._times = [times // per_second for times in _drained(self._times)]
        return notices

    def _keys(
        self, places: Codes, users: int
    ) -> tuple[NDArray[np.int64], Callable[[NDArray[np.int64]], NDArray[np.int64]], int]:
        """One number a row that sorts by user, then time; how its low bits become times; how many those are."""
        least = min(int(times.min()) for times in self._times)
        span = max(int(times.max()) for times in self._times) - least
        bits, decode = span.bit_length(), lambda low: np.add(low, least, out=low)
        if bits + users.bit_length() > 63:  # an absurd time somewhere: its rank will do
            distinct = different(np.concatenate([different(times) for times in self._times]))
            self._times = [np.searchsorted(distinct, times) for times in _drained(self._times)]
            least, bits, decode = 0, len(distinct).bit_length(), lambda low: distinct[low]
        key = np.empty(sum(map(len, self._times)), np.int64)
        start = 0
        for codes, times in zip(_drained(self._user_codes), _drained(self._times), strict=True):
            part = key[start : start + len(times)]
            part[:] = places[codes]
            part <<= bits
            part |= times - least
            start += len(times)
        return key, decode, bits


def complete_rows(batch: pl.DataFrame, *, timed: bool) -> pl.DataFrame:
    """The rows that have a user, an item and, where ``timed``, a time."""
    return batch.filter(*(present(batch, name) for name in ("user", "item", *(["time"] if timed else []))))


def present(batch: pl.DataFrame, name: str) -> pl.Expr:
    """Whether a row has a ``user``, an ``item`` (neither null nor empty) or a ``time`` (a finite number)."""
    column = pl.col(name)
    kind = batch[name].dtype
    if kind == pl.String:
        return column.is_not_null() & (column != "")
    # 2⁶² is far beyond any time in nanoseconds, and still an int64.
    return column.is_not_null() & (column.abs() < 2**62) if kind.is_float() else column.is_not_null()


def time_scale(furthest: int) -> tuple[int, list[Problem]]:
    """How many of the units that times are given in are a second, told by the one furthest from 1970, and a notice
    where they are no seconds."""
    for least, per_second, unit in _UNITS:
        if furthest >= least:
            return per_second, [TIMES_SCALED(unit=unit)]
    return 1, []


def _drained(chunks: list[_Chunk]) -> Iterator[_Chunk]:
    """The chunks, each let go of as soon as the next is asked for."""
    chunks.reverse()
    while chunks:
        yield chunks.pop()


def _joined(chunks: list[NDArray[_Scalar]]) -> NDArray[_Scalar]:
    """The chunks as one array; the list is emptied."""
    whole = np.concatenate(chunks)
    chunks.clear()
    return whole


def _smallest(values: NDArray[np.float64]) -> Values:
    """Half the size where nothing is lost by it, as with ratings in halves."""
    small = values.astype(np.float32)
    return small if np.array_equal(small, values, equal_nan=True) else values


def _sorting(key: NDArray[np.int64]) -> Order:
    """The stable order of the keys, in as few bytes as will do."""
    order = np.argsort(key, kind="stable")
    return order.astype(np.uint32) if len(key) < 1 << 32 else order


def _repeated(key: NDArray[np.int64], items: Codes) -> NDArray[np.bool_]:
    """Rows that have the key and the item of an earlier one; keys are sorted."""
    repeated = np.zeros(len(key), np.bool_)
    start = 0
    while start < len(key):
        end = int(np.searchsorted(key, key[min(start + _SLICE, len(key)) - 1], "right"))
        same = key[start + 1 : end] == key[start : end - 1]
        tied = start + np.flatnonzero(np.concatenate([same, [False]]) | np.concatenate([[False], same]))
        tied = tied[np.lexsort((items[tied], key[tied]))]  # stable: the first of equals stays the first
        alike = (key[tied[1:]] == key[tied[:-1]]) & (items[tied[1:]] == items[tied[:-1]])
        repeated[tied[1:][alike]] = True
        start = end
    return repeated


def _users_out_of_order(users: NDArray[np.int64], order: Order) -> int:
    """How many users have a row that comes before an earlier row of the source."""
    return len(different(users[1:][(order[1:] < order[:-1]) & (users[1:] == users[:-1])]))
