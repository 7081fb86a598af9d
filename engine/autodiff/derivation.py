"""How the derivative of a collapsed node comes about, as lines that one can read: the local derivatives of its parts
multiplied, what that makes, what the parts are in terms of the result, and the short form with that put in.

For the logistic: −1/v₃² · 1 · v₂ · (−1) = v₂/v₃², and with v₃ = 1/y and v₂ = 1/y − 1 that is y(1 − y).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import reduce

from engine.autodiff.algebra.simplify import simplify
from engine.autodiff.collapse import opened
from engine.autodiff.graph import ScalarGraph, free_letter
from engine.autodiff.rules import OUTPUT
from engine.autodiff.tree import Apply, Constant, Name, Tree, names_in, substituted

MOST_PATHS = 4
"""A sum over more paths is no line that anybody would read."""
_SWAPPED = {"+": "-", "-": "+", "*": "/", "/": "*"}
"""What undoes an operation on its first operand."""

Step = tuple[str, str]
"""Two names: what is derived, and along what."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Every tree is over the names of the parts.

    ``parts``: what each part between the operands and the end computes, by its name. ``paths``: the steps of the chain
    rule, one path a summand. ``product``: the local derivatives in their place.
    ``merged``: the same, simplified. ``replaced``: parts, by name, in terms of the result. ``result``: the short form;
    ``where``: what names of its own in it stand for.
    """

    parts: tuple[tuple[str, Tree], ...]
    paths: tuple[tuple[Step, ...], ...]
    product: Tree
    merged: Tree
    replaced: tuple[tuple[str, Tree], ...]
    result: Tree
    where: tuple[tuple[str, Tree], ...]


def derivation(graph: ScalarGraph, index: int, slot: int, names: Mapping[str, str]) -> Derivation | None:
    """The lines for a collapsed node along one of its operands; ``names``: the parts' by their keys, where they have
    any, and none of them that of another node. None where its derivative is too long to be written or there are more
    paths than :data:`MOST_PATHS`."""
    node = graph.nodes[index]
    if node.rule is None or node.inner is None or slot >= len(node.rule.partials):
        return None
    inner = opened(node.inner)
    called = _names(graph, index, inner, names)
    paths = _paths(inner, inner.index[node.rule.parameters[slot]])
    if paths is None:
        return None
    product = reduce(_sum, (reduce(_product, (_local(inner, edge, called) for edge in path)) for path in paths))
    own = {OUTPUT: Name(called[inner.output])}
    own |= {name: Name(called[inner.index[name]]) for name in node.rule.parameters}
    result = substituted(node.rule.partials[slot], own)
    merged = simplify(product)
    replaced = tuple((name, tree) for name, tree in _replaced(inner, called) if name in names_in(merged))
    steps = tuple(tuple((called[child], called[_parent(inner, (child, at))]) for child, at in path) for path in paths)
    where = tuple((name, substituted(tree, own)) for name, tree in node.rule.where if name in names_in(result))
    return Derivation(
        _parts(inner, called), steps, product, merged, replaced if merged != result else (), result, where
    )


def operand_names(graph: ScalarGraph, index: int) -> tuple[str, ...]:
    """What the operands of a collapsed node are called where one of them is varied while the others stand still: as in
    the graph; z1, z2 … where one is made of another and so can't stand still."""
    node = graph.nodes[index]
    labels = tuple(graph.labels[parent] for parent in node.parents)
    if node.inner is None or not any(is_made_of(graph, parent, node.parents) for parent in node.parents):
        return labels
    letter = free_letter(("z", "w", "in"), (*graph.labels, *(part.name for part in opened(node.inner).nodes)))
    return tuple(f"{letter}{number}" for number in range(1, len(labels) + 1))


def is_made_of(graph: ScalarGraph, index: int, others: Collection[int]) -> bool:
    """Whether a node is worked out from one of the others."""
    waiting, seen = list(graph.nodes[index].parents), set[int]()
    while waiting:
        here = waiting.pop()
        if here in others:
            return True
        if here not in seen:
            seen.add(here)
            waiting.extend(graph.nodes[here].parents)
    return False


def _names(graph: ScalarGraph, index: int, inner: ScalarGraph, names: Mapping[str, str]) -> list[str]:
    """What each part is called: the operands as :func:`operand_names` says, the end as in the graph, the others by
    ``names``."""
    rule = graph.nodes[index].rule
    assert rule is not None
    operands = dict(zip(rule.parameters, operand_names(graph, index), strict=True))
    called = []
    for number, part in enumerate(inner.nodes):
        known = operands.get(part.name) if part.is_variable else names.get(part.key)
        called.append(graph.labels[index] if number == inner.output else known or inner.labels[number])
    return called


def _parts(inner: ScalarGraph, called: list[str]) -> tuple[tuple[str, Tree], ...]:
    """What each part but the last computes, over the names of the others."""
    found = []
    for number, node in enumerate(inner.nodes):
        if node.rule is not None and number != inner.output:
            operands = (_leaf(inner, parent, called) for parent in node.parents)
            inside = dict(zip(node.rule.parameters, operands, strict=True))
            found.append((called[number], substituted(node.rule.formula, inside)))
    return tuple(found)


Edge = tuple[int, int]
"""A part and the number of one of its operands."""


def _parent(inner: ScalarGraph, edge: Edge) -> int:
    return inner.nodes[edge[0]].parents[edge[1]]


def _paths(inner: ScalarGraph, start: int) -> tuple[tuple[Edge, ...], ...] | None:
    """The ways from the end back to a variable, as edges; None where there are too many or none."""
    moved = {start}  # the parts that move with the variable
    for number, node in enumerate(inner.nodes):
        if moved.intersection(node.parents):
            moved.add(number)
    found: list[tuple[Edge, ...]] = []
    open_ways: list[tuple[Edge, ...]] = [()]
    while open_ways:
        way = open_ways.pop()
        here = _parent(inner, way[-1]) if way else inner.output
        if here == start:
            found.append(way)
        for at, parent in reversed(list(enumerate(inner.nodes[here].parents))):
            if parent in moved:
                open_ways.append((*way, (here, at)))
        if len(found) + len(open_ways) > MOST_PATHS:
            return None
    return tuple(found) or None


def _local(inner: ScalarGraph, edge: Edge, called: list[str]) -> Tree:
    """The local derivative along an edge, over the names of the parts."""
    child, slot = edge
    node = inner.nodes[child]
    assert node.rule is not None
    inside: dict[str, Tree] = {OUTPUT: Name(called[child])}
    for parameter, parent in zip(node.rule.parameters, node.parents, strict=True):
        inside[parameter] = _leaf(inner, parent, called)
    return substituted(node.rule.partials[slot], inside)


def _leaf(inner: ScalarGraph, index: int, called: list[str]) -> Tree:
    node = inner.nodes[index]
    return Constant(node.value, node.text) if node.value is not None else Name(called[index])


def _replaced(inner: ScalarGraph, called: list[str]) -> list[tuple[str, Tree]]:
    """The parts in terms of the result, as far as one leads back to the next: v₃ = 1/y, v₂ = v₃ − 1 …"""
    found: list[tuple[str, Tree]] = []
    here, known = inner.output, Name(called[inner.output])
    tree: Tree = known
    while (back := _undone(inner, here, tree)) is not None:
        here, tree = back
        tree = simplify(tree)
        if inner.nodes[here].rule is None:
            break
        found.append((called[here], tree))
    return found


def _undone(inner: ScalarGraph, index: int, value: Tree) -> tuple[int, Tree] | None:
    """The one operand of a part that is no constant, and what it is where the part is ``value``; None where the
    operation cannot be undone by arithmetic."""
    node = inner.nodes[index]
    moving = [slot for slot, parent in enumerate(node.parents) if inner.nodes[parent].value is None]
    if node.rule is None or len(moving) != 1:
        return None
    (slot,) = moving
    parent = node.parents[slot]
    if node.rule.key == "neg":
        return parent, Apply("neg", (value,))
    if node.rule.key == "reciprocal":
        return parent, Apply("/", (Constant(1.0, "1"), value))
    if node.rule.key not in _SWAPPED:
        return None
    other = inner.nodes[node.parents[1 - slot]]
    assert other.value is not None
    constant = Constant(other.value, other.text)
    if slot == 1 and node.rule.key in "-/":  # c − u and c/u are undone by themselves
        return parent, Apply(node.rule.key, (constant, value))
    return parent, Apply(_SWAPPED[node.rule.key], (value, constant))


def _sum(one: Tree, other: Tree) -> Tree:
    return Apply("+", (one, other))


def _product(one: Tree, other: Tree) -> Tree:
    return Apply("*", (one, other))
