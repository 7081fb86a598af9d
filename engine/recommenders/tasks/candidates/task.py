"""YoutubeDNN's candidate generation on a log of watches: the last of each user is kept to be judged on, and the one
before it to choose an epoch by."""

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
from engine.recommenders.data.sources import Watches
from engine.recommenders.judging.baselines import EASE, Baseline, ItemKNN, Popular, RecentPopular
from engine.recommenders.judging.next_watch import (
    Evaluation,
    Split,
    evaluate_full,
    hold_out_last,
    hold_out_to_choose,
)
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import Trainer
from engine.recommenders.tasks.base import Figures
from engine.recommenders.tasks.candidates.example_batches import ExampleBatches, WithheldWatches
from engine.recommenders.tasks.candidates.model import CandidateModel
from engine.recommenders.tasks.candidates.popular_start import item_counts
from engine.recommenders.tasks.candidates.rules import LogShape, settled
from engine.recommenders.tasks.candidates.spec import CandidateChoice


class CandidateTask:
    """See :class:`engine.recommenders.tasks.base.Task`."""

    def __init__(
        self,
        data: RecommenderData,
        watches: Watches,
        spec: CandidateChoice,
        training: Training,
        device: str = "cpu",
        model: CandidateModel | None = None,
    ) -> None:
        """``spec``: what it leaves open is settled by the log's shape. ``model``: one that is there already, of a
        checkpoint. Raises EngineError where data and model do not fit."""
        self.data, self.training = data, training
        self.log, self.notices = watches.log, watches.notices
        self.split = hold_out_last(self.log)
        self.choice = hold_out_to_choose(self.split.train)
        self._known, self._asked = _apart(self.split, watches.searches)
        before, self._asked_to_choose = _apart(self.choice, self._known)
        learned = self.choice.train
        if model is None:
            model = CandidateModel.build(learned, settled(spec, LogShape.of(learned)), training, self._known)
        self.model = model
        self.network = self.model.network(device, item_counts(learned))
        self.batches = ExampleBatches(self.network.plan, self.model.columns, learned, training, before)

    @cached_property
    def withheld(self) -> WithheldWatches:
        """The watches that an epoch is chosen by: each user's latest say most of what comes next."""
        log, columns = self.split.train, self.model.columns
        return WithheldWatches(self.network, columns, log, self.training, self._known, self.choice.rows)

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
        return {"task": "candidates", "model": self.model.to_json(), "data": self.data.model_dump(mode="json")}

    def figures(self) -> Figures:
        """Hit rate and the like of the watches held out to choose by, in the full catalogue."""
        return self.model.evaluate(self.network, self.choice, self._asked_to_choose)

    def verdict(self) -> Mapping[str, Figures]:
        """The same of the last watches, and beside the network, on the very same users, what is popular, ItemKNN and
        EASE, which learn from all watches before them."""
        train = self.split.train
        found = {"this network": _judged(self.model.evaluation(self.network, self.split, self._asked))}
        simple: dict[str, Baseline] = {
            "popular": Popular.fit(train), "recently popular": RecentPopular.fit(train), "ItemKNN": ItemKNN.fit(train)
        }  # fmt: skip
        with suppress(EngineError):  # where the catalogue squared does not fit into memory
            simple["EASE"] = EASE.fit(train)
        for name, baseline in simple.items():
            found[name] = _judged(evaluate_full(baseline.scores, self.split))
        return found


def _judged(evaluation: Evaluation) -> Figures:
    figures: dict[str, float] = {}
    for name, estimate in evaluation.metrics.items():
        figures |= {name: estimate.value, f"{name}.error": estimate.error}
    return figures


def _apart(split: Split, searches: Bags | None) -> tuple[Bags | None, Bags | None]:
    """The searches of the watches to train on, and of each held-out one: those come before it, so they may be seen."""
    if searches is None:
        return None, None
    return searches.take(np.setdiff1d(np.arange(searches.rows), split.rows)), searches.take(split.rows)
