"""Edits of a graph: pure functions from a graph to a new graph. The window's undo keeps the graph before each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import count

from engine.graph.kinds import Arity, BlockParams, TargetSpec, kind_of
from engine.graph.model import Block, NetworkGraph, Wire, ancestors
from engine.graph.naming import names_of
from engine.graph.validation import infer_widths
from engine.problems import EngineError, declare

WOULD_CYCLE = declare(
    "graph.would-cycle", "This wire would close a loop. Wire forward, from the input towards the output."
)
NO_PORT = declare("graph.no-port", "“{block}” has no such port; wire from an output port to an input port.")


def fresh_id(graph: NetworkGraph, kind: str, taken: Collection[str] = ()) -> str:
    """The first id of the form ``dense-3`` that no block has or has had."""
    taken = graph.retired.union(taken, graph.by_id)
    return next(name for name in (f"{kind}-{number}" for number in count(1)) if name not in taken)


def add_block(
    graph: NetworkGraph, kind: str, x: float, y: float, params: BlockParams | None = None
) -> tuple[NetworkGraph, str]:
    """The graph with one more, unwired block at (x, y), and the new block's id."""
    params = params if params is not None else kind_of(kind).params_type()
    block = Block(id=fresh_id(graph, kind), kind=kind, params=params, x=x, y=y)
    return graph.with_blocks((*graph.blocks, block)), block.id


def connect(graph: NetworkGraph, source: str, target: str) -> NetworkGraph:
    """Wire source to target. A one-input block lets go of the wire it had. Raises EngineError on a cycle or no port."""
    if graph.block(source).declaration.is_end:
        raise EngineError(NO_PORT(block=names_of(graph)[source]))
    arity = graph.block(target).declaration.arity
    if arity is Arity.NONE:
        raise EngineError(NO_PORT(block=names_of(graph)[target]))
    if target in ancestors(graph, source):
        raise EngineError(WOULD_CYCLE())
    into = graph.wires_into(target)
    if any(wire.source == source for wire in into):
        return graph
    if arity is Arity.ONE:
        return graph.with_wires((*(w for w in graph.wires if w.target != target), Wire(source=source, target=target)))
    slot = max((wire.slot for wire in into), default=-1) + 1
    return graph.with_wires((*graph.wires, Wire(source=source, target=target, slot=slot)))


def disconnect(graph: NetworkGraph, wire: Wire) -> NetworkGraph:
    """The graph without the wire; the slots behind it close up."""
    return graph.with_wires(_closed_up([w for w in graph.wires if w != wire]))


def _closed_up(wires: Iterable[Wire]) -> list[Wire]:
    """Renumber each target's slots 0, 1, 2 … in their order, leaving the wires' own order alone."""
    wires = list(wires)
    slots: dict[str, list[int]] = {}
    for wire in wires:
        slots.setdefault(wire.target, []).append(wire.slot)
    ranks = {target: {slot: rank for rank, slot in enumerate(sorted(set(used)))} for target, used in slots.items()}
    return [w.model_copy(update={"slot": ranks[w.target][w.slot]}) for w in wires]


def splice(graph: NetworkGraph, block_id: str, wire: Wire) -> NetworkGraph:
    """Put an unwired block into a wire: source → block → target, the target's slot kept."""
    declaration = graph.block(block_id).declaration
    if declaration.arity is Arity.NONE or declaration.is_end:
        raise EngineError(NO_PORT(block=names_of(graph)[block_id]))
    if block_id in (wire.source, wire.target):
        raise EngineError(WOULD_CYCLE())
    kept = [w for w in graph.wires if w != wire and block_id not in (w.source, w.target)]
    kept += [
        Wire(source=wire.source, target=block_id),
        Wire(source=block_id, target=wire.target, slot=wire.slot),
    ]
    return graph.with_wires(_closed_up(kept))


def remove_blocks(graph: NetworkGraph, block_ids: Collection[str], target: TargetSpec | None = None) -> NetworkGraph:
    """Delete blocks. Where one has a single source and shapes and contents allow, its neighbours are joined."""
    for block_id in block_ids:
        if block_id in graph:
            graph = _remove_one(graph, block_id, target or TargetSpec())
    return graph


def _remove_one(graph: NetworkGraph, block_id: str, target: TargetSpec) -> NetworkGraph:
    into = [w for w in graph.wires_into(block_id) if w.source != block_id]
    onward = [w for w in graph.wires_from(block_id) if w.target != block_id]
    bare = graph.with_parts(
        (b for b in graph.blocks if b.id != block_id),
        _closed_up(w for w in graph.wires if block_id not in (w.source, w.target)),
    )
    if len(into) != 1 or not onward:
        return bare
    gives = graph.block(into[0].source).declaration.gives
    if any(graph.block(wire.target).declaration.takes is not gives for wire in onward):
        return bare
    joined = bare.with_wires(
        w if w.source != block_id else w.model_copy(update={"source": into[0].source})
        for w in graph.wires
        if w.target != block_id
    )
    doubled = len({(w.source, w.target) for w in joined.wires}) < len(joined.wires)
    circle = any(w.source == w.target for w in joined.wires)
    if doubled or circle or len(infer_widths(joined, target)[1]) > len(infer_widths(graph, target)[1]):
        return bare
    return joined


def move_blocks(graph: NetworkGraph, positions: Mapping[str, tuple[float, float]]) -> NetworkGraph:
    """Blocks at new (x, y) places."""
    return graph.with_blocks(
        b.model_copy(update={"x": positions[b.id][0], "y": positions[b.id][1]}) if b.id in positions else b
        for b in graph.blocks
    )


def set_params(graph: NetworkGraph, block_id: str, **changes: object) -> NetworkGraph:
    """The graph with some parameters of one block changed. Raises pydantic's ValidationError out of bounds."""
    block = graph.block(block_id)
    params = type(block.params).model_validate({**block.params.model_dump(), **changes})
    return replace_block(graph, block.model_copy(update={"params": params}))


def set_title(graph: NetworkGraph, block_id: str, title: str) -> NetworkGraph:
    """The graph with one block renamed."""
    return replace_block(graph, graph.block(block_id).model_copy(update={"title": title[:80]}))


def replace_block(graph: NetworkGraph, block: Block) -> NetworkGraph:
    """The graph with the block of the same id swapped for this one."""
    return graph.with_blocks(block if b.id == block.id else b for b in graph.blocks)


def subgraph(graph: NetworkGraph, block_ids: Collection[str]) -> NetworkGraph:
    """The chosen blocks and the wires among them (what copying puts on the clipboard)."""
    chosen = set(block_ids)
    return NetworkGraph(
        blocks=tuple(b for b in graph.blocks if b.id in chosen),
        wires=tuple(_closed_up(w for w in graph.wires if w.source in chosen and w.target in chosen)),
    )


def paste(graph: NetworkGraph, piece: NetworkGraph, dx: float, dy: float) -> tuple[NetworkGraph, tuple[str, ...]]:
    """The graph with a piece added under fresh ids, moved by (dx, dy); and the new ids."""
    names: dict[str, str] = {}
    for block in piece.blocks:
        names[block.id] = fresh_id(graph, block.kind, names.values())
    blocks = [b.model_copy(update={"id": names[b.id], "x": b.x + dx, "y": b.y + dy}) for b in piece.blocks]
    inner = (w for w in piece.wires if w.source in names and w.target in names)
    wires = [w.model_copy(update={"source": names[w.source], "target": names[w.target]}) for w in inner]
    return graph.with_parts((*graph.blocks, *blocks), (*graph.wires, *wires)), tuple(names.values())
