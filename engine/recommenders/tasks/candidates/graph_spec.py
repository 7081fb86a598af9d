"""What an edited graph of candidate generation says of itself, in the words of the spec, and what it can read."""

from __future__ import annotations

from typing import Any

from engine.graph.columns import Bags
from engine.graph.kinds.embedding import EmbeddingParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.pooled import PooledParams
from engine.graph.kinds.sampled_softmax import SampledSoftmaxParams
from engine.graph.model import NetworkGraph
from engine.network.plan import compile_graph
from engine.recommenders.data.logs.log import Log
from engine.recommenders.model.graph_facts import bag_columns, category_columns, hidden_units, params_of
from engine.recommenders.model.graph_fit import Readable
from engine.recommenders.tasks.candidates.graph import (
    AGE,
    HISTORY,
    LATEST,
    SEARCHES,
    category_vocabulary,
    search_tokens,
)
from engine.recommenders.tasks.candidates.spec import CandidateSpec


def readable(log: Log, searches: Bags | None = None) -> Readable:
    """What a graph of this task can read of a training log."""
    bags = {HISTORY: log.item_count + 1, LATEST: log.item_count + 1}
    if searches is not None:
        bags[SEARCHES] = search_tokens(searches)
    return Readable(
        "sampled_softmax",
        {name: category_vocabulary(log, name).size for name in log.user_features},
        bags,
        (AGE, f"{AGE}²"),
        log.item_count,
        quantiles=False,
    )


def spec_of(graph: NetworkGraph, spec: CandidateSpec) -> CandidateSpec:
    """The spec that a graph agrees with; what a graph does not tell is as ``spec`` has it. Raises EngineError for a
    graph that is not valid."""
    plan = compile_graph(graph, None)
    bags = bag_columns(plan)
    found: dict[str, Any] = {
        "watched": HISTORY in bags,
        "latest": (spec.latest or 1) if LATEST in bags else 0,
        "searches": SEARCHES in bags,
        "categories": category_columns(plan),
        "example_age": any(params_of(plan, NumbersParams)),
        "hidden": hidden_units(plan),
    }
    tables = [*params_of(plan, PooledParams), *params_of(plan, EmbeddingParams)]
    if tables:
        found |= {"dimensions": tables[0].dimensions, "scale": tables[0].scale}
    for end in params_of(plan, SampledSoftmaxParams):
        found |= {"negatives": end.negatives, "drawn_by": end.drawn_by, "log_q": end.log_q}
    return CandidateSpec.model_validate(spec.model_dump() | found)
