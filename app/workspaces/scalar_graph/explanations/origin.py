"""Where each number of the graph comes from, as facts for the card that says so."""

from __future__ import annotations

from collections.abc import Container, Hashable
from dataclasses import replace
from functools import partial
from itertools import count

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, Fenced, Maths, Row, Words, operator, relation
from app.kit.formula.rows import Grid
from app.kit.formula.trees import box_of, box_of_name, markup_of_name
from app.kit.numbers import significant
from app.kit.origin.facts import Fact, Parent
from app.workspaces.scalar_graph.computation import (
    Computation,
    GradientOf,
    MeasuredOf,
    PassState,
    ShareOf,
    SlopeOf,
    ValueOf,
    as_one,
)
from app.workspaces.scalar_graph.explanations.rule import factor_box
from app.workspaces.scalar_graph.names import (
    bracketed,
    change_text,
    gradient_text,
    label_markup,
    name_text,
    not_yet,
    share_markup,
    slope_markup,
    value_text,
    word_of,
)
from engine.autodiff import OUTPUT, Constant, Name, ScalarGraph, Tree, names_in, opened, substituted, torch_code
from engine.autodiff.check import check_graph
from engine.autodiff.derivation import Derivation, derivation, is_made_of, operand_names
from engine.autodiff.graph import in_labels
from engine.autodiff.sweep import is_passed_over
from engine.problems import EngineError
from engine.value_check import CheckedValue

MOST_CHAINS = 2
"""The chain rule over more paths is not written out with its ∂s: the next line has its numbers of summands anyway."""


def slope_fact(worked: Computation, state: PassState, key: SlopeOf) -> Fact | None:
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
    values = {text: state.values[worked.graph.index[graph.nodes[one].key]] for one, text in called.items()}
    value = _value(worked, state, graph, key)
    parents = tuple(
        Parent(label_markup(graph, one), "", values[text], ValueOf(graph.nodes[one].key))
        for one, text in called.items()
        if text in _names(found)
    )
    numbers = _with_numbers(found, values) if value is not None else None
    worked_line = (
        Row((numbers, relation("="), Words(value_text(value), bold=True))) if numbers and value is not None else ""
    )
    words = QCoreApplication.translate("GraphFacts", "The local derivatives of the parts, multiplied and simplified.")
    renamed = tuple((text, Name(graph.labels[one])) for one, text in called.items() if text != graph.labels[one])
    if any(is_made_of(graph, parent, (operand,)) for parent in node.parents):
        share = QCoreApplication.translate(
            "GraphFacts", "Another input of {result} is computed from {node} and held fixed, so this is only one share."
        )
        words = f"{words} {share.format(node=name_text(graph.labels[operand]), result=name_text(graph.labels[index]))}"
    return Fact(
        key, name, QCoreApplication.translate("GraphFacts", "local derivative"), value,
        lines_of(found, name, set(worked.graph.labels), renamed), worked_line, parents, words,
        partial(_by_others, worked, graph, key), partial(_code, worked, graph, key),
    )  # fmt: skip


def _graph(worked: Computation, key: SlopeOf) -> ScalarGraph | None:
    """The graph with the node collapsed."""
    if not key.group:
        return worked.graph
    if not key.group <= worked.graph.index.keys():
        return None
    try:
        return as_one(worked.graph, key.group, "group")
    except EngineError:  # an edit has made it impossible since
        return None


def _derived(worked: Computation, graph: ScalarGraph | None, key: SlopeOf) -> Derivation | None:
    if graph is None or key.node not in graph.index:
        return None
    return derivation(graph, graph.index[key.node], key.slot, _part_names(worked))


def _part_names(worked: Computation) -> dict[str, str]:
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


def _value(worked: Computation, state: PassState, graph: ScalarGraph, key: SlopeOf) -> float | None:
    """The local derivative, once the pass has come back through the node."""
    node = graph.nodes[graph.index[key.node]]
    if node.rule is None or state.gradients[worked.graph.index[graph.nodes[node.parents[key.slot]].key]] is None:
        return None
    inputs = [worked.values.of[worked.graph.index[graph.nodes[parent].key]] for parent in node.parents]
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
    """The rows that the short form is derived from."""
    return {*names_in(found.result), *(name for _, tree in found.where for name in names_in(tree))}


def _with_numbers(found: Derivation, values: dict[str, float | None]) -> Box | None:
    """The short form with the numbers in; none where it has names of its own."""
    if found.where:
        return None
    numbers: dict[str, Tree] = {
        name: Constant(value, value_text(value).replace("−", "-"))
        for name, value in values.items()
        if value is not None
    }
    return box_of(substituted(found.result, numbers))


def _by_others(worked: Computation, graph: ScalarGraph, key: SlopeOf) -> CheckedValue[float] | None:
    """The derivative of the parts, taken by themselves, by PyTorch or who stands in for it."""
    inner, inputs = _parts(worked, graph, key)
    return check_graph(inner, inputs).gradient(inner.index[tuple(inputs)[key.slot]])


def _code(worked: Computation, graph: ScalarGraph, key: SlopeOf) -> str:
    """The same to be copied."""
    inner, inputs = _parts(worked, graph, key)
    return torch_code(inner, inputs, slope_of=tuple(inputs)[key.slot])


def _parts(worked: Computation, graph: ScalarGraph, key: SlopeOf) -> tuple[ScalarGraph, dict[str, float]]:
    """The parts of a collapsed node, and the values of its operands by the names of its parameters."""
    node = graph.nodes[graph.index[key.node]]
    assert node.inner is not None and node.rule is not None  # there is a derivation of no other
    values = [worked.values.of[worked.graph.index[graph.nodes[parent].key]] for parent in node.parents]
    return opened(node.inner), dict(zip(node.rule.parameters, values, strict=True))


MOST_PARENTS = 8


def fact_of(worked: Computation, state: PassState, key: Hashable) -> Fact | None:
    """Return the fact about a number, printed as everywhere else; None where there is no such number."""
    found = _found(worked, state, key)
    if found is None:
        return None
    if isinstance(key, GradientOf | ShareOf) and found.value is not None:
        found = replace(found, sentence=" ".join(filter(None, (found.sentence, _hollow(worked, key)))))
    parents = tuple(replace(parent, printed=_printed(parent.key, parent.value)) for parent in found.parents)
    return replace(found, parents=parents, printed=_printed(found.key, found.value))


def _hollow(worked: Computation, key: GradientOf | ShareOf) -> str:
    """Why a gradient, or a share of one, means nothing; empty where it means something."""
    index = worked.graph.index[key.node]
    if isinstance(key, ShareOf):
        index = worked.graph.nodes[index].parents[key.slot]
    reason = worked.hollow.get(index, "")
    words = QCoreApplication.translate("GraphFacts", "It means nothing here: {reason}")
    return words.replace("{reason}", reason) if reason else ""


def _printed(key: Hashable, value: float | None) -> str:
    if value is None:
        return ""
    if isinstance(key, MeasuredOf):
        return significant(value, 4)
    return value_text(value) if isinstance(key, ValueOf | SlopeOf) else gradient_text(value)


def _found(worked: Computation, state: PassState, key: Hashable) -> Fact | None:
    index = worked.graph.index.get(getattr(key, "node", ""))
    if index is None:
        return None
    match key:
        case ValueOf():
            return _value_fact(worked, state, key, index)
        case GradientOf():
            return _gradient_fact(worked, state, key, index)
        case ShareOf():
            return _share_fact(worked, state, key, index)
        case SlopeOf():
            return slope_fact(worked, state, key)
        case MeasuredOf():
            return _measured_fact(worked, state, key, index)
    return None


# Values ---------------------------------------------------------------------------------------------------------------


def _value_fact(worked: Computation, state: PassState, key: ValueOf, index: int) -> Fact:
    graph, node = worked.graph, worked.graph.nodes[index]
    value, name = state.values[index], label_markup(worked.graph, index)
    if node.rule is None:
        said = (
            QCoreApplication.translate("GraphFacts", "It is a constant of the expression.")
            if node.is_constant
            else QCoreApplication.translate("GraphFacts", "It is an input: you set it.")
        )
        return Fact(key, name, "", value, sentence=said)
    formula = Row((Maths(name), relation("="), box_of(in_labels(graph, index, node.rule.formula))))
    parents = tuple(
        Parent(
            label_markup(graph, parent), _place(worked, parent), state.values[parent], ValueOf(graph.nodes[parent].key)
        )
        for parent in node.parents[:MOST_PARENTS]
    )
    return Fact(
        key, name, word_of(node), value, formula, _worked_value(worked, state, index), parents,
        state.faulty.get(index, ""), partial(_value_by_others, worked, index),
        partial(torch_code, graph, worked.inputs, value_of=node.key), more=max(0, len(node.parents) - MOST_PARENTS),
    )  # fmt: skip


def _worked_value(worked: Computation, state: PassState, index: int) -> Box | str:
    """The formula with the numbers in; nothing while one of them is not known."""
    node = worked.graph.nodes[index]
    numbers = [state.values[parent] for parent in node.parents]
    value = state.values[index]
    if node.rule is None or value is None or None in numbers:
        return ""
    names = {
        parameter: _typed(number)
        for parameter, number in zip(node.rule.parameters, numbers, strict=True)
        if number is not None
    }
    result = Words(value_text(value), bold=True)
    return Row((box_of(substituted(node.rule.formula, dict(names))), relation("="), result))


def _typed(number: float) -> Constant:
    return Constant(number, value_text(number).replace("−", "-"))


def _measured_fact(worked: Computation, state: PassState, key: MeasuredOf, index: int) -> Fact:
    graph, found = worked.graph, worked.nudged(key.node, key.by)
    result, moved = label_markup(graph, graph.output), label_markup(graph, index)
    name = rf"\Delta {result}/\Delta {moved}"
    sentence = QCoreApplication.translate(
        "GraphFacts",
        "{input} is moved from {before} to {after}, and the result goes from {start} to {end}.",
    ).format(
        input=name_text(graph.labels[index]), before=value_text(found.input_before),
        after=value_text(found.input_after), start=value_text(found.output_before), end=value_text(found.output_after),
    )  # fmt: skip
    changes = (found.output_change, found.input_change)
    quotient = Words(" ÷ ".join(bracketed(change_text(change)) for change in changes))
    answer = Words(significant(found.slope, 4), bold=True) if found.slope is not None else Words(not_yet())
    parents = (
        Parent(result, "", state.values[graph.output], ValueOf(graph.nodes[graph.output].key)),
        Parent(moved, "", state.values[index], ValueOf(key.node)),
        Parent(slope_markup(graph, index), "", state.gradients[index], GradientOf(key.node)),
    )
    return Fact(
        key, name, QCoreApplication.translate("GraphFacts", "slope measured by a nudge"), found.slope,
        "", Row((quotient, relation("="), answer)), parents, sentence,
    )  # fmt: skip


# Gradients ------------------------------------------------------------------------------------------------------------


def _gradient_fact(worked: Computation, state: PassState, key: GradientOf, index: int) -> Fact | None:
    graph = worked.graph
    name = slope_markup(graph, index)
    if not graph.live[index]:
        return None
    value = state.gradients[index]
    check = partial(_gradient_by_others, worked, index)
    code = partial(torch_code, graph, worked.inputs, slope_of=graph.nodes[index].key)
    if index == graph.output:
        return Fact(
            key,
            name,
            QCoreApplication.translate("GraphFacts", "seed"),
            value,
            sentence=QCoreApplication.translate("GraphFacts", "The result changes with itself one to one."),
            check=check,
        )
    edges = [(child, slot) for child, slot in graph.users[index] if (child, slot) in worked.handed]
    shares = [state.handed.get(edge) for edge in edges]
    parents = tuple(
        Parent(share_markup(graph, child, index), _place(worked, child), one.product if one is not None else None,
               ShareOf(graph.nodes[child].key, slot))
        for (child, slot), one in zip(edges[:MOST_PARENTS], shares, strict=False)
    )  # fmt: skip
    if len(edges) == 1:
        child, slot = edges[0]
        return _share_like(worked, state, key, (child, slot), check, _place(worked, index))
    terms: list[Box] = [Maths(name), relation("=")]
    numbers: list[Box] = []
    for number, ((child, _slot), one) in enumerate(zip(edges, shares, strict=True)):
        if number:
            terms.append(operator("+"))
            numbers.append(operator("+"))
        terms.append(Maths(share_markup(graph, child, index)))
        text = gradient_text(one.product) if one is not None else "?"
        numbers.append(Fenced(Words(text)) if text.startswith("−") else Words(text))
    if value is not None:
        numbers += [relation("="), Words(gradient_text(value), bold=True)]
    words = QCoreApplication.translate(
        "GraphFacts", "It is used {count} times: the gradients coming back are added up."
    )
    return Fact(
        key, name, _place(worked, index), value, Row(tuple(terms)), Row(tuple(numbers)) if value is not None else "",
        parents, words.format(count=len(edges)), check, code, more=max(0, len(edges) - MOST_PARENTS),
    )  # fmt: skip


def _share_fact(worked: Computation, state: PassState, key: ShareOf, index: int) -> Fact | None:
    if (index, key.slot) not in worked.handed:
        return None
    parent = worked.graph.nodes[index].parents[key.slot]
    alone = len(worked.graph.users[parent]) == 1
    check = partial(_gradient_by_others, worked, parent) if alone else None
    return _share_like(worked, state, key, (index, key.slot), check, _place(worked, index))


def _share_like(
    worked: Computation,
    state: PassState,
    key: Hashable,
    edge: tuple[int, int],
    check: partial[CheckedValue[float] | None] | None,
    place: str,
) -> Fact:
    """``E × local derivative``, with E and the operands as its parents."""
    graph = worked.graph
    child, slot = edge
    node, handed = graph.nodes[child], state.handed.get(edge)
    parent = node.parents[slot]
    alone = isinstance(key, GradientOf)
    name = slope_markup(graph, parent) if alone else share_markup(graph, child, parent)
    formula: Box | str = ""
    if node.rule is not None:
        local = factor_box(graph, child, slot)
        formula = Row((Maths(name), relation("="), Maths(slope_markup(graph, child)), operator(r"\times"), local))
    numbers: Box | str = ""
    if handed is not None:
        factors = [Words(gradient_text(handed.upstream)), operator(r"\times"), _bracketed(value_text(handed.local))]
        numbers = Row((*factors, relation("="), Words(gradient_text(handed.product), bold=True)))
    arrives = QCoreApplication.translate("GraphFacts", "arrives at {node}").format(node=name_text(graph.labels[child]))
    upstream = Parent(slope_markup(graph, child), arrives, state.gradients[child], GradientOf(node.key))
    operands = tuple(
        Parent(label_markup(graph, index), _place(worked, index), state.values[index], ValueOf(graph.nodes[index].key))
        for index in _used(worked, child, slot)[: MOST_PARENTS - 1]
    )
    value = handed.product if handed is not None else None
    said = (
        ""
        if alone or check is not None
        else QCoreApplication.translate("GraphFacts", "One share of a sum: only the sum can be checked.")
    )
    values = [worked.values.of[index] for index in node.parents]
    if handed is not None and is_passed_over(node, slot, handed.local, values):
        said = QCoreApplication.translate("GraphFacts", "This branch isn't taken here, so its gradient is 0.")
    return Fact(key, name, place, value, formula, numbers, (upstream, *operands), said, check,
                partial(torch_code, graph, worked.inputs, slope_of=graph.nodes[parent].key)
                if check is not None else "")  # fmt: skip


def _used(worked: Computation, index: int, slot: int) -> tuple[int, ...]:
    """The nodes whose values a local derivative is worked out from: y for y(1 − y), where it is written with that."""
    node = worked.graph.nodes[index]
    if node.rule is None or slot >= len(node.rule.partials):
        return tuple(dict.fromkeys(node.parents))
    names = names_in(node.rule.partials[slot]) + tuple(
        name for part, tree in node.rule.where if part in names_in(node.rule.partials[slot]) for name in names_in(tree)
    )
    nodes = {OUTPUT: index, **dict(zip(node.rule.parameters, node.parents, strict=True))}
    return tuple(dict.fromkeys(nodes[name] for name in names if name in nodes))


def _bracketed(text: str) -> Box:
    return Fenced(Words(text)) if text.startswith("−") else Words(text)


def _place(worked: Computation, index: int) -> str:
    """Return the kind of a node in a word."""
    node = worked.graph.nodes[index]
    if node.rule is None:
        return (
            QCoreApplication.translate("GraphFacts", "constant")
            if node.is_constant
            else QCoreApplication.translate("GraphFacts", "input")
        )
    return word_of(node)


def _value_by_others(worked: Computation, index: int) -> CheckedValue[float] | None:
    return check_graph(worked.graph, worked.inputs).value(index)


def _gradient_by_others(worked: Computation, index: int) -> CheckedValue[float] | None:
    return check_graph(worked.graph, worked.inputs).gradient(index)
