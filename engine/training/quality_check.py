"""How good a network is on some rows, by PyTorch in double precision or, without it, by the numpy reference."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation
from engine.data.dataset import Dataset
from engine.extras import has_torch
from engine.graph.kinds.base import Array
from engine.losses import loss
from engine.network.numpy_passes import forward_pass
from engine.network.plan import Plan, WeightKey
from engine.network.state import state_of
from engine.training.lines.by_torch import forward_by_torch
from engine.training.quality import Quality, quality, r_squared
from engine.training.tables import table_of
from engine.value_check import CheckedValue, Oracle, unanswered


def check_quality(
    plan: Plan, weights: Mapping[WeightKey, Array], dataset: Dataset, rows: NDArray[np.int64], backend: str
) -> CheckedValue[Quality]:
    """Mean loss, and share of correct classes or R², of the rows. It may import torch: call it in a thread. Raises
    EngineError without torch where the ``backend`` to be checked is numpy itself."""
    if has_torch():
        return CheckedValue(quality_by_torch(plan, weights, dataset, rows), Oracle.TORCH)
    if backend == "numpy":
        raise unanswered()
    table = table_of(plan, dataset, rows)
    with np.errstate(all="ignore"):
        z = forward_pass(plan, state_of(plan, weights), table.inputs)[-1].z
        return CheckedValue(quality(plan, z, table, dataset.y[rows]), Oracle.NUMPY)


def quality_by_torch(
    plan: Plan, weights: Mapping[WeightKey, Array], dataset: Dataset, rows: NDArray[np.int64]
) -> Quality:
    """The same by PyTorch, which is imported here."""
    import torch

    table, params = table_of(plan, dataset, rows), plan.output.params
    tensors = {key: torch.tensor(value, dtype=torch.float64) for key, value in weights.items()}
    z, a = forward_by_torch(plan, table.inputs, tensors)
    target, function = torch.tensor(table.targets, dtype=torch.float64), activation(params.activation)
    losses = loss(params.loss).torch(z[plan.output.id], target, function, params.alpha)
    answer = a[plan.output.id].numpy()
    if plan.target.classes:
        score = float(np.mean(loss(params.loss).decide(answer, function) == dataset.y[rows]))
    else:
        score = r_squared(answer[:, 0], dataset.y[rows])
    return Quality(float(losses.mean()), score)
