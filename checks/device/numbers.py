"""How far two computations of the same are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from torch import Tensor

    from engine.recommenders.running.trainer import RecommenderTrainer, StepReport


def apart(found: Tensor, expected: Tensor) -> float:
    """‖found − expected‖ ÷ ‖expected‖ in double precision; 0 where both are nothing."""
    ours, theirs = found.detach().cpu().double(), expected.detach().cpu().double()
    size, distance = float(theirs.norm()), float((ours - theirs).norm())
    return distance / size if size else distance


def farthest(found: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """The largest of |found − expected| ÷ |expected|; infinity for other shapes."""
    if found.shape != expected.shape:
        return float("inf")
    return float(np.max(np.abs(found - expected) / np.abs(expected)))


def gradients_apart(found: StepReport, expected: StepReport, trainer: RecommenderTrainer) -> dict[str, float]:
    """How far the gradients of θ and of each table are apart, tables spread out to all of their rows."""
    distances = {"θ": apart(found.gradient, expected.gradient)}
    for key, rows in expected.rows.items():
        count = len(trainer.network.tables[key])
        whole, other = (_spread(one.rows.cpu(), one.values.cpu(), count) for one in (rows, found.rows[key]))
        distances["/".join(key)] = apart(other, whole)
    return distances


def _spread(rows: Tensor, values: Tensor, count: int) -> Tensor:
    return values.new_zeros((count, values.shape[1])).index_copy_(0, rows, values)
