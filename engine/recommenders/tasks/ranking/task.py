"""YoutubeDNN's ranking on the impressions of the generated video site, whose truth is known."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from engine.problems import Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.worlds.generated import joined
from engine.recommenders.data.worlds.video_site.impressions import RankingChunk
from engine.recommenders.data.worlds.video_site.site import VideoSite
from engine.recommenders.judging.metrics import calibration
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import Trainer
from engine.recommenders.tasks.base import Figures
from engine.recommenders.tasks.ranking.graph import site_sizes
from engine.recommenders.tasks.ranking.model import RankingModel
from engine.recommenders.tasks.ranking.spec import RankingSpec

TEST_SHARE = 0.2
CHUNK = 100_000


class RankingTask:
    """See :class:`engine.recommenders.tasks.base.Task`; the last fifth of the users is kept to be judged on."""

    def __init__(
        self,
        data: RecommenderData,
        site: VideoSite,
        spec: RankingSpec,
        training: Training,
        device: str = "cpu",
        model: RankingModel | None = None,
    ) -> None:
        """Raises EngineError where data and model do not fit."""
        self.data, self.training = data, training
        shown = joined(list(site.impressions(CHUNK)))
        first = np.quantile(shown.users, 1.0 - TEST_SHARE)
        train, self.test = (shown.take(np.flatnonzero(part)) for part in (shown.users < first, shown.users >= first))
        outcomes = train.clicked, train.watch_seconds
        self.model = model or RankingModel.build(train.columns, *outcomes, site_sizes(site, spec), spec, training)
        self.network = self.model.network(device)
        self._rows = self.model.prepare(self.network, train.columns, *outcomes)
        self.batches = PreparedBatches(self._rows, training)

    @property
    def notices(self) -> tuple[Problem, ...]:
        """None: a generated site is as it was drawn."""
        return ()

    @cached_property
    def trainer(self) -> Trainer:
        """The optimisers and what they remember, made when training asks for it: as large as the tables themselves."""
        return Trainer(self.network, self.training)

    @property
    def examples(self) -> int:
        """Impressions of the users that are judged on."""
        return len(self.test)

    def prepared(self, rows: NDArray[np.int64]) -> PreparedRows:
        """Some of those impressions, with what came of them, ready for a pass."""
        some = self.test.take(rows)
        return self.model.prepare(self.network, some.columns, some.clicked, some.watch_seconds)

    @property
    def withheld(self) -> None:
        """None: the rows to choose by stay apart."""
        return None

    def document(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"task": "ranking", "model": self.model.to_json(), "data": self.data.model_dump(mode="json")}

    def predicted(self, chunk: RankingChunk) -> NDArray[np.float64]:
        """Expected seconds of some impressions, by a bias that is settled for it and put back."""
        bias = self.network.view((self.network.plan.output.id, "b"))
        before = bias.clone()
        self.model.settle(self.network, self._rows)
        try:
            return self.model.expected_seconds(self.network, self.model.prepare(self.network, chunk.columns))
        finally:
            bias.copy_(before)

    def figures(self) -> Figures:
        """Rank correlation with what was watched; predicted ÷ true expected seconds, in all and of the worst tenth."""
        return _judged(self.predicted(self.test), self.test)

    def verdict(self) -> Mapping[str, Figures]:
        """The same of the network, of the generator's own truth, and of one number for all."""
        truth = self.test.expected_seconds
        mean = np.full(len(truth), self.test.watch_seconds.mean())
        return {
            "this network": self.figures(),
            "the truth itself": _judged(truth, self.test),
            "the mean for all": _judged(mean, self.test),
        }


def _judged(predicted: NDArray[np.float64], test: RankingChunk) -> Figures:
    varies = float(np.ptp(predicted)) > 0.0
    tenths = calibration(test.expected_seconds, predicted)
    ratios = np.array([row.predicted / row.observed for row in tenths])
    return {
        "spearman": float(spearmanr(predicted, test.watch_seconds).statistic) if varies else 0.0,
        "predicted ÷ true": float(predicted.sum() / test.expected_seconds.sum()),
        "worst tenth off by": float(np.abs(ratios - 1.0).max()),
    }
