"""The gallery's cards: a picture, a title, one thought, and what its file is worth in numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.examples import Example
from app.examples.example import worded_example
from app.kit import theme
from app.kit.colourmap import class_image, diverging_colour, diverging_image, ink_image
from app.kit.icons import pixmap
from app.kit.numbers import accuracy_text, grouped
from app.kit.translation import QT_TRANSLATE_NOOP, worded
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.words import plain_tip
from engine.data import Task
from engine.training.portrait import Portrait

PADDING = 10
TITLE_LINE, FOOT_LINE = 20, 16
IDEA_PIXELS = 12
RADIUS = 10.0
TABLE_TITLE = QT_TRANSLATE_NOOP("Gallery", "Your own table")
TABLE_IDEA = QT_TRANSLATE_NOOP("Gallery", "A CSV or Parquet file: pick the column to predict.")
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
"""Arrow keys as steps across and down."""


def _short(column: str) -> str:
    """A column's name without its unit: the tooltip has it whole."""
    return re.sub(r"\s*\([^()]*\)$", "", column) or column


class Card(KeyFocus, PaintedButton):
    """The base of all cards. ``step(card, across, down)`` moves the focus to the next one in that direction."""

    def __init__(self, title: str, idea: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.idea, self.words = idea, words
        self.foot: tuple[str, str] = ("", "")
        self.step: Callable[[Card, int, int], object] | None = None
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(idea)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_foot(self, plain: str, strong: str = "") -> None:
        """The last line; its end ``strong``."""
        self.foot = (plain, strong)
        self.setAccessibleDescription(f"{self.idea} {plain}{strong}")
        self.update()

    def idea_height(self, width: int) -> int:
        """Return the height of the thought in a card of this width."""
        font = self.font()
        font.setPixelSize(IDEA_PIXELS)
        box = QRect(0, 0, width - 2 * PADDING - 2, 1000)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        return QFontMetrics(font).boundingRect(box, flags, self.idea).height()

    @staticmethod
    def height_of(width: int, idea: int) -> int:
        """A card's height: square pictures, a title, so much for the thought, and the foot."""
        return Card.picture_side(width) + idea + TITLE_LINE + FOOT_LINE + 2 * PADDING + 16

    @staticmethod
    def picture_side(width: int) -> int:
        """Height of the pictures."""
        return (width - 2 * PADDING - 8) // 2

    def sizeHint(self) -> QSize:
        return QSize(200, 200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses as Space does; arrows walk over the cards."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in STEPS and self.step is not None:
            self.step(self, *STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def paint(self, painter: QPainter) -> None:
        width = 2.0 if self.focused_by_key else 1.0
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        lively = self.focused_by_key or self.isDown()
        name = "accent" if lively else "text_muted" if self.underMouse() else "border"
        painter.setPen(QPen(theme.colour(name), width))
        painter.setBrush(theme.colour("raised" if self.underMouse() else "surface"))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        inner = QRectF(self.rect()).adjusted(PADDING, PADDING, -PADDING, -PADDING)
        side = self.picture_side(self.width())
        painter.save()
        self.paint_picture(painter, QRectF(inner.left(), inner.top(), inner.width(), side))
        painter.restore()
        self._paint_words(painter, inner.adjusted(1, side + 6, -1, 0))

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        title = QRectF(box.left(), box.top(), box.width(), TITLE_LINE)
        set_pixels(painter, 14, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text"))
        draw_elided(painter, title, Qt.AlignmentFlag.AlignVCenter, self.text())
        set_pixels(painter, IDEA_PIXELS, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        idea = QRectF(box.left(), title.bottom() + 1, box.width(), box.bottom() - title.bottom() - FOOT_LINE - 2)
        painter.drawText(idea, Qt.TextFlag.TextWordWrap, self.idea)
        self._paint_foot(painter, QRectF(box.left(), box.bottom() - FOOT_LINE, box.width(), FOOT_LINE))

    def _paint_foot(self, painter: QPainter, box: QRectF) -> None:
        plain, strong = self.foot
        pixels = 11
        set_pixels(painter, pixels, QFont.Weight.DemiBold)
        if painter.fontMetrics().horizontalAdvance(plain + strong) > box.width():
            pixels = 10
        set_pixels(painter, pixels, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        draw_elided(painter, box, Qt.AlignmentFlag.AlignVCenter, plain)
        taken = painter.fontMetrics().horizontalAdvance(plain)
        set_pixels(painter, pixels, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("text"))
        draw_elided(painter, box.adjusted(taken, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, strong)

    def paint_picture(self, painter: QPainter, box: QRectF) -> None:
        """Fill the picture's place."""
        raise NotImplementedError


class ExampleCard(Card):
    """An example. Its pictures and numbers come when they have been worked out."""

    def __init__(self, example: Example, parent: QWidget | None = None) -> None:
        title = worded_example(example.title)
        super().__init__(title, worded_example(example.idea), example.words, parent)
        self.example = example
        self.portrait: Portrait | None = None
        """Show what its network has learnt."""
        self._caption = ""
        tip = self.tr("Open “{title}” instead of the current network").format(title=title)
        self.setToolTip(plain_tip(tip))

    def show_portrait(self, portrait: Portrait) -> None:
        """Show what the file's own weights give."""
        self.portrait = portrait
        if not self.example.content.weights:
            form = self.tr("{inputs} inputs → {outputs} output")
            self.set_foot(form.format(inputs=len(portrait.names), outputs=portrait.outputs))
            return
        regression = portrait.task is Task.REGRESSION
        form = self.tr("{count} weights · R² ") if regression else self.tr("{count} weights · accuracy ")
        self.set_foot(form.format(count=grouped(portrait.weights)), accuracy_text(portrait.score, regression))
        if portrait.is_slice and not len(portrait.images):
            first, second = (worded(portrait.names[column]) for column in portrait.columns)
            self._caption = f"{_short(first)} × {_short(second)}"
            form = self.tr("The picture is a slice over {first} and {second}, the others held at their mean")
            self.setToolTip(plain_tip(f"{self.toolTip()}\n{form.format(first=first, second=second)}"))
        self.update()

    def paint_picture(self, painter: QPainter, box: QRectF) -> None:
        if self.portrait is None:
            paint_waiting(painter, box)
        elif not self.example.content.weights:
            paint_blank(painter, box)
        else:
            paint_portrait(painter, box, self.portrait, self._caption)


class TableCard(Card):
    """The way to a table of one's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title, idea = worded_example(TABLE_TITLE), worded_example(TABLE_IDEA)
        super().__init__(title, idea, "csv parquet import data table file", parent)
        self.setToolTip(self.tr("Choose a file; the import sheet shows what is in it before anything changes"))
        self.set_foot(self.tr("CSV or Parquet"))

    def paint_picture(self, painter: QPainter, box: QRectF) -> None:
        paint_table(painter, box)


PICTURE_GAP = 8.0
PICTURE_RADIUS = 6.0
DOT = 1.7
STRONG = 0.5
"""A value of a regression has its full colour from here on: paler dots of this size are lost on a dark ground."""
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
    width = (box.width() - PICTURE_GAP) / 2
    left = QRectF(box.left(), box.top(), width, box.height())
    right = left.translated(width + PICTURE_GAP, 0)
    if len(portrait.images):
        _paint_grid(painter, left, [ink_image(image) for image in portrait.images])
        _paint_grid(painter, right, [diverging_image(weights) for weights in portrait.seen])
    else:
        _paint_points(painter, left, portrait)
        _paint_decision(painter, right, _decision(portrait, theme.current().name))


def _paint_points(painter: QPainter, box: QRectF, portrait: Portrait) -> None:
    painter.setPen(QPen(theme.colour("border"), 1.0))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), PICTURE_RADIUS, PICTURE_RADIUS)
    inner = box.adjusted(4, 4, -4, -4)
    painter.setPen(Qt.PenStyle.NoPen)
    regression = portrait.task is Task.REGRESSION
    for (across, up), value in zip(portrait.at, portrait.values, strict=True):
        painter.setBrush(diverging_colour(float(value) / STRONG) if regression else theme.class_colour(int(value)))
        at = QPointF(inner.left() + across * inner.width(), inner.bottom() - up * inner.height())
        painter.drawEllipse(at, DOT, DOT)


def _paint_decision(painter: QPainter, box: QRectF, image: QImage) -> None:
    frame = QPainterPath()
    frame.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), PICTURE_RADIUS, PICTURE_RADIUS)
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
    width = (box.width() - PICTURE_GAP) / 2
    for left in (box.left(), box.left() + width + PICTURE_GAP):
        painter.drawRoundedRect(QRectF(left, box.top(), width, box.height()), PICTURE_RADIUS, PICTURE_RADIUS)


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
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), PICTURE_RADIUS, PICTURE_RADIUS)


def _paint_disc(painter: QPainter, at: QPointF, icon: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent"))
    painter.drawEllipse(at, DISC, DISC)
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(at - QPointF(8, 8), pixmap(icon, 16, "on_accent", ratio))
