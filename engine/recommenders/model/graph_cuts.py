"""Parts of a graph by themselves: what is left where wires of its end are cut, or its hidden layers are left out."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from engine.graph.edit import fresh_id
from engine.graph.kinds.on_torch import LookupKind
from engine.graph.model import Block, NetworkGraph, Wire, reaching_output
from engine.network.plan import Plan, compile_graph
from engine.recommenders.model.prepared_rows import still_nodes

JOINING: Final = "concatenate"


def pruned(graph: NetworkGraph) -> NetworkGraph:
    """A graph without the blocks that do not reach its only end."""
    kept = reaching_output(graph)
    wires = [wire for wire in graph.wires if wire.source in kept and wire.target in kept]
    return graph.with_parts([block for block in graph.blocks if block.id in kept], wires)


def with_inputs(graph: NetworkGraph, sources: Collection[str]) -> NetworkGraph:
    """A graph whose only end is reached from these blocks alone, pruned; they keep their order and their ids, by which
    their first weights are drawn."""
    end = graph.outputs[0].id
    into = [wire for wire in graph.wires_into(end) if wire.source in sources]
    slots = {wire: wire.model_copy(update={"slot": slot}) for slot, wire in enumerate(into)}
    wires = [slots.get(wire, wire) for wire in graph.wires if wire.target != end or wire in slots]
    return pruned(graph.with_wires(wires))


def without_hidden(graph: NetworkGraph) -> NetworkGraph | None:
    """A graph whose end reads what its hidden layers read; None where there are none, so that it does already.

    Raises EngineError for a graph that is not valid.
    """
    plan = compile_graph(graph, None)
    first = _first_numbers(plan)
    ids = [plan.nodes[at].id for at in first]
    end = plan.output.id
    if len(ids) == 1:
        read: str | None = ids[0]
    else:
        read = _joining(graph, ids)
    if read is not None and _sources(graph, end) == [read]:
        return None
    if read is None:
        graph, read = _joined(graph, ids)
    wires = [wire for wire in graph.wires if wire.target != end]
    return pruned(graph.with_wires([*wires, Wire(source=read, target=end)]))


def _joined(graph: NetworkGraph, ids: list[str]) -> tuple[NetworkGraph, str]:
    """A graph with one more block that puts these side by side, and its id."""
    end = graph.outputs[0]
    join = Block.model_validate({"id": fresh_id(graph, JOINING), "kind": JOINING, "x": end.x, "y": end.y})
    wires = [Wire(source=source, target=join.id, slot=slot) for slot, source in enumerate(ids)]
    return graph.with_parts([*graph.blocks, join], [*graph.wires, *wires]), join.id


def _first_numbers(plan: Plan) -> list[int]:
    """The nodes whose numbers come straight from the data or from a table, and that something computed reads."""
    still = still_nodes(plan)
    given = {at for at, node in enumerate(plan.nodes) if at in still or isinstance(node.kind, LookupKind)}
    computed = [at for at in range(len(plan.nodes)) if at not in given]
    read = [source for at in computed for source in plan.nodes[at].sources if source in given]
    return list(dict.fromkeys(read))


def _joining(graph: NetworkGraph, ids: list[str]) -> str | None:
    """The block that puts just these side by side, in this order, where the graph has one."""
    return next((b.id for b in graph.blocks if b.kind == JOINING and _sources(graph, b.id) == ids), None)


def _sources(graph: NetworkGraph, block_id: str) -> list[str]:
    return [wire.source for wire in graph.wires_into(block_id)]
