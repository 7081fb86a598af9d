"""What a run can go back to: where it was last sound, and the steps since, which can be done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from engine.formats.progress import Diagnosis, PastRun
from engine.graph.kinds.base import Array
from engine.network.contract import Backend, NonFinite, TrainJob
from engine.network.plan import Plan, WeightKey
from engine.network.state import NetworkState, weights_of

if TYPE_CHECKING:
    from engine.training.verdicts import RunVerdict

CLIMBING = 1.1
"""A loss above this multiple of the least before it has begun to climb. Batches make it waver by less, so that the
state that is kept is not so old that its steps can't be done again."""


class Footing:
    """Keeps a copy of a run's state where it was last sound, or last changed since. Once the run has broken down it
    stays that one, whatever is changed, until a loss is sound again. ``state``: that copy, which is never changed;
    ``cursor`` and ``updates``: where the run stood then. ``has_broken_down``: whether it has since. ``diagnosis``:
    where the failure began, once that has been worked out. ``verdict``: on those weights, None until they are judged.
    """

    def __init__(self, state: NetworkState, cursor: int, updates: int) -> None:
        """The state is taken for sound, whatever the loss was before: its weights are new or were set by hand."""
        self._best = float("inf")
        self._begin(state, cursor, updates)

    @classmethod
    def of_breakdown(cls, state: NetworkState, cursor: int, loss: float, diagnosis: Diagnosis) -> Footing:
        """That of a run which has broken down: the sound ``state`` has this ``loss``."""
        footing = cls(state, cursor, diagnosis.sound.updates)
        footing._best, footing.has_broken_down, footing.diagnosis = loss, True, diagnosis
        return footing

    def _begin(self, state: NetworkState, cursor: int, updates: int) -> None:
        self.state, self.cursor, self.updates = state.copy(), cursor, updates
        self.has_broken_down = False
        self.diagnosis: Diagnosis | None = None
        self.verdict: RunVerdict | None = None

    def mark(self, state: NetworkState, cursor: int, updates: int) -> None:
        """From here on the run goes on without a change, so that its steps can be done again."""
        verdict = self.verdict if updates == self.updates else None
        self._begin(state, cursor, updates)
        self.verdict = verdict

    def keep(
        self, state: NetworkState, cursor: int, updates: int, loss: float, verdict: RunVerdict | None = None
    ) -> None:
        """Remember the state where it is sound: its training loss is not climbing, and by the ``verdict`` on it no
        layer is in a trouble that it was not in before."""
        is_damaged = verdict is not None and self.verdict is not None and verdict.is_worse_than(self.verdict)
        if np.isfinite(loss) and loss <= CLIMBING * self._best and not is_damaged:
            self._best = min(self._best, loss)
            self._begin(state, cursor, updates)
        if updates == self.updates:
            self.verdict = self.verdict or verdict

    def weights(self, plan: Plan) -> dict[WeightKey, Array]:
        """The last sound ones."""
        return weights_of(plan, self.state)

    def has(self, plan: Plan, weights: Mapping[WeightKey, Array]) -> bool:
        """Whether these are the last sound weights."""
        sound = self.weights(plan)
        return sound.keys() == weights.keys() and all(np.array_equal(weights[key], sound[key]) for key in sound)

    def diagnose(
        self,
        plan: Plan,
        backend: Backend,
        job: Callable[[int, int], TrainJob],
        failure: NonFinite,
        epoch: float,
        sound: PastRun,
    ) -> Diagnosis:
        """Where the failure began, worked out once: a later one, under other settings, comes of the same. ``job``: of
        so many steps from such a cursor on, probed. ``sound``: the run up to here."""
        if self.diagnosis is None:
            from engine.training.doctor import MOST_AGAIN, Trail, diagnose  # only a run that broke down needs it

            steps = min(failure.step - self.updates, MOST_AGAIN) + 1  # more are not done again, nor laid out
            trail = Trail(self.state, self.updates, job(steps, self.cursor))
            self.diagnosis = diagnose(plan, backend, trail, failure, epoch, sound)
        if self.diagnosis.failure != failure:
            self.diagnosis = replace(self.diagnosis, failure=failure, epoch=epoch)
        return self.diagnosis
