"""A configuration trained for some steps by the playground's own backends, with what each step measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Literal

import numpy as np

from engine.activations import activation
from engine.data.dataset import Dataset
from engine.gradients.building import setup_of
from engine.gradients.experiment import Configuration
from engine.gradients.signal import CRITERION, norm_of
from engine.graph.kinds.base import Array, Forward, MaskSource
from engine.network.choice import choose_backend
from engine.network.contract import Backend, NonFinite, TrainJob, TrainReport
from engine.network.numpy_passes import forward_pass
from engine.network.plan import compile_graph
from engine.network.state import initial_state
from engine.training.health import dead_units
from engine.training.quality import MASTERED_LOSS, constant_loss
from engine.training.tables import table_of, target_of
from engine.training.verdicts import LossCourse

TELLING_SECONDS = 0.05
"""So much time lies between two reports of a run under way."""

DeadUnits = tuple[tuple[int, ...], ...]
"""Per hidden layer the units that are dead, from 0."""


@dataclass(frozen=True, slots=True, eq=False)
class GradientRun:
    """What the steps done have measured, each before its own update; one row more than steps, for where it stands.

    ``delta`` and ``weight_gradient`` (steps + 1, depth): ‖δ‖ and ‖∂L/∂W‖ of the hidden layers. ``loss`` (steps + 1,).
    ``gradient`` (steps + 1,): ‖∂L/∂θ‖ over all weights and biases of layers, before clipping. ``moved`` (steps,): ‖Δθ‖
    of each step. ``failure``: where it broke down, if it did; the last row is then of the
    weights that it had come to. ``constant_loss``: what one answer for all rows costs. ``compiled``: as it was trained.
    ``dead`` (steps + 1): per hidden layer the units that are dead, see :func:`engine.training.health.dead_units`.
    """

    delta: Array
    weight_gradient: Array
    loss: Array
    gradient: Array
    moved: Array
    failure: NonFinite | None = None
    compiled: bool = True
    constant_loss: float = np.inf
    dead: Sequence[DeadUnits] = ()

    def course(self, step: int) -> LossCourse:
        """What tells after so many steps whether it learns."""
        losses = self.loss[: step + 1]
        return LossCourse(losses, self.constant_loss, CRITERION.steepest, is_learnt=bool(losses[-1] <= MASTERED_LOSS))

    @property
    def steps(self) -> int:
        """Steps done."""
        return len(self.moved)

    @property
    def ratios(self) -> Array:
        """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖ at every step, (steps + 1,)."""
        with np.errstate(all="ignore"):
            return np.asarray(self.delta[:, 0] / self.delta[:, -1])


def train(
    configuration: Configuration,
    dataset: Dataset,
    seed: int,
    steps: int,
    *,
    compiled: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float], None] = lambda _share: None,
    found: Callable[[GradientRun], None] = lambda _run: None,
) -> GradientRun:
    """Train it for so many steps, fewer where it breaks down or is cancelled. ``compiled``: as in
    :class:`engine.training.setup.Setup`. ``found`` hears what is known now and then, before ``progress`` does."""
    diary = _Diary(configuration, dataset, seed, compiled=compiled)
    told = perf_counter()
    for step in range(steps):
        if cancelled() or not diary.step():
            break
        if perf_counter() - told > TELLING_SECONDS:
            found(diary.so_far())
            progress((step + 1) / steps)
            told = perf_counter()
    return diary.finished()


MOST_WORK = 2e10
"""Products of a run that is done again for a check: some ten seconds."""


def checkable(configuration: Configuration, rows: int, steps: int) -> bool:
    """Whether so many steps are soon done again."""
    return steps * rows * configuration.depth * configuration.width**2 <= MOST_WORK


LookBackend = Literal["numpy", "torch"]


@dataclass(frozen=True, slots=True)
class Look:
    """‖δ‖ and ‖∂L/∂W‖ of the hidden layers by a backend, and the mean of z² by the numpy reference, (depth,) each."""

    delta: Array
    weight_gradient: Array
    variance: Array


def look_after(
    configuration: Configuration, dataset: Dataset, seed: int, steps: int, *, compiled: bool, backend: LookBackend
) -> Look:
    """What a backend measures after so many steps, at the weights that they lead to. The steps are done again as
    :func:`train` has done them, bit for bit. It may import torch, so it is not for a GUI thread."""
    diary = _Diary(configuration, dataset, seed, compiled=compiled)
    for _ in range(steps):
        if not diary.step():
            break
    return diary.look_by(backend)


class _Diary:
    """Does steps, each on all rows, and notes what they measure."""

    def __init__(self, configuration: Configuration, dataset: Dataset, seed: int, *, compiled: bool) -> None:
        setup, self._compiled = setup_of(configuration, dataset, seed), compiled
        self._function = activation(configuration.activation)
        self._plan = compile_graph(setup.graph, target_of(dataset))
        self._backend = choose_backend(self._plan, "auto", "cpu", compiled=compiled)
        self._state = initial_state(self._plan, seed, configuration.optimizer)
        table = table_of(self._plan, dataset, dataset.train)
        order, ends = np.arange(table.rows), np.array([0, table.rows])
        self._job = TrainJob(table, order, ends, np.array([configuration.rate]), setup.hyper, seed)
        self._rows: list[tuple[Array, Array, float, float]] = []
        self._dead: list[DeadUnits] = []
        self._moved: list[float] = []
        self._failure: NonFinite | None = None

    def step(self) -> bool:
        """Do one step; False where it would break the run down, which leaves the state as it was."""
        before, dead = self._state.theta.copy(), self._dead_units()
        report = self._backend.train(self._plan, self._state, self._job)
        if report.failure is not None:
            self._failure = report.failure
            return False
        self._note(report, dead)
        self._moved.append(norm_of(self._state.theta - before))
        return True

    def _note(self, report: TrainReport, dead: DeadUnits) -> None:
        delta, weights, biases = report.deltas[0], report.weight_gradients[0], report.bias_gradients[0]
        whole = norm_of(np.concatenate([weights, biases]))
        self._rows.append((delta[:-1], weights[:-1], float(report.losses[0]), whole))
        self._dead.append(dead)

    def finished(self) -> GradientRun:
        """The steps done, and a look at where they lead. Where even that is not finite it is NaN."""
        look = self._look(self._backend)
        if look.steps:
            self._note(look, self._dead_units())
        else:
            nothing = np.full(len(self._plan.probed) - 1, np.nan)
            self._rows.append((nothing, nothing, np.nan, np.nan))
            self._dead.append(((),) * len(nothing))
        return self._run(self._moved)

    def _look(self, backend: Backend) -> TrainReport:
        """What a step would measure, which is not done."""
        return backend.train(self._plan, self._state.copy(), replace(self._job, rates=np.zeros(1)))

    def _dead_units(self) -> DeadUnits:
        """Return the units that are dead in a training pass; most functions have none, and cost no pass."""
        hidden = self._plan.probed[:-1]
        if not self._function.exactly_flat:
            return ((),) * len(hidden)
        results = self._forward()
        return tuple(dead_units(self._function, results[index].a) for index in hidden)

    def _forward(self) -> list[Forward]:
        masks = MaskSource(self._job.seed, self._state.step)
        return forward_pass(self._plan, self._state.copy(), self._job.table.inputs, masks)

    def look_by(self, name: LookBackend) -> Look:
        """What a backend measures here."""
        report = self._look(choose_backend(self._plan, name, "cpu"))
        results = self._forward()
        variance = np.array([float(np.mean(results[index].z ** 2)) for index in self._plan.probed[:-1]])
        return Look(report.deltas[0][:-1], report.weight_gradients[0][:-1], variance)

    def so_far(self) -> GradientRun:
        """The steps whose outcome has been measured by a step after them."""
        return self._run(self._moved[:-1])

    def _run(self, moved: list[float]) -> GradientRun:
        delta, weights, loss, gradient = (np.array(column) for column in zip(*self._rows, strict=True))
        constant = constant_loss(self._plan, self._job.table)
        return GradientRun(
            delta, weights, loss, gradient, np.array(moved), self._failure, self._compiled, constant, tuple(self._dead)
        )
