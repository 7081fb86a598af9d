"""Layers: each node one column before the first that uses it, so that an edge is long only where a node fans out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.autodiff.graph import ScalarGraph

OWN_BENDS = 1_000
"""Bends of all edges together, up to which every long edge has its own. Beyond, the edges that leave a node share a
trunk: a variable that a thousand terms use would bend half a million times."""
MANY = 1_500
"""Items from which on speed decides."""
MOST_BENDS = 2_000
"""Bends that there may be at all; the longest edges beyond go straight, and nothing makes way for them."""


@dataclass(frozen=True, slots=True)
class Layers:
    """What is put in order: nodes, and the bends of long edges, as items.

    ``node`` is the item's node, None for a bend; ``column`` counts from 0; ``left`` and ``right`` are the items that it
    is joined to in the columns beside it. ``leaf``: whether the item is a variable or a named constant. ``beside``: the
    constants that are no items, with their user and how many places above it they stand (1, 2 …). ``bends``: the items
    along an edge, by (child, slot). ``above``: how many constants stand above each item.
    """

    node: Sequence[int | None]
    column: Sequence[int]
    left: Sequence[Sequence[int]]
    right: Sequence[Sequence[int]]
    leaf: Sequence[bool]
    beside: Mapping[int, tuple[int, int]]
    bends: Mapping[tuple[int, int], tuple[int, ...]]

    above: Sequence[int]

    @property
    def columns(self) -> list[list[int]]:
        """The items of each column, as they come."""
        found: list[list[int]] = [[] for _ in range(max(self.column) + 1)]
        for item, column in enumerate(self.column):
            found[column].append(item)
        return found


def layered(graph: ScalarGraph) -> Layers:
    """Give every node its column, and every edge over several columns its bends."""
    beside = _beside(graph)
    columns = _columns(graph)
    nodes = [index for index in range(len(graph.nodes)) if index not in beside]
    items = _Items(nodes, columns)
    edges = [
        (parent, child, slot)
        for child in nodes
        for slot, parent in enumerate(graph.nodes[child].parents)
        if parent not in beside
    ]
    lengths = {edge: columns[edge[1]] - columns[edge[0]] - 1 for edge in edges}
    trunks = sum(lengths.values()) > OWN_BENDS
    longest = _longest(sorted(lengths.values()))
    for edge in edges:
        if lengths[edge] <= longest:
            items.join(*edge, trunk=trunks)
    leaf = [node is not None and graph.nodes[node].rule is None for node in items.node]
    stacked = Counter(user for user, _ in beside.values())
    above = [0 if node is None else stacked[node] for node in items.node]
    return Layers(items.node, items.column, items.left, items.right, leaf, beside, items.bends, above)


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


def _columns(graph: ScalarGraph) -> list[int]:
    """The longest way to the output, counted from the far end."""
    distance = [0] * len(graph.nodes)
    for index in reversed(range(len(graph.nodes))):
        for parent in graph.nodes[index].parents:
            distance[parent] = max(distance[parent], distance[index] + 1)
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
        self._of = {node: item for item, node in enumerate(nodes)}
        self._trunks: dict[tuple[int, int], int] = {}

    def join(self, parent: int, child: int, slot: int, *, trunk: bool) -> None:
        """Lead an edge from column to column."""
        here, end = self._of[parent], self._of[child]
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
