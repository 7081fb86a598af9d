"""A layer's units side by side: on what share of the points each is on, and which are dead, saturated or overgrown."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.listing import joined
from app.kit.numbers import grouped, percent
from app.kit.widgets.painted import KeyFocus, Painted, set_pixels
from app.kit.words import plain_tip

HEAD, LABEL, SHARE, GAP = 18, 15, 14, 5
LABELLED, NUMBERED = 8, 32
"""Up to so many units have number and share written beneath them, or the number alone; more are plain bars."""
ROW = 16
TALL, SHORT = 30, 22
WIDEST = 40
HATCH = 5.0


@dataclass(frozen=True, slots=True)
class UnitsShown:
    """``on``: each unit's share, 0 … 1. ``trouble``: by unit, ``dead``, ``saturated`` or ``overgrown``. ``between``: on
    means between two thresholds, as for tanh, rather than above one."""

    on: tuple[float, ...] = ()
    trouble: Mapping[int, str] | None = None
    between: bool = False


class UnitsStrip(KeyFocus, Painted):
    """``picked(unit)``: clicked, or chosen with the arrow keys."""

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = UnitsShown()
        self._selected: int | None = None
        self._hovered: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Units of the layer"))
        self._fit()

    def show_units(self, shown: UnitsShown) -> None:
        """Show other units; none leaves the strip out."""
        if shown == self._shown:
            return
        resized = len(shown.on) != len(self._shown.on)
        self._shown = shown
        if resized:
            self._fit()
        self.setVisible(bool(shown.on))
        self.setAccessibleDescription(self._in_words())
        self.update()

    def select(self, unit: int | None) -> None:
        """Mark the unit that is chosen on the canvas."""
        self._selected = unit
        self.update()

    def _in_words(self) -> str:
        troubles = self._shown.trouble or {}
        said = [f"{grouped(unit + 1)} {self._word(trouble)}" for unit, trouble in sorted(troubles.items())]
        return joined(said)

    def _word(self, trouble: str) -> str:
        words = {"dead": self.tr("dead"), "saturated": self.tr("saturated"), "overgrown": self.tr("overgrown")}
        return words[trouble]

    # Places -------------------------------------------------------------------------------------------------------

    @property
    def _count(self) -> int:
        return len(self._shown.on)

    def _columns(self) -> int:
        return min(self._count, ROW) if LABELLED < self._count <= NUMBERED else max(self._count, 1)

    def _line(self) -> int:
        """The height of one row with its labels."""
        if self._count <= LABELLED:
            return TALL + LABEL + SHARE
        return SHORT + LABEL if self._count <= NUMBERED else TALL + GAP

    def _fit(self) -> None:
        rows = math.ceil(self._count / self._columns())
        self.setFixedHeight(HEAD + rows * self._line())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(260, self.height())

    def _box(self, unit: int) -> QRectF:
        """A unit's bar."""
        columns = self._columns()
        row, column = divmod(unit, columns)
        pitch = min(self.width() / columns, WIDEST if self._count <= LABELLED else self.width())
        gap = GAP if self._count <= LABELLED else 3.0 if self._count <= NUMBERED else min(1.0, 0.2 * pitch)
        tall = SHORT if LABELLED < self._count <= NUMBERED else TALL
        return QRectF(column * pitch, HEAD + row * self._line(), max(pitch - gap, 1.0), tall)

    def _unit_at(self, point: QPointF) -> int | None:
        for unit in range(self._count):
            box = self._box(unit)
            if box.adjusted(0, 0, 0, self._line() - box.height()).contains(point):
                return unit
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        self._paint_head(painter)
        for unit, share in enumerate(self._shown.on):
            self._paint_unit(painter, unit, share)

    def _paint_head(self, painter: QPainter) -> None:
        set_pixels(painter, 11, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text_muted"))
        head = in_capitals(self.tr("Units"))
        line = QRectF(0, 0, self.width(), HEAD - 4)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, head)
        left = QFontMetricsF(painter.font()).horizontalAdvance(head)
        set_pixels(painter, 11, QFont.Weight.Normal)
        share = self.tr("share of points at which each is not flat") if self._shown.between else self.tr(
            "share of points that switch each on"
        )  # fmt: skip
        painter.drawText(line.adjusted(left + 5, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, f"· {share}")

    def _paint_unit(self, painter: QPainter, unit: int, share: float) -> None:
        box, trouble = self._box(unit), (self._shown.trouble or {}).get(unit)
        radius = min(4.0, box.width() / 4)
        outline = QPainterPath()
        outline.addRoundedRect(box, radius, radius)
        painter.fillPath(outline, theme.colour("track"))
        painter.save()
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
        if trouble == "dead":
            self._hatch(painter, box)
        else:
            fill = theme.colour("positive")
            fill.setAlphaF(0.55)
            painter.fillRect(QRectF(box.x(), box.bottom() - share * box.height(), box.width(), box.height()), fill)
        painter.restore()
        self._paint_rim(painter, unit, outline, trouble)
        self._paint_labels(painter, unit, share, trouble)

    @staticmethod
    def _hatch(painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, theme.colour("surface"))
        colour = theme.colour("danger")
        colour.setAlphaF(0.5)
        painter.setPen(QPen(colour, 1.2))
        across = HATCH
        while across < box.width() + box.height():
            painter.drawLine(
                box.topLeft() + QPointF(across, 0), box.topLeft() + QPointF(across - box.height(), box.height())
            )
            across += HATCH

    def _paint_rim(self, painter: QPainter, unit: int, outline: QPainterPath, trouble: str | None) -> None:
        chosen = unit == self._selected
        lit = unit == self._hovered or (self.focused_by_key and chosen)
        if trouble is None and not chosen and not lit:
            return
        colour = theme.colour("accent") if trouble is None else theme.colour(_COLOURS[trouble])
        pen = QPen(colour, 2.0 if chosen else 1.4)
        if trouble == "saturated":
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)

    def _paint_labels(self, painter: QPainter, unit: int, share: float, trouble: str | None) -> None:
        if self._count > NUMBERED:
            return
        box = self._box(unit)
        centre = Qt.AlignmentFlag.AlignCenter
        few = self._count <= LABELLED
        bold = few or unit == self._selected
        set_pixels(painter, 11 if few else 10, QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setPen(theme.colour("text" if trouble is None else _COLOURS[trouble]))
        painter.drawText(QRectF(box.x() - 3, box.bottom() + 1, box.width() + 6, LABEL - 1), centre, grouped(unit + 1))
        if few:
            set_pixels(painter, 11, QFont.Weight.Normal)
            room = QRectF(box.x() - 4, box.bottom() + LABEL, box.width() + 8, SHARE)
            painter.drawText(room, centre, percent(share))

    # Hands --------------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        under = self._unit_at(event.position())
        if under != self._hovered:
            self._hovered = under
            self.setCursor(Qt.CursorShape.ArrowCursor if under is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        unit = self._unit_at(event.position())
        if unit is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(unit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._count:
            super().keyPressEvent(event)
            return
        at = self._selected if self._selected is not None else (-1 if step > 0 else self._count)
        self.picked.emit(min(max(at + step, 0), self._count - 1))

    def tip_at(self, point: QPointF) -> str:
        """What to say about the unit under a point; empty beside them."""
        unit = self._unit_at(point)
        if unit is None:
            return ""
        trouble = (self._shown.trouble or {}).get(unit)
        share = percent(self._shown.on[unit])
        text = self.tr("Unit {unit}: on for {share} of the training points").format(unit=grouped(unit + 1), share=share)
        return joined((text, self._word(trouble))) if trouble is not None else text

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.tip_at(QPointF(event.pos()))), self)
            return True
        return super().event(event)


_COLOURS = {"dead": "danger", "saturated": "warning", "overgrown": "danger"}
