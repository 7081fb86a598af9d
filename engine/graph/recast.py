"""Larger edits of a graph in one step: what a lesson proposes to change."""

from __future__ import annotations

from collections.abc import Mapping

from engine.graph.arrange import arrange
from engine.graph.edit import add_block, remove_blocks, set_params, splice
from engine.graph.kinds.dense import DenseParams
from engine.graph.model import Block, NetworkGraph, topological_order


def dense_blocks(graph: NetworkGraph) -> tuple[str, ...]:
    """Ids of the dense blocks from the input on."""
    order, _stuck = topological_order(graph)
    return tuple(block_id for block_id in order if _sets_units(graph.block(block_id)))


def _sets_units(block: Block) -> bool:
    return block.declaration.units(block.params) is not None


def with_every(graph: NetworkGraph, kind: str, **changes: object) -> NetworkGraph:
    """The graph with some parameters of every block of a kind changed."""
    for block in graph.blocks:
        if block.kind == kind:
            graph = set_params(graph, block.id, **changes)
    return graph


def with_changed(graph: NetworkGraph, changes: Mapping[str, Mapping[str, object]]) -> NetworkGraph:
    """The graph with parameters changed by block id; blocks that are not there are passed over."""
    for block_id, parameters in changes.items():
        if block_id in graph:
            graph = set_params(graph, block_id, **parameters)
    return graph


def halved(graph: NetworkGraph) -> NetworkGraph:
    """The graph without the later half of its dense blocks; of a single one that stays."""
    dense = dense_blocks(graph)
    gone = dense[(len(dense) + 1) // 2 :]
    return arrange(remove_blocks(graph, gone)) if gone else graph


def with_dense_before_output(graph: NetworkGraph, params: DenseParams) -> NetworkGraph:
    """The graph with one more dense block as the last before the output, where there is exactly one wire to it."""
    wires = [wire for output in graph.outputs for wire in graph.wires_into(output.id)]
    if len(wires) != 1:
        return graph
    graph, added = add_block(graph, "dense", 0.0, 0.0, params)
    return arrange(splice(graph, added, wires[0]))


def without_kind(graph: NetworkGraph, kind: str) -> NetworkGraph:
    """The graph without the wires and blocks of a kind that join two branches: each keeps the longer one alone.

    A skip connection ends in an ``add``; taken out, the layers that it went round follow one another plainly.
    """
    for block in tuple(graph.blocks):
        into = sorted(graph.wires_into(block.id), key=lambda wire: wire.slot)
        if block.kind != kind or len(into) < 2:
            continue
        sources = {wire.source for wire in into}
        kept = next(
            (wire for wire in into if any(w.source in sources for w in graph.wires_into(wire.source))), into[-1]
        )
        graph = graph.with_wires(wire for wire in graph.wires if wire.target != block.id or wire == kept)
        graph = remove_blocks(graph, [block.id])
    return arrange(graph)


def without_last_dense(graph: NetworkGraph) -> NetworkGraph:
    """The graph without its last dense block, while there are others."""
    dense = dense_blocks(graph)
    return arrange(remove_blocks(graph, dense[-1:])) if len(dense) > 1 else graph
