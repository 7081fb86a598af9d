"""A run: one network on one data set, trained step by step and measured on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter

import numpy as np

from engine.formats.progress import Diagnosis, PastRun, Progress
from engine.graph.kinds.base import Array
from engine.network.choice import choose_backend
from engine.network.contract import NonFinite, TrainJob, TrainReport
from engine.network.plan import WeightKey, compile_graph
from engine.network.state import NetworkState, initial_state
from engine.schedules import rates
from engine.training.checkpoints import Checkpoints, RunCheckpoint
from engine.training.footing import Footing
from engine.training.history import RunCurves
from engine.training.latest import LatestStep
from engine.training.measuring import MeasuringPace, in_one
from engine.training.observer import Measurement, NetworkEvaluation, Observer
from engine.training.orders import batch_offsets, batches
from engine.training.progress import lay_memory, lay_stuck, with_curves
from engine.training.quality import Quality
from engine.training.setup import Setup
from engine.training.signal import RecentSignal
from engine.training.tables import target_of


class LiveRun:
    """Trains the setup's network. ``weights`` by (block id, name) take the place of the seeded start values.
    ``curves``: those of ``progress``, whole, where they have not been put away with fewer points. ``checkpoints``: of
    the run so far, which are carried on; None where none are to be kept.
    """

    def __init__(
        self,
        setup: Setup,
        weights: Mapping[WeightKey, Array] | None = None,
        run: int = 0,
        progress: Progress | None = None,
        curves: RunCurves | None = None,
        checkpoints: Checkpoints | None = None,
    ) -> None:
        self.run = run
        self.checkpoints = checkpoints
        self.cursor = 0  # where the run is in its shuffled batches; moves with the batch size
        self.updates = 0  # steps done in this run; only grows
        self.setup = setup
        self.whole = True
        """Whether weights, counts and curves are of one moment: false after an error in the midst of steps."""
        self._pace = MeasuringPace()
        self._latest, self._signal = LatestStep(), RecentSignal()
        self._adopt(setup, weights)
        self._curves = RunCurves(self._probed) if curves is None else curves.taken_up()
        self._curves.follow(self._probed)
        if curves is None and progress is not None:
            self._curves.restore(progress)
        if progress is not None:
            self._go_on_from(progress)

    def _go_on_from(self, progress: Progress) -> None:
        """Stand where a run has stood: the next step is the one that it would have done."""
        self._stand_at(progress.cursor, progress.steps_per_epoch)
        self.updates = progress.updates
        lay_memory(self.plan, self.state, progress, self.setup.hyper.optimizer)
        if self.setup.hyper.l1_at_zero == "sticks":
            lay_stuck(self.plan, self.state, progress)
        self._trust()
        self._latest.take_up(progress.norms, self._probed)
        if progress.signal is not None:
            self._signal.take_up(progress.signal, self._probed)
        found = progress.diagnosis
        if found is not None and found.block_ids <= {node.id for node in self.plan.nodes}:
            self._take_up(found)

    def _stand_at(self, cursor: int, steps_per_epoch: int) -> None:
        """Stand where a run with so many batches an epoch stood, at the border of batches before that: no row counts as
        trained that was not."""
        self.cursor = cursor * self.steps_per_epoch // steps_per_epoch

    def _adopt(self, setup: Setup, weights: Mapping[WeightKey, Array] | None) -> None:
        """Compile the setup and lay the weights over its seeded start."""
        plan = compile_graph(setup.graph, target_of(setup.dataset))
        backend = choose_backend(plan, setup.backend, setup.device, compiled=setup.compiled)
        observer = Observer(plan, setup.dataset)
        self.setup, self.plan, self.backend, self.observer = setup, plan, backend, observer
        self.state: NetworkState = initial_state(plan, setup.hyper.seed, setup.hyper.optimizer, weights)
        self._trust()
        self._evaluated: NetworkEvaluation | None = None
        self._evaluated_step = 0
        self._step_seconds = 0.0

    def _trust(self) -> None:
        """Take the present weights for sound, whatever the loss was before: they are new or were set by hand. What the
        latest steps measured is no longer of them."""
        self.state.hold_to(self.setup.hyper.precision)
        self._footing = Footing(self.state, self.cursor, self.updates)
        self._latest.forget()
        self._signal.forget()
        self._measurement: Measurement | None = None
        self.observer.forget()
        self.failure: NonFinite | None = None

    def _take_up(self, found: Diagnosis) -> None:
        """Stand where the run has broken down. The curves of the sound run are part of this one's."""
        sound, now = found.sound, self._curves.history()
        state = initial_state(self.plan, self.setup.hyper.seed, self.setup.hyper.optimizer, sound.weights)
        state.hold_to(self.setup.hyper.precision)
        progress = sound.progress and with_curves(sound.progress, self.updates, now)
        found = replace(found, sound=PastRun(sound.weights, progress))
        cursor = progress.cursor if progress is not None else 0
        self.failure = found.failure
        self._footing = Footing.of_breakdown(state, cursor, self.observer.measure(state)[0].loss, found)

    def curves_put_by(self) -> RunCurves:
        """The curves so far, whole, for a session that goes on from here."""
        return self._curves.put_by()

    @property
    def _probed(self) -> tuple[str, ...]:
        return tuple(self.plan.nodes[i].id for i in self.plan.probed)

    # What the run is at -------------------------------------------------------------------------------------------

    @property
    def steps_per_epoch(self) -> int:
        """Batches in an epoch."""
        hyper = self.setup.hyper
        return len(batch_offsets(self.observer.train.rows, hyper.batch_size, hyper.leftover)) - 1

    @property
    def epoch(self) -> float:
        """Epochs done, with the part of the current one."""
        return self.cursor / self.steps_per_epoch

    @property
    def finished(self) -> bool:
        """Whether the epochs to stop after are done."""
        stop = self.setup.hyper.stop_after_epochs
        return stop is not None and self.cursor >= stop * self.steps_per_epoch

    @property
    def learning_rate(self) -> float:
        """The next step's η."""
        hyper = self.setup.hyper
        return float(rates(hyper.schedule, hyper.learning_rate, self.cursor, 1, self.steps_per_epoch)[0])

    # Training -----------------------------------------------------------------------------------------------------

    def run_steps(self, count: int, *, probe: bool = True) -> TrainReport:
        """Do ``count`` steps, measuring the loss of all points after every epoch for which that costs little (with
        ``probe``); fewer if the epochs to stop after are reached or a number is no longer finite
        or beyond all measure, which leaves everything as it was before that step and is told by ``failure``."""
        count = self._allowed(count)
        if not probe:
            return self._train(count, probe=False)
        self._begin_curves()
        reports = []
        while True:
            until_measured = self._steps_to_measuring()
            reports.append(self._train(min(count, until_measured), probe=True))
            count -= until_measured
            if self.failure is not None or count < 0:
                return in_one(reports)
            self._measure()
            if count == 0:
                return in_one(reports)

    def go_on(self) -> None:
        """Be ready to do the step again that broke it down; until a loss is sound the footing stays where it was."""
        self.failure = None

    def _allowed(self, count: int) -> int:
        """So many steps, or as many as are left up to the epochs to stop after."""
        stop = self.setup.hyper.stop_after_epochs
        return count if stop is None else min(count, stop * self.steps_per_epoch - self.cursor)

    def _begin_curves(self) -> None:
        if self._measurement is None:
            self._measure()

    def _train(self, count: int, *, probe: bool) -> TrainReport:
        if self.checkpoints is not None and self.checkpoints.is_due(self.updates):
            self.checkpoints.add(self._checkpoint)
        job = self._job(max(count, 0), probe)
        started, self.whole = perf_counter(), False
        report = self.backend.train(self.plan, self.state, job)
        if report.steps:
            self._step_seconds = (perf_counter() - started) / report.steps
        self._record(report)
        self.whole = True
        return report

    def _checkpoint(self) -> RunCheckpoint:
        return RunCheckpoint(
            self.setup,
            self.state.copy(),
            self.cursor,
            self.steps_per_epoch,
            self.updates,
            self._latest.kept(self._probed),
            self._signal.kept(self._probed),
            self._curves.change,
        )

    def _steps_to_measuring(self) -> int:
        """Steps up to the end of the first epoch after which all points may be measured again."""
        steps = self.steps_per_epoch
        return steps * self._pace.epochs_to_wait(steps * self._step_seconds) - self.cursor % steps

    def _measure(self) -> None:
        """Measure the loss of all points, at the start or at the end of an epoch."""
        with self._pace.measuring():
            self._note_measurement(*self.observer.measure(self.state))

    def _note_measurement(self, train: Quality, test: Quality, *, stays: bool = True) -> None:
        tested = self.observer.test.rows > 0
        self._measurement = Measurement(self.updates, self.epoch, train, test, tested)
        self._curves.measure(self.updates, self.epoch, train, test if tested else None, stays=stays)

    def run_epochs(self, count: int = 1) -> TrainReport:
        """Go on to the end of the current epoch, and ``count`` − 1 more."""
        steps = self.steps_per_epoch
        return self.run_steps(count * steps - self.cursor % steps)

    def run_for(self, seconds: float, most: int = 100_000) -> TrainReport:
        """Train for about so long in one call of the backend: as many steps as the last one's pace allows, at least one
        and at most ``most``; where an epoch ends on the way, to the end of the last that does. All points are measured
        there, if that costs little."""
        steps = max(1, min(int(seconds / self._step_seconds) if self._step_seconds else 1, most))
        beyond = (self.cursor + steps) % self.steps_per_epoch
        self._begin_curves()
        report = self._train(self._allowed(steps - beyond if beyond < steps else steps), probe=True)
        if self.failure is None and self.cursor % self.steps_per_epoch == 0 and self._pace.due:
            self._measure()
        return report

    def _job(self, count: int, probe: bool, cursor: int | None = None) -> TrainJob:
        """The next ``count`` steps, or those from an earlier ``cursor`` on."""
        hyper, table = self.setup.hyper, self.observer.train
        cursor = self.cursor if cursor is None else cursor
        if count == 0:
            nothing = np.zeros(0, dtype=np.int64)
            return TrainJob(table, nothing, np.zeros(1, dtype=np.int64), np.zeros(0), hyper, hyper.seed, probe)
        chosen = batches(table.rows, hyper.batch_size, hyper.seed, hyper.shuffle, cursor, count, hyper.leftover)
        eta = rates(hyper.schedule, hyper.learning_rate, cursor, count, self.steps_per_epoch)
        return TrainJob(table, chosen.order, chosen.offsets, eta, hyper, hyper.seed, probe)

    def _record(self, report: TrainReport) -> None:
        self._curves.record(self.updates, self.epoch, self.steps_per_epoch, report)
        self.cursor += report.steps
        self.updates += report.steps
        if report.steps:
            self.failure = None
            self._latest.take(report)
            self._signal.add(report.deltas, self.steps_per_epoch)
        if report.failure is not None:
            self.failure = replace(report.failure, step=self.updates)
            self._footing.has_broken_down = True
