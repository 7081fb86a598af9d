"""The local rule of the node at work, each number under its symbol."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.kit.formula.boxes import Box, Row, lay_out
from app.kit.widgets.in_turns import waits
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.number_keys import SlopeOf
from app.workspaces.scalar_graph.reading import Reading
from app.workspaces.scalar_graph.rule_rows import (
    SMALL,
    backward_rows,
    by_convention,
    forward_row,
    local_box,
    no_slope,
    rule_box,
    seed_row,
)
from app.workspaces.scalar_graph.shape import Shape
from app.workspaces.scalar_graph.sight import Phase
from app.workspaces.scalar_graph.signs import word_of
from app.workspaces.scalar_graph.worked import Worked
from app.workspaces.scalar_graph.worked_card import WorkedCard
from engine.autodiff import ScalarGraph
from engine.autodiff.faults import conventional_slots
from engine.autodiff.kinks import bends


class RuleCard(WorkedCard):
    """The rule of the node at work, or of the one that is chosen: of its value on the way forward, of what it hands on
    on the way back. In a column, where it keeps its place, it is set in type in the turn after the step, so that the
    drawing is not kept waiting: within the same frame."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__("", parent, stacked=stacked)
        self._desk = desk
        self.key: Hashable | None = None
        self._head: tuple[Shape, int, bool, int, bool] | None = None
        self.reading = Reading(desk, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.follow)
        for signal in (self.reading.changed, desk.sight_changed, desk.nudge_changed):
            signal.connect(self._follow_soon if stacked else self.follow)
        self.follow()

    @property
    def has_something(self) -> bool:
        """Whether there is a node to be read of."""
        return self.key is not None

    @property
    def written_of(self) -> Shape | None:
        """The graph whose rule stands on it."""
        return self._head[0] if self._head is not None else None

    @Slot()
    def _follow_soon(self) -> None:
        self._take_key()
        self._later.start()

    def _take_key(self) -> tuple[Worked, int] | None:
        """Whose rule it is, and of what; None for none."""
        worked, index = self._desk.worked, self.reading.index
        if worked is None or index is None:
            self.key = None
            return None
        self.key = worked.graph.nodes[index].key
        return worked, index

    @Slot()
    def follow(self) -> None:
        """Show the node at work, or the chosen one."""
        self._later.stop()
        found = self._take_key()
        if found is None:
            return
        worked, index = found
        if self.isVisible() and not waits(self):  # else it is written when it is shown, or painted again
            self._write(worked, index)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    def _write(self, worked: Worked, index: int) -> None:
        """Set the rule in type; only for those who see it."""
        phase = self.reading.phase
        head = (worked.shape, index, phase is Phase.BACKWARD, self.width(), self._desk.withholds_slopes)
        if head != self._head:  # a rule is the same for all numbers
            self._make_room(worked.shape, back=phase is Phase.BACKWARD)
            self._head = head
            self._write_head(worked.graph, index, slopes=phase is Phase.BACKWARD)
        self.show_lines(self._lines_of(worked, index, phase))

    def _make_room(self, shape: Shape, *, back: bool) -> None:
        """In a column it stays as high as the rules of the graph need, on either way through it."""
        if self._stacked and (self._head is None or self._head[0] is not shape or self._head[2] is not back):
            self.reserve(shape.rule_room.backward if back else shape.rule_room.forward)

    def _write_head(self, graph: ScalarGraph, index: int, *, slopes: bool) -> None:
        node = graph.nodes[index]
        self.title.setText(self.tr("Rule of {operation}").format(operation=word_of(node)))
        self.setAccessibleName(self.title.text())
        slot = next((s for s, parent in enumerate(node.parents) if graph.live[parent]), None)
        self.offer_why(*((None, "") if self._desk.withholds_slopes else _why(graph, index, slot)))
        # A column is too narrow for the slopes to be read, which stand in the worked lines as well.
        forms = (True, False) if slopes and not self._stacked else (False,)
        self.show_formula([*(rule_box(graph, index, slopes=form) for form in forms), Row(())])

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
    return SlopeOf(node.key, slot), lay_out(local_box(graph, index, slot), SMALL).plain.strip()
