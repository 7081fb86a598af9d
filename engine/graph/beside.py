"""A new block put into a network: on a wire, before or after another block.

A new Dense block takes over the activation of the nearest Dense block before it in its chain, else after it.
"""

from __future__ import annotations

from engine.graph.arrange import gap_beside, make_room
from engine.graph.edit import NO_PORT, add_block, connect, set_params, splice
from engine.graph.kinds import Arity, kind_of
from engine.graph.kinds.dense import DenseParams
from engine.graph.model import NetworkGraph, Wire
from engine.problems import EngineError


def add_into(graph: NetworkGraph, kind: str, wire: Wire, x: float, y: float) -> tuple[NetworkGraph, str]:
    """The graph with a new block in a wire, at (x, y) where there is room for it, and the new block's id."""
    grown, added = add_block(graph, kind, x, y)
    return _in_place(splice(grown, added, wire), added), added


def add_after(graph: NetworkGraph, kind: str, anchor: str) -> tuple[NetworkGraph, str]:
    """The graph with a new block that takes over every wire that left ``anchor``, and the new block's id.

    A block that ends the network takes none over. Raises EngineError where nothing can come after, or ``kind`` takes no
    wire.
    """
    block, declaration = graph.block(anchor), kind_of(kind)
    grown, added = add_block(graph, kind, block.x + gap_beside(block), block.y)
    if declaration.arity is Arity.NONE:
        raise EngineError(NO_PORT(block=added))
    if declaration.is_end or not graph.wires_from(anchor):
        return _in_place(connect(grown, anchor, added), added), added
    if block.declaration.is_end:
        raise EngineError(NO_PORT(block=anchor))
    handed_over = [wire.model_copy(update={"source": added}) if wire.source == anchor else wire for wire in grown.wires]
    return _in_place(grown.with_wires([*handed_over, Wire(source=anchor, target=added)]), added), added


def add_before(graph: NetworkGraph, kind: str, anchor: str) -> tuple[NetworkGraph, str]:
    """The graph with a new block in ``anchor``'s first wire, or wired to it alone, and the new block's id.

    Raises EngineError where nothing can come before, or no wire leaves ``kind``.
    """
    block, declaration = graph.block(anchor), kind_of(kind)
    grown, added = add_block(graph, kind, block.x - gap_beside(block), block.y)
    if declaration.is_end:
        raise EngineError(NO_PORT(block=added))
    if block.declaration.arity is Arity.NONE:
        raise EngineError(NO_PORT(block=anchor))
    into = graph.wires_into(anchor)
    if declaration.arity is Arity.NONE or not into:
        return _in_place(connect(grown, added, anchor), added), added
    return _in_place(splice(grown, added, into[0]), added), added


def _in_place(graph: NetworkGraph, block_id: str) -> NetworkGraph:
    """The graph with room for its new block between two others, which is set as its neighbours are."""
    if graph.wires_into(block_id) and graph.wires_from(block_id):
        graph = make_room(graph, block_id)
    if not isinstance(graph.block(block_id).params, DenseParams):
        return graph
    like = _nearest_dense(graph, block_id, onward=False) or _nearest_dense(graph, block_id, onward=True)
    return graph if like is None else set_params(graph, block_id, activation=like.activation, alpha=like.alpha)


def _nearest_dense(graph: NetworkGraph, block_id: str, *, onward: bool) -> DenseParams | None:
    """The settings of the Dense block that is the fewest wires away, upstream or ``onward``; None without one."""
    wires = graph.wires_from if onward else graph.wires_into
    seen, ring = {block_id}, [block_id]
    while ring:
        near = dict.fromkeys(w.target if onward else w.source for b in ring for w in wires(b))
        ring = [b for b in near if b in graph and b not in seen]
        seen.update(ring)
        for params in (graph.block(b).params for b in ring):
            if isinstance(params, DenseParams):
                return params
    return None
