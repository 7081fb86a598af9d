"""Why p %: the sum in one line, and under it the waterfall of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.look import signed_text
from app.kit.numbers import counted, probability, signed
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.painted import Painted, set_pixels
from app.workspaces.recommender.explain.content import Explained
from app.workspaces.recommender.explain.waterfall import Waterfall
from app.workspaces.recommender.explain.written import Written

GAP, BETWEEN = 4.0, 9.0
Words = Literal["all", "numbers", "none"]
"""How much of the sum is written out before its result."""


class WhyCard(QFrame):
    """A row's probability taken apart."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._title = QLabel()
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
    """``wide +0.94  deep +0.50  bias −1.16  =  +0.28  σ →  56.9 %``. Where there is little room, the words for the
    parts give way, and then the parts, before a number is cut."""

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
        return " ".join(word for word, _colour, _weight, _size in self._pieces("all"))

    def sizeHint(self) -> QSize:
        return QSize(200, 28)

    def _pieces(self, words: Words) -> Sequence[tuple[str, QColor, QFont.Weight, int]]:
        """Words, each with its colour, weight and size in pixels."""
        if self._written is None:
            return []
        muted, plain, bold = theme.colour("text_muted"), QFont.Weight.Normal, QFont.Weight.DemiBold
        pieces: list[tuple[str, QColor, QFont.Weight, int]] = []
        for name, value in self._parts if words != "none" else ():
            if words == "all":
                pieces.append((name, muted, plain, 12))
            pieces.append((signed(value, self._written.decimals), signed_text(value), bold, 13))
        if words != "none":
            pieces.append(("=", muted, plain, 13))
        pieces.append((signed(self._written.logit, self._written.decimals), theme.colour("text"), bold, 13))
        pieces.append(("σ →", muted, plain, 12))
        pieces.append((self._percent, theme.colour("accent"), QFont.Weight.Bold, 20))
        return pieces

    def paint(self, painter: QPainter) -> None:
        levels: tuple[Words, ...] = ("all", "numbers", "none")
        for level in levels:
            pieces = self._pieces(level)
            widths = []
            for word, _colour, weight, size in pieces:
                set_pixels(painter, size, weight)
                widths.append(painter.fontMetrics().horizontalAdvance(word))
            gaps = [BETWEEN if size == 13 else GAP for _word, _colour, _weight, size in pieces]
            total = sum(widths) + sum(gaps[:-1])
            if total <= self.width():
                break
        x = self.width() - total
        for (word, colour, weight, size), width, gap in zip(pieces, widths, gaps, strict=True):
            set_pixels(painter, size, weight)
            painter.setPen(colour)
            painter.drawText(QRectF(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += width + gap
