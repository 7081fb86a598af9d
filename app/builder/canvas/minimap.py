"""The whole of the network in a corner, with the part in view to drag about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from app.kit import look, theme
from app.kit.scene.viewport import Viewport
from app.kit.widgets.painted import Painted

SIZE = (112, 64)
MARGIN = 8.0


class MinimapBar(NamedTuple):
    """One thing of the picture as the map shows it: a bar where it lies, in scene units."""

    rect: QRectF
    chosen: bool = False


class MiniMap(Painted):
    """Click or drag to look elsewhere through the viewport. ``marks()`` says what there is to show."""

    def __init__(self, viewport: Viewport, marks: Callable[[], Iterable[MinimapBar]], parent: QWidget) -> None:
        super().__init__(parent)
        self._viewport, self._marks = viewport, marks
        self._held: QRectF | None = None
        self._grip = QPointF()
        self.setFixedSize(*SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Mini-map"))

    def _shown(self) -> QRectF:
        """What the map shows: the picture and the part in view; during a drag what it showed at its start."""
        if self._held is not None:
            return self._held
        return self._viewport.bounds.united(self._viewport.visible)

    def _scale(self) -> float:
        shown = self._shown()
        room = QSizeF(self.width() - 2 * MARGIN, self.height() - 2 * MARGIN)
        return min(room.width() / max(shown.width(), 1.0), room.height() / max(shown.height(), 1.0))

    def _to_map(self, rect: QRectF) -> QRectF:
        scale = self._scale()
        middle = QRectF(self.rect()).center()
        corner = (rect.topLeft() - self._shown().center()) * scale + middle
        return QRectF(corner, rect.size() * scale)

    def _look_at(self, point: QPointF) -> None:
        middle = QRectF(self.rect()).center()
        self._viewport.centre_on((point - middle) / self._scale() + self._shown().center())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        view = self._to_map(self._viewport.visible)
        if not view.contains(event.position()):
            self._look_at(event.position())
        self._held = self._shown()
        self._grip = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the part in view."""
        if self._held is not None:
            self._viewport.pan((self._grip - event.position()) / self._scale() * self._viewport.camera.scale)
            self._grip = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show all again."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = None
            self.update()

    def paint(self, painter: QPainter) -> None:
        """The marks as bars, the part in view as a frame."""
        painter.setBrush(look.faded("surface", 0.94))
        painter.setPen(look.pen(theme.colour("border")))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
        painter.setPen(Qt.PenStyle.NoPen)
        for mark in self._marks():
            painter.setBrush(look.faded("accent", 1.0 if mark.chosen else 0.6))
            bar = self._to_map(mark.rect)
            grow = max(0.0, 3.0 - bar.width()) / 2
            painter.drawRoundedRect(bar.adjusted(-grow, -grow, grow, grow), 1.5, 1.5)
        view = self._to_map(self._viewport.visible)
        painter.setBrush(look.faded("accent", 0.06))
        painter.setPen(look.pen(look.faded("accent", 0.7), 1.2))
        painter.drawRoundedRect(view.intersected(QRectF(self.rect()).adjusted(2, 2, -2, -2)), 3, 3)
