"""From the output back to a node: along which path most of its gradient comes, and how many paths there are."""

from __future__ import annotations

from dataclasses import dataclass

from engine.autodiff.graph import ScalarGraph
from engine.autodiff.trace import Gradients

MOST_PATHS = 10**6
"""More paths than this are counted as so many: there may be 2¹⁰⁰⁰."""


@dataclass(frozen=True, slots=True)
class PathStep:
    """One factor of the chain rule: from ``child`` to its operand ``slot``, the node ``parent``. ``product``: of the
    seed and all factors so far."""

    child: int
    slot: int
    parent: int
    local: float
    product: float


def strongest_path(graph: ScalarGraph, gradients: Gradients, node: int) -> tuple[PathStep, ...]:
    """The factors from the output down to a node; where that fans out, by way of the user that hands it most. Empty for
    the output itself, and for a node that needs no gradient."""
    edges = {(edge.child, edge.slot): edge for edge in gradients.edges}
    way: list[tuple[int, int, int]] = []
    here = node
    while here != graph.output:
        users = [user for user in graph.users[here] if user in edges]
        if not users:
            return ()
        child, slot = max(users, key=lambda user: abs(edges[user].handed))
        way.append((child, slot, here))
        here = child
    product, steps = 1.0, []
    for child, slot, parent in reversed(way):
        local = edges[(child, slot)].local
        product *= local
        steps.append(PathStep(child, slot, parent, local, product))
    return tuple(steps)


def path_count(graph: ScalarGraph, node: int) -> int:
    """By how many paths a node reaches the output; at most :data:`MOST_PATHS`."""
    count = [0] * len(graph.nodes)
    count[graph.output] = 1
    for index in range(graph.output - 1, node - 1, -1):
        count[index] = min(MOST_PATHS, sum(count[child] for child, _slot in graph.users[index]))
    return count[node]
