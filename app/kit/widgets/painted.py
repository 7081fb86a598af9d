"""The one base of widgets that paint themselves: the theme's colours followed, and faults kept from the window.

Qt paints a whole window in one sweep, and PySide hands an exception in one widget's paint method on to whichever method
of Python is called next; a painter that the traceback still holds is open when its widget or pixmap goes. So every
paint method that Qt calls is :func:`guarded`, and none is left by an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from traceback import extract_tb, walk_tb
from typing import TYPE_CHECKING, Any, ParamSpec
from weakref import WeakKeyDictionary

from PySide6.QtCore import QCoreApplication, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QWidget
from shiboken6 import isValid

from app.kit import theme
from app.kit.errors import announce

if TYPE_CHECKING:
    _Surface = QWidget  # whatever Qt class stands behind it
else:
    _Surface = object

FAULT_PIXELS = 12
"""Height of the sentence's letters."""

_P = ParamSpec("_P")

_announced: WeakKeyDictionary[QObject, set[tuple[str, int]]] = WeakKeyDictionary()
"""Where the painting of each object has failed so far: what fails, fails at every frame."""


def guarded(paint: Callable[_P, None]) -> Callable[_P, None]:
    """Guard a ``paintEvent`` of a widget or a ``paint`` of a delegate."""

    @wraps(paint)
    def guarded_paint(*arguments: _P.args, **options: _P.kwargs) -> None:
        try:
            paint(*arguments, **options)
        except Exception as error:
            _report(error, *arguments)

    return guarded_paint


def _report(error: Exception, painted: Any, *given: Any) -> None:
    """``given``: the event of a widget, or the painter, option and index of a delegate."""
    theirs = given[0] if isinstance(given[0], QPainter) else None
    _end_painters(error, theirs)
    with suppress(Exception):  # of two faults the first is told
        if theirs is not None:
            _draw_fault(theirs, given[1].rect)
        else:
            ground = painted.viewport() if isinstance(painted, QAbstractScrollArea) else painted
            painter = QPainter(ground)
            try:
                _draw_fault(painter, ground.rect())
            finally:
                painter.end()
    announce_once(error, painted)


def announce_once(error: Exception, failed: QObject) -> None:
    """Announce what fails at a place of the program; of the same object and place only the first."""
    place = extract_tb(error.__traceback__)[-1]
    known = _announced.setdefault(failed, set())
    if (here := (place.filename, place.lineno or 0)) not in known:
        known.add(here)
        announce(error)


def fault_sentence() -> str:
    """Return what stands where something can't be drawn."""
    return QCoreApplication.translate("Painting", "This can't be drawn. The log says why.")


def _end_painters(error: Exception, theirs: QPainter | None) -> None:
    """End what the failed methods have left open, on widgets and pixmaps."""
    for frame, _ in walk_tb(error.__traceback__):
        for held in list(frame.f_locals.values()):
            if isinstance(held, QPainter) and held is not theirs and isValid(held) and held.isActive():
                held.end()


def _draw_fault(painter: QPainter, area: QRect) -> None:
    painter.fillRect(area, theme.colour("surface"))
    font = painter.font()
    font.setPixelSize(FAULT_PIXELS)
    painter.setFont(font)
    painter.setPen(theme.colour("danger"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(area.adjusted(4, 0, -4, 0), flags, fault_sentence())


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
        """Paint the widget. The painter is ended afterwards, however this ends; a fault is drawn as a sentence."""
        raise NotImplementedError

    @guarded
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
