"""The local rule of the node at work, or of the one that is chosen, and the paths that meet at it."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.kit.formula.boxes import Box, Row, lay_out
from app.kit.formula.view import FormulaView
from app.kit.widgets.labels import Label, wrapped
from app.workspaces.scalar_graph.explanations.worked_lines import (
    FORMULA,
    PATHS,
    WorkedCard,
    backward_rows,
    by_convention,
    forward_row,
    local_box,
    meeting_paths,
    no_slope,
    rule_box,
    seed_row,
)
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.names import name_text, word_of
from app.workspaces.scalar_graph.shape import Shape
from app.workspaces.scalar_graph.sight import Phase, SlopeOf
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff import ScalarGraph
from engine.autodiff.faults import conventional_slots
from engine.autodiff.kinks import bends


class Reading(QObject):
    """``changed``: the rule of another node is read, for another reason than a step of the playback."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._picked: Hashable | None = None
        self._shape: Shape | None = None
        desk.chosen_changed.connect(self._choose)
        desk.chosen_again.connect(self._choose)
        desk.stepped.connect(self._let_go)
        desk.reshaped.connect(self._reshape)

    @property
    def index(self) -> int | None:
        """The operation that is read; None before the first one is at work, where none is picked."""
        worked, at_work = self._desk.worked, self._desk.sight.current
        if worked is None:
            return None
        picked = worked.graph.index.get(str(self._picked)) if self._picked is not None else None
        index = at_work if picked is None else picked
        return index if index is not None and worked.graph.nodes[index].rule is not None else None

    @property
    def phase(self) -> Phase:
        """What of it: what it hands on where that is known, else its value; of the node at work, what it does now."""
        sight, index = self._desk.sight, self.index
        if index == sight.current or index is None or self._desk.worked is None:
            return sight.phase
        slots = range(len(self._desk.worked.graph.nodes[index].parents))
        known = any((index, slot) in sight.handed for slot in slots)
        return Phase.BACKWARD if known else Phase.FORWARD

    @Slot()
    def _choose(self) -> None:
        """One operation is chosen, and nothing else: it is read."""
        worked, chosen = self._desk.worked, self._desk.chosen
        one = next(iter(chosen)) if len(chosen) == 1 else None
        index = worked.graph.index.get(str(one)) if worked is not None and one is not None else None
        self._pick(one if worked is not None and index is not None and worked.graph.nodes[index].rule else None)

    @Slot()
    def _let_go(self) -> None:
        self._pick(None)

    @Slot()
    def _reshape(self) -> None:
        """A node that several have just become is read: what they read as in one is what it was made for."""
        former, worked = self._shape, self._desk.worked
        self._shape = worked.shape if worked is not None else None
        if former is None or self._shape is None or former.text != self._shape.text:
            self._pick(None)
            return
        made = [group for group in self._shape.collapsed if group not in former.collapsed]
        keys = (key for group in made for key in group.nodes if key in self._shape.graph.index)
        self._pick(next(keys, None))

    def _pick(self, key: Hashable | None) -> None:
        if key != self._picked:
            self._picked = key
            self.changed.emit()


class RuleCard(WorkedCard):
    """The rule of the node at work, or of the one that is chosen: of its value on the way forward, of what it hands on
    on the way back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.key: Hashable | None = None
        self._head: tuple[Shape, int, bool, bool] | None = None
        self.whose = wrapped()
        self.meeting = Label()
        self.meeting.setStyleSheet("font-weight: 600;")
        self.paths = FormulaView(None, PATHS)
        self.paths.chosen.connect(self.asked)
        self.column.insertWidget(1, self.whose)
        for part in (self.meeting, self.paths):
            self.column.addWidget(part)
        self.reading = Reading(desk, self)
        for signal in (self.reading.changed, desk.sight_changed, desk.nudge_changed, desk.refused):
            signal.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show the node at work, or the chosen one."""
        worked, index = self._desk.worked, self.reading.index
        there = worked is not None and index is not None and not self._desk.stale
        self.key = worked.graph.nodes[index].key if there and worked is not None and index is not None else None
        if not self.isVisible():
            return
        if self.key is None or worked is None or index is None:
            self._say_nothing()
        else:
            self._write(worked, index)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    def _say_nothing(self) -> None:
        self._head = None
        unread = self.tr("The rule of a node stands here as soon as the expression can be read.")
        waiting = self.tr("Play, or click a node: its rule stands here.")
        self.title.setText(unread if self._desk.stale else waiting)
        self.offer_why(None)
        self.whose.hide()
        self.formula.set_box(Row(()))
        self._show_paths(None)
        self.show_lines([])

    def _write(self, worked: Worked, index: int) -> None:
        phase = self.reading.phase
        head = (worked.shape, index, phase is Phase.BACKWARD, self._desk.withholds_slopes)
        if head != self._head:  # a rule is the same for all numbers
            self._head = head
            self._write_head(worked.graph, index, slopes=phase is Phase.BACKWARD)
        reached = index == self._desk.sight.current
        words = self.tr("The node that the player has reached: {node}") if reached else self.tr("Chosen: {node}")
        self.whose.setText(words.format(node=name_text(worked.graph.labels[index])))
        self.whose.show()
        self._show_paths(meeting_paths(worked, self._desk.sight, index) if phase is Phase.BACKWARD else None)
        self.show_lines(self._lines_of(worked, index, phase))

    def _write_head(self, graph: ScalarGraph, index: int, *, slopes: bool) -> None:
        node = graph.nodes[index]
        self.title.setText(self.tr("Rule of {operation}").format(operation=word_of(node)))
        self.setAccessibleName(self.title.text())
        slot = next((s for s, parent in enumerate(node.parents) if graph.live[parent]), None)
        self.offer_why(*((None, "") if self._desk.withholds_slopes else _why(graph, index, slot)))
        self.formula.set_box(rule_box(graph, index, slopes=slopes))

    def _show_paths(self, paths: Box | None) -> None:
        """The shares of the gradient that arrives, where several paths meet."""
        self.meeting.setVisible(paths is not None)
        self.paths.setVisible(paths is not None)
        if paths is not None:
            self.meeting.setText(self.tr("Several paths arrive, and add up"))
            self.paths.set_box(paths)

    def _lines_of(self, worked: Worked, index: int, phase: Phase) -> list[Box]:
        """What it works out, or hands on to each operand, as far as that is known."""
        sight, graph = self._desk.sight, worked.graph
        if phase is Phase.SEED:
            return [seed_row(graph, index)]
        if phase is not Phase.BACKWARD:
            return [forward_row(graph, index, sight.values.__getitem__)]
        node = graph.nodes[index]
        operands = [worked.values.of[parent] for parent in node.parents]
        captions = {slot: no_slope() for slot in conventional_slots(node, operands)}
        if bends(node, operands):
            captions = {slot: by_convention() for slot in range(len(operands))} | captions
        return backward_rows(graph, index, lambda slot: sight.handed.get((index, slot)), worked.hollow, captions)


def _why(graph: ScalarGraph, index: int, slot: int | None) -> tuple[Hashable | None, str]:
    """What can be asked about a collapsed node's derivative, and what that reads; nothing for any other."""
    node = graph.nodes[index]
    if node.inner is None or node.rule is None or slot is None or slot >= len(node.rule.partials):
        return None, ""
    return SlopeOf(node.key, slot), lay_out(local_box(graph, index, slot), FORMULA).plain.strip()
