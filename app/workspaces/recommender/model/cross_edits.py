"""Crosses of a graph by the names of their columns, and the graph with others: pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.workspaces.recommender.model.answers import Column
from engine.graph.edit import add_block, move_blocks, set_params, set_title
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.cross import CrossParams
from engine.graph.kinds.sparse_linear import SparseLinearParams
from engine.graph.model import Block, NetworkGraph, Wire

Names = tuple[str, ...]
"""The columns of one cross, in their order."""
APART = 68.0
BEFORE = 180.0
"""Scene units between a new block and its neighbours."""


def cross_block(graph: NetworkGraph) -> Block | None:
    """The block that holds the crosses: the first of its kind."""
    return next((block for block in graph.blocks if isinstance(block.params, CrossParams)), None)


def buckets_of(graph: NetworkGraph) -> int:
    """Weights that a cross of the graph has at most; those of a new block where there is none."""
    block = cross_block(graph)
    return block.params.buckets if block and isinstance(block.params, CrossParams) else CrossParams().buckets


def has_place(graph: NetworkGraph) -> bool:
    """Whether there is somewhere for crosses to go: a wide part, or an end that one can be made for."""
    return bool(graph.outputs) or any(
        isinstance(block.params, CrossParams | SparseLinearParams) for block in graph.blocks
    )


def crosses_of(graph: NetworkGraph) -> tuple[Names, ...]:
    """Every cross of the graph by the names of its columns; one of what is wired no more leaves that out."""
    block = cross_block(graph)
    if block is None or not isinstance(block.params, CrossParams):
        return ()
    sources = [_column_of(graph.block(wire.source)) for wire in graph.wires_into(block.id) if wire.source in graph]
    return tuple(
        tuple(sources[slot] or "" for slot in members if slot < len(sources) and sources[slot])
        for members in block.params.crosses
    )


def with_crosses(graph: NetworkGraph, crosses: Sequence[Names], columns: Iterable[Column]) -> NetworkGraph:
    """The graph with these crosses and no others: the block rewired, made where there is none and taken out where there
    is nothing left to cross. ``columns``: that the data have, for those that no block reads yet."""
    wanted = [cross for cross in crosses if cross]
    block = cross_block(graph)
    if not wanted:
        return graph if block is None else _without(graph, block.id)
    names = list(dict.fromkeys(name for cross in wanted for name in cross))
    known = {column.name: column for column in columns}
    sources: dict[str, str] = {}
    for name in names:
        graph, sources[name] = _reader(graph, name, known)
    graph, block_id = _crossing(graph) if block is None else (graph, block.id)
    kept = [wire for wire in graph.wires if wire.target != block_id]
    wires = [Wire(source=sources[name], target=block_id, slot=slot) for slot, name in enumerate(names)]
    slots = tuple(tuple(names.index(name) for name in cross) for cross in wanted)
    return set_params(graph.with_wires((*kept, *wires)), block_id, crosses=slots)


def _column_of(block: Block) -> str | None:
    """The column that a block reads; None where it reads none, or several."""
    return block.params.column if isinstance(block.params, CategoricalParams | BagParams) else None


def _reader(graph: NetworkGraph, name: str, known: dict[str, Column]) -> tuple[NetworkGraph, str]:
    """A block that reads a column, put below the others where there is none yet."""
    found = next((block.id for block in graph.blocks if _column_of(block) == name), None)
    if found is not None:
        return graph, found
    column = known[name]
    kind, params = (
        ("bag", BagParams(column=name, size=column.size))
        if column.sort == "bag"
        else ("categorical", CategoricalParams(column=name, size=column.size))
    )
    readers = [block for block in graph.blocks if _column_of(block) is not None]
    x = min((block.x for block in readers), default=0.0)
    y = max((block.y for block in graph.blocks if block.x == x), default=0.0) + APART
    graph, block_id = add_block(graph, kind, x, y, params)
    return set_title(graph, block_id, name), block_id


def _crossing(graph: NetworkGraph) -> tuple[NetworkGraph, str]:
    """A new cross, wired into the wide part, which is made where there is none and added to the logit."""
    wide = next((block for block in graph.blocks if isinstance(block.params, SparseLinearParams)), None)
    if wide is None:
        end = graph.outputs[0]
        graph, wide_id = add_block(graph, "sparse_linear", end.x - BEFORE, end.y - 2 * APART)
        graph = _wired(set_title(graph, wide_id, "Wide"), wide_id, end.id)
        wide = graph.block(wide_id)
    graph, block_id = add_block(graph, "cross", wide.x - BEFORE, wide.y - APART)
    graph = move_blocks(graph, {block_id: _free(graph, block_id)})
    return _wired(set_title(graph, block_id, "Crosses"), block_id, wide.id), block_id


def _free(graph: NetworkGraph, block_id: str) -> tuple[float, float]:
    """The first place above its own that no other block takes."""
    block = graph.block(block_id)
    others = [other for other in graph.blocks if other.id != block_id and abs(other.x - block.x) < BEFORE / 2]
    y = block.y
    while any(abs(other.y - y) < APART - 1.0 for other in others):
        y -= APART
    return block.x, y


def _wired(graph: NetworkGraph, source: str, target: str) -> NetworkGraph:
    slot = len(graph.wires_into(target))
    return graph.with_wires((*graph.wires, Wire(source=source, target=target, slot=slot)))


def _without(graph: NetworkGraph, block_id: str) -> NetworkGraph:
    """The graph without the block and its wires; those behind it close up. Its columns are not joined to what it fed:
    they have wires of their own where they are read."""
    targets = {wire.target for wire in graph.wires_from(block_id)}
    wires = [wire for wire in graph.wires if block_id not in (wire.source, wire.target)]
    for target in targets:
        into = sorted((wire for wire in wires if wire.target == target), key=lambda wire: wire.slot)
        wires = [wire for wire in wires if wire.target != target]
        wires += [wire.model_copy(update={"slot": slot}) for slot, wire in enumerate(into)]
    return graph.with_parts((block for block in graph.blocks if block.id != block_id), wires)
