"""``graph``: the graph for a changed spec, what a person has edited being kept where it still makes sense."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.graph.model import NetworkGraph
from engine.problems import EngineError
from engine.recommenders.model.graph_carry import carried
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.drafts.answers import DrawnGraph
from engine.recommenders.tasks.drafts.draft import Draft


class GraphParameters(Parameters):
    """``spec``: the fields that change; the others are as the graph has them. ``graph``: the edited one; without it the
    answer is the template."""

    spec: Mapping[str, Any] = {}
    graph: NetworkGraph | None = None


def answer(opened: Draft[Any], parameters: GraphParameters) -> DrawnGraph:
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


ASK = Ask("graph", "the graph for a changed spec, edits kept", GraphParameters, answer)
