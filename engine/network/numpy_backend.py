"""The reference backend: plain numpy, every block kind, readable. The other backends are held to it.

It looks in float64, and trains in the precision that the hyper-parameters say.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace

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
from engine.optimizers import OPTIMIZERS, Step, clip, pull_to_zero, regularise


def weights_at(node: Node, state: NetworkState) -> dict[str, Array]:
    """The node's arrays by name, as views into the state."""
    views = {slot.spec.name: slot.view(state.theta) for slot in node.slots}
    views.update({slot.spec.name: slot.view(state.buffers) for slot in node.buffers})
    return views


def node_inputs(node: Node, results: list[Forward], inputs: Mapping[str, Array]) -> tuple[Array, ...]:
    """What flows into a node: its sources' a, or the table's columns for an input block."""
    sources = node.sources
    if len(sources) == 1:
        return (results[sources[0]].a,)
    return tuple([results[source].a for source in sources]) if sources else (inputs[node.id],)


Views = tuple[dict[str, Array], ...]
"""The arrays of every node by name, in the plan's order."""


def views_of(plan: Plan, state: NetworkState) -> Views:
    """The state's arrays as the nodes see them. Made once, they serve many passes."""
    return tuple(weights_at(node, state) for node in plan.nodes)


def forward_pass(
    plan: Plan,
    state: NetworkState,
    inputs: Mapping[str, Array],
    masks: MaskSource | None = None,
    views: Views | None = None,
) -> list[Forward]:
    """z⁽ˡ⁾ and a⁽ˡ⁾ of every node, in order. With ``masks`` it is a training pass: dropout on, batch statistics.

    ``views``: those of the state, where there are some.
    """
    with np.errstate(under="ignore"):
        return _forward(plan, inputs, masks, views or views_of(plan, state))


def _forward(plan: Plan, inputs: Mapping[str, Array], masks: MaskSource | None, views: Views) -> list[Forward]:
    """:func:`forward_pass`, where underflow is silenced already."""
    results: list[Forward] = []
    training = masks is not None
    usual = Context("", training)  # only what changes in training asks for more
    for node, weights in zip(plan.nodes, views, strict=True):
        context = Context(node.id, training, masks) if node.kind.changes_in_training else usual
        results.append(node.kind.forward(node.params, node_inputs(node, results, inputs), weights, context))
    return results


def output_loss(plan: Plan, output: Forward, table: Table) -> Array:
    """The loss of each row, (rows,), summed over the outputs."""
    params = plan.output.params
    function = activation(params.activation)
    per_sample: Array = loss(params.loss).per_sample(output.z, table.targets, function, params.alpha, output.a)
    return per_sample


@dataclass(frozen=True, slots=True)
class BackwardPass:
    """Each node's backward result and upstream gradient (None where nothing flows back), in the plan's order."""

    results: tuple[Backward, ...]
    upstream: tuple[Array, ...]


def backward_pass(
    plan: Plan,
    state: NetworkState,
    table: Table,
    results: list[Forward],
) -> BackwardPass:
    """Reverse-mode differentiation of the mean loss through the plan (Rumelhart, Hinton and Williams 1986)."""
    with np.errstate(under="ignore"):
        return _backward(plan, table, results, views_of(plan, state), sample_shares(table.rows, table.weights))


def _backward(plan: Plan, table: Table, results: list[Forward], views: Views, shares: Array) -> BackwardPass:
    """:func:`backward_pass`, where underflow is silenced already, with the state's ``views`` and the table's rows'
    ``shares`` (:func:`engine.losses.sample_shares`)."""
    params, output = plan.output.params, results[-1]
    function = activation(params.activation)
    delta = loss(params.loss).delta(output.z, table.targets, function, params.alpha, output.a)
    flowing: dict[int, Array] = {len(results) - 1: delta * shares[:, None]}
    found: list[Backward] = []
    for index in range(len(results) - 1, -1, -1):
        node = plan.nodes[index]
        inputs = node_inputs(node, results, table.inputs)
        back = node.kind.backward(node.params, inputs, views[index], results[index], flowing[index])
        for source, gradient in zip(node.sources, back.inputs, strict=False):
            flowing[source] = flowing[source] + gradient if source in flowing else gradient
        found.append(back)
    found.reverse()
    return BackwardPass(tuple(found), tuple([flowing[index] for index in range(len(results))]))


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
            mean = float(output_loss(plan, results[-1], table) @ sample_shares(table.rows, table.weights))
        return Gradients(
            mean,
            flat_gradient(plan, back),
            tuple(r.z for r in results),
            tuple(r.a for r in results),
            tuple(b.delta for b in back.results),
        )

    def train(self, plan: Plan, state: NetworkState, job: TrainJob) -> TrainReport:
        """Do the job's steps; stop before the first that is not finite, with the state as it was before it."""
        if job.hyper.precision == "float64":
            return _train(plan, state, job)
        single = state.in_single()
        report = _train(plan, single, replace(job, table=job.table.in_single()))
        state.take(single)
        return report


def _train(plan: Plan, state: NetworkState, job: TrainJob) -> TrainReport:
    """The job's steps in the precision of the state's arrays."""
    probes, run = Probes(plan, job), _Run(plan, state, job)
    with np.errstate(all="ignore"):
        for step in range(job.steps):
            failure = run.step(step, probes)
            if failure is not None:
                return probes.report(step, failure)
    return probes.report(job.steps, None)


_GATHERED = 2048
"""Rows that are taken out of a table at once."""


class _Run:
    """Steps of a job on a state, with what all of them need made once."""

    def __init__(self, plan: Plan, state: NetworkState, job: TrainJob) -> None:
        self._plan, self._state, self._job = plan, state, job
        self._views, self._borders = views_of(plan, state), job.offsets.tolist()
        self._gradient, self._equal = np.zeros_like(state.theta), np.zeros(0)
        self._before = state.copy()
        self._first, self._last, self._rows = 0, -1, job.table
        self._parts = [
            (index, slot.spec.name, slot.view(self._gradient))
            for index, node in enumerate(plan.nodes)
            for slot in node.slots
        ]

    def _batch(self, step: int) -> Table:
        """A step's rows, out of those of some steps that were gathered together, which costs as much as for one."""
        begin, end = self._borders[step], self._borders[step + 1]
        if not self._first <= begin <= end <= self._last:
            ahead = bisect_right(self._borders, begin + _GATHERED) - 1
            self._first, self._last = begin, max(end, self._borders[ahead])
            self._rows = self._job.table.take(self._job.order[self._first : self._last])
        return self._rows.part(begin - self._first, end - self._first)

    def _shares(self, table: Table) -> Array:
        if table.weights is not None:
            return sample_shares(table.rows, table.weights).astype(self._gradient.dtype, copy=False)
        if len(self._equal) != table.rows:
            self._equal = sample_shares(table.rows).astype(self._gradient.dtype, copy=False)
        return self._equal

    def step(self, step: int, probes: Probes) -> NonFinite | None:
        """One step; why it was not done, where it was not, with the state as it was."""
        plan, state, job = self._plan, self._state, self._job
        table = self._batch(step)
        self._before.take(state)
        results = _forward(plan, table.inputs, MaskSource(job.seed, state.step), self._views)
        shares = self._shares(table)
        probes.losses[step] = mean = float(output_loss(plan, results[-1], table) @ shares)
        back = _backward(plan, table, results, self._views, shares)
        for index, name, part in self._parts:
            part[...] = back.results[index].weights[name]
        failure = _first_non_finite(plan, state, results, mean, back, self._gradient)
        if failure is not None:
            state.buffers[:] = self._before.buffers
            return failure
        if job.probe:
            deltas = [d for i in plan.probed if (d := back.results[i].delta) is not None]
            probes.record(step, self._gradient, deltas, [results[i].z for i in plan.probed], shares)
        _update(plan, state, self._gradient, float(job.rates[step]), job)
        failure = _unbounded_update(plan, state)
        if failure is not None:
            state.take(self._before)
            return failure
        if job.probe:
            probes.record_update(step, self._before.theta, state.theta)
        state.step += 1
        return None


def apply_update(plan: Plan, state: NetworkState, gradient: Array, rate: float, job: TrainJob) -> None:
    """Penalty, clipping, the optimiser's step, then the pull of an L1 that sticks; in place."""
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        _update(plan, state, gradient, rate, job)


def _update(plan: Plan, state: NetworkState, gradient: Array, rate: float, job: TrainJob) -> None:
    """:func:`apply_update`, where overflow is silenced already."""
    hyper = job.hyper
    before = state.theta if hyper.l1_of_pull is None else state.theta.copy()
    regularise(gradient, state.theta, plan.decay_mask, hyper.l1_of_gradient, hyper.l2)
    if hyper.clip_norm is not None:
        clip(gradient, hyper.clip_norm)
    step = Step(rate, state.step + 1, hyper, plan.decay_mask)
    OPTIMIZERS[hyper.optimizer].rule(state.theta, gradient, state.slots, step)
    if hyper.l1_of_pull is not None:
        pull_to_zero(state.theta, before, state.stuck, plan.decay_mask, rate * hyper.l1_of_pull)


def _unbounded_update(plan: Plan, state: NetworkState) -> NonFinite | None:
    """The first block with a parameter that is not finite or, where all are, beyond :data:`LARGEST_WEIGHT`."""
    if _square(state.theta) <= LARGEST_WEIGHT:  # so that no single one is beyond its root
        return None
    size = np.abs(state.theta)
    if (size <= LARGEST_WEIGHT).all():
        return None
    finite = bool(np.isfinite(size).all())
    bound = LARGEST_WEIGHT if finite else np.finfo(np.float64).max
    owner = next(slot.block_id for slot in plan.slots() if not (slot.view(size) <= bound).all())
    return NonFinite(state.step, owner, "growth" if finite else "weights")


def _square(array: Array) -> float:
    """Σ x²: not finite if an element is not, and the quickest way to see that none is."""
    return float(np.vdot(array, array))


def _first_non_finite(
    plan: Plan, state: NetworkState, results: list[Forward], mean_loss: float, back: BackwardPass, gradient: Array
) -> NonFinite | None:
    """Where NaN or infinity began: forward from the input, then the loss, then backward from the output."""
    total = mean_loss + _square(gradient)
    for result in results[1:]:  # what is not finite in an a, or in the input, is so in the next z or in the loss
        total += float(np.vdot(result.z, result.z))
    if math.isfinite(total):
        return None
    for node, result in zip(plan.nodes, results, strict=True):
        if not (np.isfinite(result.z).all() and np.isfinite(result.a).all()):
            return NonFinite(state.step, node.id, "z")
    if not np.isfinite(mean_loss):
        return NonFinite(state.step, plan.output.id, "loss")
    for node, result_back in zip(reversed(plan.nodes), reversed(back.results), strict=True):
        if not all(np.isfinite(g).all() for g in result_back.weights.values()):
            return NonFinite(state.step, node.id, "gradient")
    return None
