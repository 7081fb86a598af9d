"""Several nodes as one with its own derivative, and back: the logistic's four become one with y(1 − y)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from engine.autodiff.algebra.by_value import derivatives_by_value
from engine.autodiff.algebra.simplify import size_of
from engine.autodiff.document import CollapsedNodes
from engine.autodiff.graph import ScalarGraph, ScalarNode, arranged, free_letter
from engine.autodiff.operations import Function
from engine.autodiff.problems import COLLAPSE_FEW, COLLAPSE_SEVERAL
from engine.autodiff.rules import Rule, slope_function
from engine.autodiff.shares import cross_entropy_of, letter_for, softmax_of
from engine.autodiff.sweep import slope_along, values_of
from engine.autodiff.tree import NOWHERE, Apply, Composite, Constant, Name, Tree, names_in, substituted
from engine.problems import EngineError

MOST_WRITTEN = 48
"""Operations in one node up to which its derivative is written out and simplified; beyond, it is that of the parts."""
LONGEST_FORMULA = 200
"""Parts of a formula that anybody would still read."""


def collapse(graph: ScalarGraph, chosen: Collection[str], name: str) -> ScalarGraph:
    """The graph with the chosen operations, by their keys, as one node of this name.

    Variables among the chosen stay outside, constants that nobody else uses go in. Raises EngineError where fewer than
    two operations are chosen, or where more than one of them is used outside.
    """
    members, end = _members(graph, chosen)
    needed = _inside(graph, members)
    inputs = list(dict.fromkeys(p for i in sorted(members) for p in graph.nodes[i].parents if p not in needed))
    parameters = _parameters(len(inputs), set(_names_within(graph.nodes[index] for index in needed)))
    inner = _cut_out(graph, sorted(needed), dict(zip(inputs, parameters, strict=True)), end)
    node = graph.nodes[end]
    rule = _rule(name, _bare(opened(inner)), parameters, letter_for(graph.labels))
    nodes = list(graph.nodes)
    nodes[end] = ScalarNode(node.key, rule, tuple(inputs), node.name, span=node.span, inner=inner)
    return arranged(nodes, graph.output)


def check_group(graph: ScalarGraph, chosen: Collection[str]) -> None:
    """Raises the EngineError that :func:`collapse` would raise, without its work."""
    _members(graph, chosen)


def _members(graph: ScalarGraph, chosen: Collection[str]) -> tuple[set[int], int]:
    """The chosen operations, and the one of them that is used outside."""
    members = {index for index in graph.operations if graph.nodes[index].key in chosen}
    if len(members) < 2:
        raise EngineError(COLLAPSE_FEW())
    ends = _ends(graph, members)
    if len(ends) > 1:
        raise EngineError(COLLAPSE_SEVERAL(one=graph.labels[ends[0]], other=graph.labels[ends[1]]))
    return members, ends[0]


def collapsible(graph: ScalarGraph, members: Collection[int]) -> bool:
    """Whether these operations can be one node."""
    return len(members) > 1 and len(_ends(graph, members)) == 1


def _ends(graph: ScalarGraph, members: Collection[int]) -> list[int]:
    """The operations whose values are used outside: by others, or as the output. Where there is one, no way leads out
    and in again: it would have to begin at that one and come back to it."""
    return [index for index in sorted(members) if index == graph.output or _used_outside(graph, index, members)]


def collapse_all(graph: ScalarGraph, groups: Iterable[CollapsedNodes]) -> ScalarGraph:
    """The graph with all the groups of a document collapsed, as far as they still can be."""
    return collapse_standing(graph, groups)[0]


def collapse_standing(
    graph: ScalarGraph, groups: Iterable[CollapsedNodes]
) -> tuple[ScalarGraph, tuple[CollapsedNodes, ...]]:
    """The same, and which of the groups those are."""
    standing: list[CollapsedNodes] = []
    for group in groups:
        try:
            graph = collapse(graph, group.nodes, group.name)
        except EngineError:  # what it was made of is no longer there
            continue
        standing.append(group)
    return graph, tuple(standing)


def open_again(graph: ScalarGraph, key: str) -> ScalarGraph:
    """The graph with the parts of a collapsed node in its place, each as it was; the same graph for any other node."""
    index = graph.index[key]
    node = graph.nodes[index]
    if node.inner is None:
        return graph
    assert node.rule is not None
    nodes = list(graph.nodes)
    outside = dict(zip(node.rule.parameters, node.parents, strict=True))
    place: dict[int, int] = {}
    for number, part in enumerate(node.inner.nodes):
        if part.is_variable:
            place[number] = outside[part.name]
            continue
        place[number] = index if number == node.inner.output else len(nodes)
        whole = replace(part, parents=tuple(place[parent] for parent in part.parents))
        if place[number] == index:
            nodes[index] = whole
        else:
            nodes.append(whole)
    return arranged(nodes, graph.output)


def opened(graph: ScalarGraph) -> ScalarGraph:
    """The graph with nothing collapsed."""
    while (key := next((node.key for node in graph.nodes if node.inner is not None), None)) is not None:
        graph = open_again(graph, key)
    return graph


def _used_outside(graph: ScalarGraph, index: int, members: Collection[int]) -> bool:
    return any(child not in members for child, _ in graph.users[index])


def _inside(graph: ScalarGraph, members: set[int]) -> set[int]:
    """The members, with the constants that nobody else uses."""
    constants = {i for i, node in enumerate(graph.nodes) if node.is_constant and not _used_outside(graph, i, members)}
    return members | {index for index in constants if graph.users[index]}


def _names_within(nodes: Iterable[ScalarNode]) -> Iterator[str]:
    """The names of definitions among some nodes, and in what is collapsed there."""
    for node in nodes:
        if node.name and not node.is_variable:
            yield node.name
        if node.inner is not None:
            yield from _names_within(node.inner.nodes)


def _parameters(count: int, taken: Collection[str]) -> tuple[str, ...]:
    """u and v, or u1, u2 …; with another letter where a definition among the parts has one of these names: it is its
    key, and two nodes of one key are one too few."""
    if count <= 2 and not {"u", "v"} & set(taken):
        return ("u", "v")[:count]
    letter = free_letter(("u", "w", "in"), taken)
    return tuple(f"{letter}{number}" for number in range(1, count + 1))


def _cut_out(graph: ScalarGraph, needed: Sequence[int], inputs: dict[int, str], end: int) -> ScalarGraph:
    """The graph of the parts, with parameters for variables."""
    nodes = [ScalarNode(name, None, name=name) for name in inputs.values()]
    place = {index: number for number, index in enumerate(inputs)}
    for index in needed:
        place[index] = len(nodes)
        parents = tuple(place[parent] for parent in graph.nodes[index].parents)
        nodes.append(replace(graph.nodes[index], parents=parents))
    return arranged(nodes, place[end])


def _bare(graph: ScalarGraph) -> ScalarGraph:
    """The graph without what its mathematics does not depend on, so that typing beside it changes nothing."""
    return ScalarGraph(tuple(replace(node, key="", span=NOWHERE) for node in graph.nodes))


@lru_cache(maxsize=64)
def _rule(name: str, whole: ScalarGraph, parameters: tuple[str, ...], letter: str) -> Rule:
    """What a collapsed node computes, and its slopes: written out where they are short enough, else by the parts.

    ``letter``: what its shares of a softmax are called.
    """
    trees = _trees(whole)
    tree = trees[whole.output]
    value = _value(whole, parameters)
    formula = _formula(whole, trees)
    if size_of(formula) > LONGEST_FORMULA:
        formula = Apply(name, tuple(map(Name, parameters)))
    chooses = any(node.rule is not None and node.rule.chooses for node in whole.nodes)
    where = _shares(whole, trees, letter)
    partials = _partials(whole, tree, parameters, where)
    if not partials:
        slopes = tuple(_slope(whole, parameters, parameter) for parameter in parameters)
        return Rule(f"group {name}", name, parameters, formula, (), value, slopes, chooses=chooses)
    used = {part for partial in partials for part in names_in(partial)}
    slopes = tuple(
        _with_parts(slope_function(substituted(partial, where), parameters), _slope(whole, parameters, parameter))
        for parameter, partial in zip(parameters, partials, strict=True)
    )
    kept = tuple((part, of) for part, of in where.items() if part in used)
    return Rule(f"group {name}", name, parameters, formula, partials, value, slopes, kept, chooses)


def _formula(whole: ScalarGraph, trees: Sequence[Tree]) -> Tree:
    """What is shown for the value: the parts put together, or cross-entropy by its name."""
    entropy = cross_entropy_of(whole, whole.output)
    if entropy is None:
        return trees[whole.output]
    logits, targets = (tuple(trees[index] for index in group) for group in (entropy.logits, entropy.targets))
    return Composite("cross_entropy", (logits, targets) if targets else (logits,), entropy.index)


def _partials(
    whole: ScalarGraph, tree: Tree, parameters: tuple[str, ...], where: Mapping[str, Apply]
) -> tuple[Tree, ...]:
    """The slopes along the parameters, simplified; none where one of them is too long to be written."""
    if len(whole.operations) > MOST_WRITTEN:
        return ()
    along = {parameter: _own(where, parameter) for parameter in parameters}
    return derivatives_by_value(tree, along, LONGEST_FORMULA)


def _own(where: Mapping[str, Apply], parameter: str) -> Mapping[str, Tree]:
    """The shares that a slope is written with: p₁ − 1 along z₁, not −p₂."""
    own = {name: share for name, share in where.items() if parameter in names_in(share.operands[0])}
    return own or where


def _value(whole: ScalarGraph, parameters: tuple[str, ...]) -> Function:
    """The value of the parts, by the same operations in the same order."""
    return lambda *arguments: values_of(whole, dict(zip(parameters, arguments, strict=True)))[-1]


def _with_parts(written: Function, by_parts: Function) -> Function:
    """The written slope; where that is no number, by the parts, which hand 0 to a branch that isn't taken."""

    def slope(*arguments: Any) -> Any:
        found = written(*arguments)
        return np.where(np.isnan(found), by_parts(*arguments), found) if np.isnan(found).any() else found

    return slope


def _slope(whole: ScalarGraph, parameters: tuple[str, ...], along: str) -> Function:
    """The slope by the chain rule through the parts; what comes out is not needed for it."""

    def slope(_: Any, *arguments: Any) -> Any:
        values = values_of(whole, dict(zip(parameters, arguments, strict=True)))
        return slope_along(whole, values, along)

    return slope


def _shares(whole: ScalarGraph, trees: Sequence[Tree], letter: str) -> dict[str, Apply]:
    """The shares of the softmaxes in it by names: p1, p2 …"""
    found: dict[str, Apply] = {}
    sums = {whole.nodes[index].parents[1]: powers for index in whole.operations if (powers := softmax_of(whole, index))}
    for total, powers in sums.items():
        for power in powers:
            found[f"{letter}{len(found) + 1}"] = Apply("/", (trees[power], trees[total]))
    return found


def _trees(graph: ScalarGraph) -> list[Tree]:
    """The tree of each node over the graph's variables; what nodes share is one object in their trees."""
    trees: list[Tree] = []
    for node in graph.nodes:
        if node.rule is None:
            trees.append(Name(node.name) if node.value is None else Constant(node.value, node.text))
        else:
            operands = {name: trees[parent] for name, parent in zip(node.rule.parameters, node.parents, strict=True)}
            trees.append(substituted(node.rule.formula, operands))
    return trees
