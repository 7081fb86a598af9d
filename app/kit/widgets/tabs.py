"""Tabs as words, an accent line under the one in front."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter
from PySide6.QtWidgets import QTabBar, QWidget

from app.kit import theme
from app.kit.widgets.painted import KeyFocus, Painting, set_pixels


class UnderlinedTabs(KeyFocus, Painting, QTabBar):
    """Words with an accent line under the one in front."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._hovered = -1
        self._reserved: dict[int, tuple[str, ...]] = {}

    def reserve(self, index: int, texts: Iterable[str]) -> None:
        """Give a tab room for any of these texts, so that the others stay in their places when it bears another."""
        self._reserved[index] = tuple(texts)

    def tabSizeHint(self, index: int) -> QSize:
        font = self.font()
        font.setPixelSize(13)
        font.setBold(True)
        metrics, texts = QFontMetrics(font), (self.tabText(index), *self._reserved.get(index, ()))
        return QSize(max(map(metrics.horizontalAdvance, texts)) + 28, 34)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self.tabAt(event.position().toPoint())
        self.update()
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def paint(self, painter: QPainter) -> None:
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        box = QRectF(self.tabRect(index))
        front = index == self.currentIndex()
        set_pixels(painter, 13, QFont.Weight.Bold if front else QFont.Weight.Normal)
        painter.setPen(theme.colour("accent" if front or index == self._hovered else "text_muted"))
        painter.drawText(box.adjusted(0, 0, 0, -3), Qt.AlignmentFlag.AlignCenter, self.tabText(index))
        if front:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(box.adjusted(8, box.height() - 3, -8, 0), 1.5, 1.5)
            if self.focused_by_key:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(theme.colour("accent"))
                painter.drawRoundedRect(box.adjusted(2, 4, -2, -5), 5, 5)
