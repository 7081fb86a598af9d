"""What a map of items shows, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.kit.numbers import grouped, plain

MOST_DIRECTIONS = 6
POPULARITY = "popularity"
"""The key of the colouring that also says which items are anchors and lie on top."""


@dataclass(frozen=True, slots=True)
class Colouring:
    """One way to colour the items. ``label`` is shown as it is.

    ``values`` (n,): rows of ``names``, −1 for none; or, where there are no names, numbers, NaN for unknown.
    ``by_ratio``: equal ratios look equally far apart, as counts need it. ``grouped``: whether thousands are set apart,
    which a year's are not.
    """

    key: str
    label: str
    values: NDArray[np.number]
    names: tuple[str, ...] = ()
    by_ratio: bool = False
    grouped: bool = True

    def said(self, row: int) -> str:
        """An item's value in words, empty where it has none."""
        value = float(self.values[row])
        if self.names:
            return self.names[int(value)] if 0 <= value < len(self.names) else ""
        return f"{self.label} {self.written(value)}" if np.isfinite(value) else ""

    def written(self, value: float) -> str:
        """A number in words."""
        return grouped(value) if self.grouped and value == int(value) else plain(value)


@dataclass(frozen=True, slots=True, eq=False)
class MapContent:
    """Items are told by their row. ``coordinates`` (n, k): along the k ≤ 6 principal directions, a row that is not
    finite has no place; ``shares`` (k,): what each direction has of the spread of the whole vectors.

    ``names`` (n): as in the log; ``titles`` (n): to be read, empty for none. ``user`` (k,): where the visitor is, and
    ``trail``: where they were before, the first first. ``dimensions``: of the vectors themselves, 0 for not known; with
    2 the map leaves nothing out. ``catalogue``: how many items there are in all, where these are the most popular of
    them, else 0. ``noun``: what the items are called, several.
    """

    coordinates: NDArray[np.float32]
    shares: NDArray[np.floating]
    names: Sequence[str]
    titles: Sequence[str]
    groups: tuple[Colouring, ...] = ()
    watched: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    user: NDArray[np.floating] | None = None
    trail: tuple[NDArray[np.floating], ...] = ()
    dimensions: int = 0
    catalogue: int = 0
    noun: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError where the parts do not fit one another: a mistake in the program."""
        count, directions = self.coordinates.shape
        if not 2 <= directions <= MOST_DIRECTIONS or self.shares.shape != (directions,):
            raise ValueError(f"{directions} directions with {len(self.shares)} shares are no map")
        if len(self.names) != count or len(self.titles) != count:
            raise ValueError(f"{len(self.names)} names and {len(self.titles)} titles for {count} items")
        if any(colouring.values.shape != (count,) for colouring in self.groups):
            raise ValueError("a colouring has not one value for each item")
        if any(not 0 <= row < count for row in (*self.watched, *self.shown)):
            raise ValueError("an item that is watched or shown is not on the map")
        if any(place.shape != (directions,) for place in self.visited):
            raise ValueError("the visitor has other directions than the items")

    @property
    def count(self) -> int:
        """How many items."""
        return len(self.coordinates)

    @property
    def directions(self) -> int:
        """How many directions there are to look along."""
        return int(self.coordinates.shape[1])

    @property
    def visited(self) -> tuple[NDArray[np.floating], ...]:
        """The trail, and at its end where the visitor is."""
        return self.trail if self.user is None else (*self.trail, self.user)

    def title(self, row: int) -> str:
        """What an item is called."""
        return self.titles[row] or self.names[row]

    def colouring(self, key: str) -> Colouring | None:
        """The colouring of that key, None where there is none."""
        return next((colouring for colouring in self.groups if colouring.key == key), None)

    def by_importance(self) -> NDArray[np.int32]:
        """Rows, the most popular first; as they come where that is not known."""
        popularity = self.colouring(POPULARITY)
        if popularity is None:
            return np.arange(self.count, dtype=np.int32)
        size = np.nan_to_num(np.asarray(popularity.values, np.float64), nan=-np.inf)
        return np.argsort(-size, kind="stable").astype(np.int32)

    def described(self, row: int) -> str:
        """What the colourings say of an item, in one line."""
        return " · ".join(text for text in (colouring.said(row) for colouring in self.groups) if text)
