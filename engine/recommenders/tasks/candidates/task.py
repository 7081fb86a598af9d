"""YoutubeDNN's candidate generation on a log of watches, one of each user, the last, kept to be predicted."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.sources import Watches
from engine.recommenders.judging.baselines import EASE, Baseline, ItemKNN, Popular, RecentPopular
from engine.recommenders.judging.next_watch import Evaluation, Split, evaluate_full, hold_out_last, hold_out_random
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import Trainer
from engine.recommenders.tasks.base import Figures
from engine.recommenders.tasks.candidates.example_batches import ExampleBatches
from engine.recommenders.tasks.candidates.model import CandidateModel
from engine.recommenders.tasks.candidates.spec import CandidateSpec


class CandidateTask:
    """See :class:`engine.recommenders.tasks.base.Task`."""

    def __init__(
        self,
        data: RecommenderData,
        watches: Watches,
        spec: CandidateSpec,
        training: Training,
        device: str = "cpu",
        model: CandidateModel | None = None,
        seed: int = 0,
    ) -> None:
        """``model``: one that is there already, of a checkpoint. ``seed``: of the watches to judge on, where those are
        drawn. Raises EngineError where data and model do not fit."""
        self.data, self.training, self.seed = data, training, seed
        self.log, self.notices = watches.log, watches.notices
        self.split = hold_out_last(self.log) if spec.held_out == "last" else hold_out_random(self.log, seed)
        # ``asked``: what was searched for before each held-out watch, a bag for each of the split's users.
        before, self.asked = _apart(self.split, watches.searches)
        self.model = model or CandidateModel.build(self.split.train, spec, training, before)
        self.network = self.model.network(device)
        self.batches = ExampleBatches(self.network.plan, self.model.columns, self.split.train, training, before)

    @cached_property
    def trainer(self) -> Trainer:
        """The optimisers and what they remember, made when training asks for it: as large as the tables themselves."""
        return Trainer(self.network, self.training, self.batches.counts())

    @property
    def examples(self) -> int:
        """Examples to train on."""
        return self.batches.rows

    def prepared(self, rows: NDArray[np.int64]) -> PreparedRows:
        """Some training examples, ready for a pass."""
        return self.batches.at(rows)

    def document(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        data = self.data.model_dump(mode="json")
        return {"task": "candidates", "model": self.model.to_json(), "data": data, "split": self.seed}

    def figures(self) -> Figures:
        """Hit rate and the like of the held-out watches, in the full catalogue."""
        return self.model.evaluate(self.network, self.split, self.asked)

    def verdict(self) -> Mapping[str, Figures]:
        """The same of the network and, on the very same users, of what is popular, of ItemKNN and of EASE."""
        return {name: _judged(evaluation) for name, evaluation in self.evaluations().items()}

    def evaluations(self) -> Mapping[str, Evaluation]:
        """The ranks behind the verdict, user by user, so that two recommenders can be told apart by their pairs."""
        found = {"this network": self.model.evaluation(self.network, self.split, self.asked)}
        return found | {name: evaluate_full(of.scores, self.split) for name, of in baselines(self.split.train).items()}


def baselines(train: Log) -> dict[str, Baseline]:
    """What is popular, ItemKNN and, where the catalogue squared fits into memory, EASE, fitted on a training log."""
    simple: dict[str, Baseline] = {
        "popular": Popular.fit(train), "recently popular": RecentPopular.fit(train), "ItemKNN": ItemKNN.fit(train)
    }  # fmt: skip
    with suppress(EngineError):  # EASE says so where it takes too much
        simple["EASE"] = EASE.fit(train)
    return simple


def _judged(evaluation: Evaluation) -> Figures:
    figures: dict[str, float] = {}
    for name, estimate in evaluation.metrics.items():
        figures |= {name: estimate.value, f"{name}.error": estimate.error}
    return figures


def _apart(split: Split, searches: Bags | None) -> tuple[Bags | None, Bags | None]:
    """The searches of the watches to train on, and of each held-out one: those come before it, so they may be seen."""
    if searches is None:
        return None, None
    rest = np.setdiff1d(np.arange(searches.rows), split.rows)
    return searches.take(rest), searches.take(split.rows)
