"""Automatic layout: columns by longest path from the input, rows spread so that wires cross little."""

from __future__ import annotations

from engine.graph.edit import move_blocks
from engine.graph.model import Block, NetworkGraph, topological_order

COLUMN_GAP = 180.0
ROW_GAP = 220.0
COLUMN_UNITS = 16
"""More units than this are drawn as a grid …"""
GRID_GAP = 125.0
"""… which needs so much more room on either side."""
LEAST_GAP = 100.0
"""Columns closer than this leave no room to see the wires between them."""


def gap_beside(block: Block, other: Block | None = None) -> float:
    """From the middle of a block to that of ``other``, which is to stand beside it; without, to one without tiles."""
    units, more = (1 if one is None else one.declaration.units(one.params) or 1 for one in (block, other))
    return gap_between(units, more)


def gap_between(units: int, more: int) -> float:
    """From the middle of a block with so many units to that of the next one, which has ``more``."""
    return COLUMN_GAP + GRID_GAP * ((units > COLUMN_UNITS) + (more > COLUMN_UNITS))


def columns(graph: NetworkGraph) -> dict[str, int]:
    """Each block's column: one past the furthest of its sources; blocks on a cycle come last."""
    order, stuck = topological_order(graph)
    depth: dict[str, int] = {}
    for block_id in order:
        sources = [depth[w.source] for w in graph.wires_into(block_id) if w.source in depth]
        depth[block_id] = 1 + max(sources, default=-1)
    last = 1 + max(depth.values(), default=-1)
    return {**depth, **dict.fromkeys(stuck, last)}


def arrange(graph: NetworkGraph) -> NetworkGraph:
    """The graph laid out left to right, centred on y = 0, ordered in each column by the mean row of its sources."""
    depth = columns(graph)
    rows: dict[str, float] = {}
    positions: dict[str, tuple[float, float]] = {}
    for column in range(max(depth.values(), default=-1) + 1):
        members = [block_id for block_id in depth if depth[block_id] == column]
        members.sort(key=lambda block_id: _mean_source_row(graph, block_id, rows))
        for rank, block_id in enumerate(members):
            rows[block_id] = rank - (len(members) - 1) / 2
            positions[block_id] = (column * COLUMN_GAP, rows[block_id] * ROW_GAP)
    return move_blocks(graph, positions)


def _mean_source_row(graph: NetworkGraph, block_id: str, rows: dict[str, float]) -> float:
    sources = [rows[w.source] for w in graph.wires_into(block_id) if w.source in rows]
    return sum(sources) / len(sources) if sources else 0.0


def make_room(graph: NetworkGraph, block_id: str) -> NetworkGraph:
    """The graph with room for a block that was spliced into a wire.

    Where it is too close to a neighbour, it goes one column behind its source and what lies from its target on moves
    right by the distance that the two had.
    """
    into, onward = graph.wires_into(block_id), graph.wires_from(block_id)
    block = graph.block(block_id)
    before = max(graph.block(wire.source).x for wire in into)
    after = min(graph.block(wire.target).x for wire in onward)
    if before < after and min(block.x - before, after - block.x) < LEAST_GAP:
        stride = max(after - before, LEAST_GAP)
        moved = {b.id: (b.x + stride, b.y) for b in graph.blocks if b.x >= after and b.id != block_id}
        return move_blocks(graph, {**moved, block_id: (before + stride, block.y)})
    return graph
