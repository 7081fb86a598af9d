"""What the map shows at present: through which frame, and where that puts everything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, QVariantAnimation, Signal, Slot

from app.workspaces.recommender.map.content import MapContent, coloured
from engine.recommenders.serving.tour import Frame, Spread, first_two

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
        self.spread = Spread(content.coordinates, content.shares)
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
