"""How good a network is on some rows, as PyTorch comes to it in double precision."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation
from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array
from engine.losses import loss
from engine.network.plan import Plan, WeightKey
from engine.training.lines.by_torch import forward_by_torch
from engine.training.quality import Quality, r_squared
from engine.training.tables import table_of


def quality_by_torch(
    plan: Plan, weights: Mapping[WeightKey, Array], dataset: Dataset, rows: NDArray[np.int64]
) -> Quality:
    """Mean loss, and share of correct classes or R², of the rows. Imports torch: call it in a thread."""
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
