"""``check``: whether a graph can be trained, how many numbers it has to learn, and what each block has to go by."""

from __future__ import annotations

from math import prod
from typing import Any

from engine.graph.kinds.sparse_linear import SparseLinear
from engine.graph.model import NetworkGraph
from engine.network.plan import Node, Plan, compile_graph
from engine.recommenders.model.graph_facts import columns_behind, columns_of
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.drafts.answers import DraftBlock, GraphCheck, ParameterCounts
from engine.recommenders.tasks.drafts.draft import Draft


class CheckParameters(Parameters):
    """The ``graph`` to look at; without one, the draft's own."""

    graph: NetworkGraph | None = None


def answer(opened: Draft[Any], parameters: CheckParameters) -> GraphCheck:
    """What is to be said of a graph."""
    graph = opened.graph if parameters.graph is None else parameters.graph
    problem = opened.misfit(graph)
    if problem is not None:
        return GraphCheck(problem.problem, problem.block_id, None, (), (), (), None, ())
    plan = compile_graph(graph, None)
    used = {node.id for node in plan.nodes}
    unused = tuple(block.id for block in graph.blocks if block.id not in used)
    blocks = tuple(_block(plan, at) for at in range(len(plan.nodes)))
    spec = opened.spec_of(graph, opened.spec).model_dump(mode="json")
    warnings = tuple(opened.warnings(plan))
    return GraphCheck(None, None, _counts(plan), blocks, unused, opened.features(graph), spec, warnings)


def _counts(plan: Plan) -> ParameterCounts:
    wide = sum(_in_tables(node) for node in plan.nodes if isinstance(node.kind, SparseLinear))
    tables = sum(_in_tables(node) for node in plan.nodes) - wide
    return ParameterCounts(tables, wide, plan.size, tables + wide + plan.size)


def _in_tables(node: Node) -> int:
    return sum(prod(table.shape) for table in node.tables)


def _block(plan: Plan, at: int) -> DraftBlock:
    node = plan.nodes[at]
    parameters = _in_tables(node) + sum(slot.size for slot in node.slots)
    reads, behind = tuple(columns_of(node)), tuple(columns_behind(plan, at))
    return DraftBlock(node.id, str(node.name), node.block.kind, parameters, node.width, reads, behind)


ASK = Ask("check", "whether a graph can be trained, and how much it has to learn", CheckParameters, answer)
