"""A switch between a few views of one place: parts of one pill, exactly one of them raised."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from app.kit import theme
from app.kit.widgets.painted import KeyFocus, Painting, set_pixels

HEIGHT = 30
INSET = 2.0


class Switch(KeyFocus, Painting, QTabBar):
    """A tab bar in another dress: arrow keys, names and roles are Qt's. ``currentChanged(int)`` says what is shown."""

    def __init__(self, name: str, parts: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        """``name``: for screen readers. ``parts``: text and tooltip of each."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for text, tip in parts:
            self.setTabToolTip(self.addTab(text), tip)

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(super().tabSizeHint(index).width(), HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, HEIGHT)

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.colour("accent"), 1.5) if self.focused_by_key else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(box, HEIGHT / 2, HEIGHT / 2)
        for index in range(self.count()):
            chosen = index == self.currentIndex()
            part = QRectF(self.tabRect(index)).adjusted(INSET, INSET, -INSET, -INSET)
            if chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("surface"))
                painter.drawRoundedRect(part, part.height() / 2, part.height() / 2)
            set_pixels(painter, 13, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
            painter.setPen(theme.colour("accent" if chosen else "text_muted"))
            painter.drawText(part, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
