"""Nudge an input and measure: what the slope is, before the pass has found it."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.formula.trees import markup_of_name
from app.kit.numbers import rounded, signed, significant
from app.kit.typeset import MathLabel
from app.kit.widgets.drag_number import ValueSlider
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.tone import restyle
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.desk import FIRST_NUDGE, Desk
from app.workspaces.scalar_graph.kink_words import kink_sentence, passed_sentence
from app.workspaces.scalar_graph.number_keys import GradientOf
from app.workspaces.scalar_graph.sight import marked_gradient, value_text
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff.nudge import Nudge

MOST = 0.1


class Figure(QFrame):
    """A number in a box of its own, with what it is over it."""

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = MathLabel("", 13.0, colour="text_muted")
        self.number = Label()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 10, 6)
        column.setSpacing(1)
        column.addWidget(self.caption)
        column.addWidget(self.number)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def show_number(self, text: str, value: float | None, *, hollow: bool = False) -> None:
        """A number in the colour of its sign, or of a fault where it is ``hollow``; muted words where there is none."""
        colours = theme.current()
        known = value is not None
        colour = look.signed_text(value).name() if value is not None else colours.text_muted
        colour = colours.danger if hollow else colour
        self.number.setText(text)
        restyle(self.number, f"font-size: {18 if known else 14}px; font-weight: 600; color: {colour};")
        line = "solid" if known else "dashed"
        restyle(
            self,
            f"Figure {{ border: 1px {line} {colours.border}; border-radius: 7px; background: {colours.raised}; }}",
        )
        self.setAccessibleName(f"{self.caption.accessibleName()}: {text}")


class NudgeCard(QWidget):
    """The chosen input, moved by a little; the result before and after, and the two slopes side by side.
    ``asked(key)``: the gradient was clicked."""

    asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        tip = self.tr("How far the input is moved; the smaller, the nearer the measured slope comes to the gradient")
        self.by = ValueSlider(
            self.tr("Nudge $\\Delta$"), FIRST_NUDGE, -MOST, MOST, 0.001, shown=lambda value: signed(value, 4), tip=tip
        )
        self.by.moved.connect(desk.set_nudge)
        self.cells = [[Label() for _ in range(4)] for _ in range(2)]
        grid = QGridLayout()
        grid.setContentsMargins(6, 0, 2, 0)
        grid.setVerticalSpacing(2)
        for row, cells in enumerate(self.cells):
            for column, cell in enumerate(cells):
                cell.setFont(look.tabular(look.font(12)))
                side = Qt.AlignmentFlag.AlignRight if column == 3 else Qt.AlignmentFlag.AlignLeft
                grid.addWidget(cell, row, column, side)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        self.measured, self.gradient = Figure(), Figure()
        self.gradient.setCursor(Qt.CursorShape.PointingHandCursor)
        self.gradient.setToolTip(self.tr("Click: where does this number come from?"))
        self.gradient.clicked.connect(self._ask)
        figures = QHBoxLayout()
        figures.setSpacing(10)
        figures.addWidget(self.measured, 1)
        figures.addWidget(self.gradient, 1)
        self.note = wrapped("", None)
        self.note.hide()
        self.nothing = wrapped(self.tr("There is no input to nudge: every leaf is a constant."))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.by)
        rows.addLayout(grid)
        rows.addLayout(figures)
        rows.addWidget(self.note)
        rows.addWidget(self.nothing)
        for signal in (desk.sight_changed, desk.chosen_changed, desk.nudge_changed):
            signal.connect(self.follow)
        desk.refused.connect(self.follow)
        theme.notifier().changed.connect(self.follow)
        self.follow()

    @Slot()
    def _ask(self) -> None:
        if self._desk.leaf is not None:
            self.asked.emit(GradientOf(self._desk.leaf))

    @Slot()
    def follow(self) -> None:
        """Measure, and set beside it what the pass has found so far."""
        desk, leaf = self._desk, self._desk.leaf
        found = desk.nudge_of(leaf) if leaf is not None else None
        worked = desk.worked
        for part in (self.by, self.measured, self.gradient):
            part.setVisible(found is not None)
        for cell in (cell for row in self.cells for cell in row):
            cell.setVisible(found is not None and not desk.guessing)
        self.nothing.setVisible(leaf is None and worked is not None and not desk.stale)
        if found is None or leaf is None or worked is None:
            self._say("", "text_muted")
            return
        graph = worked.graph
        result = graph.labels[graph.output]
        self._show_rows(leaf, result, found)
        over, under = markup_of_name(result), markup_of_name(leaf)
        self.measured.caption.set_text(self.tr("measured") + rf" $\Delta {over}/\Delta {under}$")
        self.gradient.caption.set_text(self.tr("gradient") + rf" $\partial {over}/\partial {under}$")
        self._show_measured(found)
        index, sight = graph.index[leaf], desk.sight
        gradient = sight.gradients[index] if len(sight.gradients) == len(graph.nodes) else None
        hollow = index in sight.hollow
        text = marked_gradient(gradient, hollow=hollow) if gradient is not None else not_yet()
        self.gradient.show_number(text, gradient, hollow=hollow)
        self._say(*self._remark(worked, index, gradient, found))

    def _show_measured(self, found: Nudge) -> None:
        """The slope of the nudge; where there is none, why."""
        slope = None if self._desk.guessing else found.slope
        nothing = self.tr("after your guess") if self._desk.guessing else self.tr("not moved")
        if slope is not None and not (math.isfinite(found.output_before) and math.isfinite(found.output_after)):
            slope, nothing = None, self.tr("not measurable")
        self.measured.show_number(significant(slope, 4) if slope is not None else nothing, slope)

    def _remark(self, worked: Worked, index: int, gradient: float | None, found: Nudge) -> tuple[str, str]:
        """What keeps the two slopes from being one, and in which colour; nothing while it is guessed."""
        if self._desk.guessing:
            return "", "text_muted"
        fault = worked.faults.get(worked.graph.output, "")
        if fault:
            return fault, "danger"
        kink = worked.kink_at(index)
        if kink is not None:
            return kink_sentence(kink, gradient), "warning"
        if not math.isfinite(found.output_after):
            return self.tr("Moved by so much, the result is no finite number; nudge the other way, or less."), "danger"
        if found.passed:
            return passed_sentence(found.passed), "warning"
        return self._desk.sight.hollow.get(index, ""), "danger"

    def _say(self, text: str, colour: str) -> None:
        """A line under the two slopes, or none."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        restyle(self.note, f"color: {getattr(theme.current(), colour)}; font-size: 12px;")

    def _show_rows(self, leaf: str, result: str, found: Nudge) -> None:
        rows = (
            (leaf, found.input_before, found.input_after, found.input_change),
            (result, found.output_before, found.output_after, found.output_change),
        )
        for cells, (name, before, after, change) in zip(self.cells, rows, strict=True):
            shown = significant(rounded(change, 4), 4)  # 2.001 − 2 is 0.0009999999999998899 in float64
            change_text = f"+{shown}" if change > 0 else shown
            for cell, text in zip(
                cells, (name, value_text(before), f"→ {value_text(after)}", change_text), strict=True
            ):
                cell.setText(text)
            restyle(cells[3], f"color: {look.signed_text(change).name()}; font-weight: 600;")
