"""What the layer's own z would make of each function that is compared: off, dead and saturated, kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QMouseEvent, QPainter
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.words import plain_tip
from app.workspaces.activations.fate_words import fate_words, lost_share, share_words
from app.workspaces.activations.keys import SHARE
from app.workspaces.activations.layer_view import LayerView
from app.workspaces.activations.shown import Shown
from engine.activations.shares import Shares

HEIGHT, BAR = 30, 5
NUMBER_WIDTH = 58


@dataclass(frozen=True, slots=True)
class Fate:
    """A function, what becomes of the layer's z under it (None: not known yet), and whether the layer has it now."""

    shown: Shown
    shares: Shares | None
    now: bool


class FateRow(KeyFocus, PaintedButton):
    """One function's line and bar; chosen, it is the one that the button would put into the layer. ``asked``: its
    number was clicked."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fate: Fate | None = None
        self._on_number = False
        self.setMouseTracking(True)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_fate(self, fate: Fate) -> None:
        """Show another."""
        if fate == self._fate:
            return
        said, self._fate = self._said, fate
        if said == self._said:
            return
        self.setAccessibleName(f"{fate.shown.name}: {self._words()}, {self._share()}")
        what = self.tr("Choose the activation that the button below puts into the layer")
        self.setToolTip(plain_tip(f"{self._words()}\n{what}"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    @property
    def _said(self) -> tuple[object, ...] | None:
        """All that is seen of the present one; another parameter need not change any of it."""
        if self._fate is None:
            return None
        return self._fate.shown.look, self._fate.now, self._value(), self._share(), self._words()

    def _words(self) -> str:
        assert self._fate is not None
        return fate_words(self._fate.shown, self._fate.shares)

    def _value(self) -> float | None:
        assert self._fate is not None
        return lost_share(self._fate.shown, self._fate.shares)

    def _share(self) -> str:
        assert self._fate is not None
        return share_words(self._fate.shown, self._fate.shares)

    def _is_number(self, place: QPointF) -> bool:
        return place.x() > self.width() - NUMBER_WIDTH and place.y() < HEIGHT - 8

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        on = self._is_number(event.position())
        if on is not self._on_number:
            self._on_number = on
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        asked = self._is_number(event.position()) and self._value() is not None
        super().mouseReleaseEvent(event)
        if asked:
            self.asked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._on_number = False
        self.update()

    def paint(self, painter: QPainter) -> None:
        if self._fate is None:
            return
        box, colour = QRectF(self.rect()), self._fate.shown.colour
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self.isChecked() else "raised"))
            painter.drawRoundedRect(box, 7, 7)
        if self.focused_by_key:
            painter.setPen(theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(8, 7, 10, 10))
        self._paint_line(painter, QRectF(24, 2, self.width() - 32, 20))
        track = QRectF(8, box.bottom() - 7, box.width() - 16, BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(track, BAR / 2, BAR / 2)
        value = self._value()
        if value:
            track.setWidth(max(track.width() * min(value, 1.0), BAR))
            painter.setBrush(colour)
            painter.drawRoundedRect(track, BAR / 2, BAR / 2)

    def _paint_line(self, painter: QPainter, room: QRectF) -> None:
        assert self._fate is not None
        middle, right = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight
        set_pixels(painter, 13, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text" if self._value() is not None else "text_muted"))
        painter.drawText(room, middle | right, self._share())
        if self._value() is not None:
            width = painter.fontMetrics().horizontalAdvance(self._share())
            painter.setPen(theme.colour("accent" if self._on_number else "border"))
            painter.drawLine(
                round(room.right() - width), round(room.bottom()), round(room.right()), round(room.bottom())
            )
        room = room.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(self._share()) - 10, 0)
        painter.setPen(theme.colour("text"))
        draw_elided(painter, room, middle, self._fate.shown.name)
        left = room.left() + painter.fontMetrics().horizontalAdvance(self._fate.shown.name) + 8
        if self._fate.now:
            left = self._paint_now(painter, left, room)
        set_pixels(painter, 11, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        draw_elided(
            painter, QRectF(left, room.top() + 1, max(room.right() - left, 0), room.height()), middle, self._words()
        )

    def _paint_now(self, painter: QPainter, left: float, room: QRectF) -> float:
        set_pixels(painter, 10, QFont.Weight.DemiBold)
        word = self.tr("now")
        width = painter.fontMetrics().horizontalAdvance(word) + 14
        pill = QRectF(left, room.top() + 2, width, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("track"))
        painter.drawRoundedRect(pill, 8, 8)
        painter.setPen(theme.colour("text"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, word)
        return left + width + 8


class FateList(QWidget):
    """``chosen(key)``: by hand. ``asked(key)``: where a share comes from, (SHARE, function)."""

    chosen = Signal(str)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self.rows: dict[str, FateRow] = {}

    def show_fates(self, shown: Sequence[Shown], view: LayerView | None, chosen: str | None) -> None:
        """A row for each function; ``chosen``: the one that is marked."""
        if list(self.rows) != [one.key for one in shown]:
            self._rebuild(shown)
        for one in shown:
            shares = view.under(one.scalar) if view is not None else None
            now = view is not None and view.layer.function.key == one.in_layer
            self.rows[one.key].show_fate(Fate(one, shares, now))
            self.rows[one.key].setChecked(one.key == chosen)

    def _rebuild(self, shown: Sequence[Shown]) -> None:
        for row in self.rows.values():
            self._group.removeButton(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = {}
        for one in shown:
            row = self.rows[one.key] = FateRow()
            row.clicked.connect(lambda _checked=False, key=one.key: self.chosen.emit(key))
            row.asked.connect(lambda key=one.key: self.asked.emit((SHARE, key)))
            self._group.addButton(row)
            self._column.addWidget(row)
