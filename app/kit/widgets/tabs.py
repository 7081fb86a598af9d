"""Tabs as words, an accent line under the one in front."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QTabBar, QWidget

from app.kit import theme
from app.kit.widgets.painted import KeyFocus, Painting, set_pixels

FOLDED = -1
"""In place of a tab's number: none is open."""


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

    @property
    def front(self) -> int:
        """The tab that is shown."""
        return self.currentIndex()

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to what scrolls round the tabs."""
        event.ignore()

    def paint(self, painter: QPainter) -> None:
        for index in filter(self.isTabVisible, range(self.count())):
            self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        box = QRectF(self.tabRect(index))
        front = index == self.front
        set_pixels(painter, 13, QFont.Weight.Bold if front else QFont.Weight.Normal)
        painter.setPen(theme.colour("accent" if front or index == self._hovered else "text_muted"))
        painter.drawText(box.adjusted(0, 0, 0, -3), Qt.AlignmentFlag.AlignCenter, self.tabText(index))
        if front:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(box.adjusted(8, box.height() - 3, -8, 0), 1.5, 1.5)
        if self.focused_by_key and index == self.currentIndex():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour("accent"))
            painter.drawRoundedRect(box.adjusted(2, 4, -2, -5), 5, 5)


class FoldingTabs(UnderlinedTabs):
    """Tabs over a part that is folded until one of them is clicked, and again when that one is clicked once more.

    ``turned(front)``: another tab is open, or none, :data:`FOLDED`."""

    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_open = False
        self.setToolTip(self.tr("Click to open, once more to fold"))
        self.currentChanged.connect(self._turn)

    @property
    def front(self) -> int:
        return self.currentIndex() if self._is_open else FOLDED

    def open_tab(self, index: int) -> None:
        """Open a tab, or fold the part."""
        before, self._is_open = self.front, index != FOLDED
        if self._is_open:
            with QSignalBlocker(self):
                self.setCurrentIndex(index)
        if self.front != before:
            self.update()
            self.turned.emit(self.front)

    @Slot(int)
    def _turn(self, index: int) -> None:
        if self._is_open:
            self.turned.emit(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        tab, before = self.tabAt(event.position().toPoint()), self.front
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and tab >= 0:
            self.open_tab(FOLDED if tab == before else tab)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_tab(FOLDED if self._is_open else self.currentIndex())
        else:
            super().keyPressEvent(event)
