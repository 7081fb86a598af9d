"""What the map shows at present: through which frame, and where that puts everything."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEasingCurve, QObject, QPointF, QRectF, QVariantAnimation, Signal, Slot

from app.workspaces.recommender.map.colours import coloured
from app.workspaces.recommender.map.content import MapContent
from app.workspaces.recommender.map.job import Picture, Scaling, View, extents, placed, scaling_of
from engine.recommenders.serving.tour import Frame, Spread, first_two

WIDEST = 2.5
"""So much wider than high things may be drawn to fill a wide room."""
GLIDE_MS = 450
_MARGIN = 12.0
_LOOKED_AT = 4096
"""So many items at a time are asked whether they are in view: mostly the first of them fill it."""


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
        self._view: View | None = None
        self.shown: View | None = None
        self.places = np.zeros((0, 2), np.float32)
        self.colours = coloured(None, 0, "")
        self._boxed = self._box = self.places
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

    @property
    def view(self) -> View | None:
        """What is to be drawn; the same object for as long as nothing of it changes."""
        if self._view is None and self.content is not None:
            self._view = View(self.content.coordinates, self.frame, self._scaling)
        return self._view

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
        self._view = None
        self.points_changed.emit()

    def share(self, frame: Frame | None = None) -> float:
        """The share of the spread of the whole vectors that can be seen."""
        return self.spread.share(self.frame if frame is None else frame)

    # Where things lie -----------------------------------------------------------------------------------------------

    def take(self, picture: Picture) -> None:
        """The places of a finished picture, which all marks follow."""
        self.shown, self.places = picture.order.view, picture.places

    def settle(self) -> None:
        """Work the places out at once, where no picture has told them."""
        view = self.view
        if view is not None and self.shown is not view:
            self.shown, self.places = view, placed(view)

    @property
    def bounds(self) -> QRectF:
        """What holds all items and the visitor's way, in scene units."""
        if self._boxed is not self.places:
            self._boxed, self._box = self.places, _box_of(self.places)
        corners = np.vstack([self._box, self.way()])
        if not len(corners):
            return QRectF()
        (left, top), (right, bottom) = _box_of(corners).tolist()
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
        if content is None or self.shown is None:
            return np.zeros((0, 2), np.float32)
        stops = [*content.trail] if here is None else [*content.trail, here]
        if not stops:
            return np.zeros((0, 2), np.float32)
        return self.shown.scaling.places(np.stack(stops).astype(np.float32), self.shown.frame)

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
        found: list[int] = []
        for begin in range(0, len(self.order), _LOOKED_AT):
            rows = self.order[begin : begin + _LOOKED_AT]
            x, y = self.places[rows].T
            inside = (x > rect.left()) & (x < rect.right()) & (y > rect.top()) & (y < rect.bottom())
            found += rows[inside][: most - len(found)].tolist()
            if len(found) == most:
                break
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


def _box_of(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, 2) to the two corners of the box round those that are finite, (2, 2); (0, 2) where there are none."""
    finite = points[np.isfinite(points).all(axis=1)]
    return np.stack([finite.min(axis=0), finite.max(axis=0)]) if len(finite) else finite
