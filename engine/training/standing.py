"""Whether what a snapshot says is still of the network that lies open: the one rule by which every view shows it."""

from __future__ import annotations

from engine.data.dataset import Dataset
from engine.graph.model import NetworkGraph, ancestors
from engine.network.plan import Plan
from engine.training.snapshot import Snapshot


def stands(snapshot: Snapshot, graph: NetworkGraph, dataset: Dataset) -> bool:
    """Whether the snapshot is of this graph on this data set; places, titles and blocks left out make no difference.

    A graph that does not compile has no snapshot: none of an earlier one stands for it.
    """
    return snapshot.dataset is dataset and _same(snapshot.plan, graph)


def _same(plan: Plan, graph: NetworkGraph) -> bool:
    """Whether the graph's one output is fed by the very blocks that were compiled, wired in the same way."""
    if len(graph.outputs) != 1 or graph.outputs[0].id != plan.output.id:
        return False
    if ancestors(graph, plan.output.id) != {node.id for node in plan.nodes}:
        return False
    return all(
        graph.block(node.id).kind == node.block.kind
        and graph.block(node.id).params == node.params
        and [wire.source for wire in graph.wires_into(node.id)] == [plan.nodes[source].id for source in node.sources]
        for node in plan.nodes
    )
