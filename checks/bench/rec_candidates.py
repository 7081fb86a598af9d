"""YoutubeDNN's candidate generation: the next watch on real logs beside what needs no network, the full softmax beside
sampled ones, and retrieval of hundreds out of a million trained item vectors.

The last watch of each user is held out and ranked in the full catalogue, what was watched before being left out. Each
figure comes with its 95 % interval. Settings were chosen on the last watches of the training log, never on these.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
import torch

from checks.bench.measure import Row, at_least, at_most, median_seconds, seconds
from engine.recommenders.data.logs.loaders import load_log
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.logs.movielens import movielens_small
from engine.recommenders.data.worlds.video_site.site import VideoSite, VideoSiteSpec
from engine.recommenders.judging.baselines import EASE, Baseline, ItemKNN, Popular, RecentPopular
from engine.recommenders.judging.metrics import hit_rate_of_ranks, paired
from engine.recommenders.judging.next_watch import NextWatchEvaluation, Split, evaluate_full, hold_out_last
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.running.settings import AdaGrad, Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.serving.retrieval import ApproximateIndex, ExactIndex, recall_at
from engine.recommenders.tasks.candidates.example_batches import ExampleBatches
from engine.recommenders.tasks.candidates.model import CandidateModel
from engine.recommenders.tasks.candidates.spec import CandidateSpec

TWEETINGS = Path(__file__).parents[2] / "../shared/data/movietweetings"
EVERY_WATCH = 1_000_000
"""As ``per_user``: no user has so many."""


@dataclass(frozen=True, slots=True)
class Trained:
    """``rate``: samples per second."""

    model: CandidateModel
    network: RecommenderNetwork
    rate: float


def trained(log: Log, spec: CandidateSpec, training: Training) -> Trained:
    """A model of a log, trained."""
    model = CandidateModel.build(log, spec, training)
    network = model.network()
    batches = ExampleBatches(network.plan, model.columns, log, training)
    trainer = RecommenderTrainer(network, training, batches.counts())
    trainer.planned = training.epochs * batches.steps
    trainer.gradients(batches.batch(0, 0))  # compiles the kernels
    start = perf_counter()
    for epoch in range(training.epochs):
        for step in range(batches.steps):
            trainer.train(batches.batch(epoch, step))
    return Trained(model, network, batches.rows * training.epochs / (perf_counter() - start))


def _row(name: str, evaluation: NextWatchEvaluation, bar: float | None = None) -> Row:
    """Hit rate at 50, with its interval."""
    found = evaluation.metrics["HR@50"]
    half = 1.96 * found.error
    unit = f"HR@50 ({found.value - half:.3f} to {found.value + half:.3f})"
    if bar is None:
        return Row(name, found.value, unit)
    return at_least(name, found.value, unit, bar)


def _baselines(split: Split) -> dict[str, NextWatchEvaluation]:
    train = split.train
    simple: dict[str, Baseline] = {
        "popular": Popular.fit(train),
        "recently popular": RecentPopular.fit(train),
        "ItemKNN": ItemKNN.fit(train),
        "EASE": EASE.fit(train),
    }
    return {name: evaluate_full(baseline.scores, split) for name, baseline in simple.items()}


def _movietweetings() -> list[Row]:
    """Full, sampled with log Q, sampled without (curriculum §7.4)."""
    if not TWEETINGS.exists():
        return []
    split = hold_out_last(load_log(TWEETINGS).log)
    rows = [_row(f"MovieTweetings, {name}", found) for name, found in _baselines(split).items()]
    ways = (
        ("full softmax", CandidateSpec(negatives=0), 5, 0.41),
        ("200 negatives with log Q", CandidateSpec(), 8, 0.40),
        ("200 negatives without log Q", CandidateSpec(log_q=False), 8, None),
    )
    for name, spec, epochs, bar in ways:
        several = [trained(split.train, spec, Training(epochs=epochs, seed=seed, decay=True)) for seed in (1, 2, 3)]
        found = [one.model.evaluation(one.network, split) for one in several]
        middle = sorted(found, key=lambda evaluation: evaluation.metrics["HR@50"].value)[1]
        rows.append(_row(f"MovieTweetings, {name}, median of 3", middle, bar))
        rows.append(Row("… trained at", median(one.rate for one in several), "samples/s"))
    return rows


def _movielens() -> list[Row]:
    """Users here rated in one or two sittings, so every watch is an example, and an example's age says little."""
    split = hold_out_last(movielens_small())
    found = _baselines(split)
    spec = CandidateSpec(negatives=0, per_user=EVERY_WATCH, example_age=False)
    one = trained(split.train, spec, Training(epochs=12, deep=AdaGrad(rate=0.1), seed=1))
    ours = one.model.evaluation(one.network, split)
    rows = [_row(f"MovieLens latest-small, {name}", evaluation) for name, evaluation in found.items()]
    rows.append(_row("MovieLens latest-small, full softmax", ours))
    apart = paired(*(hit_rate_of_ranks(evaluation.ranks, 50) for evaluation in (ours, found["EASE"])))
    rows.append(at_least("… less EASE", apart.value / apart.error, "paired SE", -1.0))
    rows.append(Row("… users whose last watch ties with another", 100 * split.tied, "%"))
    return rows


def _retrieval() -> list[Row]:
    """200 of a million by the vectors of users who have had no part in adjusting the index, one query at a time."""
    log = VideoSite(VideoSiteSpec(users=50_000, items=1_000_000, events=3_000_000)).log()
    spec = CandidateSpec(per_user=EVERY_WATCH, example_age=False, scale=0.01)
    one = trained(log, spec, Training(epochs=1, deep=AdaGrad(rate=0.1)))
    users = one.model.user_vectors(one.network, log, np.arange(1128))
    items = one.model.item_vectors(one.network)
    exact, matrix = ExactIndex(items), torch.from_numpy(items).T
    index: list[ApproximateIndex] = []
    build = seconds(lambda: index.append(ApproximateIndex(one.model.item_vectors(one.network), trials=users[:128])))
    queries = users[128:]
    recall = recall_at(200, exact.search(queries, 200), index[0].search(queries, 200))
    ways = (
        lambda query: exact.search(query, 200),
        lambda query: torch.topk(torch.from_numpy(query) @ matrix, 200),
        lambda query: index[0].search(query, 200),
    )
    ours, by_torch, search = (
        median_seconds(lambda way=way: [way(queries[at : at + 1]) for at in range(20)], 5) / 20 for way in ways
    )
    scan = min(ours, by_torch)
    return [
        Row("Video site, a million videos, trained at", one.rate, "samples/s"),
        Row("… exact scan for the best 200, the fastest", scan * 1e3, "ms"),
        Row("… index for the best 200", search * 1e3, "ms"),
        at_least("… recall@200 of the index", recall, "", 0.97),
        at_least("… the index's speed against the scan's", scan / search, "×", 50.0),
        at_most("… build of the index", build, "s", 30.0),
    ]


def run() -> list[Row]:
    """Every row."""
    torch.set_num_threads(1)
    return [*_movietweetings(), *_movielens(), *_retrieval()]
