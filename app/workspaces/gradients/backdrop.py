"""What lies beneath the numbers of a chart, kept as a picture while they alone are others."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtGui import QPaintEngine, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.workspaces.gradients.chart_paint import Pointed, backdrop_key, paint_backdrop
from app.workspaces.gradients.places import Places


class Backdrop:
    """The backdrop of one chart. A drawing in lines keeps its lines."""

    def __init__(self) -> None:
        self._kept: tuple[Hashable, QPixmap] | None = None

    def paint(self, painter: QPainter, chart: QWidget, places: Places, pointed: Pointed) -> None:
        """Paint it, from what was kept where that is still it."""
        engine = painter.paintEngine()
        if engine is None or engine.type() != QPaintEngine.Type.Raster:
            paint_backdrop(painter, places, pointed)
            return
        ratio, font = chart.devicePixelRatioF(), painter.font()
        key = (backdrop_key(places, pointed), ratio, font.key(), theme.current().name)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, self._picture(chart, ratio, places, pointed))
        painter.drawPixmap(0, 0, self._kept[1])

    @staticmethod
    def _picture(chart: QWidget, ratio: float, places: Places, pointed: Pointed) -> QPixmap:
        picture = QPixmap(chart.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme.colour("surface"))
        inner = QPainter(picture)
        try:
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            inner.setFont(chart.font())
            paint_backdrop(inner, places, pointed)
        finally:
            inner.end()
        return picture
