"""Collects the norms of a training report, step by step (numpy and torch backends); counts z into a histogram."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array
from engine.network.contract import HISTOGRAM_BINS, HISTOGRAM_RANGE, NonFinite, TrainJob, TrainReport
from engine.network.plan import Plan, Slot


def histogram(z: Array) -> tuple[NDArray[np.int64], int, int]:
    """Counts of z, (32,), over :data:`HISTOGRAM_RANGE`, both ends included; how many finite ones lie beyond either end;
    and how many are no numbers."""
    low, high = HISTOGRAM_RANGE
    inside = z[(z >= low) & (z <= high)]
    bins = np.minimum((inside - low) * (HISTOGRAM_BINS / (high - low)), HISTOGRAM_BINS - 1).astype(np.int64)
    finite = int(np.isfinite(z).sum())
    return np.bincount(bins, minlength=HISTOGRAM_BINS), finite - inside.size, z.size - finite


def _norm(array: Array) -> float:
    return float(np.sqrt(np.square(array).sum()))


class Probes:
    """Filled by a backend's steps; see :class:`engine.network.contract.TrainReport` for what each figure is."""

    def __init__(self, plan: Plan, job: TrainJob) -> None:
        rows = job.steps if job.probe else 0
        shape = (rows, len(plan.probed))
        self._probed = [plan.nodes[i] for i in plan.probed]
        self._probe = job.probe
        self.losses = np.zeros(job.steps)
        self._weight, self._bias = np.zeros(shape), np.zeros(shape)
        self._delta, self._update = np.zeros(shape), np.zeros(shape)

    def record(self, step: int, gradient: Array, deltas: Sequence[Array], shares: Array) -> None:
        """One step before its update: ∂L/∂θ (P,), and per probed node δ of the mean loss, (rows, units).

        ``shares`` (rows,): each row's share of the mean; δᵢ of a sample is δ of the mean loss over its share.
        """
        for column, node in enumerate(self._probed):
            parts = {slot.spec.name: _norm(slot.view(gradient)) for slot in node.slots}
            self._weight[step, column] = parts["W"]
            self._bias[step, column] = parts.get("b", 0.0)
            squares = np.square(deltas[column]).sum(axis=1)
            counted = shares > 0.0
            self._delta[step, column] = np.sqrt((squares[counted] / shares[counted]).sum())

    def record_update(self, step: int, before: Array, after: Array) -> None:
        """‖ΔW‖ ÷ ‖W‖ of every probed node, from θ before and after the update."""
        for column, node in enumerate(self._probed):
            weight: Slot = node.slots[0]
            size = _norm(weight.view(before))
            change = _norm(weight.view(after) - weight.view(before))
            self._update[step, column] = change / size if size > 0.0 else 0.0

    def report(self, steps: int, failure: NonFinite | None) -> TrainReport:
        """The report of the steps done."""
        rows = steps if self._probe else 0
        norms = (self._weight[:rows], self._bias[:rows], self._delta[:rows], self._update[:rows])
        return TrainReport(self.losses[:steps], *norms, failure)
