"""YoutubeDNN's ranking as a declared recommender."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import Gives, data_source
from engine.recommenders.running.settings import Training
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.base import (
    Carried,
    Explanation,
    Others,
    Preset,
    RecommenderQuestion,
    RecommenderTask,
    TaskKind,
)
from engine.recommenders.tasks.ranking.spec import FEATURES, RankingSpec

if TYPE_CHECKING:
    from engine.graph.model import NetworkGraph
    from engine.recommenders.data.row_snapshot import Frames
    from engine.recommenders.running.checkpoints import Checkpoint


class Ranking(TaskKind[RankingSpec]):
    """See :class:`engine.recommenders.tasks.base.TaskKind`."""

    key = "ranking"
    label = "YoutubeDNN ranking"
    summary = "Learns from impressions how long each would be watched: in which order should candidates be shown?"
    purpose = "ranking"
    spec_type = RankingSpec
    features = FEATURES
    needs = Gives.IMPRESSIONS
    usual_sources = ("video-site",)
    best = ("explained", "spearman")
    # On sites 21 and 22, on which nothing was chosen, five epochs with a falling rate explained 0.167 and 0.201 of the
    # loss, and the worst tenth was off by 79 %; the best epoch explains 0.197 and 0.241, and it is off by 17 %.
    start = Preset(RankingSpec(), Training())
    trial = RecommenderData(source="video-site", events=50_000)
    in_parts = True

    def open(
        self,
        data: RecommenderData,
        spec: RankingSpec,
        training: Training,
        device: str = "cpu",
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
    ) -> RecommenderTask:
        """A new task; the last users are kept to judge on, those before them to choose an epoch by, whatever the
        ``split``."""
        from engine.recommenders.tasks.ranking.task import RankingTask, impressions_of

        shown = impressions_of(data_source(data.source).impressions(data).spec)
        return RankingTask(data, shown, spec, training, device, None, graph)

    def draft(
        self,
        data: RecommenderData,
        spec: RankingSpec,
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
        carried: Carried | None = None,
    ) -> Askable[Any]:
        """What the template is, which features there are, and what an edited graph has."""
        from engine.recommenders.tasks.drafts.asks import ASKS
        from engine.recommenders.tasks.ranking.draft import DraftRanking

        return Askable(DraftRanking(data, data_source(data.source).impressions(data), spec, graph), ASKS)

    def reopen(
        self,
        kept: Mapping[str, Any],
        data: RecommenderData,
        training: Training,
        device: str = "cpu",
        rows: Frames | None = None,
    ) -> RecommenderTask:
        """The task of a checkpoint, whose site is drawn anew from its seed."""
        from engine.recommenders.tasks.ranking.model import RankingModel
        from engine.recommenders.tasks.ranking.task import RankingTask, impressions_of

        model = RankingModel.from_json(kept["model"])
        shown = impressions_of(data_source(data.source).impressions(data).spec)
        return RankingTask(data, shown, model.spec, training, device, model)

    def explain(self, task: RecommenderTask, question: RecommenderQuestion, others: Others) -> Explanation:
        """Expected seconds of some impressions, beside the truth."""
        from engine.recommenders.tasks.ranking.explain import explained
        from engine.recommenders.tasks.ranking.task import RankingTask

        assert isinstance(task, RankingTask)
        return explained(task, question.rows_of(task.numbering, task.data))

    def askable(self, task: RecommenderTask, checkpoint: Checkpoint, others: Others) -> Askable[Any]:
        """How far its expectations are true, and what ranking by them is worth."""
        from engine.recommenders.tasks.ranking.asks import ASKS
        from engine.recommenders.tasks.ranking.opened import OpenedRanking
        from engine.recommenders.tasks.ranking.task import RankingTask

        assert isinstance(task, RankingTask)
        return Askable(OpenedRanking(task, checkpoint, others), ASKS)
