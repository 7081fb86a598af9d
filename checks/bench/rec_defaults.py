"""What the recommenders reach in their default settings, on data that nobody has tuned them for.

Candidate generation on real logs and on generated ones whose laws differ, of seeds that the rules were not found on:
the hit rate at 50 of each user's last watch, in the full catalogue, beside popularity, ItemKNN and EASE. The bar: no
more than one standard error, of the same users' differences, below the best of the three.

Wide & Deep on tables beside scikit-learn's logistic regression on the same columns: the AUC of the rows kept to the
end, the mean of three splits.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

import numpy as np
import torch

from checks.bench.measure import Row, at_least, at_most
from checks.bench.rec_laws import JUDGING, LAWS, log_of
from checks.bench.rec_tables import TABLES
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.loaders import load_log
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.logs.movielens import movielens_small
from engine.recommenders.data.sources import Watches
from engine.recommenders.judging.baselines import EASE, Baseline, ItemKNN, Popular
from engine.recommenders.judging.metrics import Floats, hit_rate_of_ranks, paired
from engine.recommenders.judging.next_watch import Split, evaluate_full
from engine.recommenders.running.events import EpochEnded, Event
from engine.recommenders.running.run import Run
from engine.recommenders.tasks.base import RecommenderTask, verdict
from engine.recommenders.tasks.candidates.spec import CandidateChoice
from engine.recommenders.tasks.candidates.task import CandidateTask
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.wide_deep.task import WideDeepTask

TWEETINGS = Path(os.environ.get("MOVIETWEETINGS", Path(__file__).parents[2] / "../shared/data/movietweetings"))
OTHERS = tuple(Path(path) for path in os.environ.get("LOGS", "").split(os.pathsep) if path)
"""Further logs, of a format that is known, such as MovieLens 100k."""
CANDIDATES, WIDE_DEEP = task_kind("candidates"), task_kind("wide-deep")
SPLITS = (0, 1, 2)


def trained(task: RecommenderTask, best: str) -> tuple[int, float, float]:
    """Train a task as its settings say: the epochs that were kept, and seconds to the first epoch's figures and to the
    end."""
    began, first = perf_counter(), []

    def watch(event: Event) -> None:
        if isinstance(event, EpochEnded):
            first.append(perf_counter() - began)

    ending = Run(
        task.trainer, task.batches, task.training, {}, task.figures, watch, choose_by=best, withheld=task.withheld
    ).go()
    return ending.cursor.epoch, first[0], perf_counter() - began


def hits(evaluated: Floats) -> Floats:
    """1 for each user whose held-out watch is among the first fifty, (users,)."""
    return hit_rate_of_ranks(evaluated, 50)


def baselines(split: Split) -> Mapping[str, Floats]:
    """The hits of what needs no network."""
    fitted: dict[str, Baseline] = {
        "popular": Popular.fit(split.train), "ItemKNN": ItemKNN.fit(split.train), "EASE": EASE.fit(split.train)
    }  # fmt: skip
    return {name: hits(evaluate_full(baseline.scores, split).ranks) for name, baseline in fitted.items()}


def candidates(log: Log, **chosen: object) -> CandidateTask:
    """The task of a log in default settings, but for what is chosen."""
    start = CANDIDATES.start
    spec = CandidateChoice.model_validate({**start.spec.model_dump(), **chosen})
    return CandidateTask(RecommenderData(source="file"), Watches(log), spec, start.training)


def rows_of(name: str, log: Log, most_seconds: float | None = None) -> list[Row]:
    """The rows of one log."""
    task = candidates(log)
    epochs, first, seconds = trained(task, CANDIDATES.best[0])
    ours = hits(task.model.evaluation(task.network, task.split).ranks)
    others = baselines(task.split)
    best = max(others, key=lambda one: float(others[one].mean()))
    apart = paired(ours, others[best])
    rows = [Row(f"{name}, {other}", float(found.mean()), "HR@50") for other, found in others.items()]
    rows.append(Row(f"{name}, in default settings, epoch {epochs} kept", float(ours.mean()), "HR@50"))
    rows.append(at_least(f"… less {best}", apart.value, f"± {apart.error:.4f}", -apart.error))
    if most_seconds is None:
        return [*rows, Row("… trained in", seconds, "s")]
    return [
        *rows,
        at_most("… first figures after", first, "s", 10.0),
        at_most("… trained in", seconds, "s", most_seconds),
    ]


def table_rows(name: str) -> list[Row]:
    """The rows of one table."""
    source, examples = TABLES[name]
    start = WIDE_DEEP.preset(source)
    ours, others, seconds = [], [], []
    for split in SPLITS:
        labelled = examples(split)
        task = WideDeepTask(RecommenderData(source=source), labelled, start.spec, start.training, split=split)
        seconds.append(trained(task, WIDE_DEEP.best[0])[2])
        found = verdict(task)
        ours.append(found["this network"]["auc"])
        others.append(found["logistic regression"]["auc"])
    linear = float(np.mean(others))
    rows = [
        Row(f"{name}, logistic regression", linear, "AUC"),
        Row(f"{name}, Wide & Deep in default settings", float(np.mean(ours)), "AUC"),
        at_least("… above logistic regression by", float(np.mean(ours)) - linear, "AUC", 0.0),
    ]
    return [*rows, at_most("… trained in", max(seconds), "s", 10.0)] if source == "adult" else rows


def run() -> list[Row]:
    """Every row."""
    torch.set_num_threads(1)
    rows = rows_of("MovieLens latest-small", movielens_small(), 60.0)
    if TWEETINGS.exists():
        rows += rows_of("MovieTweetings", load_log(TWEETINGS).log)
    for path in OTHERS:
        rows += rows_of(path.name, load_log(path).log)
    for name, law in LAWS.items():
        for seed in JUDGING:
            rows += rows_of(f"{name}, seed {seed}", log_of(law, seed))
    return [*rows, *(row for name in TABLES for row in table_rows(name))]
