"""The compiled backend: whole runs of training steps of a network in one call, without the GIL.

What is looked at is float64, and agrees with the numpy reference to rounding; training steps are in the precision that
the hyper-parameters say.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array
from engine.losses import sample_shares
from engine.network.contract import Map, NetworkGradients, NonFinite, Table, TrainJob, TrainReport
from engine.network.kernels import checks, entry, single
from engine.network.kernels.layout import (
    ALIGNMENT,
    BUFFERS,
    DELTA,
    FIRST_CONSTANT,
    GRADIENT,
    OPTIMIZER_CODES,
    PARAMETERS,
    SETTING_FIELDS,
    SLOTS,
    THETA,
    A,
    StepInputs,
    StepResults,
    WorkspaceLayout,
    Z,
    is_chain,
    is_compiled,
    lay_out,
    mask_keys,
    settings_of,
)
from engine.network.kernels.maps import draw_maps, rooms
from engine.network.kernels.subnormals import flushed_to_zero
from engine.network.numba_arrays import aligned, area, flat, joined, rows_of, unsigned
from engine.network.plan import Plan
from engine.network.spare import Spare
from engine.network.state import NetworkState
from engine.optimizers import OPTIMIZERS, may_flush

_REASONS = {
    checks.BAD_Z: "z",
    checks.BAD_LOSS: "loss",
    checks.BAD_GRADIENT: "gradient",
    checks.BAD_WEIGHTS: "weights",
    checks.GROWN_WEIGHTS: "growth",
}
_LAYOUTS_KEPT = 16
_NOTHING = np.zeros(0)
_NOTHING.setflags(write=False)
_NO_SETTINGS = np.zeros(SETTING_FIELDS)
_NO_KEYS = np.zeros((0, 2), np.uint64)
_PART = 512
"""Points of a pass for maps."""


class _Drawing(NamedTuple):
    """The tables and rooms for the maps of a chain, and where each layer's units begin and end among all."""

    layers: NDArray[np.uint64]
    alphas: Array
    packed: Map
    block: Map
    wide: Array
    ends: tuple[int, ...]


def _drawing(plan: Plan, layout: WorkspaceLayout) -> _Drawing:
    widths = tuple(node.width for node in plan.nodes)
    packed, block, wide = rooms(widths)
    rooms_of = (np.empty(packed, np.float32), aligned(block, np.float32), np.empty(wide))
    alphas = layout.constants[1:, FIRST_CONSTANT].copy()
    return _Drawing(layout.layers, alphas, *rooms_of, (0, *accumulate(widths[1:])))


class NumbaBackend:
    """See :class:`engine.network.contract.Backend`. Keeps the tables of its last plan."""

    name = "numba"
    device_label = "CPU"

    def __init__(self) -> None:
        self._plan: Plan | None = None
        self._layouts: dict[tuple[int, int], WorkspaceLayout] = {}
        self._drawn: Plan | None = None
        self._drawing: _Drawing | None = None
        self._space, self._squares = Spare(), Spare()

    def supports(self, plan: Plan) -> bool:
        """Every plan of blocks that the kernels know: all of the playground's."""
        return is_compiled(plan)

    def activations(self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array]) -> tuple[Array, ...]:
        """Each node's a, (rows, units)."""
        rows = rows_of(inputs)
        layout, space = self._prepare(plan, state, rows)
        self._pass(plan, layout, space, inputs, rows, None)
        return tuple(area(space, layout, k, A, node, rows) for k, node in enumerate(plan.nodes))

    def maps(
        self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array], *, output_only: bool = False
    ) -> tuple[Map, ...]:
        """Each node's a as (units, rows) float32, or only the output's; worked out in single precision."""
        drawing = self._drawing_of(plan)
        if drawing is None:
            return self._maps_in_parts(plan, state, inputs, output_only=output_only)
        x = inputs[plan.nodes[0].id]
        points, (layers, alphas, packed, block, wide, ends) = len(x), drawing
        drawn = np.empty((ends[-1] - ends[-2] if output_only else ends[-1], points), np.float32)
        draw_maps(
            layers, alphas, flat(state.theta), flat(x), np.uint64(points), not output_only,
            packed, block, wide, drawn.reshape(-1),
        )  # fmt: skip
        if output_only:
            return (drawn,)
        return (x.T.astype(np.float32, "C"), *[drawn[start:end] for start, end in pairwise(ends)])

    def _drawing_of(self, plan: Plan) -> _Drawing | None:
        """What the maps of a chain need, made once; None for a plan that is none."""
        if self._drawn is not plan:
            self._drawn, self._drawing = plan, _drawing(plan, self._tables(plan, 0, 0)) if is_chain(plan) else None
        return self._drawing

    def _maps_in_parts(
        self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array], *, output_only: bool
    ) -> tuple[Map, ...]:
        """Maps of any plan, by passes over parts that stay in the cache."""
        rows = rows_of(inputs)
        shown = [len(plan.nodes) - 1] if output_only else list(range(len(plan.nodes)))
        found = tuple(np.empty((plan.nodes[k].width, rows), np.float32) for k in shown)
        layout, space = self._prepare(plan, state, min(rows, _PART))
        for start in range(0, rows, _PART):
            count = min(rows - start, _PART)
            self._pass(plan, layout, space, {key: x[start : start + count] for key, x in inputs.items()}, count, None)
            for k, drawn in zip(shown, found, strict=True):
                first = int(layout.nodes[k, A])
                with np.errstate(over="ignore"):  # beyond float32 is infinite, which is what a heat map shows
                    drawn[:, start : start + count] = space[first : first + len(drawn) * count].reshape(-1, count)
        return found

    def gradients(self, plan: Plan, state: NetworkState, table: Table) -> NetworkGradients:
        """One forward and backward pass."""
        if table.weights is not None:
            sample_shares(table.rows, table.weights)  # raises where they add up to nothing
        layout, space = self._prepare(plan, state, table.rows)
        loss = self._pass(plan, layout, space, table.inputs, table.rows, table)
        start = int(layout.areas[GRADIENT])
        z, a, delta = (
            [area(space, layout, k, field, node, table.rows) for k, node in enumerate(plan.nodes)]
            for field in (Z, A, DELTA)
        )
        deltas = [d if node.kind.has_delta else None for node, d in zip(plan.nodes, delta, strict=True)]
        return NetworkGradients(loss, space[start : start + plan.size].copy(), z, a, deltas)

    def train(self, plan: Plan, state: NetworkState, job: TrainJob) -> TrainReport:
        """Do the job's steps in one call.

        Raises EngineError (``loss.no-weight``), before any step, when the sample weights of a batch add up to nothing.
        """
        _check_weights(job)
        largest, sticks = int(np.diff(job.offsets).max(initial=1)), job.hyper.l1_at_zero == "sticks"
        number = np.float32 if job.hyper.precision == "float32" else np.float64
        layout = self._tables(plan, largest, OPTIMIZERS[job.hyper.optimizer].slots + sticks)
        columns, recorded = len(layout.layers), job.steps if job.probe else 0
        squares = self._squares.empty(-(-4 * recorded * columns // ALIGNMENT) * ALIGNMENT, np.float64)
        return _trained(plan, layout, self._space.zeros(layout.size, number), state, job, largest, squares)

    def _tables(self, plan: Plan, rows: int, slots: int) -> WorkspaceLayout:
        """The tables for these sizes."""
        if self._plan is not plan:
            self._plan, self._layouts = plan, {}
        if (rows, slots) not in self._layouts:
            if len(self._layouts) >= _LAYOUTS_KEPT:
                self._layouts.clear()
            self._layouts[rows, slots] = lay_out(plan, rows, slots)
        return self._layouts[rows, slots]

    def _prepare(self, plan: Plan, state: NetworkState, rows: int) -> tuple[WorkspaceLayout, Array]:
        """The tables and a workspace for a look, with the state's numbers in it."""
        layout = self._tables(plan, rows, 0)
        space = aligned(layout.size, np.float64)
        _lay_state(plan, layout, space, state)
        return layout, space

    def _pass(
        self,
        plan: Plan,
        layout: WorkspaceLayout,
        space: Array,
        inputs: Mapping[str, Array],
        rows: int,
        table: Table | None,
    ) -> float:
        look = entry.LOOK_FORWARD if table is None else entry.LOOK_BACK
        steps = StepInputs(
            inputs=joined(plan, inputs),
            targets=_NOTHING if table is None else flat(table.targets),
            weights=_NOTHING if table is None or table.weights is None else flat(table.weights),
            table_rows=np.uint64(rows),
            order=unsigned(np.arange(rows)),
            offsets=unsigned(np.array([0, rows])),
            rates=flat(np.ones(1)),
            updates=np.uint64(0),
            settings=_NO_SETTINGS,
            optimizer=np.uint64(0),
            keys=_NO_KEYS,
        )
        no_norms = np.zeros((4, 0, len(layout.layers)))
        results = StepResults(np.zeros(1), no_norms, np.zeros(0), np.zeros(3, np.int64))
        entry.run(look, layout, space, steps, results)
        return float(results.losses[0])


def _lay_state(plan: Plan, layout: WorkspaceLayout, space: Array, state: NetworkState) -> None:
    theta, statistics = int(layout.areas[THETA]), int(layout.areas[BUFFERS])
    space[theta : theta + plan.size] = state.theta
    space[statistics : statistics + plan.buffer_size] = state.buffers


def _trained(
    plan: Plan, layout: WorkspaceLayout, space: Array, state: NetworkState, job: TrainJob, largest: int, squares: Array
) -> TrainReport:
    """Do a job's steps, in batches of up to ``largest`` rows, in a workspace that is all 0 and with room for the
    probes' squares. The report lies where the squares do."""
    sticks, slots = job.hyper.l1_at_zero == "sticks", OPTIMIZERS[job.hyper.optimizer].slots
    theta, buffers = int(layout.areas[THETA]), int(layout.areas[BUFFERS])
    memory = _memory(layout, space, plan, slots + sticks)
    _lay_state(plan, layout, space, state)
    memory[: len(state.slots)] = state.slots
    if sticks:
        memory[-1] = state.stuck
    columns, recorded = len(layout.layers), job.steps if job.probe else 0
    norms = squares[: 4 * recorded * columns].reshape(4, recorded, columns)
    results = StepResults(np.empty(job.steps), norms, squares, np.zeros(3, np.int64))
    with flushed_to_zero() if may_flush(job.hyper.epsilon, space.dtype) else nullcontext():
        _do_steps(plan, layout, space, job, state.step, largest, results)
    done, reason, node = results.outcome.tolist()
    state.theta[:] = space[theta : theta + plan.size]
    state.slots[:] = memory[: len(state.slots)]
    state.buffers[:] = space[buffers : buffers + plan.buffer_size]
    if sticks:
        state.stuck[:] = memory[-1] > 0.0
    state.step += done
    failure = NonFinite(state.step, plan.nodes[node].id, _REASONS[reason]) if reason != checks.FINE else None
    weight, bias, delta, update = norms[:, :done]
    return TrainReport(results.losses[:done], weight, bias, delta, update, failure)


def _memory(layout: WorkspaceLayout, space: Array, plan: Plan, slots: int) -> Array:
    """The optimiser's vectors in the workspace, (slots, P), as a view."""
    start, size = int(layout.areas[SLOTS]), int(layout.areas[PARAMETERS])
    return space[start : start + slots * size].reshape(slots, size)[:, : plan.size]


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


def _do_steps(
    plan: Plan, layout: WorkspaceLayout, space: Array, job: TrainJob, updates: int, largest: int, results: StepResults
) -> None:
    """Do a job's steps, after so many ``updates``, in batches of up to ``largest`` rows.

    What was asked for, not what is left to do, says which kernel does them, so that a run in pieces ends in the same
    bits.
    """
    table = job.table
    steps = StepInputs(
        inputs=joined(plan, table.inputs),
        targets=flat(table.targets),
        weights=_NOTHING if table.weights is None else flat(table.weights),
        table_rows=np.uint64(table.rows),
        order=unsigned(job.order),
        offsets=unsigned(job.offsets),
        rates=flat(job.rates),
        updates=np.uint64(updates),
        settings=settings_of(job.hyper),
        optimizer=np.uint64(OPTIMIZER_CODES[job.hyper.optimizer]),
        keys=mask_keys(plan, job.seed),
    )
    if job.hyper.batch_size == largest == 1 and single.suits(plan, layout):
        single.run(layout, space, steps, results)
    else:
        entry.run(entry.TRAIN, layout, space, steps, results)
