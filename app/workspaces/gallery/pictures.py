"""A card's pictures: the data as dots and what the network decides, or a sketch where there is neither."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen

from app.kit import theme
from app.kit.colourmap import class_image, diverging_colour, diverging_image, ink_image
from app.kit.icons import pixmap
from app.kit.widgets.painted import draw_elided, set_pixels
from engine.data import Task
from engine.training.portrait import Portrait

GAP = 8.0
RADIUS = 6.0
DOT = 1.7
CAPTION = 14.0
DISC = 15.0
STRENGTH = 0.8
"""The decision steps back a little behind the words."""


def paint_portrait(painter: QPainter, box: QRectF, portrait: Portrait, caption: str) -> None:
    """Paint the data, and beside it what the network decides; ``caption`` stands under both where it says something."""
    if caption:
        set_pixels(painter, 10)
        painter.setPen(theme.colour("text_muted"))
        line = QRectF(box.left(), box.bottom() - CAPTION, box.width(), CAPTION)
        draw_elided(painter, line, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, caption)
        box = box.adjusted(0, 0, 0, -CAPTION)
    width = (box.width() - GAP) / 2
    left = QRectF(box.left(), box.top(), width, box.height())
    right = left.translated(width + GAP, 0)
    if len(portrait.images):
        _paint_grid(painter, left, [ink_image(image) for image in portrait.images])
        _paint_grid(painter, right, [diverging_image(weights) for weights in portrait.seen])
    else:
        _paint_points(painter, left, portrait)
        _paint_decision(painter, right, _decision(portrait, theme.current().name))


def _paint_points(painter: QPainter, box: QRectF, portrait: Portrait) -> None:
    painter.setPen(QPen(theme.colour("border"), 1.0))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    inner = box.adjusted(4, 4, -4, -4)
    painter.setPen(Qt.PenStyle.NoPen)
    regression = portrait.task is Task.REGRESSION
    for (across, up), value in zip(portrait.at, portrait.values, strict=True):
        painter.setBrush(diverging_colour(float(value)) if regression else theme.class_colour(int(value)))
        at = QPointF(inner.left() + across * inner.width(), inner.bottom() - up * inner.height())
        painter.drawEllipse(at, DOT, DOT)


def _paint_decision(painter: QPainter, box: QRectF, image: QImage) -> None:
    frame = QPainterPath()
    frame.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
    painter.save()
    painter.setClipPath(frame)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setOpacity(STRENGTH)
    painter.drawImage(box, image)
    painter.restore()
    painter.setPen(QPen(theme.colour("border"), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(frame)


@lru_cache(maxsize=64)
def _decision(portrait: Portrait, _theme: str) -> QImage:
    """Return what the network decides, in the colours of a theme."""
    if portrait.shares is not None:
        return diverging_image(portrait.shares)
    return class_image(portrait.winners, portrait.leads)


def _paint_grid(painter: QPainter, box: QRectF, images: list[QImage]) -> None:
    """Images three by three, their pixels sharp."""
    side = (box.width() - 4.0) / 3
    for number, image in enumerate(images):
        place = QRectF(box.left() + (number % 3) * (side + 2), box.top() + (number // 3) * (side + 2), side, side)
        painter.drawImage(place, image)
        painter.setPen(QPen(theme.colour("border"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)


def paint_waiting(painter: QPainter, box: QRectF) -> None:
    """The empty places of pictures that are still being worked out."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("raised"))
    width = (box.width() - GAP) / 2
    for left in (box.left(), box.left() + width + GAP):
        painter.drawRoundedRect(QRectF(left, box.top(), width, box.height()), RADIUS, RADIUS)


def paint_blank(painter: QPainter, box: QRectF) -> None:
    """Two inputs, an output, and between them a place for what is to be built."""
    _paint_ground(painter, box)
    middle, side = box.center(), 20.0
    places = [middle + QPointF(-50, -16), middle + QPointF(-50, 16), middle + QPointF(50, 0)]
    painter.setPen(QPen(theme.colour("text_muted"), 1.0, Qt.PenStyle.DashLine))
    for place in places:
        painter.drawLine(place, middle)
    painter.setPen(QPen(theme.colour("text_muted"), 1.0))
    painter.setBrush(theme.colour("surface"))
    for place in places:
        painter.drawRoundedRect(QRectF(place.x() - side / 2, place.y() - side / 2, side, side), 5, 5)
    _paint_disc(painter, middle, "plus")


def paint_table(painter: QPainter, box: QRectF) -> None:
    """A table, and an arrow into it."""
    _paint_ground(painter, box)
    middle, width, height, gap = box.center(), 28.0, 12.0, 5.0
    painter.setPen(Qt.PenStyle.NoPen)
    for row in range(4):
        painter.setBrush(theme.colour("track" if row else "grid_dots"))
        for column in range(4):
            x = middle.x() + (column - 2) * (width + gap) + gap / 2
            y = middle.y() + (row - 2) * (height + gap) + gap / 2
            painter.setOpacity(1.0 if row == 0 else 0.55)
            painter.drawRoundedRect(QRectF(x, y, width, height), 3, 3)
    painter.setOpacity(1.0)
    _paint_disc(painter, middle, "import")


def _paint_ground(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(theme.colour("border"), 1.0, Qt.PenStyle.DashLine))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def _paint_disc(painter: QPainter, at: QPointF, icon: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawEllipse(at, DISC, DISC)
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(at - QPointF(8, 8), pixmap(icon, 16, "on_accent", ratio))
