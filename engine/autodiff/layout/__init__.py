"""Where the nodes of a graph stand: columns from left to right, rows from top to bottom, edges with their bends.

The steps are those of Sugiyama, Tagawa and Toda ("Methods for visual understanding of hierarchical system structures",
IEEE Trans. SMC 1981): layers, an order in each that crosses few edges, then rows that keep edges straight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median_low

from engine.autodiff.graph import ScalarGraph
from engine.autodiff.layout.layers import ABOVE, Layers, layered
from engine.autodiff.layout.order import Order, ordered
from engine.autodiff.layout.rows import rows_of


@dataclass(frozen=True, slots=True)
class Place:
    """A point of the drawing: columns to the right, rows downward. Either may be negative or a fraction."""

    column: float
    row: float


@dataclass(frozen=True, slots=True)
class Layout:
    """``places`` by the node's key; ``bends`` of an edge, by its child's key and the operand's slot, from the parent to
    the child: none for an edge between neighbouring columns. The bounds hold every place. ``of``: each node's key with
    its parents', by which the same graph is known again."""

    places: Mapping[str, Place]
    bends: Mapping[tuple[str, int], tuple[Place, ...]]
    left: float
    right: float
    top: float
    bottom: float
    of: tuple[tuple[str, tuple[str, ...]], ...]


def lay_out(graph: ScalarGraph, before: Layout | None = None) -> Layout:
    """Place every node.

    ``before``: the layout of the graph before an edit. Nodes that are still there keep their order and, as far as the
    new ones let them, their places; the drawing as a whole does not shift.
    """
    keys = tuple((node.key, tuple(graph.nodes[parent].key for parent in node.parents)) for node in graph.nodes)
    if before is not None and before.of == keys:
        return before
    known = _known_rows(graph, before)
    layers = layered(graph)
    order = ordered(layers, known)
    while blocked := _blocked(layers, order):
        layers = layered(graph, layers.stacked - blocked)
        order = ordered(layers, known)
    rows = rows_of(layers, order, known)
    dx, dy = _shift(graph, layers, rows, before)
    point = [Place(column + dx, rows[item] + dy) for item, column in enumerate(layers.column)]
    places = {graph.nodes[node].key: point[item] for item, node in enumerate(layers.node) if node is not None}
    for node, (user, rank) in layers.beside.items():
        base = places[graph.nodes[user].key]
        places[graph.nodes[node].key] = Place(base.column, base.row - ABOVE * rank)
    bends = {
        (graph.nodes[child].key, slot): tuple(point[item] for item in items)
        for (child, slot), items in layers.bends.items()
    }
    return Layout(places, bends, *_bounds(places.values(), bends.values()), keys)


def _blocked(layers: Layers, order: Order) -> set[tuple[int, int]]:
    """Return the edges within a column that wouldn't lead from a node to the one beneath it."""
    place = {node: (column, at) for column, items in enumerate(order) for at, node in enumerate(_nodes(layers, items))}
    return {(one, other) for one, other in layers.stacked if place[other][1] - place[one][1] != 1}


def _nodes(layers: Layers, items: Iterable[int]) -> list[int]:
    """Return the nodes of a column, without the bends."""
    return [node for item in items if (node := layers.node[item]) is not None]


def _known_rows(graph: ScalarGraph, before: Layout | None) -> dict[int, float]:
    """The rows in which nodes stood before."""
    if before is None:
        return {}
    return {i: before.places[node.key].row for i, node in enumerate(graph.nodes) if node.key in before.places}


def _shift(graph: ScalarGraph, layers: Layers, rows: list[float], before: Layout | None) -> tuple[float, float]:
    """What moves most nodes back to where they stood."""
    if before is None:
        return 0.0, 0.0
    moved = [
        (
            before.places[graph.nodes[node].key].column - layers.column[item],
            before.places[graph.nodes[node].key].row - rows[item],
        )
        for item, node in enumerate(layers.node)
        if node is not None and graph.nodes[node].key in before.places
    ]
    if not moved:
        return 0.0, 0.0
    return Counter(dx for dx, _ in moved).most_common(1)[0][0], median_low(dy for _, dy in moved)


def _bounds(places: Iterable[Place], bends: Iterable[tuple[Place, ...]]) -> tuple[float, float, float, float]:
    every = [*places, *(place for path in bends for place in path)]
    columns = [place.column for place in every]
    rows = [place.row for place in every]
    return min(columns), max(columns), min(rows), max(rows)
