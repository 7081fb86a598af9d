"""The gallery's cards: a picture, a title, one thought, and what its file is worth in numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.examples import Example
from app.examples.example import worded_example
from app.kit import theme
from app.kit.numbers import accuracy_text, grouped
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.words import plain_tip
from app.workspaces.gallery.pictures import paint_blank, paint_portrait, paint_table, paint_waiting
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
    """What every card has. ``step(card, across, down)`` moves the focus to the next one in that direction."""

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
        """What the thought needs in a card of this width."""
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
        """What its file looks like, once that is known."""
        self._caption = ""
        tip = self.tr("Open “{title}” in place of the present network").format(title=title)
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
            first, second = (portrait.names[column] for column in portrait.columns)
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
