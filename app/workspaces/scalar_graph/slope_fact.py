"""Why the derivative of a collapsed node is the short formula that stands for it.

It is the chain rule through its parts, line by line, for the card that says where numbers come from.
"""

from __future__ import annotations

from collections.abc import Container
from functools import partial
from itertools import count

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, Maths, Row, Words, operator, relation
from app.kit.formula.rows import Grid
from app.kit.formula.trees import box_of, box_of_name, markup_of_name
from app.kit.origin.facts import Fact, Parent
from app.workspaces.scalar_graph.named_groups import as_one
from app.workspaces.scalar_graph.number_keys import SlopeOf, ValueOf
from app.workspaces.scalar_graph.sight import Sight, value_text
from app.workspaces.scalar_graph.signs import label_markup
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff import Name, Number, ScalarGraph, Tree, names_in, opened, substituted, torch_code
from engine.autodiff.check import check_graph
from engine.autodiff.derivation import Derivation, derivation, is_made_of, operand_names
from engine.problems import EngineError
from engine.value_check import CheckedValue

MOST_CHAINS = 2
"""The chain rule over more paths is not written out with its ∂s: the next line has its numbers of summands anyway."""


def slope_fact(worked: Worked, sight: Sight, key: SlopeOf) -> Fact | None:
    """The lines for a collapsed node, or for what a group would be as one; None where that is too long to be read."""
    graph = _graph(worked, key)
    found = _derived(worked, graph, key)
    if graph is None or found is None:
        return None
    index = graph.index[key.node]
    node = graph.nodes[index]
    called = {index: graph.labels[index], **dict(zip(node.parents, operand_names(graph, index), strict=True))}
    operand = node.parents[key.slot]
    name = rf"\partial {label_markup(graph, index)}/\partial {markup_of_name(called[operand])}"
    values = {text: sight.values[worked.graph.index[graph.nodes[one].key]] for one, text in called.items()}
    value = _value(worked, sight, graph, key)
    parents = tuple(
        Parent(label_markup(graph, one), "", values[text], ValueOf(graph.nodes[one].key))
        for one, text in called.items()
        if text in _names(found)
    )
    numbers = _with_numbers(found, values) if value is not None else None
    worked_line = (
        Row((numbers, relation("="), Words(value_text(value), bold=True))) if numbers and value is not None else ""
    )
    words = QCoreApplication.translate(
        "GraphFacts", "The local derivatives of the parts multiplied, then written as short as it gets."
    )
    renamed = tuple((text, Name(graph.labels[one])) for one, text in called.items() if text != graph.labels[one])
    if any(is_made_of(graph, parent, (operand,)) for parent in node.parents):
        share = QCoreApplication.translate(
            "GraphFacts", "Another input of {result} is made of {node} and is held still, so this is one share alone."
        )
        words = f"{words} {share.format(node=graph.labels[operand], result=graph.labels[index])}"
    return Fact(
        key, name, QCoreApplication.translate("GraphFacts", "local derivative"), value,
        lines_of(found, name, set(worked.graph.labels), renamed), worked_line, parents, words,
        partial(_by_others, worked, graph, key), partial(_code, worked, graph, key),
    )  # fmt: skip


def _graph(worked: Worked, key: SlopeOf) -> ScalarGraph | None:
    """The graph with the node collapsed."""
    if not key.group:
        return worked.graph
    if not key.group <= worked.graph.index.keys():
        return None
    try:
        return as_one(worked.graph, key.group, "group")
    except EngineError:  # an edit has made it impossible since
        return None


def _derived(worked: Worked, graph: ScalarGraph | None, key: SlopeOf) -> Derivation | None:
    if graph is None or key.node not in graph.index:
        return None
    return derivation(graph, graph.index[key.node], key.slot, _part_names(worked))


def _part_names(worked: Worked) -> dict[str, str]:
    """What parts are called, by their keys: as where they stand in sight; else as in the whole graph, or so that
    nothing in sight is called the same."""
    whole, shown = worked.shape.whole, worked.graph
    names = {node.key: whole.labels[number] for number, node in enumerate(whole.nodes)}
    taken = set(shown.labels)
    occupied = {*taken, *names.values()}
    free = (f"p{number}" for number in count(1) if f"p{number}" not in occupied)
    within = [node.key for node in whole.nodes if node.rule is not None and node.key not in shown.index]
    names |= {key: next(free) for key in within if names[key] in taken}
    return names | {node.key: shown.labels[number] for number, node in enumerate(shown.nodes)}


def _value(worked: Worked, sight: Sight, graph: ScalarGraph, key: SlopeOf) -> float | None:
    """The local derivative, once the pass has come back through the node."""
    node = graph.nodes[graph.index[key.node]]
    if node.rule is None or sight.gradients[worked.graph.index[graph.nodes[node.parents[key.slot]].key]] is None:
        return None
    inputs = [worked.values.of[worked.graph.index[graph.nodes[one].key]] for one in node.parents]
    return float(node.rule.slopes[key.slot](worked.values.of[worked.graph.index[key.node]], *inputs))


def lines_of(found: Derivation, name: str, seen: Container[str], renamed: tuple[tuple[str, Tree], ...] = ()) -> Box:
    """``∂y/∂x = ∂y/∂v · ∂v/∂x``, and under it the same with the local derivatives, simplified, and short; over it which
    inputs are ``renamed``, and what the parts are that are not ``seen`` anywhere."""
    rows: list[Box] = []
    if len(found.paths) <= MOST_CHAINS:
        rows.append(_chain(found))
    rows.append(box_of(found.product))
    if found.merged not in (found.product, found.result):
        rows.append(box_of(found.merged))
    rows.append(box_of(found.result))
    lines: list[tuple[Box, ...]] = [
        (Maths(name) if not number else Words(""), relation("="), row) for number, row in enumerate(rows)
    ]
    unseen = tuple((part, tree) for part, tree in found.parts if part not in seen)
    if unseen:
        lines.insert(0, (Words(""), Words(""), _where(unseen, QCoreApplication.translate("GraphFacts", "within it"))))
    if renamed:
        lines.insert(0, (Words(""), Words(""), _where(renamed, QCoreApplication.translate("GraphFacts", "inputs"))))
    known = found.replaced or found.where
    if known:
        lines.insert(-1 if found.replaced else len(lines), (Words(""), Words(""), _where(known)))
    return Grid(tuple(lines), gap=0.1, row_gap=0.5, left=True)


def _chain(found: Derivation) -> Box:
    row: list[Box] = []
    for number, path in enumerate(found.paths):
        if number:
            row.append(operator("+"))
        for step, (above, below) in enumerate(path):
            if step:
                row.append(operator(r"\cdot"))
            row.append(Maths(rf"\partial {markup_of_name(above)}/\partial {markup_of_name(below)}"))
    return Row(tuple(row))


def _where(known: tuple[tuple[str, Tree], ...], lead: str = "") -> Box:
    """``where v₃ = 1/y, v₂ = 1/y − 1``."""
    row: list[Box] = [Words((lead or QCoreApplication.translate("GraphFacts", "where")) + " ", "text_muted")]
    for number, (name, tree) in enumerate(known):
        if number:
            row.append(Maths(r",\;\;"))
        row += [box_of_name(name), relation("="), box_of(tree)]
    return Row(tuple(row))


def _names(found: Derivation) -> set[str]:
    """What the short form is worked out from."""
    return {*names_in(found.result), *(name for _, tree in found.where for name in names_in(tree))}


def _with_numbers(found: Derivation, values: dict[str, float | None]) -> Box | None:
    """The short form with the numbers in; none where it has names of its own."""
    if found.where:
        return None
    numbers: dict[str, Tree] = {
        name: Number(value, value_text(value).replace("−", "-")) for name, value in values.items() if value is not None
    }
    return box_of(substituted(found.result, numbers))


def _by_others(worked: Worked, graph: ScalarGraph, key: SlopeOf) -> CheckedValue[float] | None:
    """The derivative of the parts, taken by themselves, by PyTorch or who stands in for it."""
    inner, inputs = _parts(worked, graph, key)
    return check_graph(inner, inputs).gradient(inner.index[tuple(inputs)[key.slot]])


def _code(worked: Worked, graph: ScalarGraph, key: SlopeOf) -> str:
    """The same to be copied."""
    inner, inputs = _parts(worked, graph, key)
    return torch_code(inner, inputs, slope_of=tuple(inputs)[key.slot])


def _parts(worked: Worked, graph: ScalarGraph, key: SlopeOf) -> tuple[ScalarGraph, dict[str, float]]:
    """The parts of a collapsed node, and the values of its operands by the names of its parameters."""
    node = graph.nodes[graph.index[key.node]]
    assert node.inner is not None and node.rule is not None  # there is a derivation of no other
    values = [worked.values.of[worked.graph.index[graph.nodes[one].key]] for one in node.parents]
    return opened(node.inner), dict(zip(node.rule.parameters, values, strict=True))
