"""YoutubeDNN's ranking on the impressions of the generated video site, whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Columns
from engine.graph.model import NetworkGraph
from engine.problems import Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.tables.row_numbers import RowNumbers
from engine.recommenders.data.worlds.generated import joined
from engine.recommenders.data.worlds.video_site.impressions import RankingChunk
from engine.recommenders.data.worlds.video_site.site import VideoSite, VideoSiteSpec
from engine.recommenders.data.worlds.video_site.truth import NEVER
from engine.recommenders.judging.metrics import calibration, jackknife_error
from engine.recommenders.judging.standing import APART, ERROR, MEAN
from engine.recommenders.model.graph_cuts import without_hidden
from engine.recommenders.model.graph_fit import fitting
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.base import TRUTH, Figures, Part, RecommenderTask
from engine.recommenders.tasks.ranking.graph import site_sizes
from engine.recommenders.tasks.ranking.graph_spec import readable, spec_of
from engine.recommenders.tasks.ranking.model import RankingModel
from engine.recommenders.tasks.ranking.spec import RankingSpec

TEST_SHARE, VALID_SHARE = 0.2, 0.1
"""Of the impressions: those of the last users are judged on, those of the users before them choose the epoch."""
CHUNK = 100_000
_LEAST = 1e-9
"""Seconds that are expected at least, where logarithms are taken."""
USUAL = 20.0
"""So many impressions of the usual length are added to a video's own: few of its own say little."""
EACH_VIDEO = "each video's mean"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Impressions:
    """The impressions of a site, parted by their users: the last fifth are ``test``, the tenth before them ``valid``,
    by which an epoch is chosen, the others ``learned``."""

    site: VideoSite
    learned: RankingChunk
    valid: RankingChunk
    test: RankingChunk

    @classmethod
    def of(cls, site: VideoSite) -> Impressions:
        """All of a site's."""
        shown = joined(list(site.impressions(CHUNK)))
        valid, test = np.quantile(shown.users, (1.0 - TEST_SHARE - VALID_SHARE, 1.0 - TEST_SHARE))
        of = np.digitize(shown.users, (valid, test))
        return cls(site, *(shown.take(np.flatnonzero(of == part)) for part in range(3)))

    @property
    def train(self) -> RankingChunk:
        """All that are not judged on."""
        return joined([self.learned, self.valid])


@lru_cache(maxsize=1)
def impressions_of(spec: VideoSiteSpec) -> Impressions:
    """Those of a site. The latest one's are kept: networks that are compared are opened one after another, and all of
    one site can have the same."""
    return Impressions.of(VideoSite(spec))


class WithheldImpressions(PreparedBatches):
    """The impressions that an epoch is chosen by."""

    def join(self) -> None:
        """Nothing is counted beforehand but quantiles and a first bias, which the network has learned with."""


class RankingTask:
    """See :class:`engine.recommenders.tasks.base.RecommenderTask`; users are kept apart to choose an epoch by and
    to be judged on."""

    def __init__(
        self,
        data: RecommenderData,
        shown: Impressions,
        spec: RankingSpec,
        training: Training,
        device: str = "cpu",
        model: RankingModel | None = None,
        graph: NetworkGraph | None = None,
        whole: RankingTask | None = None,
    ) -> None:
        """``graph``: trained in place of the template. ``whole``: the task that this is a companion of. Raises
        EngineError where data and model do not fit."""
        self.data, self.training, self.site, self._whole = data, training, shown.site, whole
        self.shown, self.test, learned = shown, shown.test, shown.learned
        outcomes = learned.clicked, learned.watch_seconds
        if model is None:
            if graph is not None:
                fitting(graph, readable(shown.site))
                spec = spec_of(graph, spec)
            sizes = site_sizes(shown.site, spec)
            model = RankingModel.build(learned.columns, *outcomes, sizes, spec, training, graph)
        self.model = model
        self.network = self.model.network(device)

    @cached_property
    def usual_hours(self) -> Mapping[str, float]:
        """By column, what stands for a time that is not known."""
        columns = self.shown.learned.columns
        return {name: usual_hours(columns, name) for name in ("since_topic", "since_creator")}

    @cached_property
    def batches(self) -> PreparedBatches:
        """The impressions to train on, batch by batch."""
        return PreparedBatches(self._learned, self.training)

    @cached_property
    def _learned(self) -> PreparedRows:
        return self._prepare(self.shown.learned)

    def _prepare(self, chunk: RankingChunk) -> PreparedRows:
        return self.model.prepare(self.network, chunk.columns, chunk.clicked, chunk.watch_seconds)

    @property
    def notices(self) -> tuple[Problem, ...]:
        """None: a generated site is as it was drawn."""
        return ()

    @cached_property
    def trainer(self) -> RecommenderTrainer:
        """The optimisers and what they remember, made when training asks for it: as large as the tables themselves."""
        return RecommenderTrainer(self.network, self.training)

    @property
    def examples(self) -> int:
        """Impressions of the users that are judged on."""
        return len(self.test)

    @property
    def numbering(self) -> RowNumbers:
        """From 0: they are in no file."""
        return RowNumbers(self.examples)

    def prepared(self, rows: NDArray[np.int64]) -> PreparedRows:
        """Some of those impressions, with what came of them, ready for a pass."""
        return self._prepare(self.test.take(rows))

    @cached_property
    def _level_rows(self) -> PreparedRows:
        """What the bias is settled on: of the impressions that are learned from, a network knows some by heart, so that
        it is on others that its level shows (on three sites it came out 8 % too low by the former, 6 % by these)."""
        valid = self.shown.valid
        return self._prepare(valid) if valid.watch_seconds.any() else self._learned

    def settle(self) -> None:
        """Settle the bias for good, as a network is that trains no more."""
        self.model.settle(self.network, self._level_rows)

    @cached_property
    def withheld(self) -> WithheldImpressions:
        """The impressions of the users that an epoch is chosen by."""
        return WithheldImpressions(self._prepare(self.shown.valid), self.training)

    def document(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"task": "ranking", "model": self.model.to_json(), "data": self.data.model_dump(mode="json")}

    @property
    def snapshot(self) -> None:
        """None: a generated site is drawn from its seed."""

    def predicted(self, chunk: RankingChunk) -> Floats:
        """Expected seconds of some impressions, by a bias that is settled for it and put back."""
        bias = self.network.view((self.network.plan.output.id, "b"))
        before = bias.clone()
        self.settle()
        try:
            return self.model.expected_seconds(self.network, self.model.prepare(self.network, chunk.columns))
        finally:
            bias.copy_(before)

    @property
    def judged_rows(self) -> int:
        """Impressions of the users that are judged on."""
        return len(self.test)

    def figures(self, part: Part = "valid") -> Figures:
        """The share of the loss that is explained; rank correlation with what was watched; predicted ÷ true expected
        seconds, in all and of the worst tenth."""
        chunk = self._part(part)
        own = self.predicted(chunk)
        figures = _judged(own, chunk, errors=part == "test")
        if part == "valid" or self._whole is None:
            return figures
        return figures | _apart(self._whole.predicted(chunk), own, chunk)

    def baselines(self, part: Part = "valid") -> Iterator[tuple[str, Figures]]:
        """The same of the generator's own truth, of each video's mean so far, and of one number for all."""
        chunk, known = self._part(part), self.shown.train if part == "test" else self.shown.learned
        own = self.predicted(chunk) if part == "test" else None
        simpler = {
            TRUTH: np.asarray(chunk.expected_seconds, np.float64),
            EACH_VIDEO: mean_by_video(known, chunk),
            MEAN: np.full(len(chunk), known.watch_seconds.mean()),
        }
        for name, predicted in simpler.items():
            figures = _judged(predicted, chunk, errors=part == "test")
            yield name, figures if own is None else figures | _apart(own, predicted, chunk)

    def _part(self, part: Part) -> RankingChunk:
        return self.shown.test if part == "test" else self.shown.valid

    def companions(self) -> Mapping[str, RecommenderTask]:
        """The model without the cure for what is clicked often, or with it where this one has none, and the one without
        hidden layers."""
        model = self.model
        cured = model.spec.cure
        simpler = {"uncured" if cured else "cured": (model.spec.model_copy(update={"cure": not cured}), model.graph)}
        if (straight := without_hidden(model.graph)) is not None:
            simpler["linear"] = model.spec, straight
        return {name: self._simpler(*one) for name, one in simpler.items()}

    def _simpler(self, spec: RankingSpec, graph: NetworkGraph) -> RankingTask:
        return RankingTask(self.data, self.shown, spec, self.training, self.network.device, None, graph, whole=self)


def usual_hours(columns: Columns, name: str) -> float:
    """The median of the hours since something was last watched, of those impressions before which it was."""
    hours = np.asarray(columns[name], np.float64)
    known = hours[hours < NEVER]
    return float(np.median(known)) if len(known) else NEVER


def mean_by_video(known: RankingChunk, shown: RankingChunk) -> Floats:
    """What is known of a video's impressions so far, in seconds, for each of those ``shown``, (rows,)."""
    ids = np.asarray(known.columns["video"], np.int64)
    wanted = np.asarray(shown.columns["video"], np.int64)
    size = int(max(ids.max(initial=0), wanted.max(initial=0))) + 1
    seconds, count = np.bincount(ids, known.watch_seconds, size), np.bincount(ids, minlength=size)
    means: Floats = (seconds + USUAL * known.watch_seconds.mean()) / (count + USUAL)
    return means[wanted]


def _judged(predicted: Floats, test: RankingChunk, *, errors: bool) -> dict[str, float]:
    """``errors``: with standard errors, users being what another sample would have others of; the worst of ten, which
    is no mean, has none."""
    rows = np.arange(len(predicted))
    means = partial(_means, predicted, test.watch_seconds, test.expected_seconds)
    found = dict(zip(_MEANS, means(rows), strict=True))
    if errors:
        jackknife = jackknife_error(means, test.users)
        found |= {name + ERROR: float(error) for name, error in zip(_MEANS, jackknife, strict=True)}
    tenths = calibration(test.expected_seconds, predicted)
    ratios = np.array([row.predicted / row.observed for row in tenths])
    return found | {"worst tenth off by": float(np.abs(ratios - 1.0).max())}


def _apart(own: Floats, other: Floats, test: RankingChunk) -> dict[str, float]:
    def differences(rows: NDArray[np.int64]) -> Floats:
        mine, theirs = (_means(one, test.watch_seconds, test.expected_seconds, rows) for one in (own, other))
        return mine - theirs

    jackknife = jackknife_error(differences, test.users)
    return {name + APART: float(error) for name, error in zip(_MEANS, jackknife, strict=True)}


_MEANS = ("explained", "spearman", "predicted ÷ true")


def _means(predicted: Floats, watched: Floats, expected: Floats, rows: NDArray[np.int64]) -> Floats:
    """The figures called :data:`_MEANS` of some impressions by their rows."""
    from scipy.stats import spearmanr  # half a second, which opening a network need not take

    p, t = predicted[rows], watched[rows]
    spearman = float(spearmanr(p, t).statistic) if float(np.ptp(p)) > 0.0 else 0.0
    return np.array([_explained(p, t), spearman, float(p.sum() / expected[rows].sum())])


def _explained(predicted: Floats, watched: Floats) -> float:
    """The share of a loss that is saved beside one number for all: that of the cured weighted logistic regression with
    the mean as its unit, which is least where the expected times are true, whatever a network was trained by."""
    mean = float(watched.mean())
    if mean <= 0.0:
        return 0.0
    share = np.maximum(predicted, _LEAST) / mean
    losses = (watched / mean + 1.0) * np.log1p(share) - watched / mean * np.log(share)
    return 1.0 - float(losses.mean()) / (2.0 * float(np.log(2.0)))
