"""Where each number of the graph comes from, as facts for the card that says so."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.kit.formula.boxes import Box, Fenced, Maths, Row, Words, operator, relation
from app.kit.formula.trees import box_of
from app.kit.origin.facts import Fact, Parent
from app.workspaces.scalar_graph.number_keys import GradientOf, ShareOf, SlopeOf, ValueOf
from app.workspaces.scalar_graph.rule_rows import factor_box
from app.workspaces.scalar_graph.sight import Sight, gradient_text, value_text
from app.workspaces.scalar_graph.signs import label_markup, share_markup, slope_markup, word_of
from app.workspaces.scalar_graph.slope_fact import slope_fact
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff import OUTPUT, Number, names_in, substituted
from engine.autodiff.check import check_graph
from engine.autodiff.graph import in_labels
from engine.autodiff.torch_twin import torch_code
from engine.value_check import CheckedValue

MOST_PARENTS = 8


def fact_of(worked: Worked, sight: Sight, key: Hashable) -> Fact | None:
    """What is known of a number, printed as everywhere else; None where there is no such number."""
    found = _found(worked, sight, key)
    if found is None:
        return None
    if isinstance(key, GradientOf | ShareOf) and found.value is not None:
        found = replace(found, sentence=" ".join(filter(None, (found.sentence, _hollow(worked, key)))))
    parents = tuple(replace(one, printed=_printed(one.key, one.value)) for one in found.parents)
    return replace(found, parents=parents, printed=_printed(found.key, found.value))


def _hollow(worked: Worked, key: GradientOf | ShareOf) -> str:
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
    return value_text(value) if isinstance(key, ValueOf | SlopeOf) else gradient_text(value)


def _found(worked: Worked, sight: Sight, key: Hashable) -> Fact | None:
    index = worked.graph.index.get(getattr(key, "node", ""))
    if index is None:
        return None
    match key:
        case ValueOf():
            return _value_fact(worked, sight, key, index)
        case GradientOf():
            return _gradient_fact(worked, sight, key, index)
        case ShareOf():
            return _share_fact(worked, sight, key, index)
        case SlopeOf():
            return slope_fact(worked, sight, key)
    return None


# Values ---------------------------------------------------------------------------------------------------------------


def _value_fact(worked: Worked, sight: Sight, key: ValueOf, index: int) -> Fact:
    graph, node = worked.graph, worked.graph.nodes[index]
    value, name = sight.values[index], label_markup(worked.graph, index)
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
            label_markup(graph, parent), _place(worked, parent), sight.values[parent], ValueOf(graph.nodes[parent].key)
        )
        for parent in node.parents[:MOST_PARENTS]
    )
    return Fact(
        key, name, word_of(node), value, formula, _worked_value(worked, sight, index), parents,
        sight.faulty.get(index, ""), partial(_value_by_others, worked, index),
        partial(torch_code, graph, worked.inputs, value_of=node.key), more=max(0, len(node.parents) - MOST_PARENTS),
    )  # fmt: skip


def _worked_value(worked: Worked, sight: Sight, index: int) -> Box | str:
    """The formula with the numbers in; nothing while one of them is not known."""
    node = worked.graph.nodes[index]
    numbers = [sight.values[parent] for parent in node.parents]
    value = sight.values[index]
    if node.rule is None or value is None or None in numbers:
        return ""
    names = {
        parameter: _typed(number)
        for parameter, number in zip(node.rule.parameters, numbers, strict=True)
        if number is not None
    }
    result = Words(value_text(value), bold=True)
    return Row((box_of(substituted(node.rule.formula, dict(names))), relation("="), result))


def _typed(number: float) -> Number:
    return Number(number, value_text(number).replace("−", "-"))


# Gradients ------------------------------------------------------------------------------------------------------------


def _gradient_fact(worked: Worked, sight: Sight, key: GradientOf, index: int) -> Fact | None:
    graph = worked.graph
    name = slope_markup(graph, index)
    if not graph.live[index]:
        return None
    value = sight.gradients[index]
    check = partial(_gradient_by_others, worked, index)
    code = partial(torch_code, graph, worked.inputs, slope_of=graph.nodes[index].key)
    if index == graph.output:
        return Fact(
            key,
            name,
            QCoreApplication.translate("GraphFacts", "seed"),
            value,
            sentence=QCoreApplication.translate("GraphFacts", "The result moves with itself one to one."),
            check=check,
        )
    edges = [(child, slot) for child, slot in graph.users[index] if (child, slot) in worked.handed]
    shares = [sight.handed.get(edge) for edge in edges]
    parents = tuple(
        Parent(share_markup(graph, child, index), _place(worked, child), one.product if one is not None else None,
               ShareOf(graph.nodes[child].key, slot))
        for (child, slot), one in zip(edges[:MOST_PARENTS], shares, strict=False)
    )  # fmt: skip
    if len(edges) == 1:
        child, slot = edges[0]
        return _share_like(worked, sight, key, (child, slot), check, _place(worked, index))
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
    words = QCoreApplication.translate("GraphFacts", "It is used {count} times: what comes back along each is added.")
    return Fact(
        key, name, _place(worked, index), value, Row(tuple(terms)), Row(tuple(numbers)) if value is not None else "",
        parents, words.format(count=len(edges)), check, code, more=max(0, len(edges) - MOST_PARENTS),
    )  # fmt: skip


def _share_fact(worked: Worked, sight: Sight, key: ShareOf, index: int) -> Fact | None:
    if (index, key.slot) not in worked.handed:
        return None
    parent = worked.graph.nodes[index].parents[key.slot]
    alone = len(worked.graph.users[parent]) == 1
    check = partial(_gradient_by_others, worked, parent) if alone else None
    return _share_like(worked, sight, key, (index, key.slot), check, _place(worked, index))


def _share_like(
    worked: Worked,
    sight: Sight,
    key: Hashable,
    edge: tuple[int, int],
    check: partial[CheckedValue[float] | None] | None,
    place: str,
) -> Fact:
    """``E × local derivative``, with E and the operands as its parents."""
    graph = worked.graph
    child, slot = edge
    node, handed = graph.nodes[child], sight.handed.get(edge)
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
    arrives = QCoreApplication.translate("GraphFacts", "arrives at {node}").format(node=graph.labels[child])
    upstream = Parent(slope_markup(graph, child), arrives, sight.gradients[child], GradientOf(node.key))
    operands = tuple(
        Parent(label_markup(graph, one), _place(worked, one), sight.values[one], ValueOf(graph.nodes[one].key))
        for one in _used(worked, child, slot)[: MOST_PARENTS - 1]
    )
    value = handed.product if handed is not None else None
    said = (
        ""
        if alone or check is not None
        else QCoreApplication.translate("GraphFacts", "One share of a sum: only the sum can be checked.")
    )
    return Fact(key, name, place, value, formula, numbers, (upstream, *operands), said, check,
                partial(torch_code, graph, worked.inputs, slope_of=graph.nodes[parent].key)
                if check is not None else "")  # fmt: skip


def _used(worked: Worked, index: int, slot: int) -> tuple[int, ...]:
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


def _place(worked: Worked, index: int) -> str:
    """What a node is, in a word."""
    node = worked.graph.nodes[index]
    if node.rule is None:
        return (
            QCoreApplication.translate("GraphFacts", "constant")
            if node.is_constant
            else QCoreApplication.translate("GraphFacts", "input")
        )
    return word_of(node)


def _value_by_others(worked: Worked, index: int) -> CheckedValue[float] | None:
    return check_graph(worked.graph, worked.inputs).value(index)


def _gradient_by_others(worked: Worked, index: int) -> CheckedValue[float] | None:
    return check_graph(worked.graph, worked.inputs).gradient(index)
