"""The toy sets as small pictures to choose from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.kit.widgets.cards import CARD, paint_card
from app.kit.widgets.painted import KeyFocus, PaintedButton
from app.kit.words import plain_tip
from app.workspaces.playground.panels.scatter import scatter_pixmap


class Thumbnail(KeyFocus, PaintedButton):
    """A toy set's picture; checked while it is the data set."""

    def __init__(self, key: str, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(title)

    def sizeHint(self) -> QSize:
        return QSize(CARD, CARD)

    def nextCheckState(self) -> None:
        """The document says what is checked."""

    def paint(self, painter: QPainter) -> None:
        paint_card(painter, self, chosen=self.isChecked())
        side = min(self.width(), self.height())
        picture = scatter_pixmap(self.key, side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)
