"""A row with a name and a number that is typed, or scrubbed by dragging the name sideways."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.kit import theme
from app.kit.numbers import rounded
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.merging import new_gesture
from app.kit.widgets.painted import Painted
from app.kit.widgets.values import ValueEdit
from app.kit.words import plain_tip

PIXELS_PER_DECADE = 80.0
PIXELS_PER_STEP = 4.0
DRAG_START = 3.0


class NumberField(Painted):
    """``edited(value, gesture)``: by hand only; the edits of one scrub carry the same gesture.

    ``log``: scrubbing and the arrow keys go by ratios, else by ``step``. ``optional``: may be empty, which is None.
    """

    edited = Signal(object, str)

    def __init__(
        self,
        label: str,
        low: float,
        high: float,
        tip: str,
        *,
        step: float = 1.0,
        log: bool = False,
        whole: bool = False,
        optional: bool = False,
        nothing: str = "",
        least: float = 1e-6,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._log, self._step, self._least = label, log, step, least
        self._start: tuple[QPointF, float] | None = None
        self._gesture = ""
        self.label = ElidedLabel(label)
        self.label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.field = ValueEdit(low, high, whole=whole, optional=optional, nothing=nothing)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 2, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self.label, 1)
        self._row.addWidget(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.field.setCursor(Qt.CursorShape.IBeamCursor)
        for widget in (self, self.field):
            widget.setToolTip(plain_tip(tip))
            widget.setAccessibleName(label)
        self.field.installEventFilter(self)
        self.field.edited.connect(lambda value: self.edited.emit(value, self._gesture or new_gesture(self._name)))

    def add(self, widget: QWidget) -> None:
        """Put one more control behind the number."""
        self._row.addWidget(widget)

    @property
    def value(self) -> float | None:
        """The value shown."""
        return self.field.value

    def set_value(self, value: float | None) -> None:
        """Show a value; nothing is emitted."""
        self.field.set_value(value)

    def sizeHint(self) -> QSize:
        return QSize(120, 26)

    def minimumSizeHint(self) -> QSize:
        return QSize(90, 26)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The frame round the field is this widget's: Qt paints the field alone anew when the keyboard leaves it."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._start = (event.position(), self._origin())
            self._gesture = new_gesture(self._name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            return
        moved = event.position().x() - self._start[0].x()
        if abs(moved) >= DRAG_START:
            self.field.take(self._moved(self._start[1], moved))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._start is not None and (event.position() - self._start[0]).manhattanLength() < DRAG_START:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._start, self._gesture = None, ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down change the value by a step."""
        direction = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if direction is None:
            super().keyPressEvent(event)
            return
        pixels = PIXELS_PER_DECADE / 10 if self._log else PIXELS_PER_STEP
        self.field.take(self._moved(self._origin(), direction * pixels))

    def _origin(self) -> float:
        value = self.field.value
        return self._least if value is None or (self._log and value <= 0.0) else value

    def _moved(self, origin: float, pixels: float) -> float:
        if self._log:
            value = rounded(origin * 10 ** (pixels / PIXELS_PER_DECADE))
            return 0.0 if value < self._least else value
        return round(origin + round(pixels / PIXELS_PER_STEP) * self._step, 10)

    def paint(self, painter: QPainter) -> None:
        """A frame round the number while it is typed or could be."""
        focused = self.field.hasFocus()
        if not (focused or self.underMouse()):
            return
        box = QRectF(self.field.geometry()).adjusted(0.5, 1.5, 1.5, -1.5)
        painter.setPen(QPen(theme.colour("accent" if focused else "border"), 1.0))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(box, 6, 6)
