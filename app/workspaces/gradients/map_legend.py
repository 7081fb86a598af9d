"""The colours of the map of depth × scale, and the key to them."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from app.kit import theme
from app.kit.charts.colourmap import diverging_colour, sequential_colour
from app.kit.widgets.painted import set_pixels
from app.workspaces.gradients.map_words import GUESS, end_words, key_words
from engine.gradients.scan import Map

RIGHT = 132
"""The room for the key, in pixels."""
STEP, LEAST_STEP, TOLD = 15, 11, 34
"""Pixels of a row of the key at most and at least, and of what is told of a cell beneath."""
FULL = 10.0
"""So many decades from 1 have the full colour."""


def paint_value(painter: QPainter, box: QRectF, known: Map, value: float) -> None:
    """A cell. What is not known yet is an empty place: no colour of the key, or it would say something already."""
    if math.isnan(value):
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.setBrush(theme.colour("surface"))
        painter.drawRect(box)
        return
    painter.fillRect(box, _colour(known, value))
    if math.isinf(value):
        painter.fillRect(box, QBrush(theme.colour("text_muted"), Qt.BrushStyle.BDiagPattern))


def _colour(known: Map, value: float) -> QColor:
    """Of the signal on both sides of 1; of the loss the stronger, the further it is below that of a mere guess."""
    if known.kind == "loss":
        return sequential_colour(math.sqrt(min(max(1.0 - value / GUESS, 0.0), 1.0)))  # a little is seen already
    return diverging_colour(max(-1.0, min(1.0, value / FULL)))


def legend_of(known: Map) -> list[tuple[float, str]]:
    """The values whose signs are explained, and what they stand for: of what is there, and no more."""
    rows = key_words(known)
    if np.isnan(known.values).any():
        rows.append((math.nan, _tr("not yet")))
    for end, told in end_words(known).items():
        if (known.values == end).any():
            rows.append((end, told))
    return rows


def has_beside(known: Map) -> bool:
    """Whether there are cells whose figure is of the layers beside a saturated one."""
    return known.beside is not None and bool((known.beside & ~np.isnan(known.values)).any())


def paint_beside(painter: QPainter, box: QRectF) -> None:
    """The sign of a cell whose figure is of the layers beside a saturated one."""
    painter.fillRect(box, QBrush(theme.colour("text_muted"), Qt.BrushStyle.Dense6Pattern))


def has_edge(known: Map) -> bool:
    """Whether theory has an edge on this map."""
    return bool(np.isfinite(known.edge).any())


def paint_legend(painter: QPainter, known: Map, plot: QRectF, height: float) -> float:
    """The key, to the right of the ``plot`` in a drawing of so many pixels; y where it ends."""
    set_pixels(painter, 10)
    x, y, rows = plot.right() + 12, plot.top(), legend_of(known)
    step = step_of(len(rows) + has_beside(known) + has_edge(known), height - y)
    for value, text in rows:
        paint_value(painter, QRectF(x, y, 12, step - 1), known, value)
        y = _write(painter, QRectF(x, y, RIGHT, step), text)
    if has_beside(known):
        paint_beside(painter, QRectF(x, y, 12, step - 1))
        y = _write(painter, QRectF(x, y, RIGHT, step), _tr("beside a saturated one"))
    if has_edge(known):
        painter.setPen(QPen(theme.colour("text"), 1.6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, y + step / 2), QPointF(x + 14, y + step / 2))
        y = _write(painter, QRectF(x, y, RIGHT, step), _tr("predicted edge"))
    return y


def step_of(rows: int, room: float) -> float:
    """Pixels from one row of the key to the next, so that beneath them a cell can be told of."""
    return min(max((room - TOLD) / rows, LEAST_STEP), STEP)


def _write(painter: QPainter, row: QRectF, text: str) -> float:
    """A row's words, right of its sign; y of the next."""
    painter.setPen(theme.colour("text_muted"))
    painter.drawText(row.adjusted(18, 0, 18, -1), Qt.AlignmentFlag.AlignVCenter, text)
    return row.bottom()


def _tr(text: str) -> str:
    return QCoreApplication.translate("MapView", text)
