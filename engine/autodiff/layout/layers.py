"""Layers: each node one column before the first that uses it, so that an edge is long only where a node fans out.

Sums of sums stand in one column, one above another: three classes are three lanes, with what adds them between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.autodiff.graph import ScalarGraph

ABOVE = 0.65
"""How many rows above its user a constant stands."""
OWN_BENDS = 1_000
"""Bends of all edges together, up to which every long edge has its own. Beyond, the edges that leave a node share a
trunk: a variable that a thousand terms use would bend half a million times."""
MANY = 1_500
"""Items from which on speed decides."""
SEEN_WHOLE = 60
"""Nodes of a graph up to which sums stand one above another: a larger one is read part by part."""
MOST_LISTED = 12
"""Edges that leave a node, up to which each has a line of its own beneath it."""
MOST_BENDS = 2_000
"""Bends that there may be at all; the longest edges beyond go straight, and nothing makes way for them."""


@dataclass(frozen=True)
class Layers:
    """What is put in order: nodes, and the bends of long edges, as items.

    ``node`` is the item's node, None for a bend; ``column`` counts from 0; ``left`` and ``right`` are the items that it
    is joined to in the columns beside it. ``leaf``: whether the item is a variable or a named constant. ``beside``: the
    constants that are no items, with their user and how many places above it they stand (1, 2 …). ``bends``: the items
    along an edge, by (child, slot). ``above``: how many constants stand above each item. ``listed``: how many edges
    have a line of their own beneath it. ``summed``: the sums of its own column that an item adds. ``stacked``: edges
    within a column, as (parent, child).
    """

    node: Sequence[int | None]
    column: Sequence[int]
    left: Sequence[Sequence[int]]
    right: Sequence[Sequence[int]]
    leaf: Sequence[bool]
    beside: Mapping[int, tuple[int, int]]
    bends: Mapping[tuple[int, int], tuple[int, ...]]

    above: Sequence[int]
    listed: Sequence[int]
    summed: Mapping[int, Sequence[int]]
    stacked: frozenset[tuple[int, int]]

    @cached_property
    def mates(self) -> Mapping[int, Sequence[int]]:
        """The items that an item is joined to within its column."""
        found: dict[int, list[int]] = {}
        for child, parents in self.summed.items():
            for parent in parents:
                found.setdefault(child, []).append(parent)
                found.setdefault(parent, []).append(child)
        return found

    @property
    def columns(self) -> list[list[int]]:
        """The items of each column, as they come."""
        found: list[list[int]] = [[] for _ in range(max(self.column) + 1)]
        for item, column in enumerate(self.column):
            found[column].append(item)
        return found


def layered(graph: ScalarGraph, stacked: Collection[tuple[int, int]] | None = None) -> Layers:
    """Give every node its column, and every edge over several columns its bends. ``stacked``: the sums, as (parent,
    child), that stand in one column; all that can where it is None."""
    beside = _beside(graph)
    stacked = frozenset(stackable(graph, beside) if stacked is None else stacked)
    columns = _columns(graph, stacked)
    nodes = [index for index in range(len(graph.nodes)) if index not in beside]
    items = _Items(nodes, columns)
    edges = [
        (parent, child, slot)
        for child in nodes
        for slot, parent in enumerate(graph.nodes[child].parents)
        if parent not in beside and (parent, child) not in stacked
    ]
    lengths = {edge: columns[edge[1]] - columns[edge[0]] - 1 for edge in edges}
    trunks = sum(lengths.values()) > OWN_BENDS
    longest = _longest(sorted(lengths.values()))
    for edge in edges:
        if lengths[edge] <= longest:
            items.join(*edge, trunk=trunks)
    leaf = [node is not None and graph.nodes[node].rule is None for node in items.node]
    constants = Counter(user for user, _ in beside.values())
    above = [0 if node is None else constants[node] for node in items.node]
    listed = [0 if node is None else listed_edges(graph, node) for node in items.node]
    summed = {items.of[child]: [items.of[one] for one in graph.nodes[child].parents if (one, child) in stacked]
              for _, child in stacked}  # fmt: skip
    return Layers(
        items.node, items.column, items.left, items.right, leaf, beside, items.bends, above, listed, summed, stacked
    )


def listed_edges(graph: ScalarGraph, node: int) -> int:
    """Return how many edges have a line beneath a node: all of one that fans out, as each brings back a gradient."""
    uses = len(graph.users[node])
    return uses if graph.live[node] and 1 < uses <= MOST_LISTED else 0


def stackable(graph: ScalarGraph, beside: Mapping[int, tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the edges from a sum to another that alone uses it, of a graph that is seen whole. Where a constant stands
    above one of them, there is no room for the edge."""
    if len(graph.nodes) > SEEN_WHOLE:
        return set()
    taken = {user for user, _ in beside.values()}
    sums = {i for i, node in enumerate(graph.nodes) if node.rule is not None and node.rule.key == "+"} - taken
    return {
        (parent, child)
        for child in sums
        for parent in graph.nodes[child].parents
        if parent in sums and len(graph.users[parent]) == 1
    }


def _longest(lengths: Sequence[int]) -> int:
    """How many bends an edge may have, so that those of no more than so many are MOST_BENDS together."""
    total = 0
    for length in lengths:
        total += length
        if total > MOST_BENDS:
            return length - 1
    return lengths[-1] if lengths else 0


def _beside(graph: ScalarGraph) -> dict[int, tuple[int, int]]:
    """The constants that stand above the one node that uses them."""
    found: dict[int, tuple[int, int]] = {}
    ranks: dict[int, int] = {}
    for index in reversed(range(graph.output)):
        users = {child for child, _ in graph.users[index]}
        if graph.nodes[index].is_constant and not graph.nodes[index].name and len(users) == 1:
            (user,) = users
            ranks[user] = ranks.get(user, 0) + 1
            found[index] = (user, ranks[user])
    return found


def _columns(graph: ScalarGraph, stacked: Collection[tuple[int, int]]) -> list[int]:
    """The longest way to the output, counted from the far end."""
    distance = [0] * len(graph.nodes)
    for index in reversed(range(len(graph.nodes))):
        for parent in graph.nodes[index].parents:
            distance[parent] = max(distance[parent], distance[index] + ((parent, index) not in stacked))
    farthest = max(distance[i] - (1 if node.is_constant else 0) for i, node in enumerate(graph.nodes))
    return [max(farthest, 0) - away for away in distance]


class _Items:
    """Items and what joins them, as they grow."""

    def __init__(self, nodes: Sequence[int], columns: Sequence[int]) -> None:
        self.node: list[int | None] = list(nodes)
        self.column = [columns[node] for node in nodes]
        self.left: list[list[int]] = [[] for _ in nodes]
        self.right: list[list[int]] = [[] for _ in nodes]
        self.bends: dict[tuple[int, int], tuple[int, ...]] = {}
        self.of = {node: item for item, node in enumerate(nodes)}
        self._trunks: dict[tuple[int, int], int] = {}

    def join(self, parent: int, child: int, slot: int, *, trunk: bool) -> None:
        """Lead an edge from column to column."""
        here, end = self.of[parent], self.of[child]
        path = []
        for column in range(self.column[here] + 1, self.column[end]):
            known = self._trunks.get((parent, column)) if trunk else None
            bend = known if known is not None else self._bend(column)
            if known is None:
                self._link(here, bend)
                self._trunks[parent, column] = bend
            path.append(bend)
            here = bend
        self._link(here, end)
        if path:
            self.bends[child, slot] = tuple(path)

    def _bend(self, column: int) -> int:
        self.node.append(None)
        self.column.append(column)
        self.left.append([])
        self.right.append([])
        return len(self.node) - 1

    def _link(self, one: int, other: int) -> None:
        self.right[one].append(other)
        self.left[other].append(one)
