"""The chain rule so far: factor by factor along one path from the result to the node that is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from app.workspaces.scalar_graph.sight import Sight
from app.workspaces.scalar_graph.signs import label_markup, result_markup
from app.workspaces.scalar_graph.worked import Worked
from engine.autodiff.paths import strongest_path


@dataclass(frozen=True, slots=True)
class Link:
    """``markup``: ``∂y/∂v₃``; ``factor``: the local derivative, ``product``: of all so far; None: not yet. ``key``: of
    the node that it leads to, which goes by ``label``."""

    markup: str
    label: str
    factor: float | None
    product: float | None
    key: str
    current: bool


def links_to(worked: Worked, sight: Sight, target: int) -> list[Link]:
    """From the seed at the result down to a node, as far as the pass has come; empty where it needs no gradient."""
    graph = worked.graph
    if not graph.live[target]:
        return []
    seed, name = sight.gradients[graph.output], result_markup(graph)
    output = graph.nodes[graph.output].key
    turning = sight.step == worked.middle + 1
    rows = [Link(rf"\partial {name}/\partial {name}", graph.labels[graph.output], seed, seed, output, turning)]
    for step in strongest_path(graph, worked.gradients, target):
        known = (step.child, step.slot) in sight.handed
        rows.append(
            Link(
                rf"\partial {label_markup(graph, step.child)}/\partial {label_markup(graph, step.parent)}",
                graph.labels[step.parent],
                step.local if known else None,
                step.product if known else None,
                graph.nodes[step.parent].key,
                known and sight.current == step.child,
            )
        )
    return rows
