"""Nudge an input and measure: what the slope is, before the pass has found it."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.formula.trees import markup_of_name
from app.kit.numbers import rounded, signed, significant
from app.kit.typeset import MathLabel
from app.kit.widgets.drag_number.slider import ValueSlider
from app.kit.widgets.in_turns import waits
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.tone import restyle
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.names import name_text, short_name
from app.workspaces.scalar_graph.selection import FIRST_NUDGE
from app.workspaces.scalar_graph.sight import GradientOf, marked_gradient, value_text
from app.workspaces.scalar_graph.words import kink_sentence, not_measurable, passed_sentence
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff.nudge import FiniteNudges, Nudge, finite_nudges

MARGIN = 10
LARGE, WORDS, LEAST = 18, 14, 11
"""Pixels: of a number, of words in its place, and of what has little room."""
CAPTION = 15.0
"""The height of an em in the maths over a number, in pixels."""


class Figure(QFrame):
    """A number in a box of its own, with what it is over it, in words and as maths."""

    clicked = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel(words, "note")
        self.caption = MathLabel("", CAPTION)
        self.number = Label()
        self.number.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._size, self._colour = WORDS, ""
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 6, MARGIN, 6)
        column.setSpacing(1)
        column.addWidget(self.words)
        column.addWidget(self.caption)
        column.addWidget(self.number)
        column.addStretch(1)

    def minimumSizeHint(self) -> QSize:
        """The number gives way: it is written smaller."""
        return QSize(0, super().minimumSizeHint().height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def show_number(self, text: str, value: float | None, *, hollow: bool = False) -> None:
        """A number in the colour of its sign, or of a fault where it is ``hollow``; muted words where there is none."""
        colours = theme.current()
        known = value is not None
        colour = look.signed_text(value).name() if value is not None else colours.text_muted
        self._colour, self._size = colours.danger if hollow else colour, LARGE if known else WORDS
        self.number.setText(text)
        self._fit()
        line = "solid" if known else "dashed"
        restyle(
            self,
            f"Figure {{ border: 1px {line} {colours.border}; border-radius: 7px; background: {colours.raised}; }}",
        )
        self.setAccessibleName(f"{self.words.full_text} {self.caption.accessibleName()}: {text}")

    def _fit(self) -> None:
        """Write the number as large as it goes into the box."""
        font = QFont(self.number.font())
        font.setWeight(QFont.Weight.DemiBold)
        font.setPixelSize(self._size)
        wide = QFontMetricsF(font).horizontalAdvance(self.number.text())
        room = self.width() - 2 * MARGIN - 2
        size = self._size if wide <= room else max(LEAST, int(self._size * room / wide))
        restyle(self.number, f"font-size: {size}px; font-weight: 600; color: {self._colour};")


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
