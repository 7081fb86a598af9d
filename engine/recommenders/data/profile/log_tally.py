"""Counts of a log's rows as they stream by: memory grows with users and items, not with rows.

Whether an event shares its time with another, or repeats one, is told by rows side by side. Rows are kept for that as
long as they are few; beyond, those of every second user are let go, again and again, and what is told by them
is an estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.recommenders.data.logs.gatherer import complete_rows, present
from engine.recommenders.data.logs.id_codes import Codes, IdCodes
from engine.recommenders.data.profile.bins import GrowingBins
from engine.recommenders.data.profile.number_tally import NumberTally

ROWS_KEPT = 1 << 24
"""Beyond so many rows, 16 bytes each and 4 for each extra, a sample of the users is kept."""
MOST_HALVINGS = 31
_NEVER = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class SideBySide:
    """What rows of the same user tell. ``rows``, ``tied`` (with user and time of another), ``repeated`` (with its item
    too): how many; ``users``, ``tied_last``: how many were looked at, and of how many the last event is tied;
    ``known_last``: of how many the last event is of an item that they have an earlier one with; ``commonest``: the code
    of the item that most users have, of whom ``with_commonest`` do."""

    rows: int
    tied: int
    repeated: int
    users: int
    tied_last: int
    known_last: int
    commonest: int
    with_commonest: int


class LogTally:
    """Takes batches with ``user``, ``item``, where ``timed`` a ``time``, and ``extras``."""

    def __init__(self, extras: Sequence[str] = (), *, timed: bool = True, kept: int = ROWS_KEPT) -> None:
        self.timed = timed
        self.rows = self.incomplete = self.furthest = 0
        self.missing = dict.fromkeys(("user", "item", "time"), 0)
        self.of_user, self.of_item = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self.times = GrowingBins()
        self.numbers = {name: NumberTally() for name in extras}
        self.halvings = 0
        self._users, self._items = IdCodes(), IdCodes()
        self._last = np.zeros(0, np.int64)
        self._first_time = np.iinfo(np.int64).max
        self._kept = kept
        self._sample: list[dict[str, NDArray[Any]]] = []

    def add(self, batch: pl.DataFrame) -> None:
        """Count the rows of a batch that are complete, and what the others lack."""
        wanted = ("user", "item", *(["time"] if self.timed else []))
        for name in wanted:
            self.missing[name] += batch.height - batch.filter(present(batch, name)).height
        complete = complete_rows(batch, timed=self.timed)
        self.incomplete += batch.height - complete.height
        if not complete.height:
            return
        self.rows += complete.height
        rows = self._coded(complete)
        self.of_user = _counted(self.of_user, rows["user"], len(self._users))
        self.of_item = _counted(self.of_item, rows["item"], len(self._items))
        self._note_times(rows)
        for name, tally in self.numbers.items():
            tally.add(rows[name])
        self._keep(rows)

    def _coded(self, rows: pl.DataFrame) -> dict[str, NDArray[Any]]:
        coded: dict[str, NDArray[Any]] = {
            "user": self._users.codes(rows["user"].cast(pl.String)),
            "item": self._items.codes(rows["item"].cast(pl.String)),
        }
        if self.timed:
            coded["time"] = np.floor(rows["time"].to_numpy()).astype(np.int64)
        for name in self.numbers:
            coded[name] = rows[name].cast(pl.Float32).fill_null(np.nan).to_numpy()
        return coded

    def _note_times(self, rows: dict[str, NDArray[Any]]) -> None:
        if not self.timed:
            return
        users, times = rows["user"], rows["time"]
        self.furthest = max(self.furthest, int(times.max()), -int(times.min()))
        self._first_time = min(self._first_time, int(times.min()))
        self.times.add(times)
        self._last = _longer(self._last, len(self._users), _NEVER)
        np.maximum.at(self._last, users, times)

    def _keep(self, rows: dict[str, NDArray[Any]]) -> None:
        self._sample.append(self._of_chosen(rows))
        while sum(len(part["user"]) for part in self._sample) > self._kept and self.halvings < MOST_HALVINGS:
            self.halvings += 1
            self._sample = [self._of_chosen(part) for part in self._sample]

    def _of_chosen(self, rows: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        if not self.halvings:
            return rows
        # Fibonacci hashing (Knuth, TAOCP 6.4): neighbouring codes part.
        mixed = rows["user"].astype(np.uint32) * np.uint32(0x9E3779B1)
        chosen = mixed >> np.uint32(32 - self.halvings) == 0
        return {name: values[chosen] for name, values in rows.items()}

    # When the last batch has come ---------------------------------------------------------------------------------

    @property
    def whole(self) -> bool:
        """Whether all rows are kept, and what they tell is exact."""
        return not self.halvings

    def settle(self, per_second: int) -> SideBySide:
        """Look at the rows side by side, once. Of rows alike in user, item and time (in whole seconds) all but the
        first are taken out of the counts, where all rows are there to see it."""
        rows = {name: np.concatenate([part[name] for part in self._sample]) for name in self._sample[0]}
        self._sample = []
        raw = rows.get("time", np.zeros(len(rows["user"]), np.int64))
        users, items, times = rows["user"], rows["item"], raw // per_second
        order = np.lexsort((items, times, users))
        same = (np.diff(users[order].astype(np.int64)) == 0) & (np.diff(times[order]) == 0)
        again = np.append(False, same & (np.diff(items[order].astype(np.int64)) == 0))
        repeated, single = order[again], order[~again]
        if self.whole:
            self._take_out({name: values[repeated] for name, values in rows.items()})
        found = _side_by_side(users[single], items[single], times[single])
        known = _known_last(*(values[np.sort(single)] for values in (users, items, times)))
        return SideBySide(*found[:2], len(repeated), *found[2:4], known, *found[4:])

    def _take_out(self, rows: dict[str, NDArray[Any]]) -> None:
        self.rows -= len(rows["user"])
        self.of_user -= np.bincount(rows["user"], minlength=len(self.of_user))
        self.of_item -= np.bincount(rows["item"], minlength=len(self.of_item))
        if self.timed:
            self.times.remove(rows["time"])
        for name, tally in self.numbers.items():
            tally.remove(rows[name])

    @property
    def last_times(self) -> NDArray[np.int64]:
        """When each user who has two events or more had the last one, in the units of the source."""
        return self._last[self.of_user >= 2] if self.timed else np.zeros(0, np.int64)

    @property
    def span(self) -> tuple[int, int]:
        """The first time and the last one, in the units of the source."""
        return self._first_time, int(self._last.max())

    def item_names(self) -> tuple[list[str], Codes]:
        """All items in order, and the place in it of each code."""
        return self._items.in_order()


def _side_by_side(users: Codes, items: Codes, times: NDArray[np.int64]) -> tuple[int, int, int, int, int, int]:
    """Rows, tied rows, users, users whose last row is tied, the commonest item and its users; of rows in order."""
    new_user = np.append(True, np.diff(users.astype(np.int64)) != 0)
    same = np.append(False, ~new_user[1:] & (np.diff(times) == 0))
    tied = same | np.append(same[1:], False)
    last = np.append(new_user[1:], True)
    several = last & ~new_user
    pairs = users.astype(np.uint64) << np.uint64(32) | items.astype(np.uint64)
    pairs.sort()
    pairs = pairs[np.append(True, pairs[1:] != pairs[:-1])]  # np.unique hashes, which takes far longer
    held = np.bincount((pairs & np.uint64(0xFFFFFFFF)).astype(np.int64))
    commonest = int(held.argmax())
    return (
        len(users),
        int(tied.sum()),
        int(new_user.sum()),
        int((tied & several).sum()),
        commonest,
        int(held[commonest]),
    )


def _known_last(users: Codes, items: Codes, times: NDArray[np.int64]) -> int:
    """Users whose last row is of an item that they have an earlier row of; of rows in the order of the source, which
    decides among equal times."""
    order = np.lexsort((times, users))
    users, items = users[order], items[order]
    last = np.append(np.diff(users.astype(np.int64)) != 0, True)
    pairs = users.astype(np.uint64) << np.uint64(32) | items.astype(np.uint64)
    return int(np.isin(pairs[last], pairs[~last]).sum())


def _longer(values: NDArray[np.int64], length: int, fill: int) -> NDArray[np.int64]:
    grown = np.full(length, fill, np.int64)
    grown[: len(values)] = values
    return grown


def _counted(counts: NDArray[np.int64], codes: Codes, length: int) -> NDArray[np.int64]:
    found = np.bincount(codes, minlength=length)
    found[: len(counts)] += counts
    return found
