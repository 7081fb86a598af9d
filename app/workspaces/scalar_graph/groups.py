"""Groups of nodes that can be one node: those that are known by a name, and what is chosen."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.scalar_graph.canvas.drawing import Drawing
from app.workspaces.scalar_graph.canvas.hulls import Hull, hull_box
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.signs import label_markup
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff import Pattern, ScalarGraph
from engine.autodiff.collapse import collapse

MOST_HULLS = 6
"""In a drawing with more groups only the first ones have a hull; any can be chosen by hand."""
LETTERS = "fghqrs"
"""What a group without a name is called."""
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


INNER = r" \cdot \ldots"
"""After the slope of a group that has the factors of its operand within: times the slope of that along each."""


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that can be one of this ``name``, whose slope is then as short as ``markup``."""

    keys: frozenset[str]
    name: str
    label: str
    markup: str = ""


def known_groups(worked: Worked) -> tuple[Group, ...]:
    """The groups of a graph that have a name: the logistic, softmax with cross-entropy …"""
    return tuple(
        Group(
            one.nodes,
            NAMES.get(one.kind, one.kind),
            QCoreApplication.translate("GraphGroups", one.kind),
            _slope(worked.graph, one),
        )
        for one in worked.shape.patterns
    )


def _slope(graph: ScalarGraph, found: Pattern) -> str:
    """The slope of a group that has a name, named as its card names it."""
    keys = {"y": found.output, **dict(found.operands)}
    names = {symbol: label_markup(graph, graph.index[key]) for symbol, key in keys.items()}
    within = INNER if found.kind == "logistic" and len(found.operands) > 1 else ""
    return SLOPES.get(found.kind, "").format(**names) + within


def as_one(graph: ScalarGraph, keys: frozenset[str], name: str) -> ScalarGraph:
    """A graph with a group as one node of this name, every node called as it is while the group is not collapsed.
    Raises EngineError where it cannot be."""
    one = collapse(graph, keys, name)
    nodes = (
        node if node.rule is None else replace(node, name=graph.labels[graph.index[node.key]]) for node in one.nodes
    )
    return ScalarGraph(tuple(nodes))


def chosen_group(desk: Desk) -> Group | None:
    """What is chosen, where that is two operations or more."""
    worked = desk.worked
    if worked is None:
        return None
    graph = worked.graph
    keys = frozenset(str(k) for k in desk.chosen if str(k) in graph.index and graph.nodes[graph.index[str(k)]].rule)
    if len(keys) < 2:
        return None
    taken = {node.rule.symbol for node in graph.nodes if node.rule is not None}
    name = next((letter for letter in LETTERS if letter not in taken), LETTERS[0])
    return Group(keys, name, "")


def collapsed_chosen(desk: Desk) -> str | None:
    """The key of a chosen node that is several in one."""
    worked = desk.worked
    if worked is None:
        return None
    graph = worked.graph
    keys = (str(key) for key in desk.chosen if str(key) in graph.index)
    return next((key for key in keys if graph.nodes[graph.index[key]].inner is not None), None)


def hulls_of(desk: Desk, drawing: Drawing) -> tuple[Hull, ...]:
    """A hull for what is chosen; else one for each node that can be opened, and for each group that has a name."""
    worked = desk.worked
    if worked is None or desk.stale:
        return ()
    group = chosen_group(desk)
    if group is not None:
        return (_hull(group, drawing),)
    opening = tuple(_opening(node.key, drawing) for node in worked.graph.nodes if node.inner is not None)
    return (*opening, *(_hull(one, drawing) for one in known_groups(worked)))[:MOST_HULLS]


def _opening(key: str, drawing: Drawing) -> Hull:
    words = QCoreApplication.translate("GraphGroups", "open again")
    return Hull(frozenset({key}), hull_box(drawing, {key}), words)


def _hull(group: Group, drawing: Drawing) -> Hull:
    text = QCoreApplication.translate("GraphGroups", "{label}: collapse {count} nodes to")
    plain = QCoreApplication.translate("GraphGroups", "collapse {count} nodes")
    words = text if group.markup else plain
    if group.label and not group.markup:
        words = QCoreApplication.translate("GraphGroups", "{label}: collapse {count} nodes")
    said = words.format(label=group.label, count=len(group.keys))
    around: frozenset[Hashable] = frozenset(group.keys) | _constants_of(group, drawing)
    return Hull(frozenset(group.keys), hull_box(drawing, around), said, group.markup, group.name)


def _constants_of(group: Group, drawing: Drawing) -> frozenset[Hashable]:
    """The constants that only the group uses lie within its hull."""
    found: set[Hashable] = set()
    for link in drawing.links:
        if link.plain and drawing.knots[link.target].key in group.keys:
            found.add(drawing.knots[link.source].key)
    return frozenset(found)
