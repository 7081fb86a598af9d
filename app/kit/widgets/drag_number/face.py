"""How a number looks that can be dragged: quiet, with a dotted line under it."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.numbers import dragged, significant
from app.kit.widgets.drag_number.arithmetic import NumberDrag
from app.kit.widgets.painted import KeyFocus, Painted
from app.kit.words import plain_tip

SIDE, LEAST_WIDTH = 5.0, 44


class NumberFace(KeyFocus, Painted):
    """A number as it is written and painted; what changes it is left to who inherits from it.

    ``decimals``, or ``digits`` that are significant, or ``shown`` say how it is written; with ``signed`` in the colour
    of its sign. ``step``: what a pixel or a key press changes; with ``ratios`` they change it by a ratio instead.
    ``whole``: it takes whole numbers only. ``hard``: the least and greatest that may be typed, beyond its bounds.
    """

    def __init__(
        self,
        value: float = 0.0,
        minimum: float = -math.inf,
        maximum: float = math.inf,
        step: float = 0.01,
        *,
        decimals: int = 2,
        digits: int | None = None,
        shown: Callable[[float], str] | None = None,
        ratios: bool = False,
        whole: bool = False,
        hard: tuple[float, float] | None = None,
        signed: bool = False,
        pixels: int = 13,
        name: str = "",
        tip: str = "",
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._drag = NumberDrag(minimum, maximum, step, ratios=ratios, whole=whole)
        self._hard = hard
        self._value = self._drag.bounded(value)
        self._dragging = False
        by_digits = None if digits is None else lambda number: significant(number, digits)
        self._shown = shown or by_digits or (lambda number: dragged(number, decimals))
        self._signed, self._alignment = signed, alignment
        self._font = look.tabular(look.font(pixels, QFont.Weight.DemiBold))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.set_name(name, tip)

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def value(self) -> float:
        """The value shown."""
        return self._value

    @property
    def minimum(self) -> float:
        """The least value; −∞ where there is none."""
        return self._drag.minimum

    @property
    def maximum(self) -> float:
        """The greatest value; ∞ where there is none."""
        return self._drag.maximum

    @property
    def step(self) -> float:
        """What one pixel or one key press changes."""
        return self._drag.step

    @property
    def ratios(self) -> bool:
        """Whether a pixel is a ratio and no difference."""
        return self._drag.ratios

    def snapped(self, value: float) -> float:
        """The nearest value that is a whole number of steps."""
        return self._drag.nudged(value, 0.0)

    @property
    def text(self) -> str:
        """The value as it is written."""
        return self._shown(self._value)

    @property
    def dragging(self) -> bool:
        """Whether the pointer has hold of it."""
        return self._dragging

    def set_value(self, value: float) -> None:
        """Show a value; nothing is emitted. What is no finite number within the bounds becomes the nearest that is."""
        value = self._drag.bounded(value)
        if value != self._value:
            self._value = value
            self._changed()

    def set_range(self, minimum: float, maximum: float, step: float | None = None) -> None:
        """Allow other values. Raises ValueError for bounds that cannot be."""
        self._drag = self._drag.within(minimum, maximum, self.step if step is None else step)
        self.set_value(self._value)
        self.updateGeometry()

    def set_name(self, name: str, tip: str = "") -> None:
        """What it is called, and what its tooltip says beside how it is changed."""
        self.setAccessibleName(name)
        how = self.tr("Drag left or right, or click and type. Arrow keys nudge. Shift is finer, Ctrl coarser.")
        self.setToolTip(plain_tip("\n".join(line for line in (tip or name, how) if line)))
        self._changed()

    def _changed(self) -> None:
        self.setAccessibleDescription(self.text)
        if QFontMetricsF(self._font).horizontalAdvance(self.text) + 2 * SIDE > self.width():
            self.updateGeometry()
        self.update()

    @property
    def baseline_below_middle(self) -> float:
        """Return how far its line of writing is under its middle, in pixels."""
        return QFontMetricsF(self._font).capHeight() / 2 - 0.5

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        texts = [self.text, *(self._shown(end) for end in (self.minimum, self.maximum) if math.isfinite(end))]
        width = max(metrics.horizontalAdvance(text) for text in texts) + 2 * SIDE
        return QSize(max(LEAST_WIDTH, math.ceil(width)), math.ceil(metrics.height()) + 6)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    # Paint --------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        live = self.isEnabled() and (self.underMouse() or self._dragging)
        if live:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.faded("accent", 0.16 if self._dragging else 0.09))
            painter.drawRoundedRect(box, 5, 5)
        if self.focused_by_key:
            painter.setPen(QPen(theme.colour("accent"), 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 5, 5)
        self._paint_number(painter, box.adjusted(SIDE, 0, -SIDE, 0), live=live)

    def _paint_number(self, painter: QPainter, room: QRectF, *, live: bool) -> None:
        painter.setFont(self._font)
        metrics, text = QFontMetricsF(self._font), self.text
        width = metrics.horizontalAdvance(text)
        spare = max(0.0, room.width() - width)
        left, centre = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter
        share = 0.0 if self._alignment & left else 0.5 if self._alignment & centre else 1.0
        x = room.left() + share * spare
        baseline = self.height() / 2 + self.baseline_below_middle
        muted = theme.colour("text_muted")
        ink = look.signed_text(self._value) if self._signed and self._value else theme.colour("text")
        painter.setPen(ink if self.isEnabled() else muted)
        painter.drawText(QPointF(x, baseline), text)
        if self.isEnabled():
            pen = QPen(theme.colour("accent") if live else muted, 1.0, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([1.5, 2.0])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            under = round(baseline + 3.5) + 0.5
            painter.drawLine(QPointF(x, under), QPointF(x + min(width, room.width()), under))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
