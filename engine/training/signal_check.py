"""‖δ‖ of a snapshot's layers, and of each row, worked out again with its weights: by numpy, and by PyTorch to check
it."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from engine.activations import activation
from engine.extras import has_torch
from engine.graph.kinds.base import Array
from engine.losses import loss
from engine.network.contract import Table
from engine.network.numpy_backend import NumpyBackend
from engine.network.state import state_of
from engine.training.lines.by_torch import forward_by_torch
from engine.training.signal import telling_rows
from engine.training.snapshot import Snapshot
from engine.training.tables import table_of
from engine.value_check import CheckedValue, Oracle, unanswered


def can_redo_rows(snapshot: Snapshot) -> bool:
    """Return whether ‖δ‖ was measured with the weights of the snapshot, in a pass that has no chance in it."""
    has_chance = any(node.kind.changes_in_training for node in snapshot.plan.nodes)
    return snapshot.delta_steps is None and not has_chance


def row_norms(snapshot: Snapshot, block_id: str) -> Array:
    """Return ‖δᵢ‖ (rows,) of the training rows that tell, by the numpy reference."""
    table = _table(snapshot)
    found = NumpyBackend().gradients(snapshot.plan, state_of(snapshot.plan, snapshot.weights), table)
    delta = found.deltas[snapshot.plan.index_of(block_id)]
    assert delta is not None  # a layer with a verdict on its ‖δ‖ has one
    return np.asarray(np.sqrt(np.square(delta).sum(axis=1)) * table.rows)


def check_norm(snapshot: Snapshot, block_id: str) -> CheckedValue[float]:
    """Measure ‖δ‖ of a layer over the rows again. It may import torch: call it in a thread. Raises EngineError without
    torch where numpy itself is to be checked."""
    if not has_torch() and snapshot.backend == "numpy":
        raise unanswered()
    norms: Callable[[Snapshot, str], Array] = _norms_by_torch if has_torch() else row_norms
    size = float(np.sqrt(np.mean(np.square(norms(snapshot, block_id)))))
    return CheckedValue(size, Oracle.TORCH if has_torch() else Oracle.NUMPY)


def exact_root_mean_square(norms: Array) -> float:
    """Return the root of the mean square with an exact sum."""
    return math.sqrt(math.fsum(norm * norm for norm in norms.tolist()) / len(norms))


def _norms_by_torch(snapshot: Snapshot, block_id: str) -> Array:
    import torch

    plan, table = snapshot.plan, _table(snapshot)
    weights = {
        key: torch.tensor(value, dtype=torch.float64, requires_grad=True) for key, value in snapshot.weights.items()
    }
    z, _a = forward_by_torch(plan, table.inputs, weights)
    params, targets = plan.output.params, torch.tensor(table.targets, dtype=torch.float64)
    losses = loss(params.loss).torch(z[plan.output.id], targets, activation(params.activation), params.alpha)
    (delta,) = torch.autograd.grad(losses.sum(), z[block_id])
    return np.asarray(delta.norm(dim=1).numpy())


def _table(snapshot: Snapshot) -> Table:
    rows = snapshot.dataset.train
    return table_of(snapshot.plan, snapshot.dataset, rows[telling_rows(len(rows))])
