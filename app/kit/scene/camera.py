"""The camera: which part of a picture is shown, and how large."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

MIN_SCALE = 0.2
MAX_SCALE = 4.0
FIT_MARGIN = 28.0
FIT_MAX_SCALE = 1.25
"""Zoom to fit does not blow a small picture up beyond this."""


class Camera:
    """Maps scene units to widget pixels: ``view = scene · scale + offset``.

    ``least`` and ``most``: the scales between which it is held; ``fit_most``: the most to which fitting enlarges, and
    ``margin``: the pixels that it leaves on each side.
    """

    def __init__(
        self,
        least: float = MIN_SCALE,
        most: float = MAX_SCALE,
        *,
        fit_most: float = FIT_MAX_SCALE,
        margin: float = FIT_MARGIN,
    ) -> None:
        self.least, self.most, self.fit_most = least, most, fit_most
        self.margin = margin
        self.scale = 1.0
        self.offset = QPointF(0.0, 0.0)

    def to_view(self, point: QPointF) -> QPointF:
        """A scene point in widget pixels."""
        return point * self.scale + self.offset

    def to_scene(self, point: QPointF) -> QPointF:
        """A widget pixel in scene units."""
        return (point - self.offset) / self.scale

    def rect_to_view(self, rect: QRectF) -> QRectF:
        """A scene rectangle in widget pixels."""
        return QRectF(self.to_view(rect.topLeft()), rect.size() * self.scale)

    def visible(self, size: QSizeF) -> QRectF:
        """The scene rectangle that a widget of this size shows."""
        return QRectF(self.to_scene(QPointF(0.0, 0.0)), size / self.scale)

    @property
    def transform(self) -> QTransform:
        """The painter's transform for drawing in scene units."""
        return QTransform(self.scale, 0.0, 0.0, self.scale, self.offset.x(), self.offset.y())

    def pan(self, by: QPointF) -> None:
        """Shift the picture by widget pixels."""
        self.offset = self.offset + by  # another point: whoever keeps the old one keeps it

    def zoom(self, factor: float, anchor: QPointF) -> None:
        """Zoom by a factor about a widget pixel, which keeps its scene point; 20 to 400 % unless told."""
        scale = min(max(self.scale * factor, self.least), self.most)
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
        room = area.adjusted(self.margin, self.margin, -self.margin, -self.margin)
        scale = min(room.width() / bounds.width(), room.height() / bounds.height(), self.fit_most)
        self.scale = min(max(scale, self.least), self.most)
        self.offset = area.center() - bounds.center() * self.scale

    def reveal(self, rect: QRectF, size: QSizeF) -> bool:
        """Pan as little as brings a scene rectangle into sight; says whether it moved."""
        shown = self.rect_to_view(rect).adjusted(-16, -16, 16, 16)
        right, bottom = min(0.0, size.width() - shown.right()), min(0.0, size.height() - shown.bottom())
        by = QPointF(max(right, -shown.left()) if shown.left() < 0 or right else 0.0,
                     max(bottom, -shown.top()) if shown.top() < 0 or bottom else 0.0)  # fmt: skip
        self.pan(by)
        return not by.isNull()
