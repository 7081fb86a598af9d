"""YoutubeDNN's candidate generation on a log of watches, the last of each user kept to be predicted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
from engine.recommenders.judging.next_watch import Evaluation, evaluate_full, hold_out_last
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.item_maps import ItemVectors
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import Trainer
from engine.recommenders.tasks.base import Figures, Part, Task
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
    ) -> None:
        """``model``: one that is there already, of a checkpoint. Raises EngineError where data and model do not fit."""
        self.data, self.training = data, training
        self.log, self.notices = watches.log, watches.notices
        self.split = hold_out_last(self.log)
        before, self._asked = _apart(self.log, watches.searches)
        self.model = model or CandidateModel.build(self.split.train, spec, training, before)
        self.network = self.model.network(device)
        self._beside: dict[str, Figures] = {}
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
        return {"task": "candidates", "model": self.model.to_json(), "data": self.data.model_dump(mode="json")}

    def figures(self, part: Part = "valid") -> Figures:
        """Hit rate and the like of the held-out last watches, in the full catalogue."""
        if part == "test":
            return _judged(self.model.evaluation(self.network, self.split, self._asked))
        return self.model.evaluate(self.network, self.split, self._asked)

    def baselines(self, part: Part = "valid") -> Iterator[tuple[str, Figures]]:
        """The same of what is popular, of ItemKNN and of EASE, for the very same users; worked out once."""
        for name, fit in _BASELINES.items():
            with suppress(EngineError):  # where the catalogue squared does not fit into memory
                if name not in self._beside:
                    self._beside[name] = _judged(evaluate_full(fit(self.split.train).scores, self.split))
                yield name, self._beside[name]

    def companions(self) -> Mapping[str, Task]:
        """None: no part of this network makes sense by itself."""
        return {}

    def item_vectors(self, most: int) -> ItemVectors:
        """The softmax's vectors of the items that are watched most in training."""
        watched = np.bincount(self.split.train.items, minlength=self.split.train.item_count)
        items = np.sort(np.argsort(-watched, kind="stable")[:most])
        return ItemVectors(items, self.model.item_vectors(self.network)[items])


_BASELINES: dict[str, Callable[[Log], Baseline]] = {
    "popular": Popular.fit,
    "recently popular": RecentPopular.fit,
    "ItemKNN": ItemKNN.fit,
    "EASE": EASE.fit,
}


def _judged(evaluation: Evaluation) -> Figures:
    figures: dict[str, float] = {}
    for name, estimate in evaluation.metrics.items():
        figures |= {name: estimate.value, f"{name}.error": estimate.error}
    return figures


def _apart(log: Log, searches: Bags | None) -> tuple[Bags | None, Bags | None]:
    """The searches of the watches to train on, and of each held-out one: those come before it, so they may be seen."""
    if searches is None:
        return None, None
    offsets = log.offsets()
    held = offsets[1:][np.diff(offsets) > 1] - 1
    rest = np.setdiff1d(np.arange(len(log)), held)
    return searches.take(rest), searches.take(held)
