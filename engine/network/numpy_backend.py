"""The reference backend: plain numpy in float64, every block kind, readable. The other backends are held to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.activations import activation
from engine.graph.kinds.base import Array, Backward, Context, Forward, MaskSource
from engine.losses import loss, sample_shares
from engine.network.contract import (
    LARGEST_WEIGHT,
    Gradients,
    Map,
    NonFinite,
    Table,
    TrainJob,
    TrainReport,
)
from engine.network.plan import Node, Plan
from engine.network.probes import Probes
from engine.network.state import NetworkState
from engine.optimizers import OPTIMIZERS, clip, pull_to_zero, regularise


def weights_at(node: Node, state: NetworkState) -> dict[str, Array]:
    """The node's arrays by name, as views into the state."""
    views = {slot.spec.name: slot.view(state.theta) for slot in node.slots}
    views.update({slot.spec.name: slot.view(state.buffers) for slot in node.buffers})
    return views


def node_inputs(node: Node, results: list[Forward], inputs: Mapping[str, Array]) -> tuple[Array, ...]:
    """What flows into a node: its sources' a, or the table's columns for an input block."""
    return tuple(results[s].a for s in node.sources) if node.sources else (inputs[node.id],)


def forward_pass(
    plan: Plan, state: NetworkState, inputs: Mapping[str, Array], masks: MaskSource | None = None
) -> list[Forward]:
    """z⁽ˡ⁾ and a⁽ˡ⁾ of every node, in order. With ``masks`` it is a training pass: dropout on, batch statistics."""
    results: list[Forward] = []
    for node in plan.nodes:
        context = Context(node.id, training=masks is not None, masks=masks)
        arrays = node_inputs(node, results, inputs)
        results.append(node.kind.forward(node.params, arrays, weights_at(node, state), context))
    return results


def output_loss(plan: Plan, z: Array, table: Table) -> Array:
    """The loss of each row, (rows,), summed over the outputs."""
    params = plan.output.params
    per_sample: Array = loss(params.loss).per_sample(z, table.targets, activation(params.activation), params.alpha)
    return per_sample


@dataclass(frozen=True, slots=True)
class BackwardPass:
    """Each node's backward result and upstream gradient (None where nothing flows back), in the plan's order."""

    results: tuple[Backward, ...]
    upstream: tuple[Array, ...]


def backward_pass(plan: Plan, state: NetworkState, table: Table, results: list[Forward]) -> BackwardPass:
    """Reverse-mode differentiation of the mean loss through the plan (Rumelhart, Hinton and Williams 1986)."""
    params = plan.output.params
    delta = loss(params.loss).delta(results[-1].z, table.targets, activation(params.activation), params.alpha)
    upstream: list[Array] = [np.zeros_like(result.a) for result in results]
    upstream[-1] = delta * sample_shares(table.rows, table.weights)[:, None]
    found: list[Backward] = []
    for index in range(len(plan.nodes) - 1, -1, -1):
        node = plan.nodes[index]
        arrays = node_inputs(node, results, table.inputs)
        back = node.kind.backward(node.params, arrays, weights_at(node, state), results[index], upstream[index])
        for source, gradient in zip(node.sources, back.inputs, strict=False):
            upstream[source] = upstream[source] + gradient
        found.append(back)
    return BackwardPass(tuple(reversed(found)), tuple(upstream))


def flat_gradient(plan: Plan, backward: BackwardPass) -> Array:
    """∂L/∂θ, (P,), from the nodes' gradients."""
    gradient = np.zeros(plan.size)
    for node, back in zip(plan.nodes, backward.results, strict=True):
        for slot in node.slots:
            slot.view(gradient)[...] = back.weights[slot.spec.name]
    return gradient


class NumpyBackend:
    """See :class:`engine.network.contract.Backend`."""

    name = "numpy"
    device_label = "CPU"

    def supports(self, plan: Plan) -> bool:
        """Every plan."""
        return True

    def activations(self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array]) -> tuple[Array, ...]:
        """Each node's a, (rows, units), outside training."""
        with np.errstate(all="ignore"):
            return tuple(result.a for result in forward_pass(plan, state, inputs))

    def maps(
        self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array], *, output_only: bool = False
    ) -> tuple[Map, ...]:
        """Each node's a as (units, rows) float32, or only the output's, for heat maps."""
        found = self.activations(plan, state, inputs)
        with np.errstate(over="ignore"):  # beyond float32 is infinite, which is what a heat map shows
            return tuple(np.ascontiguousarray(a.T, dtype=np.float32) for a in found[-1 if output_only else 0 :])

    def gradients(self, plan: Plan, state: NetworkState, table: Table) -> Gradients:
        """One forward and backward pass outside training."""
        with np.errstate(all="ignore"):
            results = forward_pass(plan, state, table.inputs)
            back = backward_pass(plan, state, table, results)
            mean = float(output_loss(plan, results[-1].z, table) @ sample_shares(table.rows, table.weights))
        return Gradients(
            mean,
            flat_gradient(plan, back),
            tuple(r.z for r in results),
            tuple(r.a for r in results),
            tuple(b.delta for b in back.results),
        )

    def train(self, plan: Plan, state: NetworkState, job: TrainJob) -> TrainReport:
        """Do the job's steps; stop before the first that is not finite, with the state as it was before it."""
        probes = Probes(plan, job)
        with np.errstate(all="ignore"):
            for step in range(job.steps):
                failure = self._step(plan, state, job, step, probes)
                if failure is not None:
                    return probes.report(step, failure)
        return probes.report(job.steps, None)

    def _step(self, plan: Plan, state: NetworkState, job: TrainJob, step: int, probes: Probes) -> NonFinite | None:
        table = job.table.take(job.order[job.offsets[step] : job.offsets[step + 1]])
        buffers = state.buffers.copy()
        results = forward_pass(plan, state, table.inputs, MaskSource(job.seed, state.step))
        shares = sample_shares(table.rows, table.weights)
        probes.losses[step] = output_loss(plan, results[-1].z, table) @ shares
        back = backward_pass(plan, state, table, results)
        gradient = flat_gradient(plan, back)
        failure = _first_non_finite(plan, state, results, probes.losses[step], back)
        if failure is not None:
            state.buffers[:] = buffers
            return failure
        if job.probe:
            deltas = [d for i in plan.probed if (d := back.results[i].delta) is not None]
            probes.record(step, gradient, deltas, [results[i].z for i in plan.probed], shares)
        before, slots, stuck = state.theta.copy(), state.slots.copy(), state.stuck.copy()
        apply_update(plan, state, gradient, float(job.rates[step]), job)
        failure = _unbounded_update(plan, state)
        if failure is not None:
            state.theta[:], state.slots[:], state.buffers[:], state.stuck[:] = before, slots, buffers, stuck
            return failure
        if job.probe:
            probes.record_update(step, before, state.theta)
        state.step += 1
        return None


def apply_update(plan: Plan, state: NetworkState, gradient: Array, rate: float, job: TrainJob) -> None:
    """Penalty, clipping, the optimiser's step, then the pull of an L1 that sticks; in place."""
    hyper = job.hyper
    before = state.theta.copy()
    regularise(gradient, state.theta, plan.decay_mask, hyper.l1_of_gradient, hyper.l2)
    if hyper.clip_norm is not None:
        clip(gradient, hyper.clip_norm)
    OPTIMIZERS[hyper.optimizer].update(state.theta, gradient, state.slots, rate, state.step + 1, hyper, plan.decay_mask)
    if hyper.l1_of_pull is not None:
        pull_to_zero(state.theta, before, state.stuck, plan.decay_mask, rate * hyper.l1_of_pull)


def _unbounded_update(plan: Plan, state: NetworkState) -> NonFinite | None:
    """The first block with a parameter that is not finite or, where all are, beyond :data:`LARGEST_WEIGHT`."""
    size = np.abs(state.theta)
    if (size <= LARGEST_WEIGHT).all():
        return None
    finite = bool(np.isfinite(size).all())
    bound = LARGEST_WEIGHT if finite else np.finfo(np.float64).max
    owner = next(slot.block_id for slot in plan.slots() if not (slot.view(size) <= bound).all())
    return NonFinite(state.step, owner, "growth" if finite else "weights")


def _first_non_finite(
    plan: Plan, state: NetworkState, results: list[Forward], mean_loss: float, back: BackwardPass
) -> NonFinite | None:
    """Where NaN or infinity began: forward from the input, then the loss, then backward from the output."""
    for node, result in zip(plan.nodes, results, strict=True):
        if not (np.isfinite(result.z).all() and np.isfinite(result.a).all()):
            return NonFinite(state.step, node.id, "z")
    if not np.isfinite(mean_loss):
        return NonFinite(state.step, plan.output.id, "loss")
    for node, result_back in zip(reversed(plan.nodes), reversed(back.results), strict=True):
        if not all(np.isfinite(g).all() for g in result_back.weights.values()):
            return NonFinite(state.step, node.id, "gradient")
    return None
