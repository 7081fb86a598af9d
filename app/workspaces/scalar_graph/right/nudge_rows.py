"""What a nudge did to the input and to the result: before, after, and by how much, a row each."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.kit import look
from app.kit.formula.trees import markup_of_name
from app.kit.numbers import rounded, significant
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import Label
from app.kit.widgets.tone import restyle
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.sight import value_text
from app.workspaces.scalar_graph.signs import name_text, short_name
from engine.autodiff.nudge import Nudge

NAME = 15.0
"""The height of an em in a name, in pixels."""
LEAST_NAME = 24
"""Pixels that a name is left at least; its tooltip tells the whole of it."""
GAP = 8


class NudgeRows(QWidget):
    """Name, before, → after and the change in one line each; the change goes below where that is too wide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = [MathLabel("", NAME) for _ in range(2)]
        self.cells = [[Label() for _ in range(3)] for _ in range(2)]
        self._below: bool | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(6, 0, 2, 0)
        self._grid.setVerticalSpacing(2)
        self._grid.setHorizontalSpacing(GAP)
        for label in (*self.cells[0], *self.cells[1]):
            label.setFont(look.tabular(look.font(12)))
            label.setTextFormat(Qt.TextFormat.PlainText)
        for column in (1, 2):
            self._grid.setColumnStretch(column, 1)
        self._arrange(below=False)

    def minimumSizeHint(self) -> QSize:
        """What is there at the least; an input's name may be any length, and gives way."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def show_nudge(self, leaf: str, result: str, found: Nudge, *, reached: bool = True) -> None:
        """Show what this nudge of an input did to a result; not yet, where that has not been ``reached``."""
        rows = (
            (leaf, found.input_before, found.input_after, found.input_change, True),
            (result, found.output_before, found.output_after, found.output_change, reached),
        )
        for label, cells, (name, before, after, change, known) in zip(self.names, self.cells, rows, strict=True):
            label.set_text(f"${markup_of_name(short_name(name))}$")
            label.setAccessibleName(name_text(name))
            label.setToolTip(plain_tip(name_text(name) if name != short_name(name) else ""))
            shown = significant(rounded(change, 4), 4)  # 2.001 − 2 is 0.0009999999999998899 in float64
            texts = value_text(before), f"→ {value_text(after)}", f"+{shown}" if change > 0 else shown
            for cell, text in zip(cells, texts if known else (not_yet(), "", ""), strict=True):
                cell.setText(text)
            restyle(cells[2], f"color: {look.signed_text(change).name()}; font-weight: 600;")
        self._make_room()

    def _make_room(self) -> None:
        """Names have what they need as far as there is room; changes stand below where they must."""
        needed = max(label.sizeHint().width() for label in self.names)
        columns = [max(row[part].sizeHint().width() for row in self.cells) for part in range(3)]
        room = self.width() - 8 - sum(columns) - 3 * GAP
        below = room < LEAST_NAME
        self._arrange(below=below)
        room += columns[2] + GAP if below else 0
        wide = max(LEAST_NAME, min(needed, room))
        if wide != self._grid.columnMinimumWidth(0):  # saying it again lays all of the column out anew
            self._grid.setColumnMinimumWidth(0, wide)

    def _arrange(self, *, below: bool) -> None:
        if below is self._below:
            return
        self._below = below
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for row, (name, (before, after, change)) in enumerate(zip(self.names, self.cells, strict=True)):
            self._grid.addWidget(name, 2 * row, 0)
            self._grid.addWidget(before, 2 * row, 1, left)
            self._grid.addWidget(after, 2 * row, 2, left)
            if below:
                self._grid.addWidget(change, 2 * row + 1, 2, left)
            else:
                self._grid.addWidget(change, 2 * row, 3, right)
