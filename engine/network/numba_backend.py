"""The compiled backend: whole runs of training steps of a plain dense network in one call, without the GIL.

A chain is one input, dense blocks one after another, and the output. Everything is float64 and agrees with the
numpy reference to rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array
from engine.losses import sample_shares
from engine.network.contract import HISTOGRAM_BINS, Gradients, Map, NonFinite, Table, TrainJob, TrainReport
from engine.network.kernels import entry
from engine.network.kernels.layout import DELTA, GRADIENT, SLOTS, THETA, A, Layout, Z, is_chain, lay_out, settings_of
from engine.network.kernels.maps import draw_maps, rooms
from engine.network.kernels.probes import TURNS
from engine.network.plan import Node, Plan
from engine.network.state import NetworkState
from engine.optimizers import OPTIMIZERS

_REASONS = {
    entry.BAD_Z: "z",
    entry.BAD_LOSS: "loss",
    entry.BAD_GRADIENT: "gradient",
    entry.BAD_WEIGHTS: "weights",
    entry.GROWN_WEIGHTS: "growth",
}
_LAYOUTS_KEPT = 16
_CACHE_LINE = 64
_NOTHING = np.zeros(0)
_NOTHING.setflags(write=False)


class NumbaBackend:
    """See :class:`engine.network.contract.Backend`. Keeps the tables of its last plan."""

    name = "numba"
    device_label = "CPU"

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._layouts: dict[tuple[int, int], Layout] = {}

    def supports(self, plan: Plan) -> bool:
        """Plain chains of dense blocks."""
        return is_chain(plan)

    def activations(self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array]) -> tuple[Array, ...]:
        """Each node's a, (rows, units)."""
        x = inputs[plan.nodes[0].id]
        layout, space = self._prepare(plan, state, len(x), 0)
        self._pass(layout, space, x, None)
        hidden = (_area(space, layout, k, A, node, len(x)) for k, node in enumerate(plan.nodes[1:]))
        return (x, *hidden)

    def maps(
        self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array], *, output_only: bool = False
    ) -> tuple[Map, ...]:
        """Each node's a as (units, rows) float32, or only the output's; worked out in single precision."""
        x = inputs[plan.nodes[0].id]
        layout, points = self._tables(plan, 0, 0), len(x)
        widths = tuple(node.width for node in plan.nodes)
        shown = widths[-1:] if output_only else widths[1:]
        packed, block, wide = rooms(widths)
        drawn = np.empty((sum(shown), points), np.float32)
        draw_maps(
            layout.layers, layout.alphas, _flat(state.theta), _flat(x), np.uint64(points), not output_only,
            np.empty(packed, np.float32), _aligned(block, np.float32), np.empty(wide), drawn.reshape(-1),
        )  # fmt: skip
        ends = [0, *accumulate(shown)]
        found = tuple(drawn[start:end] for start, end in pairwise(ends))
        return found if output_only else (np.ascontiguousarray(x.T, np.float32), *found)

    def gradients(self, plan: Plan, state: NetworkState, table: Table) -> Gradients:
        """One forward and backward pass."""
        x = table.inputs[plan.nodes[0].id]
        if table.weights is not None:
            sample_shares(table.rows, table.weights)  # raises where they add up to nothing
        layout, space = self._prepare(plan, state, table.rows, 0)
        loss = self._pass(layout, space, x, table)
        start = int(layout.areas[GRADIENT])
        z, a, delta = (
            [_area(space, layout, k, field, node, table.rows) for k, node in enumerate(plan.nodes[1:])]
            for field in (Z, A, DELTA)
        )
        return Gradients(loss, space[start : start + plan.size].copy(), (x, *z), (x, *a), (None, *delta))

    def train(self, plan: Plan, state: NetworkState, job: TrainJob) -> TrainReport:
        """Do the job's steps in one call.

        Raises EngineError (``loss.no-weight``), before any step, when the sample weights of a batch add up to nothing.
        """
        table, optimizer = job.table, OPTIMIZERS[job.hyper.optimizer]
        _check_weights(job)
        largest = int(np.diff(job.offsets).max(initial=1))
        sticks = job.hyper.l1_at_zero == "sticks"
        layout, space = self._prepare(plan, state, largest, optimizer.slots + sticks)
        theta, slots = int(layout.areas[THETA]), int(layout.areas[SLOTS])
        marks = slice(slots + state.slots.size, slots + state.slots.size + plan.size)
        if sticks:
            space[marks] = state.stuck
        columns, recorded = len(layout.layers), job.steps if job.probe else 0
        losses, norms = np.empty(job.steps), np.zeros((4, recorded, columns))
        bins = np.zeros((columns, TURNS, HISTOGRAM_BINS), np.int64)
        outcome = np.zeros(3, np.int64)
        entry.train(
            layout.layers, layout.alphas, layout.areas, settings_of(job.hyper), np.uint64(optimizer.opcode), space,
            _flat(table.inputs[plan.nodes[0].id]), _flat(table.targets),
            _NOTHING if table.weights is None else _flat(table.weights),
            _unsigned(job.order), _unsigned(job.offsets), _flat(job.rates), state.step, losses, norms, bins, outcome,
        )  # fmt: skip
        done, reason, node = outcome.tolist()
        state.theta[:] = space[theta : theta + plan.size]
        state.slots[:] = space[slots : slots + state.slots.size].reshape(state.slots.shape)
        if sticks:
            state.stuck[:] = space[marks] > 0.0
        state.step += done
        failure = NonFinite(state.step, plan.nodes[node].id, _REASONS[reason]) if reason != entry.FINE else None
        weight, bias, delta, update = norms[:, :done]
        return TrainReport(losses[:done], weight, bias, delta, update, bins.sum(axis=1), failure)

    def _tables(self, plan: Plan, rows: int, slots: int) -> Layout:
        """The tables for these sizes."""
        if self._plan is not plan:
            self._plan, self._layouts = plan, {}
        if (rows, slots) not in self._layouts:
            if len(self._layouts) >= _LAYOUTS_KEPT:
                self._layouts.clear()
            self._layouts[rows, slots] = lay_out(plan, rows, slots)
        return self._layouts[rows, slots]

    def _prepare(self, plan: Plan, state: NetworkState, rows: int, slots: int) -> tuple[Layout, Array]:
        """The tables and a workspace with the state's numbers in it."""
        layout = self._tables(plan, rows, slots)
        space = _aligned(layout.size, np.float64)
        theta, memory = int(layout.areas[THETA]), int(layout.areas[SLOTS])
        space[theta : theta + plan.size] = state.theta
        if slots:
            space[memory : memory + state.slots.size] = state.slots.ravel()
        return layout, space

    def _pass(self, layout: Layout, space: Array, x: Array, table: Table | None) -> float:
        targets = _NOTHING if table is None else _flat(table.targets)
        weights = _NOTHING if table is None or table.weights is None else _flat(table.weights)
        order = _unsigned(np.arange(len(x)))
        return float(
            entry.run_pass(
                layout.layers, layout.alphas, layout.areas, space, _flat(x), targets, weights, order, table is not None
            )
        )


def _check_weights(job: TrainJob) -> None:
    """Refuse a batch whose weights add up to nothing, as :func:`engine.losses.sample_shares` does."""
    if job.table.weights is None or not job.steps:
        return
    chosen = job.table.weights[job.order]
    totals = np.add.reduceat(chosen, job.offsets[:-1])
    lowest = np.minimum.reduceat(chosen, job.offsets[:-1])
    for step in np.flatnonzero(~((totals > 0.0) & (lowest >= 0.0)))[:1]:
        rows = chosen[job.offsets[step] : job.offsets[step + 1]]
        sample_shares(len(rows), rows)


def _aligned(count: int, dtype: type[np.floating[Any]]) -> NDArray[Any]:
    """So many zeros from the start of a cache line, where the widest vectors are read fastest."""
    size = np.dtype(dtype).itemsize
    room = np.zeros(count + _CACHE_LINE // size, dtype)
    address: int = room.__array_interface__["data"][0]
    skipped = -address % _CACHE_LINE // size
    return room[skipped : skipped + count]


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    """A flat view that cannot be written to. Numba compiles afresh for arrays that differ in that."""
    flat = np.ascontiguousarray(array).reshape(-1)
    flat.setflags(write=False)
    return flat


def _flat(array: Array) -> Array:
    return _frozen(np.asarray(array, dtype=np.float64))


def _unsigned(indices: NDArray[np.int64]) -> NDArray[np.uint64]:
    return _frozen(np.asarray(indices, dtype=np.int64).view(np.uint64))


def _area(space: Array, layout: Layout, layer: int, field: int, node: Node, rows: int) -> Array:
    """A copy of one of a layer's areas as (rows, units)."""
    start = int(layout.layers[layer, field])
    return np.ascontiguousarray(space[start : start + node.width * rows].reshape(node.width, rows).T)
