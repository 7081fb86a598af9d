"""What is wrong with a graph, said block by block and port by port, with the mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.graph.kinds import Arity, Carries, TargetSpec
from engine.graph.model import Block, NetworkGraph, Wire, reaching_output, topological_order
from engine.graph.naming import BlockName, names_of
from engine.problems import EngineError, Problem, declare

NO_INPUT = declare("graph.no-input", "The network has no input; drag an Input block onto the canvas.")
NO_OUTPUT = declare(
    "graph.no-output", "The network has no output; drag an Output block onto the canvas and wire it up."
)
MANY_OUTPUTS = declare("graph.many-outputs", "The network has {count} outputs; delete all but one.")
CYCLE = declare("graph.cycle", "The wires form a loop through {blocks}. Delete one of the wires between them.")
OPEN_PORT = declare("graph.open-port", "The input of “{block}” is not wired; drag a wire to it from another block.")
CROWDED_PORT = declare(
    "graph.crowded-port",
    "“{block}” takes one wire but gets {count}; join them in an Add or Concatenate block first.",
)
NO_OUTPUT_PORT = declare("graph.no-output-port", "“{block}” is the end of the network; delete the wire that leaves it.")
NO_INPUT_PORT = declare("graph.no-input-port", "“{block}” takes no wire; delete the wire that ends at it.")
WRONG_CONTENT = declare("graph.wrong-content", "“{block}” takes {takes}, but “{source}” gives {gives}; {mend}.")
NOT_IN_PLAYGROUND = declare(
    "graph.not-in-playground",
    "“{block}” belongs to a recommender and reads columns that the playground's data doesn't have. Train it "
    "with “neuroloom-engine recommend”, or delete it.",
)
LOOSE_WIRE = declare(
    "graph.loose-wire", "A wire joins “{source}” to “{target}”, but one of them is not there; delete it."
)
DOUBLE_WIRE = declare("graph.double-wire", "Two wires run into input {slot} of “{block}”; delete one of them.")
MOST_BLOCKS = 500
"""Of a network that is trained here; each is watched with curves of its own."""
MANY_BLOCKS = declare(
    "graph.many-blocks", "The network has {count:,} blocks, more than {limit}; delete some, or train it elsewhere."
)
SAME_ID = declare("graph.same-id", "Two blocks have the id “{block}”; give one of them another.")
UNUSED = declare("graph.unused", "“{block}” does not reach the output, so it is left out; wire it up or delete it.")


class Port(StrEnum):
    """Where on a block the problem sits."""

    INPUT = "input"
    OUTPUT = "output"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class GraphProblem:
    """A problem and where it is. ``blocking``: the graph can't be compiled until it is mended."""

    problem: Problem
    block_id: str | None = None
    port: Port = Port.BLOCK
    blocking: bool = True


def _end_problems(graph: NetworkGraph) -> list[GraphProblem]:
    found: list[GraphProblem] = []
    outputs = graph.outputs
    if not graph.inputs:
        found.append(GraphProblem(NO_INPUT()))
    if not outputs:
        found.append(GraphProblem(NO_OUTPUT()))
    found += [GraphProblem(MANY_OUTPUTS(count=len(outputs)), block.id) for block in outputs[1:]]
    return found


def _wire_problems(graph: NetworkGraph, names: Mapping[str, BlockName]) -> list[GraphProblem]:
    found: list[GraphProblem] = []
    taken: set[tuple[str, int]] = set()
    for wire in graph.wires:
        if wire.source not in graph or wire.target not in graph:
            found.append(
                GraphProblem(LOOSE_WIRE(source=_called(names, wire.source), target=_called(names, wire.target)))
            )
            continue
        if graph.block(wire.source).declaration.is_end:
            found.append(GraphProblem(NO_OUTPUT_PORT(block=names[wire.source]), wire.source, Port.OUTPUT))
        found += _content_problems(graph, names, wire)
        if (wire.target, wire.slot) in taken:
            found.append(
                GraphProblem(DOUBLE_WIRE(slot=wire.slot + 1, block=names[wire.target]), wire.target, Port.INPUT)
            )
        taken.add((wire.target, wire.slot))
    return found


def _called(names: Mapping[str, BlockName], block_id: str) -> BlockName:
    """A block's name; of a block that is not there, its id."""
    return names.get(block_id, BlockName(block_id, titled=True))


def _content_problems(graph: NetworkGraph, names: Mapping[str, BlockName], wire: Wire) -> list[GraphProblem]:
    """Ids must be looked up before anything can be computed with them."""
    source, target = graph.block(wire.source), graph.block(wire.target)
    gives, takes = source.declaration.gives, target.declaration.takes
    if gives is takes or source.declaration.is_end or target.declaration.arity is Arity.NONE:
        return []
    mend = "put an Embedding or a Pooled block between them" if gives is Carries.IDS else "wire it to a Dense block"
    problem = WRONG_CONTENT(block=names[target.id], source=names[source.id], takes=takes, gives=gives, mend=mend)
    return [GraphProblem(problem, target.id, Port.INPUT)]


def _port_problem(graph: NetworkGraph, names: Mapping[str, BlockName], block: Block) -> GraphProblem | None:
    count = len(graph.wires_into(block.id))
    arity = block.declaration.arity
    if arity is Arity.NONE:
        return GraphProblem(NO_INPUT_PORT(block=names[block.id]), block.id, Port.INPUT) if count else None
    if count == 0:
        return GraphProblem(OPEN_PORT(block=names[block.id]), block.id, Port.INPUT)
    if arity is Arity.ONE and count > 1:
        return GraphProblem(CROWDED_PORT(block=names[block.id], count=count), block.id, Port.INPUT)
    return None


def infer_widths(graph: NetworkGraph, target: TargetSpec | None) -> tuple[dict[str, int], tuple[GraphProblem, ...]]:
    """Units out of every block that can be known, and a problem for every block whose inputs do not fit."""
    widths: dict[str, int] = {}
    problems: list[GraphProblem] = []
    wanted = target or TargetSpec()
    for block_id in topological_order(graph)[0]:
        block = graph.block(block_id)
        sources = [wire.source for wire in graph.wires_into(block_id)]
        if any(source not in widths for source in sources) or (
            not sources and block.declaration.arity is not Arity.NONE
        ):
            continue
        try:
            widths[block_id] = block.declaration.width(block.params, [widths[s] for s in sources], wanted)
        except EngineError as error:
            problems.append(GraphProblem(error.problem, block_id, Port.INPUT))
    return widths, tuple(problems)


def validate(graph: NetworkGraph, target: TargetSpec | None) -> tuple[GraphProblem, ...]:
    """Every problem of the graph, blocking ones first. Blocks that do not reach the output are only left out.

    ``target``: what the playground's data set asks for; None for a recommender, whose graph says so by itself.
    """
    if len(graph.blocks) > MOST_BLOCKS:
        return (GraphProblem(MANY_BLOCKS(count=len(graph.blocks), limit=MOST_BLOCKS)),)
    names = names_of(graph)
    times = Counter(block.id for block in graph.blocks)
    duplicates = [block_id for block_id, count in times.items() for _ in range(count - 1)]
    found = [GraphProblem(SAME_ID(block=block_id), block_id) for block_id in duplicates]
    found += _end_problems(graph) + _wire_problems(graph, names)
    used = reaching_output(graph)
    stuck = [block_id for block_id in topological_order(graph)[1] if block_id in used]
    if stuck:
        circle = ", ".join(f"“{names[block_id]}”" for block_id in stuck)
        found += [GraphProblem(CYCLE(blocks=circle), block_id, Port.INPUT) for block_id in stuck]
    for block in graph.blocks:
        port = _port_problem(graph, names, block)
        if port is not None:
            found.append(_demoted(port, block.id not in used))
        if target is not None and not block.declaration.in_playground:
            problem = GraphProblem(NOT_IN_PLAYGROUND(block=names[block.id]), block.id)
            found.append(_demoted(problem, block.id not in used))
        if block.id not in used:
            found.append(GraphProblem(UNUSED(block=names[block.id]), block.id, Port.OUTPUT, blocking=False))
    found += [_demoted(p, p.block_id not in used) for p in infer_widths(graph, target)[1]]
    return tuple(sorted(found, key=lambda p: not p.blocking))


def _demoted(problem: GraphProblem, unused: bool) -> GraphProblem:
    """A problem of a block that is left out anyway blocks nothing."""
    return GraphProblem(problem.problem, problem.block_id, problem.port, blocking=not unused)


def problems_by_block(problems: tuple[GraphProblem, ...]) -> Mapping[str, tuple[GraphProblem, ...]]:
    """Problems grouped by the block they sit on (problems of the whole graph are left out)."""
    grouped: dict[str, list[GraphProblem]] = {}
    for problem in problems:
        if problem.block_id is not None:
            grouped.setdefault(problem.block_id, []).append(problem)
    return {block_id: tuple(items) for block_id, items in grouped.items()}
