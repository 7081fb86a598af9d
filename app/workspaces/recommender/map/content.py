"""What a map of items shows, as plain data, and the colours of the items: hues for kinds, a ramp for numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from app.kit import theme
from app.kit.colourmap import LEVELS, blended, ramp
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


STEPS = 64
"""Colours of a ramp."""
HUES = (2, 3, 7, 1, 4, 6, 5)
"""Which of the theme's series: no two neighbours alike, and neither the first, blue, nor the last, orange."""


@dataclass(frozen=True, slots=True, eq=False)
class Coloured:
    """``codes`` (n,): rows of ``palette`` (m,), ``0xRRGGBB``; the last colour is that of what is not known.

    ``entries``: what the hues mean, the most frequent first; or, for a ramp, ``ends``: its least and greatest number.
    """

    codes: NDArray[np.uint8]
    palette: NDArray[np.uint32]
    entries: tuple[tuple[QColor, str], ...] = ()
    ends: tuple[str, str] | None = None

    def colour(self, row: int) -> QColor:
        """An item's colour."""
        return QColor.fromRgb(int(self.palette[self.codes[row]]))


def coloured(colouring: Colouring | None, count: int, other: str) -> Coloured:
    """The items in the theme's colours; ``other``: what kinds are called that share the last colour."""
    if colouring is None:
        return Coloured(np.zeros(count, np.uint8), _packed([unknown()]))
    return _kinds(colouring, other) if colouring.names else _numbers(colouring)


def unknown() -> QColor:
    """The colour of what has no kind and no number."""
    ground, ink = theme.colour("surface"), theme.colour("text_muted")
    return blended(ground, ink, 0.6)


def ramp_colours() -> list[QColor]:
    """From little to much."""
    low = blended(theme.colour("surface"), theme.colour("text_muted"), 0.5)
    middle, high = (QColor(theme.current().series[index]) for index in (1, 2))
    strong = high.lighter(115) if theme.current().dark else high.darker(135)
    steps = ramp([low, middle, strong])[np.linspace(0, LEVELS - 1, STEPS).astype(int)]
    return [QColor(*(round(channel) for channel in step)) for step in steps]


def _kinds(colouring: Colouring, other: str) -> Coloured:
    """The most frequent kinds have hues, the others share a grey."""
    values = np.asarray(colouring.values, np.int64)
    known = values[(values >= 0) & (values < len(colouring.names))]
    counts = np.bincount(known, minlength=len(colouring.names))
    frequent = [int(kind) for kind in np.argsort(-counts, kind="stable")[: len(HUES)] if counts[kind]]
    codes = np.full(len(values), len(frequent), np.uint8)
    for code, kind in enumerate(frequent):
        codes[values == kind] = code
    hues = [QColor(theme.current().series[HUES[code]]) for code in range(len(frequent))]
    entries = [(hue, colouring.names[kind]) for hue, kind in zip(hues, frequent, strict=True)]
    if (codes == len(frequent)).any():
        entries.append((unknown(), other))
    return Coloured(codes, _packed([*hues, unknown()]), tuple(entries))


def _numbers(colouring: Colouring) -> Coloured:
    values = np.asarray(colouring.values, np.float64)
    known = values[np.isfinite(values)]
    if not len(known):
        return Coloured(np.zeros(len(values), np.uint8), _packed([unknown()]))
    low, high = float(known.min()), float(known.max())
    scaled = _log(values, low) if colouring.by_ratio else values
    least, most = (float(end) for end in (_log(np.array([low, high]), low) if colouring.by_ratio else (low, high)))
    shares = (scaled - least) / (most - least) if most > least else np.ones(len(values))
    codes = np.where(np.isfinite(values), np.nan_to_num(shares) * (STEPS - 1), STEPS).round().astype(np.uint8)
    return Coloured(
        codes, _packed([*ramp_colours(), unknown()]), ends=(colouring.written(low), colouring.written(high))
    )


def _log(values: NDArray[np.float64], low: float) -> NDArray[np.float64]:
    """Ratios as differences; from 0 on where the least is 0 or less."""
    return np.log(np.maximum(values, low)) if low > 0 else np.log1p(values - low)


def _packed(colours: list[QColor]) -> NDArray[np.uint32]:
    return np.array([colour.rgb() & 0xFFFFFF for colour in colours], np.uint32)
