"""One row or a few through a recommender, stage by stage, as the playground's timeline plays them.

The stages are those of :mod:`engine.training.trace`: forward, loss, backward, update, in the order that they happen.
Of a table only the rows that are looked up appear: ``rows`` (n,) says which, and ``W`` or ``V`` (n, dimensions) is of
them.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.graph.kinds.base import Array
from engine.network.plan import WeightKey
from engine.recommenders.model.network import Looked
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.row_optimisers import RowGradients
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.training.trace import PassTrace, Phase, Stage

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class _Pass:
    """Everything that one pass has worked out; z, a and their gradients by the node's index."""

    z: dict[int, Tensor]
    a: dict[int, Tensor]
    losses: Tensor
    mean: Tensor
    deltas: dict[int, Tensor]
    upstream: dict[int, Tensor]
    gradient: Tensor
    rows: dict[WeightKey, RowGradients]


def trace_rows(trainer: RecommenderTrainer, batch: PreparedRows) -> PassTrace:
    """The pass of a few prepared rows outside training, and the update that a step on them would make; nothing is
    changed. Numbers flow between the blocks that have any; ids are in the inputs' own columns."""
    done = _worked_out(trainer, batch)
    plan = trainer.network.plan
    output = len(plan.nodes) - 1
    stages = []
    for at in sorted(done.z):
        values = {"z": _numpy(done.z[at]), "a": _numpy(done.a[at])}
        stages.append(Stage(Phase.FORWARD, plan.nodes[at].id, _formula(trainer, at), values))
    losses = {"loss": _numpy(done.losses), "target": np.asarray(batch.targets, float)[:, None]}
    losses |= {"z": _numpy(done.z[output]), "a": _numpy(done.a[output])}
    losses["delta"] = _numpy(done.deltas[output]) / _shares(batch)[:, None]  # of each row by itself
    stages.append(Stage(Phase.LOSS, plan.output.id, _formula(trainer, output), losses))
    stages += _backward(trainer, done)
    stages += _updates(trainer, done)
    inputs = {plan.nodes[at].id: values.astype(np.float64) for at, values in batch.numbers.items()}
    weights = {slot.key: _numpy(trainer.network.view(slot.key)) for slot in plan.slots()}
    return PassTrace(
        tuple(range(batch.rows)), inputs, losses["target"], _numpy(done.a[output]), float(done.mean.detach()), weights,
        trainer.rate_share() * trainer.training.deep.rate, tuple(stages),
    )  # fmt: skip


def _worked_out(trainer: RecommenderTrainer, batch: PreparedRows) -> _Pass:
    import torch

    network = trainer.network
    theta = network.theta.detach().requires_grad_()
    looked = network.look_up(batch)
    for one in looked.values():
        one.vectors.requires_grad_()
    z, a = network.forward(batch, looked, theta)
    leaves: dict[WeightKey, Looked] = {(network.plan.nodes[at].id, "W"): one for at, one in looked.items()}
    losses = trainer.row_losses(batch, z[len(network.plan.nodes) - 1], leaves)
    mean = trainer.mean_loss(batch, losses)
    moving = [at for at in sorted(z) if z[at].requires_grad]
    wanted = [theta, *(z[at] for at in moving), *(a[at] for at in moving), *(leaf.vectors for leaf in leaves.values())]
    gradient, *grads = torch.autograd.grad(mean, wanted, materialize_grads=True, allow_unused=True)
    count = len(moving)
    rows = {
        key: trainer.row_gradients(key, leaf, grad)
        for (key, leaf), grad in zip(leaves.items(), grads[2 * count :], strict=True)
    }
    deltas = dict(zip(moving, grads[:count], strict=True))
    return _Pass(z, a, losses, mean, deltas, dict(zip(moving, grads[count : 2 * count], strict=True)), gradient, rows)


def _backward(trainer: RecommenderTrainer, done: _Pass) -> list[Stage]:
    plan = trainer.network.plan
    stages = []
    for at in sorted(done.deltas, reverse=True):
        node = plan.nodes[at]
        values: dict[str, Array] = {} if node is plan.output else {"upstream": _numpy(done.upstream[at])}
        if node.kind.has_delta:
            values["delta"] = _numpy(done.deltas[at])
        for slot in node.slots:
            values[slot.spec.name] = _numpy(done.gradient[slot.offset : slot.offset + slot.size].view(slot.spec.shape))
        for spec in node.tables:
            found = done.rows[node.id, spec.name]
            values |= {"rows": _numpy(found.rows), spec.name: _numpy(found.values)}
        stages.append(Stage(Phase.BACKWARD, node.id, _formula(trainer, at), values))
    return stages


def _updates(trainer: RecommenderTrainer, done: _Pass) -> list[Stage]:
    """What the optimisers would do, worked out on copies."""
    plan, settings = trainer.network.plan, trainer.training.deep
    squares = trainer.squares + done.gradient**2
    moved = -trainer.rate_share() * settings.rate * done.gradient / (squares.sqrt() + settings.guard)
    stages = []
    for at, node in enumerate(plan.nodes):
        values = {s.spec.name: _numpy(moved[s.offset : s.offset + s.size].view(s.spec.shape)) for s in node.slots}
        for spec in node.tables:
            found = done.rows[node.id, spec.name]
            values |= {"rows": _numpy(found.rows), spec.name: _numpy(_moved(trainer, (node.id, spec.name), found))}
        if values:
            stages.append(Stage(Phase.UPDATE, node.id, _formula(trainer, at), values))
    return stages


def _moved(trainer: RecommenderTrainer, key: WeightKey, found: RowGradients) -> Tensor:
    """How far a table's rows would move, (n, dimensions)."""
    import torch

    some = trainer.network.tables[key][found.rows].clone()
    before = some.clone()
    optimiser = copy.copy(trainer.optimisers[key])
    optimiser.slots = {name: slot[found.rows].clone() for name, slot in optimiser.slots.items()}
    every = RowGradients(torch.arange(len(some), device=some.device), found.values)
    optimiser.update(some, every, trainer.rate_share())
    return some - before


def _shares(batch: PreparedRows) -> Array:
    """Each row's share of the mean loss, (rows,)."""
    weights = np.ones(batch.rows) if batch.weights is None else batch.weights.astype(np.float64)
    shares: Array = weights / weights.sum()
    return shares


def _formula(trainer: RecommenderTrainer, at: int) -> str:
    node = trainer.network.plan.nodes[at]
    return node.kind.formula(node.params)


def _numpy(tensor: Tensor) -> Array:
    array: Array = tensor.detach().cpu().numpy().astype(np.float64)
    return array
