"""The data set's points over the decision plane, painted once into a pixmap and kept until something changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.kit import theme
from app.workspaces.playground.panels.scatter import label_colours
from engine.data import Dataset, Task
from engine.training.plane import Plane, off_plane

FAINTEST = 0.14
"""The opacity of a point far off the slice that is shown: it can still be seen and clicked."""
MOST_POINTS = 5000
"""More are thinned evenly: they would only cover one another."""


class PointLayer:
    """Where the points lie and their picture. ``rows`` are those that are shown, ``at`` (n, 2) their pixels."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self.rows: NDArray[np.int64] = np.zeros(0, np.int64)
        self.at: NDArray[np.float64] = np.zeros((0, 2))
        self.opacity: NDArray[np.float64] = np.zeros(0)
        self.picture = QPixmap()

    def refresh(
        self, dataset: Dataset, shown: tuple[NDArray[np.int64], ...], plane: Plane, size: QSize, ratio: float
    ) -> QPixmap:
        """The picture of these rows on this plane and in this size, painted again only if any of them is another."""
        key = (id(dataset), tuple(map(id, shown)), plane, size, ratio, theme.current().name)
        if key != self._key:
            self._key = key
            self.rows = _thinned(np.concatenate([np.zeros(0, np.int64), *shown]))
            self.at = to_pixels(dataset.x[self.rows][:, list(plane.columns)], plane, size)
            self.opacity = opacities(dataset, plane)[self.rows]
            self.picture = self._painted(dataset, size, ratio)
        return self.picture

    def _painted(self, dataset: Dataset, size: QSize, ratio: float) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        y = dataset.y[self.rows]
        low, high = (float(dataset.y.min()), float(dataset.y.max())) if len(y) else (0.0, 1.0)
        middle, half = ((low + high) / 2, (high - low) / 2 or 1.0) if dataset.task is Task.REGRESSION else (0.0, 1.0)
        colours = label_colours(y, dataset.task, middle, half)
        is_test = np.isin(self.rows, dataset.test)
        radius = dot_radius(len(self.rows))
        rim = rim_of(dataset.task)
        painter = QPainter(picture)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            order = np.argsort(self.opacity, kind="stable")  # those on the slice on top
            for index in order.tolist():
                point, colour, tested = self.at[index], colours[index], is_test[index]
                painter.setOpacity(float(self.opacity[index]))
                paint_dot(painter, QPointF(*point), radius, colour, rim, test=bool(tested))
        finally:
            painter.end()
        return picture

    def row_near(self, point: QPointF, reach: float) -> int | None:
        """The row whose point is nearest, no further than ``reach`` pixels."""
        if not len(self.rows):
            return None
        distance = np.hypot(self.at[:, 0] - point.x(), self.at[:, 1] - point.y())
        nearest = int(distance.argmin())
        return int(self.rows[nearest]) if distance[nearest] <= reach else None


def opacities(dataset: Dataset, plane: Plane) -> NDArray[np.float64]:
    """How clearly each row is shown on a slice, (n,): as a bell curve of its distance d off the slice, e^(−d²/2), where
    :func:`engine.training.plane.off_plane` tells d; never less than :data:`FAINTEST`. 1 where nothing is left out."""
    away = off_plane(dataset, plane)
    return np.maximum(np.exp(-0.5 * away**2), FAINTEST)


def dot_radius(count: int) -> float:
    """Smaller dots where there are many."""
    return 3.6 if count <= 400 else 2.8 if count <= 1500 else 2.0


def rim_of(task: Task) -> str:
    """The rim of a training point, by its name in the theme. A point of a regression lies on its own colour where the
    network is right, and a value in the middle has the ground's colour: only the text's stands out there."""
    return "text" if task is Task.REGRESSION else "surface"


def paint_dot(painter: QPainter, at: QPointF, radius: float, colour: QColor, rim: str, *, test: bool) -> None:
    """A training point is round; a test point is a square with a rim of the text's colour."""
    painter.setBrush(colour)
    painter.setPen(QPen(theme.colour("text" if test else rim), 1.0 if rim == "surface" else 1.3))
    if test:
        side = 1.7 * radius
        painter.drawRect(QRectF(at.x() - side / 2, at.y() - side / 2, side, side))
    else:
        painter.drawEllipse(at, radius, radius)


def to_pixels(points: NDArray[np.float64], plane: Plane, size: QSize) -> NDArray[np.float64]:
    """(n, 2) places on the plane to pixels, the second feature upwards."""
    low, high = np.array(plane.low), np.array(plane.high)
    share = (points - low) / np.where(high > low, high - low, 1.0)
    return np.stack([share[:, 0] * size.width(), (1.0 - share[:, 1]) * size.height()], axis=1)


def to_plane(point: QPointF, plane: Plane, size: QSize) -> tuple[float, float]:
    """A pixel as a place on the plane."""
    across = point.x() / max(size.width(), 1)
    up = 1.0 - point.y() / max(size.height(), 1)
    return (
        plane.low[0] + across * (plane.high[0] - plane.low[0]),
        plane.low[1] + up * (plane.high[1] - plane.low[1]),
    )


def _thinned(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    return rows[:: -(-len(rows) // MOST_POINTS)] if len(rows) > MOST_POINTS else rows
