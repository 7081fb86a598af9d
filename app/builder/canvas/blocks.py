"""How blocks look: captions and brackets, frames and cards, ports and handles, and what stands beside tiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPixmap

from app.builder.canvas.edges import Bundle
from app.builder.canvas.geometry import BARE_MARGIN, NAME_GAP, NAME_PIXELS, NAMES_WIDTH, BlockShape, TileGrid
from app.builder.canvas.words import alpha_of, function_of
from app.kit import look, theme
from app.kit.drawing.marks import Text, text_width
from app.kit.icons import icon
from app.kit.numbers import grouped
from app.kit.scene.curves import curve
from engine.activations import Activation, activation
from engine.graph import Port

LEAST = 4
"""Fewer columns than this keep a caption each."""
NARROW = 130.0
"""So do columns with more room than this for a caption, in scene units."""

Run = tuple[BlockShape, ...]


ICON = 20
LINE = 18.0
"""Height of a line of a caption."""
READABLE, LARGEST = 0.85, 1.7
"""Below this scale captions are written larger, up to so many times."""
LEAST_DETAIL, LEAST_CAPTION = 60.0, 40.0
"""Scene units: where a detail is cut off rather than left out, and the least width of a caption to click."""
HOOK, GAP = 5.0, 3.0
"""How far the bracket's ends come down, and its distance from the words above it."""
MARGIN = 6.0
"""How far a ribbon reaches beyond the first and the last wire in it."""
LABEL_ROOM = 74.0
"""A ribbon shorter than this bears no label."""


def runs_of(columns: Iterable[BlockShape], rooms: dict[str, float]) -> tuple[Run, ...]:
    """Runs of columns at one height, side by side, of one kind and size, whose names count on and are nobody's own."""
    close = [shape for shape in columns if rooms.get(shape.id, NARROW) < NARROW]
    found = []
    for (title, *_), level in groupby(sorted(close, key=lambda s: (s.body.center().y(), s.body.left())), key=_alike):
        if title:
            continue
        run: list[BlockShape] = []
        for shape in level:
            if run and number_of(shape) != number_of(run[-1]) + 1:
                found.append(tuple(run))
                run = []
            run.append(shape)
        found.append(tuple(run))
    return tuple(run for run in found if len(run) >= LEAST)


def number_of(shape: BlockShape) -> int:
    """The number in a block's name; 0 where it has none."""
    last = shape.name.rpartition(" ")[2]
    return int(last) if last.isdecimal() else 0


def run_text(run: Run) -> str:
    """``Dense 1 to 10, each 6 units · logistic``."""
    text = QCoreApplication.translate("Canvas", "{first} to {last}, each {detail}")
    return text.format(first=run[0].name, last=number_of(run[-1]), detail=run[0].detail)


def span_of(run: Run) -> QRectF:
    """From the first column's left edge to the last one's right, as high as their captions."""
    first, last = run[0], run[-1]
    top = first.caption_rect
    return QRectF(first.body.left(), top.top(), last.body.right() - first.body.left(), top.height())


def _alike(shape: BlockShape) -> tuple[str, str, str, float, float]:
    """A name of one's own is never hidden: its column ends the run."""
    return shape.block.title, shape.block.kind, shape.detail, shape.body.top(), shape.body.height()


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


def paint_run(painter: QPainter, run: Run, size: float) -> None:
    """One caption over all of them, in scene units, ``size`` times as large as at full scale."""
    span = span_of(run)
    line = span.bottom() - LINE * size - HOOK
    bracket = QPainterPath(QPointF(span.left(), line + HOOK))
    for corner in (span.topLeft(), span.topRight()):
        bracket.lineTo(QPointF(corner.x(), line))
    bracket.lineTo(QPointF(span.right(), line + HOOK))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen(theme.colour("text_muted"), 1.2 * size))
    painter.drawPath(bracket)
    painter.setFont(look.font(13.0 * size, QFont.Weight.DemiBold))
    painter.setPen(theme.colour("text"))
    text = QFontMetricsF(painter.font()).elidedText(run_text(run), Qt.TextElideMode.ElideRight, span.width())
    words = QRectF(span.left(), line - GAP - LINE * size, span.width(), LINE * size)
    painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)


def paint_number(painter: QPainter, shape: BlockShape, looks: BlockLook, room: float, size: float) -> None:
    """Which of the run a column is."""
    centre, foot = shape.caption_rect.center().x(), shape.caption_rect.bottom()
    painter.setFont(look.font(13.0 * size, QFont.Weight.DemiBold))
    painter.setPen(theme.colour("accent" if looks.selected else "text" if looks.used else "text_muted"))
    box = QRectF(centre - room / 2, foot - LINE * size, room, LINE * size)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, grouped(number_of(shape)))


def ribbon_band(bundle: Bundle) -> QPainterPath:
    """The outline of the band that stands for all edges between two blocks, in scene units."""
    left, right = QPointF(bundle.x0, bundle.y0.min() - MARGIN), QPointF(bundle.x1, bundle.y1.min() - MARGIN)
    band = curve(left, right)
    band.lineTo(QPointF(bundle.x1, bundle.y1.max() + MARGIN))
    half = (bundle.x1 - bundle.x0) / 2
    band.cubicTo(
        QPointF(bundle.x1 - half, bundle.y1.max() + MARGIN),
        QPointF(bundle.x0 + half, bundle.y0.max() + MARGIN),
        QPointF(bundle.x0, bundle.y0.max() + MARGIN),
    )
    band.closeSubpath()
    return band


def paint_ribbon(painter: QPainter, bundle: Bundle) -> None:
    """All edges between two blocks as one band, in scene units."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.faded("accent", 0.13) if bundle.pixels else look.faded("text_muted", 0.10))
    painter.drawPath(ribbon_band(bundle))


def paint_ribbon_label(painter: QPainter, bundle: Bundle) -> None:
    """How many edges a ribbon stands for: ``64 × 32``."""
    if bundle.x1 - bundle.x0 < LABEL_ROOM:
        return
    rows, columns = bundle.weights.shape
    text = f"{grouped(columns)} × {grouped(rows)}"
    painter.setFont(look.font(11.5, QFont.Weight.DemiBold))
    width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 14
    height = (bundle.y0.min() + bundle.y0.max() + bundle.y1.min() + bundle.y1.max()) / 4
    box = QRectF((bundle.x0 + bundle.x1 - width) / 2, height - 10, width, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(box, 10, 10)
    painter.setPen(theme.colour("accent"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_strands(painter: QPainter, bundle: Bundle, strands: list[tuple[int, int]], *, chosen: bool) -> None:
    """One unit's edges out of a ribbon, blue or orange, as wide as they are strong among themselves."""
    weights = np.nan_to_num([bundle.weights[row, column] for row, column in strands])
    most = float(np.abs(weights).max(initial=0.0)) or 1.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for at in np.argsort(np.abs(weights)):
        share = abs(float(weights[at])) / most
        colour = look.signed(float(weights[at]))
        colour.setAlphaF((0.25 + 0.6 * share) * (1.0 if chosen else 0.6))
        painter.setPen(look.pen(colour, 0.6 + 3.4 * share))
        painter.drawPath(curve(*bundle.ends(*strands[at])))


def paint_answers(painter: QPainter, tiles: TileGrid, shares: NDArray[np.float64]) -> None:
    """Below each tile a bar as long as its unit answers strongly: green, orange where it answers below zero."""
    thick = min(3.0, 0.45 * (tiles.pitch - tiles.size))
    if thick < 1.0:
        return
    positive, negative = QPainterPath(), QPainterPath()
    for unit, share in enumerate(shares[: tiles.units].tolist()):
        tile = tiles.rect(unit)
        bar = QRectF(tile.left(), tile.bottom() + 1.5, abs(share) * tile.width(), thick)
        (positive if share > 0 else negative).addRoundedRect(bar, thick / 2, thick / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    for path, colour in ((positive, "good"), (negative, "negative")):
        painter.setBrush(theme.colour(colour))
        painter.drawPath(path)


def paint_shares(
    painter: QPainter, tiles: TileGrid, names: tuple[str, ...], shares: NDArray[np.float64] | None
) -> None:
    """Outputs as vessels: each bears its class and is filled as far as its probability; the fullest one stands out."""
    best = int(shares.argmax()) if shares is not None else -1
    size = min(14.0, 0.5 * tiles.size)
    for unit, name in enumerate(names[: tiles.units]):
        tile = tiles.rect(unit)
        vessel = QPainterPath()
        vessel.addRoundedRect(tile, 5, 5)
        painter.setPen(look.pen(theme.colour("accent" if unit == best else "border"), 2.0 if unit == best else 1.2))
        painter.setBrush(theme.colour("surface"))
        painter.drawPath(vessel)
        if shares is not None:
            painter.save()
            painter.setClipPath(vessel, Qt.ClipOperation.IntersectClip)
            high = tile.height() * float(shares[unit])
            painter.fillRect(QRectF(tile.left(), tile.bottom() - high, tile.width(), high), look.faded("accent", 0.42))
            painter.restore()
        painter.setFont(look.font(size, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        inside = QFontMetricsF(painter.font()).horizontalAdvance(name) <= tile.width() - 4
        if inside:
            painter.drawText(tile, Qt.AlignmentFlag.AlignCenter, name)
        else:
            _paint_name(painter, tile, name)


def paint_class_names(painter: QPainter, tiles: TileGrid, names: tuple[str, ...]) -> None:
    """The class that each output stands for, to the right of its tile."""
    if tiles.compact or tiles.pitch < 13.0 or len(names) != tiles.units:
        return
    painter.setFont(look.font(min(12.0, 0.8 * tiles.pitch), QFont.Weight.Medium))
    painter.setPen(theme.colour("text_muted"))
    for unit, name in enumerate(names):
        _paint_name(painter, tiles.rect(unit), name)


def _paint_name(painter: QPainter, tile: QRectF, name: str) -> None:
    room = QRectF(tile.right() + 6, tile.top(), 116, tile.height())
    text = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def paint_fold(painter: QPainter, shape: BlockShape, *, lit: bool) -> None:
    """The frame of an image of pixels and the button below it."""
    handle = shape.fold_handle
    if handle is None:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen(theme.colour("border"), 1.2))
    if shape.folded:
        painter.drawRoundedRect(shape.body.adjusted(-1, -1, 1, 1), 3, 3)
    painter.setPen(look.pen(theme.colour("accent" if lit else "border"), 1.2))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(handle, 12, 12)
    text = (
        QCoreApplication.translate("Canvas", "Unfold {count} inputs").format(count=grouped(shape.width))
        if shape.folded
        else QCoreApplication.translate("Canvas", "Fold to an image")
    )
    painter.setFont(look.font(11.5, QFont.Weight.DemiBold))
    painter.setPen(theme.colour("accent" if lit else "text"))
    painter.drawText(handle, Qt.AlignmentFlag.AlignCenter, text)
