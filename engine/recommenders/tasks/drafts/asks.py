"""What a run that is yet to be trained can be asked, whatever its recommender: ``about``, ``graph`` and ``check``."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod
from typing import Any, Final

from engine.graph.kinds.sparse_linear import SparseLinear
from engine.graph.model import NetworkGraph
from engine.network.plan import Node, Plan, compile_graph
from engine.problems import EngineError
from engine.recommenders.data.sources import data_source
from engine.recommenders.model.graph_carry import carried
from engine.recommenders.model.graph_facts import columns_behind, columns_of
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.drafts.answers import AboutDraft, DraftBlock, DrawnGraph, GraphCheck, ParameterCounts
from engine.recommenders.tasks.drafts.draft import Draft


def tell_draft(opened: Draft[Any], parameters: Parameters) -> AboutDraft:
    """What the plan and its data say of themselves."""
    template = opened.template(opened.spec)
    problem = opened.misfit(opened.graph)
    told = opened.graph if problem is None else template
    return AboutDraft(
        model=opened.model,
        label=opened.label,
        data=opened.data,
        data_label=data_source(opened.data.source).label,
        rows=opened.rows,
        spec=opened.spec_of(told, opened.spec).model_dump(mode="json"),
        graph=opened.graph,
        template=template,
        edited=opened.edited is not None,
        problem=None if problem is None else problem.problem,
        notice=opened.notice,
        columns=opened.columns,
        features=opened.features(told),
    )


ABOUT = Ask("about", "what would be trained, on what, and what could be switched", Parameters, tell_draft)


class GraphParameters(Parameters):
    """``spec``: the fields that change; the others are as the graph has them. ``graph``: the edited one; without it the
    answer is the template."""

    spec: Mapping[str, Any] = {}
    graph: NetworkGraph | None = None


def draw_graph(opened: Draft[Any], parameters: GraphParameters) -> DrawnGraph:
    """The graph. Raises EngineError for a spec out of range, for what the data do not have, and for a graph that is not
    valid, whose spec nobody can tell."""
    if parameters.graph is None:
        spec = opened.spec_with(parameters.spec, opened.spec)
        graph = opened.template(spec)
    else:
        before = _told(opened, parameters.graph)
        spec = opened.spec_with(parameters.spec, before)
        graph = carried(parameters.graph, opened.template(before), opened.template(spec))
    found = opened.misfit(graph)
    if found is None:
        spec = opened.spec_of(graph, spec)
    problem, block = (None, None) if found is None else (found.problem, found.block_id)
    return DrawnGraph(spec.model_dump(mode="json"), graph, problem, block)


def _told(opened: Draft[Any], graph: NetworkGraph) -> Any:
    """The spec that an edited graph agrees with."""
    try:
        return opened.spec_of(graph, opened.spec)
    except EngineError as error:
        found = opened.misfit(graph)  # which says it in this model's words
        raise EngineError(error.problem if found is None else found.problem) from None


GRAPH = Ask("graph", "the graph for a changed spec, edits kept", GraphParameters, draw_graph)


class CheckParameters(Parameters):
    """The ``graph`` to look at; without one, the draft's own."""

    graph: NetworkGraph | None = None


def check_graph(opened: Draft[Any], parameters: CheckParameters) -> GraphCheck:
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


CHECK = Ask("check", "whether a graph can be trained, and how much it has to learn", CheckParameters, check_graph)
ASKS: Final[tuple[Ask[Any, Any], ...]] = (ABOUT, GRAPH, CHECK)
