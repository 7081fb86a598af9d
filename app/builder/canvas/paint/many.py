"""What is painted where units are many or are pixels: ribbons of edges, answers, classes, the fold button."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath

from app.builder.canvas.bundles import Bundle
from app.builder.canvas.geometry import BlockShape
from app.builder.canvas.tilegrid import TileGrid
from app.kit import look, theme
from app.kit.numbers import grouped
from app.kit.scene.curves import curve

MARGIN = 6.0
"""How far a ribbon reaches beyond the first and the last wire in it."""
LABEL_ROOM = 74.0
"""A ribbon shorter than this bears no label."""


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
