"""Buttons that lead to where a number comes from: a row for each number before it, and a question mark."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from app.kit import look, theme
from app.kit.formula.boxes import LaidOut
from app.kit.icons import set_icon
from app.kit.numbers import to_digits
from app.kit.origin.facts import Parent
from app.kit.origin.formula import laid_out
from app.kit.plain_maths import plain_text
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_shrunk
from app.kit.words import plain_tip

HEIGHT, AIR = 28, 4
"""Of a row of one line, and above and below what needs more."""
NAME_WIDTH, VALUE_WIDTH, SIDE = 52, 66, 8
"""The least of the first two: a longer name or value takes more."""
LEAST_NAME_WIDTH = 32
"""Left for a name beside a long value: the name shrinks into it, and only then the value."""
ARROW_WIDTH = 16
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop


class ParentRow(KeyFocus, PaintedButton):
    """Name in symbols, what it is in words, its value; as high as the name is. Where there is no room for the words
    beside it they stand beneath. Nothing of a value is cut: the name shrinks to make room for it."""

    def __init__(self, shown: Parent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = shown
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._say()

    def show_parent(self, shown: Parent) -> None:
        """Show another number, or the same one with another value."""
        if shown != self.shown:
            before = self.heightForWidth(self.width())
            self.shown = shown
            self._say()
            if self.heightForWidth(self.width()) != before:
                self.updateGeometry()
            self.update()

    def _say(self) -> None:
        self.setToolTip(plain_tip(self.shown.place))
        self.setAccessibleName(f"{plain_text(self.shown.name)}, {self.shown.place}, {self._value}")

    @property
    def _value(self) -> str:
        value = self.shown.value
        return self.tr("not yet") if value is None else self.shown.printed or to_digits(value, 4)

    @property
    def _formula(self) -> LaidOut:
        return laid_out(self.shown.name, 14.0)

    @property
    def _line_height(self) -> int:
        """Of the line of the name: nothing that stands over or under a symbol is cut."""
        return max(HEIGHT, math.ceil(self._formula.height) + 2 * AIR)

    @property
    def _value_font(self) -> QFont:
        weight = QFont.Weight.Normal if self.shown.value is None else QFont.Weight.DemiBold
        return look.tabular(look.font(12, weight))

    def value_box(self, width: int) -> QRectF:
        """Where the value stands in a row of this width: it takes what it needs of the row but for a short name."""
        needed = math.ceil(QFontMetricsF(self._value_font).horizontalAdvance(self._value)) + 1
        most = width - SIDE - LEAST_NAME_WIDTH - ARROW_WIDTH
        taken = min(max(VALUE_WIDTH, needed), max(most, VALUE_WIDTH))
        return QRectF(width - taken - ARROW_WIDTH, 0, taken, self._line_height)

    def name_scale(self, width: int) -> float:
        """How much smaller than in full the name is written, so that it ends before the value."""
        room = max(self.value_box(width).left() - 2 * SIDE, 1.0)
        return min(1.0, room / max(self._formula.width, 1.0))

    def _words_box(self, width: int) -> QRectF:
        """Where the words stand in a row of this width; on lines of their own where they don't fit into it."""
        metrics, height = QFontMetricsF(look.font(12)), self._line_height
        left = max(NAME_WIDTH, self._formula.width + 2 * SIDE)
        room = self.value_box(width).left() - left
        if metrics.horizontalAdvance(self.shown.place) <= room:
            return QRectF(left, 0, room, height)
        beneath = QRectF(SIDE, height - AIR, max(width - 2 * SIDE - 10, 1), 1 << 12)
        beneath.setHeight(metrics.boundingRect(beneath, WRAPPED, self.shown.place).height())
        return beneath

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """In pixels."""
        words = self._words_box(width)
        return math.ceil(words.bottom()) + AIR if words.top() > 0 else self._line_height

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._line_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paint(self, painter: QPainter) -> None:
        lively = self.underMouse() or self.focused_by_key
        painter.setPen(look.pen(theme.colour("accent" if lively else "border")))
        painter.setBrush(theme.colour("raised" if self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        formula, line = self._formula, self._line_height
        baseline = max(min(line / 2 + 4, line - AIR - formula.descent), AIR + formula.ascent)
        scale = self.name_scale(self.width())
        painter.save()
        painter.translate(SIDE, baseline)
        painter.scale(scale, scale)
        formula.paint(painter, 0.0, 0.0, frozenset(), "text")
        painter.restore()
        painter.setFont(look.font(12))
        painter.setPen(theme.colour("text"))
        words = self._words_box(self.width())
        if words.top() > 0:
            painter.drawText(words, WRAPPED, self.shown.place)
        else:
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.shown.place)
        self._paint_value(painter)
        painter.setPen(look.pen(theme.colour("text_muted"), 1.3))
        x, y = self.width() - 9.0, self.height() / 2
        painter.drawPolyline([QPointF(x - 2, y - 3), QPointF(x + 1, y), QPointF(x - 2, y + 3)])

    def _paint_value(self, painter: QPainter) -> None:
        value = self.shown.value
        painter.setFont(self._value_font)
        painter.setPen(theme.colour("text_muted") if value is None else look.signed_text(value))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        draw_shrunk(painter, self.value_box(self.width()), right, self._value)


class OriginButton(QToolButton):
    """The question mark beside a number that is edited where it stands. ``of``: the number, for those who hear it."""

    def __init__(self, of: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_icon(self, "help")
        self.setIconSize(QSize(13, 13))
        self.setFixedSize(20, 20)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("Where does this number come from?"))
        self.setAccessibleName(self.tr("Where does it come from: {number}").format(number=of))
