"""The part of the canvas that is free for the drawing, between what lies over it."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QPointF, QRectF
from PySide6.QtWidgets import QWidget

from app.kit.scene.camera import Camera
from app.kit.scene.viewport import Picture, Viewport

MUCH = 1.2
"""A picture that has shrunk is left where it is until it could be drawn so much larger."""
READING = 0.72
"""The scale that a graph is read at whose whole is too small for that."""
LEAST, MOST, FIT_MOST = 0.02, 4.0, 1.15
"""A graph of two thousand nodes is seen whole; a small one is not blown up."""


class Room(Viewport):
    """A viewport whose picture is fitted between a heading above and cards below."""

    def __init__(self, widget: QWidget, picture: Picture) -> None:
        super().__init__(widget, picture, Camera(LEAST, MOST, fit_most=FIT_MOST, margin=10.0))
        self._taken = QMarginsF()

    @property
    def area(self) -> QRectF:
        """What is free of the widget, in its pixels."""
        return super().area.marginsRemoved(self._taken)

    def picture_changed(self) -> None:
        """Fit again where not all of it is in view, or where it would have become much larger."""
        if self.shows_all and (not self.visible.contains(self.bounds) or self._fitting() > MUCH * self.camera.scale):
            self.fit()

    def _fitting(self) -> float:
        """The scale that fitting would give."""
        bounds, area = self.bounds, self.area
        if bounds.isEmpty() or area.isEmpty():
            return self.camera.scale
        return min(area.width() / bounds.width(), area.height() / bounds.height(), FIT_MOST)

    def take(self, taken: QMarginsF) -> None:
        """So much at the widget's edges is taken."""
        if taken != self._taken:
            self._taken = taken
            if self.shows_all:
                self.fit()

    def reveal(self, rect: QRectF) -> None:
        """Pan as little as brings a scene rectangle into the free part."""
        area, shown = self.area, self.camera.rect_to_view(rect)
        self.camera.pan(
            QPointF(
                _into(shown.left(), shown.right(), area.left(), area.right()),
                _into(shown.top(), shown.bottom(), area.top(), area.bottom()),
            )
        )
        self.moved.emit()

    def read(self, point: QPointF, share: float = 0.5) -> None:
        """Leave the whole for a part that can be read: a scene point at this share of the free width."""
        self.shows_all = False
        area = self.area
        self.camera.zoom(READING / self.camera.scale, area.center())
        at = QPointF(area.left() + share * area.width(), area.center().y())
        self.camera.pan(at - self.camera.to_view(point))
        self.moved.emit()


def _into(low: float, high: float, least: float, most: float) -> float:
    """How far to pan so that a stretch lies between two bounds; its beginning does where it is too long."""
    if low < least or high - low > most - least:
        return least - low
    return min(0.0, most - high)
