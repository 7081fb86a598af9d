"""How far a run has come, as it is kept with its network: the place in the epochs, the optimiser's memory, the curves.

Plain data below the training rooms, so that a file can hold a run without knowing how one is trained.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.graph.weights import WeightKey
from engine.network.contract import NonFinite

Floats = NDArray[np.float64]

MOST_STEPS = 2**40
"""No run has so many: at a million steps a second it would take twelve days. Times the rows of any data set that is
held in memory it still is a number of 64 bits."""

MOST_SIGNAL_STEPS = 1_000
"""Steps of an epoch by which the gradients' health is judged, the latest ones."""


@dataclass(frozen=True, slots=True)
class Event:
    """A change that was made to a run after ``step`` updates, at this ``epoch``.

    ``kind`` and its ``parameters``, all as text or numbers: ``added``, ``removed``, ``changed`` (``block``: its shown
    name, ``what`` of it is another, ``before`` and ``after``); ``wires``; ``rate``, ``batch``, ``optimizer`` and
    ``setting`` (``what``) with ``before`` and ``after``; ``data``; ``weights`` (``block``, ``name``, or nothing where
    all were replaced); ``several`` (``count``), where there were too many to keep apart. ``was`` and ``is`` of lists,
    wires and data tell by a few letters whether they came to be what they had been.
    """

    step: int
    epoch: float
    kind: str
    parameters: Mapping[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Curve:
    """A decimated curve, (n,) each: of every bucket the first step, the epoch in its middle, how many values fell into
    it, and their mean, least and greatest.

    A bucket in which others were measured and this was not has count 0 and NaN. A value that was not finite counts as
    infinite, and so does the mean of its bucket. The last point of what is measured on all points is the latest value
    alone, whatever bucket it fell into: such a curve ends in what is true now.
    """

    steps: NDArray[np.int64]
    epochs: Floats
    count: NDArray[np.int64]
    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class ProgressSignal:
    """‖δ‖ over the latest ``steps``, up to an epoch of them: by block, the root of the mean of its squares."""

    steps: int
    norms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ProgressChange:
    """What a run's latest change left for its verdicts to go by. ``drawn``: the blocks whose weights it drew anew, each
    with the epoch up to which it counts as hardly trained. ``was_well``: whether the run was well just before; None
    where it was not judged. ``quiet``: of which block, in what trouble and of which units that was no alarm then."""

    drawn: Mapping[str, float] = field(default_factory=dict)
    was_well: bool | None = None
    quiet: tuple[tuple[str, str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A run at rest, with what its network's weights do not say.

    ``cursor``: steps into the shuffled batches, of which an epoch has ``steps_per_epoch``. ``updates``: steps done.
    ``optimizer_step``: the optimiser's own count; ``memory``: per array its vectors, (vectors, *shape); ``optimizer``:
    whose they are. ``stuck``: per array which weights L1 holds at 0, of those that have any. Either is None where that
    was not kept. ``curves``: by the names that :mod:`engine.training.history` gives them. ``norms``: by block, what the
    latest step had: ‖∂L/∂W‖, ‖∂L/∂b‖, ‖δ‖ and ‖ΔW‖ ÷ ‖W‖. ``signal``: what verdicts are by; None where that was not
    kept, or not measured since the weights were last set. ``change``: the latest that was made. ``diagnosis``: of a run
    that has broken down, where it was last sound included; the curves of that one are part of these.
    """

    cursor: int
    steps_per_epoch: int
    updates: int
    optimizer_step: int
    memory: Mapping[WeightKey, Floats]
    curves: Mapping[str, Curve]
    events: tuple[Event, ...] = ()
    optimizer: str | None = None
    stuck: Mapping[WeightKey, NDArray[np.bool_]] | None = None
    norms: Mapping[str, tuple[float, float, float, float]] = field(default_factory=dict)
    signal: ProgressSignal | None = None
    change: ProgressChange = field(default_factory=ProgressChange)
    diagnosis: Diagnosis | None = None

    @property
    def epoch(self) -> float:
        """Epochs done, with the part of the current one."""
        return self.cursor / self.steps_per_epoch


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run as it was at an earlier step, to go on from there. No ``progress``: at epoch 0."""

    weights: Mapping[WeightKey, Floats]
    progress: Progress | None

    @property
    def updates(self) -> int:
        """Steps done."""
        return self.progress.updates if self.progress is not None else 0


@dataclass(frozen=True, slots=True)
class RunBranch:
    """Where a run has left the one with this ``number``."""

    number: int
    step: int
    epoch: float


class Cause(StrEnum):
    """Where it comes from."""

    STEPS = "steps"  # the steps were too large
    START = "start"  # the first step after the last sound state already breaks down
    WEIGHTS = "weights"  # a weight is NaN or infinite by itself
    DATA = "data"  # an input or a target is


@dataclass(frozen=True, slots=True)
class Moment:
    """A value at a step of the run, in a block: ``z``, ``delta``, ``update`` (‖ΔW‖/‖W‖) or ``weights``."""

    step: int
    block_id: str
    quantity: str
    value: float


@dataclass(frozen=True, slots=True)
class Growth:
    """‖δ‖ of a block grew by ``factor`` a step, from step ``first`` to step ``last``."""

    block_id: str
    first: int
    last: int
    factor: float


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What happened. ``epoch``: of the failure. ``began``: the first value out of bounds, None where there is none
    before the failure itself. ``growth``: how ‖δ‖ got there. ``sound``: the run to go back to. ``gradient``: the
    usual ‖∂L/∂θ‖ while all was well, None where no step was."""

    failure: NonFinite
    epoch: float
    cause: Cause
    began: Moment | None
    growth: Growth | None
    sound: PastRun
    gradient: float | None = None

    @property
    def block_ids(self) -> set[str]:
        """The blocks that it speaks of."""
        return {part.block_id for part in (self.failure, self.failure.gap, self.began, self.growth) if part is not None}
