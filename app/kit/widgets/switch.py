"""A switch between a few views of one place: parts of one pill, exactly one of them raised."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from app.kit import theme
from app.kit.widgets.painted import KeyFocus, Painting, draw_elided, set_pixels
from app.kit.words import plain_tip

HEIGHT = 30
INSET = 2.0
PIXELS, PADDING, LEAST = 13, 14, 30


class Switch(KeyFocus, Painting, QTabBar):
    """A tab bar in another dress: arrow keys, names and roles are Qt's. ``currentChanged(int)`` says what is shown."""

    def __init__(self, name: str, parts: tuple[tuple[str, str], ...], parent: QWidget | None = None) -> None:
        """``name``: for screen readers. ``parts``: text and tooltip of each."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(True)
        self.setUsesScrollButtons(False)  # a part that is scrolled out of a pill is not seen to be one
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_parts(parts)

    def set_parts(self, parts: tuple[tuple[str, str], ...]) -> None:
        """Offer these from now on; which of them is shown stays where their texts do."""
        if [text for text, _tip in parts] == [self.tabText(index) for index in range(self.count())]:
            return
        while self.count():
            self.removeTab(0)
        for text, tip in parts:
            self.setTabToolTip(self.addTab(text), plain_tip(tip))

    def tabSizeHint(self, index: int) -> QSize:
        font = QFont(self.font())
        font.setPixelSize(PIXELS)
        font.setWeight(QFont.Weight.DemiBold)
        return QSize(QFontMetrics(font).horizontalAdvance(self.tabText(index)) + 2 * PADDING, HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return QSize(LEAST, HEIGHT)

    def sizeHint(self) -> QSize:
        return QSize(sum(self.tabSizeHint(index).width() for index in range(self.count())), HEIGHT)

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
            set_pixels(painter, PIXELS, QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
            painter.setPen(theme.colour("accent" if chosen else "text_muted"))
            draw_elided(painter, part.adjusted(4, 0, -4, 0), Qt.AlignmentFlag.AlignCenter, self.tabText(index))
