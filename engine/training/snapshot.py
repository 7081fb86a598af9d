"""Snapshots: everything a view shows of a run, as plain immutable data."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.data.dataset import Dataset
from engine.formats.progress import Diagnosis, ProgressSignal, RunBranch
from engine.graph.kinds.base import Array
from engine.network.contract import NonFinite
from engine.network.plan import Plan, WeightKey
from engine.training.health import LayerHealth
from engine.training.quality import Quality, has_risen, is_by_heart, is_mostly_learnt, is_solved
from engine.training.ranges import RangeFault
from engine.training.verdicts import LearningState, Verdict

if TYPE_CHECKING:
    from engine.training.history import History

Image = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LayerStats:
    """One probed (dense or output) block at this moment.

    Norms as in :class:`engine.network.contract.TrainReport`, of the latest step or, before any, of one over rows that
    tell. ``judged_delta``: the ‖δ‖ that verdicts go by, see :class:`engine.training.signal.RecentSignal`. Histograms
    (32,), over the whole training set: of z over (−6, 6), and of a with its bin edges (33,). ``health``: each unit
    over the whole training set. ``dead`` and ``saturated``: shares of the units.
    """

    block_id: str
    weight_gradient: float
    bias_gradient: float
    delta: float
    judged_delta: float
    update_ratio: float
    z_histogram: NDArray[np.int64]
    a_histogram: NDArray[np.int64]
    a_edges: Array
    health: LayerHealth

    @property
    def dead(self) -> float:
        """The share of the units that are dead."""
        return len(self.health.dead) / max(self.health.units, 1)

    @property
    def saturated(self) -> float | None:
        """The share of the units that are saturated; None where that can't be counted."""
        found = self.health.saturated
        return None if found is None else len(found) / max(self.health.units, 1)


@dataclass(frozen=True, slots=True)
class DecisionGrid:
    """The network's answer over a plane of two features, the others held at their mean.

    ``outputs``: (outputs, height, width) float32 of the output block's a; row 0 is the *top* (largest second
    feature). ``low``, ``high``: the plane's corners in the data's units. ``columns``: indices of the two columns.
    """

    outputs: Image
    low: tuple[float, float]
    high: tuple[float, float]
    columns: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where a run can be taken: after these ``steps``, at these ``epochs``. ``later``: the curves beyond the present
    step, where it has been taken back; None at its end. ``number``: which run it is, −1 where that isn't known;
    ``branch``: where it has left another."""

    steps: tuple[int, ...] = ()
    epochs: tuple[float, ...] = ()
    later: History | None = None
    number: int = -1
    branch: RunBranch | None = None

    def beside(self, step: int, way: int) -> int:
        """The step that lies a fiftieth of all before a ``step``, or with a ``way`` of 1 behind it; as far as they
        go."""
        place = bisect_left(self.steps, step) + way * max(1, len(self.steps) // 50)
        return self.steps[min(max(place, 0), len(self.steps) - 1)] if self.steps else step


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The latest state of a run. ``weights`` are read-only arrays by (block id, name).

    ``learning``: whether the run learns; ``is_well``: it does, or hardly any error is left. ``verdicts``: in the plan's
    order, of the ``layers`` and, where their units are dead or saturated, of activation blocks. All three are by
    :func:`engine.training.verdicts.judge`.
    ``can_go_back``: it has broken down after steps that took it away from its last sound weights. Where the first step
    after a change was refused, there is nothing to go back from.
    ``range_faults``: settings to blame where it does not learn. ``is_held_by_lines``: see
    :class:`~engine.training.verdicts.RunVerdict`.
    ``maps``: per block id (units, side, side) float32, each neuron's a over the decision plane, row 0 on top; blocks
    with an unbounded activation are as they are, the view scales them. ``accuracy`` is the test set's share of
    correct classes, or R² in regression. ``speed`` in epochs per second, 0 when not running.
    ``dataset``: what the figures were measured on. ``constant_loss``: what the best answer that is the same for all
    training rows costs.
    ``backend``: ``numpy``, ``numba`` or ``torch``; ``device``: where it computes, such as ``CPU`` or ``CUDA:0``.
    ``measured_step``, ``measured_epoch``: when the losses and scores were measured, on all points: now, unless that
    is too costly to be done every time; the history's losses end there, with the same numbers.
    ``is_of_one_step``: these, layers and verdicts are of the present weights. ``cursor``,
    ``steps_per_epoch``: where the run is in its batches. ``optimizer``, ``optimizer_step``, ``memory`` (vectors, P):
    the optimiser's name, count and vectors; ``stuck`` (P,): weights that L1 holds at 0. ``signal``: ‖δ‖ over the latest
    steps, None where none was measured since the weights were set. ``delta_steps`` (steps, layers): ‖δ‖ of each step
    that the verdicts go by, None where they go by rows with the present weights. ``unpreviewed``: where another
    activation is previewed, the run's own snapshot. ``timeline``: where the run can be taken back or on to.
    """

    run: int
    step: int
    epoch: float
    cursor: int
    steps_per_epoch: int
    measured_step: int
    measured_epoch: float
    train_rows: int
    test_rows: int
    learning_rate: float
    train_loss: float
    test_loss: float
    constant_loss: float
    penalty: float
    train_accuracy: float
    accuracy: float
    speed: float
    backend: str
    device: str
    plan: Plan
    dataset: Dataset
    weights: Mapping[WeightKey, Array]
    optimizer: str
    optimizer_step: int
    memory: Array
    stuck: NDArray[np.bool_]
    layers: tuple[LayerStats, ...]
    learning: LearningState
    verdicts: tuple[Verdict, ...]
    history: History
    decision: DecisionGrid | None = None
    maps: Mapping[str, Image] = field(default_factory=dict)
    failure: NonFinite | None = None
    finished: bool = False
    diagnosis: Diagnosis | None = None
    can_go_back: bool = False
    signal: ProgressSignal | None = None
    delta_steps: Array | None = None
    range_faults: tuple[RangeFault, ...] = ()
    is_well: bool = False
    is_held_by_lines: bool = False
    is_of_one_step: bool = True
    unpreviewed: Snapshot | None = None
    timeline: Timeline = field(default_factory=Timeline)

    @property
    def actual(self) -> Snapshot:
        """The network as it is, whatever is previewed."""
        return self.unpreviewed or self

    @property
    def solved(self) -> bool:
        """Whether there is nothing left to learn: see :func:`engine.training.quality.is_solved`."""
        return is_solved(*self._qualities, self.plan.target.classes)

    @property
    def by_heart(self) -> bool:
        """Whether it knows its training rows and not what they have in common: see
        :func:`engine.training.quality.is_by_heart`."""
        return self.failure is None and is_by_heart(
            *self._qualities, self.plan.target.classes, self.test_rows, self.constant_loss
        )

    @property
    def is_set_back(self) -> bool:
        """Whether the loss is far above what it had come down to before the latest change."""
        return bool(has_risen(self.train_loss, self.history.least_before_change))

    @property
    def is_mostly_learnt(self) -> bool:
        """Whether most training rows are learnt: see :func:`engine.training.quality.is_mostly_learnt`."""
        return is_mostly_learnt(self._qualities[0], self.dataset.common_share)

    @property
    def _qualities(self) -> tuple[Quality, Quality]:
        """On the training rows and on the test rows."""
        return Quality(self.train_loss, self.train_accuracy), Quality(self.test_loss, self.accuracy)

    @property
    def mastered(self) -> bool:
        """Whether the training rows are learnt. What still looks odd in the network is then worth a note, no alarm."""
        return self.learning is LearningState.LEARNT
