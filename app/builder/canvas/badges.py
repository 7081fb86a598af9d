"""What the gradients say: badges about a block, and patterns on the tiles of units in trouble."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPixmap

from app.builder.canvas.geometry import WIDEST_CAPTION, BlockShape, TileGrid
from app.builder.canvas.tiles import ROUND, ROUNDEST
from app.kit import look, theme
from app.kit.numbers import percent, scientific, short
from app.kit.scene.viewport import Camera
from app.kit.verdict_words import fewer_words, gap_words, tone_of, verdict_words
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Trouble, Verdict

HEIGHT = 20.0
GAP = 5.0
TAG_GAP = 6.0
LARGER = 1.3
TINT = 0.13
NOTE_WIDTH = 130.0


HATCH = 6.0
"""Scene units from one line of a dead unit's hatching to the next."""
PLAIN_BELOW = 9.0
"""On tiles smaller than this, in scene units, there is room for a frame and one stroke."""
OVERHANG = 6.0
"""So many scene units a mark may reach beyond its tile."""
LARGEST = 4_000_000
"""Device pixels: a block whose marks would fill a larger picture has them painted anew in each frame."""
Marks = Mapping[int, tuple[Trouble, str]]
"""What is wrong with which unit of a block, and the theme's colour for it: muted where it is no alarm."""


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


def explanation(verdict: Verdict) -> str:
    """The badge's tooltip: why it is there and what helps."""
    texts = {
        Trouble.STEADY: QCoreApplication.translate(
            "Badge",
            "Over the training points the size ‖δ‖ of this layer’s error signal is {value} times that of the last "
            "hidden layer; 0.1 to 10 is steady.",
        ),
        Trouble.REFERENCE: QCoreApplication.translate(
            "Badge",
            "The last hidden layer: the other layers’ error signals ‖δ‖ are measured by its own, which counts as 1. "
            "That says nothing of its health.",
        ),
        Trouble.FADING: QCoreApplication.translate(
            "Badge",
            "Over the training points the size ‖δ‖ of this layer’s error signal is {value} times that of the last "
            "hidden layer: weaker, but it arrives. Below 0.001 it has vanished.",
        ),
        Trouble.GROWING: QCoreApplication.translate(
            "Badge",
            "Over the training points the size ‖δ‖ of this layer’s error signal is {value} times that of the last "
            "hidden layer: larger, but not out of hand. From 1,000 on it explodes.",
        ),
        Trouble.VANISHING: QCoreApplication.translate(
            "Badge",
            "Over the training points the error signal δ has shrunk to {value} times that of the last hidden layer, "
            "because each layer on the way back "
            "multiplied it by a factor below 1. This layer hardly learns. What helps: ReLU instead of "
            "logistic, Xavier or He initialisation, a normalisation, or a skip connection (Add).",
        ),
        Trouble.EXPLODING: QCoreApplication.translate(
            "Badge",
            "Over the training points the error signal δ has grown to {value} times that of the last hidden layer, "
            "because each layer on the way back "
            "multiplied it by a factor above 1. What helps: a smaller initialisation (Xavier, He), a "
            "normalisation, or gradient clipping.",
        ),
        Trouble.DEAD: QCoreApplication.translate(
            "Badge",
            "{percent} of the units put out zero for every training sample, so no gradient passes them and they cannot "
            "come back. What helps: Leaky ReLU or ELU, a smaller learning rate, He initialisation.",
        ),
        Trouble.OVERGROWN: QCoreApplication.translate(
            "Badge",
            "Units put out up to {value}, while the data are of the order of 1: the next steps may be too large for "
            "any number. What helps: drawing the layer anew, a smaller learning rate, or gradient clipping.",
        ),
        Trouble.SATURATED: QCoreApplication.translate(
            "Badge",
            "{percent} of the units sit where their activation is flat for most samples: f' is nearly 0, so little "
            "gradient passes. What helps: smaller initial weights, ReLU, or a normalisation before the activation.",
        ),
    }
    if verdict.gap is not None:
        why = QCoreApplication.translate(
            "Badge", "That is a weighted sum of this layer, so nothing comes of it. Choose another function here."
        )
        return f"{gap_words(verdict.gap)} {why}"
    if verdict.is_silent:
        text = QCoreApplication.translate(
            "Badge",
            "Over the training points the size ‖δ‖ of the error signal is {delta} here: next to nothing beside the "
            "error that is left, so the layer does not learn.",
        )
        return text.format(delta=short(verdict.delta or 0.0, 2))
    return texts[verdict.trouble].format(value=scientific(verdict.value), percent=percent(verdict.value))


def badges_of(shape: BlockShape, verdicts: tuple[Verdict, ...], room: float = WIDEST_CAPTION) -> list[Badge]:
    """The block's badges, one under the other below its body, each at most ``room`` wide. Where its words are wider, a
    badge says fewer of them; its colour and tooltip say the rest."""
    if shape.block.declaration.is_end:  # its own δ is what the others are measured by
        verdicts = tuple(v for v in verdicts if v.units)
    metrics = QFontMetricsF(look.font(11.5, QFont.Weight.DemiBold))
    found = []
    top = shape.body.bottom() + (22.0 if shape.resize_handle is not None else 10.0)
    for verdict in verdicts:
        text = words = verdict_words(verdict, shape.width)
        width, size = metrics.horizontalAdvance(text) + 20.0, 1.0
        beside = _beside(shape, verdict, TAG_GAP + width, room)
        if width > room and beside is None:  # columns so close are many, and shown small
            for text in fewer_words(verdict, shape.width):
                width = metrics.horizontalAdvance(text) + 10.0
                if width <= room:
                    break
            size = min(LARGER, max(1.0, room / width))
        if beside is not None:
            rect = QRectF(beside.x() + TAG_GAP, beside.y() - HEIGHT / 2, width, HEIGHT)
        else:
            left = shape.body.center().x() - size * width / 2
            rect = QRectF(left, top, size * width, size * HEIGHT)
            top += size * HEIGHT + GAP
        found.append(Badge(verdict, words, text, rect, size))
    return found


def _beside(shape: BlockShape, verdict: Verdict, wide: float, room: float) -> QPointF | None:
    """The right edge of the tile of the one unit that it is about; None where it is about more, or about all there
    are, or where the next column is not so ``wide`` away."""
    tiles, units = shape.tiles, verdict.units
    if tiles is None or tiles.compact or len(units) != 1 or units[0] >= tiles.units or tiles.units == 1:
        return None
    tile = tiles.rect(units[0])
    is_free = tile.right() + wide <= shape.body.center().x() + room - shape.body.width() / 2
    return QPointF(tile.right(), tile.center().y()) if is_free else None


def paint_badge(painter: QPainter, badge: Badge) -> None:
    """Draw one badge in scene units."""
    tone, radius = tone_of(badge.verdict.trouble, is_alarm=badge.verdict.is_alarm), badge.size * HEIGHT / 2
    painter.setPen(Qt.PenStyle.NoPen)
    for colour in (theme.colour("surface"), look.faded(tone, TINT)):
        painter.setBrush(colour)
        painter.drawRoundedRect(badge.rect, radius, radius)
    painter.setPen(theme.colour(tone))
    painter.setFont(look.font(11.5 * badge.size, QFont.Weight.DemiBold))
    painter.drawText(badge.rect, Qt.AlignmentFlag.AlignCenter, badge.text)


def note_of(badges: Mapping[str, Sequence[Badge]], shapes: Mapping[str, BlockShape]) -> tuple[str, QRectF] | None:
    """What the numbers of the badges are, and where that is said once: left of the first. None without a layer that
    they are measured by, or room."""
    signals = [badge for group in badges.values() for badge in group if not badge.verdict.units]
    reference = next((b.verdict.block_id for b in signals if b.verdict.trouble is Trouble.REFERENCE), None)
    if reference is None or len(signals) < 2:
        return None
    first = min(signals, key=lambda badge: badge.rect.left()).rect
    text = QCoreApplication.translate("Badge", "error signal ‖δ‖,\n{layer} = 1").format(layer=shapes[reference].name)
    rect = QRectF(first.left() - NOTE_WIDTH - 12.0, first.center().y() - 16.0, NOTE_WIDTH, 32.0)
    is_free = not any(rect.intersects(shape.bounds) for shape in shapes.values())
    return (text, rect) if is_free else None


def paint_note(painter: QPainter, note: tuple[str, QRectF]) -> None:
    """Say what the numbers of the badges are, in scene units."""
    text, rect = note
    painter.setPen(theme.colour("text_muted"))
    painter.setFont(look.font(11.5))
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


def badge_at(badges: dict[str, list[Badge]], point: QPointF) -> Badge | None:
    """The badge under a scene point."""
    return next((b for group in badges.values() for b in group if b.rect.contains(point)), None)


def marks_of(snapshot: Snapshot | None) -> dict[str, Marks]:
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


class MarkLayer:
    """The marks of one block as one picture, painted anew only when they, the view or the theme have changed: hundreds
    of dashed frames would take longer than all the rest of a frame."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._picture = QPixmap()

    def paint(self, painter: QPainter, tiles: TileGrid, marks: Marks, camera: Camera, ratio: float) -> None:
        """Draw the marks over the block's tiles, in widget pixels."""
        around = tiles.bounds.adjusted(-OVERHANG, -OVERHANG, OVERHANG, OVERHANG)
        box = camera.rect_to_view(around)
        place = QPointF(math.floor(box.left() * ratio), math.floor(box.top() * ratio)) / ratio
        size = (QSizeF(box.width(), box.height()) * ratio).toSize()
        if size.width() * size.height() > LARGEST:
            painter.save()
            painter.setTransform(camera.transform, True)
            paint_marks(painter, tiles, marks)
            painter.restore()
            return
        offset = (camera.offset.x() - place.x(), camera.offset.y() - place.y())
        key = (tuple(marks.items()), tiles, camera.scale, offset, ratio, theme.current().name)
        if key != self._key:
            self._key, self._picture = key, self._painted(tiles, marks, camera, place, box, ratio)
        painter.drawPixmap(place, self._picture)

    def _painted(
        self, tiles: TileGrid, marks: Marks, camera: Camera, place: QPointF, box: QRectF, ratio: float
    ) -> QPixmap:
        wide, high = box.right() - place.x(), box.bottom() - place.y()
        picture = QPixmap(math.ceil(wide * ratio) + 1, math.ceil(high * ratio) + 1)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(-place)
            painter.setTransform(camera.transform, True)
            paint_marks(painter, tiles, marks)
        finally:
            painter.end()
        return picture


def paint_marks(painter: QPainter, tiles: TileGrid, marks: Marks) -> None:
    """Draw the marks over a block's tiles, in scene units."""
    for unit, (trouble, tone) in marks.items():
        if unit < tiles.units and trouble in _PATTERNS:
            painter.save()
            _PATTERNS[trouble](painter, tiles.rect(unit), tone)
            painter.restore()


def _outline(tile: QRectF) -> QPainterPath:
    path, radius = QPainterPath(), min(ROUND * tile.width(), ROUNDEST)
    path.addRoundedRect(tile, radius, radius)
    return path


def _frame(painter: QPainter, tile: QRectF, colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
    width = min(2.0, 0.16 * tile.width())
    pen = look.pen(theme.colour(colour), width)
    pen.setStyle(style)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(_outline(tile.adjusted(width / 2, width / 2, -width / 2, -width / 2)))


def _dead(painter: QPainter, tile: QRectF, tone: str) -> None:
    """Blank and hatched: nothing comes out, whatever goes in."""
    step = HATCH if tile.width() >= PLAIN_BELOW else tile.width()
    painter.fillPath(_outline(tile), theme.colour("surface"))
    painter.save()
    painter.setClipPath(_outline(tile), Qt.ClipOperation.IntersectClip)
    painter.setPen(look.pen(look.faded(tone, 0.5), min(1.4, 0.2 * step)))
    across = step
    while across < 2 * tile.width():
        painter.drawLine(tile.topLeft() + QPointF(across, 0.0), tile.topLeft() + QPointF(0.0, across))
        across += step
    painter.restore()
    _frame(painter, tile, tone)


def _saturated(painter: QPainter, tile: QRectF, tone: str) -> None:
    """A dashed frame, and the flat ends of an S."""
    _frame(painter, tile, tone, Qt.PenStyle.DashLine)
    if tile.width() < PLAIN_BELOW:
        return
    badge = QRectF(tile.right() - 13.0, tile.top() + 2.0, 11.0, 9.0)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.faded("surface", 0.85))
    painter.drawRoundedRect(badge.adjusted(-1, -1, 1, 1), 3.0, 3.0)
    curve = QPainterPath(badge.bottomLeft())
    curve.lineTo(badge.left() + 3.5, badge.bottom())
    curve.cubicTo(badge.center().x(), badge.bottom(), badge.center().x(), badge.top(), badge.right() - 3.5, badge.top())
    curve.lineTo(badge.topRight())
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(look.pen(theme.colour("text"), 1.4))
    painter.drawPath(curve)


def _overgrown(painter: QPainter, tile: QRectF, tone: str) -> None:
    """A double frame, and an arrow that leaves it."""
    _frame(painter, tile.adjusted(-2.5, -2.5, 2.5, 2.5), tone)
    if tile.width() < PLAIN_BELOW:
        return
    _frame(painter, tile, tone)
    foot, tip = tile.topRight() + QPointF(-10.0, 12.0), tile.topRight() + QPointF(3.0, -3.0)
    head = QPainterPath(tip + QPointF(-7.0, 0.0))
    head.lineTo(tip)
    head.lineTo(tip + QPointF(0.0, 7.0))
    for width, colour in ((5.0, "surface"), (2.2, tone)):
        painter.setPen(look.pen(theme.colour(colour), width))
        painter.drawLine(foot, tip)
        painter.drawPath(head)


_PATTERNS: Mapping[Trouble, Callable[[QPainter, QRectF, str], None]] = {
    Trouble.DEAD: _dead,
    Trouble.SATURATED: _saturated,
    Trouble.OVERGROWN: _overgrown,
}
