"""What a rule reads like: its formula with its slopes, and its worked lines, each number under its symbol."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, Maths, Row, Words, relation
from app.kit.formula.rows import Factor, worked_row
from app.kit.formula.trees import box_of, factor_of
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.number_keys import GradientOf, ShareOf, SlopeOf, ValueOf
from app.workspaces.scalar_graph.sight import Handed, gradient_text, value_text
from app.workspaces.scalar_graph.signs import label_box, share_box, slope_box, slope_fraction
from engine.autodiff import ScalarGraph, Tree
from engine.autodiff.graph import in_labels

SIZE, SMALL = 19.0, 14.0
"""Of worked lines, and of the formula over them."""
MOST_OPERANDS = 24
"""So many operands have a line each; of a group with more, the others are counted."""
BETWEEN = Maths(r"\qquad")
"""Between lines that stand beside one another."""


def side_by_side(lines: Sequence[Box]) -> Box:
    """Lines in a row, with a gap between each two."""
    return Row(tuple(box for line in lines for box in (BETWEEN, line))[1:])


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
    """``v_2 = e^{v_1}``, and on the way back its slopes."""
    node = graph.nodes[index]
    if node.rule is None:
        return Row(())
    row: list[Box] = [
        label_box(graph, index),
        relation("="),
        box_of(in_labels(graph, index, node.rule.formula)),
    ]
    if slopes:
        live = [slot for slot, parent in enumerate(node.parents) if graph.live[parent]]
        for slot in live:
            parent = node.parents[slot]
            row.append(Maths(r"\quad\Rightarrow\quad" if slot == live[0] else r",\quad"))
            row += [slope_fraction(graph, index, parent), relation("="), local_box(graph, index, slot)]
    return Row(tuple(row))
