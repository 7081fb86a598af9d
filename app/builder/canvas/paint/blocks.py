"""Blocks: the caption and frame of a column of neurons, and the small cards of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPixmap

from app.builder.canvas.facts import alpha_of, function_of
from app.builder.canvas.geometry import BARE_MARGIN, NAME_GAP, NAME_PIXELS, NAMES_WIDTH, BlockShape
from app.builder.canvas.runs import number_of
from app.kit import look, theme
from app.kit.drawing.marks import Text, text_width
from app.kit.icons import icon
from engine.activations import Activation, activation
from engine.graph import Port

ICON = 20
LINE = 18.0
"""Height of a line of a caption."""
READABLE, LARGEST = 0.85, 1.7
"""Below this scale captions are written larger, up to so many times."""
LEAST_DETAIL, LEAST_CAPTION = 60.0, 40.0
"""Scene units: where a detail is cut off rather than left out, and the least width of a caption to click."""


@dataclass(frozen=True, slots=True)
class BlockLook:
    """How a block stands at the moment. ``bad_ports``: ports and blocks that something is wrong with."""

    selected: bool = False
    hovered: bool = False
    used: bool = True
    bad_ports: frozenset[Port] = field(default_factory=frozenset)


def paint_under(painter: QPainter, shape: BlockShape, looks: BlockLook) -> None:
    """What lies beneath the tiles: the halo of a selected column, or the whole card."""
    if shape.tiles is None:
        _paint_card(painter, shape, looks)
        return
    box = shape.body.adjusted(-BARE_MARGIN, -BARE_MARGIN, BARE_MARGIN, BARE_MARGIN)
    if shape.bare:
        painter.setBrush(theme.colour("surface"))
        painter.setPen(look.pen(theme.colour("border"), 1.2))
        painter.drawRoundedRect(box, 12, 12)
    if looks.selected or looks.hovered:
        painter.setBrush(look.faded("accent", 0.10 if looks.selected else 0.05))
        painter.setPen(look.pen(look.faded("accent", 0.85 if looks.selected else 0.3), 1.4))
        painter.drawRoundedRect(box, 12, 12)
    if Port.BLOCK in looks.bad_ports:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(look.pen(theme.colour("danger"), 1.6))
        painter.drawRoundedRect(box, 12, 12)


def caption_size(scale: float) -> float:
    """By how much captions are written larger where the picture is shown smaller, at ``scale``: they stay readable."""
    return min(max(1.0, READABLE / scale), LARGEST)


def caption_marks(shape: BlockShape, looks: BlockLook, room: float, size: float = 1.0) -> tuple[Text, ...]:
    """Return a column's caption, ``room`` wide at most: its name over its detail, in scene units.

    Where it is narrow the number alone says the name, and the detail gets shorter. ``size`` times as large as at full
    scale, growing upwards.
    """
    number = str(number_of(shape) or shape.name)
    name = _fitting((shape.name, number), 13.0 * size, True, room) or shape.name
    detail = _fitting((shape.detail, shape.setting), 11.5 * size, False, room)
    if not detail and room >= LEAST_DETAIL:
        detail = shape.detail
    left, foot, line = shape.caption_rect.center().x() - room / 2, shape.caption_rect.bottom(), LINE * size
    ink = "accent" if looks.selected else "text" if looks.used else "text_muted"
    return (
        Text(name, (left, foot - 2 * line, room, line), 13.0 * size, ink, bold=True, elide=True),
        Text(detail, (left, foot - line, room, line), 11.5 * size, "text_muted", elide=True),
    )


def _fitting(wordings: Sequence[str], size: float, bold: bool, room: float) -> str:
    """Return the first wording that is no wider than ``room``; empty if none is."""
    return next((words for words in wordings if text_width(words, size, bold) <= room), "")


def caption_area(shape: BlockShape, room: float, size: float) -> QRectF:
    """Return where a click means a column's caption: as wide as its letters, and no narrower than a finger."""
    marks = caption_marks(shape, BlockLook(), room, size)
    wide = max(LEAST_CAPTION, *(mark.ink_rect[2] for mark in marks))
    foot, high = shape.caption_rect.bottom(), 2 * LINE * size
    return QRectF(shape.caption_rect.center().x() - wide / 2, foot - high, wide, high)


def paint_feature_names(painter: QPainter, shape: BlockShape) -> None:
    """The name of each feature to the left of its tile, where there is room for it."""
    tiles, names = shape.tiles, shape.feature_names
    if not names or tiles is None or tiles.compact or tiles.pitch < 13.0:
        return
    size = min(NAME_PIXELS, 0.8 * tiles.pitch)
    painter.setFont(look.font(size, QFont.Weight.Medium))
    painter.setPen(theme.colour("text_muted"))
    metrics = QFontMetricsF(painter.font())
    for unit, name in enumerate(names[: tiles.units]):
        tile = tiles.rect(unit)
        room = QRectF(tile.left() - NAME_GAP - NAMES_WIDTH, tile.top(), NAMES_WIDTH, tile.height())
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def paint_port(painter: QPainter, at: QPointF, *, bad: bool, lit: bool) -> None:
    """A port: a small ring, red when something is wrong, filled while it is aimed at."""
    colour = theme.colour("danger" if bad else "accent" if lit else "text_muted")
    painter.setPen(look.pen(colour, 1.8))
    painter.setBrush(colour if bad or lit else theme.colour("surface"))
    painter.drawEllipse(at, 5.5 if lit else 4.5, 5.5 if lit else 4.5)


def paint_handles(painter: QPainter, shape: BlockShape) -> None:
    """The − and + of a dense block, and the bar between them that is dragged."""
    bar, fewer, more = shape.resize_handle, shape.fewer_handle, shape.more_handle
    if bar is None or fewer is None or more is None:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawRoundedRect(QRectF(bar.left(), bar.center().y() - 2.0, bar.width(), 4.0), 2.0, 2.0)
    for button, plus in ((fewer, False), (more, True)):
        painter.setPen(look.pen(theme.colour("border"), 1.0))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(button)
        painter.setPen(look.pen(theme.colour("accent"), 1.8))
        middle = button.center()
        painter.drawLine(middle - QPointF(4, 0), middle + QPointF(4, 0))
        if plus:
            painter.drawLine(middle - QPointF(0, 4), middle + QPointF(0, 4))


def paint_neuron_ring(painter: QPainter, tile: QRectF, *, chosen: bool) -> None:
    """The ring round the hovered or the open neuron."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen(theme.colour("accent"), 2.6 if chosen else 1.6))
    out = 2.0 if chosen else 1.0
    radius = min(0.16 * tile.width(), 8.0) + out
    painter.drawRoundedRect(tile.adjusted(-out, -out, out, out), radius, radius)


def _paint_card(painter: QPainter, shape: BlockShape, looks: BlockLook) -> None:
    body = shape.body
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 14 if not theme.current().dark else 60))
    painter.drawRoundedRect(body.translated(0, 2), 10, 10)
    name = "danger" if Port.BLOCK in looks.bad_ports else "accent" if looks.selected or looks.hovered else "border"
    painter.setBrush(theme.colour("surface"))
    painter.setPen(look.pen(theme.colour(name), 2.0 if looks.selected else 1.2))
    painter.drawRoundedRect(body, 10, 10)
    function = function_of(shape.block)
    if function is not None:
        _paint_activation(painter, shape, function)
        return
    drawn = card_icon(shape.block.declaration.icon, theme.current().accent)
    painter.drawPixmap(QRectF(body.center().x() - ICON / 2, body.top() + 9, ICON, ICON), drawn, QRectF(drawn.rect()))
    _paint_label(painter, shape, QRectF(body.left() + 6, body.bottom() - 24, body.width() - 12, 18))


def _paint_activation(painter: QPainter, shape: BlockShape, function: Activation) -> None:
    body = shape.body
    plot = QRectF(body.center().x() - 24, body.top() + 6, 48, 26)
    painter.setPen(look.pen(theme.colour("border"), 1.0))
    painter.drawLine(QPointF(plot.left(), plot.center().y()), QPointF(plot.right(), plot.center().y()))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen(theme.colour("accent"), 2.0))
    painter.drawPath(activation_curve(function.key, alpha_of(shape.block)).translated(plot.center()))
    _paint_label(painter, shape, QRectF(body.left() + 6, body.bottom() - 23, body.width() - 12, 18))


def _paint_label(painter: QPainter, shape: BlockShape, room: QRectF) -> None:
    painter.setFont(look.font(12, QFont.Weight.DemiBold))
    painter.setPen(theme.colour("text"))
    text = QFontMetricsF(painter.font()).elidedText(_label(shape), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)


def _label(shape: BlockShape) -> str:
    """A card has one line: its name, and the detail of its kind where it has one."""
    return " ".join(part for part in (shape.name, shape.setting) if part)


@lru_cache(maxsize=64)
def activation_curve(key: str, alpha: float | None) -> QPainterPath:
    """The activation over −4 … 4 as a path of 48 by 24 units about the origin."""
    z = np.linspace(-4.0, 4.0, 49)
    values = activation(key).value(z, alpha)
    largest = max(float(np.abs(values).max()), 1.0)
    path = QPainterPath()
    for step, value in enumerate(values):
        point = QPointF(step - 24.0, -12.0 * float(value) / largest)
        if step:
            path.lineTo(point)
        else:
            path.moveTo(point)
    return path


@lru_cache(maxsize=64)
def card_icon(name: str, colour: str) -> QPixmap:
    """A kind's icon, sharp up to twice its size."""
    return icon(name, colour).pixmap(QSize(2 * ICON, 2 * ICON), 1.0)
