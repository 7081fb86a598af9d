"""How a chart of layers is painted."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from math import ceil

import numpy as np
from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from app.kit import theme
from app.kit.numbers import decade
from app.kit.widgets.painted import set_pixels
from app.workspaces.gradients.places import FLOOR, LABELS, LAYER_LINE, PAD, ROW, TOP, Places, numbers_font
from app.workspaces.gradients.words import SERIES

TICK_GAP = 20
BAR_SHARE, WIDEST_BAR = 0.62, 30.0
ROUND = 8.0
"""Bars of fewer pixels have square corners, and are painted in one go."""
CENTRE, LEFT, RIGHT = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Pointed:
    """``layer``, ``row``: at the pointer or the keyboard's place; ``lit``: layers with a soft ground besides."""

    layer: int | None
    row: int | None
    lit: frozenset[int]


def paint_chart(painter: QPainter, places: Places, pointed: Pointed, number: int) -> None:
    """Everything of network ``number`` that lies on the backdrop: its numbers, and their bars."""
    _paint_bars(painter, places, theme.series_colour(number, SERIES))
    _paint_rows(painter, places, pointed)


def paint_backdrop(painter: QPainter, places: Places, pointed: Pointed) -> None:
    """What other numbers leave as it is, as long as there is room for them where it was."""
    _paint_grounds(painter, places, pointed)
    _paint_axis(painter, places)
    _paint_layers(painter, places, pointed)


def backdrop_key(places: Places, pointed: Pointed) -> Hashable:
    """All that :func:`paint_backdrop` goes by, but for looks."""
    shown = places.shown
    return (
        places.width,
        places.height,
        places.decades,
        shown.depth,
        len(shown.rows),
        tuple(_columns(places, pointed)),
        pointed,
        _layer_word(),
    )


def _paint_grounds(painter: QPainter, places: Places, pointed: Pointed) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("raised"))
    top = places.rows_top - PAD / 2
    painter.drawRoundedRect(QRectF(0, top, places.width, ROW * len(places.shown.rows) + PAD), 8, 8)
    painter.setBrush(theme.colour("accent_soft"))
    width = max(places.pitch, 2.0)
    for layer in pointed.lit | ({pointed.layer} if pointed.layer is not None else set()):
        if layer <= places.shown.depth:
            box = QRectF(places.x_of(layer) - width / 2, TOP - 4, width, places.height - TOP)
            painter.drawRoundedRect(box, 5, 5)


def _paint_axis(painter: QPainter, places: Places) -> None:
    plot, (low, high) = places.plot, places.decades
    set_pixels(painter, 10)
    line, ink = QPen(theme.colour("border"), 1.0), theme.colour("text_muted")
    stride = max(1, ceil((high - low) * TICK_GAP / max(plot.height() - FLOOR, 1.0)))
    for exponent in range(high, low - 1, -stride):
        share = (exponent - low) / (high - low)
        y = plot.bottom() - FLOOR - share * (plot.height() - FLOOR)
        painter.setPen(line)
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(ink)
        painter.drawText(QRectF(0, y - 8, LABELS - 8, 16), LEFT | RIGHT, decade(exponent))
    painter.drawLine(QPointF(plot.left(), plot.bottom()), QPointF(plot.right(), plot.bottom()))


def _paint_bars(painter: QPainter, places: Places, colour: QColor) -> None:
    width = min(max(BAR_SHARE * places.pitch, 2.0), WIDEST_BAR)
    bottom, ticks = places.plot.bottom(), places.shown.ticks
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    usual = (places.shown.bars > 0.0) & np.isfinite(places.shown.bars)
    layers = (np.flatnonzero(usual) + 1).tolist()
    tops = zip(layers, places.ys_of(places.shown.bars[usual]), strict=True)
    bars = [QRectF(places.x_of(layer) - width / 2, top, width, bottom - top) for layer, top in tops]
    if width < ROUND:
        painter.drawRects(bars)
    else:
        for bar in bars:
            painter.drawRoundedRect(bar, 2.5, 2.5)
    for index in np.flatnonzero(~usual).tolist():
        _paint_odd(painter, places, places.x_of(index + 1), width, float(places.shown.bars[index]))
    if ticks is None:
        return
    painter.setPen(QPen(theme.colour("text"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    reach = min(width / 2 + 3.0, places.pitch / 2 - 0.5)
    marked = ticks > 0.0
    xs = [places.x_of(index + 1) for index in np.flatnonzero(marked).tolist()]
    marks = zip(xs, places.ys_of(ticks[marked]), strict=True)
    painter.drawLines([QLineF(x - reach, y, x + reach, y) for x, y in marks])


def _paint_odd(painter: QPainter, places: Places, x: float, width: float, value: float) -> None:
    """What has no place on a log axis, drawn as what it is: 0 on the floor, ∞ up to the top, and what is no number."""
    danger, plot = theme.colour("danger"), places.plot
    if value == 0.0:
        painter.setPen(QPen(danger, 1.5))
        painter.drawLine(QPointF(x - width / 2, plot.bottom()), QPointF(x + width / 2, plot.bottom()))
    elif value == value:
        painter.setPen(QPen(danger, 1.0))
        painter.setBrush(Qt.BrushStyle.BDiagPattern)
        painter.drawRect(QRectF(x - width / 2, plot.top(), width, plot.height()))
    set_pixels(painter, 10, QFont.Weight.DemiBold)
    painter.setPen(danger)
    text = "0" if value == 0.0 else "∞" if value == value else "NaN"
    y = plot.top() - 2 if text == "∞" else plot.bottom() - 15
    painter.drawText(QRectF(x - 20, y, 40, 14), CENTRE, text)


def _paint_layers(painter: QPainter, places: Places, pointed: Pointed) -> None:
    top = places.plot.bottom() + 2
    set_pixels(painter, 11, QFont.Weight.Normal)
    painter.setPen(theme.colour("text_muted"))
    painter.drawText(QRectF(8, top, LABELS, LAYER_LINE - 2), LEFT, _layer_word())
    for layer in _columns(places, pointed):
        if layer == pointed.layer:  # the last of them
            set_pixels(painter, 11, QFont.Weight.DemiBold)
            painter.setPen(theme.colour("accent"))
        painter.drawText(QRectF(places.x_of(layer) - 20, top, 40, LAYER_LINE - 2), CENTRE, str(layer))


def _layer_word() -> str:
    return QCoreApplication.translate("Gradients", "layer")


def _paint_rows(painter: QPainter, places: Places, pointed: Pointed) -> None:
    columns = _columns(places, pointed)
    for number, row in enumerate(places.shown.rows):
        top = places.rows_top + number * ROW
        ink = theme.colour("text" if row.main else "text_muted")
        set_pixels(painter, 11, QFont.Weight.DemiBold if row.main else QFont.Weight.Normal)
        painter.setPen(ink)
        painter.drawText(QRectF(8, top, LABELS - 8, ROW), LEFT, row.label)
        usual = painter.font()
        painter.setFont(numbers_font(places.pixels, main=row.main))
        for layer in columns:
            box = places.number_box(number, layer)
            text = places.text(number, layer)
            if number == pointed.row and layer == pointed.layer and text:
                _paint_place(painter, box)
                painter.setPen(ink)
            painter.drawText(box, CENTRE, text)
        painter.setFont(usual)


def _columns(places: Places, pointed: Pointed) -> list[int]:
    """The layers that are written anyway; the one that is pointed at comes last, and stands in for those beside it."""
    written = places.written
    if pointed.layer is None:
        return written
    if pointed.layer in written:
        return [*(one for one in written if one != pointed.layer), pointed.layer]
    near = places.number_width / max(places.pitch, 1e-9)
    return [*(one for one in written if abs(one - pointed.layer) >= near), pointed.layer]


def _paint_place(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(theme.colour("accent"), 1.0))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
