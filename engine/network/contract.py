"""The one contract of the three backends: numpy (reference), numba (the playground's, fast), torch (any, GPU)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.graph.kinds.base import Array
from engine.hyperparameters import Hyperparameters
from engine.network.function_gaps import FunctionGap
from engine.network.plan import Plan
from engine.network.state import NetworkState

HISTOGRAM_BINS = 32
HISTOGRAM_RANGE = (-6.0, 6.0)
"""Histograms of z count 32 equal bins over this range; what lies beyond falls into the end bins."""

LARGEST_WEIGHT = 1e8
"""A parameter beyond this size is taken for divergence. Saturated units can keep a hopeless run finite for ever."""

Map = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows the network sees. ``inputs``: (rows, width) per input block id; ``targets`` (rows, outputs), encoded for
    the loss; ``weights`` (rows,) sample weights or None for one each."""

    inputs: Mapping[str, Array]
    targets: Array
    weights: Array | None = None

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(self.targets.shape[0])

    def take(self, rows: NDArray[np.int64]) -> Table:
        """Some rows, in the given order."""
        weights = None if self.weights is None else self.weights[rows]
        return Table({key: x.take(rows, 0) for key, x in self.inputs.items()}, self.targets.take(rows, 0), weights)

    def part(self, begin: int, end: int) -> Table:
        """The rows from ``begin`` to before ``end``, as views."""
        weights = None if self.weights is None else self.weights[begin:end]
        return Table({key: x[begin:end] for key, x in self.inputs.items()}, self.targets[begin:end], weights)

    def in_single(self) -> Table:
        """The same rows as float32, for steps in single precision."""
        with np.errstate(over="ignore"):
            inputs = {key: x.astype(np.float32) for key, x in self.inputs.items()}
            weights = None if self.weights is None else self.weights.astype(np.float32)
            return Table(inputs, self.targets.astype(np.float32), weights)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class TrainJob:
    """Steps to do. Step s (0-based, of ``len(rates)``) trains on rows ``order[offsets[s]:offsets[s+1]]`` at
    learning rate ``rates[s]``. ``probe``: record norms at every step."""

    table: Table
    order: NDArray[np.int64]
    offsets: NDArray[np.int64]
    rates: Array
    hyper: Hyperparameters
    seed: int
    probe: bool = True

    @property
    def steps(self) -> int:
        """Number of steps."""
        return int(self.rates.shape[0])


@dataclass(frozen=True, slots=True)
class NonFinite:
    """Where NaN or infinity began: the step (updates done before it) and the block; ``what`` is ``z``, ``loss``,
    ``gradient`` or ``weights``; or ``growth``, where an update would take a parameter that stays finite beyond
    :data:`LARGEST_WEIGHT`. The state is left as it was before that step. Of several blocks it is the first in the
    direction of the pass: from the input on for z and weights, from the output back for gradients. ``gap``: where it
    began in a function that has no number for a finite z."""

    step: int
    block_id: str
    what: str
    gap: FunctionGap | None = None


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What happened. Arrays have one row per step done, one column per probed node (``plan.probed``).

    ``losses`` (steps,): data loss of each batch, before its update, penalty not included.
    ``weight_gradients``, ``bias_gradients``: ‖∂L/∂W‖ and ‖∂L/∂b‖ (Frobenius; penalty and clipping not included).
    ``deltas``: root of the batch mean of ‖δᵢ‖², δᵢ = ∂Lᵢ/∂z of one sample; independent of the batch size.
    ``updates``: ‖ΔW‖ ÷ ‖W‖ (0 where ‖W‖ is 0). Without ``probe`` the probe arrays have zero rows.
    """

    losses: Array
    weight_gradients: Array
    bias_gradients: Array
    deltas: Array
    updates: Array
    failure: NonFinite | None = None

    @property
    def steps(self) -> int:
        """Number of steps done."""
        return int(self.losses.shape[0])


@dataclass(frozen=True, slots=True)
class NetworkGradients:
    """One backward pass over a table: mean loss, ∂L/∂θ (P,), and per node z, a and δ (None where there is no δ).

    ``deltas`` are ∂L/∂z of the *mean* loss L, (rows, units) each.
    """

    loss: float
    theta: Array
    z: Sequence[Array]
    a: Sequence[Array]
    deltas: Sequence[Array | None]


class Backend(Protocol):
    """What a backend does. All are stateless but for caches; the state is changed by :meth:`train` alone."""

    name: str
    device_label: str
    """Where it computes, as it is shown: ``CPU``, ``CUDA:0``, ``MPS``."""

    def supports(self, plan: Plan) -> bool:
        """Whether this backend can train the plan."""

    def activations(self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array]) -> tuple[Array, ...]:
        """Each node's a, (rows, units), outside training (dropout off, running statistics)."""

    def maps(
        self, plan: Plan, state: NetworkState, inputs: Mapping[str, Array], *, output_only: bool = False
    ) -> tuple[Map, ...]:
        """Each node's a as (units, rows) float32, outside training, or with ``output_only`` the output's alone: what
        heat maps and the decision view show."""

    def gradients(self, plan: Plan, state: NetworkState, table: Table) -> NetworkGradients:
        """One forward and backward pass outside training; nothing is updated."""

    def train(self, plan: Plan, state: NetworkState, job: TrainJob) -> TrainReport:
        """Do the job's steps, changing ``state`` in place; stops before the first step that is not finite, or that
        takes a parameter beyond :data:`LARGEST_WEIGHT`."""
