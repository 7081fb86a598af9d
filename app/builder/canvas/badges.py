"""Badges about the health of a block, and patterns on the tiles of units in trouble."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainterPath

from app.builder.canvas.geometry import WIDEST_CAPTION, BlockShape, TileGrid
from app.builder.canvas.tiles import ROUND, ROUNDEST
from app.builder.canvas.words import told_of
from app.kit.drawing.columns import Lines
from app.kit.drawing.marks import Group, Mark, Path, Rectangle, Text, call, rect_of, text_width
from app.kit.scene.viewport import Camera
from app.kit.verdict_words import fewer_words, tone_of, verdict_words
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Trouble, Verdict

HEIGHT = 20.0
GAP = 5.0
LARGER = 1.3
READABLE, LARGEST = 0.55, 1.8
"""Below this scale badges are written larger, up to so many times."""
TINT = 13
NOTE_WIDTH = 130.0
HATCH = 6.0
"""Scene units from one line of a dead unit's hatching to the next."""
PLAIN_BELOW = 9.0
"""On tiles smaller than this, in scene units, there is room for a frame and one stroke."""
UnitTroubles = Mapping[int, tuple[Trouble, str]]
"""By unit of a block, its trouble and the theme's colour for it: muted where it is no alarm."""


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge where it lies, in scene units. ``words``: all that it says where there is room; ``text``: as much of
    them as there is."""

    verdict: Verdict
    words: str
    text: str
    rect: QRectF
    size: float = 1.0
    """How many times as large as usual."""


def badge_size(scale: float) -> float:
    """By how much badges are written larger where the picture is shown smaller, at ``scale``: they stay readable."""
    return min(max(1.0, READABLE / scale), LARGEST)


def badges_of(
    shape: BlockShape, verdicts: tuple[Verdict, ...], room: float = WIDEST_CAPTION, least: float = 1.0
) -> list[Badge]:
    """The block's badges, one under the other below its body, each at most ``room`` wide. Where its words are wider, a
    badge says fewer of them; its colour and tooltip say the rest. ``least``: so many times as large as usual, where
    there is room."""
    found = []
    top = shape.body.bottom() + (22.0 if shape.resize_handle is not None else 10.0)
    for verdict in told_of(shape.block, verdicts):
        text = words = verdict_words(verdict, shape.width)
        width, size = text_width(text, 11.5, bold=True) + 20.0, least
        if size * width > room:  # columns so close are many, and shown small
            for text in fewer_words(verdict, shape.width):
                width = text_width(text, 11.5, bold=True) + 10.0
                if width <= room:
                    break
            size = min(max(LARGER, least), max(1.0, room / width))
        left = shape.body.center().x() - size * width / 2
        rect = QRectF(left, top, size * width, size * HEIGHT)
        top += size * HEIGHT + GAP
        found.append(Badge(verdict, words, text, rect, size))
    return found


def badge_marks(badge: Badge) -> list[Mark]:
    """Draw one badge."""
    tone = tone_of(badge.verdict.trouble, is_alarm=badge.verdict.is_alarm)
    box, corner = rect_of(badge.rect), badge.size * HEIGHT / 2
    tint = Rectangle(box, f"{tone} {TINT}%", corner=corner)
    words = Text(badge.text, box, 11.5 * badge.size, tone, bold=True)
    return [Rectangle(box, "surface", corner=corner), tint, words]


def note_of(
    badges: Mapping[str, Sequence[Badge]], shapes: Mapping[str, BlockShape], size: float = 1.0
) -> tuple[str, QRectF] | None:
    """What the numbers of the badges are, and where that is said once: left of the first. None for a single one, or
    without room. The layer that they are compared with may have another badge, as for saturated units."""
    signals = [badge for group in badges.values() for badge in group if badge.verdict.delta is not None]
    reference = signals[0].verdict.reference if signals else ""
    if len(signals) < 2 and reference in ("", *(badge.verdict.block_id for badge in signals)):
        return None
    if reference and reference not in shapes:
        return None  # it has just been removed; the next verdicts name another
    first = min(signals, key=lambda badge: badge.rect.left()).rect
    text = QCoreApplication.translate("Badge", "error signal ‖δ‖,\nnothing to compare")
    if reference:
        text = QCoreApplication.translate("Badge", "error signal ‖δ‖,\n{layer} = 1")
        text = text.format(layer=shapes[reference].name)
    width, high = NOTE_WIDTH * size, 32.0 * size
    rect = QRectF(first.left() - width - 12.0, first.center().y() - high / 2, width, high)
    is_free = not any(rect.intersects(shape.bounds) for shape in shapes.values())
    return (text, rect) if is_free else None


def note_mark(note: tuple[str, QRectF], size: float = 1.0) -> Text:
    """Draw what the numbers of the badges are."""
    return Text(note[0], rect_of(note[1]), 11.5 * size, "text_muted", "right middle")


def troubles_of(snapshot: Snapshot | None) -> dict[str, UnitTroubles]:
    """By block id, the units in trouble. Saturated ones of a network that has learnt its points are where they should
    be: unmarked."""
    found: dict[str, dict[int, tuple[Trouble, str]]] = {}
    for verdict in snapshot.verdicts if snapshot is not None else ():
        if verdict.trouble is Trouble.SATURATED and not verdict.is_alarm:
            continue
        for unit in verdict.units:
            tone = tone_of(verdict.trouble, is_alarm=verdict.is_alarm)
            found.setdefault(verdict.block_id, {})[unit] = verdict.trouble, tone
    return dict(found)


def unit_marks(tiles: TileGrid, marks: UnitTroubles) -> list[Mark]:
    """Draw patterns over the tiles of a block's units in trouble."""
    drawn: list[Mark] = []
    for unit, (trouble, tone) in marks.items():
        if unit < tiles.units and trouble in _PATTERNS:
            drawn += _PATTERNS[trouble](tiles.rect(unit), tone)
    return drawn


def unit_mark_groups(
    troubles: Mapping[str, UnitTroubles],
    shapes: Mapping[str, BlockShape],
    camera: Camera,
    ratio: float,
    before: Sequence[Group],
) -> list[Group]:
    """Draw the patterns of every block as a picture, in pixels, that of ``before`` where it is the same: hundreds of
    dashed frames would take longer than all the rest of a frame."""
    earlier, groups = {group.key: group for group in before}, []
    for block_id, units in troubles.items():
        tiles = shapes[block_id].tiles if block_id in shapes else None
        if tiles is not None:
            place = camera.snapped(QPointF(tiles.left, tiles.top), ratio)
            draw = call(unit_marks, replace(tiles, left=0.0, top=0.0), units)
            group = Group(draw, cached=True, shift=(place.x(), place.y()), scale=camera.scale, key=block_id)
            if block_id in earlier and earlier[block_id].draw == draw:
                group.keep_from(earlier[block_id])
            groups.append(group)
    return groups


def _frame(tile: QRectF, ink: str, *, dashed: bool = False) -> Rectangle:
    width, corner = min(2.0, 0.16 * tile.width()), min(ROUND * tile.width(), ROUNDEST)
    box = rect_of(tile.adjusted(width / 2, width / 2, -width / 2, -width / 2))
    return Rectangle(box, "", ink, width, corner, dashed=dashed)


def _dead(tile: QRectF, tone: str) -> list[Mark]:
    """Blank and hatched: nothing comes out, whatever goes in."""
    left, top, side = tile.left(), tile.top(), tile.width()
    step = HATCH if side >= PLAIN_BELOW else side
    hatches = []
    for across in np.arange(step, 2 * side, step).tolist():
        over = max(0.0, across - side)  # so much of the line lies beyond the right and the lower edge
        hatches.append((left + across - over, top + over, left + over, top + across - over))
    lines = Lines(tuple(hatches), f"{tone} 50%", min(1.4, 0.2 * step))
    return [Rectangle(rect_of(tile), "surface", corner=min(ROUND * side, ROUNDEST)), lines, _frame(tile, tone)]


def _saturated(tile: QRectF, tone: str) -> list[Mark]:
    """A dashed frame, and the flat ends of an S."""
    frame = _frame(tile, tone, dashed=True)
    if tile.width() < PLAIN_BELOW:
        return [frame]
    badge = QRectF(tile.right() - 13.0, tile.top() + 2.0, 11.0, 9.0)
    curve = QPainterPath(badge.bottomLeft())
    curve.lineTo(badge.left() + 3.5, badge.bottom())
    curve.cubicTo(badge.center().x(), badge.bottom(), badge.center().x(), badge.top(), badge.right() - 3.5, badge.top())
    curve.lineTo(badge.topRight())
    plate = Rectangle(rect_of(badge.adjusted(-1, -1, 1, 1)), "surface 85%", corner=3.0)
    return [frame, plate, Path(curve, "text", 1.4)]


def _overgrown(tile: QRectF, tone: str) -> list[Mark]:
    """A double frame, and an arrow that leaves it."""
    outer = _frame(tile.adjusted(-2.5, -2.5, 2.5, 2.5), tone)
    if tile.width() < PLAIN_BELOW:
        return [outer]
    tip = tile.topRight() + QPointF(3.0, -3.0)
    arrow = QPainterPath(tile.topRight() + QPointF(-10.0, 12.0))
    arrow.lineTo(tip)
    arrow.moveTo(tip + QPointF(-7.0, 0.0))
    arrow.lineTo(tip)
    arrow.lineTo(tip + QPointF(0.0, 7.0))
    return [outer, _frame(tile, tone), Path(arrow, "surface", 5.0), Path(arrow, tone, 2.2)]


_PATTERNS: Mapping[Trouble, Callable[[QRectF, str], list[Mark]]] = {
    Trouble.DEAD: _dead,
    Trouble.SATURATED: _saturated,
    Trouble.OVERGROWN: _overgrown,
}
