"""A log of who watched what and when: what candidate generation learns from, and what it is measured on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
