"""‖δ‖ of every probed block over all points or an epoch's steps: what the gradients' health is judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.formats.progress import MOST_SIGNAL_STEPS, Curve, ProgressSignal
from engine.graph.kinds.base import Array
from engine.network.contract import Backend, TrainJob
from engine.network.plan import Plan
from engine.network.state import NetworkState

MOST_ROWS = 1_000
"""Rows that tell as much as all of them do."""


def tell_enough(steps: int, batch_size: int, rows: int) -> bool:
    """Whether so many steps have seen as many of the rows as tell of all."""
    return steps * batch_size >= min(rows, MOST_ROWS)


class RecentSignal:
    """‖δ‖ over the latest steps, up to an epoch of them: one batch alone, in which all units may be off that others
    switch on, tells of itself and not of the network. As ‖δ‖ is the root of a batch's mean of ‖δᵢ‖², the root of the
    steps' mean of its square is what one batch of all their rows would have.
    """

    def __init__(self) -> None:
        self._deltas: Array = np.zeros((0, 0))
        self._looked: tuple[int, Array | None] | None = None

    def forget(self) -> None:
        """What was measured is of other weights."""
        self._deltas, self._looked = np.zeros((0, 0)), None

    def add(self, deltas: Array, steps_per_epoch: int) -> None:
        """Further steps' ‖δ‖, (steps, probed); none of them where they were not measured."""
        if not len(deltas):
            self.forget()
            return
        most = min(steps_per_epoch, MOST_SIGNAL_STEPS)
        before = self._deltas if self._deltas.shape[1:] == deltas.shape[1:] else deltas[:0]
        self._deltas = np.concatenate([before, deltas[-most:]])[-most:].copy()

    def kept(self, block_ids: Sequence[str]) -> ProgressSignal | None:
        """What is to be put by of the steps so far, whose probed blocks these are; None before any."""
        if not len(self._deltas):
            return None
        norms = _root_mean_square(self._deltas).tolist()
        return ProgressSignal(len(self._deltas), dict(zip(block_ids, norms, strict=True)))

    def take_up(self, kept: ProgressSignal, block_ids: Sequence[str]) -> None:
        """Go on from what was put by: as if each of its steps had measured what all of them came to."""
        if all(block_id in kept.norms for block_id in block_ids):
            norms = np.array([[kept.norms[block_id] for block_id in block_ids]])
            self._deltas = np.repeat(norms, min(kept.steps, MOST_SIGNAL_STEPS), axis=0)

    def telling(self, job: TrainJob) -> Array | None:
        """Return ‖δ‖ of the steps so far, (steps, probed); None where they have not seen as many rows as tell."""
        return self._deltas if tell_enough(len(self._deltas), job.hyper.batch_size, job.table.rows) else None

    def norms(self, plan: Plan, state: NetworkState, backend: Backend, job: TrainJob, step: int) -> Array | None:
        """(probed,): over the steps so far where they have seen as many rows as tell, else over rows of ``job``'s table
        with the weights after ``step`` updates. None where that gives no numbers."""
        steps = self.telling(job)
        if steps is not None:
            return _root_mean_square(steps)
        if self._looked is None or self._looked[0] != step:
            self._looked = step, over_rows(plan, state, backend, job)
        return self._looked[1]


def _root_mean_square(deltas: Array) -> Array:
    """(probed,) of (steps, probed); of sizes whose squares are beyond all numbers too."""
    largest = deltas.max(axis=0)
    shares = np.divide(deltas, largest, out=np.zeros_like(deltas), where=largest > 0.0)
    return np.asarray(largest * np.sqrt(np.mean(np.square(shares), axis=0)))


def telling_rows(rows: int) -> NDArray[np.int64]:
    """Return the places of up to :data:`MOST_ROWS` of so many rows, spread evenly."""
    return np.linspace(0, rows - 1, min(rows, MOST_ROWS)).astype(np.int64)


def telling_job(job: TrainJob) -> TrainJob:
    """One step over up to :data:`MOST_ROWS` of the table's rows, spread evenly, instead of those of the job."""
    order = telling_rows(job.table.rows)
    return replace(job, order=order, offsets=np.array([0, len(order)], dtype=np.int64))


def over_rows(plan: Plan, state: NetworkState, backend: Backend, job: TrainJob) -> Array | None:
    """‖δ‖ (probed,) over up to :data:`MOST_ROWS` of a table's rows, spread evenly; the state stays as it is. None where
    a number on the way is not finite."""
    if not job.table.rows:
        return None
    report = backend.train(plan, state.copy(), replace(telling_job(job), rates=np.zeros(1), probe=True))
    return report.deltas[-1] if report.steps else None


def ratio_curves(
    deltas: Mapping[str, Curve], reference: str, now: Mapping[str, float], at: tuple[int, float]
) -> dict[str, Curve]:
    """‖δ‖ of every block over that of ``reference``, at each point over the epoch that ends there: what verdicts go by.
    ``deltas``: ‖δ‖ of the steps, each before its update, over the same steps for all. ``now``: the ratios of the latest
    verdicts, which the curves end in, and ``at`` which step and epoch. No signal at all is 0, as verdicts have it, also
    where the reference gets none."""
    base = _over_epochs(deltas[reference])
    found = {}
    for block_id, curve in deltas.items():
        with np.errstate(divide="ignore", invalid="ignore"):
            size = _over_epochs(curve)
            ratio = np.where(size == 0.0, 0.0, size / base)
        ratio = np.append(ratio, now.get(block_id, np.nan))
        count = np.where(np.isfinite(ratio), np.append(curve.count, 1), 0)
        ratio = np.where(count > 0, ratio, np.nan)
        found[block_id] = Curve(
            np.append(curve.steps, at[0]), np.append(curve.epochs, at[1]), count, ratio, ratio, ratio
        )
    return found


def _over_epochs(curve: Curve) -> Array:
    """The root of the mean of a norm's square over the epoch that ends at each point, (n,)."""
    count = len(curve.epochs)
    if not count:
        return np.zeros(0)
    known = curve.count > 0
    largest = float(np.max(curve.mean[known], initial=0.0)) or 1.0
    squares = np.append(np.where(known, curve.count * np.square(curve.mean / largest), 0.0), 0.0)
    ends = np.arange(1, count + 1)
    spans = np.stack([np.searchsorted(curve.epochs, curve.epochs - 1.0, side="right"), ends], axis=1).ravel()
    steps = np.append(curve.count, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = np.add.reduceat(squares, spans)[::2] / np.add.reduceat(steps, spans)[::2]
    return np.asarray(largest * np.sqrt(shares))
