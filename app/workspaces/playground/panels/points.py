"""The data set's points over the decision plane: one picture, and where each can be picked."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.colourmap import diverging_colour
from app.kit.drawing.columns import Dots
from app.kit.drawing.marks import Mark, Picture, call
from app.kit.listing import listed
from app.kit.widgets.cards import CARD, paint_card
from app.kit.widgets.painted import KeyFocus, PaintedButton
from app.kit.words import plain_tip
from app.workspaces.playground.panels.readings import column_label, in_words
from engine.data import DataChoice, Dataset, DrawnPoint, Task, load
from engine.training.plane import Plane, off_plane

REACH = 12.0
"""How near, in pixels, a click must be to a point to pick it."""
FAINTEST = 0.14
"""The opacity of a point far off the slice that is shown: it can still be seen and clicked."""
MOST_POINTS = 5000
"""More are thinned evenly: they would only cover one another."""


def point_marks(
    dataset: Dataset, plane: Plane, shown: tuple[bool, bool, bool], size: QSize, ratio: float
) -> tuple[Mark, ...]:
    """The points as one picture, and where each can be picked. ``shown``: training rows, test rows; whether any is to
    be picked."""
    has_train, has_test, can_pick = shown
    sets = (dataset.train if has_train else (), dataset.test if has_test else ())
    rows = _thinned(np.concatenate([np.asarray(part, np.int64) for part in sets]))
    places = to_pixels(dataset.x[rows][:, list(plane.columns)], plane, size)
    box = (0.0, 0.0, float(size.width()), float(size.height()))
    marks: list[Mark] = [Picture(box, call(_picture_of, dataset, plane, rows, places, size, ratio))]
    if can_pick:
        keys, hand = tuple(rows.tolist()), Qt.CursorShape.PointingHandCursor
        radius = dot_radius(len(rows))
        words, dots = call(_point_words, dataset, plane, keys), tuple(map(tuple, places.tolist()))
        marks.append(Dots(dots, radius, "", keys=keys, words=words, reach=REACH, cursor=hand))
    return tuple(marks)


def _point_words(dataset: Dataset, plane: Plane, rows: tuple[int, ...], index: int) -> str:
    """``Sample 12: x₁ = 0.30, x₂ = −0.50``, for screen readers."""
    row = rows[index]
    values = [
        f"{column_label(dataset, column)} = {in_words(dataset, column, float(dataset.x[row, column]))}"
        for column in plane.columns
    ]
    text = QCoreApplication.translate("DecisionView", "Sample {row}: {values}")
    return text.format(row=row, values=listed(values))


def _picture_of(
    dataset: Dataset, plane: Plane, rows: NDArray[np.int64], places: NDArray[np.float64], size: QSize, ratio: float
) -> QImage:
    y = dataset.y[rows]
    low, high = (float(dataset.y.min()), float(dataset.y.max())) if len(y) else (0.0, 1.0)
    middle, half = ((low + high) / 2, (high - low) / 2 or 1.0) if dataset.task is Task.REGRESSION else (0.0, 1.0)
    colours, opacity = label_colours(y, dataset.task, middle, half), opacities(dataset, plane)[rows]
    is_test, radius, rim = np.isin(rows, dataset.test), dot_radius(len(rows)), rim_of(dataset.task)

    def draw(painter: QPainter) -> None:
        for index in np.argsort(opacity, kind="stable").tolist():  # those on the slice on top
            painter.setOpacity(float(opacity[index]))
            paint_dot(painter, QPointF(*places[index]), radius, colours[index], rim, test=bool(is_test[index]))

    return _painted(size, ratio, draw)


def drawn_points(points: tuple[DrawnPoint, ...], plane: Plane, size: QSize, ratio: float) -> QImage:
    """Points that are being drawn."""
    places = to_pixels(np.array([(p.x1, p.x2) for p in points]).reshape(-1, 2), plane, size)
    radius = dot_radius(len(points))

    def draw(painter: QPainter) -> None:
        for place, point in zip(places, points, strict=True):
            paint_dot(painter, QPointF(*place), radius, theme.class_colour(int(point.label)), "surface", test=False)

    return _painted(size, ratio, draw)


def _painted(size: QSize, ratio: float, draw: Callable[[QPainter], None]) -> QImage:
    picture = QImage((size * ratio).expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
    finally:
        painter.end()
    return picture


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


SAMPLES = 90
DOT = 1.35
MARGIN = 5.0
STRONG = 0.5
"""So small values of a regression are still told apart at this size."""

Points = tuple[NDArray[np.float64], NDArray[np.float64], Task]


@lru_cache(maxsize=64)
def _points(name: str) -> Points:
    dataset = load(DataChoice(name=name, samples=SAMPLES))
    return dataset.x, dataset.y, dataset.task


def label_colours(y: NDArray[np.float64], task: Task, middle: float = 0.0, half: float = 1.0) -> list[QColor]:
    """A colour for each class index or, in a regression, for each value as seen from ``middle`` over ``half``."""
    if task is Task.REGRESSION:
        return [diverging_colour(value) for value in (y - middle) / half]
    return [theme.class_colour(int(label)) for label in y]


def scatter_pixmap(name: str, side: int, ratio: float = 1.0) -> QPixmap:
    """The picture of a toy set in the current theme, ``side`` device-independent pixels wide."""
    return _drawn(name, side, ratio, theme.current().name)


@lru_cache(maxsize=128)
def _drawn(name: str, side: int, ratio: float, _theme: str) -> QPixmap:
    x, y, task = _points(name)
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    reach = float(np.abs(x).max())
    at = MARGIN + (x / reach * [1, -1] + 1) / 2 * (side - 2 * MARGIN)
    painter = QPainter(picture)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for point, colour in zip(at, label_colours(y, task, half=STRONG), strict=True):
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(*point), DOT, DOT)
    finally:
        painter.end()
    return picture


class Thumbnail(KeyFocus, PaintedButton):
    """A toy set's picture; checked while it is the data set."""

    def __init__(self, key: str, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        return QSize(CARD, CARD)

    def nextCheckState(self) -> None:
        """The document says what is checked."""

    def paint(self, painter: QPainter) -> None:
        paint_card(painter, self, chosen=self.isChecked())
        side = min(self.width(), self.height())
        picture = scatter_pixmap(self.key, side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)
