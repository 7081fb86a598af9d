"""Marks on the tiles of units that are in trouble: each kind has a pattern of its own, not a colour alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap

from app.builder.canvas.paint.tiles import ROUND, ROUNDEST
from app.builder.canvas.tilegrid import TileGrid
from app.kit import look, theme
from app.kit.scene.camera import Camera
from app.kit.verdict_words import tone_of
from engine.training.snapshot import Snapshot
from engine.training.verdicts import Trouble

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
