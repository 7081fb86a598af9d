"""What every task offers, whatever its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import Prepared
from engine.recommenders.running.batches import Batches
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import Trainer

Figures = Mapping[str, float]


class Task(Protocol):
    """A network, the rows that it is trained on, and how it is judged on those that it is not."""

    network: RecommenderNetwork
    training: Training

    @property
    def trainer(self) -> Trainer:
        """The network's optimisers."""

    @property
    def batches(self) -> Batches:
        """The rows to train on, in portions."""

    @property
    def examples(self) -> int:
        """Rows that :meth:`prepared` can be asked for."""

    def prepared(self, rows: NDArray[np.int64]) -> Prepared:
        """Some rows, with their outcomes, ready for a pass."""

    def document(self) -> dict[str, Any]:
        """What a checkpoint keeps, from which :func:`engine.recommenders.tasks.open.reopened` makes the task again."""

    def figures(self) -> Figures:
        """How good the network is on the rows that a run chooses by."""

    def verdict(self) -> Mapping[str, Figures]:
        """How good it is on the rows kept to the end, and beside it simpler models on the very same rows."""
