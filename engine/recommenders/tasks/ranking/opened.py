"""A trained ranking, opened to be asked again and again."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.problems import EngineError, declare
from engine.recommenders.data.worlds.video_site.impressions import RankingChunk
from engine.recommenders.running.checkpoints import Checkpoint
from engine.recommenders.tasks.base import Others
from engine.recommenders.tasks.ranking.second_stage import NO_RANKING
from engine.recommenders.tasks.ranking.task import RankingTask

Floats = NDArray[np.float64]

OTHER_IMPRESSIONS = declare(
    "recommender.other-impressions",
    "“{path}” was trained on the impressions of another site, so the two cannot be compared; train both on one site.",
)


class OpenedRanking:
    """What the asks of ranking are answered from: the impressions of the users that are judged on, in order."""

    def __init__(self, task: RankingTask, checkpoint: Checkpoint, others: Others) -> None:
        self.task, self.checkpoint, self._others = task, checkpoint, others

    @property
    def test(self) -> RankingChunk:
        """The impressions, with what came of them and the truth."""
        return self.task.test

    @cached_property
    def predicted(self) -> Floats:
        """Expected seconds by the network, (rows,), its bias settled for good: it is trained no more."""
        self.task.settle()
        model, network = self.task.model, self.task.network
        return model.expected_seconds(network, model.prepare(network, self.test.columns))

    def other(self, path: str) -> RankingTask:
        """Another checkpoint of the same site. Raises EngineError for anything else."""
        task = self._others(Path(path))
        if not isinstance(task, RankingTask):
            raise EngineError(NO_RANKING(path=Path(path).name))
        if task.site.spec != self.task.site.spec:
            raise EngineError(OTHER_IMPRESSIONS(path=Path(path).name))
        return task
