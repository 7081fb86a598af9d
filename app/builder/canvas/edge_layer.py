"""The picture of all edges between neurons: ordered, kept and blitted; painted by hand until the kernels are loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from app.builder.canvas.bundles import Bundle
from app.builder.canvas.edge_job import EdgeDrawing, EdgeOrder, EdgePicture, reference_weight
from app.builder.canvas.selection import EdgeRef
from app.kit import look
from app.kit.background import Background
from app.kit.scene.camera import Camera
from app.kit.scene.curves import curve
from engine.network import warm

STROKED_BY_HAND = 240
"""How many of the strongest edges QPainter draws while the kernels are not loaded."""
WIDTH_STEPS = 6

Silent = Mapping[str, Collection[int]]


def kernels_ready() -> bool:
    """Whether the compiled rasteriser may be used without stalling the window."""
    return warm.ready()


class EdgeLayer(QObject):
    """Holds the latest picture. ``refreshed`` when a new one has arrived, ``given_up(problem)`` when it could not be
    drawn; ``share``: None lets the number decide."""

    refreshed = Signal()
    given_up = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.share: float | None = None
        self.threshold = 0.0
        self.drawn_share = 1.0
        self.bundles: list[Bundle] = []
        self._drawn: list[Bundle] = []
        self._drawing = EdgeDrawing()
        self._background = Background("edges", latest_only=False, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self.given_up)
        self._picture: EdgePicture | None = None
        self._image: QImage | None = None
        self._ordered: EdgeOrder | None = None

    @property
    def edges(self) -> int:
        """How many edges are drawn one by one: those of ribbons are not."""
        return sum(bundle.weights.size for bundle in self._drawn)

    @property
    def current(self) -> bool:
        """Whether the picture shown answers the latest order."""
        return self._ordered is None or (self._picture is not None and self._picture.order is self._ordered)

    def bundle_of(self, edge: EdgeRef | None) -> Bundle | None:
        """The edges among which this one is drawn; None when it is no longer there."""
        if edge is None:
            return None
        for bundle in self.bundles:
            ends, (rows, columns) = (bundle.wire.source, bundle.wire.target), bundle.weights.shape
            if ends == (edge.source, edge.target) and edge.row < rows and edge.column < columns:
                return bundle
        return None

    def refresh(
        self, bundles: list[Bundle], camera: Camera, size: QSize, ratio: float, silent: Silent | None = None
    ) -> None:
        """Order a picture of these edges for a widget of this size. Those of ``silent`` units, by block id, are left
        out of it: whoever knows why draws them in another way."""
        self.bundles = bundles
        self._drawn = [without(bundle, silent or {}) for bundle in bundles if not bundle.ribbon]
        if not kernels_ready():
            self._ordered, self._image = None, self._stroke_strongest(camera, size, ratio)
            self._picture, self.drawn_share = None, min(1.0, STROKED_BY_HAND / max(1, self.edges))
            self.refreshed.emit()
            return
        origin = camera.to_scene(QPointF(0.0, 0.0))
        self._ordered = EdgeOrder(
            tuple(self._drawn),
            round(size.width() * ratio),
            round(size.height() * ratio),
            camera.scale * ratio,
            (origin.x(), origin.y()),
            look.rgb("positive"),
            look.rgb("negative"),
            self.share,
        )
        self._background.request(partial(self._drawing.draw, self._ordered))

    @Slot(object)
    def _take(self, picture: EdgePicture) -> None:
        self._picture, self.threshold, self.drawn_share = picture, picture.threshold, picture.share
        height, width = picture.pixels.shape
        # The image only looks at the array; the picture that is kept beside it owns the pixels.
        self._image = QImage(picture.pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
        self._frame = picture.order.scale, QPointF(*picture.order.origin)
        self.refreshed.emit()

    def paint(self, painter: QPainter, camera: Camera, ratio: float) -> None:
        """Blit the picture, in widget pixels. While a pan or zoom is ahead of it, it is shifted or stretched along."""
        if self._image is None:
            return
        scale, origin = self._frame
        stretch = camera.scale / scale
        place = QRectF(camera.to_view(origin), self._image.size().toSizeF() * stretch)
        if abs(stretch * ratio - 1.0) < 1e-6:
            corner = place.topLeft() * ratio
            place.moveTopLeft(QPointF(round(corner.x()), round(corner.y())) / ratio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, abs(stretch * ratio - 1.0) > 1e-6)
        painter.drawImage(place, self._image)

    def _stroke_strongest(self, camera: Camera, size: QSize, ratio: float) -> QImage:
        image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        self._frame = camera.scale * ratio, camera.to_scene(QPointF(0.0, 0.0))
        painter = QPainter(image)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(ratio, ratio)
            painter.setTransform(camera.transform, True)
            self.threshold = stroke(painter, self._drawn, STROKED_BY_HAND)
        finally:
            painter.end()
        return image


def without(bundle: Bundle, silent: Silent) -> Bundle:
    """The edges without those that lead into or out of silent units."""
    rows, columns = silent.get(bundle.wire.target, ()), silent.get(bundle.wire.source, ())
    if not rows and not columns:
        return bundle
    weights = bundle.weights.copy()
    weights[[row for row in rows if row < weights.shape[0]], :] = 0.0
    weights[:, [column for column in columns if column < weights.shape[1]]] = 0.0
    return replace(bundle, weights=weights)


def stroke(painter: QPainter, bundles: list[Bundle], most: int) -> float:
    """Draw the ``most`` strongest edges with QPainter in a few strengths; returns the weakest \\|w\\| drawn."""
    if not bundles:
        return 0.0
    sizes = np.nan_to_num(np.concatenate([np.abs(bundle.weights).ravel() for bundle in bundles]))
    threshold = float(np.partition(sizes, -most)[-most]) if sizes.size > most else 0.0
    reference = reference_weight(tuple(bundles))
    paths = {(sign, step): QPainterPath() for sign in (-1, 1) for step in range(WIDTH_STEPS)}
    for bundle in bundles:
        for row, column in np.argwhere(np.abs(bundle.weights) >= threshold):
            weight = float(bundle.weights[row, column])
            step = min(WIDTH_STEPS - 1, int(abs(weight) / reference * WIDTH_STEPS))
            curve(*bundle.ends(row, column), paths[1 if weight >= 0 else -1, step])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for (sign, step), path in paths.items():
        strength = (step + 0.5) / WIDTH_STEPS
        colour = QColor(look.signed(sign))
        colour.setAlphaF(0.34 + 0.5 * strength)
        painter.setPen(look.pen(colour, 0.7 + 3.9 * strength))
        painter.drawPath(path)
    return threshold
