"""A number that another one comes from, as a row to click."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.numbers import to_digits
from app.kit.origin.facts import Parent
from app.kit.origin.pieces import laid_out
from app.kit.plain_maths import plain_text
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided
from app.kit.words import plain_tip

HEIGHT = 28
NAME_WIDTH, VALUE_WIDTH = 52, 66


class ParentRow(KeyFocus, PaintedButton):
    """Name in symbols, what it is in words, its value."""

    def __init__(self, shown: Parent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    def show_parent(self, shown: Parent) -> None:
        """Show another number, or the same one with another value."""
        if shown != self.shown:
            self.shown = shown
            self._say()
            self.update()

    def _say(self) -> None:
        self.setToolTip(plain_tip(self.shown.place))
        self.setAccessibleName(f"{plain_text(self.shown.name)}, {self.shown.place}, {self._value}")

    @property
    def _value(self) -> str:
        value = self.shown.value
        return self.tr("not yet") if value is None else self.shown.printed or to_digits(value, 4)

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter) -> None:
        lively = self.underMouse() or self.focused_by_key
        painter.setPen(look.pen(theme.colour("accent" if lively else "border")))
        painter.setBrush(theme.colour("raised" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        formula = laid_out(self.shown.name, 14.0)
        formula.paint(painter, 8.0, self.height() / 2 + 4, frozenset(), "text")
        left = max(NAME_WIDTH, formula.width + 16)
        painter.setFont(look.font(12))
        painter.setPen(theme.colour("text"))
        words = QRectF(left, 0, self.width() - left - VALUE_WIDTH - 14, self.height())
        draw_elided(painter, words, Qt.AlignmentFlag.AlignVCenter, self.shown.place)
        self._paint_value(painter)
        painter.setPen(look.pen(theme.colour("text_muted"), 1.3))
        x, y = self.width() - 9.0, self.height() / 2
        painter.drawPolyline([QPointF(x - 2, y - 3), QPointF(x + 1, y), QPointF(x - 2, y + 3)])

    def _paint_value(self, painter: QPainter) -> None:
        value = self.shown.value
        painter.setFont(look.tabular(look.font(12, QFont.Weight.Normal if value is None else QFont.Weight.DemiBold)))
        painter.setPen(theme.colour("text_muted") if value is None else look.signed_text(value))
        box = QRectF(self.width() - VALUE_WIDTH - 16, 0, VALUE_WIDTH, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._value)
