"""What a run can go back to: its last sound weights, and the steps since, which can be done again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from engine.graph.kinds.base import Array
from engine.network.contract import Backend, NonFinite, TrainJob
from engine.network.plan import Plan, WeightKey
from engine.network.state import NetworkState, weights_of

if TYPE_CHECKING:
    from engine.training.doctor import Diagnosis
    from engine.training.verdicts import RunVerdict

SOUND_FACTOR = 10.0
"""Weights are sound, and remembered, while the training loss is below this multiple of the best so far."""


class Footing:
    """Keeps copies of a run's state, none of which is ever changed. ``diagnosis``: where a failure began, once that has
    been worked out. ``verdict``: on the last sound weights, None until they are judged."""

    def __init__(self, state: NetworkState, cursor: int, updates: int) -> None:
        """The state is taken for sound, whatever the loss was before: its weights are new or were set by hand."""
        self._sound, self._best = state.copy(), float("inf")
        self.verdict: RunVerdict | None = None
        self._begin(self._sound, cursor, updates)

    def _begin(self, kept: NetworkState, cursor: int, updates: int) -> None:
        self._trail = (kept, cursor, updates)
        self.diagnosis: Diagnosis | None = None

    @property
    def updates(self) -> int:
        """Those that had been done when the run was last changed or last sound."""
        return self._trail[2]

    def mark(self, state: NetworkState, cursor: int, updates: int) -> None:
        """From here on the run goes on without a change, so that its steps can be done again."""
        self._begin(state.copy(), cursor, updates)

    def keep(self, state: NetworkState, cursor: int, updates: int, loss: float) -> None:
        """Remember the state, of this training loss, where it is none to be ashamed of."""
        if np.isfinite(loss) and loss <= SOUND_FACTOR * self._best:
            self._best = min(self._best, loss)
            self._sound, self.verdict = state.copy(), None
            self._begin(self._sound, cursor, updates)

    def weights(self, plan: Plan) -> dict[WeightKey, Array]:
        """The last sound ones."""
        return weights_of(plan, self._sound)

    def has(self, plan: Plan, weights: Mapping[WeightKey, Array]) -> bool:
        """Whether these are the last sound weights."""
        sound = self.weights(plan)
        return sound.keys() == weights.keys() and all(np.array_equal(weights[key], sound[key]) for key in sound)

    def diagnose(
        self, plan: Plan, backend: Backend, job: Callable[[int, int], TrainJob], failure: NonFinite, epoch: float
    ) -> Diagnosis:
        """Where the failure began, worked out once. ``job``: of so many steps from such a cursor on, probed."""
        if self.diagnosis is None:
            from engine.training.doctor import MOST_AGAIN, Trail, diagnose  # only a run that broke down needs it

            state, cursor, updates = self._trail
            steps = min(failure.step - updates, MOST_AGAIN) + 1  # more are not done again, nor laid out
            self.diagnosis = diagnose(plan, backend, Trail(state, updates, job(steps, cursor)), failure, epoch)
        return self.diagnosis
