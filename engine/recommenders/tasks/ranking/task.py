"""YoutubeDNN's ranking on the impressions of the generated video site, whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from engine.graph.columns import Columns
from engine.graph.model import NetworkGraph
from engine.problems import Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.worlds.generated import joined
from engine.recommenders.data.worlds.video_site.impressions import RankingChunk
from engine.recommenders.data.worlds.video_site.site import VideoSite
from engine.recommenders.data.worlds.video_site.truth import NEVER
from engine.recommenders.judging.metrics import calibration, jackknife_error
from engine.recommenders.model.graph_cuts import without_hidden
from engine.recommenders.model.graph_fit import fitting
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import Trainer
from engine.recommenders.tasks.base import Figures, Part, Task
from engine.recommenders.tasks.ranking.graph import site_sizes
from engine.recommenders.tasks.ranking.graph_spec import readable, spec_of
from engine.recommenders.tasks.ranking.model import RankingModel
from engine.recommenders.tasks.ranking.spec import RankingSpec

TEST_SHARE = 0.2
CHUNK = 100_000
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Impressions:
    """The impressions of a site: the last fifth of its users are those of ``test``."""

    site: VideoSite
    train: RankingChunk
    test: RankingChunk

    @classmethod
    def of(cls, site: VideoSite) -> Impressions:
        """All of a site's."""
        shown = joined(list(site.impressions(CHUNK)))
        first = np.quantile(shown.users, 1.0 - TEST_SHARE)
        parts = (shown.take(np.flatnonzero(part)) for part in (shown.users < first, shown.users >= first))
        return cls(site, *parts)


class RankingTask:
    """See :class:`engine.recommenders.tasks.base.Task`; the last fifth of the users is kept to be judged on."""

    def __init__(
        self,
        data: RecommenderData,
        shown: Impressions,
        spec: RankingSpec,
        training: Training,
        device: str = "cpu",
        model: RankingModel | None = None,
        graph: NetworkGraph | None = None,
    ) -> None:
        """``graph``: trained in place of the template. Raises EngineError where data and model do not fit."""
        self.data, self.training, self.site = data, training, shown.site
        self._shown, self.test, train = shown, shown.test, shown.train
        outcomes = train.clicked, train.watch_seconds
        if model is None:
            if graph is not None:
                fitting(graph, readable(shown.site))
                spec = spec_of(graph, spec)
            sizes = site_sizes(shown.site, spec)
            model = RankingModel.build(train.columns, *outcomes, sizes, spec, training, graph)
        self.model = model
        self.network = self.model.network(device)
        self._rows = self.model.prepare(self.network, train.columns, *outcomes)
        self.usual_hours = {name: usual_hours(train.columns, name) for name in ("since_topic", "since_creator")}
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

    def settle(self) -> None:
        """Settle the bias for good, as a network is that trains no more."""
        self.model.settle(self.network, self._rows)

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
        self.settle()
        try:
            return self.model.expected_seconds(self.network, self.model.prepare(self.network, chunk.columns))
        finally:
            bias.copy_(before)

    def figures(self, part: Part = "valid") -> Figures:
        """Rank correlation with what was watched; predicted ÷ true expected seconds, in all and of the worst tenth."""
        return _judged(self.predicted(self.test), self.test, errors=part == "test")

    def baselines(self, part: Part = "valid") -> Iterator[tuple[str, Figures]]:
        """The same of the generator's own truth, and of one number for all."""
        truth = self.test.expected_seconds
        yield "the truth itself", _judged(truth, self.test, errors=part == "test")
        mean = np.full(len(truth), self.test.watch_seconds.mean())
        yield "the mean for all", _judged(mean, self.test, errors=part == "test")

    def companions(self) -> Mapping[str, Task]:
        """The model without the cure for what is clicked often, and the one without hidden layers."""
        model = self.model
        simpler: dict[str, tuple[RankingSpec, NetworkGraph]] = {}
        if model.spec.cure:
            simpler["uncured"] = model.spec.model_copy(update={"cure": False}), model.graph
        if (straight := without_hidden(model.graph)) is not None:
            simpler["linear"] = model.spec, straight
        return {name: self._simpler(*one) for name, one in simpler.items()}

    def _simpler(self, spec: RankingSpec, graph: NetworkGraph) -> RankingTask:
        return RankingTask(self.data, self._shown, spec, self.training, self.network.device, None, graph)

    def item_vectors(self, most: int) -> None:
        """None: what it learns of a video is as an impression, and as one that was watched."""


def usual_hours(columns: Columns, name: str) -> float:
    """The median of the hours since something was last watched, of those impressions before which it was."""
    hours = np.asarray(columns[name], np.float64)
    known = hours[hours < NEVER]
    return float(np.median(known)) if len(known) else NEVER


def _judged(predicted: Floats, test: RankingChunk, *, errors: bool) -> Figures:
    """``errors``: with standard errors, users being what another sample would have others of; the worst of ten, which
    is no mean, has none."""
    rows = np.arange(len(predicted))
    means = partial(_means, predicted, test.watch_seconds, test.expected_seconds)
    found = dict(zip(_MEANS, means(rows), strict=True))
    if errors:
        jackknife = jackknife_error(means, test.users)
        found |= {f"{name}.error": float(error) for name, error in zip(_MEANS, jackknife, strict=True)}
    tenths = calibration(test.expected_seconds, predicted)
    ratios = np.array([row.predicted / row.observed for row in tenths])
    return found | {"worst tenth off by": float(np.abs(ratios - 1.0).max())}


_MEANS = ("spearman", "predicted ÷ true")


def _means(predicted: Floats, watched: Floats, expected: Floats, rows: NDArray[np.int64]) -> Floats:
    """The figures called :data:`_MEANS` of some impressions by their rows."""
    varies = float(np.ptp(predicted[rows])) > 0.0
    spearman = float(spearmanr(predicted[rows], watched[rows]).statistic) if varies else 0.0
    return np.array([spearman, float(predicted[rows].sum() / expected[rows].sum())])
