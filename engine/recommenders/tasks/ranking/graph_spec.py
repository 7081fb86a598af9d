"""What an edited ranking graph says of itself, in the words of the spec, and what it can read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.graph.kinds.embedding import EmbeddingParams
from engine.graph.kinds.numbers import NumbersParams
from engine.graph.kinds.pooled import PooledParams
from engine.graph.kinds.transform import TransformParams
from engine.graph.model import NetworkGraph
from engine.network.plan import Plan, compile_graph
from engine.recommenders.model.graph_facts import (
    bag_columns,
    category_columns,
    columns_behind,
    hidden_units,
    params_of,
)
from engine.recommenders.model.graph_fit import Readable
from engine.recommenders.tasks.ranking.graph import site_sizes
from engine.recommenders.tasks.ranking.spec import CATEGORIES, NUMBERS, RankingSpec

if TYPE_CHECKING:  # the window reads graphs too, and has no tables
    from engine.recommenders.data.worlds.video_site.site import VideoSite

VIDEO, HISTORY = "video", "history"


def readable(site: VideoSite) -> Readable:
    """What a graph of this task can read of a site's impressions."""
    sizes = site_sizes(site, RankingSpec())
    categories = {name: sizes[name] for name in (VIDEO, *CATEGORIES)}
    return Readable("weighted_logistic", categories, {HISTORY: sizes[HISTORY]}, NUMBERS)


def spec_of(graph: NetworkGraph, spec: RankingSpec) -> RankingSpec:
    """The spec that a graph agrees with; what a graph does not tell is as ``spec`` has it. Raises EngineError for a
    graph that is not valid."""
    plan = compile_graph(graph, None)
    numbers = tuple(dict.fromkeys(name for params in params_of(plan, NumbersParams) for name in params.columns))
    found: dict[str, Any] = {
        "video": VIDEO in category_columns(plan),
        "history": HISTORY in bag_columns(plan),
        "categories": tuple(name for name in category_columns(plan) if name != VIDEO),
        "numbers": numbers,
        "hidden": hidden_units(plan),
    }
    if numbers:
        found |= _of_numbers(plan)
    return RankingSpec.model_validate(spec.model_dump() | found | _of_tables(plan))


def _of_numbers(plan: Plan) -> dict[str, Any]:
    transforms = list(params_of(plan, TransformParams))
    return {
        "quantiles": transforms[0].quantiles if transforms else 0,
        "powers": any(len(params.powers) > 1 for params in transforms),
    }


def _of_tables(plan: Plan) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for at, node in enumerate(plan.nodes):
        if isinstance(node.params, EmbeddingParams | PooledParams):
            videos = {VIDEO, HISTORY} & set(columns_behind(plan, at))
            found.setdefault("dimensions" if videos else "category_dimensions", node.params.dimensions)
            found.setdefault("scale", node.params.scale)
    return found
