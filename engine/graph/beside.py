"""A block put before or after another: what the keyboard does where the hand would drop a block on a wire."""

from __future__ import annotations

from engine.graph.arrange import gap_beside, make_room
from engine.graph.edit import NO_PORT, add_block, connect, splice
from engine.graph.kinds import Arity, kind_of
from engine.graph.model import NetworkGraph, Wire
from engine.problems import EngineError


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
        return connect(grown, anchor, added), added
    if block.declaration.is_end:
        raise EngineError(NO_PORT(block=anchor))
    handed_over = [wire.model_copy(update={"source": added}) if wire.source == anchor else wire for wire in grown.wires]
    return make_room(grown.with_wires([*handed_over, Wire(source=anchor, target=added)]), added), added


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
        return connect(grown, added, anchor), added
    return make_room(splice(grown, added, into[0]), added), added
