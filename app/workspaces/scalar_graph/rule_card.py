"""The local rule of the node at work, each number under its symbol."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.formula.boxes import Box, Maths, Row, lay_out, relation
from app.kit.formula.rows import Factor, worked_row
from app.kit.formula.trees import box_of
from app.kit.formula.view import FormulaView
from app.kit.widgets.in_turns import waits
from app.kit.widgets.labels import Label
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.number_keys import GradientOf, ShareOf, SlopeOf, ValueOf
from app.workspaces.scalar_graph.reading import Reading
from app.workspaces.scalar_graph.sight import Phase, gradient_text, value_text
from app.workspaces.scalar_graph.signs import label_box, share_box, slope_box, slope_fraction, word_of
from app.workspaces.scalar_graph.worked import Shape, Worked
from engine.autodiff import OUTPUT, Name, Number, ScalarGraph, Tree, substituted
from engine.autodiff.kinks import bends

SIZE, SMALL = 19.0, 14.0
LOWEST, NARROWEST = 118, 320
LONGEST_WHY = 16
"""Letters of a formula that a button repeats."""
READABLE = 0.7
"""A formula may be shrunk so far."""
MOST_OPERANDS = 2
"""The rules of so many operands stand in full; of more, only those of the first ones."""


class WorkedCard(QFrame):
    """A title, a formula beside it, and the worked line under them. ``asked(key)``: one of its numbers was clicked."""

    asked = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        """``stacked``: two lines stand one under the other, for a narrow column; else side by side."""
        super().__init__(parent)
        self._stacked = stacked
        self.setProperty("role", "card")
        self.title = Label(title)
        self.formula = FormulaView(None, SMALL, alignment=Qt.AlignmentFlag.AlignRight)
        self.lines = [FormulaView(None, SIZE, alignment=Qt.AlignmentFlag.AlignHCenter) for _ in range(MOST_OPERANDS)]
        self.why = QPushButton(self.tr("Why?"))
        self.why.setProperty("role", "link")
        self.why.setCursor(Qt.CursorShape.PointingHandCursor)
        self.why.setToolTip(self.tr("How this derivative comes about from those of the parts, line by line"))
        self.why.setAccessibleName(self.tr("Why this derivative"))
        self.why.clicked.connect(self._ask_why)
        self.why.hide()
        self._why: Hashable | None = None
        head = QHBoxLayout()
        head.addWidget(self.title)
        if not stacked:
            head.addWidget(self.why)
        head.addWidget(self.formula, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(4)
        column.addLayout(head)
        for line in self.lines:
            column.addWidget(line)
            line.clicked.connect(self.asked)
            line.setToolTip(self.tr("Click a number: where does it come from?"))
            line.hide()
        if stacked:
            column.addWidget(self.why, 0, Qt.AlignmentFlag.AlignLeft)

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

    def show_formula(self, choices: list[Box]) -> None:
        """Show the first of the formulas that can be read beside the title."""
        room = max(self.width(), NARROWEST) - self.title.sizeHint().width() - 44
        room -= self.why.sizeHint().width() if self._why is not None else 0
        laid = ((box, lay_out(box, SMALL)) for box in choices)
        self.formula.set_box(*next(one for one in laid if one[1].width * READABLE <= room))

    def show_lines(self, boxes: list[Box]) -> None:
        """Show these worked lines, each as large as if it were alone."""
        if not self._stacked and len(boxes) > 1:
            boxes = [Row((boxes[0], Maths(r"\qquad"), *boxes[1:]))]
        for line, box in zip(self.lines, [*boxes, None, None], strict=False):
            line.setVisible(box is not None)
            if box is not None:
                line.set_box(box)
        self.setAccessibleDescription("; ".join(line.accessibleName() for line in self.lines if not line.isHidden()))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(NARROWEST, hint.width()), max(LOWEST, hint.height()))


class RuleCard(WorkedCard):
    """The rule of the node at work, or of the one that is chosen: of its value on the way forward, of what it hands on
    on the way back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__("", parent, stacked=stacked)
        self._desk = desk
        self.key: Hashable | None = None
        self._head: tuple[Shape, int, bool, int] | None = None
        self.reading = Reading(desk, self)
        self.reading.changed.connect(self.follow)
        desk.sight_changed.connect(self.follow)
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
    def follow(self) -> None:
        """Show the node at work, or the chosen one."""
        worked, index = self._desk.worked, self.reading.index
        if worked is None or index is None:
            self.key = None
            return
        self.key = worked.graph.nodes[index].key
        if self.isVisible() and not waits(self):  # else it is written when it is shown, or painted again
            self._write(worked, index)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    def _write(self, worked: Worked, index: int) -> None:
        """Set the rule in type; only for those who see it."""
        node, phase = worked.graph.nodes[index], self.reading.phase
        head = (worked.shape, index, phase is Phase.BACKWARD, self.width())
        if head != self._head:  # a rule is the same for all numbers
            self._head = head
            self._write_head(worked, index, slopes=phase is Phase.BACKWARD)
        if phase is Phase.BACKWARD:
            self.show_lines(self._backward(worked, index))
        elif phase is Phase.SEED:
            seed = Factor(slope_box(worked.graph, index, index), "1", self.tr("seed"), GradientOf(node.key), 1.0)
            self.show_lines([worked_row([Factor("E", "1", "", GradientOf(node.key), 1.0), "=", seed])])
        else:
            self.show_lines([self._forward(worked, index)])

    def _write_head(self, worked: Worked, index: int, *, slopes: bool) -> None:
        node = worked.graph.nodes[index]
        self.title.setText(self.tr("Rule of {operation}").format(operation=word_of(node)))
        self.setAccessibleName(self.title.text())
        slot = next((s for s, parent in enumerate(node.parents) if worked.graph.live[parent]), None)
        self.offer_why(*_why(worked.graph, index, slot))
        choices = [rule_box(worked, index, slopes=one) for one in (slopes, False)]
        self.show_formula([*choices, Row(())])

    def _forward(self, worked: Worked, index: int) -> Box:
        """The operands with their values, and the value that comes out."""
        sight, graph = self._desk.sight, worked.graph
        pieces: list[Factor | str] = []
        for parent in graph.nodes[index].parents:
            value = sight.values[parent]
            text = value_text(value) if value is not None else not_yet()
            if pieces:
                pieces.append(r"\quad")
            pieces.append(
                Factor(label_box(graph, parent), text, self.tr("comes in"), ValueOf(graph.nodes[parent].key), value)
            )
        value = sight.values[index]
        pieces.append(r"\rightarrow")
        text = value_text(value) if value is not None else not_yet()
        pieces.append(Factor(label_box(graph, index), text, self.tr("goes on"), ValueOf(graph.nodes[index].key), value))
        return worked_row(pieces)

    def _backward(self, worked: Worked, index: int) -> list[Box]:
        """``E × local derivative = ∂y/∂parent`` for each operand that a gradient goes to."""
        sight, graph = self._desk.sight, worked.graph
        node = graph.nodes[index]
        lines: list[Box] = []
        for slot, parent in enumerate(node.parents):
            handed = sight.handed.get((index, slot))
            if handed is None or node.rule is None:
                continue
            several, hollow = len(graph.users[parent]) > 1, parent in worked.hollow
            handed_on = self.tr("one share, handed on to {node}") if several else self.tr("handed on to {node}")
            local = local_box(worked.graph, index, slot)
            lines.append(
                worked_row(
                    [
                        Factor(
                            "E",
                            gradient_text(handed.upstream),
                            self.tr("arrives"),
                            GradientOf(node.key),
                            handed.upstream,
                            "danger" if index in worked.hollow else "",
                        ),
                        r"\times",
                        Factor(
                            local,
                            value_text(handed.local),
                            self._of_local(worked, index),
                            SlopeOf(node.key, slot) if node.inner is not None else ShareOf(node.key, slot),
                            handed.local,
                        ),
                        "=",
                        Factor(
                            share_box(graph, index, parent) if several else slope_box(graph, graph.output, parent),
                            gradient_text(handed.product),
                            meaningless() if hollow else handed_on.format(node=graph.labels[parent]),
                            ShareOf(node.key, slot),
                            handed.product,
                            "danger" if hollow else "",
                        ),
                    ]
                )
            )
        return lines[:MOST_OPERANDS]

    def _of_local(self, worked: Worked, index: int) -> str:
        """What is under a local derivative: at a kink there is none, but what one has agreed to take for it."""
        node = worked.graph.nodes[index]
        bent = bends(node, [worked.values.of[parent] for parent in node.parents])
        return self.tr("at a kink, by convention") if bent else self.tr("local derivative")


def meaningless() -> str:
    """Under a number that means nothing."""
    return QCoreApplication.translate("GraphRule", "means nothing here")


def _why(graph: ScalarGraph, index: int, slot: int | None) -> tuple[Hashable | None, str]:
    """What can be asked about a collapsed node's derivative, and what that reads; nothing for any other."""
    node = graph.nodes[index]
    if node.inner is None or node.rule is None or slot is None or slot >= len(node.rule.partials):
        return None, ""
    return SlopeOf(node.key, slot), lay_out(local_box(graph, index, slot), SMALL).plain.strip()


def in_labels(graph: ScalarGraph, index: int, tree: Tree) -> Tree:
    """A tree of a node's rule with the nodes' names in place of u, v and y, and the numbers of constants."""
    node = graph.nodes[index]
    if node.rule is None:
        return tree
    names: dict[str, Tree] = {OUTPUT: Name(graph.labels[index])}
    for parameter, parent in zip(node.rule.parameters, node.parents, strict=True):
        given = graph.nodes[parent]
        number = Number(given.value, given.text) if given.value is not None and given.is_constant else None
        names[parameter] = number if number is not None else Name(graph.labels[parent])
    return substituted(tree, names)


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


def rule_box(worked: Worked, index: int, *, slopes: bool) -> Box:
    """``v_2 = e^{v_1}``, and on the way back its slopes."""
    graph = worked.graph
    node = graph.nodes[index]
    if node.rule is None:
        return Row(())
    row: list[Box] = [
        label_box(graph, index),
        relation("="),
        box_of(in_labels(graph, index, node.rule.formula)),
    ]
    if slopes:
        for slot, parent in enumerate(node.parents):
            if not graph.live[parent]:
                continue
            row.append(Maths(r",\quad" if slot else r"\quad\Rightarrow\quad"))
            row += [slope_fraction(graph, index, parent), relation("="), local_box(graph, index, slot)]
    return Row(tuple(row))
