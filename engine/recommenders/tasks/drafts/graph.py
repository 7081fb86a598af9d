"""``graph``: the graph for a changed spec, what a person has edited being kept where it still makes sense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.graph.model import NetworkGraph
from engine.problems import EngineError
from engine.recommenders.model.graph_carry import carried
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.drafts.draft import Draft, Said


class GraphParameters(Parameters):
    """``spec``: the fields that change; the others are as the graph has them. ``graph``: the edited one; without it the
    answer is the template."""

    spec: Mapping[str, Any] = {}
    graph: NetworkGraph | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """``spec``: what the ``graph`` agrees with. ``problem``: what keeps that from being trained, at ``block``."""

    spec: Mapping[str, Any]
    graph: Mapping[str, Any]
    problem: Said | None
    block: str | None


def answer(opened: Draft[Any], parameters: GraphParameters) -> Drawn:
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
    problem = None if found is None else Said.of(found.problem)
    return Drawn(
        spec.model_dump(mode="json"), graph.model_dump(mode="json"), problem, None if found is None else found.block_id
    )  # fmt: skip


def _told(opened: Draft[Any], graph: NetworkGraph) -> Any:
    """The spec that an edited graph agrees with."""
    try:
        return opened.spec_of(graph, opened.spec)
    except EngineError as error:
        found = opened.misfit(graph)  # which says it in this model's words
        raise EngineError(error.problem if found is None else found.problem) from None


ASK = Ask("graph", "the graph for a changed spec, edits kept", GraphParameters, answer)
