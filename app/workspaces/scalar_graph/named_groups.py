"""Groups of nodes that are known by a name and can be one node, and a graph in which one of them is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isclose

from PySide6.QtCore import QCoreApplication

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.scalar_graph.names import label_markup
from engine.autodiff import Pattern, ScalarGraph
from engine.autodiff.collapse import collapse
from engine.autodiff.shares import cross_entropy_of

NAMES = {"logistic": "σ", "falling logistic": "σ(−u)", "softmax + cross-entropy": "CE"}
"""What is written on a collapsed node, where that is not the group's own name."""
SLOPES = {
    "logistic": "{y}(1 - {y})",
    "falling logistic": "{y}^2 - {y}",
    "tanh": "1 - {y}^2",
    "softplus": r"\sigma({u})",
    "squared error": "{u} - {v}",
    "softmax + cross-entropy": "p - t",
}
"""How short the slope of a group is, for its pill, with the nodes' own names in; the collapsed node's is worked out by
the engine."""
KINDS = (
    QT_TRANSLATE_NOOP("GraphGroups", "logistic"),
    QT_TRANSLATE_NOOP("GraphGroups", "falling logistic"),
    QT_TRANSLATE_NOOP("GraphGroups", "tanh"),
    QT_TRANSLATE_NOOP("GraphGroups", "softplus"),
    QT_TRANSLATE_NOOP("GraphGroups", "squared error"),
    QT_TRANSLATE_NOOP("GraphGroups", "softmax"),
    QT_TRANSLATE_NOOP("GraphGroups", "softmax + cross-entropy"),
)


WEIGHTED = r"\Sigma t \cdot p - t"
"""The slope of softmax with cross-entropy where the targets don't add up to 1, or are not known to."""
INNER = r" \cdot \ldots"
"""After the slope of a group that has the factors of its operand within: times the slope of that along each."""


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that can be one of this ``name``, whose slope is then as short as ``markup``."""

    keys: frozenset[str]
    name: str
    label: str
    markup: str = ""


def named_groups(graph: ScalarGraph, found: Iterable[Pattern]) -> tuple[Group, ...]:
    """The groups that were found in a graph: the logistic, softmax with cross-entropy …"""
    return tuple(
        Group(
            one.nodes,
            NAMES.get(one.kind, one.kind),
            QCoreApplication.translate("GraphGroups", one.kind),
            _slope(graph, one),
        )
        for one in found
    )


def _slope(graph: ScalarGraph, found: Pattern) -> str:
    """The slope of a group that has a name, named as its card names it."""
    keys = {"y": found.output, **dict(found.operands)}
    names = {symbol: label_markup(graph, graph.index[key]) for symbol, key in keys.items()}
    if found.kind == "softmax + cross-entropy" and not _targets_add_to_one(graph, graph.index[found.output]):
        return WEIGHTED
    within = INNER if found.kind == "logistic" and len(found.operands) > 1 else ""
    return SLOPES.get(found.kind, "").format(**names) + within


def _targets_add_to_one(graph: ScalarGraph, entropy: int) -> bool:
    """Whether the targets of a cross-entropy are constants of which the sum is 1: then it leaves p as it is."""
    found = cross_entropy_of(graph, entropy)
    if found is None or found.index is not None:
        return found is not None
    values = [graph.nodes[target].value for target in found.targets]
    known = [value for value in values if value is not None]
    return len(known) == len(values) and isclose(sum(known), 1.0)


def as_one(graph: ScalarGraph, keys: frozenset[str], name: str) -> ScalarGraph:
    """A graph with a group as one node of this name, every node called as it is while the group is not collapsed.
    Raises EngineError where it cannot be."""
    one = collapse(graph, keys, name)
    nodes = (
        node if node.rule is None else replace(node, name=graph.labels[graph.index[node.key]]) for node in one.nodes
    )
    return ScalarGraph(tuple(nodes))
