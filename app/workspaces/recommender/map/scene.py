"""What a map of items shows, as plain data, and the colours of the items: hues for kinds, a ramp for numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEasingCurve,
    QElapsedTimer,
    QObject,
    QPointF,
    QRectF,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor

from app.kit import theme
from app.kit.colourmap import LEVELS, blended, ramp
from app.kit.numbers import grouped, plain
from engine.recommenders.serving.tour import DirectionSpread, Frame, Geodesic, first_two, random_frame, turned

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

    ``titles`` (n): to be read. ``user`` (k,): where the visitor is, and ``trail``: where they were before, the first
    first. ``dimensions``: of the vectors themselves, 0 for not known; with 2 the map leaves nothing out. ``catalogue``:
    how many items there are in all, where these are the most popular of them, else 0.
    """

    coordinates: NDArray[np.float32]
    shares: NDArray[np.floating]
    titles: Sequence[str]
    groups: tuple[Colouring, ...] = ()
    watched: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    user: NDArray[np.floating] | None = None
    trail: tuple[NDArray[np.floating], ...] = ()
    dimensions: int = 0
    catalogue: int = 0

    def __post_init__(self) -> None:
        """Raises ValueError where the parts do not fit one another: a mistake in the program."""
        count, directions = self.coordinates.shape
        if not 2 <= directions <= MOST_DIRECTIONS or self.shares.shape != (directions,):
            raise ValueError(f"{directions} directions with {len(self.shares)} shares are no map")
        if len(self.titles) != count:
            raise ValueError(f"{len(self.titles)} titles for {count} items")
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
"""Which of the theme's series: no two neighbours alike, neither the first nor the last, which look like the signs."""


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


RADIUS = 480.0
"""Half of the map's height, in scene units."""
WIDEST = 2.5
"""So much wider than high things may be drawn to fill a wide room."""
GLIDE_MS = 450
_MARGIN = 12.0


@dataclass(frozen=True, slots=True, eq=False)
class Scaling:
    """From coordinates seen through a frame to the scene: ``middle`` (k,) lies in the scene's; ``by``: scene units a
    unit; ``wide``: how much wider than high things are drawn."""

    middle: NDArray[np.float64]
    by: float
    wide: float = 1.0

    def places(self, coordinates: NDArray[np.floating], frame: Frame) -> NDArray[np.float32]:
        """(n, k) to (n, 2) in scene units; up is up."""
        through = frame * (self.by * np.array([self.wide, -1.0]))
        # einsum: a matrix product this thin only wakes the threads of the linear algebra, and waits for them.
        at = np.einsum("nk,kd->nd", coordinates, through.astype(np.float32))
        return np.asarray(at - (self.middle @ through).astype(np.float32), np.float32)


def extents(coordinates: NDArray[np.floating]) -> NDArray[np.float64]:
    """The least and the greatest along each direction, (2, k); zeros where nothing is finite."""
    rows = coordinates[np.isfinite(coordinates).all(axis=1)]
    if not len(rows):
        return np.zeros((2, coordinates.shape[1]))
    return np.stack([rows.min(axis=0), rows.max(axis=0)]).astype(np.float64)


def scaling_of(ends: NDArray[np.float64], wide: float) -> Scaling:
    """The scaling in which what lies between ``ends`` (2, k) is :data:`RADIUS` high along the second direction."""
    height = float(ends[1, 1] - ends[0, 1]) / 2
    return Scaling(ends.mean(axis=0), RADIUS / height if height > 0 else 1.0, wide)


class MapScene(QObject):
    """``points_changed``: the points lie elsewhere or have other colours. ``marks_changed``: what lies above them is
    another, and the words about it too. ``loaded``: another map altogether."""

    points_changed = Signal()
    marks_changed = Signal()
    loaded = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.content: MapContent | None = None
        self.frame: Frame = first_two(2)
        self.order = np.zeros(0, np.int32)
        self.key = ""
        self.found: int | None = None
        self._ends = np.zeros((2, 2))
        self._scaling = Scaling(np.zeros(2), 1.0)
        self._places: NDArray[np.float32] | None = None
        self.colours = coloured(None, 0, "")
        self._from: NDArray[np.floating] | None = None
        self._glide = QVariantAnimation(self)
        self._glide.setDuration(GLIDE_MS)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._glide.valueChanged.connect(self._glided)

    # What there is ------------------------------------------------------------------------------------------------

    def show(self, content: MapContent) -> bool:
        """Show another map; whether it is another one: of the same array of coordinates only the marks change, and the
        visitor goes where they are now."""
        before, here = self.content, self.visitor()
        self.content = content
        if before is not None and before.coordinates is content.coordinates:
            self._go_from(here)
            self.marks_changed.emit()
            return False
        self._glide.stop()
        self._from, self.found = None, None
        self.order = content.by_importance()
        self.colours = coloured(None, content.count, "")
        self.frame = first_two(content.directions)
        self.spread = DirectionSpread(content.coordinates, content.shares)
        self._ends = extents(content.coordinates)
        self.rescale(1.0)
        self.loaded.emit()
        return True

    def set_colours(self, key: str, other: str) -> None:
        """Colour by another of the groups, or in the theme's colours as they are now."""
        content = self.content
        self.key = key
        if content is not None:
            self.colours = coloured(content.colouring(key), content.count, other)
            self.points_changed.emit()

    # Where it is looked from --------------------------------------------------------------------------------------

    def rescale(self, aspect: float) -> None:
        """Take up a room that is ``aspect`` times as wide as it is high, as far as that goes."""
        assert self.content is not None
        width, height = (self._ends[1] - self._ends[0])[:2].tolist()
        fills = aspect * height / width if width > 0 else 1.0
        kept = self.content.dimensions == 2  # what leaves nothing out keeps distances
        wide = 1.0 if kept else min(WIDEST, max(1.0, fills))
        self._scaling = scaling_of(self._ends, wide)
        self._changed()

    @property
    def wide(self) -> float:
        """How many times as wide as high things are drawn."""
        return self._scaling.wide

    def set_frame(self, frame: Frame) -> None:
        """Look through another frame."""
        self.frame = frame
        self._changed()

    def _changed(self) -> None:
        self._places = None
        self.points_changed.emit()

    def share(self, frame: Frame | None = None) -> float:
        """The share of the spread of the whole vectors that can be seen."""
        return self.spread.share(self.frame if frame is None else frame)

    # Where things lie -----------------------------------------------------------------------------------------------

    @property
    def places(self) -> NDArray[np.float32]:
        """Where the items lie, (n, 2) in scene units; the same array for as long as they lie there."""
        if self.content is None:
            return np.zeros((0, 2), np.float32)
        if self._places is None:
            self._places = self._scaling.places(self.content.coordinates, self.frame)
        return self._places

    @property
    def bounds(self) -> QRectF:
        """What holds all items and the visitor's way, in scene units."""
        points = np.vstack([self.places, self.way()])
        if not len(points):
            return QRectF()
        (left, top), (right, bottom) = extents(points).tolist()
        box = QRectF(left, top, right - left, bottom - top)
        return box.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)

    def visitor(self) -> NDArray[np.floating] | None:
        """Where the visitor is, (k,): on the way to where they belong."""
        content = self.content
        if content is None or content.user is None:
            return None
        if self._from is not None:
            share = float(self._glide.currentValue())
            return np.asarray((1.0 - share) * self._from + share * content.user)
        return content.user

    def way(self) -> NDArray[np.float32]:
        """(m, 2): the visitor's trail and at its end the visitor, in scene units."""
        content, here = self.content, self.visitor()
        stops = [] if content is None else [*content.trail] if here is None else [*content.trail, here]
        if not stops:
            return np.zeros((0, 2), np.float32)
        return self._scaling.places(np.stack(stops).astype(np.float32), self.frame)

    def nearest(self, point: QPointF, reach: float) -> int | None:
        """The item nearest to a scene point, no further than ``reach``."""
        if not len(self.places):
            return None
        away = self.places - np.array([point.x(), point.y()], np.float32)
        distance = np.nan_to_num(np.einsum("ij,ij->i", away, away), nan=np.inf)
        row = int(distance.argmin())
        return row if distance[row] <= reach**2 else None

    def within(self, rect: QRectF, most: int) -> list[int]:
        """The items in a rectangle, the most important first."""
        x, y = self.places[self.order].T
        inside = (x > rect.left()) & (x < rect.right()) & (y > rect.top()) & (y < rect.bottom())
        found: list[int] = self.order[inside][:most].tolist()
        return found

    # The visitor's way ----------------------------------------------------------------------------------------------

    def _go_from(self, here: NDArray[np.floating] | None) -> None:
        content = self.content
        there = None if content is None else content.user
        self._glide.stop()
        self._from = None
        if here is not None and there is not None and not np.array_equal(here, there):
            self._from = here
            self._glide.start()

    @Slot(object)
    def _glided(self, share: object) -> None:
        if share == 1.0:
            self._from = None
        self.marks_changed.emit()

    def rest(self) -> None:
        """Nobody looks: be where everything belongs."""
        self._glide.stop()
        self._from = None


TICK_MS = 16
SPEED = 0.22
"""Radians a second while it turns by itself: slow enough to follow one item."""
BACK_SECONDS = 0.8
LONGEST_TICK = 0.1
"""Seconds: after a pause of the program it goes on from where it was."""
RADIANS_A_PIXEL = 0.006
_SEED = 7


class Turning(QObject):
    """``playing_changed(bool)``: whether it turns by itself. ``stood_still``: it has come to rest."""

    playing_changed = Signal(bool)
    stood_still = Signal()

    def __init__(self, scene: MapScene, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scene = scene
        self._random = np.random.default_rng(_SEED)
        self._way: Geodesic | None = None
        self._share = 0.0
        self._returning = False
        self._hidden = np.zeros(2)
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        scene.loaded.connect(self.rest)

    @property
    def possible(self) -> bool:
        """Whether there is more to see than one view shows."""
        content = self._scene.content
        return content is not None and content.directions > 2

    @property
    def playing(self) -> bool:
        """Whether it turns by itself."""
        return self._timer.isActive() and not self._returning

    @property
    def upright(self) -> bool:
        """Whether the first two directions are in view."""
        return bool(np.allclose(self._scene.frame, first_two(len(self._scene.frame)), atol=1e-6))

    def play(self) -> None:
        """Begin to turn, from view to view."""
        if not self.possible or self.playing:
            return
        self._returning = False
        self._set_out()
        self._run()
        self.playing_changed.emit(True)

    @Slot()
    def rest(self) -> None:
        """Stand still."""
        was, moved = self.playing, self._timer.isActive()
        self._timer.stop()
        self._returning = False
        if was:
            self.playing_changed.emit(False)
        if moved:
            self.stood_still.emit()

    def toggle(self) -> None:
        """Play or stand still."""
        if self.playing:
            self.rest()
        else:
            self.play()

    def back(self) -> None:
        """Turn back to the first two directions."""
        self.rest()
        if self.upright:
            return
        start = self._scene.frame
        self._way = Geodesic(start, first_two(len(start)), upright=True)
        self._share, self._returning = 0.0, True
        self._run()

    def advance(self, seconds: float) -> None:
        """Let so much time pass."""
        if self._way is None:
            return
        pace = BACK_SECONDS if self._returning else self._way.length / SPEED
        self._share = min(1.0, self._share + seconds / max(pace, 1e-3))
        self._scene.set_frame(self._way.at(self._share))
        if self._share == 1.0:
            if self._returning:
                self._scene.set_frame(first_two(len(self._scene.frame)))
                self.rest()
            else:
                self._set_out()

    # By hand --------------------------------------------------------------------------------------------------------

    def grip(self) -> None:
        """Begin a turn by hand, towards the direction along which the most is hidden."""
        self.rest()
        self._hidden = self._scene.spread.hidden(self._scene.frame)

    def turn(self, across: float, down: float) -> None:
        """Turn on by so many pixels."""
        if self.possible:
            angles = (across * RADIANS_A_PIXEL, -down * RADIANS_A_PIXEL)
            frame, self._hidden = turned(self._scene.frame, self._hidden, *angles)
            self._scene.set_frame(frame)

    def _set_out(self) -> None:
        start = self._scene.frame
        self._way = Geodesic(start, random_frame(len(start), self._random))
        self._share = 0.0

    def _run(self) -> None:
        self._clock.start()
        self._timer.start()

    @Slot()
    def _tick(self) -> None:
        self.advance(min(self._clock.restart() / 1000.0, LONGEST_TICK))
