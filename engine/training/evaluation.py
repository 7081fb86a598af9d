"""The network's answers on given rows, against the truth: the confusion matrix, or the residuals of a regression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation
from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array
from engine.losses import loss
from engine.network.plan import Plan, WeightKey
from engine.problems import EngineError, declare
from engine.training.predict import predict
from engine.training.tables import target_of

OTHER_TARGET = declare(
    "training.other-target",
    "The network predicts {network} classes, but the data set has {data}; train a network on this data set.",
)
CHUNK = 4096
"""Rows per forward pass, so that a large data set needs no large intermediate arrays."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Answers on n rows.

    ``confusion`` (k, k): number of rows by true (row) and predicted class (column); (0, 0) in a regression.
    ``predicted``, ``true`` (n,): class indices, or values in the target's own units. ``residuals`` (n,): true minus
    predicted in a regression; empty for classes. ``rows`` (n,): the rows of the data set.
    """

    confusion: NDArray[np.int64]
    predicted: Array
    true: Array
    residuals: Array
    rows: NDArray[np.int64]

    @property
    def mistakes(self) -> NDArray[np.int64]:
        """Where in ``rows`` another class was predicted than the true one; none in a regression."""
        wrong = self.predicted != self.true if self.confusion.size else np.zeros(len(self.rows), bool)
        return np.flatnonzero(wrong)


def evaluate(plan: Plan, weights: Mapping[WeightKey, Array], dataset: Dataset, rows: NDArray[np.int64]) -> Evaluation:
    """Evaluate complete ``weights`` of ``plan`` on ``rows`` (n,) of the data set, with the reference backend.

    Raises EngineError where the plan is made for other features or another target.
    """
    target = target_of(dataset)
    if plan.target != target:
        raise EngineError(OTHER_TARGET(network=plan.target.classes, data=target.classes))
    output = _answers(plan, weights, dataset, rows)
    if target.classes:
        params = plan.output.params
        decided = loss(params.loss).decide(output, activation(params.activation)).astype(np.int64)
        return _of_classes(decided, dataset.y[rows].astype(np.int64), target.classes, rows)
    predicted, true = dataset.target_in_units(output[:, 0]), dataset.target_in_units(dataset.y[rows])
    return Evaluation(np.zeros((0, 0), np.int64), predicted, true, true - predicted, rows)


def _answers(plan: Plan, weights: Mapping[WeightKey, Array], dataset: Dataset, rows: NDArray[np.int64]) -> Array:
    """The output block's a on the rows, (n, outputs)."""
    answers = np.empty((len(rows), plan.output.width))
    with np.errstate(all="ignore"):
        for start in range(0, len(rows), CHUNK):
            part = slice(start, start + CHUNK)
            answers[part] = predict(plan, weights, dataset.columns, dataset.x[rows[part]])
    return answers


def _of_classes(
    decided: NDArray[np.int64], true: NDArray[np.int64], classes: int, rows: NDArray[np.int64]
) -> Evaluation:
    counts = np.bincount(true * classes + decided, minlength=classes * classes).reshape(classes, classes)
    return Evaluation(counts.astype(np.int64), decided.astype(np.float64), true.astype(np.float64), np.empty(0), rows)
