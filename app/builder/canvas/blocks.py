"""How blocks look: captions and brackets, frames and cards, ports and handles, and what stands beside tiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize
from PySide6.QtGui import QImage, QPainterPath

from app.builder.canvas.geometry import BARE_MARGIN, NAME_GAP, NAME_PIXELS, NAMES_WIDTH, BlockShape, TileGrid
from app.builder.canvas.words import alpha_of, function_of
from app.kit import theme
from app.kit.drawing.marks import (
    Disc,
    Line,
    Mark,
    Path,
    Picture,
    Polyline,
    Rectangle,
    Text,
    call,
    rect_of,
    text_width,
)
from app.kit.icons import icon
from app.kit.numbers import grouped
from engine.activations import activation
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


def body_marks(shape: BlockShape, looks: BlockLook) -> list[Mark]:
    """Draw what lies beneath the tiles: the halo of a selected column, or the whole card."""
    if shape.tiles is None:
        return _card(shape, looks)
    box = rect_of(shape.body.adjusted(-BARE_MARGIN, -BARE_MARGIN, BARE_MARGIN, BARE_MARGIN))
    marks: list[Mark] = []
    if shape.bare:
        marks.append(Rectangle(box, "surface", "border", 1.2, 12.0))
    if looks.selected:
        marks.append(Rectangle(box, "accent 10%", "accent 85%", 1.4, 12.0))
    elif looks.hovered:
        marks.append(Rectangle(box, "accent 5%", "accent 30%", 1.4, 12.0))
    if Port.BLOCK in looks.bad_ports:
        marks.append(Rectangle(box, "", "danger", 1.6, 12.0))
    return marks


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
    return (
        Text(name, (left, foot - 2 * line, room, line), 13.0 * size, _name_ink(looks), bold=True, elide=True),
        Text(detail, (left, foot - line, room, line), 11.5 * size, "text_muted", elide=True),
    )


def _name_ink(looks: BlockLook) -> str:
    return "accent" if looks.selected else "text" if looks.used else "text_muted"


def _fitting(wordings: Sequence[str], size: float, bold: bool, room: float) -> str:
    """Return the first wording that is no wider than ``room``; empty if none is."""
    return next((words for words in wordings if text_width(words, size, bold) <= room), "")


def caption_area(shape: BlockShape, room: float, size: float) -> QRectF:
    """Return where a click means a column's caption: as wide as its letters, and no narrower than a finger."""
    marks = caption_marks(shape, BlockLook(), room, size)
    wide = max(LEAST_CAPTION, *(mark.ink_rect[2] for mark in marks))
    foot, high = shape.caption_rect.bottom(), 2 * LINE * size
    return QRectF(shape.caption_rect.center().x() - wide / 2, foot - high, wide, high)


def run_marks(run: Run, size: float) -> list[Mark]:
    """Draw one caption with a bracket over all columns of a run, ``size`` times as large as at full scale."""
    span, line = span_of(run), LINE * size
    top = span.bottom() - line - HOOK
    corners = (span.left(), top + HOOK), (span.left(), top), (span.right(), top), (span.right(), top + HOOK)
    words = (span.left(), top - GAP - line, span.width(), line)
    return [
        Polyline(points=corners, stroke="text_muted", width=1.2 * size),
        Text(run_text(run), words, 13.0 * size, bold=True, elide=True),
    ]


def number_mark(shape: BlockShape, looks: BlockLook, room: float, size: float) -> Text:
    """Draw which of a run a column is."""
    box = shape.caption_rect.center().x() - room / 2, shape.caption_rect.bottom() - LINE * size, room, LINE * size
    return Text(grouped(number_of(shape)), box, 13.0 * size, _name_ink(looks), bold=True)


def feature_name_marks(shape: BlockShape) -> list[Mark]:
    """Draw the name of each feature to the left of its tile, where there is room for it."""
    tiles = shape.tiles
    if tiles is None or tiles.compact or tiles.pitch < 13.0:
        return []
    left, size = tiles.left - NAME_GAP - NAMES_WIDTH, min(NAME_PIXELS, 0.8 * tiles.pitch)
    return [
        Text(name, (left, tile.top(), NAMES_WIDTH, tile.height()), size, "text_muted", "right middle", elide=True)
        for name, tile in zip(shape.feature_names, tiles.rects(), strict=False)
    ]


def port_mark(at: QPointF, *, bad: bool, lit: bool) -> Disc:
    """Draw a port: a small ring, in danger's colour when something is wrong, filled while it is aimed at."""
    ink = "danger" if bad else "accent" if lit else "text_muted"
    return Disc(at.x(), at.y(), 5.5 if lit else 4.5, ink if bad or lit else "surface", ink, 1.8)


def handle_marks(shape: BlockShape) -> list[Mark]:
    """Draw the − and + of a dense block, and the bar between them that is dragged."""
    bar, fewer, more = shape.resize_handle, shape.fewer_handle, shape.more_handle
    if bar is None or fewer is None or more is None:
        return []
    marks: list[Mark] = [Rectangle((bar.left(), bar.center().y() - 2.0, bar.width(), 4.0), "accent", corner=2.0)]
    for button in (fewer, more):
        x, y = button.center().toTuple()
        marks.append(Disc(x, y, button.width() / 2, "surface", "border"))
        marks.append(Line((x - 4, y), (x + 4, y), "accent", 1.8, cap="round"))
        if button is more:
            marks.append(Line((x, y - 4), (x, y + 4), "accent", 1.8, cap="round"))
    return marks


def ring_mark(tile: QRectF, *, chosen: bool) -> Rectangle:
    """Draw the ring round the hovered or the open neuron."""
    out = 2.0 if chosen else 1.0
    box = rect_of(tile.adjusted(-out, -out, out, out))
    return Rectangle(box, "", "accent", 2.6 if chosen else 1.6, min(0.16 * tile.width(), 8.0) + out)


def label_marks(at: QPointF, text: str, ink: str, size: float) -> list[Mark]:
    """Draw a word on a small plate round a place."""
    width, height = text_width(text, size, bold=True) + size, 1.7 * size
    box = at.x() - width / 2, at.y() - height / 2, width, height
    return [Rectangle(box, "surface", "border", corner=0.5 * size), Text(text, box, size, ink, bold=True)]


def _card(shape: BlockShape, looks: BlockLook) -> list[Mark]:
    body, declaration = shape.body, shape.block.declaration
    stroke = "danger" if Port.BLOCK in looks.bad_ports else "accent" if looks.selected or looks.hovered else "border"
    label = " ".join(part for part in (shape.name, shape.setting) if part)  # there is room for one line
    marks: list[Mark] = [
        Rectangle(rect_of(body.translated(0, 2)), "#3c000000" if theme.current().dark else "#0e000000", corner=10.0),
        Rectangle(rect_of(body), "surface", stroke, 2.0 if looks.selected else 1.2, 10.0),
        Text(label, (body.left() + 6, body.bottom() - 24, body.width() - 12, 18), bold=True, elide=True),
    ]
    function = function_of(shape.block)
    if function is None:
        place = body.center().x() - ICON / 2, body.top() + 9, float(ICON), float(ICON)
        return [*marks, Picture(place, call(card_icon, declaration.icon, theme.current().accent), smooth=True)]
    x, y = body.center().x(), body.top() + 19
    curve = activation_curve(function.key, alpha_of(shape.block)).translated(x, y)
    return [*marks, Line((x - 24, y), (x + 24, y), "border"), Path(curve, "accent", 2.0)]


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
def card_icon(name: str, colour: str) -> QImage:
    """Return a kind's icon, sharp up to twice its size."""
    return icon(name, colour).pixmap(QSize(2 * ICON, 2 * ICON), 1.0).toImage()


def answer_marks(tiles: TileGrid, shares: NDArray[np.float64]) -> list[Mark]:
    """Draw below each tile a bar as long as its unit answers strongly: good, negative where it answers below zero."""
    thick = min(3.0, 0.45 * (tiles.pitch - tiles.size))
    if thick < 1.0:
        return []
    positive, negative = QPainterPath(), QPainterPath()
    for tile, share in zip(tiles.rects(), shares.tolist(), strict=False):
        bar = QRectF(tile.left(), tile.bottom() + 1.5, abs(share) * tile.width(), thick)
        (positive if share > 0 else negative).addRoundedRect(bar, thick / 2, thick / 2)
    return [Path(positive, fill="good"), Path(negative, fill="negative")]


def share_marks(tiles: TileGrid, names: tuple[str, ...], shares: NDArray[np.float64] | None) -> list[Mark]:
    """Draw outputs as vessels: each bears its class and is filled as far as its probability; the fullest stands out."""
    best = int(shares.argmax()) if shares is not None else -1
    size = min(14.0, 0.5 * tiles.size)
    marks: list[Mark] = []
    for unit, (tile, name) in enumerate(zip(tiles.rects(), names, strict=False)):
        stroke, width = ("accent", 2.0) if unit == best else ("border", 1.2)
        marks.append(Rectangle(rect_of(tile), "surface", stroke, width, 5.0))
        if shares is not None:
            vessel, filled = QPainterPath(), QPainterPath()
            vessel.addRoundedRect(tile, 5.0, 5.0)
            filled.addRect(tile.adjusted(0, tile.height() * (1.0 - float(shares[unit])), 0, 0))
            marks.append(Path(vessel.intersected(filled), fill="accent 42%"))
        if text_width(name, size, bold=True) <= tile.width() - 4:
            marks.append(Text(name, rect_of(tile), size, bold=True))
        else:
            marks.append(_class_name(tile, name, size, "text", bold=True))
    return marks


def class_name_marks(tiles: TileGrid, names: tuple[str, ...]) -> list[Mark]:
    """Draw the class that each output stands for, to the right of its tile."""
    if tiles.compact or tiles.pitch < 13.0 or len(names) != tiles.units:
        return []
    size = min(12.0, 0.8 * tiles.pitch)
    return [_class_name(tile, name, size, "text_muted") for tile, name in zip(tiles.rects(), names, strict=True)]


def _class_name(tile: QRectF, name: str, size: float, ink: str, *, bold: bool = False) -> Text:
    room = tile.right() + 6, tile.top(), 116.0, tile.height()
    return Text(name, room, size, ink, "left middle", bold=bold, elide=True)


def fold_marks(shape: BlockShape, *, lit: bool) -> list[Mark]:
    """Draw the frame of an image of pixels and the button below it."""
    handle = shape.fold_handle
    if handle is None:
        return []
    text = (
        QCoreApplication.translate("Canvas", "Unfold {count} inputs").format(count=grouped(shape.width))
        if shape.folded
        else QCoreApplication.translate("Canvas", "Fold to an image")
    )
    frame = Rectangle(rect_of(shape.body.adjusted(-1, -1, 1, 1)), "", "border", 1.2, 3.0)
    button = Rectangle(rect_of(handle), "surface", "accent" if lit else "border", 1.2, 12.0)
    words = Text(text, rect_of(handle), 11.5, "accent" if lit else "text", bold=True)
    return [frame, button, words] if shape.folded else [button, words]
