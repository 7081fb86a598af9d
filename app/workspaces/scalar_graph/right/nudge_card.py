"""Nudge an input and measure: what the slope is, before the pass has found it."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.formula.trees import markup_of_name
from app.kit.numbers import signed, significant
from app.kit.widgets.drag_number import ValueSlider
from app.kit.widgets.in_turns import waits
from app.kit.widgets.labels import wrapped
from app.kit.widgets.tone import restyle
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.kink_words import kink_sentence, not_measurable, passed_sentence
from app.workspaces.scalar_graph.number_keys import GradientOf
from app.workspaces.scalar_graph.right.figure import Figure
from app.workspaces.scalar_graph.right.nudge_rows import NudgeRows
from app.workspaces.scalar_graph.sight import marked_gradient
from app.workspaces.scalar_graph.signs import short_name
from app.workspaces.scalar_graph.viewpoint import FIRST_NUDGE
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff.nudge import FiniteNudges, Nudge, finite_nudges

MOST = 0.1


def _shown(value: float) -> str:
    """A nudge with four decimals; one that they don't hold, with four digits."""
    if round(value, 4) == value:
        return signed(value, 4)
    return f"+{significant(value, 4)}" if value > 0 else significant(value, 4)


class NudgeCard(QWidget):
    """The chosen input, moved by a little; the result before and after, and the two slopes side by side.
    ``asked(key)``: the gradient was clicked."""

    asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        tip = self.tr("How far the input is moved; the smaller, the nearer the measured slope comes to the gradient")
        self.by = ValueSlider(self.tr("Nudge $\\Delta$"), FIRST_NUDGE, -MOST, MOST, 0.001, shown=_shown, tip=tip)
        self.by.moved.connect(desk.set_nudge)
        self.moves = NudgeRows()
        self.measured, self.gradient = Figure(self.tr("measured")), Figure(self.tr("gradient"))
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
        rows.addWidget(self.moves)
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
        """Measure, and set beside it what the pass has found so far; where it is painted later, then."""
        if waits(self):
            return
        desk, leaf = self._desk, self._desk.leaf
        found = desk.nudge_of(leaf) if leaf is not None else None
        worked = desk.worked
        for part in (self.by, self.measured, self.gradient):
            part.setVisible(found is not None)
        self.moves.setVisible(found is not None and leaf is not None and not desk.waits(leaf))
        self.nothing.setVisible(leaf is None and worked is not None and not desk.stale)
        if found is None or leaf is None or worked is None:
            self._say("", "text_muted")
            return
        graph = worked.graph
        result = graph.labels[graph.output]
        self.moves.show_nudge(leaf, result, found, reached=desk.reached)
        over, under = (markup_of_name(short_name(name)) for name in (result, leaf))
        self.measured.caption.set_text(rf"\Delta {over}/\Delta {under}")
        self.gradient.caption.set_text(rf"\partial {over}/\partial {under}")
        self._show_measured(leaf, found)
        index, sight = graph.index[leaf], desk.sight
        gradient = sight.gradients[index] if len(sight.gradients) == len(graph.nodes) else None
        hollow = index in sight.hollow
        text = marked_gradient(gradient, hollow=hollow) if gradient is not None else not_yet()
        self.gradient.show_number(text, gradient, hollow=hollow)
        self._say(*self._remark(worked, leaf, gradient, found))

    def _show_measured(self, leaf: str, found: Nudge) -> None:
        """The slope of the nudge; where there is none, why."""
        slope, nothing = self._desk.measured(leaf), self.tr("not moved")
        if self._desk.waits(leaf):
            nothing = self.tr("after your guess")
        elif not self._desk.reached:
            nothing = not_yet()
        if slope is not None and not (math.isfinite(found.output_before) and math.isfinite(found.output_after)):
            slope, nothing = None, not_measurable()
        self.measured.show_number(significant(slope, 4) if slope is not None else nothing, slope)

    def _remark(self, worked: Worked, leaf: str, gradient: float | None, found: Nudge) -> tuple[str, str]:
        """What keeps the two slopes from being one, and in which colour; nothing while they are not shown."""
        if not self._desk.reached or self._desk.waits(leaf):
            return "", "text_muted"
        index = worked.graph.index[leaf]
        fault = worked.faults.get(worked.graph.output, "")
        if fault:
            return fault, "danger"
        kink, leads_nowhere = worked.kink_at(index), not math.isfinite(found.output_after)
        if kink is not None and not (kink.has_no_slope and leads_nowhere):
            return kink_sentence(kink, gradient), "warning"
        if leads_nowhere:
            return self._way_out(finite_nudges(worked.graph, worked.inputs, leaf, found.input_change)), "danger"
        if found.passed:
            return passed_sentence(found.passed, jumps=found.jumps), "warning"
        return self._desk.sight.hollow.get(index, ""), "danger"

    def _way_out(self, found: FiniteNudges) -> str:
        """Which nudge leads to a finite number, where this one doesn't."""
        if found.other_way and found.less:
            return self.tr("Moved by so much, the result isn't a finite number; nudge the other way, or less.")
        if found.other_way:
            return self.tr("Moved by so much, the result isn't a finite number; nudge the other way.")
        if found.less:
            return self.tr("Moved by so much, the result isn't a finite number; nudge less.")
        if found.less_the_other_way:
            return self.tr("Moved by so much, the result isn't a finite number; nudge the other way, and less.")
        return self.tr("Moved either way, by however little, the result isn't a finite number, so nothing is measured.")

    def _say(self, text: str, colour: str) -> None:
        """A line under the two slopes, or none."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        restyle(self.note, f"color: {getattr(theme.current(), colour)}; font-size: 12px;")
