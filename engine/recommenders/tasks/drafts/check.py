"""``check``: whether a graph can be trained, how many numbers it has to learn, and what each block has to go by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from engine.graph.kinds.sparse_linear import SparseLinear
from engine.graph.model import NetworkGraph
from engine.network.plan import Node, Plan, compile_graph
from engine.recommenders.model.graph_facts import columns_behind, columns_of
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.drafts.draft import Draft, Feature, Said


class CheckParameters(Parameters):
    """The ``graph`` to look at; without one, the draft's own."""

    graph: NetworkGraph | None = None


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers to learn. ``tables``: vectors of ids; ``wide``: weights of sparse linear blocks; ``tower``: all others,
    which every row takes part in. ``total`` is their sum."""

    tables: int
    wide: int
    tower: int
    total: int


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block that takes part. ``parameters``: numbers that it learns. ``width``: numbers, or ids, that come out of it.
    ``reads``: columns that it takes from the data itself; ``features``: the columns that it has anything of."""

    id: str
    name: str
    kind: str
    parameters: int
    width: int
    reads: Sequence[str]
    features: Sequence[str]


@dataclass(frozen=True, slots=True)
class Check:
    """``problem``: what keeps the graph from being trained, at ``block``, each null where there is none; the rest is
    null and empty then. ``unused``: blocks that do not reach the end. ``switches``: as ``features`` of ``about``.
    ``spec``: what the graph agrees with; what a graph does not tell is as the draft's own has it. ``warnings``: what a
    person should know before it is trained."""

    problem: Said | None
    block: str | None
    parameters: Sizes | None
    blocks: Sequence[BlockView]
    unused: Sequence[str]
    switches: Sequence[Feature]
    spec: Mapping[str, Any] | None
    warnings: Sequence[Said]


def answer(opened: Draft[Any], parameters: CheckParameters) -> Check:
    """What is to be said of a graph."""
    graph = opened.graph if parameters.graph is None else parameters.graph
    problem = opened.misfit(graph)
    if problem is not None:
        return Check(Said.of(problem.problem), problem.block_id, None, [], [], [], None, [])
    plan = compile_graph(graph, None)
    used = {node.id for node in plan.nodes}
    unused = [block.id for block in graph.blocks if block.id not in used]
    blocks = [_view(plan, at) for at in range(len(plan.nodes))]
    spec = opened.spec_of(graph, opened.spec).model_dump(mode="json")
    warnings = [Said.of(warning) for warning in opened.warnings(plan)]
    return Check(None, None, _sizes(plan), blocks, unused, opened.features(graph), spec, warnings)


def _sizes(plan: Plan) -> Sizes:
    wide = sum(_in_tables(node) for node in plan.nodes if isinstance(node.kind, SparseLinear))
    tables = sum(_in_tables(node) for node in plan.nodes) - wide
    return Sizes(tables, wide, plan.size, tables + wide + plan.size)


def _in_tables(node: Node) -> int:
    return sum(prod(table.shape) for table in node.tables)


def _view(plan: Plan, at: int) -> BlockView:
    node = plan.nodes[at]
    parameters = _in_tables(node) + sum(slot.size for slot in node.slots)
    reads, behind = columns_of(node), columns_behind(plan, at)
    return BlockView(node.id, str(node.name), node.block.kind, parameters, node.width, reads, behind)


ASK = Ask("check", "whether a graph can be trained, and how much it has to learn", CheckParameters, answer)
