"""Ranking before it is trained: its impressions, its template, and which features there are to be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from engine.graph.model import NetworkGraph
from engine.network.plan import compile_graph
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.worlds.video_site.site import VideoSite
from engine.recommenders.model.graph_facts import columns_read
from engine.recommenders.model.graph_fit import Readable
from engine.recommenders.model.prepared_rows import MISSING_COLUMN
from engine.recommenders.tasks.drafts.answers import DraftColumn, DraftFeature, DraftRows
from engine.recommenders.tasks.drafts.draft import Draft
from engine.recommenders.tasks.ranking.graph import ranking_graph, site_sizes
from engine.recommenders.tasks.ranking.graph_spec import HISTORY, VIDEO, readable, spec_of
from engine.recommenders.tasks.ranking.spec import FEATURES, RankingSpec
from engine.recommenders.tasks.ranking.task import Impressions


class DraftRanking(Draft[RankingSpec]):
    """See :class:`engine.recommenders.tasks.drafts.draft.Draft`."""

    model, label = "ranking", "YoutubeDNN ranking"

    def __init__(self, data: RecommenderData, site: VideoSite, spec: RankingSpec, edited: NetworkGraph | None) -> None:
        """Raises EngineError for a feature that impressions do not have."""
        super().__init__(data, spec, edited)
        self.site = site
        self.template(spec)

    @cached_property
    def readable(self) -> Readable:
        """What is known of an impression."""
        return readable(self.site)

    @cached_property
    def rows(self) -> DraftRows:
        """Impressions."""
        shown = Impressions.of(self.site)
        return DraftRows(len(shown.train) + len(shown.test), len(shown.learned), "impressions")

    @property
    def columns(self) -> tuple[DraftColumn, ...]:
        """Video and history, categories, numbers."""
        found = [DraftColumn(name, "category", size, _key(name)) for name, size in self.readable.categories.items()]
        found += [DraftColumn(name, "bag", size, _key(name)) for name, size in self.readable.bags.items()]
        return (*found, *(DraftColumn(name, "number", None, f"number:{name}") for name in self.readable.numbers))

    def template(self, spec: RankingSpec) -> NetworkGraph:
        """Of this site. Raises EngineError for a column that impressions do not have."""
        for name in (*spec.categories, *spec.numbers):
            if name not in self.readable.columns:
                columns = ", ".join(self.readable.columns)
                raise EngineError(MISSING_COLUMN(block="Ranking", column=name, columns=columns))
        return ranking_graph(site_sizes(self.site, spec), spec)

    def spec_of(self, graph: NetworkGraph, spec: RankingSpec) -> RankingSpec:
        """The spec that a graph agrees with."""
        return spec_of(graph, spec)

    def features(self, graph: NetworkGraph) -> tuple[DraftFeature, ...]:
        """The video, what was watched, categories and numbers."""
        plan = compile_graph(graph, None)
        read = columns_read(plan)
        now = spec_of(graph, self.spec)
        found = [
            _feature(VIDEO, VIDEO, read, {"video": not now.video}),
            _feature(HISTORY, HISTORY, read, {"history": not now.history}),
        ]
        for name in self.readable.categories:
            if name != VIDEO:
                found.append(_feature("category", name, read, {"categories": _toggled(now.categories, name)}))
        for name in self.readable.numbers:
            found.append(_feature("number", name, read, {"numbers": _toggled(now.numbers, name)}))
        return tuple(found)


def _toggled(names: Sequence[str], name: str) -> list[str]:
    return [one for one in names if one != name] if name in names else [*names, name]


def _key(category: str) -> str:
    return category if category in (VIDEO, HISTORY) else f"category:{category}"


def _feature(sort: str, name: str, read: Sequence[str], change: Mapping[str, Any]) -> DraftFeature:
    alone = sort in (VIDEO, HISTORY)
    key = sort if alone else f"{sort}:{name}"
    return DraftFeature(key, sort, None if alone else name, name in read, True, None, FEATURES[sort], (name,), change)
