"""How a widget looks at a picture: its camera, and what wheel, pinch and another size do to it."""

from __future__ import annotations

import math
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

MIN_SCALE = 0.2
MAX_SCALE = 4.0
FIT_MARGIN = 28.0
MARGIN_SHARE = 1 / 16
"""Of the shorter side: where there is little room, fitting leaves no more of it free."""
FIT_MAX_SCALE = 1.25
"""Zoom to fit does not blow a small picture up beyond this."""


WHEEL_ZOOM = 1.0015
"""Zoom factor for each of the wheel's eighths of a degree."""
GESTURES = (QEvent.Type.Gesture, QEvent.Type.NativeGesture)
"""The events that :meth:`Viewport.take_gesture` looks at."""


class Camera:
    """Maps scene units to widget pixels: ``view = scene · scale + offset``.

    ``least`` and ``most``: the scales between which it is held; ``fit_least`` (``least`` unless given) and
    ``fit_most``: those between which fitting chooses, and ``margin``: the pixels that it leaves on each side.
    """

    def __init__(
        self,
        least: float = MIN_SCALE,
        most: float = MAX_SCALE,
        *,
        fit_least: float | None = None,
        fit_most: float = FIT_MAX_SCALE,
        margin: float = FIT_MARGIN,
    ) -> None:
        self.least, self.most, self.fit_most = least, most, fit_most
        self.fit_least = least if fit_least is None else fit_least
        self.margin = margin
        self.scale = 1.0
        self.offset = QPointF(0.0, 0.0)

    def to_view(self, point: QPointF) -> QPointF:
        """A scene point in widget pixels."""
        return point * self.scale + self.offset

    def snapped(self, point: QPointF, ratio: float) -> QPointF:
        """Return a scene point in widget pixels, moved to a whole pixel of the screen, ``ratio`` to one of these."""
        corner = self.to_view(point) * ratio
        return QPointF(math.floor(corner.x()), math.floor(corner.y())) / ratio

    def to_scene(self, point: QPointF) -> QPointF:
        """A widget pixel in scene units."""
        return (point - self.offset) / self.scale

    def rect_to_view(self, rect: QRectF) -> QRectF:
        """A scene rectangle in widget pixels."""
        return QRectF(self.to_view(rect.topLeft()), rect.size() * self.scale)

    def rect_to_scene(self, rect: QRectF) -> QRectF:
        """A rectangle of widget pixels in scene units."""
        return QRectF(self.to_scene(rect.topLeft()), rect.size() / self.scale)

    def visible(self, size: QSizeF) -> QRectF:
        """The scene rectangle that a widget of this size shows."""
        return self.rect_to_scene(QRectF(QPointF(0.0, 0.0), size))

    @property
    def transform(self) -> QTransform:
        """The painter's transform for drawing in scene units."""
        return QTransform(self.scale, 0.0, 0.0, self.scale, self.offset.x(), self.offset.y())

    def pan(self, by: QPointF) -> None:
        """Shift the picture by widget pixels."""
        self.offset = self.offset + by  # another point: whoever keeps the old one keeps it

    def zoom(self, factor: float, anchor: QPointF) -> None:
        """Zoom by a factor about a widget pixel, which keeps its scene point; 20 to 400 % unless told."""
        least = min(self.least, self.scale)  # a fit may have gone below: who zooms out there sees nothing grow
        scale = min(max(self.scale * factor, least), self.most)
        fixed = self.to_scene(anchor)
        self.scale = scale
        self.offset = anchor - fixed * scale

    def centre_on(self, point: QPointF, size: QSizeF) -> None:
        """Put a scene point into the middle of the widget."""
        self.offset = QPointF(size.width() / 2, size.height() / 2) - point * self.scale

    def fit(self, bounds: QRectF, area: QRectF) -> None:
        """Show all of a scene rectangle within a rectangle of widget pixels."""
        if bounds.isEmpty() or area.isEmpty():
            return
        margin = min(self.margin, MARGIN_SHARE * min(area.width(), area.height()))
        room = area.adjusted(margin, margin, -margin, -margin)
        scale = min(room.width() / bounds.width(), room.height() / bounds.height(), self.fit_most)
        self.scale = min(max(scale, self.fit_least), self.most)
        self.offset = area.center() - bounds.center() * self.scale

    def reveal(self, rect: QRectF, size: QSizeF) -> bool:
        """Pan as little as brings a scene rectangle into sight; says whether it moved."""
        shown = self.rect_to_view(rect).adjusted(-16, -16, 16, 16)
        right, bottom = min(0.0, size.width() - shown.right()), min(0.0, size.height() - shown.bottom())
        by = QPointF(max(right, -shown.left()) if shown.left() < 0 or right else 0.0,
                     max(bottom, -shown.top()) if shown.top() < 0 or bottom else 0.0)  # fmt: skip
        self.pan(by)
        return not by.isNull()


class Viewable(Protocol):
    """What can be looked at: it lies within ``bounds``, in scene units; empty while there is nothing."""

    @property
    def bounds(self) -> QRectF: ...


class Viewport(QObject):
    """The part of a picture that a widget shows. ``moved``: it is another part of it, or of another size.

    The whole picture stays in view as it or the widget grows, until somebody pans or zooms.
    """

    moved = Signal()

    def __init__(self, widget: QWidget, picture: Viewable, camera: Camera | None = None) -> None:
        super().__init__(widget)
        self._widget, self._picture = widget, picture
        self.camera = camera or Camera()
        self._usual_fit = self.camera.fit_most
        self.shows_all = True
        widget.grabGesture(Qt.GestureType.PinchGesture)

    @property
    def area(self) -> QRectF:
        """The widget, in its own pixels."""
        return QRectF(self._widget.rect())

    @property
    def visible(self) -> QRectF:
        """The part in view, in scene units."""
        return self.camera.visible(self._size)

    @property
    def bounds(self) -> QRectF:
        """What holds the whole picture, in scene units."""
        return self._picture.bounds

    @property
    def _size(self) -> QSizeF:
        return QSizeF(self._widget.size())

    def update(self) -> None:
        """Have the widget painted anew."""
        self._widget.update()

    # Looking elsewhere --------------------------------------------------------------------------------------------

    def pan(self, by: QPointF) -> None:
        """Shift the picture by pixels."""
        self.shows_all = False
        self.camera.pan(by)
        self.moved.emit()

    def zoom(self, factor: float, anchor: QPointF | None = None) -> None:
        """Zoom about a pixel, the middle of the widget unless given."""
        self.shows_all = False
        self.camera.zoom(factor, anchor if anchor is not None else self.area.center())
        self.moved.emit()

    def fit(self) -> None:
        """Show the whole picture, and go on doing so when it or the widget grows, until it is panned or zoomed."""
        self.shows_all = True
        self.camera.fit(self.bounds, self.area)
        self.moved.emit()

    def enlarge_fits(self, on: bool) -> None:
        """Let what is fitted get larger than usual, for a beamer; and fit."""
        self.camera.fit_most = self.camera.most if on else self._usual_fit
        self.fit()

    def centre_on(self, point: QPointF) -> None:
        """Put a scene point into the middle."""
        self.shows_all = False
        self.camera.centre_on(point, self._size)
        self.moved.emit()

    def reveal(self, rect: QRectF) -> None:
        """Pan as little as brings a scene rectangle into sight."""
        self.camera.reveal(rect, self._size)
        self.moved.emit()

    # What happens to the picture and the widget -------------------------------------------------------------------

    def picture_changed(self) -> None:
        """Fit again if all of the picture was in view and no longer is."""
        if self.shows_all and not self.visible.contains(self.bounds):
            self.fit()

    def resized(self, event: QResizeEvent) -> None:
        """Go on showing the whole picture, or keep the middle in the middle."""
        if self.shows_all:
            self.fit()
            return
        if event.oldSize().isValid():
            grown = event.size() - event.oldSize()
            self.camera.pan(QPointF(grown.width() / 2, grown.height() / 2))
        self.moved.emit()

    def wheel(self, event: QWheelEvent) -> None:
        """Ctrl and wheel zooms about the pointer; a wheel or two fingers pan, Shift turning it sideways."""
        turned = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(WHEEL_ZOOM ** (turned.y() or turned.x()), event.position())
        else:
            by = QPointF(event.pixelDelta()) if not event.pixelDelta().isNull() else QPointF(turned) / 2
            sideways = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not by.x()
            self.pan(QPointF(by.y(), 0) if sideways else by)
        event.accept()

    def take_gesture(self, event: QEvent) -> bool:
        """Pinch, on a touch screen or a touch pad; False for any other event."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1.0 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.Gesture and isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self.zoom(pinch.scaleFactor(), QPointF(self._widget.mapFromGlobal(pinch.centerPoint().toPoint())))
                return True
        return False
