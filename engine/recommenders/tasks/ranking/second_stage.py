"""A trained ranking model as the second stage of the generated site's candidate generation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Columns
from engine.problems import EngineError, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources.video_site import GeneratedVideoSite, site_spec
from engine.recommenders.data.worlds.video_site.truth import NEVER
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.serving.two_stage import Indices, Visitor
from engine.recommenders.tasks.base import RecommenderTask
from engine.recommenders.tasks.ranking.answers import Assumed, ExpectedTime
from engine.recommenders.tasks.ranking.model import RankingModel
from engine.recommenders.tasks.ranking.site_columns import SiteColumns
from engine.recommenders.tasks.ranking.task import RankingTask


@dataclass(frozen=True, slots=True)
class ByExpectedTime:
    """Ranks by the seconds that a trained ranking model expects each candidate to be watched (§4.2).

    ``columns_of`` gives what the model's graph reads, one row for each candidate (n,): what is known of an impression,
    such as the hours since the topic was last watched, depends on the data and not on the model.
    """

    model: RankingModel
    network: RecommenderNetwork
    columns_of: Callable[[Visitor, Indices], Columns]

    def rank(self, visitor: Visitor, candidates: Indices) -> NDArray[np.float64]:
        """Expected seconds, (n,). Raises EngineError for a column that is missing or of another sort."""
        if not len(candidates):
            return np.zeros(0)
        prepared = self.model.prepare(self.network, self.columns_of(visitor, candidates))
        return self.model.expected_seconds(self.network, prepared)


NO_RANKING = declare(
    "recommender.no-ranking-checkpoint",
    "“{path}” isn't a checkpoint of ranking. Name one that “recommend train ranking” wrote.",
)
OTHER_SITE = declare(
    "recommender.other-site",
    "“{path}” ranks videos of another site than these candidates. Train both on the same generated site, with "
    "the same size and seed.",
)


@dataclass(frozen=True, slots=True)
class SecondStage:
    """Ranks candidates by the seconds that they are expected to be watched. ``columns``: what it makes of a visitor."""

    ranker: ByExpectedTime
    columns: SiteColumns

    def rank(self, visitor: Visitor, candidates: Indices) -> NDArray[np.float64]:
        """Expected seconds, (n,)."""
        return self.ranker.rank(visitor, candidates)

    def expected_time(self, visitor: Visitor, item: int) -> ExpectedTime:
        """Return how the seconds of one item come about, by which it is put in order."""
        one, model = np.array([item]), self.ranker.model
        columns, seconds = self.columns(visitor, one), float(self.rank(visitor, one)[0])
        truth, site = self.columns.site.truth(columns), self.columns.site
        categories = {name: site.names(name)[int(np.asarray(columns[name])[0])] for name in model.spec.categories}
        numbers = {name: float(np.asarray(columns[name])[0]) for name in model.spec.numbers}
        return ExpectedTime(
            seconds,
            float(np.log(seconds / model.unit)),
            model.unit,
            categories,
            numbers,
            tuple(name for name, value in numbers.items() if value >= NEVER),
            self.assumed(visitor),
            float(truth.expected_seconds[0]),
            float(truth.click_rates[0]),
            float(truth.seconds_if_clicked[0]),
        )

    def assumed(self, visitor: Visitor) -> Assumed:
        """What was not known of a visitor."""
        return self.columns.assumed(visitor)


def second_stage(task: RecommenderTask, path: str, data: RecommenderData) -> SecondStage:
    """The second stage for candidates that were trained on ``data``; ``path``: whose task it is, for sentences.

    Its bias is settled. Raises EngineError where the task is no ranking, or one of another site.
    """
    if not isinstance(task, RankingTask):
        raise EngineError(NO_RANKING(path=path))
    if data.source != GeneratedVideoSite.key or site_spec(data) != task.site.spec:
        raise EngineError(OTHER_SITE(path=path))
    task.settle()
    columns = SiteColumns(task.site, task.usual_hours)
    return SecondStage(ByExpectedTime(task.model, task.network, columns), columns)
