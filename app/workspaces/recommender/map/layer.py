"""The picture of all points: ordered, kept and blitted; a few painted by hand until the kernels are loaded."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.kit.background import Background
from app.kit.scene.viewport import Camera
from app.workspaces.recommender.map.job import Order, Picture, draw, placed
from engine.network import warm

AT_ONCE = 20_000
"""Up to so many points are drawn within a frame."""
BY_HAND = 1500
"""So many of the most important points QPainter draws while the kernels are not loaded."""
HAND_WIDTH = 4.0
LOOK_MS = 200
"""How often it is looked whether they are."""


def kernels_ready() -> bool:
    """Whether the compiled rasteriser may be used without stalling the window."""
    return warm.ready()


class PointLayer(QObject):
    """Holds the latest picture. ``arrived(Picture)``: a newer one is there. ``wanted``: it is time to order again."""

    arrived = Signal(object)
    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background("item-map", latest_only=False, parent=self)
        self._background.done.connect(self._take)
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._retry = QTimer(self)
        self._retry.setInterval(LOOK_MS)
        self._retry.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether a picture is still to come."""
        return self._background.busy

    def order(self, order: Order) -> None:
        """Have a picture made: at once for few points, else in the background."""
        if not kernels_ready():
            places = placed(order.view) if order.places is None else order.places
            self._image = _by_hand(order, places)
            self._keep(Picture(order, places, None))
            self._retry.start()
        elif len(order.codes) <= AT_ONCE:
            self._background.cancel()
            self._take(draw(order))
        else:
            self._background.request(partial(draw, order))

    def clear(self) -> None:
        """Show nothing any more."""
        self._background.cancel()
        self._picture, self._image = None, None

    def rest(self) -> None:
        """Look for the kernels no more."""
        self._retry.stop()

    def close(self) -> None:
        """Work nothing more out."""
        self._retry.stop()
        self._background.close()

    @Slot()
    def _look(self) -> None:
        if kernels_ready():
            self._retry.stop()
            self.wanted.emit()

    @Slot(object)
    def _take(self, picture: Picture) -> None:
        if picture.pixels is not None:
            height, width = picture.pixels.shape
            # The image only looks at the array; the picture that is kept beside it owns the pixels.
            kind = QImage.Format.Format_ARGB32_Premultiplied
            self._image = QImage(picture.pixels.data, width, height, 4 * width, kind)
        self._keep(picture)

    def _keep(self, picture: Picture) -> None:
        self._picture = picture
        self.arrived.emit(picture)

    def paint(self, painter: QPainter, camera: Camera, ratio: float) -> None:
        """Blit the picture, in widget pixels. While a pan or zoom is ahead of it, it is shifted or stretched along."""
        if self._image is None or self._picture is None:
            return
        order = self._picture.order
        stretch = camera.scale / order.scale
        place = QRectF(camera.to_view(QPointF(*order.origin)), self._image.size().toSizeF() * stretch)
        exact = abs(stretch * ratio - 1.0) < 1e-6
        if exact:
            corner = place.topLeft() * ratio
            place.moveTopLeft(QPointF(round(corner.x()), round(corner.y())) / ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not exact)
        painter.drawImage(place, self._image)


def _by_hand(order: Order, places: NDArray[np.float32]) -> QImage:
    image = QImage(QSize(max(1, order.width), max(1, order.height)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in order.order[:BY_HAND][::-1].tolist():
            at = (places[row].astype(np.float64) - order.origin) * order.scale
            if np.isfinite(at).all():
                colour = QColor.fromRgb(int(order.palette[order.codes[row]]))
                painter.setPen(QPen(colour, HAND_WIDTH * order.ratio, c=Qt.PenCapStyle.RoundCap))
                painter.drawPoint(QPointF(*at))
    finally:
        painter.end()
    return image
