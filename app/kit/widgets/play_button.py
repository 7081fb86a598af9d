"""The round button that plays and pauses."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPolygonF
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.widgets.painted import KeyFocus, PaintedButton


class RoundPlayButton(KeyFocus, PaintedButton):
    """A filled circle with a triangle, or two bars while it plays."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playing = False
        self.setFixedSize(34, 34)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_playing(self, playing: bool) -> None:
        """Show the pause sign, or the play sign."""
        if playing is not self._playing:
            self._playing = playing
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(34, 34)

    def paint(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        fill = theme.colour("accent")
        painter.setBrush(fill.lighter(112) if self.underMouse() else fill)
        painter.drawEllipse(QRectF(2, 2, 30, 30))
        painter.setBrush(theme.colour("on_accent"))
        self._paint_sign(painter)
        if self.focused_by_key:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("accent"))
            painter.drawEllipse(QRectF(0.5, 0.5, 33, 33))

    def _paint_sign(self, painter: QPainter) -> None:
        if self._playing:
            painter.drawRoundedRect(QRectF(12, 11.5, 3.5, 11), 1, 1)
            painter.drawRoundedRect(QRectF(18.5, 11.5, 3.5, 11), 1, 1)
        else:
            painter.drawPolygon(QPolygonF([QPointF(13.5, 11), QPointF(23, 17), QPointF(13.5, 23)]))
