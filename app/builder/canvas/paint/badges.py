"""Badges: what the gradients say about a block, and why, and what helps."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from app.builder.canvas.geometry import WIDEST_CAPTION, BlockShape
from app.kit import look, theme
from app.kit.listing import listed
from app.kit.numbers import in_tile, percent
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Trouble, Verdict

HEIGHT = 20.0
GAP = 5.0
TAG_GAP = 6.0
COLOURS = {
    Trouble.HEALTHY: "good",
    Trouble.VANISHING: "warning",
    Trouble.EXPLODING: "danger",
    Trouble.DEAD: "danger",
    Trouble.SATURATED: "warning",
    Trouble.OVERGROWN: "danger",
}
LARGER = 1.3
FEW = 3
"""So many units are named on a badge; more are counted."""


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge where it lies, in scene units."""

    verdict: Verdict
    text: str
    rect: QRectF
    size: float = 1.0
    """How many times as large as usual."""


def which_units(verdict: Verdict, units: int) -> str:
    """Which of a block's units it is about: few by their numbers, more by how many they are."""
    numbers = listed(str(unit + 1) for unit in verdict.units)
    if len(verdict.units) == 1:
        return QCoreApplication.translate("Badge", "unit {number}").format(number=numbers)
    if len(verdict.units) == units or len(verdict.units) > FEW:
        text = QCoreApplication.translate("Badge", "{count} of {units}")
        return text.format(count=len(verdict.units), units=units)
    return QCoreApplication.translate("Badge", "units {numbers}").format(numbers=numbers)


def _text(verdict: Verdict, units: int) -> str:
    share = which_units(verdict, units)
    if verdict.trouble is Trouble.HEALTHY:
        return QCoreApplication.translate("Badge", "∇ {ratio} healthy").format(ratio=in_tile(verdict.value))
    if verdict.trouble is Trouble.VANISHING:
        return QCoreApplication.translate("Badge", "∇ {ratio} vanishing").format(ratio=in_tile(verdict.value))
    if verdict.trouble is Trouble.EXPLODING:
        return QCoreApplication.translate("Badge", "∇ {ratio} exploding").format(ratio=in_tile(verdict.value))
    if verdict.trouble is Trouble.DEAD:
        return QCoreApplication.translate("Badge", "{share} dead").format(share=share)
    if verdict.trouble is Trouble.OVERGROWN:
        return QCoreApplication.translate("Badge", "{share} overgrown").format(share=share)
    return QCoreApplication.translate("Badge", "{share} saturated").format(share=share)


def explanation(verdict: Verdict) -> str:
    """The badge's tooltip: why it is there and what helps."""
    texts = {
        Trouble.HEALTHY: QCoreApplication.translate(
            "Badge",
            "Over the training points the error signal δ of this layer is {value} times that of the last hidden layer: "
            "it reaches this layer well, so the layer learns.",
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
    return texts[verdict.trouble].format(value=in_tile(verdict.value), percent=percent(verdict.value))


def badges_of(shape: BlockShape, verdicts: tuple[Verdict, ...], room: float = WIDEST_CAPTION) -> list[Badge]:
    """The block's badges, one under the other below its body; in a place not ``room`` wide for its words, one says its
    number alone, and its colour and tooltip the rest."""
    if shape.block.declaration.is_end:  # its own δ is what the others are measured by
        verdicts = tuple(v for v in verdicts if v.units)
    metrics = QFontMetricsF(look.font(11.5, QFont.Weight.DemiBold))
    found = []
    top = shape.body.bottom() + (22.0 if shape.resize_handle is not None else 10.0)
    for verdict in verdicts:
        text = _text(verdict, shape.width)
        width = metrics.horizontalAdvance(text) + 20.0
        size = 1.0
        if width > room and not verdict.units:  # columns so close are many, and shown small
            text = f"∇ {in_tile(verdict.value)}"
            width = metrics.horizontalAdvance(text) + 10.0
            size = min(LARGER, max(1.0, room / width))
        if beside := _beside(shape, verdict):
            rect = QRectF(beside.x() + TAG_GAP, beside.y() - HEIGHT / 2, width, HEIGHT)
        else:
            left = shape.body.center().x() - size * width / 2
            rect = QRectF(left, top, size * width, size * HEIGHT)
            top += size * HEIGHT + GAP
        found.append(Badge(verdict, text, rect, size))
    return found


def _beside(shape: BlockShape, verdict: Verdict) -> QPointF | None:
    """The right edge of the tile of the one unit that it is about; None where it is about more, or about all there
    are."""
    tiles, units = shape.tiles, verdict.units
    if tiles is None or tiles.compact or len(units) != 1 or units[0] >= tiles.units or tiles.units == 1:
        return None
    tile = tiles.rect(units[0])
    return QPointF(tile.right(), tile.center().y())


def paint_badge(painter: QPainter, badge: Badge) -> None:
    """Draw one badge in scene units."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(COLOURS[badge.verdict.trouble]))
    painter.drawRoundedRect(badge.rect, badge.size * HEIGHT / 2, badge.size * HEIGHT / 2)
    painter.setPen(theme.colour("on_accent"))
    painter.setFont(look.font(11.5 * badge.size, QFont.Weight.DemiBold))
    painter.drawText(badge.rect, Qt.AlignmentFlag.AlignCenter, badge.text)


def badge_at(badges: dict[str, list[Badge]], point: QPointF) -> Badge | None:
    """The badge under a scene point."""
    return next((b for group in badges.values() for b in group if b.rect.contains(point)), None)


def shown_verdicts(snapshot: Snapshot | None) -> tuple[Verdict, ...]:
    """The verdicts to be shown: in a network that has broken down or overgrown, none of its layers is healthy."""
    if snapshot is None:
        return ()
    found = snapshot.verdicts
    ill = snapshot.failure is not None or any(verdict.trouble is Trouble.OVERGROWN for verdict in found)
    return tuple(verdict for verdict in found if not ill or verdict.trouble is not Trouble.HEALTHY)
