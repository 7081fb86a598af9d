"""A run of training, whatever the model: epochs and batches from a cursor on, checkpoints, events, stopping."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Literal, Protocol

from engine.network.contract import NonFinite
from engine.problems import EngineError, declare, particulars
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.batches import BatchSource, WithheldBatches
from engine.recommenders.running.best_epoch import BestEpoch
from engine.recommenders.running.checkpoints import Cursor, save
from engine.recommenders.running.divergence import bad_weights, first_non_finite, grown, is_finite, norms, problem_of
from engine.recommenders.running.events import (
    Diverged,
    EpochEnded,
    Event,
    Finished,
    Kept,
    OutOfTime,
    Saved,
    Started,
    Stepped,
    Stopped,
    finite,
    noticed,
)
from engine.recommenders.running.micro_batches import OUT_OF_MEMORY, MicroBatching, weight_of
from engine.recommenders.running.settings import Training
from engine.recommenders.running.throughput import Throughput, memory
from engine.recommenders.running.trainer import RecommenderTrainer, StepReport
from engine.rescue import written_somewhere

if TYPE_CHECKING:
    from engine.recommenders.data.row_snapshot import RowSnapshot

INTERVAL = 0.2
"""Seconds between two events of steps, where no number of steps is asked for and there are many."""
SHORT, POINTS = 1000, 500
"""Up to so many planned steps a run tells of at least so many of them, or of all, by their number: by the clock, a run
that takes a second would have two or three points, and others the next time."""

NO_ROWS = declare("recommender.no-training-rows", "There are no rows to train on; choose more data or a looser filter.")
OTHER_DATA = declare(
    "recommender.other-data",
    "The run was interrupted after batch {step} of an epoch, but this data has only {steps}. Resume it with "
    "the data it started with.",
)

TIME_IS_OVER = declare(
    "recommender.time-is-over",
    "The time limit is reached, and the run has ended after {updates} {updates:update|updates}; resume it to go on.",
)


class StopFlag(Protocol):
    """What :class:`threading.Event` is to a run: somebody else's wish that it stop."""

    def is_set(self) -> bool:
        """Whether the run is to stop."""


class Company(Protocol):
    """What stands beside a run's network, so that no number of it stands alone."""

    def keep_up(self, cursor: Cursor) -> bool:
        """Bring it to where the run is, its checkpoint being written; False where it was stopped within that."""

    def judge(self, cursor: Cursor) -> None:
        """The verdict on all, as the run ends well."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run has ended, and where it could go on. ``failure`` where it diverged."""

    how: Literal["finished", "stopped", "diverged"]
    cursor: Cursor
    failure: NonFinite | None = None


class Run:
    """Trains until all epochs are done, somebody wants it to stop, or a number is no longer finite."""

    def __init__(
        self,
        trainer: RecommenderTrainer,
        batches: BatchSource,
        training: Training,
        model: Mapping[str, Any],
        evaluate: Callable[[], Mapping[str, float]] | None = None,
        emit: Callable[[Event], None] = lambda event: None,
        checkpoint: Path | None = None,
        every: int | None = None,
        report: int | None = None,
        stop: StopFlag | None = None,
        gradients: Callable[[PreparedRows], StepReport] | None = None,
        choose_by: str = "",
        withheld: WithheldBatches | None = None,
        limit: StopFlag | None = None,
        company: Company | None = None,
        rows: RowSnapshot | None = None,
    ) -> None:
        """``model``, ``rows``: what the checkpoint is to say and to carry besides, see
        :func:`engine.recommenders.running.checkpoints.save`.

        ``evaluate``: called after each epoch, changes nothing. ``checkpoint``: written after each epoch, after
        ``every`` so many updates, and when the run is stopped. ``report``: steps from one event to the next, else
        at most five are emitted in a second, but in a short run by steps. ``stop``: asked after each step.
        ``gradients``: how those of a batch are worked out, by this process alone unless given. With ``epochs auto``,
        the epoch with the highest ``choose_by`` of what ``evaluate`` finds is kept, and ``withheld``, the rows that it
        is found on, are learned from at last. ``limit``: asked after each step, is set once the time that the run may
        take is over.
        ``company``: brought up to the run where that begins, and after each epoch.
        """
        self._trainer, self._batches, self._training, self._model = trainer, batches, training, model
        self._evaluate, self._emit, self._path, self._every = evaluate, emit, checkpoint, every
        self._report, self._stop, self._limit, self._company = report, stop, limit, company
        self._rows, self._choose_by = rows, choose_by or None
        self._gradients = gradients or MicroBatching(trainer, lambda problem: emit(noticed(problem))).gradients
        self._search = BestEpoch(trainer, training, choose_by) if training.epochs == "auto" else None
        self._withheld = withheld
        self._cursor = Cursor()
        self._throughput = Throughput(0)
        self._recent: list[tuple[float, float]] = []  # loss and weight of each batch since the last event
        self._latest: StepReport | None = None

    def go(self, cursor: Cursor | None = None, until: int | None = None) -> Ending:
        """Train from a cursor on, that of a restored checkpoint or the beginning; ``until``: only to the end of so many
        epochs of the run, which can then be gone on with.

        Raises EngineError where there are no rows, where memory is not enough even for parts of a batch, and where the
        run's last checkpoint cannot be written. One that cannot be written under way is a notice.
        """
        import torch

        self._cursor = self._begin(Cursor() if cursor is None else cursor)
        self._check()
        self._trainer.planned = self._training.limit * self._batches.steps
        done = self._cursor.epoch * self._batches.rows + self._cursor.step * self._batches.size
        total = self._training.limit * self._batches.rows
        self._throughput = Throughput(total - done if self._search is None else None)
        self._emit_start()
        try:
            return self._to_the_end(until)
        except torch.OutOfMemoryError as error:
            raise EngineError(OUT_OF_MEMORY()) from error

    def settle(self, cursor: Cursor) -> Ending:
        """End a run here that looks for its best epoch: go back to that, whether or not it has waited long enough."""
        self._cursor = cursor
        if self._search is not None and (ending := self._close(self._search)) is not None:
            return ending
        return Ending("finished", self._cursor)

    def _to_the_end(self, until: int | None) -> Ending:
        if self._cursor.updates and self._cursor.stage == "learning" and not self._company_keeps_up():
            return self._stopped()
        while not self._over():
            if until is not None and self._cursor.epoch >= until:
                return Ending("finished", self._cursor)
            if (ending := self._epoch()) is not None:
                return ending
            if not self._company_keeps_up():
                return self._stopped()
            if not self._over() and self._time_is_over():
                return self._out_of_time()
        if until is None and self._search is not None and (ending := self._close(self._search)) is not None:
            return ending
        return self._finished()

    def _company_keeps_up(self) -> bool:
        with self._throughput.resting():
            return self._company is None or self._company.keep_up(self._cursor)

    def _begin(self, cursor: Cursor) -> Cursor:
        if self._search is None:  # from where the run is, whatever was looked for before
            return replace(cursor, best=None, stage="learning")
        # What a network has counted before it learns may be all that there is to learn.
        may_stay = cursor == Cursor() and self._withheld is not None
        return self._search.begin(cursor, self._figures() if may_stay else {})

    def is_over(self, cursor: Cursor) -> bool:
        """Whether a run that has come so far tries no further epochs."""
        if self._search is None:
            return cursor.epoch >= self._training.limit
        return cursor.stage != "learning" or (cursor.step == 0 and self._search.over(cursor))

    def _over(self) -> bool:
        return self.is_over(self._cursor)

    def _check(self) -> None:
        if self._batches.rows == 0:
            raise EngineError(NO_ROWS())
        if self._cursor.step > self._batches.steps:
            raise EngineError(OTHER_DATA(step=self._cursor.step, steps=self._batches.steps))

    def _emit_start(self) -> None:
        import torch

        network = self._trainer.network
        self._emit(Started(
            self._batches.rows, self._batches.steps, self._training.limit, network.parameter_count(),
            network.device, torch.get_num_threads(), self._cursor.epoch, self._cursor.step, self._search is not None,
            self._choose_by,
        ))  # fmt: skip

    def _epoch(self) -> Ending | None:
        """The rest of an epoch; how the run ends, if it does within it."""
        began, rows = perf_counter(), 0
        while self._cursor.step < self._batches.steps:
            batch = self._batches.batch(self._cursor.epoch, self._cursor.step)
            if (failure := self._step(batch)) is not None:
                return self._diverged(failure)
            rows += batch.rows
            if self._stop is not None and self._stop.is_set():
                return self._stopped()
            if self._cursor.step < self._batches.steps and self._time_is_over():
                return self._out_of_time()
            due = self._every is not None and self._cursor.updates % self._every == 0
            if due and (failure := self._save(last=False)) is not None:
                return self._diverged(failure)
        self._end_epoch(perf_counter() - began, rows)
        failure = self._save(last=self._search is None and self._over())
        return None if failure is None else self._diverged(failure)

    # One step -----------------------------------------------------------------------------------------------------

    def _step(self, batch: PreparedRows) -> NonFinite | None:
        trainer, now = self._trainer, self._cursor
        buffers = trainer.network.buffers.clone()  # batch normalisation moves its own in the pass
        self._latest = None  # two steps' gradients would take twice the memory
        report = self._gradients(batch)
        if not is_finite(report):
            failure = first_non_finite(trainer, batch, report)
            trainer.network.buffers.copy_(buffers)
            return failure
        trainer.update(report)
        if (beyond := grown(trainer, report.loss)) is not None:
            return beyond
        weight = weight_of(batch)
        loss, total = now.loss + report.loss * weight, now.weight + weight
        self._cursor = replace(now, step=now.step + 1, updates=now.updates + 1, loss=loss, weight=total)
        self._recent.append((report.loss, weight))
        self._throughput.count(batch.rows)
        self._latest = report
        self._maybe_emit_step()
        return None

    def _maybe_emit_step(self) -> None:
        if not self._step_is_told():
            return
        now = self._cursor
        loss = sum(loss * weight for loss, weight in self._recent) / sum(weight for _, weight in self._recent)
        self._recent.clear()
        rate, remaining = self._throughput.mark(), self._throughput.remaining()
        self._emit(Stepped(now.epoch, now.step, now.updates, loss, self._norms(), rate, memory(), remaining))

    def _norms(self) -> dict[str, float]:
        """Those of the latest step's gradients; none where this process has made no step."""
        return {} if self._latest is None else norms(self._latest, self._trainer.network.plan)

    def _step_is_told(self) -> bool:
        """The first and the last one always, where nothing else is asked for."""
        if self._report is not None:
            return len(self._recent) >= self._report
        planned, done = self._training.limit * self._batches.steps, self._cursor.updates
        if done in (1, planned):
            return True
        if planned <= SHORT:
            return done % max(1, planned // POINTS) == 0 or self._cursor.step == self._batches.steps
        return self._throughput.since_mark >= INTERVAL

    # Ends ---------------------------------------------------------------------------------------------------------

    def _end_epoch(self, seconds: float, rows: int) -> None:
        """``seconds`` that training took, evaluation not included, for ``rows`` rows."""
        now = self._cursor
        with self._throughput.resting():
            metrics = self._figures()
        rate = rows / max(seconds, 1e-9)
        self._emit(EpochEnded(now.epoch, now.updates, now.loss / now.weight, seconds, rate, metrics, self._norms()))
        self._cursor = Cursor(now.epoch + 1, 0, now.updates, best=now.best)
        if self._search is not None:
            self._cursor = self._search.after(self._cursor, metrics)

    def _close(self, search: BestEpoch) -> Ending | None:
        """Go back to the best epoch, and learn from the rows that it was chosen by; how the run ends, if it does there.

        Once: learned from by themselves as often as the others have been, in a row, they are learned by heart (on
        MovieLens a hit rate of 0.234 fell to 0.195, and once left it at 0.231). They are not mixed with the others,
        which have been learned from as often as is good for them.
        """
        if self._cursor.stage == "learning":
            self._go_back(search)
        if self._cursor.stage == "closing":
            if self._withheld is not None and (ending := self._learn_withheld(search, self._withheld)) is not None:
                return ending
            return self._be_done()
        return None

    def _go_back(self, search: BestEpoch) -> None:
        tried = self._cursor.epoch
        self._cursor = search.back(self._cursor)
        best = self._cursor.best
        assert best is not None
        self._emit(Kept(best.epochs, tried, search.figure, best.value, best.updates))

    def _be_done(self) -> Ending | None:
        """Keep the run as it is now, for good."""
        now = self._cursor
        self._cursor = Cursor(now.epoch, 0, now.updates, best=now.best, stage="done")
        failure = self._save(last=True)
        return None if failure is None else self._diverged(failure)

    def _learn_withheld(self, search: BestEpoch, batches: WithheldBatches) -> Ending | None:
        """Stopped on the way, the run is where it was before: seconds are lost, and a checkpoint has one case less.
        A network that no epoch has made better only takes them to what it began with."""
        before = self._cursor
        batches.join()
        for step in range(batches.steps if before.epoch else 0):
            if (failure := self._step(batches.batch(0, step))) is not None:
                return self._diverged(failure)
            if self._stop is not None and self._stop.is_set():
                self._cursor = search.back(before)
                return self._stopped()
        return None

    def _figures(self) -> dict[str, float | None]:
        return {} if self._evaluate is None else finite(self._evaluate())

    def _save(self, last: bool) -> NonFinite | None:
        """Write the checkpoint, unless the network has become one that nobody could go on with."""
        if self._path is None:
            return None
        if (failure := bad_weights(self._trainer)) is not None:
            return failure
        try:
            place = self._written(self._path, last)
        except EngineError as error:
            if last:
                raise
            self._emit(noticed(error.problem))
        else:
            self._emit(Saved(str(place), self._cursor.updates))
        return None

    def _written(self, path: Path, last: bool) -> Path:
        """Where the checkpoint is; the last one is not lost because its place takes nothing. Raises EngineError."""

        def write(to: Path) -> None:
            save(to, self._trainer, self._cursor, self._model, self._rows)

        if not last:
            write(path)
            return path
        place, elsewhere = written_somewhere(path, write)
        if elsewhere is not None:
            self._emit(noticed(elsewhere))
        return place

    def _time_is_over(self) -> bool:
        return self._limit is not None and self._limit.is_set()

    def _out_of_time(self) -> Ending:
        """The run's end for want of time, between two batches: within an epoch its figures are measured first, and
        count as an epoch's do where the best is looked for."""
        if (failure := self._save(last=True)) is not None:
            return self._diverged(failure)
        now = self._cursor
        if now.step:
            metrics = self._figures()
            self._emit(OutOfTime(now.epoch, now.step, now.updates, now.loss / now.weight, metrics, self._norms()))
            self._cursor = now if self._search is None else self._search.after(now, metrics)
        self._emit(noticed(TIME_IS_OVER(updates=now.updates)))
        if self._search is not None and self._cursor.best is not None:
            self._go_back(self._search)
            if (ending := self._be_done()) is not None:
                return ending
        return self._finished()

    def _finished(self) -> Ending:
        if self._company is not None:
            self._company.judge(self._cursor)
        self._emit(Finished(self._cursor.epoch, self._cursor.updates, self._throughput.seconds))
        return Ending("finished", self._cursor)

    def _stopped(self) -> Ending:
        if (failure := self._save(last=True)) is not None:
            return self._diverged(failure)
        now = self._cursor
        self._emit(Stopped(now.epoch, now.step, now.updates))
        return Ending("stopped", now)

    def _diverged(self, failure: NonFinite) -> Ending:
        problem = problem_of(failure, self._trainer.network.plan)
        self._emit(
            Diverged(
                failure.step, failure.block_id, failure.what, problem.sentence, problem.template, particulars(problem)
            )
        )
        return Ending("diverged", self._cursor, failure)
