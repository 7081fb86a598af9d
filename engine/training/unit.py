"""One unit of a network looked at closely: which rows excite it most, and what it says to the outputs."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array
from engine.network.plan import Plan, WeightKey
from engine.training.predict import activations_at


def most_exciting(
    plan: Plan, weights: Mapping[WeightKey, Array], dataset: Dataset, block_id: str, unit: int, most: int
) -> NDArray[np.int64]:
    """The training rows on which the unit's a is greatest, greatest first: ``most`` of them, none where it is 0 or less
    (a unit that is off is not excited)."""
    answers = activations_at(plan, weights, dataset.columns, dataset.x[dataset.train])[block_id][:, unit]
    order = np.argsort(-answers, kind="stable")[:most]
    rows: NDArray[np.int64] = dataset.train[order[answers[order] > 0]]
    return rows


def said_to_outputs(plan: Plan, weights: Mapping[WeightKey, Array], block_id: str, unit: int, a: float) -> Array | None:
    """What a unit that answers ``a`` adds to every output's z, (outputs,): its weight there times a. None where the
    outputs are not fed by the unit's block directly."""
    source = plan.nodes[plan.output.sources[0]]
    matrix = weights.get((plan.output.id, "W"))
    if source.id != block_id or matrix is None:
        return None
    return np.asarray(matrix[:, unit] * a)
