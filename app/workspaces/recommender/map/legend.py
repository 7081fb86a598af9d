"""What the colours mean: dots with names, or a ramp between two numbers; and the key of the marks."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QLinearGradient, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.listing import listed
from app.kit.numbers import grouped
from app.kit.widgets.painted import Painted, set_pixels
from app.kit.words import plain_tip
from app.workspaces.recommender.map.colours import Coloured, ramp_colours
from app.workspaces.recommender.map.marks import VISITOR, paint_dot, paint_square, paint_visitor

HEIGHT, TEXT = 24, 12
DOT, GAP, BETWEEN = 4.0, 6.0, 13.0
RAMP = 110.0


class MapLegend(Painted):
    """As many kinds as fit into one line, the most frequent first; the others are in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours: Coloured | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Colours of the map"))

    def show_colours(self, colours: Coloured) -> None:
        """Explain other colours."""
        self._colours = colours
        named = listed(name for _colour, name in colours.entries)
        words = named if colours.ends is None else self.tr("From {low} to {high}").format(
            low=colours.ends[0], high=colours.ends[1]
        )  # fmt: skip
        self.setToolTip(plain_tip(words))
        self.setAccessibleDescription(words)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(40, HEIGHT)

    def paint(self, painter: QPainter) -> None:
        if self._colours is None:
            return
        set_pixels(painter, TEXT)
        if self._colours.ends is not None:
            self._paint_ramp(painter, *self._colours.ends)
        else:
            self._paint_kinds(painter, self._colours)

    def _paint_kinds(self, painter: QPainter, colours: Coloured) -> None:
        metrics, left, middle = painter.fontMetrics(), 0.0, HEIGHT / 2
        for index, (colour, name) in enumerate(colours.entries):
            width = 2 * DOT + GAP + metrics.horizontalAdvance(name)
            last = index == len(colours.entries) - 1
            more = f"+ {grouped(len(colours.entries) - index)}"
            spared = 0.0 if last else BETWEEN + metrics.horizontalAdvance(more)
            if left + width + spared > self.width():
                painter.setPen(theme.colour("text_muted"))
                painter.drawText(QRectF(left, 0, self.width() - left, HEIGHT), Qt.AlignmentFlag.AlignVCenter, more)
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(left + DOT, middle), DOT, DOT)
            painter.setPen(theme.colour("text_muted"))
            box = QRectF(left + 2 * DOT + GAP, 0, width, HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            left += width + BETWEEN

    def _paint_ramp(self, painter: QPainter, low: str, high: str) -> None:
        metrics, centred = painter.fontMetrics(), Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(0, 0, self.width(), HEIGHT), centred, low)
        left, right = metrics.horizontalAdvance(low) + GAP, metrics.horizontalAdvance(high) + GAP
        bar = QRectF(left, HEIGHT / 2 - 3, max(min(RAMP, self.width() - left - right), 0.0), 6)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        colours = ramp_colours()
        for index, colour in enumerate(colours):
            gradient.setColorAt(index / (len(colours) - 1), colour)
        painter.drawText(QRectF(bar.right() + GAP, 0, self.width(), HEIGHT), centred, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, 3, 3)


class MarkKey(Painted):
    """The marks that the map has: hollow squares, dots, the disc of the visitor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: tuple[str, ...] = ()
        self._enough = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(self.tr("Marks of the map"))
        self.setToolTip(
            self.tr(
                "u is where the model puts this visitor. Scores are inner products: what lies further along u's "
                "direction scores higher, and what lies near u need not."
            )
        )

    def _words(self) -> dict[str, str]:
        return {"watched": self.tr("watched"), "shown": self.tr("shown"), "visitor": self.tr("visitor")}

    def show_marks(self, *, watched: bool, shown: bool, visitor: bool) -> None:
        """Explain those that are there."""
        there = {"watched": watched, "shown": shown, "visitor": visitor}
        self._marks = tuple(key for key, is_there in there.items() if is_there)
        words = self._words()
        self.setAccessibleDescription(listed(words[key] for key in self._marks))
        self.setFixedWidth(max(1, round(sum(self._width(words[key]) for key in self._marks))))
        self.setVisible(bool(self._marks) and self._enough)
        self.update()

    def set_room(self, *, enough: bool) -> None:
        """Whether there is room for it."""
        self._enough = enough
        self.setVisible(bool(self._marks) and enough)

    def _width(self, word: str) -> float:
        font = self.font()
        font.setPixelSize(TEXT)
        return 16.0 + GAP + QFontMetricsF(font).horizontalAdvance(word) + BETWEEN

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, TEXT)
        left, words = 0.0, self._words()
        for key in self._marks:
            at = QPointF(left + 8.0, HEIGHT / 2)
            self._paint_mark(painter, key, at)
            painter.setPen(theme.colour("text_muted"))
            set_pixels(painter, TEXT, QFont.Weight.Normal)
            box = QRectF(left + 16.0 + GAP, 0, self._width(words[key]), HEIGHT)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words[key])
            left += self._width(words[key])

    def _paint_mark(self, painter: QPainter, key: str, at: QPointF) -> None:
        if key == "visitor":
            paint_visitor(painter, at, VISITOR - 2.0)
        else:
            (paint_square if key == "watched" else paint_dot)(painter, at)
