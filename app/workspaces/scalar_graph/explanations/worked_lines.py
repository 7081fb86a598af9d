"""What a rule reads like: its formula, its worked lines with each number under its symbol, and their card."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Mapping
from itertools import zip_longest

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from app.kit.formula.boxes import Box, Keyed, Maths, Row, Words, relation
from app.kit.formula.rows import Factor, Grid, worked_row
from app.kit.formula.trees import box_of, factor_of
from app.kit.formula.view import FormulaView
from app.kit.inks import number_ink
from app.kit.widgets.labels import wrapped
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.names import label_box, lowered, name_text, share_box, slope_box, word_of
from app.workspaces.scalar_graph.sight import (
    GradientOf,
    Handed,
    ShareOf,
    Sight,
    SlopeOf,
    ValueOf,
    bracketed,
    gradient_text,
    value_text,
)
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff import ScalarGraph, Tree
from engine.autodiff.graph import in_labels

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


def meeting_paths(worked: Worked, sight: Sight, index: int) -> Box | None:
    """Where several paths bring a gradient to a node: each share with the node that it comes through, and their sum.
    None where there is one path, or where not all of them have arrived."""
    graph, total = worked.graph, sight.gradients[index]
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


LONGEST_WHY = 16
"""Letters of a formula that a button repeats."""
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
        self.why = QPushButton(self.tr("Why?"))
        self.why.setProperty("role", "link")
        self.why.setCursor(Qt.CursorShape.PointingHandCursor)
        self.why.setToolTip(self.tr("How this derivative comes about from those of the parts, line by line"))
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
            self.tr("Why {formula}?").format(formula=lowered(short)) if len(short) <= LONGEST_WHY else self.tr("Why?")
        )

    @Slot()
    def _ask_why(self) -> None:
        if self._why is not None:
            self.asked.emit(self._why)

    def show_lines(self, boxes: list[Box]) -> None:
        """Show these worked lines."""
        while len(self.lines) < len(boxes):
            self._add_line()
        for line, box in zip_longest(self.lines, boxes):
            line.setVisible(box is not None)
            if box is not None:
                line.set_box(box)
        self.worked_lines.setVisible(bool(boxes))
        self.setAccessibleDescription("; ".join(line.accessibleName() for line in self.lines if not line.isHidden()))

    def minimumSizeHint(self) -> QSize:
        """What is too wide for the column is written smaller."""
        return QSize(0, super().minimumSizeHint().height())
