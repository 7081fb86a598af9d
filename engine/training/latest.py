"""What the latest step measured of every layer: norms of gradients, of δ and of the update."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.graph.kinds.base import Array
from engine.network.contract import Backend, TrainJob, TrainReport
from engine.network.plan import Plan
from engine.network.state import NetworkState
from engine.training.health import LayerHealth
from engine.training.snapshot import LayerStats
from engine.training.verdicts import Evidence


class LatestStep:
    """Of the latest step, be it one of before the run was put by; before any, of a first look."""

    def __init__(self) -> None:
        self._norms: Array | None = None

    def forget(self) -> None:
        """What was measured is of other weights."""
        self._norms = None

    def take(self, report: TrainReport) -> None:
        """Steps that have been done, one at least. A report of thousands of steps is not kept for its last row."""
        self._norms = _last_of(report)

    def take_up(self, norms: Mapping[str, Sequence[float]], probed: Sequence[str]) -> None:
        """Go on from what was put by, by block id."""
        if all(block_id in norms for block_id in probed):
            self._norms = np.array([norms[block_id] for block_id in probed]).T

    def kept(self, probed: Sequence[str]) -> dict[str, tuple[float, float, float, float]]:
        """What is to be put by, by block id; nothing before any step."""
        columns = self._norms.T.tolist() if self._norms is not None else []
        return {
            block_id: (w, b, delta, update) for block_id, (w, b, delta, update) in zip(probed, columns, strict=False)
        }

    def norms(self, plan: Plan, state: NetworkState, backend: Backend, job: Callable[[], TrainJob]) -> Array:
        """(4, probed). ``job``: a step over rows that tell, which a first look does on a copy."""
        return self._norms if self._norms is not None else self._first_look(plan, state, backend, job())

    def _first_look(self, plan: Plan, state: NetworkState, backend: Backend, job: TrainJob) -> Array:
        """What that step would measure, on a copy: so that gradients are seen before anyone presses Play.

        Where the update itself would be refused, the gradients are those all the same and the update is none.
        """
        report = backend.train(plan, state.copy(), job)
        if report.failure is not None:
            report = backend.train(plan, state.copy(), replace(job, rates=np.zeros(1)))
        self._norms = _last_of(report)
        return self._norms if self._norms is not None else np.zeros((4, len(plan.probed)))


def _last_of(report: TrainReport) -> Array | None:
    """(4, probed): what the last of a report's steps measured; None where none did."""
    rows = (report.weight_gradients, report.bias_gradients, report.deltas, report.updates)
    return np.array([row[-1] for row in rows]) if len(report.weight_gradients) else None


def layer_stats(
    probed: Sequence[str], norms: Array, deltas: Mapping[str, float], health: Mapping[str, LayerHealth]
) -> tuple[LayerStats, ...]:
    """Norms (4, probed) and health, layer by layer. ``deltas``: the ‖δ‖ that verdicts go by, as far as it is known."""
    found = []
    for block_id, (weight, bias, delta, update) in zip(probed, norms.T.tolist(), strict=True):
        one = health[block_id]
        histograms = one.z_histogram, one.histogram, one.edges
        found.append(LayerStats(block_id, weight, bias, delta, deltas.get(block_id, delta), update, *histograms, one))
    return tuple(found)


def evidence_of(health: Mapping[str, LayerHealth], deltas: Mapping[str, float], output: str) -> list[Evidence]:
    """What there is to judge: the probed layers and the activation blocks, in the plan's order; of those without
    ``deltas`` nothing is known."""
    return [
        Evidence(
            block_id,
            deltas.get(block_id),
            one.units,
            dead=one.dead,
            saturated=one.stuck if block_id == output else one.saturated or (),
            overgrown=one.overgrown,
            are_alike=one.are_alike,
            largest=one.largest,
            gap=one.gap,
        )
        for block_id, one in health.items()
    ]
