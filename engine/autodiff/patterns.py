"""Groups of nodes that have a name: the logistic, tanh, softmax with cross-entropy … wherever they stand in a graph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import permutations

from engine.autodiff.collapse import collapsible
from engine.autodiff.graph import ScalarGraph, graph_of
from engine.autodiff.parser import parse
from engine.autodiff.shares import cross_entropy_of, softmax_nodes, softmax_of

WRITTEN = {
    "logistic": (
        "1/(1 + exp(-u))",
        "exp(u)/(1 + exp(u))",
        "1/(1 + exp(-u*v))",
        "1/(1 + exp(-u/v))",
        "1/(1 + exp(-u - v))",
        "1/(1 + exp(-u*v - w))",
    ),
    "falling logistic": ("1/(1 + exp(u))",),
    "tanh": ("(exp(u) - exp(-u))/(exp(u) + exp(-u))", "(1 - exp(-2*u))/(1 + exp(-2*u))"),
    "softplus": ("log(1 + exp(u))",),
    "squared error": ("1/2*(u - v)^2", "(u - v)^2/2"),
}
"""How each may be written; u, v and w are whatever is put in. A minus belongs to the first factor, −u·v being (−u)·v:
of such a product no node is the whole without it, and so the logistic is found with its factors. The falling one is
that of −u, whatever u is: of −2·x and of b − x no node is the whole without its minus either."""
_COMMUTING = ("+", "*")


@dataclass(frozen=True, slots=True)
class Pattern:
    """``kind``: a key of :data:`WRITTEN`, ``"softmax"`` or ``"softmax + cross-entropy"``; ``nodes``: the operations'
    keys; ``output``: the last one's, which stays when they are collapsed; ``operands``: what u, v and w are where it
    is written with these, by the keys."""

    kind: str
    nodes: frozenset[str]
    output: str
    operands: tuple[tuple[str, str], ...] = ()


def patterns(graph: ScalarGraph) -> tuple[Pattern, ...]:
    """What can be collapsed and has a name, the largest where one lies within another; in the order of the graph."""
    found: list[Pattern] = []
    for index in reversed(graph.operations):
        for kind, members, bound in _at(graph, index):
            keys = frozenset(graph.nodes[member].key for member in members)
            within = any(keys <= other.nodes for other in found)
            if not within and collapsible(graph, members):
                operands = tuple((name, graph.nodes[place].key) for name, place in bound.items())
                found.append(Pattern(kind, keys, graph.nodes[index].key, operands))
    return tuple(reversed(found))


def _at(graph: ScalarGraph, index: int) -> Iterator[tuple[str, frozenset[int], dict[str, int]]]:
    """The groups that end in a node, and which nodes are their u, v and w."""
    entropy = cross_entropy_of(graph, index)
    if entropy is not None:
        yield "softmax + cross-entropy", entropy.members, {}
    if softmax_of(graph, index):
        yield "softmax", softmax_nodes(graph, index), {}
    for kind, shapes in _shapes().items():
        for shape in shapes:
            match = _Match(graph, shape)
            if match.fits(index, shape.output):
                yield kind, frozenset(match.members), match.bound


@cache
def _shapes() -> dict[str, tuple[ScalarGraph, ...]]:
    return {kind: tuple(graph_of(parse(text)) for text in texts) for kind, texts in WRITTEN.items()}


class _Match:
    """One attempt to find a shape in a graph. ``members``: the operations that fit it so far;
    ``bound``: the nodes that its variables are."""

    def __init__(self, graph: ScalarGraph, shape: ScalarGraph) -> None:
        self._graph = graph
        self._shape = shape
        self.bound: dict[str, int] = {}
        self.members: set[int] = set()

    def fits(self, index: int, place: int) -> bool:
        """Whether a node is what the shape has at a place; where it is not, nothing is left bound."""
        node, wanted = self._graph.nodes[index], self._shape.nodes[place]
        if wanted.is_variable:
            return self.bound.setdefault(wanted.name, index) == index
        if wanted.rule is None or node.rule is None:
            return node.value is not None and node.value == wanted.value
        if node.rule.key != wanted.rule.key:
            return False
        orders = permutations(node.parents) if node.rule.key in _COMMUTING else [node.parents]
        for parents in orders:
            bound, members = dict(self.bound), set(self.members)
            if all(self.fits(parent, of) for parent, of in zip(parents, wanted.parents, strict=True)):
                self.members.add(index)
                return True
            self.bound, self.members = bound, members
        return False
