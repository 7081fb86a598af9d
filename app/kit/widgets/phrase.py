"""A sentence whose parts differ in weight and colour, and which says something else many times a second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QResizeEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.widgets.labels import Label
from app.kit.widgets.painted import Painting

WIDEST = 10_000
"""Pixels: the room of a sentence whose width nobody has said yet."""
MOST_WIDTHS = 8
"""A sentence is kept as it is laid out in so many; while a window is drawn larger there is one after another."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence; ``colour`` as ``#rrggbb``, that of all text where there is none."""

    text: str
    colour: str = ""
    strong: bool = False


class Phrase(Painting, Label):
    """Wraps like a label, and is one for those who hear it. A label of Qt's has the whole window laid out anew at every
    word, and markup read and laid out several times for that; here both happen only where other lines are needed."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._pieces: tuple[Piece, ...] = ()
        self._laid: dict[int, tuple[QTextLayout, int]] = {}
        """By width, in pixels: its lines and their height. Whoever lays a window out asks for several widths."""
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.notifier().changed.connect(self._forget)

    @property
    def plain(self) -> str:
        """All of it, as letters."""
        return "".join(piece.text for piece in self._pieces)

    def say(self, pieces: Iterable[Piece], spoken: str = "") -> bool:
        """Say something else; ``spoken`` is for the ear, where that is not just the same. Whether it differs."""
        said = tuple(pieces)
        self.setAccessibleName(spoken or "".join(piece.text for piece in said))
        if said == self._pieces:
            return False
        before = self.heightForWidth(self.width())
        self._pieces = said
        self._forget()
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all its lines, in a width of so many pixels; at least of one."""
        return max(self._lines(width)[1], self.minimumHeight())

    def _lines(self, width: int) -> tuple[QTextLayout, int]:
        if width not in self._laid:
            if len(self._laid) >= MOST_WIDTHS:
                self._laid.clear()
            self._laid[width] = self._broken(width)
        return self._laid[width]

    def sizeHint(self) -> QSize:
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else WIDEST
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget()
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.heightForWidth(event.size().width()) != self.heightForWidth(event.oldSize().width()):
            self.updateGeometry()

    def paint(self, painter: QPainter) -> None:
        top = (self.height() - self.heightForWidth(self.width())) / 2
        painter.setPen(theme.colour("text"))
        self._lines(self.width())[0].draw(painter, QPointF(0.0, max(top, 0.0)))

    def _forget(self) -> None:
        """What has been laid out is of other words, or of another look."""
        self._laid.clear()
        self.update()

    def _broken(self, width: int) -> tuple[QTextLayout, int]:
        """Break it into lines; these, and their height together."""
        layout = QTextLayout(self.plain, self.font())
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.setFormats(list(self._formats()))
        high = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0.0, high))
            high += line.height()
        layout.endLayout()
        return layout, round(high)

    def _formats(self) -> Iterable[QTextLayout.FormatRange]:
        """How each piece is printed."""
        strong = QFont(self.font())
        strong.setBold(True)
        start = 0
        for piece in self._pieces:
            look = QTextCharFormat()
            if piece.strong:
                look.setFont(strong)
            if piece.colour:
                look.setForeground(QColor(piece.colour))
            found = QTextLayout.FormatRange()
            found.start, found.length, found.format = start, len(piece.text.encode("utf-16-le")) // 2, look  # type: ignore[attr-defined]
            start += found.length  # type: ignore[attr-defined]
            yield found
