"""The local rule of a node as worked lines, and what a group with a name reads as when it is one node."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Mapping
from itertools import zip_longest

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.kit.formula.boxes import Box, Keyed, Maths, Row, Words, lay_out, operator, relation
from app.kit.formula.rows import Factor, Grid, worked_column, worked_row
from app.kit.formula.trees import box_of, box_of_name, factor_of
from app.kit.formula.view import MARGIN, FormulaView
from app.kit.inks import number_ink
from app.kit.listing import listed
from app.kit.numbers import to_digits
from app.kit.widgets.in_sight import FollowsInSight
from app.kit.widgets.labels import Label, wrapped
from app.workspaces.scalar_graph.computation import (
    CollapsedGroup,
    Computation,
    ComputationPhase,
    GradientOf,
    Handed,
    PassState,
    Shape,
    ShareOf,
    SlopeOf,
    ValueOf,
)
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.names import (
    bracketed,
    gradient_text,
    label_box,
    name_text,
    not_yet,
    share_box,
    slope_box,
    value_text,
    word_of,
)
from engine.autodiff import ScalarGraph, Tree
from engine.autodiff.derivation import is_made_of, operand_names
from engine.autodiff.faults import conventional_slots
from engine.autodiff.graph import in_labels
from engine.autodiff.kinks import bends
from engine.autodiff.sweep import is_passed_over

SIZE, FORMULA, PATHS = 19.0, 17.0, 16.0
"""Of worked lines, of the formula over them, and of the paths that meet."""
MOST_OPERANDS = 24
"""So many operands have a line each; of a group with more, the others are counted."""


def forward_row(graph: ScalarGraph, index: int, value_of: Callable[[int], float | None]) -> Box:
    """The operands of a node with their values, and the value that comes out; ``value_of`` a node, None: not yet."""
    comes, goes = QCoreApplication.translate("RuleCard", "comes in"), QCoreApplication.translate("RuleCard", "goes on")
    pieces: list[Factor | str] = []
    for parent in graph.nodes[index].parents:
        if pieces:
            pieces.append(r"\quad")
        pieces.append(_value(graph, parent, value_of(parent), comes))
    return worked_row([*pieces, r"\rightarrow", _value(graph, index, value_of(index), goes)])


def _value(graph: ScalarGraph, index: int, value: float | None, caption: str) -> Factor:
    text = value_text(value) if value is not None else not_yet()
    return Factor(label_box(graph, index), text, caption, ValueOf(graph.nodes[index].key), value)


def seed_row(graph: ScalarGraph, index: int) -> Box:
    """Where the way back begins: the result moves with itself one to one."""
    key = GradientOf(graph.nodes[index].key)
    seed = Factor(slope_box(graph, index, index), "1", QCoreApplication.translate("RuleCard", "seed"), key, 1.0)
    return worked_row([Factor("E", "1", "", key, 1.0), "=", seed])


def backward_rows(
    graph: ScalarGraph,
    index: int,
    handed_to: Callable[[int], Handed | None],
    hollow: Container[int],
    captions: Mapping[int, str],
) -> list[Box]:
    """``E × local derivative = ∂y/∂parent`` for each operand that a gradient goes to, by its slot. ``hollow``: nodes
    whose gradient means nothing; ``captions``: what stands under a local derivative that is a convention here."""
    slots = range(len(graph.nodes[index].parents)) if graph.nodes[index].rule is not None else ()
    found = [(slot, handed) for slot in slots if (handed := handed_to(slot)) is not None]
    rows: list[Box] = [
        _backward(graph, index, slot, handed, hollow, captions.get(slot)) for slot, handed in found[:MOST_OPERANDS]
    ]
    if left := len(found) - len(rows):
        rows.append(Words(QCoreApplication.translate("RuleCard", "and {count} more").format(count=left)))
    return rows


def _backward(
    graph: ScalarGraph, index: int, slot: int, handed: Handed, hollow: Container[int], caption: str | None
) -> Box:
    node, parent = graph.nodes[index], graph.nodes[index].parents[slot]
    several, nothing = len(graph.users[parent]) > 1, parent in hollow
    on = QCoreApplication.translate("RuleCard", "handed on")  # the symbol over it says to which node
    if several:
        on = QCoreApplication.translate("RuleCard", "one share")
    upstream = Factor(
        "E",
        gradient_text(handed.upstream),
        QCoreApplication.translate("RuleCard", "arrives"),
        GradientOf(node.key),
        handed.upstream,
        "danger" if index in hollow else "",
    )
    local = Factor(
        factor_box(graph, index, slot),
        value_text(handed.local),
        caption or QCoreApplication.translate("RuleCard", "local derivative"),
        SlopeOf(node.key, slot) if node.inner is not None else ShareOf(node.key, slot),
        handed.local,
    )
    product = Factor(
        share_box(graph, index, parent) if several else slope_box(graph, graph.output, parent),
        gradient_text(handed.product),
        meaningless() if nothing else on,
        ShareOf(node.key, slot),
        handed.product,
        "danger" if nothing else "",
    )
    return worked_row([upstream, r"\times", local, "=", product])


def by_convention() -> str:
    """Under the local derivative of what has a kink here."""
    return QCoreApplication.translate("RuleCard", "at a kink, by convention")


def not_taken() -> str:
    """Under the local derivative along an operand that the result doesn't depend on here."""
    return QCoreApplication.translate("RuleCard", "branch not taken")


def no_slope() -> str:
    """Under the 0 that PyTorch, and so this program, puts for 1·log(0)."""
    return QCoreApplication.translate("RuleCard", "by convention; the rule gives −∞")


def meaningless() -> str:
    """Under a number that means nothing."""
    return QCoreApplication.translate("GraphRule", "means nothing here")


def local_form(graph: ScalarGraph, index: int, slot: int) -> Tree | None:
    """The local derivative of a node along one of its operands; None where it is too long to be written."""
    rule = graph.nodes[index].rule
    if rule is None or slot >= len(rule.partials):
        return None
    return in_labels(graph, index, rule.partials[slot])


def local_box(graph: ScalarGraph, index: int, slot: int) -> Box:
    """The same as it is written; only its name where it is too long."""
    form = local_form(graph, index, slot)
    return box_of(form) if form is not None else slope_box(graph, index, graph.nodes[index].parents[slot])


def factor_box(graph: ScalarGraph, index: int, slot: int) -> Box:
    """The same behind ``E ×``: a sum in brackets."""
    form = local_form(graph, index, slot)
    return factor_of(form) if form is not None else slope_box(graph, index, graph.nodes[index].parents[slot])


def rule_box(graph: ScalarGraph, index: int, *, slopes: bool) -> Box:
    """``v_2 = e^{v_1}``, and on the way back its slopes under it."""
    node = graph.nodes[index]
    if node.rule is None:
        return Row(())
    formula = Row((label_box(graph, index), relation("="), box_of(in_labels(graph, index, node.rule.formula))))
    lines: list[tuple[Box, ...]] = [(formula,)]
    for slot, parent in enumerate(node.parents[:MOST_OPERANDS] if slopes else ()):
        if graph.live[parent]:
            slope = slope_box(graph, index, parent), relation("="), local_box(graph, index, slot)
            lines.append((Row((Maths(r"\Rightarrow\quad"), *slope)),))
    return Grid(tuple(lines), row_gap=0.5, left=True)


def held_still(graph: ScalarGraph, index: int) -> str:
    """That local derivatives hold an operand still which depends on another one too; empty where none does."""
    parents = dict.fromkeys(graph.nodes[index].parents)
    said = []
    for parent in (parent for parent in parents if graph.live[parent]):
        others = [graph.labels[other] for other in parents if other != parent and is_made_of(graph, other, (parent,))]
        if others:
            words = QCoreApplication.translate(
                "RuleCard", "∂{node}/∂{operand} is local: {others} depends on {operand} too, but is held fixed here."
            )
            names = {"node": name_text(graph.labels[index]), "operand": name_text(graph.labels[parent])}
            said.append(words.format(others=listed(map(name_text, others)), **names))
    return " ".join(said[:MOST_HELD])


def meeting_paths(worked: Computation, state: PassState, index: int) -> Box | None:
    """Where several paths bring a gradient to a node: each share with the node that it comes through, and their sum.
    None where there is one path, or where not all of them have arrived."""
    graph, total = worked.graph, state.gradients[index]
    edges = [(child, slot) for child, slot in graph.users[index] if (child, slot) in worked.handed]
    if total is None or not 1 < len(edges) <= MOST_OPERANDS:
        return None
    rows: list[tuple[Box, ...]] = []
    for child, slot in edges:
        share = worked.handed[child, slot]
        through = QCoreApplication.translate("RuleCard", "through {operation}, {node}").format(
            operation=word_of(graph.nodes[child]), node=name_text(graph.labels[child])
        )
        product = f"{gradient_text(share.upstream)} × {bracketed(value_text(share.local))}"
        result = Words(gradient_text(share.product), number_ink(share.product), bold=True)
        key = ShareOf(graph.nodes[child].key, slot)
        rows.append((Words(through), Words(product, "text_muted"), Keyed(key, result)))
    added = Words(gradient_text(total), number_ink(total), bold=True)
    whole = Keyed(GradientOf(graph.nodes[index].key), added)
    rows.append((slope_box(graph, graph.output, index), Words(""), whole))
    return Grid(tuple(rows), gap=0.8, row_gap=0.7, left=True)


MOST_HELD = 2
"""So many operands that others depend on are named."""
LONGEST_WHY = 16
"""Letters of a formula that a button repeats."""
SMALLEST = 0.85
"""A worked line that would be shrunk to less than this is turned upright: it is to be read from the last row."""
USUAL_LINES = 2
"""Of most rules; others get theirs when they are shown."""


class WorkedCard(QFrame):
    """A title, a formula and worked lines, one under another. ``asked(key)``: one of its numbers was clicked."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = wrapped("", None)
        self.title.setStyleSheet("font-size: 15px; font-weight: 600;")
        self.formula = FormulaView(None, FORMULA, ground="surface")
        self.lines: list[FormulaView] = []
        self._boxes: list[Box] = []
        self.why = QPushButton(self.tr("Why?"))
        self.why.setProperty("role", "link")
        self.why.setCursor(Qt.CursorShape.PointingHandCursor)
        self.why.setToolTip(self.tr("How this derivative follows from those of the parts, line by line"))
        self.why.setAccessibleName(self.tr("Why this derivative"))
        self.why.clicked.connect(self._ask_why)
        self.why.hide()
        self._why: Hashable | None = None
        self.worked_lines = QFrame()
        self.worked_lines.setProperty("role", "card")
        self._lines_column = QVBoxLayout(self.worked_lines)
        self._lines_column.setContentsMargins(10, 10, 10, 10)
        self._lines_column.setSpacing(12)
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(12)
        for part in (self.title, self.formula, self.worked_lines):
            column.addWidget(part)
        for _ in range(USUAL_LINES):
            self._add_line()
        column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_line(self) -> None:
        line = FormulaView(None, SIZE, self, align="across", ground="surface")
        line.chosen.connect(self.asked)
        line.setToolTip(self.tr("Click a number: where does it come from?"))
        line.hide()
        self.lines.append(line)
        self._lines_column.addWidget(line)

    def offer_why(self, key: Hashable | None, short: str = "") -> None:
        """Offer to say why a derivative is this short formula; None: there is nothing to be said."""
        self._why = key if short else None
        self.why.setVisible(self._why is not None)
        self.why.setText(
            self.tr("Why {formula}?").format(formula=short) if len(short) <= LONGEST_WHY else self.tr("Why?")
        )

    @Slot()
    def _ask_why(self) -> None:
        if self._why is not None:
            self.asked.emit(self._why)

    def show_lines(self, boxes: list[Box]) -> None:
        """Show these worked lines."""
        self._boxes = boxes
        while len(self.lines) < len(boxes):
            self._add_line()
        for line, box in zip_longest(self.lines, boxes):
            line.setVisible(box is not None)
            if box is not None:
                line.set_box(self._fitting(box))
        self.worked_lines.setVisible(bool(boxes))
        self.setAccessibleDescription("; ".join(line.accessibleName() for line in self.lines if not line.isHidden()))

    def _fitting(self, box: Box) -> Box:
        """Return a worked line as a row, or upright if the card is too narrow for it."""
        margins = self._lines_column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - 2 * MARGIN
        if isinstance(box, Grid) and room < SMALLEST * lay_out(box, SIZE).width:
            return worked_column(box)
        return box

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.show_lines(self._boxes)

    def minimumSizeHint(self) -> QSize:
        """A line that is a little too wide for the column is written smaller."""
        return QSize(0, super().minimumSizeHint().height())


class RuleSubject(QObject):
    """``changed``: the rule of another node is read, for another reason than a step of the playback."""

    changed = Signal()

    def __init__(self, model: GraphModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._picked: Hashable | None = None
        self._shape: Shape | None = None
        model.chosen_changed.connect(self._choose)
        model.chosen_again.connect(self._choose)
        model.stepped.connect(self._let_go)
        model.reshaped.connect(self._reshape)

    @property
    def index(self) -> int | None:
        """The operation that is read; None before the first one is at work, where none is picked."""
        worked, at_work = self._model.worked, self._model.state.current
        if worked is None:
            return None
        picked = worked.graph.index.get(str(self._picked)) if self._picked is not None else None
        index = at_work if picked is None else picked
        return index if index is not None and worked.graph.nodes[index].rule is not None else None

    @property
    def phase(self) -> ComputationPhase:
        """The direction that is explained: back where that is known; of the node at work, its present step."""
        state, index = self._model.state, self.index
        if index == state.current or index is None or self._model.worked is None:
            return state.phase
        slots = range(len(self._model.worked.graph.nodes[index].parents))
        known = any((index, slot) in state.handed for slot in slots)
        return ComputationPhase.BACKWARD if known else ComputationPhase.FORWARD

    @Slot()
    def _choose(self) -> None:
        """One operation is chosen, and nothing else: it is read."""
        worked, chosen = self._model.worked, () if self._model.gone_on else self._model.chosen
        key = next(iter(chosen)) if len(chosen) == 1 else None
        index = worked.graph.index.get(str(key)) if worked is not None and key is not None else None
        self._pick(key if worked is not None and index is not None and worked.graph.nodes[index].rule else None)

    @Slot()
    def _let_go(self) -> None:
        self._pick(None)

    @Slot()
    def _reshape(self) -> None:
        """A node that several have just become is read: what they read as in one is what it was made for."""
        former, worked = self._shape, self._model.worked
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


class RuleCard(FollowsInSight, WorkedCard):
    """The rule of the node at work, or of the one that is chosen: of its value on the way forward, of what it hands on
    on the way back."""

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.key: Hashable | None = None
        self._head: tuple[Shape, int, bool, bool] | None = None
        self.whose = wrapped()
        self.meeting = Label()
        self.meeting.setStyleSheet("font-weight: 600;")
        self.paths = FormulaView(None, PATHS)
        self.paths.chosen.connect(self.asked)
        self.local = wrapped()
        self.column.insertWidget(1, self.whose)
        self.column.insertWidget(3, self.local)
        for part in (self.meeting, self.paths):
            self.column.addWidget(part)
        self.reading = RuleSubject(model, self)
        for signal in (self.reading.changed, model.state_changed, model.nudge_changed, model.refused):
            signal.connect(self.follow)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show the node at work, or the chosen one; which one it is is known out of sight too."""
        worked, index = self._model.worked, self.reading.index
        there = worked is not None and index is not None and not self._model.stale
        self.key = worked.graph.nodes[index].key if there and worked is not None and index is not None else None
        super().follow()

    def write(self) -> None:
        """Show that node, or that there is none."""
        worked, index = self._model.worked, self.reading.index
        if self.key is None or worked is None or index is None:
            self._say_nothing()
        else:
            self._write(worked, index)

    def _say_nothing(self) -> None:
        self._head = None
        unread = self.tr("The rule of a node appears here as soon as the expression can be read.")
        waiting = self.tr("Play, or click a node, to see its rule here.")
        self.title.setText(unread if self._model.stale else waiting)
        self.offer_why(None)
        self.whose.hide()
        self.local.hide()
        self.formula.set_box(Row(()))
        self._show_paths(None)
        self.show_lines([])

    def _write(self, worked: Computation, index: int) -> None:
        phase = self.reading.phase
        head = (worked.shape, index, phase is ComputationPhase.BACKWARD, self._model.withholds_slopes)
        if head != self._head:  # a rule is the same for all numbers
            self._head = head
            self._write_head(worked.graph, index, slopes=phase is ComputationPhase.BACKWARD)
        reached = index == self._model.state.current
        words = self.tr("The node the player has reached: {node}") if reached else self.tr("Chosen: {node}")
        self.whose.setText(words.format(node=name_text(worked.graph.labels[index])))
        self.whose.show()
        self._show_paths(
            meeting_paths(worked, self._model.state, index) if phase is ComputationPhase.BACKWARD else None
        )
        self.show_lines(self._lines_of(worked, index, phase))

    def _write_head(self, graph: ScalarGraph, index: int, *, slopes: bool) -> None:
        node = graph.nodes[index]
        self.title.setText(self.tr("Rule of {operation}").format(operation=word_of(node)))
        self.setAccessibleName(self.title.text())
        slot = next((s for s, parent in enumerate(node.parents) if graph.live[parent]), None)
        self.offer_why(*((None, "") if self._model.withholds_slopes else _why(graph, index, slot)))
        self.formula.set_box(rule_box(graph, index, slopes=slopes))
        self.local.setText(held_still(graph, index) if slopes else "")
        self.local.setVisible(bool(self.local.text()))

    def _show_paths(self, paths: Box | None) -> None:
        """The shares of the gradient that arrives, where several paths meet."""
        self.meeting.setVisible(paths is not None)
        self.paths.setVisible(paths is not None)
        if paths is not None:
            self.meeting.setText(self.tr("Several paths arrive, and add up"))
            self.paths.set_box(paths)

    def _lines_of(self, worked: Computation, index: int, phase: ComputationPhase) -> list[Box]:
        """Return the lines of a node: its value, or the gradient handed to each operand, as far as known."""
        state, graph = self._model.state, worked.graph
        if phase is ComputationPhase.SEED:
            return [seed_row(graph, index)]
        if phase is not ComputationPhase.BACKWARD:
            return [forward_row(graph, index, state.values.__getitem__)]
        node = graph.nodes[index]
        operands = [worked.values.of[parent] for parent in node.parents]
        captions = {slot: no_slope() for slot in conventional_slots(graph, worked.values.of, index)}
        captions |= {
            slot: not_taken()
            for slot in range(len(operands))
            if (edge := state.handed.get((index, slot))) is not None
            and is_passed_over(node, slot, edge.local, operands)
        }
        if bends(node, operands):
            captions |= {slot: by_convention() for slot in range(len(operands))}
        return backward_rows(graph, index, lambda slot: state.handed.get((index, slot)), worked.hollow, captions)


def _why(graph: ScalarGraph, index: int, slot: int | None) -> tuple[Hashable | None, str]:
    """Return the derivation of a collapsed node's derivative to ask for, and that derivative in text."""
    node = graph.nodes[index]
    if node.inner is None or node.rule is None or slot is None or slot >= len(node.rule.partials):
        return None, ""
    return SlopeOf(node.key, slot), lay_out(local_box(graph, index, slot), FORMULA).plain.strip()


def local_text(graph: ScalarGraph, short: CollapsedGroup) -> str:
    """The short derivative in running text, ``y(1 − y)``; empty where it is not written."""
    rule = graph.nodes[short.index].rule
    if rule is None or short.slot >= len(rule.partials):
        return ""
    return lay_out(local_box(graph, short.index, short.slot), 14.0).plain.strip()


class CollapsedCard(FollowsInSight, WorkedCard):
    """``E × y(1 − y) = ∂y/∂x`` with the numbers in, as far as the parts have come by themselves."""

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        for signal in (model.state_changed, model.nudge_changed, model.refused):
            signal.connect(self.follow)
        self.follow()

    def write(self) -> None:
        """Show it as far as the parts are known."""
        worked = self._model.worked
        short = worked.short if worked is not None else None
        if short is not None and self._model.withholds_slopes:
            self._say_nothing(self.tr("Derivatives are hidden until the pass is over."))
            return
        behind = worked is None or self._model.stale or len(self._model.state.values) != len(worked.graph.nodes)
        if short is None or worked is None or behind:
            self._say_nothing(self.tr("Nothing here gets shorter as one node. Select two or more to collapse them."))
            return
        graph, state = short.graph, self._model.state
        end = worked.graph.index[graph.nodes[short.index].key]
        self.title.setText(self.tr("Collapsed, it reads"))
        self.setAccessibleName(self.tr("{group}, collapsed").format(group=short.group.label))
        slope = SlopeOf(graph.nodes[short.index].key, short.slot, short.group.keys)
        self.offer_why(slope, local_text(graph, short))
        self.formula.set_box(self._diagram(short, worked, end))
        self.show_lines([self._line(short, worked, state)])

    def _say_nothing(self, why: str) -> None:
        """Say why there is no short derivative to be seen."""
        self.title.setText(why)
        self.offer_why(None)
        self.formula.set_box(Row(()))
        self.show_lines([])

    def _line(self, short: CollapsedGroup, worked: Computation, state: PassState) -> Box:
        """``E × y(1 − y) = ∂y/∂x`` with what is known at a moment."""
        graph = short.graph
        end = worked.graph.index[graph.nodes[short.index].key]
        start = worked.graph.index[graph.nodes[short.parent].key]
        arrived, total, hollow = state.gradients[end], state.gradients[start], start in state.hollow
        is_share = len(graph.users[short.parent]) > 1
        whole = total is not None and arrived is not None
        local = Factor(
            factor_box(graph, short.index, short.slot),
            value_text(short.local) if whole else not_yet(),
            self.tr("local derivative"),
            SlopeOf(graph.nodes[short.index].key, short.slot, short.group.keys),
            short.local if whole else None,
        )
        upstream = gradient_text(arrived) if arrived is not None else not_yet()
        result = gradient_text(short.handed) if whole else not_yet()
        gap = abs(short.handed - total) if whole and not is_share and total is not None and not hollow else None
        handed_on = Factor(
            self._share_box(short) if is_share else slope_box(graph, graph.output, short.parent),
            result,
            meaningless() if hollow else self._share_caption(short) if is_share else self._caption(gap),
            None if is_share else GradientOf(worked.graph.nodes[start].key),
            short.handed if whole else None,
            "danger" if hollow else "",
        )
        arrives = Factor("E", upstream, self.tr("arrives"), GradientOf(worked.graph.nodes[end].key), arrived)
        return worked_row([arrives, r"\times", local, "=", handed_on])

    @staticmethod
    def _share_box(short: CollapsedGroup) -> Box:
        """``∂y/∂p · ∂p/∂z₁``: what reaches an operand through the group, beside other ways."""
        graph, operand = short.graph, operand_names(short.graph, short.index)[short.slot]
        inner = Row((Maths(r"\partial"), label_box(graph, short.index), Maths(r"/\partial"), box_of_name(operand)))
        return Row((slope_box(graph, graph.output, short.index), operator(r"\cdot"), inner))

    def _share_caption(self, short: CollapsedGroup) -> str:
        graph, operand = short.graph, operand_names(short.graph, short.index)[short.slot]
        names = {"node": name_text(graph.labels[short.index]), "operand": name_text(graph.labels[short.parent])}
        if operand == graph.labels[short.parent]:
            return self.tr("share through {node}").format(**names)
        return self.tr("share through {node}, {name} = {operand}").format(name=name_text(operand), **names)

    def _caption(self, gap: float | None) -> str:
        if gap is None:
            return self.tr("handed on")
        if gap == 0.0:
            return self.tr("equal to the parts")
        return self.tr("the parts differ by {gap}").format(gap=to_digits(gap, 2))

    def _diagram(self, short: CollapsedGroup, worked: Computation, end: int) -> Box:
        """``x → σ → y``, with what is known of both ends."""
        graph, value = short.graph, self._model.state.values[end]
        row: list[Box] = [label_box(graph, short.parent), relation(r"\rightarrow")]
        row += [Words(short.group.name, bold=True), relation(r"\rightarrow"), label_box(graph, short.index)]
        if value is not None:
            row += [relation("="), Words(value_text(value))]
        return Row(tuple(row))
