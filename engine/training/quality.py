"""How good a network is on some rows: mean loss and accuracy (classes) or R² (regression)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.activations import activation
from engine.graph.kinds.base import Array
from engine.losses import loss, sample_shares
from engine.network.contract import Table
from engine.network.plan import Plan


@dataclass(frozen=True, slots=True)
class Quality:
    """``loss``: mean over the rows, penalty not included. ``score``: share of correct classes, or R²."""

    loss: float
    score: float


RISEN = 2.0
"""A loss above this multiple of an earlier one has risen."""
SOLVED_R2 = 0.99
MASTERED_LOSS = 0.05
NEARLY_SOLVED_SCORE, BY_HEART_GAP = 0.95, 0.1
"""Of accuracy or R²: what the training rows reach, and by how much the test rows stay behind."""
BY_HEART_RATIO, BY_HEART_SHARE = 10.0, 0.25
"""Or the test loss is so many times the training loss, and so large a share of what one answer for all points costs:
over 0.37 with too many units for noisy points, below 0.18 on every gallery network and toy set that generalises."""
MOSTLY = 0.6
"""Of the way from always saying the most common class to all right, or from the mean to R² 1."""
FEWEST_WRONG = 3
"""Of the test rows, before that says anything."""


def has_risen(loss: ArrayLike, before: ArrayLike) -> NDArray[np.bool_]:
    """Whether a loss, or each of many, is far above what it had come down to before, or no number."""
    return ~np.less_equal(loss, RISEN * np.asarray(before))


def is_solved(train: Quality, test: Quality, classes: int) -> bool:
    """Whether every row of both sets gets the right class or, in a regression, R² of both is at least 0.99. A set
    without rows has no say, two such sets are no solution."""
    scores = [one.score for one in (train, test) if not np.isnan(one.score)]
    return bool(scores) and min(scores) >= (1.0 if classes else SOLVED_R2)


def is_mastered(train: Quality, classes: int) -> bool:
    """Whether the training rows are learnt: all classes right at a small loss, or hardly any variance left."""
    return train.score == 1.0 and train.loss <= MASTERED_LOSS if classes else train.score >= SOLVED_R2


def is_mostly_learnt(train: Quality, common: float) -> bool:
    """Whether so much of the training rows is learnt that drawing a saturated layer anew mostly loses more than it
    gains: measured on a dozen data sets, eighty epochs later such networks were worse in five of six trials.
    ``common``: the share of the most common class, 0 in a regression."""
    return train.score >= common + MOSTLY * (1.0 - common)


def is_by_heart(train: Quality, test: Quality, classes: int, test_rows: int, constant_loss: float) -> bool:
    """Whether the training rows are all but learnt and the test rows clearly are not: by a tenth of accuracy or of R²,
    or by the loss. Of classes, some rows have to be wrong. ``constant_loss``: of one answer for all points."""
    is_behind = train.score - test.score > BY_HEART_GAP  # NaN without test rows
    is_costly = test.loss > max(BY_HEART_RATIO * train.loss, BY_HEART_SHARE * constant_loss)
    told = not classes or (1.0 - test.score) * test_rows >= FEWEST_WRONG - 0.5
    return train.score >= NEARLY_SOLVED_SCORE and (is_behind or is_costly) and told


def quality(plan: Plan, z: Array, table: Table, y: NDArray[Any]) -> Quality:
    """Judge pre-activations z (rows, outputs) of the output block against targets and true classes or values y."""
    if table.rows == 0:
        return Quality(float("nan"), float("nan"))
    params = plan.output.params
    criterion, function = loss(params.loss), activation(params.activation)
    per_sample = criterion.per_sample(z, table.targets, function, params.alpha)
    answer = criterion.output(z, function, params.alpha)
    mean = float(per_sample @ sample_shares(table.rows, table.weights))
    return Quality(mean, score_of(plan, answer, y))


def score_of(plan: Plan, answer: Array, y: NDArray[Any]) -> float:
    """The share of right classes, or R², of answers (rows, outputs) such as the output block gives."""
    params = plan.output.params
    if plan.target.classes:
        decided = loss(params.loss).decide(answer, activation(params.activation))
        return float(np.mean((decided == y) & ~np.isnan(answer).any(axis=1)))
    return r_squared(answer[:, 0], y)


def constant_loss(plan: Plan, table: Table) -> float:
    """The loss of the best answer that is the same for every row; infinite where there is none."""
    return loss(plan.output.params.loss).of_constant(table.targets) if table.rows else np.inf


def r_squared(predicted: Array, true: NDArray[Any]) -> float:
    """1 − Σ(t−p)²/Σ(t−t̄)²; 0 where the target never changes."""
    spread = float(np.square(true - true.mean()).sum())
    return 1.0 - float(np.square(true - predicted).sum()) / spread if spread > 0.0 else 0.0
