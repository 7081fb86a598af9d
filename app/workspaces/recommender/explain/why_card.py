"""Why p %: the sum in one line, and under it the waterfall of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.look import signed_text
from app.kit.numbers import counted, probability, signed
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.painted import Painted, set_pixels
from app.workspaces.recommender.explain.content import Explained
from app.workspaces.recommender.explain.waterfall import Waterfall
from app.workspaces.recommender.explain.written import Written

GAP, BETWEEN = 4.0, 9.0
LINE, NAMES = 28, 12
"""Pixels of the line, and below it those of the names of the parts."""
Words = Literal["beside", "below", "none"]
"""Where the parts of the sum have their names; with ``none``, only its result is written."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of the line: ``size`` in pixels, and the name that stands below it."""

    word: str
    colour: QColor
    weight: QFont.Weight
    size: int
    below: str = ""


class WhyCard(QFrame):
    """A row's probability taken apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = Label()
        self._title.setProperty("role", "heading")
        self.sum_line = SumLine()
        self.waterfall = Waterfall()
        self.waterfall.setAccessibleName(self.tr("The sum, step by step"))
        self._hint = ElidedLabel("", "muted")
        self.copier = CopyButton()
        self.copier.offer(self.waterfall, self.grab, title=self.tr("The sum of this row"), name="row")
        self.copier.serve(self.waterfall)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self._title)
        head.addWidget(self.sum_line, 1)
        head.addWidget(self.copier)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 8, 10, 8)
        rows.setSpacing(2)
        rows.addLayout(head)
        rows.addWidget(self._hint)
        rows.addWidget(self.waterfall, 1)
        self.show_row(None)

    def show_row(self, row: Explained | None) -> None:
        """Show a row, or that none is chosen."""
        self.waterfall.show_row(row)
        written = self.waterfall.written
        self.copier.setEnabled(row is not None)
        self.sum_line.setVisible(row is not None)
        if row is None or written is None:
            self._title.setText(self.tr("Why"))
            self._hint.set_full_text(self.tr("Choose a row on the left."))
            return
        self._title.setText(self.tr("Why {percent}").format(percent=probability(row.probability)))
        self.sum_line.show_sum(row, written)
        crosses = sum(not term.single for term in row.terms)
        if not row.has_wide:
            said = self.tr("the deep part alone: it has no weight that can be read by name")
        elif crosses:
            said = counted(
                crosses,
                self.tr("its one cross, with its learned weight"),
                self.tr("strongest of the {count} crosses first, each with its learned weight"),
            )
        else:
            said = self.tr("a weight for every single column; the model has no crosses that are on here")
        self._hint.set_full_text(said)


class SumLine(Painted):
    """``wide +0.94  deep +0.50  bias −1.16  =  +0.28  σ →  56.9 %``. Where there is little room, the names of the parts
    go below their numbers, and then the parts give way, before a number is cut."""

    antialiased = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[str, float]] = []
        self._written: Written | None = None
        self._percent = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sum(self, row: Explained, written: Written) -> None:
        """Show a sum as it is printed below."""
        halves = ((self.tr("wide"), written.wide, row.has_wide), (self.tr("deep"), written.deep, row.has_deep))
        self._parts = [(name, value) for name, value, there in halves if there]
        self._parts.append((self.tr("bias"), written.bias))
        self._written, self._percent = written, probability(row.probability)
        self.setAccessibleName(self.text())
        self.setToolTip(self.tr("wide + deep + bias is the logit; σ(logit) = 1 / (1 + e^−logit) is the probability"))
        self.update()

    def text(self) -> str:
        """The line as a text."""
        return " ".join(piece.word for piece in self._pieces("beside"))

    def sizeHint(self) -> QSize:
        return QSize(200, LINE + NAMES - 2)

    def _pieces(self, words: Words) -> Sequence[Piece]:
        """The line from left to right."""
        if self._written is None:
            return []
        muted, plain, bold = theme.colour("text_muted"), QFont.Weight.Normal, QFont.Weight.DemiBold
        pieces: list[Piece] = []
        for name, value in self._parts if words != "none" else ():
            if words == "beside":
                pieces.append(Piece(name, muted, plain, 12))
            below = name if words == "below" else ""
            pieces.append(Piece(signed(value, self._written.decimals), signed_text(value), bold, 13, below))
        if words != "none":
            pieces.append(Piece("=", muted, plain, 13))
        logit = self.tr("logit") if words == "below" else ""
        pieces.append(Piece(signed(self._written.logit, self._written.decimals), theme.colour("text"), bold, 13, logit))
        pieces.append(Piece("σ →", muted, plain, 12))
        pieces.append(Piece(self._percent, theme.colour("accent"), QFont.Weight.Bold, 20))
        return pieces

    def paint(self, painter: QPainter) -> None:
        levels: tuple[Words, ...] = ("beside", "below", "none")
        for level in levels:
            pieces = self._pieces(level)
            widths = [_width(painter, piece) for piece in pieces]
            gaps = [BETWEEN if piece.size == 13 else GAP for piece in pieces]
            total = sum(widths) + sum(gaps[:-1])
            if total <= self.width():
                break
        x, top = self.width() - total, (self.height() - LINE - (NAMES if level == "below" else 0)) / 2
        for piece, width, gap in zip(pieces, widths, gaps, strict=True):
            set_pixels(painter, piece.size, piece.weight)
            painter.setPen(piece.colour)
            painter.drawText(QRectF(x, top, width + 2, LINE), Qt.AlignmentFlag.AlignVCenter, piece.word)
            set_pixels(painter, 11)
            painter.setPen(theme.colour("text_muted"))
            painter.drawText(QRectF(x, top + LINE - 6, width, NAMES + 2), Qt.AlignmentFlag.AlignHCenter, piece.below)
            x += width + gap


def _width(painter: QPainter, piece: Piece) -> float:
    """Pixels that a piece takes, with the name below it."""
    set_pixels(painter, 11)
    below = painter.fontMetrics().horizontalAdvance(piece.below)
    set_pixels(painter, piece.size, piece.weight)
    return float(max(painter.fontMetrics().horizontalAdvance(piece.word), below))
