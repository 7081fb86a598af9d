"""Veils over a page that comes into sight: its panels are painted one at a time, never all in one go."""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.kit import theme

LARGE = 250_000
"""Pixels: what is larger is painted part by part, where it has parts."""
LEAST, SMALL = QSize(32, 32), 12_000
"""What is smaller, in either direction or in all, is painted with what it lies in."""
MOST_OF_IT = 0.8
"""So much of a panel its parts have to cover for being painted one by one."""
SURFACES = ("panel", "card", "bar", "rail")
"""Roles of what stands out from the window's ground."""


def panels(page: QWidget) -> list[QWidget]:
    """The parts of a page that lie side by side, the largest first."""
    return sorted(_parts(page), key=lambda part: -_area(part.rect()))


def _parts(whole: QWidget) -> Iterator[QWidget]:
    inner = [child for child in whole.children() if isinstance(child, QWidget) and _counts(child)]
    covered = sum(_area(child.geometry().intersected(whole.rect())) for child in inner)
    if _area(whole.rect()) < LARGE or covered < MOST_OF_IT * _area(whole.rect()):
        yield whole  # small enough, or much of it is its own drawing, which what lies on top belongs to
        return
    for child in inner:
        yield from _parts(child)


def _counts(widget: QWidget) -> bool:
    least = LEAST.boundedTo(widget.size()) == LEAST and _area(widget.rect()) >= SMALL
    return least and widget.isVisible() and not widget.isWindow()


def _area(rect: QRect) -> int:
    return rect.width() * rect.height()


class Veil(QWidget):
    """Lies over a panel and is its plain ground: Qt paints nothing of what an opaque widget hides. Hands reach through
    it, and a picture that is taken meanwhile shows what is under it."""

    def __init__(self, panel: QWidget, ground: QWidget) -> None:
        """``ground``: what it lies on, an ancestor of the panel."""
        super().__init__(ground)
        self._panel, self._ground = panel, ground
        self._colour = theme.colour("surface" if _stands_out(panel, ground) else "window")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(_in_sight(panel, ground))
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._colour)
            if not self._on_screen(painter) and shiboken6.isValid(self._panel):
                painter.drawPixmap(self._panel.mapTo(self._ground, QPoint()) - self.pos(), self._panel.grab())
        finally:
            painter.end()

    def _on_screen(self, painter: QPainter) -> bool:
        """Whether it is the window that is painted, and not a picture of it."""
        store = self.window().backingStore()
        return store is not None and _same(painter.paintEngine().paintDevice(), store.paintDevice())


def _same(one: shiboken6.Object, other: shiboken6.Object) -> bool:
    return shiboken6.getCppPointer(one) == shiboken6.getCppPointer(other)


def _stands_out(panel: QWidget, ground: QWidget) -> bool:
    widget: QWidget | None = panel
    while widget is not None and widget is not ground:
        if widget.property("role") in SURFACES:
            return True
        widget = widget.parentWidget()
    return False


def _in_sight(panel: QWidget, ground: QWidget) -> QRect:
    """Where a panel is on the ground, without what is scrolled out of sight."""
    rect, widget = panel.rect(), panel
    while (parent := widget.parentWidget()) is not None and widget is not ground:
        rect = rect.translated(widget.pos()).intersected(parent.rect())
        widget = parent
    return rect


class Veils:
    """Those on a ground, which are taken away one by one."""

    def __init__(self, ground: QWidget) -> None:
        self._ground = ground
        self._veils: list[Veil] = []

    def __bool__(self) -> bool:
        return bool(self._veils)

    def cover(self, page: QWidget) -> None:
        """Put one over every panel of a page, in place of those there are. Where nothing is in sight there is nothing
        to be kept from being painted."""
        before = self._veils
        self._veils = [Veil(panel, self._ground) for panel in panels(page)] if page.isVisible() else []
        for veil in before:
            self._take(veil)

    def lift_one(self) -> None:
        """Take one away: its panel is painted next, and nothing else."""
        if self._veils:
            self._take(self._veils.pop(0))

    def lift_all(self) -> None:
        """Take all away."""
        while self._veils:
            self.lift_one()

    @staticmethod
    def _take(veil: Veil) -> None:
        veil.hide()
        veil.deleteLater()
