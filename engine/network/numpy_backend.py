"""The reference backend: plain numpy, every block kind, readable. The other backends are held to it.

It looks in float64, and trains in the precision that the hyper-parameters say.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from engine.graph.kinds.base import Array, Forward, MaskSource
from engine.losses import sample_shares
from engine.network.contract import (
    LARGEST_WEIGHT,
    Map,
    NetworkGradients,
    NonFinite,
    Table,
    TrainJob,
    TrainReport,
)
from engine.network.function_gaps import function_gap, last_gap
from engine.network.numpy_passes import (
    BackwardPass,
    backward_pass,
    bare_backward,
    bare_forward,
    flat_gradient,
    forward_pass,
    output_loss,
    views_of,
)
from engine.network.plan import Plan
from engine.network.probes import Probes
from engine.network.state import NetworkState
from engine.optimizers import OPTIMIZERS, clip, forget_subnormal, pull_to_zero, regularise


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

    def gradients(self, plan: Plan, state: NetworkState, table: Table) -> NetworkGradients:
        """One forward and backward pass outside training."""
        with np.errstate(all="ignore"):
            results = forward_pass(plan, state, table.inputs)
            back = backward_pass(plan, state, table, results)
            mean = float(output_loss(plan, results[-1], table) @ sample_shares(table.rows, table.weights))
        return NetworkGradients(
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
        results = bare_forward(plan, table.inputs, MaskSource(job.seed, state.step), self._views)
        shares = self._shares(table)
        probes.losses[step] = mean = float(output_loss(plan, results[-1], table) @ shares)
        back = bare_backward(plan, table, results, self._views, shares)
        for index, name, part in self._parts:
            part[...] = back.results[index].weights[name]
        failure = _first_non_finite(plan, state, results, mean, back, self._gradient)
        if failure is not None:
            state.buffers[:] = self._before.buffers
            return failure
        if job.probe:
            deltas = [d for i in plan.probed if (d := back.results[i].delta) is not None]
            probes.record(step, self._gradient, deltas, shares)
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
    numbers = hyper.update_numbers(rate, state.step + 1)
    OPTIMIZERS[hyper.optimizer].bare_update(state.theta, gradient, state.slots, numbers, plan.decay_mask)
    forget_subnormal(state.slots, state.step + 1, hyper.epsilon)
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
            return NonFinite(state.step, node.id, "z", function_gap(node, result.z, result.a))
    if not np.isfinite(mean_loss):
        return NonFinite(state.step, plan.output.id, "loss")
    for node, result_back in zip(reversed(plan.nodes), reversed(back.results), strict=True):
        if not all(np.isfinite(g).all() for g in result_back.weights.values()):
            gap = last_gap(plan.nodes, [result.z for result in results], [result.a for result in results])
            return NonFinite(state.step, node.id, "gradient", gap)
    return None
