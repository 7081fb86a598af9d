"""The z of one layer over the whole training set: what a learner sees beneath the activations, live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array
from engine.network.numpy_passes import forward_pass
from engine.network.plan import Node, Plan, WeightKey
from engine.network.state import state_of
from engine.training.tables import network_inputs

CHUNK = 4096
"""Rows per forward pass: a large set needs no large arrays of the other layers."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of equal bins from ``low`` to ``high``, and how many lie beyond either end or are no numbers. ``mean``
    and ``deviation`` are of all finite values, those beyond included; NaN where there are none."""

    low: float
    high: float
    counts: NDArray[np.int64]
    below: int
    above: int
    broken: int
    mean: float
    deviation: float

    @property
    def total(self) -> int:
        """Of all values."""
        return int(self.counts.sum()) + self.below + self.above + self.broken

    def count_at(self, x: float) -> int:
        """How many are in the bin that x lies in; 0 where it lies beyond all of them."""
        if not self.low <= x <= self.high:
            return 0
        at = int((x - self.low) / (self.high - self.low) * len(self.counts))
        return int(self.counts[min(at, len(self.counts) - 1)])  # the last one holds its upper end too


def layers_of(plan: Plan) -> tuple[Node, ...]:
    """The nodes with an activation of their own, from the input's side."""
    return tuple(node for node in plan.nodes if node.kind.has_delta)


def layer_z(plan: Plan, weights: Mapping[WeightKey, Array], dataset: Dataset, block_id: str) -> Array:
    """z (training rows, units) of a block under complete ``weights``, with the reference backend, as at test time (no
    dropout, running statistics). Raises KeyError for a block that the plan does not have."""
    index = {node.id: at for at, node in enumerate(plan.nodes)}[block_id]
    rows, state = dataset.train, state_of(plan, weights)
    found = np.empty((len(rows), plan.nodes[index].width))
    with np.errstate(all="ignore"):
        for start in range(0, len(rows), CHUNK):
            part = slice(start, start + CHUNK)
            inputs = network_inputs(plan, dataset.columns, dataset.x[rows[part]])
            found[part] = forward_pass(plan, state, inputs)[index].z
    return found


def histogram_of(z: Array, low: float, high: float, bins: int) -> Histogram:
    """Count all of z into ``bins`` between ``low`` and ``high``; the last one holds its upper end too."""
    flat = z.ravel()
    finite = flat[np.isfinite(flat)]
    counts, _ = np.histogram(finite, bins=bins, range=(low, high))
    mean = float(finite.mean()) if finite.size else float("nan")
    deviation = float(finite.std()) if finite.size else float("nan")
    below, above = int((finite < low).sum()), int((finite > high).sum())
    return Histogram(low, high, counts.astype(np.int64), below, above, flat.size - finite.size, mean, deviation)
