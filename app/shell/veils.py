"""Veils over a page that comes into sight: its panels are painted one at a time, never all in one go."""

from __future__ import annotations

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from app.kit import theme
from app.kit.widgets.painted import guarded

LARGE = 250_000
"""Pixels: what is larger is painted part by part, where it has parts."""
LEAST, SMALL = QSize(32, 32), 20_000
"""What is smaller, in either direction or in all, is painted with what it lies in."""
AT_ONCE = 60_000
"""Pixels: smaller ones come into sight together, up to so many."""
MOST_OF_IT, ALL_OF_IT = 0.5, 0.95
"""So much of a panel its parts have to cover for being painted one by one; and for having veils of their own while more
is to come, which may take any place that is free."""
SURFACES = ("panel", "card", "bar", "rail")
"""Roles of what stands out from the window's ground."""


def panels(page: QWidget, *, whole: bool) -> list[QWidget]:
    """The parts of a page that lie side by side, the largest first; ``whole``: all that is to be in it is there."""
    return sorted(_parts(page, MOST_OF_IT if whole else ALL_OF_IT), key=lambda part: -_area(part.rect()))


def _parts(whole: QWidget, share: float) -> Iterator[QWidget]:
    inner = [child for child in whole.children() if isinstance(child, QWidget) and _counts(child)]
    covered = sum(_area(child.geometry().intersected(whole.rect())) for child in inner)
    if _area(whole.rect()) < LARGE or covered < share * _area(whole.rect()):
        yield whole  # small enough, or much of it is its own drawing, which what lies on top belongs to
        return
    for child in inner:
        yield from _parts(child, share)


def _counts(widget: QWidget) -> bool:
    least = LEAST.boundedTo(widget.size()) == LEAST and _area(widget.rect()) >= SMALL
    return least and widget.isVisible() and not widget.isWindow()


def _area(rect: QRect) -> int:
    return rect.width() * rect.height()


class Veil(QWidget):
    """Lies over a panel and is its plain ground: Qt paints nothing of what an opaque widget hides. Hands reach through
    it, and a picture that is taken meanwhile shows what is under it."""

    def __init__(self, ground: QWidget) -> None:
        """``ground``: what it lies on, an ancestor of the panels."""
        super().__init__(ground)
        self._ground = ground
        self._panel: QWidget | None = None
        self._colour = QColor()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def cover(self, panel: QWidget) -> None:
        """Lie over this one."""
        self._panel = panel
        self._colour = theme.colour("surface" if _stands_out(panel, self._ground) else "window")
        self.setGeometry(_in_sight(panel, self._ground))
        self.show()
        self.raise_()

    def lift(self) -> None:
        """Out of sight: the panel is painted next."""
        self._panel = None
        self.hide()

    @guarded
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._colour)
            panel = self._panel
            if panel is not None and shiboken6.isValid(panel) and not self._on_screen(painter):
                painter.drawPixmap(panel.mapTo(self._ground, QPoint()) - self.pos(), _picture_of(panel))
        finally:
            painter.end()

    def _on_screen(self, painter: QPainter) -> bool:
        """Whether it is the window that is painted, and not a picture of it."""
        store = self.window().backingStore()
        return store is not None and _same(painter.paintEngine().paintDevice(), store.paintDevice())


def _picture_of(panel: QWidget) -> QPixmap:
    """What a panel shows, see-through where it is."""
    picture = QPixmap(panel.size() * panel.devicePixelRatioF())
    picture.setDevicePixelRatio(panel.devicePixelRatioF())
    picture.fill(Qt.GlobalColor.transparent)
    panel.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return picture


def _same(one: shiboken6.Object, other: shiboken6.Object) -> bool:
    return shiboken6.getCppPointer(one) == shiboken6.getCppPointer(other)


def _stands_out(panel: QWidget, ground: QWidget) -> bool:
    """Whether it lies on what stands out, or all of it is covered by such a thing. A card by itself is not there before
    it is painted: on bare ground its veil would be a card with nothing in it."""
    if panel.property("role") == "card" and (around := panel.parentWidget()) is not None:
        return around is not ground and _stands_out(around, ground)
    widget: QWidget | None = panel
    while widget is not None and widget is not ground:
        if widget.property("role") in SURFACES:
            return True
        widget = widget.parentWidget()
    inner = _covering(panel)
    while inner is not None and inner.property("role") not in SURFACES:
        inner = _covering(inner)
    return inner is not None


def _covering(whole: QWidget) -> QWidget | None:
    """What covers nearly all of a widget, if it is one thing."""
    inner = (child for child in whole.children() if isinstance(child, QWidget) and child.isVisible())
    return next((child for child in inner if _area(child.rect()) > 0.9 * _area(whole.rect())), None)


def _in_sight(panel: QWidget, ground: QWidget) -> QRect:
    """Where a panel is on the ground, without what is scrolled out of sight."""
    rect, widget = panel.rect(), panel
    while (parent := widget.parentWidget()) is not None and widget is not ground:
        rect = rect.translated(widget.pos()).intersected(parent.rect())
        widget = parent
    return rect


class Veils:
    """Those on a ground, which are taken away one after another."""

    def __init__(self, ground: QWidget) -> None:
        self._ground = ground
        self._veils: list[Veil] = []
        self._spare: list[Veil] = []

    def __bool__(self) -> bool:
        return bool(self._veils)

    def cover(self, page: QWidget, *, whole: bool) -> None:
        """Put one over every panel of a page, in place of those there are; ``whole``: see :func:`panels`. Where nothing
        is in sight there is nothing to be kept from being painted."""
        before, self._veils = self._veils, []
        for panel in panels(page, whole=whole) if page.isVisible() else ():
            veil = before.pop() if before else self._spare.pop() if self._spare else Veil(self._ground)
            veil.cover(panel)
            self._veils.append(veil)
        for veil in before:
            self._take(veil)

    def lift_some(self) -> None:
        """Take away one, or a few small ones: their panels are painted next, and nothing else."""
        lifted = 0
        while self._veils and (not lifted or lifted + _area(self._veils[0].rect()) <= AT_ONCE):
            lifted += _area(self._veils[0].rect())
            self._take(self._veils.pop(0))

    def lift_all(self) -> None:
        """Take all away."""
        while self._veils:
            self.lift_some()

    def _take(self, veil: Veil) -> None:
        veil.lift()
        self._spare.append(veil)
