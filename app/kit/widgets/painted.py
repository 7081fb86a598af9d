"""The one base of widgets that paint themselves: a painter that is always ended, and the theme's colours followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.kit import theme

if TYPE_CHECKING:
    _Surface = QWidget  # whatever Qt class stands behind it
else:
    _Surface = object


class Painting(_Surface):
    """For any class of Qt's to stand behind: ``class Tabs(Painting, QTabBar)``. Override :meth:`paint`.

    ``antialiased``: whether :meth:`paint` begins with antialiasing on; off where all is text and upright boxes.
    ``ground``: the theme's colour of what it stands on, by its name; it then fills its place with that, so that nothing
    has to be painted beneath it when it changes.
    """

    antialiased = True
    ground = ""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        theme.notifier().changed.connect(self.update)
        if self.ground:
            self.set_ground(self.ground)

    def set_ground(self, name: str) -> None:
        """Fill its place with this colour of the theme from now on, that of what it stands on here."""
        self.ground = name
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paint(self, painter: QPainter) -> None:
        """Paint the widget. The painter is ended afterwards, however this ends."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            if self.ground:
                painter.fillRect(self.rect(), theme.colour(self.ground))
            if self.antialiased:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint(painter)
        finally:
            painter.end()  # an exception with an open painter would end in a crash


class Painted(Painting, QWidget):
    """A widget that paints itself whole."""


class PaintedButton(Painting, QAbstractButton):
    """A button that paints itself whole."""


class KeyFocus(_Surface):
    """Knows whether the focus came by the keyboard: only then is it worth showing."""

    _by_key = False

    @property
    def focused_by_key(self) -> bool:
        """Whether to show that the widget has the focus."""
        return self._by_key and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)


def set_pixels(painter: QPainter, pixels: int, weight: QFont.Weight | None = None) -> None:
    """Go on in the same font at a size, and in a weight where one is given."""
    font = painter.font()
    font.setPixelSize(pixels)
    if weight is not None:
        font.setWeight(weight)
    painter.setFont(font)


def draw_elided(painter: QPainter, box: QRectF, alignment: Qt.AlignmentFlag, text: str) -> None:
    """Write one line into a box; what does not fit becomes an ellipsis."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, alignment, shown)


def draw_shrunk(painter: QPainter, box: QRectF, alignment: Qt.AlignmentFlag, text: str) -> None:
    """Write one line into a box, smaller where it does not fit: of a number, nothing may be cut off."""
    font = painter.font()
    small = shrunk(font, text, box.width())
    if small is not font:
        painter.setFont(small)
    painter.drawText(box, alignment, text)
    if small is not font:
        painter.setFont(font)


def shrunk(font: QFont, text: str, width: float) -> QFont:
    """The font, or a smaller one in which the text is no wider."""
    wide = QFontMetricsF(font).horizontalAdvance(text)
    if wide <= width:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(max(6, int(font.pixelSize() * width / wide)))
    return smaller


def draw_plate(painter: QPainter, box: QRectF, radius: float) -> None:
    """The raised ground of a picture, with a thin border."""
    painter.setPen(QPen(theme.colour("border"), 1.0))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(box, radius, radius)
