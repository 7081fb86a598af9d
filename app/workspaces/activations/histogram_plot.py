"""The z of a layer, live, on the axis of the functions, with its mean and deviation beneath."""

from __future__ import annotations

from itertools import pairwise
from math import isfinite

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit import theme
from app.kit.charts.beyond import beyond_words
from app.kit.export import Table
from app.kit.numbers import fixed, grouped
from app.kit.translation import worded_name
from app.kit.widgets.labels import Label
from app.kit.widgets.painted import draw_elided, set_pixels
from app.workspaces.activations.band import RIGHT, Band
from app.workspaces.activations.keys import DEVIATION, MEAN
from app.workspaces.activations.layer_view import LayerView
from app.workspaces.activations.number_link import NumberLink
from app.workspaces.activations.shown import Shown
from app.workspaces.activations.words import zone_words
from engine.training.layer_z import Histogram


class FootLine(QWidget):
    """``asked(key)``: where a number comes from."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        tip = self.tr("Where does this number come from?")
        self.mean = NumberLink(self.tr("mean"), tip, pixels=12)
        self.deviation = NumberLink(self.tr("deviation"), tip, pixels=12)
        self._bar = Label()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        for name, link, key in ((self.tr("mean"), self.mean, MEAN), (self.tr("deviation"), self.deviation, DEVIATION)):
            label = Label(name)
            label.setProperty("role", "muted")
            row.addWidget(label)
            row.addWidget(link)
            link.clicked.connect(lambda _on=False, key=key: self.asked.emit((key,)))
        self._bar.setProperty("role", "muted")
        row.addSpacing(8)
        row.addWidget(self._bar)
        row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The count at the cursor whole or not at all: half a number says another one."""
        self._bar.setVisible(True)
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        self._bar.setVisible(layout.sizeHint().width() <= self.width())

    def show_histogram(self, found: Histogram | None, cursor: float) -> None:
        """What is counted, and how much of it in the bar at the cursor; nothing where there is nothing."""
        self.setVisible(found is not None and isfinite(found.mean))
        if found is None:
            return
        self.mean.say(fixed(found.mean))
        self.deviation.say(fixed(found.deviation))
        count = found.count_at(cursor)
        text = self.tr("at the cursor {count} of {total} in one bar")
        said = text.format(count=grouped(count), total=grouped(found.total))
        if said != self._bar.text():
            self._bar.setText(said)
            self._make_room()


AIR, WORD = 10.0, 16.0
"""Pixels over the highest bar: air, and the word over a flat zone where there is one."""
SHADE = 0.10


class HistogramPlot(Band):
    """Shows a :class:`LayerView`, or says in words why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(52, 48, parent)
        self._view: LayerView | None = None
        self._why = ""
        self._own: Shown | None = None
        self.foot = FootLine(self)
        self.foot.hide()

    def show_view(self, view: LayerView | None, why: str, own: Shown | None) -> None:
        """``why``: what is said where there is no view. ``own``: the layer's function, if it is compared, whose colour
        the bars have."""
        known = (self._view, self._why, self._own)
        self._view, self._why, self._own = view, why, own
        if _as_before(known[0], view) and known[1] == why and _look_of(known[2]) == _look_of(own):
            return
        self.setAccessibleDescription(self.summary() if view is not None else why)
        self._fill_foot()
        self.update()

    def set_axis(self, low: float, high: float, cursor: float) -> None:
        if cursor != self.at_x:
            self.at_x = cursor
            self._fill_foot()
            self.update()
        super().set_axis(low, high, cursor)

    def _fill_foot(self) -> None:
        self.foot.show_histogram(self._view.histogram if self._view is not None else None, self.at_x)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        box = self.box()
        self.foot.setGeometry(round(box.left()), round(box.bottom()) + 22, round(box.width()) + RIGHT - 10, 24)

    def summary(self) -> str:
        """The same in a sentence."""
        if self._view is None:
            return self._why
        found = self._view.histogram
        text = self.tr("{count} z of {layer}, mean {mean}, deviation {deviation}")
        return text.format(
            count=grouped(found.total),
            layer=worded_name(self._view.layer.name),
            mean=fixed(found.mean),
            deviation=fixed(found.deviation),
        )

    def table(self) -> Table:
        """The bins: from, to and how many; first and last those beyond the axis."""
        if self._view is None:
            return Table(("from", "to", "count"), ())
        found = self._view.histogram
        edges = np.linspace(found.low, found.high, len(found.counts) + 1).tolist()
        rows = list(zip(edges[:-1], edges[1:], found.counts.tolist(), strict=True))
        ends = ("−∞", found.low, found.below), (found.high, "∞", found.above)
        return Table(("from", "to", "count"), [ends[0], *rows, ends[1]])

    # Painting -----------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))
        view, box = self._view, self.box()
        if view is not None:
            self._paint_zones(painter, view)
        self.paint_upright(painter, numbers=True)
        painter.setPen(QPen(theme.colour("text_muted"), 1.0))
        painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(box.right(), box.bottom()))
        if view is None:
            self._paint_why(painter)
        else:
            self._paint_bars(painter, view)
            self._paint_words(painter, view)
        self.paint_cursor(painter, box.top() - 2, box.bottom())

    def _paint_why(self, painter: QPainter) -> None:
        self._heading(painter, self.tr("z of a layer, live, on the same axis"))
        set_pixels(painter, 13)
        painter.setPen(theme.colour("text_muted"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.box().adjusted(20, 0, -20, 0), flags, self._why)

    def _flat_from(self, view: LayerView) -> tuple[float, float]:
        """Up to where and from where on nothing, or hardly anything, comes through the layer's function."""
        profile = view.layer.profile
        return max(profile.bounds[0], profile.flat_below), min(profile.bounds[1], profile.flat_above)

    def _paint_zones(self, painter: QPainter, view: LayerView) -> None:
        box, shade = self.box(), theme.colour("warning")
        shade.setAlphaF(SHADE)
        below, above = self._flat_from(view)
        for low, high in ((self.low, min(below, self.high)), (max(above, self.low), self.high)):
            if high > low:
                left, right = self.px(low), self.px(high)
                zone = QRectF(left, box.top(), right - left, box.height())
                painter.fillRect(zone, shade)
                self._paint_flat(painter, zone)

    def _paint_flat(self, painter: QPainter, zone: QRectF) -> None:
        set_pixels(painter, 12, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("warning"))
        word = self.tr("flat")
        if painter.fontMetrics().horizontalAdvance(word) + 8 < zone.width():
            room = QRectF(zone.left(), zone.top() + 4, zone.width(), 16)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, word)
        set_pixels(painter, 12, QFont.Weight.Normal)

    def _paint_bars(self, painter: QPainter, view: LayerView) -> None:
        found, box = view.histogram, self.box()
        most = max(int(found.counts.max()), 1)
        below, above = self._flat_from(view)
        edges = np.linspace(found.low, found.high, len(found.counts) + 1)
        inner, outer = QColor(self.colour), theme.colour("warning")
        inner.setAlphaF(0.55)
        outer.setAlphaF(0.75)
        across, bottom = box.width() / (self.high - self.low), box.bottom()
        flat = below > self.low or above < self.high
        highest = box.height() - AIR - (WORD if flat else 0.0)  # no bar reaches up to the word
        painter.save()
        painter.setClipRect(box.adjusted(0, -1, 0, 0))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for at in np.flatnonzero(found.counts).tolist():
            height = highest * int(found.counts[at]) / most
            low, high = float(edges[at]), float(edges[at + 1])
            for part, colour in _parts(low, high, below, above, inner, outer):
                left, width = box.left() + (part[0] - self.low) * across, (part[1] - part[0]) * across
                gap = 1.0 if part[1] == high else 0.0
                painter.fillRect(QRectF(left, bottom - height, max(width - gap, 1.0), height), colour)
        painter.restore()

    @property
    def colour(self) -> QColor:
        """What the bars are drawn in, in the theme in force."""
        return self._own.colour if self._own is not None else theme.colour("text_muted")

    def _heading(self, painter: QPainter, text: str, beside: str = "") -> None:
        line = QRectF(18, 9, self.width() - 18 - RIGHT, 18)
        set_pixels(painter, 13, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text"))
        draw_elided(painter, line, Qt.AlignmentFlag.AlignVCenter, text)
        left = painter.fontMetrics().horizontalAdvance(text) + 12
        set_pixels(painter, 11, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        if left + painter.fontMetrics().horizontalAdvance(beside) < line.width():  # half a number says another one
            painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, beside)
        set_pixels(painter, 12, QFont.Weight.Normal)

    def _paint_words(self, painter: QPainter, view: LayerView) -> None:
        name = worded_name(view.layer.name)
        self._heading(
            painter, self.tr("z of {layer}, live, on the same axis").format(layer=name), self._beyond(view.histogram)
        )
        painter.fillRect(QRectF(18, 33, 9, 9), theme.colour("warning"))
        painter.setPen(theme.colour("text_muted"))
        rule = QRectF(33, 28, self.width() - 40, 18)
        words = zone_words(view.layer.function, view.layer.profile)
        draw_elided(painter, rule, Qt.AlignmentFlag.AlignVCenter, words)

    def _beyond(self, found: Histogram) -> str:
        left_out = beyond_words(found.below + found.above, found.total, found.broken)
        return left_out or self.tr("all {total} lie on this axis").format(total=grouped(found.total))


def _as_before(known: LayerView | None, view: LayerView | None) -> bool:
    """Whether all that is drawn of the two is the same, though shares under other functions may not be."""
    if known is None or view is None:
        return known is view
    return known.histogram is view.histogram and known.layer == view.layer


def _look_of(own: Shown | None) -> tuple[str, str, int, bool] | None:
    return own.look if own is not None else None


def _parts(
    low: float, high: float, below: float, above: float, inner: QColor, outer: QColor
) -> list[tuple[tuple[float, float], QColor]]:
    """A bar cut where the function becomes flat: (from, to) and the colour of each part."""
    cuts = sorted({low, *(cut for cut in (below, above) if low < cut < high), high})
    parts = list(pairwise(cuts))
    return [(part, outer if 0.5 * sum(part) < below or 0.5 * sum(part) > above else inner) for part in parts]
