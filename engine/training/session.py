"""A training session: one network on one data set, stepped, watched and changed while it runs.

The session belongs to one thread at a time. What it hands out, snapshots and traces, is plain immutable data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.formats.progress import Diagnosis, Event, PastRun
from engine.graph.kinds.base import Array
from engine.losses import loss as loss_called
from engine.network.choice import choose_backend
from engine.network.contract import Table, TrainJob
from engine.network.plan import WeightKey, compile_graph, redrawn
from engine.network.state import set_scalar, weights_of
from engine.optimizers import penalty
from engine.schedules import rates
from engine.training.carry import Rows, carry_memory, overlaid, same_network, same_once_begun
from engine.training.events import Change, data_change, graph_changes, hyper_changes, weights_change
from engine.training.latest import evidence_of, layer_stats
from engine.training.observer import Measurement, NetworkEvaluation
from engine.training.progress import past_run
from engine.training.quality import is_mastered, is_mostly_learnt
from engine.training.ranges import RangeFault, moved, range_faults
from engine.training.rewriting import retune, rewrite, rewrite_rows
from engine.training.run import LiveRun
from engine.training.runs import past_run_at
from engine.training.setup import Setup
from engine.training.signal import telling_job
from engine.training.snapshot import Snapshot, Timeline
from engine.training.tables import target_of
from engine.training.trace import PassTrace
from engine.training.trace_requests import input_asked_for, rows_asked_for
from engine.training.tracing import trace_pass
from engine.training.verdicts import FEWEST_LOSSES, STILL, LearningState, LossCourse, RunVerdict, judge

if TYPE_CHECKING:
    from engine.training.history import History

__all__ = ["Setup", "TrainingSession"]


class TrainingSession(LiveRun):
    """A run that can be changed while it goes on, and everything that is seen of it."""

    # Changes while it runs ----------------------------------------------------------------------------------------

    def change(self, setup: Setup, stash: Mapping[WeightKey, Array] | None = None) -> None:
        """Go on with another graph, data set or hyper-parameters, keeping the weights that fit.

        ``stash``: arrays that an earlier edit removed; they fill what the present weights do not cover.
        The optimiser goes on with what it remembers of them, unless it is another one. Blocks that were only moved or
        renamed, or would draw other first weights, change nothing but the snapshots' plan. A run that has broken down
        stays so until it does a step; another network or data set goes on from its last sound weights.
        Raises EngineError when the new graph cannot be compiled; the session then goes on as it was.
        """
        self.diagnose()  # while the steps that led to a failure can still be done again
        before, cursor, steps = self.setup, self.cursor, self.steps_per_epoch
        if setup.dataset is self.setup.dataset and same_once_begun(setup.graph, self.setup.graph):
            self._retune(setup)
        else:
            self._rebuild(setup, stash or {})
        self._stand_at(cursor, steps)
        self._curves.follow(self._probed, frozenset(block for block, _ in stash or {}))
        self._note_changes(before, setup)
        if not self._footing.has_broken_down:
            self._footing.mark(self.state, self.cursor, self.updates)

    def _note_changes(self, before: Setup, after: Setup) -> None:
        """Mark in the curves what is another, with what it is called."""
        if before.dataset is not after.dataset:
            self._note(data_change(before.dataset, after.dataset), jump=True)
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
        if self.checkpoints is not None:
            self.checkpoints.cut(self.updates, self.epoch)
        self._curves.note(Event(self.updates, self.epoch, *change), jump=jump)

    def _rebuild(self, setup: Setup, stash: Mapping[WeightKey, Array]) -> None:
        """Another network or data set, with the weights and the optimiser's memory that fit it; after a breakdown with
        the last sound weights, and the optimiser begins afresh."""
        plan, state, optimizer = self.plan, self.state, self.setup.hyper.optimizer
        has_broken_down = self._footing.has_broken_down
        weights = self.sound_weights() if has_broken_down else weights_of(plan, state)
        self._adopt(setup, overlaid(stash, weights))
        if setup.hyper.optimizer == optimizer and not has_broken_down:
            carry_memory(plan, state, self.plan, self.state)
            self._trust()

    def _retune(self, setup: Setup) -> None:
        """New hyper-parameters, backend, places, titles or start weights for the same network: its weights go on, and
        the optimiser unless it is another one."""
        backend = choose_backend(self.plan, setup.backend, setup.device, compiled=setup.compiled)
        if not same_network(setup.graph, self.setup.graph):
            self.plan = self.observer.plan = compile_graph(setup.graph, target_of(setup.dataset))
        elif setup.graph != self.setup.graph:
            self.plan = self.observer.plan = redrawn(self.plan, setup.graph)
        retune(self.plan, self.state, self.setup.hyper, setup.hyper)
        self.setup, self.backend = setup, backend
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
        weights count as sound from here on. Weights that are the present ones already change nothing else. The last
        sound weights are judged as they were, and not as what the run has become since."""
        judged_before = self._footing.verdict if self._footing.has(self.plan, weights) else None
        self._go_on_with(rewritten=rewrite(self.plan, self.state, weights))
        if judged_before is not None:
            self._curves.verdict_before = judged_before

    def set_rows(self, rows: Rows) -> None:
        """Set single rows of arrays, those of the units that a remedy draws anew. All other weights, and what the
        optimiser remembers of them, go on; see :meth:`set_weights` for the rest. Rows that do not fit are left out."""
        self._go_on_with(rewritten=rewrite_rows(self.plan, self.state, rows))
        slots = self.plan.slots()
        kept = {slot.block_id for slot in slots if len(rows.get(slot.key, {})) < slot.spec.shape[0]}
        self._note_drawn({slot.block_id for slot in slots} - kept)

    def _note_drawn(self, block_ids: set[str]) -> None:
        """The weights of these blocks are drawn anew, and with that what hangs on them alone."""
        for node in self.plan.nodes:
            sources = {self.plan.nodes[index].id for index in node.sources}
            if sources and not node.slots and sources <= block_ids:
                block_ids.add(node.id)
        self._curves.drawn = dict.fromkeys(block_ids, self.epoch + FEWEST_LOSSES)

    def _go_on_with(self, *, rewritten: bool) -> None:
        """Go on from the weights that were set; the curves mark them where they were ``rewritten``."""
        if rewritten:
            self._trust()
            self._note(("weights", {}), jump=True)
        elif self.failure is not None:
            self.failure = None
            self._footing.mark(self.state, self.cursor, self.updates)

    def sound_weights(self) -> dict[WeightKey, Array]:
        """The last sound weights: those to go back to after a divergence."""
        return self._footing.weights(self.plan)

    def diagnose(self) -> Diagnosis | None:
        """Where the failure began, worked out once; None without a failure."""
        if self.failure is None:
            return None
        now, optimizer = self._curves.history(), self.setup.hyper.optimizer
        sound = past_run(self.plan, self._footing, optimizer, self.steps_per_epoch, self.updates, now)
        return self._footing.diagnose(self.plan, self.backend, self._again, self.failure, self.epoch, sound)

    def range_faults(self, verdict: RunVerdict | None = None, history: History | None = None) -> tuple[RangeFault, ...]:
        """The settings that may be to blame. Where a function has no number before any step was done, only start
        weights can be; of a loss that is low and stands still, only what keeps the steps small, and what no step has
        tried yet. ``verdict``: on a run that has not broken down; ``history``: its curves, which tell how far its steps
        go."""
        stands = verdict is not None and verdict.learning in STILL and not verdict.is_well
        share = moved(history, self.updates) if stands and history is not None else inf
        faults = range_faults(self.plan, self.setup.hyper, broken=self.failure is not None, share=share)
        if verdict is not None and verdict.learning is LearningState.FALLING:
            return ()
        if verdict is not None and verdict.is_well and verdict.learning is not LearningState.UNKNOWN:
            is_untried = history is not None and bool(history.events) and history.last_change == self.updates
            return tuple(fault for fault in faults if is_untried or not fault.is_too_large)
        gaps = [layer.gap for layer in verdict.layers] if self.failure is None and verdict else []
        gaps += [self.failure.gap] if self.failure is not None else []
        is_first_step = any(gap is not None for gap in gaps) and self.updates == self._footing.updates
        return tuple(fault for fault in faults if fault.blocks or not is_first_step)

    def keep_end(self) -> None:
        """Keep a checkpoint of the present step, unless the run has gone further already or has broken down."""
        if self.checkpoints is not None and self.failure is None and self.updates > self.checkpoints.end:
            self.checkpoints.add(self._checkpoint)

    def earlier(self, step: int) -> tuple[Setup, PastRun] | None:
        """The run as it was near a ``step``, and what it was made of then; a later one again, where it has been taken
        back. None where it stands there."""
        kept = self.checkpoints
        if kept is None:
            return None
        self.keep_end()
        kept.turn_back(self._curves, self.updates)
        then = kept.at(step)
        if then is None or then.updates == self.updates:
            return None
        plan = self.plan if then.setup.graph is self.setup.graph else None
        end = max(kept.end, self.updates)
        return then.setup, past_run_at(then, end, kept.curves(self._curves).history(), plan)

    def _again(self, steps: int, cursor: int) -> TrainJob:
        return self._job(steps, probe=True, cursor=cursor)

    # What is seen of it -------------------------------------------------------------------------------------------

    def snapshot(self, *, fresh: bool = True, maps: bool = True, speed: float = 0.0) -> Snapshot:
        """Everything a view shows. Costly parts are the latest ones, unless ``fresh`` or due again."""
        evaluation = self.observer.evaluate(self.state, fresh)
        is_new = evaluation is not self._evaluated
        if is_new:
            self._remember_scores(evaluation, fresh)
        measured = self._measurement
        assert measured is not None  # the first evaluation is one
        norms = self._latest.norms(self.plan, self.state, self.backend, lambda: telling_job(self._job(1, probe=True)))
        deltas = self._deltas()
        hyper, memory, stuck = self.setup.hyper, self.state.slots.copy(), self.state.stuck.copy()
        weights, history = weights_of(self.plan, self.state), self._curves.history()
        verdict = self._verdict(evaluation, measured, history, deltas)
        if self.failure is None:
            self._curves.verdict = verdict
            if is_new:
                self._footing.keep(self.state, self.cursor, self.updates, evaluation.train.loss, verdict)
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
            constant_loss=self.observer.constant_loss,
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
            layers=layer_stats(self._probed, norms, deltas, evaluation.health),
            learning=verdict.learning,
            verdicts=verdict.layers,
            history=history,
            decision=self.observer.decision(self.backend, self.state, fresh) if maps else None,
            maps=self.observer.maps(self.backend, self.state, fresh) if maps else {},
            failure=self.failure,
            finished=self.finished,
            diagnosis=self._footing.diagnosis if self.failure is not None else None,
            signal=self._signal.kept(self._probed),
            delta_steps=self._signal.telling(self._job(0, probe=True)),
            can_go_back=self.failure is not None and self.updates > self._footing.updates,
            range_faults=self.range_faults(verdict, history),
            is_well=verdict.is_well,
            is_held_by_lines=verdict.is_held_by_lines,
            is_of_one_step=self._evaluated_step == self.updates,
            timeline=self.checkpoints.timeline(self.updates) if self.checkpoints is not None else Timeline(),
        )

    def judge(self) -> Measurement:
        """Measure all points now, as a snapshot does that is asked for ``fresh``; without its other figures."""
        self._measure()
        measured = self._measurement
        assert measured is not None
        if self.failure is None:
            self._footing.keep(self.state, self.cursor, self.updates, measured.train.loss)
        return measured

    def _remember_scores(self, evaluation: NetworkEvaluation, fresh: bool) -> None:
        """Take note of an evaluation of the present weights. In the midst of an epoch it stays in the curves only when
        it is asked for, or where epochs last so long that one would wait."""
        self._evaluated, self._evaluated_step = evaluation, self.updates
        stays = fresh or self._measurement is None or not self._pace.lately
        self._note_measurement(evaluation.train, evaluation.test, stays=stays)

    def _deltas(self) -> dict[str, float]:
        """‖δ‖ by block, over an epoch's steps or all rows that tell. Where no pass gives numbers, nothing is known."""
        norms = self._signal.norms(self.plan, self.state, self.backend, self._job(0, probe=True), self.updates)
        return dict(zip(self._probed, norms.tolist(), strict=True)) if norms is not None else {}

    def _verdict(
        self, evaluation: NetworkEvaluation, measured: Measurement, history: History, deltas: Mapping[str, float]
    ) -> RunVerdict:
        """How the run fares."""
        course = LossCourse(
            history.losses_since_change,
            self.observer.constant_loss,
            loss_called(self.plan.output.params.loss).steepest,
            is_mastered(measured.train, self.plan.target.classes),
            is_mostly_learnt(measured.train, self.setup.dataset.common_share),
            self.failure is not None,
            self.updates == 0 and all(event.kind != "weights" for event in history.events),
            is_linear := self.plan.is_linear_inside,
            is_linear and self.observer.do_lines_suffice,
            frozenset(block_id for block_id, until in self._curves.drawn.items() if self.epoch < until),
        )
        return judge(evidence_of(evaluation.health, deltas, self.plan.output.id), course, self._curves.verdict_before)

    def trace(self, rows: tuple[int, ...]) -> PassTrace:
        """The pass of some rows of the data set (indices into all of it), together as one batch.

        Raises EngineError when there is no row or no such row.
        """
        return self._trace(rows_asked_for(self.plan, self.setup.dataset, rows), rows)

    def trace_next(self) -> PassTrace:
        """The pass of the next step's batch: its rows in its order, with the update that the step makes."""
        job = self._job(1, probe=False)
        rows = tuple(self.setup.dataset.train[job.order[job.offsets[0] : job.offsets[1]]].tolist())
        return replace(self.trace(rows), is_next=True)

    def trace_at(self, x: tuple[float, ...], target: tuple[float, ...] | None = None) -> PassTrace:
        """The pass of one typed input, raw columns (d,); the target is zero in every output unless given.

        Raises EngineError when the values do not fit the data set or the network, or are not finite.
        """
        return self._trace(input_asked_for(self.plan, self.setup.dataset, x, target), ())

    def _trace(self, table: Table, rows: tuple[int, ...]) -> PassTrace:
        trace = trace_pass(self.plan, self.state, table, rows, self.setup.hyper, self.learning_rate)
        return replace(trace, epoch=self.epoch)
