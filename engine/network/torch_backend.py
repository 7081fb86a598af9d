"""The torch backend: every block kind, on the CPU or a GPU. Torch is imported when the backend is first made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.activations import activation
from engine.graph.kinds.base import Array, Context, MaskSource
from engine.losses import loss, sample_shares
from engine.network.contract import LARGEST_WEIGHT, Map, NetworkGradients, NonFinite, Table, TrainJob, TrainReport
from engine.network.function_gaps import function_gap, last_gap
from engine.network.plan import Plan, Slot
from engine.network.probes import Probes
from engine.network.state import NetworkState
from engine.optimizers import CLIP_GUARD, OPTIMIZERS, forget_subnormal, pull_to_zero
from engine.problems import EngineError, declare

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from engine.hyperparameters import Hyperparameters, Precision

NO_DEVICE = declare("network.no-device", "There is no {device} device on this machine; choose auto or cpu.")


def resolve_device(name: str) -> str:
    """``auto`` takes CUDA, then Apple's MPS, then the CPU. Raises EngineError when the named device is not there."""
    import torch

    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name == "auto":
        return next(device for device in ("cuda", "mps", "cpu") if there[device])
    if not there.get(name.partition(":")[0], False):
        raise EngineError(NO_DEVICE(device=name))
    return name


def device_label(device: str) -> str:
    """A resolved device as it is shown; CUDA's with its number, the one that torch would take where none is named."""
    import torch

    kind, _, number = device.partition(":")
    if kind == "cuda" and not number:
        number = str(torch.cuda.current_device())
    return f"{kind.upper()}:{number}" if number else kind.upper()


@dataclass(frozen=True, slots=True)
class _Pass:
    """Tensors of one pass: every node's z and a, and each row's loss."""

    z: tuple[Tensor, ...]
    a: tuple[Tensor, ...]
    per_sample: Tensor


class TorchBackend:
    """See :class:`engine.network.contract.Backend`. float64, but float32 on MPS, which has no other, and for steps in
    single precision."""

    name = "torch"

    def __init__(self, device: str = "auto") -> None:
        import torch

        self.device = resolve_device(device)
        self.device_label = device_label(self.device)
        self.dtype = torch.float32 if self.device.startswith("mps") else torch.float64

    def supports(self, plan: Plan) -> bool:
        """Every plan."""
        return True

    def _in(self, precision: Precision) -> TorchBackend:
        """This backend, reckoning in the precision."""
        import torch

        if precision == "float64":
            return self
        single = copy(self)
        single.dtype = torch.float32
        return single

    def _tensor(self, array: Any) -> Tensor:
        import torch

        return torch.as_tensor(array, dtype=self.dtype, device=self.device)

    def _views(self, slots: Sequence[Slot], flat: Tensor) -> dict[tuple[str, str], Tensor]:
        return {s.key: flat[s.offset : s.offset + s.size].view(s.spec.shape) for s in slots}

    def _forward(
        self, plan: Plan, theta: Tensor, buffers: Tensor, inputs: Mapping[str, Tensor], masks: MaskSource | None
    ) -> tuple[list[Tensor], list[Tensor]]:
        views = {**self._views(plan.slots(), theta), **self._views(plan.buffers(), buffers)}
        z: list[Tensor] = []
        a: list[Tensor] = []
        for node in plan.nodes:
            sources = [a[s] for s in node.sources] if node.sources else [inputs[node.id]]
            weights = {s.spec.name: views[s.key] for s in (*node.slots, *node.buffers)}
            context = Context(node.id, training=masks is not None, masks=masks)
            pre, post = node.kind.torch(node.params, sources, weights, context)
            z.append(pre)
            a.append(post)
        return z, a

    def _pass(
        self,
        plan: Plan,
        theta: Tensor,
        buffers: Tensor,
        inputs: Mapping[str, Tensor],
        targets: Tensor,
        masks: MaskSource | None,
    ) -> _Pass:
        z, a = self._forward(plan, theta, buffers, inputs, masks)
        params = plan.output.params
        per_sample = loss(params.loss).torch(z[-1], targets, activation(params.activation), params.alpha)
        return _Pass(tuple(z), tuple(a), per_sample)

    def activations(self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array]) -> tuple[Array, ...]:
        """Each node's a, (rows, units), outside training."""
        return tuple(a.cpu().numpy().astype(np.float64) for a in self._answers(plan, state, inputs))

    def maps(
        self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array], *, output_only: bool = False
    ) -> tuple[Map, ...]:
        """Each node's a as (units, rows) float32, or only the output's."""
        import torch

        found = self._answers(plan, state, inputs)
        return tuple(a.T.to(torch.float32).contiguous().cpu().numpy() for a in found[-1 if output_only else 0 :])

    def _answers(self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array]) -> list[Tensor]:
        import torch

        tensors = {key: self._tensor(x) for key, x in inputs.items()}
        with torch.no_grad():
            return self._forward(plan, self._tensor(state.theta), self._tensor(state.buffers), tensors, None)[1]

    def gradients(self, plan: Plan, state: NetworkState, table: Table) -> NetworkGradients:
        """One forward and backward pass outside training, by autograd."""
        theta = self._tensor(state.theta).clone().requires_grad_()
        # inputs take part, so that δ reaches an activation that stands right behind them
        inputs = {key: self._tensor(x).clone().requires_grad_() for key, x in table.inputs.items()}
        done = self._pass(plan, theta, self._tensor(state.buffers), inputs, self._tensor(table.targets), None)
        shares = self._tensor(sample_shares(table.rows, table.weights))
        mean = (done.per_sample * shares).sum()
        with_delta = [i for i, node in enumerate(plan.nodes) if node.kind.has_delta]
        gradient, *deltas = _differentiate(mean, theta, [done.z[i] for i in with_delta])
        by_index = dict(zip(with_delta, deltas, strict=True))
        return NetworkGradients(
            float(mean.detach()),
            _numpy(gradient),
            tuple(_numpy(z) for z in done.z),
            tuple(_numpy(a) for a in done.a),
            tuple(_numpy(by_index[i]) if i in by_index else None for i in range(len(plan.nodes))),
        )

    def train(self, plan: Plan, state: NetworkState, job: TrainJob) -> TrainReport:
        """Do the job's steps on the device, then bring the state back."""
        run = _Run(self._in(job.hyper.precision), plan, state, job)
        failure = None
        for step in range(job.steps):
            failure = run.step(step)
            if failure is not None:
                break
        run.bring_back()
        return run.probes.report(step if failure is not None else job.steps, failure)


class _Run:
    """One job on the device: its tensors and its steps."""

    def __init__(self, backend: TorchBackend, plan: Plan, state: NetworkState, job: TrainJob) -> None:
        self.backend, self.plan, self.state, self.job = backend, plan, state, job
        tensor = backend._tensor
        self.theta = tensor(state.theta).clone()
        self.buffers = tensor(state.buffers).clone()
        self.slots = tensor(state.slots).clone()
        self.stuck = _bool_tensor(state.stuck, backend.device)
        self.inputs = {key: tensor(x) for key, x in job.table.inputs.items()}
        self.targets = tensor(job.table.targets)
        self.decay = _bool_tensor(plan.decay_mask, backend.device)
        self.probes = Probes(plan, job)

    def step(self, step: int) -> NonFinite | None:
        """One step; says where a number is not finite and then leaves everything as it was before the step."""
        import torch

        rows = self.job.order[self.job.offsets[step] : self.job.offsets[step + 1]]
        index = torch.tensor(rows, device=self.backend.device)
        weights = None if self.job.table.weights is None else self.job.table.weights[rows]
        shares = sample_shares(len(rows), weights)
        buffers = self.buffers.clone()
        theta = self.theta.detach().requires_grad_()
        inputs = {key: x[index] for key, x in self.inputs.items()}
        masks = MaskSource(self.job.seed, self.state.step)
        done = self.backend._pass(self.plan, theta, self.buffers, inputs, self.targets[index], masks)
        mean = (done.per_sample * self.backend._tensor(shares)).sum()
        gradient, *deltas = _differentiate(mean, theta, [done.z[i] for i in self.plan.probed])
        failure = self._failure(done, mean, gradient)
        if failure is None:
            failure = self._update(step, gradient)
        if failure is not None:
            self.buffers = buffers
            return failure
        self.probes.losses[step] = float(mean.detach())
        if self.job.probe:
            self._probe(step, gradient, deltas, shares, theta.detach())
        self.state.step += 1
        return None

    def _update(self, step: int, gradient: Tensor) -> NonFinite | None:
        import torch

        theta, slots, stuck = self.theta.clone(), self.slots.clone(), self.stuck.clone()
        rate = float(self.job.rates[step])
        hyper, number = self.job.hyper, self.state.step + 1
        prepared = _penalised_and_clipped(gradient, theta, self.decay, hyper)
        OPTIMIZERS[hyper.optimizer].update(theta, prepared, slots, hyper.update_numbers(rate, number), self.decay)  # type: ignore[arg-type]
        forget_subnormal(slots, number, hyper.epsilon)  # type: ignore[arg-type]
        if hyper.l1_of_pull is not None:
            pull_to_zero(theta, self.theta, stuck, self.decay, rate * hyper.l1_of_pull)  # type: ignore[arg-type]
        if not bool((theta.abs() <= LARGEST_WEIGHT).all()):
            finite = bool(torch.isfinite(theta).all())
            owner = _first_beyond(self.plan, theta, LARGEST_WEIGHT if finite else torch.finfo(theta.dtype).max)
            return NonFinite(self.state.step, owner, "growth" if finite else "weights")
        self.theta, self.slots, self.stuck = theta, slots, stuck
        return None

    def _failure(self, done: _Pass, mean: Tensor, gradient: Tensor) -> NonFinite | None:
        import torch

        if bool(torch.isfinite(mean)) and bool(torch.isfinite(gradient).all()):
            return None
        for node, z, a in zip(self.plan.nodes, done.z, done.a, strict=True):
            if not bool(torch.isfinite(z).all() and torch.isfinite(a).all()):
                return NonFinite(self.state.step, node.id, "z", function_gap(node, _numpy(z), _numpy(a)))
        if not bool(torch.isfinite(mean)):
            return NonFinite(self.state.step, self.plan.output.id, "loss")
        slots = (slot for node in reversed(self.plan.nodes) for slot in node.slots)
        bad = next(s for s in slots if not bool(torch.isfinite(gradient[s.offset : s.offset + s.size]).all()))
        gap = last_gap(self.plan.nodes, [_numpy(z) for z in done.z], [_numpy(a) for a in done.a])
        return NonFinite(self.state.step, bad.block_id, "gradient", gap)

    def _probe(self, step: int, gradient: Tensor, deltas: list[Tensor], shares: Array, before: Tensor) -> None:
        self.probes.record(step, _numpy(gradient), [_numpy(d) for d in deltas], shares)
        self.probes.record_update(step, _numpy(before), _numpy(self.theta))

    def bring_back(self) -> None:
        """Copy the device's numbers into the state."""
        self.state.theta[:] = _numpy(self.theta)
        self.state.buffers[:] = _numpy(self.buffers)
        self.state.slots[:] = _numpy(self.slots)
        self.state.stuck[:] = self.stuck.cpu().numpy()


def _differentiate(mean: Tensor, theta: Tensor, z: list[Tensor]) -> tuple[Tensor, ...]:
    """∂mean/∂θ and ∂mean/∂z of each; zeros where nothing depends on it."""
    import torch

    return torch.autograd.grad(mean, [theta, *z], allow_unused=True, materialize_grads=True)


def _penalised_and_clipped(gradient: Tensor, theta: Tensor, decay: Tensor, hyper: Hyperparameters) -> Tensor:
    """The gradient with the penalties' added and its norm bounded; see :mod:`engine.optimizers`."""
    import torch

    prepared = gradient + decay * (hyper.l1_of_gradient * torch.sign(theta) + hyper.l2 * theta)
    largest = prepared.abs().max() if prepared.numel() else 0.0
    if hyper.clip_norm is None or not 0.0 < largest < torch.inf:
        return prepared
    norm = largest * torch.linalg.vector_norm(prepared / largest)  # the squares of a huge one do not overflow
    return prepared * torch.clamp(hyper.clip_norm / (norm + CLIP_GUARD), max=1.0)


def _numpy(tensor: Tensor) -> Array:
    array: Array = tensor.detach().cpu().numpy().astype(np.float64)
    return array


def _bool_tensor(mask: Any, device: str) -> torch.Tensor:
    import torch

    return torch.as_tensor(np.array(mask), device=device)


def _first_beyond(plan: Plan, theta: Tensor, bound: float) -> str:
    """The first block with a parameter that is NaN or larger than the bound."""
    return next(
        s.block_id for s in plan.slots() if not bool((theta[s.offset : s.offset + s.size].abs() <= bound).all())
    )
