"""A log of who watched what and when: what candidate generation learns from, and what it is measured on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Log:
    """Watches, ordered by user, then by time, ties in the order of their source.

    ``users``, ``items`` (n,) int64: indices into ``user_names`` and ``item_names``. ``times`` (n,) int64 seconds.
    ``extras``: further numbers per watch, (n,) each, such as ``rating`` or ``watch_seconds``.
    ``user_features``, ``item_features``: a name or number per user and item, in the order of their names, such as
    ``country``, ``title`` or ``genres`` (joined by ``|``).
    """

    users: NDArray[np.int64]
    items: NDArray[np.int64]
    times: NDArray[np.int64]
    user_names: Sequence[str]
    item_names: Sequence[str]
    extras: Mapping[str, NDArray[np.float64]] = field(default_factory=dict)
    user_features: Mapping[str, Sequence[str] | NDArray[np.float64]] = field(default_factory=dict)
    item_features: Mapping[str, Sequence[str] | NDArray[np.float64]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.users)

    @property
    def user_count(self) -> int:
        """Number of users, those without a watch included."""
        return len(self.user_names)

    @property
    def item_count(self) -> int:
        """Number of items, those nobody has watched included."""
        return len(self.item_names)

    def offsets(self) -> NDArray[np.int64]:
        """(users + 1,): user u's watches are rows ``offsets[u]`` to ``offsets[u + 1]``."""
        return np.searchsorted(self.users, np.arange(self.user_count + 1))

    def of_items(self, names: Sequence[str]) -> Log:
        """The watches of these items, which are numbered so; of one that the log does not know nothing is known."""
        places = {name: place for place, name in enumerate(self.item_names)}
        theirs = np.array([places.get(name, -1) for name in names], np.int64)
        ours = np.full(self.item_count, -1, np.int64)
        ours[theirs[theirs >= 0]] = np.flatnonzero(theirs >= 0)
        kept = self.take(ours[self.items] >= 0)
        features = {name: _gathered(values, theirs) for name, values in self.item_features.items()}
        return replace(kept, items=ours[kept.items], item_names=names, item_features=features)

    def take(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Log:
        """Some watches of the same users and items; rows must keep their order."""
        return Log(
            self.users[rows],
            self.items[rows],
            self.times[rows],
            self.user_names,
            self.item_names,
            {name: values[rows] for name, values in self.extras.items()},
            self.user_features,
            self.item_features,
        )


def _gathered(
    values: Sequence[str] | NDArray[np.float64], places: NDArray[np.int64]
) -> Sequence[str] | NDArray[np.float64]:
    """What is known at some places; an empty text or NaN at −1."""
    if isinstance(values, np.ndarray):
        return np.where(places < 0, np.nan, values[places])
    return [values[place] if place >= 0 else "" for place in places.tolist()]
