"""The chain rule so far: factor by factor along one path from the result to the node that is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from app.kit.formula.boxes import Box
from app.workspaces.scalar_graph.sight import Sight
from app.workspaces.scalar_graph.signs import slope_box
from app.workspaces.scalar_graph.worked import Worked


@dataclass(frozen=True, slots=True)
class Link:
    """``name``: ``∂y/∂v₃``; ``factor``: the local derivative, ``product``: of all so far; None: not yet. ``key``: of
    the node that it leads to, which goes by ``label``."""

    name: Box
    label: str
    factor: float | None
    product: float | None
    key: str
    current: bool
    hollow: bool = False


def count_to(worked: Worked, target: int) -> int:
    """How many links there are to a node."""
    return len(worked.path_to(target)) + 1 if worked.graph.live[target] else 0


def links_to(worked: Worked, sight: Sight, target: int, most: int) -> list[Link]:
    """From the seed at the result down to a node, as far as the pass has come, the first ``most`` of them; empty where
    it needs no gradient."""
    graph = worked.graph
    if not graph.live[target]:
        return []
    seed, end = sight.gradients[graph.output], graph.output
    turning = sight.step == worked.middle + 1
    label, key = graph.labels[end], graph.nodes[end].key
    rows = [Link(slope_box(graph, end, end), label, seed, seed, key, turning, end in sight.hollow)]
    for step in worked.path_to(target)[: most - 1]:
        known = (step.child, step.slot) in sight.handed
        rows.append(
            Link(
                slope_box(graph, step.child, step.parent),
                graph.labels[step.parent],
                step.local if known else None,
                step.product if known else None,
                graph.nodes[step.parent].key,
                known and sight.current == step.child,
                known and step.parent in sight.hollow,
            )
        )
    return rows
