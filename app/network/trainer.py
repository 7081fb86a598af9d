"""The facade of the training thread: the GUI calls it, and hears of each new snapshot as soon as it can."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.kit.errors import problem_of, record
from app.network.commands import LoadedState
from app.network.document import Document
from app.network.kept import KeptState, RunMoment
from app.network.watched import Legible
from app.network.worker import Ask, Command, Published, TrainingWorker
from engine.graph.weights import Weights
from engine.network.contract import NonFinite
from engine.problems import EngineError
from engine.training.carry import Rows
from engine.training.setup import Setup
from engine.training.snapshot import Snapshot
from engine.training.standing import stands
from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from engine.formats.progress import Progress
    from engine.training.runs import StoredRun

GRACE_MS = 250
"""So long a valid edit leaves the last snapshot in view: the next one is nearly always there a frame later, and a
picture that went out for a frame at every move of a slider would flicker."""


class Trainer(QObject):
    """Trains the document's network in a thread of its own.

    ``snapshot``: the latest state, of the present document alone; None while there is none. ``legible``: the one whose
    numbers are written out. ``passes``: those that are followed, of the latest state, by the request.
    ``snapshot_withdrawn``: what was published last no longer holds, and nothing has taken its place. ``weights_heard``:
    the document has newer weights since then.
    """

    snapshot_published = Signal(object)
    snapshot_withdrawn = Signal()
    weights_heard = Signal()
    running_changed = Signal(bool)
    failed = Signal(object)
    non_finite = Signal(object)
    trace_ready = Signal(object, object)
    """A PassTrace, and the ``request`` that asked for it."""
    solved = Signal(float)
    """It has paused by itself, at this epoch: there is nothing left to learn."""
    _changed = Signal()
    _traced = Signal(object, object)
    _broke = Signal(object)
    _was_solved = Signal(float)
    _has_left = Signal(object)
    _has_heard = Signal(object)
    _was_found = Signal(int, object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._serial = 0
        self._run = 0
        self._running = False
        self._plays = 0
        self._changes = self._heard = 0
        self._rewritten = 0  # the latest change that is to weights
        self._followed = document.loaded_state
        self._left: RunMoment | None = None  # the run whose place the next command takes
        self._aim: int | None = None  # the step that it is being taken to
        self._compiled = False
        self._announced = self._open = False
        self.snapshot: Snapshot | None = None
        self.legible = Legible(self)
        self.passes: Mapping[object, PassTrace] = {}
        self._connect()
        self._worker = TrainingWorker(
            self._setup(document.loaded_state),
            document.initial_run.run,
            on_change=self._announce,
            on_trace=self._traced.emit,
            on_error=self._broke.emit,
            on_solved=self._was_solved.emit,
            on_left=self._has_left.emit,
        )
        self._grace = QTimer(self)
        self._grace.setInterval(GRACE_MS)
        self._grace.setSingleShot(True)
        self._grace.timeout.connect(self._withdraw)

    def _connect(self) -> None:
        queued = Qt.ConnectionType.QueuedConnection
        self._changed.connect(self._pick_up, queued)
        self._traced.connect(self._pass_on_trace, queued)
        self._broke.connect(self._pass_on_error, queued)
        self._was_solved.connect(self._tell_solved, queued)
        self._has_left.connect(self._tell_left, queued)
        self._has_heard.connect(self._go_on, queued)
        self._was_found.connect(self._go, queued)
        document = self._document
        document.loaded_state_changed.connect(self._follow)
        document.weights_loaded.connect(self._reload)
        document.run_wanted.connect(self._renew)
        document.run_left.connect(self._leave)
        document.weight_set.connect(self.set_weight)
        document.rows_set.connect(self._set_rows)

    def start(self) -> None:
        """Start the thread; until then nothing heavy is done."""
        import engine.training.session  # noqa: F401  here, for the thread must not import while others may

        self._worker.start()
        self._open = True

    def close(self) -> None:
        """End the thread and wait for it."""
        self._open = False
        self._grace.stop()
        self.legible.close()
        if self._worker.is_alive():
            self._worker.stop()
            self._worker.join()

    def _setup(self, loaded: LoadedState) -> Setup:
        state = loaded.state
        return Setup(state.graph, loaded.dataset, state.hyper, compiled=self._compiled, data=state.data)

    @property
    def compiled(self) -> bool:
        """Whether the kernels may be used without waiting for them."""
        return self._compiled

    # Transport ----------------------------------------------------------------------------------------------------

    @property
    def run(self) -> int:
        """The number of the present run, as its snapshots have it."""
        return self._run

    @property
    def running(self) -> bool:
        """Whether it trains."""
        return self._running

    def play(self) -> None:
        """Train until paused."""
        self._plays += 1
        number = self._plays
        self._set_running(True)
        self._worker.post(lambda worker: worker.play(number))

    def pause(self) -> None:
        """Stop after the step under way."""
        self._worker.post(lambda worker: worker.pause())

    def step(self) -> None:
        """One step (one batch)."""
        self._worker.post(lambda worker: worker.advance(1))

    def epoch(self) -> None:
        """On to the end of the epoch."""
        self._worker.post(lambda worker: worker.advance(None))

    def reset(self, seed: int | None = None) -> None:
        """Begin again from the seeded start, in one undoable step; another ``seed`` is part of it."""
        self._document.begin_anew(seed)

    def go_to(self, step: int) -> None:
        """Pause, and take the run back to near a ``step``, or on again, in one undoable step."""
        is_under_way, self._aim = self._aim is not None, step
        if not is_under_way:
            self._worker.post(lambda worker: self._was_found.emit(step, worker.earlier(step)))

    def take_up(self, stored: StoredRun, step: int) -> None:
        """Pause, and go on with another run as it stood near a ``step``, in one undoable step."""
        self._worker.post(lambda worker: self._was_found.emit(step, worker.take_up(stored, step)))

    @Slot(int, object)
    def _go(self, step: int, found: tuple[int, Setup, KeptState] | None) -> None:
        """Several wishes while one was under way: the latest counts."""
        aim, self._aim = self._aim, None
        if not self._open:
            return
        if found is not None and found[0] == self._run:
            self._document.go_to(*found[1:])
        if aim is not None and aim != step:
            self.go_to(aim)

    def set_speed(self, epochs_per_second: float | None) -> None:
        """Limit the pace; None takes the limit away."""

        def apply(worker: TrainingWorker) -> None:
            worker.pace.limit = epochs_per_second
            if worker.session is not None:
                worker.pace.restart(worker.session.epoch)

        self._worker.post(apply)

    def set_stop_when_solved(self, on: bool) -> None:
        """Pause by itself once nothing is left to learn, or go on."""

        def apply(worker: TrainingWorker) -> None:
            worker.stop_when_solved = on

        self._worker.post(apply)

    def kernels_compiled(self) -> None:
        """The kernels' cache is filled: swap numba in, unseen."""
        self._compiled = True
        self._worker.post(lambda worker: worker.load_kernels())

    # Looking ------------------------------------------------------------------------------------------------------

    def preview(self, block_id: str, activation: str | None) -> None:
        """Show what another activation would make of the present weights; None ends it."""

        def apply(worker: TrainingWorker) -> None:
            worker.preview = (block_id, activation) if activation is not None else None
            worker.publish(fresh=True)

        self._worker.post(apply)

    def set_view(self, columns: tuple[int, int]) -> None:
        """Show another plane of two columns in the decision view and the heat maps."""

        def apply(worker: TrainingWorker) -> None:
            worker.view = columns
            if worker.session is not None:
                worker.session.observer.look_at(columns)
                worker.publish(fresh=True)

        self._worker.post(apply)

    def request_pass(self, ask: Ask, request: object) -> None:
        """Ask the session for a pass; ``trace_ready`` follows, with this ``request``."""
        self._worker.post(lambda worker: worker.trace(ask, request))

    def follow_pass(self, ask: Ask, request: object) -> None:
        """The same, and ``passes`` has it again with every snapshot, of the same step."""
        self._worker.post(lambda worker: worker.follow_pass(ask, request))

    def leave_pass(self, request: object) -> None:
        """Follow it no longer."""
        self._worker.post(lambda worker: worker.leave_pass(request))

    def predict(self, x: tuple[float, ...]) -> tuple[float, ...] | None:
        """The answer to one input, of the network whose numbers are written out; None before there is one or when the
        input does not fit."""
        snapshot = self.legible.snapshot
        columns = self._document.dataset.columns
        if snapshot is None or len(x) != len(columns):
            return None
        from engine.training.predict import predict

        try:
            import numpy as np

            answer = predict(snapshot.plan, snapshot.weights, columns, np.array([x]))
        except EngineError:
            return None  # the snapshot is of the data set before; the next one fits
        return tuple(float(value) for value in answer[0])

    # Weights ------------------------------------------------------------------------------------------------------

    @Slot(str, str, object, float)
    def set_weight(self, block_id: str, name: str, index: tuple[int, ...], value: float) -> None:
        """Set one scalar in the running network."""

        def apply(worker: TrainingWorker) -> None:
            if worker.session is not None:
                worker.session.set_weight(block_id, name, index, value)
                worker.publish(fresh=not worker.running)

        self._change(apply)

    @Slot(object)
    def _set_rows(self, rows: Rows) -> None:
        def apply(worker: TrainingWorker) -> None:
            if worker.session is not None:
                worker.session.set_rows(rows)
                worker.publish(fresh=True)

        self._change(apply)

    def _change(self, command: Command, *, weights: bool = True) -> None:
        """Post what changes the network, and know when a snapshot has it; ``weights``: whether they may be others."""
        self._changes += 1
        number = self._changes
        self._rewritten = number if weights else self._rewritten

        def apply(worker: TrainingWorker) -> None:
            worker.hear(number)
            command(worker)

        self._worker.post(apply)

    @property
    def changes(self) -> int:
        """How many changes were made to the network so far."""
        return self._changes

    def has_heard(self, changes: int) -> bool:
        """Whether the document's live weights have so many of the changes."""
        return self._heard >= changes

    @property
    def settled(self) -> bool:
        """Whether they have all."""
        return self._heard == self._changes

    @property
    def knows_weights(self) -> bool:
        """Whether they have all changes that were made to weights, which is what a file may not do without."""
        return self._heard >= self._rewritten

    def when_heard(self, then: Callable[[], object]) -> None:
        """Call it once the thread has done all that it has been told, and the document has what came of it."""
        if self._open:
            self._worker.post(lambda worker: self._has_heard.emit(then))
        else:
            then()

    @Slot(object)
    def _go_on(self, then: Callable[[], object]) -> None:
        if self._open:
            self._pick_up()
            then()

    # Following the document ---------------------------------------------------------------------------------------

    @Slot(object, object)
    def _follow(self, loaded: LoadedState, stash: Weights) -> None:
        setup, before, self._followed = self._setup(loaded), self._followed, loaded
        others = loaded.state.graph is not before.state.graph or loaded.dataset is not before.dataset
        self._change(self._leaving(lambda worker: worker.change(setup, stash)), weights=others)
        self._review()

    @Slot()
    def _reload(self) -> None:
        self._worker.post(self._leaving(lambda worker: worker.halt()))
        self._withdraw()
        setup, run = self._next_run()
        moment = self._document.initial_run
        self._worker.post(lambda worker: worker.begin(setup, moment.latest, run))

    @Slot(object)
    def _renew(self, wanted: RunMoment) -> None:
        setup, run = self._next_run()
        self._worker.post(self._leaving(lambda worker: worker.renew(setup, wanted.latest, run)))
        self._review()

    @Slot(object)
    def _leave(self, moment: RunMoment) -> None:
        self._left = moment

    def _leaving(self, command: Command) -> Command:
        """The command, and just before it, with no step in between, note where the run that was left has come to."""
        left, self._left = self._left, None
        if left is None:
            return command

        def apply(worker: TrainingWorker) -> None:
            try:
                worker.leave(left)
            finally:
                command(worker)

        return apply

    def _next_run(self) -> tuple[Setup, int]:
        self._run, self._followed = self._run + 1, self._document.loaded_state
        self._heard = self._changes  # the document has the weights that it begins with
        return self._setup(self._document.loaded_state), self._run

    # What still holds ---------------------------------------------------------------------------------------------

    def _holds(self, snapshot: Snapshot) -> bool:
        """Whether a snapshot is of the document as it is now."""
        return snapshot.run == self._run and stands(snapshot, self._document.graph, self._document.dataset)

    def _review(self) -> None:
        """After a change of the document: what is shown of another network goes, at once where nothing will follow."""
        if self.snapshot is None or self._holds(self.snapshot):
            self._grace.stop()
        elif not self._document.can_run:
            self._withdraw()
        else:
            self._grace.start()

    @Slot()
    def _withdraw(self) -> None:
        self._grace.stop()
        if self.snapshot is not None:
            self.snapshot, self.passes = None, {}
            self.snapshot_withdrawn.emit()
            self.legible.forget()

    # From the thread ----------------------------------------------------------------------------------------------

    def _announce(self) -> None:
        """Tell the GUI thread, from the training thread, that something was published or has stopped.

        One announcement is under way at a time: none queue up however fast it trains, and none come while it rests.
        """
        if not self._announced:
            self._announced = True
            self._changed.emit()

    @Slot()
    def _pick_up(self) -> None:
        if not self._open:
            return  # views may be gone
        self._announced = False  # before looking: what is published from now on is announced anew
        running = self._trains  # first: of a run that has stopped, what is published then is where it has come to
        changed, self._running = running != self._running, running
        self._take(self._worker.published)
        if changed and not running:
            self.legible.catch_up()  # again, where it is shown: a pass that is asked about has waited for the stop
        if changed:
            self.running_changed.emit(running)

    def _take(self, published: Published) -> None:
        if published.serial == self._serial:
            return
        self._serial, self._heard = published.serial, max(self._heard, published.heard)
        now = published.snapshot
        if now is None:
            return
        if now.run == self._run:  # else the document has moved on, and this is of what was open before
            self._document.live_weights.put(now.weights, partial(_progress_of, now), (now.run, now.step))
        if not self._holds(now):
            if self.snapshot is None and now.run == self._run:
                self.weights_heard.emit()
            return
        self._grace.stop()
        before = self.snapshot
        self.snapshot, self.passes = now, published.passes
        self.snapshot_published.emit(now)
        self.legible.follow(now, running=self._running)
        failure = now.failure
        told = before is not None and (before.run, before.step, before.failure) == (now.run, now.step, failure)
        if failure is not None and not told:
            self._tell_non_finite(failure)

    def _tell_non_finite(self, failure: NonFinite) -> None:
        """A divergence becomes a step that undo takes back, where the run was sound at an earlier one; unless undo or
        redo has just led to it."""
        shown, taken_up = self.snapshot, self._document.initial_run.latest.diagnosis
        is_known = taken_up is not None and taken_up.failure == failure and self._document.knows_divergence
        if shown is not None and shown.can_go_back and shown.diagnosis is not None and not is_known:
            self._document.note_divergence(self.tr("Divergence"), shown.diagnosis.sound)
        self.non_finite.emit(failure)

    @Slot(object, object)
    def _pass_on_trace(self, trace: object, request: object) -> None:
        self.trace_ready.emit(trace, request)

    @Slot(object)
    def _pass_on_error(self, error: BaseException) -> None:
        record(error)
        self.failed.emit(problem_of(error))

    @Slot(float)
    def _tell_solved(self, epoch: float) -> None:
        self.solved.emit(epoch)

    @Slot(object)
    def _tell_left(self, moment: RunMoment) -> None:
        if not self._open:
            return
        self._document.bound_runs()  # its curves have come
        self._document.runs.keep(moment)
        if moment.latest.differs(moment.run):
            moment.run = moment.latest

    @property
    def _trains(self) -> bool:
        """Whether it trains, or will as soon as the thread has heard the last Play."""
        return self._worker.running or self._worker.plays < self._plays

    def _set_running(self, running: bool) -> None:
        if running != self._running:
            self._running = running
            self.running_changed.emit(running)


def _progress_of(snapshot: Snapshot) -> Progress | None:
    from engine.training.progress import progress_of

    return progress_of(snapshot)
