"""A training session: one network on one data set, stepped, watched and changed while it runs.

The session belongs to one thread at a time. What it hands out, snapshots and traces, is plain immutable data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from engine.formats.progress import Event, Progress
from engine.graph.kinds.base import Array
from engine.network.choice import choose_backend
from engine.network.contract import NonFinite, Table, TrainJob, TrainReport
from engine.network.plan import WeightKey, compile_graph, redrawn
from engine.network.state import NetworkState, initial_state, set_scalar, weights_of
from engine.optimizers import OPTIMIZERS, penalty
from engine.schedules import rates
from engine.training.carry import Rows, carry_memory, overlaid, same_network
from engine.training.events import Change, graph_changes, hyper_changes, weights_change
from engine.training.health import LayerHealth
from engine.training.history import RunCurves
from engine.training.measuring import MeasuringPace, in_one
from engine.training.observer import Evaluation, Measurement, Observer
from engine.training.orders import batch_offsets, batches
from engine.training.progress import lay_memory, lay_stuck
from engine.training.quality import Quality
from engine.training.setup import Setup
from engine.training.signal import RecentSignal
from engine.training.snapshot import LayerStats, Snapshot
from engine.training.tables import target_of
from engine.training.trace import PassTrace
from engine.training.trace_requests import input_asked_for, rows_asked_for
from engine.training.tracing import trace_pass
from engine.training.verdicts import Evidence, judge

if TYPE_CHECKING:
    from engine.training.doctor import Diagnosis

__all__ = ["Setup", "TrainingSession"]

SOUND_FACTOR = 10.0
"""Weights are sound, and remembered, while the training loss is below this multiple of the best so far."""


class TrainingSession:
    """Trains the setup's network. ``weights`` by (block id, name) take the place of the seeded start values."""

    def __init__(
        self,
        setup: Setup,
        weights: Mapping[WeightKey, Array] | None = None,
        run: int = 0,
        progress: Progress | None = None,
    ) -> None:
        self.run = run
        self.cursor = 0  # where the run is in its shuffled batches; moves with the batch size
        self.updates = 0  # steps done in this run; only grows
        self.setup = setup
        self._pace = MeasuringPace()
        self._known_norms: Array | None = None  # of the latest step, where that was done before the run was put by
        self._signal = RecentSignal()
        self._adopt(setup, weights)
        self._curves = RunCurves(self._probed)
        if progress is not None:
            self._go_on_from(progress)

    def _go_on_from(self, progress: Progress) -> None:
        """Stand where a run has stood: the next step is the one that it would have done."""
        self.cursor = -(-progress.cursor * self.steps_per_epoch // progress.steps_per_epoch)
        self.updates = progress.updates
        lay_memory(self.plan, self.state, progress, self.setup.hyper.optimizer)
        if self.setup.hyper.l1_at_zero == "sticks":
            lay_stuck(self.plan, self.state, progress)
        self._curves.restore(progress)
        self._trust()
        if all(block_id in progress.norms for block_id in self._probed):
            self._known_norms = np.array([progress.norms[block_id] for block_id in self._probed]).T
        if progress.signal is not None:
            self._signal.take_up(progress.signal, self._probed)

    def _adopt(self, setup: Setup, weights: Mapping[WeightKey, Array] | None) -> None:
        """Compile the setup and lay the weights over its seeded start."""
        plan = compile_graph(setup.graph, target_of(setup.dataset))
        backend = choose_backend(plan, setup.backend, setup.device, compiled=setup.compiled)
        observer = Observer(plan, setup.dataset)
        self.setup, self.plan, self.backend, self.observer = setup, plan, backend, observer
        self.state: NetworkState = initial_state(plan, setup.hyper.seed, setup.hyper.optimizer, weights)
        self._trust()
        self._evaluated: Evaluation | None = None
        self._step_seconds = 0.0

    def _trust(self) -> None:
        """Take the present weights for sound, whatever the loss was before: they are new or were set by hand. What the
        latest steps measured is no longer of them."""
        self.state.hold_to(self.setup.hyper.precision)
        self._sound, self._best = self.state.copy(), float("inf")
        self._mark_trail(self._sound)
        self._latest: TrainReport | None = None
        self._known_norms = None
        self._signal.forget()
        self._measurement: Measurement | None = None
        self.observer.forget()
        self.failure: NonFinite | None = None

    def _mark_trail(self, copied: NetworkState | None = None) -> None:
        """From here on the run goes on without a change, so that its steps can be done again. ``copied``: the state as
        it is, where somebody keeps a copy already."""
        self._trail = (copied or self.state.copy(), self.cursor, self.updates)
        self._diagnosis: Diagnosis | None = None

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

    def _allowed(self, count: int) -> int:
        """So many steps, or as many as are left up to the epochs to stop after."""
        stop = self.setup.hyper.stop_after_epochs
        return count if stop is None else min(count, stop * self.steps_per_epoch - self.cursor)

    def _begin_curves(self) -> None:
        if self._measurement is None:
            self._measure()

    def _train(self, count: int, *, probe: bool) -> TrainReport:
        started = perf_counter()
        report = self.backend.train(self.plan, self.state, self._job(max(count, 0), probe))
        if report.steps:
            self._step_seconds = (perf_counter() - started) / report.steps
        self._record(report)
        return report

    def _steps_to_measuring(self) -> int:
        """Steps up to the end of the first epoch after which all points may be measured again."""
        steps = self.steps_per_epoch
        return steps * self._pace.epochs_to_wait(steps * self._step_seconds) - self.cursor % steps

    def _measure(self) -> None:
        """Measure the loss of all points, at the start or at the end of an epoch."""
        with self._pace.measuring():
            self._note_measurement(*self.observer.measure(self.state))

    def _note_measurement(self, train: Quality, test: Quality) -> None:
        tested = self.observer.test.rows > 0
        self._measurement = Measurement(self.updates, self.epoch, train, test, tested)
        self._curves.measure(self.updates, self.epoch, train, test if tested else None)

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
            self._latest = report
            self._signal.add(report.deltas, self.steps_per_epoch)
        if report.failure is not None:
            self.failure = replace(report.failure, step=self.updates)

    # Changes while it runs ----------------------------------------------------------------------------------------

    def change(self, setup: Setup, stash: Mapping[WeightKey, Array] | None = None) -> None:
        """Go on with another graph, data set or hyper-parameters, keeping the weights that fit.

        ``stash``: arrays that an earlier edit removed; they fill what the present weights do not cover.
        The optimiser goes on with what it remembers of them, unless it is another one. Blocks that were only moved or
        renamed change nothing but the snapshots' plan. A failure is forgotten.
        Raises EngineError when the new graph cannot be compiled; the session then goes on as it was.
        """
        before, steps = self.setup, self.steps_per_epoch
        if setup.dataset is self.setup.dataset and same_network(setup.graph, self.setup.graph):
            self._retune(setup)
        else:
            self._rebuild(setup, stash or {})
        if self.steps_per_epoch != steps:
            self.cursor = -(-self.cursor * self.steps_per_epoch // steps)
        self._curves.follow(self._probed, frozenset(block for block, _ in stash or {}))
        self._note_changes(before, setup)
        self._mark_trail()

    def _note_changes(self, before: Setup, after: Setup) -> None:
        """Mark in the curves what is another, with what it is called."""
        if before.dataset is not after.dataset:
            self._note(("data", {}), jump=True)
        for change in graph_changes(before.graph, after.graph):
            self._note(change, jump=True)
        for kind, parameters in hyper_changes(before.hyper, after.hyper):
            if kind == "rate" or parameters.get("what") == "schedule":
                parameters |= self._rate_that_holds()
            self._note((kind, parameters), jump=False)

    def _rate_that_holds(self) -> dict[str, str | float]:
        """What a schedule makes of the rate at this step, where there is one."""
        hyper = self.setup.hyper
        if hyper.schedule.kind == "constant":
            return {}
        return {"holds": float(rates(hyper.schedule, hyper.learning_rate, self.cursor, 1, self.steps_per_epoch)[0])}

    def _note(self, change: Change, *, jump: bool) -> None:
        self._curves.note(Event(self.updates, self.epoch, *change), jump=jump)

    def _rebuild(self, setup: Setup, stash: Mapping[WeightKey, Array]) -> None:
        """Another network or data set, with the weights and the optimiser's memory that fit it."""
        plan, state, optimizer = self.plan, self.state, self.setup.hyper.optimizer
        self._adopt(setup, overlaid(stash, weights_of(plan, state)))
        if setup.hyper.optimizer == optimizer:
            carry_memory(plan, state, self.plan, self.state)
            self._trust()

    def _retune(self, setup: Setup) -> None:
        """New hyper-parameters, backend, places or titles for the same network: its weights go on, and the optimiser
        unless it is another one."""
        backend = choose_backend(self.plan, setup.backend, setup.device, compiled=setup.compiled)
        if setup.graph != self.setup.graph:
            self.plan = self.observer.plan = redrawn(self.plan, setup.graph)
        if setup.hyper.optimizer != self.setup.hyper.optimizer:
            self.state.slots = np.zeros((OPTIMIZERS[setup.hyper.optimizer].slots, self.plan.size))
            self.state.step = 0
        if setup.hyper.l1_at_zero != self.setup.hyper.l1_at_zero:
            self.state.stuck[...] = False
        self.state.hold_to(setup.hyper.precision)
        self.setup, self.backend, self.failure = setup, backend, None
        self._step_seconds = 0.0

    def set_weight(self, block_id: str, name: str, index: tuple[int, ...], value: float) -> None:
        """Set one scalar of a block's array. What the run was before counts for nothing: see :meth:`set_weights`.

        Raises KeyError when there is no such array, EngineError when it has no such place or the value is not finite.
        """
        set_scalar(self.plan, self.state, (block_id, name), index, value)
        self._trust()
        self._note(weights_change(self.setup.graph, block_id, name), jump=True)

    def set_weights(self, weights: Mapping[WeightKey, Array]) -> None:
        """Replace every array that is given and fits. The optimiser starts afresh, a failure is forgotten, and the
        weights count as sound from here on."""
        for slots, flat in ((self.plan.slots(), self.state.theta), (self.plan.buffers(), self.state.buffers)):
            for slot in slots:
                array = weights.get(slot.key)
                if array is not None and array.shape == slot.spec.shape:
                    slot.view(flat)[...] = array
        self.state.slots[...] = 0.0
        self.state.stuck[...] = False
        self.state.step = 0
        self._trust()
        self._note(("weights", {}), jump=True)

    def set_rows(self, rows: Rows) -> None:
        """Set single rows of arrays, those of the units that a remedy draws anew. All other weights, and what the
        optimiser remembers of them, go on; see :meth:`set_weights` for the rest. Rows that do not fit are left out."""
        for slot in self.plan.slots():
            for index, row in rows.get(slot.key, {}).items():
                view = slot.view(self.state.theta)
                if index < len(view) and view[index].shape == row.shape:
                    view[index] = row
                    slot.view(self.state.stuck)[index] = False
                    for memory in self.state.slots:
                        slot.view(memory)[index] = 0.0
        self._trust()
        self._note(("weights", {}), jump=True)

    def sound_weights(self) -> dict[WeightKey, Array]:
        """The last sound weights: those to go back to after a divergence."""
        return weights_of(self.plan, self._sound)

    def diagnose(self) -> Diagnosis | None:
        """Where the failure began, worked out once; None without a failure."""
        if self.failure is not None and self._diagnosis is None:
            from engine.training.doctor import MOST_AGAIN, Trail, diagnose  # only a run that broke down needs it

            state, cursor, updates = self._trail
            steps = min(self.updates - updates, MOST_AGAIN) + 1  # more are not done again, nor laid out
            trail = Trail(state, updates, self._job(steps, probe=True, cursor=cursor))
            self._diagnosis = diagnose(self.plan, self.backend, trail, self.failure, self.epoch)
        return self._diagnosis if self.failure is not None else None

    # What is seen of it -------------------------------------------------------------------------------------------

    def snapshot(self, *, fresh: bool = True, maps: bool = True, speed: float = 0.0) -> Snapshot:
        """Everything a view shows. Costly parts are the latest ones, unless ``fresh`` or due again."""
        evaluation = self.observer.evaluate(self.state, fresh)
        self._remember_scores(evaluation, fresh)
        measured = self._measurement
        assert measured is not None  # the first evaluation is one
        layers = self._layer_stats(evaluation)
        hyper, memory, stuck = self.setup.hyper, self.state.slots.copy(), self.state.stuck.copy()
        weights = weights_of(self.plan, self.state)
        for array in (*weights.values(), memory, stuck):
            array.setflags(write=False)
        return Snapshot(
            run=self.run,
            step=self.updates,
            epoch=self.epoch,
            cursor=self.cursor,
            steps_per_epoch=self.steps_per_epoch,
            measured_step=measured.step,
            measured_epoch=measured.epoch,
            train_rows=self.observer.train.rows,
            test_rows=self.observer.test.rows,
            learning_rate=self.learning_rate,
            train_loss=measured.train.loss,
            test_loss=measured.test.loss,
            penalty=penalty(self.state.theta, self.plan.decay_mask, hyper.l1, hyper.l2),
            train_accuracy=measured.train.score,
            accuracy=measured.test.score,
            speed=speed,
            backend=self.backend.name,
            device=self.backend.device_label,
            plan=self.plan,
            dataset=self.setup.dataset,
            weights=MappingProxyType(weights),
            optimizer_step=self.state.step,
            optimizer=hyper.optimizer,
            memory=memory,
            stuck=stuck,
            layers=layers,
            verdicts=judge(self._evidence(evaluation.health)),
            history=self._curves.history(),
            decision=self.observer.decision(self.backend, self.state, fresh) if maps else None,
            maps=self.observer.maps(self.backend, self.state, fresh) if maps else {},
            failure=self.failure,
            finished=self.finished,
            diagnosis=self._diagnosis if self.failure is not None else None,
            signal=self._signal.kept(self._probed),
        )

    def judge(self) -> Measurement:
        """Measure all points now, as a snapshot does that is asked for ``fresh``; without its other figures."""
        self._measure()
        measured = self._measurement
        assert measured is not None
        self._keep_what_is_sound(measured.train.loss)
        return measured

    @property
    def learning_rate(self) -> float:
        """The next step's η."""
        hyper = self.setup.hyper
        return float(rates(hyper.schedule, hyper.learning_rate, self.cursor, 1, self.steps_per_epoch)[0])

    def _remember_scores(self, evaluation: Evaluation, fresh: bool) -> None:
        """Take note of an evaluation of the present weights; one that was shown before is of earlier ones. In the midst
        of an epoch it is shown only when it is asked for, or where epochs last so long that one would wait."""
        if evaluation is self._evaluated:
            return
        self._evaluated = evaluation
        if fresh or self._measurement is None or not self._pace.lately:
            self._note_measurement(evaluation.train, evaluation.test)
        self._keep_what_is_sound(evaluation.train.loss)

    def _keep_what_is_sound(self, loss: float) -> None:
        """Remember the present weights, of this training loss, where they are none to be ashamed of."""
        if np.isfinite(loss) and self.failure is None and loss <= SOUND_FACTOR * self._best:
            self._best = min(self._best, loss)
            self._sound = self.state.copy()
            self._mark_trail(self._sound)

    def _layer_stats(self, evaluation: Evaluation) -> tuple[LayerStats, ...]:
        norms = self._latest_norms()
        return tuple(
            _layer(block_id, norms[:, column], evaluation.health[block_id])
            for column, block_id in enumerate(self._probed)
        )

    def _evidence(self, health: Mapping[str, LayerHealth]) -> list[Evidence]:
        """What there is to judge: the probed layers and the activation blocks, in the plan's order. Where no pass gives
        numbers, nothing is known of δ."""
        norms = self._signal.norms(self.plan, self.state, self.backend, self._job(0, probe=True), self.updates)
        deltas = dict(zip(self._probed, norms.tolist(), strict=True)) if norms is not None else {}
        output = self.plan.output.id
        begun = self.updates >= self.steps_per_epoch  # before that, wrong answers are what every network begins with
        return [
            Evidence(
                block_id,
                deltas.get(block_id),
                one.units,
                dead=one.dead,
                saturated=(one.stuck if begun else ()) if block_id == output else one.saturated,
                overgrown=one.overgrown,
                largest=one.largest,
            )
            for block_id, one in health.items()
        ]

    def _latest_norms(self) -> Array:
        """(4, probed) norms of the latest step, be it one of before the run was put by; before any, of a first look."""
        report = self._latest
        if report is None and self._known_norms is not None:
            return self._known_norms
        if report is None or not report.weight_gradients.shape[0]:
            report = self._first_look()
        rows = (report.weight_gradients, report.bias_gradients, report.deltas, report.updates)
        return np.array([row[-1] for row in rows])

    def _first_look(self) -> TrainReport:
        """What one step would measure, on a copy: so that gradients are seen before anyone presses Play.

        Where the update itself would be refused, the gradients are those all the same and the update is none.
        """
        job = self._job(1, probe=True)
        report = self.backend.train(self.plan, self.state.copy(), job)
        if report.failure is not None:
            report = self.backend.train(self.plan, self.state.copy(), replace(job, rates=np.zeros(1)))
        if report.steps:
            self._latest = report
            return report
        zero = np.zeros((1, len(self._probed)))
        return TrainReport(report.losses, zero, zero, zero, zero)

    def trace(self, rows: tuple[int, ...]) -> PassTrace:
        """The pass of some rows of the data set (indices into all of it), together as one batch.

        Raises EngineError when there is no row or no such row.
        """
        return self._trace(rows_asked_for(self.plan, self.setup.dataset, rows), rows)

    def trace_at(self, x: tuple[float, ...], target: tuple[float, ...] | None = None) -> PassTrace:
        """The pass of one typed input, raw columns (d,); the target is zero in every output unless given.

        Raises EngineError when the values do not fit the data set or the network, or are not finite.
        """
        return self._trace(input_asked_for(self.plan, self.setup.dataset, x, target), ())

    def _trace(self, table: Table, rows: tuple[int, ...]) -> PassTrace:
        return trace_pass(self.plan, self.state, table, rows, self.setup.hyper, self.learning_rate)


def _layer(block_id: str, norms: Array, health: LayerHealth) -> LayerStats:
    weight, bias, delta, update = (float(value) for value in norms)
    return LayerStats(
        block_id,
        weight,
        bias,
        delta,
        update,
        health.z_histogram,
        health.histogram,
        health.edges,
        health,
    )
