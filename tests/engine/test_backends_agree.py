"""The one test that holds the backends together: random graphs, forward, backward and seven steps, to 1e-9.

The oracle is plain PyTorch in float64: the blocks' PyTorch twins under autograd, and ``torch.optim``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from numpy.testing import assert_allclose
from torch import Tensor

from engine.activations import activation
from engine.graph.kinds.base import Array, Context, MaskSource
from engine.hyperparameters import OptimizerKey
from engine.losses import loss
from engine.network.contract import Backend, Table
from engine.network.numba_backend import NumbaBackend
from engine.network.numpy_backend import NumpyBackend
from engine.network.plan import WeightKey
from engine.network.torch_backend import TorchBackend
from engine.optimizers import OPTIMIZERS
from tests.engine.random_networks import Case, cases
from tests.engine.test_optimizers import torch_optimizer

CLOSE = {"rtol": 1e-9, "atol": 1e-9}
BACKENDS: tuple[Backend, ...] = (NumpyBackend(), NumbaBackend(), TorchBackend("cpu"))


class Oracle:
    """A network as somebody would write it in PyTorch: one tensor for each parameter."""

    def __init__(self, case: Case) -> None:
        self.case, plan = case, case.plan
        self.parameters: dict[WeightKey, Tensor] = {
            slot.key: torch.tensor(slot.view(case.start.theta).copy(), requires_grad=True) for slot in plan.slots()
        }
        self.buffers = {slot.key: torch.tensor(slot.view(case.start.buffers).copy()) for slot in plan.buffers()}
        self.decaying = [self.parameters[slot.key] for slot in plan.slots() if slot.spec.decays]

    def forward(self, inputs: Mapping[str, Array], masks: MaskSource | None) -> tuple[list[Tensor], list[Tensor]]:
        """z and a of every node."""
        z: list[Tensor] = []
        a: list[Tensor] = []
        for node in self.case.plan.nodes:
            arrays = [a[s] for s in node.sources] if node.sources else [torch.tensor(inputs[node.id])]
            weights = {s.spec.name: {**self.parameters, **self.buffers}[s.key] for s in (*node.slots, *node.buffers)}
            context = Context(node.id, training=masks is not None, masks=masks)
            pre, post = node.kind.torch(node.params, arrays, weights, context)
            z.append(pre)
            a.append(post)
        return z, a

    def mean_loss(self, z: Tensor, table: Table) -> Tensor:
        """The weighted mean of the rows' losses."""
        params = self.case.plan.output.params
        rows = loss(params.loss).torch(z, torch.tensor(table.targets), activation(params.activation), params.alpha)
        weights = torch.ones(table.rows, dtype=torch.float64) if table.weights is None else torch.tensor(table.weights)
        return (rows * weights).sum() / weights.sum()

    def gradient(self) -> Array:
        """∂L/∂θ, flat, left behind by the last backward pass; what the loss does not depend on has none."""
        parts = [p.grad if p.grad is not None else torch.zeros_like(p) for p in self.parameters.values()]
        return torch.cat([part.reshape(-1) for part in parts]).numpy().copy()

    def theta(self) -> Array:
        """θ, flat."""
        return torch.cat([p.detach().reshape(-1) for p in self.parameters.values()]).numpy()

    def optimizer(self) -> torch.optim.Optimizer:
        """The torch.optim optimiser of the case's settings."""
        hyper = self.case.job.hyper
        others = [p for p in self.parameters.values() if all(p is not weight for weight in self.decaying)]
        return torch_optimizer(hyper, self.decaying, others)

    def train(self) -> Array:
        """Do the case's steps; returns the losses, (steps,)."""
        job, optimizer = self.case.job, self.optimizer()
        sticks = job.hyper.l1_at_zero == "sticks"
        l1_in_loss = 0.0 if sticks else job.hyper.l1
        stuck = [torch.zeros_like(weight, dtype=torch.bool) for weight in self.decaying]
        losses = []
        for step in range(job.steps):
            table = job.table.take(job.order[job.offsets[step] : job.offsets[step + 1]])
            for parameter in self.parameters.values():
                parameter.grad = torch.zeros_like(parameter)
            mean = self.mean_loss(self.forward(table.inputs, MaskSource(job.seed, step))[0][-1], table)
            penalty = sum(l1_in_loss * w.abs().sum() + 0.5 * job.hyper.l2 * (w * w).sum() for w in self.decaying)
            (mean + penalty).backward()
            if job.hyper.clip_norm is not None:
                torch.nn.utils.clip_grad_norm_(list(self.parameters.values()), job.hyper.clip_norm)
            before = [weight.detach().clone() for weight in self.decaying]
            optimizer.step()
            if sticks:
                self._pull(before, stuck, job.hyper.learning_rate * job.hyper.l1)
            losses.append(float(mean.detach()))
        return np.array(losses)

    @torch.no_grad()
    def _pull(self, before: list[Tensor], stuck: list[Tensor], by: float) -> None:
        """L1 that sticks: every weight a step towards 0; what a step takes across is 0 for good."""
        for weight, old, marks in zip(self.decaying, before, stuck, strict=True):
            pulled = weight - by * torch.sign(old)
            marks |= weight * pulled < 0
            weight.copy_(torch.where(marks, torch.zeros_like(pulled), pulled))


CHAINS = pytest.mark.parametrize("chain", [True, False], ids=["chains", "graphs of every block"])
MANY = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@CHAINS
def test_the_backends_look_as_pytorch_does(chain: bool) -> None:
    """Apart from training, for the graphs and their starts are the same whichever optimiser is drawn with them."""

    @MANY
    @given(cases(chain, "sgd"))
    def hold(case: Case) -> None:
        looked_at = Pass(case)
        for backend in _all_three(case):
            _same_pass(backend, case, looked_at)

    hold()


@pytest.mark.slow
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@CHAINS
def test_the_backends_compute_what_pytorch_computes(chain: bool, optimizer: OptimizerKey) -> None:
    """Blocks, losses and penalties are held with SGD; the other optimisers differ in the step alone."""

    @settings(MANY, max_examples=30 if optimizer == "sgd" else 15)
    @given(cases(chain, optimizer))
    def hold(case: Case) -> None:
        oracle = Oracle(case)
        losses = oracle.train()
        for backend in _all_three(case):
            _same_training(backend, case, oracle, losses)

    hold()


def _all_three(case: Case) -> tuple[Backend, ...]:
    """The backends, each of which can do the case."""
    assert all(backend.supports(case.plan) for backend in BACKENDS)
    return BACKENDS


class Pass:
    """One look by the oracle: every z and a, with ∂L/∂z at each z that has one, the loss and ∂L/∂θ."""

    def __init__(self, case: Case) -> None:
        oracle = Oracle(case)
        self.z, a = oracle.forward(case.table.inputs, None)
        for tensor in self.z:
            if tensor.requires_grad:
                tensor.retain_grad()
        mean = oracle.mean_loss(self.z[-1], case.table)
        mean.backward()
        self.a = [tensor.detach() for tensor in a]
        self.loss, self.gradient = mean.item(), oracle.gradient()


def _same_pass(backend: Backend, case: Case, oracle: Pass) -> None:
    """One look: every z, a and δ, the loss and the gradient."""
    found = backend.gradients(case.plan, case.start, case.table)
    assert_allclose(found.loss, oracle.loss, **CLOSE)
    assert_allclose(found.theta, oracle.gradient, **CLOSE)
    shown = backend.activations(case.plan, case.start, case.table.inputs)
    maps = backend.maps(case.plan, case.start, case.table.inputs)
    for index, (z, a) in enumerate(zip(oracle.z, oracle.a, strict=True)):
        assert_allclose(found.z[index], z.detach(), **CLOSE)
        assert_allclose(found.a[index], a, **CLOSE)
        assert_allclose(shown[index], a, **CLOSE)
        assert maps[index].dtype == np.float32
        if "step" not in (node.params.__dict__.get("activation") for node in case.plan.nodes):
            assert_allclose(maps[index], a.T, rtol=1e-3, atol=1e-4)
    for index in case.plan.probed:
        delta = oracle.z[index].grad
        assert_allclose(found.deltas[index], np.zeros_like(found.z[index]) if delta is None else delta, **CLOSE)


def _same_training(backend: Backend, case: Case, oracle: Oracle, losses: Array) -> None:
    """Seven steps: every loss on the way, the parameters and running statistics at the end."""
    state = case.start.copy()
    report = backend.train(case.plan, state, case.job)
    assert report.failure is None
    assert state.step == report.steps == case.job.steps
    assert_allclose(report.losses, losses, **CLOSE)
    assert_allclose(state.theta, oracle.theta(), **CLOSE)
    for slot in case.plan.buffers():
        assert_allclose(slot.view(state.buffers), oracle.buffers[slot.key], **CLOSE)
