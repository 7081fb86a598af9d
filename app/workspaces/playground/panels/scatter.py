"""The toy sets as small scatter pictures, drawn from the sets themselves and kept, and as buttons to choose from."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.widgets.cards import CARD, paint_card
from app.kit.widgets.painted import KeyFocus, PaintedButton
from app.kit.words import plain_tip
from engine.data import DataChoice, Task, load

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


def value_colour(value: float) -> QColor:
    """The diverging map at −1 … 1: orange, neutral, blue."""
    share = min(max(value, -1.0), 1.0)
    end = theme.colour("positive" if share >= 0 else "negative")
    middle = theme.colour("neutral")
    at = abs(share)
    return QColor(
        round(middle.red() + at * (end.red() - middle.red())),
        round(middle.green() + at * (end.green() - middle.green())),
        round(middle.blue() + at * (end.blue() - middle.blue())),
    )


def label_colours(y: NDArray[np.float64], task: Task, middle: float = 0.0, half: float = 1.0) -> list[QColor]:
    """A colour for each class index or, in a regression, for each value as seen from ``middle`` over ``half``."""
    if task is Task.REGRESSION:
        return [value_colour(value) for value in (y - middle) / half]
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
