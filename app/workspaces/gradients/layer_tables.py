"""The numbers of every network layer by layer, under its bars, with why they come to what they come to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.kit.drawing.view import DrawingView
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import wrapped
from app.workspaces.gradients.formulas import NOTATION
from app.workspaces.gradients.layer_chart import LayerNumbers, draw_numbers
from app.workspaces.gradients.moment import Moment
from app.workspaces.gradients.reasons import reason_text
from app.workspaces.gradients.shown import DELTA, MEANINGS, Shown
from app.workspaces.gradients.words import LETTERS, said

NUMBERS_OF = QT_TRANSLATE_NOOP("Gradients", "Numbers of network {letter}")


class LayerTables(QWidget):
    """``asked(number, row, layer)``: where does this number come from?"""

    asked = Signal(int, str, int)

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[DrawingView] = []
        self.reasons: list[QLabel] = []
        self._columns: list[QWidget] = []
        self.notation = MathLabel(NOTATION[DELTA], 14.0)
        self.meaning = wrapped()
        self._row = QHBoxLayout()
        self._row.setSpacing(28)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.notation)
        foot.addWidget(self.meaning, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(14, 4, 14, 4)
        rows.addLayout(self._row)
        rows.addLayout(foot)
        rows.addStretch(1)
        self.show_measure(DELTA)

    def provide(self, count: int) -> None:
        """As many tables as there are networks."""
        while len(self.tables) < count:
            number = len(self.tables)
            name = said(NUMBERS_OF).format(letter=LETTERS[number])
            least = QSize(200, 40)
            table = DrawingView(draw_numbers, LayerNumbers(number), hint=QSize(420, 100), least=least, name=name)
            table.chosen.connect(lambda key, number=number: self.asked.emit(number, *key))
            why, holder = wrapped(), QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            for part in (table, why):
                column.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
            column.addStretch(1)
            self._row.addWidget(holder, 1)
            self.tables.append(table)
            self.reasons.append(why)
            self._columns.append(holder)
        for number, holder in enumerate(self._columns):
            holder.setVisible(number < count)

    def show_numbers(self, moments: Sequence[Moment], shown: Sequence[Shown], hidden: Collection[int]) -> None:
        """Show what there is to say of each network, but for those ``hidden`` until they are guessed."""
        self.provide(len(moments))
        for number, (moment, rows) in enumerate(zip(moments, shown, strict=True)):
            is_hidden = number in hidden
            self.tables[number].set_data(LayerNumbers(number, None if is_hidden else rows, hidden=is_hidden))
            self.reasons[number].setText("" if is_hidden else reason_text(moment))

    def show_measure(self, measure: str) -> None:
        """Say what the numbers of a measure are about."""
        self.notation.set_text(NOTATION[measure])
        self.meaning.setText(said(MEANINGS[measure]))
