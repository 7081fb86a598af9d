"""The training thread: owns the session, applies commands between calls, publishes one latest snapshot."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

from app.kit.kernels import notifier
from app.network.kept import KeptState, RunMoment
from app.network.picture_rate import PICTURE_SECONDS, PictureRate
from engine.graph.weights import Weights
from engine.network.plan import compile_graph
from engine.network.warm import load as load_kernels
from engine.problems import EngineError
from engine.training.carry import overlaid
from engine.training.setup import Setup
from engine.training.snapshot import Snapshot
from engine.training.tables import target_of
from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from engine.training.runs import StoredRun
    from engine.training.session import TrainingSession

CHUNK_SECONDS = PICTURE_SECONDS
"""A call of the engine: what lies between two, and waiting for the GUI thread to let go of Python, costs much the same
however long they are."""
UNASKED_SECONDS = 1 / 24
"""A call, and so from one picture to the next, where nothing has been changed lately: no dragged number waits for it,
as many pictures as a film has are seen as movement, and what is left of the GUI thread's and Python's time goes into
training. A pass that is asked for, as a view that follows a sample does all the time, is no change."""
LATELY_SECONDS = 0.5
MOST_DEBT_SECONDS = 0.1
FIRST_EPOCHS = 40
"""So many epochs are trained one by one, with a moment in between, so that the steep start of a fast run is seen."""

Command = Callable[["TrainingWorker"], None]
Train = Callable[["TrainingSession"], object]
Ask = Callable[["TrainingSession"], PassTrace]
"""For a pass: of some rows, of the next batch, of a typed input."""


@dataclass(frozen=True, slots=True)
class Published:
    """What the GUI thread picks up. ``serial`` grows with every publication. ``heard``: the number of the latest
    change from outside that the snapshot has. ``passes``: those that are followed, of the snapshot's step."""

    serial: int = 0
    snapshot: Snapshot | None = None
    heard: int = 0
    passes: Mapping[object, PassTrace] = field(default_factory=dict)


@dataclass(slots=True)
class Pace:
    """How fast to go: ``limit`` in epochs per second, None for as fast as it goes."""

    limit: float | None = None
    since: float = 0.0
    epoch: float = 0.0

    def restart(self, epoch: float) -> None:
        """Count from here."""
        self.since, self.epoch = perf_counter(), epoch

    def steps_due(self, session: TrainingSession) -> int:
        """Steps that the limit allows by now."""
        assert self.limit is not None
        target = self.epoch + self.limit * (perf_counter() - self.since)
        return int((target - session.epoch) * session.steps_per_epoch)

    def forgive(self, session: TrainingSession, steps: int) -> None:
        """Where the machine is behind by so many steps, what it owes for longer than a moment is not made good."""
        assert self.limit is not None
        if steps > MOST_DEBT_SECONDS * self.limit * session.steps_per_epoch:
            self.restart(session.epoch)


class TrainingWorker(threading.Thread):
    """``on_*`` are called in this thread; what they are given is immutable, or an error that this thread is done with.
    ``on_change``: something was published, or the run has stopped.

    No error ends it: one that is the engine's pauses the run, and so does any other, after which the session is gone
    on with only if it still works.
    """

    def __init__(
        self,
        setup: Setup,
        kept: KeptState,
        *,
        on_change: Callable[[], None],
        on_trace: Callable[[PassTrace, object], None],
        on_error: Callable[[BaseException], None],
        on_solved: Callable[[float], None],
        on_left: Callable[[RunMoment], None],
    ) -> None:
        super().__init__(name="training", daemon=True)
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._on_change, self._on_trace, self._on_error = on_change, on_trace, on_error
        self._on_solved, self._on_left = on_solved, on_left
        self._latest, self._run = kept, 0  # what a fresh session is made from, and which run it goes on with
        self._doubted = False
        self.session: TrainingSession | None = None
        self.setup = setup
        self.running = False
        self.stop_when_solved = False
        self._to_solve = False
        self._solved = False  # the run itself, whatever is previewed
        self.plays = 0
        self.heard = 0
        self.pace = Pace()
        self.view: tuple[int, int] = (0, 1)
        self._followed: dict[object, Ask] = {}
        self.preview: tuple[str, str] | None = None
        self.published = Published()
        self._speed = 0.0
        self._mark = (0.0, 0.0)
        self._rate = PictureRate()
        self._last_change = 0.0

    # From the GUI thread ------------------------------------------------------------------------------------------

    def post(self, command: Command) -> None:
        """Have the command applied between two training calls."""
        self._commands.put(command)

    def stop(self) -> None:
        """End the thread after what it is doing."""
        self._commands.put(None)

    # In the training thread ---------------------------------------------------------------------------------------

    def run(self) -> None:
        """Apply commands; while running, train and publish."""
        self._guarded(lambda: self.begin(self.setup, self._latest))
        while True:
            try:
                command = self._commands.get(block=not self.running, timeout=None)
            except queue.Empty:
                self._guarded(self._train)
                continue
            if command is None:
                return
            self._guarded(partial(command, self))

    def _guarded(self, work: Callable[[], None]) -> None:
        """An error pauses the run and is said; the thread lives on, whatever it was."""
        try:
            work()
        except BaseException as error:
            self._doubted = self._doubted or not isinstance(error, EngineError)
            with suppress(BaseException):  # one error is enough: what is shown then stays of an earlier moment
                self.publish(fresh=True, last=True)
            self.halt()
            self._on_error(error)

    @contextmanager
    def _taken_apart(self) -> Iterator[None]:
        """While the session is being changed: what breaks off half-way leaves none. An EngineError is the engine's
        refusal, after which the session is as it was."""
        try:
            yield
        except EngineError:
            raise
        except BaseException:
            self.session = None
            raise

    def begin(self, setup: Setup, kept: KeptState, run: int = 0) -> None:
        """A new session from a run that was kept, or from the seed where there is none. An error leaves none: the one
        before was of another document or another start."""
        self.setup, self._latest, self._run = setup, kept, run
        self.session = None
        self.session = _session(setup, kept, run)
        self._doubted, self._to_solve = False, True
        self._show(self.session)

    def renew(self, setup: Setup, kept: KeptState, run: int) -> None:
        """:meth:`begin` within one document: a graph that cannot be compiled pauses, and is said by the canvas."""
        try:
            self.begin(setup, kept, run)
        except EngineError:
            self.halt()

    def hear(self, number: int) -> None:
        """Note that the change of this number comes next."""
        self.heard, self._last_change = number, perf_counter()

    def change(self, setup: Setup, stash: Weights) -> None:
        """Go on with another setup. A graph that cannot be compiled pauses the session as it was. Where there is none,
        as after undo has led back to such a graph, the run that was kept goes on."""
        self._to_solve = self._to_solve or setup.dataset is not self.setup.dataset
        self.setup = setup
        try:
            with self._taken_apart():
                if self.session is None:
                    kept = replace(self._latest, weights=overlaid(stash, self._latest.weights))
                    self.session = _session(setup, kept, self._run)
                else:
                    self.session.change(setup, stash)
        except EngineError:  # the document lists the graph's problems; the canvas shows them at their ports
            self._pause_training()
            return
        self._show(self.session)

    def _show(self, session: TrainingSession) -> None:
        """Show a session that is new or has been changed."""
        session.observer.look_at(self.view)
        self.pace.restart(session.epoch)
        self.publish(fresh=True)

    def _working_session(self, train: Train) -> tuple[TrainingSession, bool]:
        """The session, and whether it has been trained: after an internal error that is how to see if it still works.
        Where there is none, or it works no more, a fresh one from the latest sound weights. Raises EngineError when the
        graph cannot be compiled."""
        trained = False
        if self.session is not None:
            self._refuse_foreign(self.session)
        if self.session is not None and self._doubted:
            trained = _works(self.session, train)
            self.session = self.session if trained else None
        if self.session is None:
            self.begin(self.setup, self._latest, self._run)
        self._doubted = False
        assert self.session is not None
        return self.session, trained

    def _refuse_foreign(self, session: TrainingSession) -> None:
        """A session that could not follow the document is not trained on. Raises EngineError, which says why."""
        if self.setup.graph != session.setup.graph or self.setup.dataset is not session.setup.dataset:
            compile_graph(self.setup.graph, target_of(self.setup.dataset))

    def play(self, number: int = 0) -> None:
        """Train until told otherwise. ``number``: how often it has been told to, so that the window knows that it has
        been heard."""
        self.plays = number
        session, _ = self._working_session(lambda session: session.run_steps(1))
        if session.finished:
            self.halt()
            return
        session.go_on()
        self.running = True
        self._to_solve = not self._solved  # whoever plays on with what is solved wants to
        self.pace.restart(session.epoch)
        self._mark = (perf_counter(), session.epoch)

    def halt(self) -> None:
        """Train no more, and tell so; where it has come to has been shown or is of no interest."""
        from engine.network.spare import let_go  # not before the first frame
        from engine.training.orders import forget_stretches

        self.running = False
        self._speed = 0.0
        let_go()  # a run may wait for hours
        forget_stretches()
        self._on_change()

    def pause(self) -> None:
        """Stop after the step under way. What that has come to is there before the stop is told: whoever waits for the
        stop, to save or to go on with something else, has it."""
        try:
            self.publish(fresh=True, last=True)
        finally:
            self.halt()

    def _pause_training(self) -> None:
        """Pause, if it trains: where it does not, all has been shown, and only that the change was heard is new."""
        if self.running:
            self.pause()
        else:
            self._put(self.published.snapshot, self.published.passes)
            self.halt()

    def leave(self, moment: RunMoment) -> None:
        """Tell in it where the run has come to: what the window knows is of the latest picture. A run that an error has
        torn is not asked."""
        session, known = self.session, moment.run
        reached = self._latest if session is None and (self._latest.progress or not known.progress) else known
        if session is not None and session.whole:
            from engine.training.progress import progress_of  # not before the first frame

            snapshot = session.snapshot(fresh=False, maps=False)
            reached = KeptState(snapshot.weights, progress_of(snapshot))
            reached = reached.in_brief() if moment.brief else reached
        if session is not None and session.whole and session.updates == reached.updates:
            session.keep_end()
            checkpoints = session.checkpoints.copy() if session.checkpoints is not None else None
            reached = replace(reached, curves=session.curves_put_by(), checkpoints=checkpoints)
        moment.reached = reached
        self._on_left(moment)

    def earlier(self, step: int) -> tuple[int, Setup, KeptState] | None:
        """The present run's number, and as what it can be taken to near a ``step``; it trains no more. None where it
        stands there, or can't be taken anywhere."""
        self._pause_training()
        session = self.session
        found = session.earlier(step) if session is not None and session.whole else None
        if found is None or session is None or session.checkpoints is None:
            return None
        setup, past = found
        return self._run, setup, KeptState(dict(past.weights), past.progress, checkpoints=session.checkpoints.copy())

    def take_up(self, stored: StoredRun, step: int) -> tuple[int, Setup, KeptState]:
        """The present run's number, and as what another run can be taken up near a ``step``."""
        self._pause_training()
        setup, past, checkpoints = stored.taken_to(step)
        setup = replace(setup, compiled=self.setup.compiled)
        return self._run, setup, KeptState(dict(past.weights), past.progress, checkpoints=checkpoints)

    def advance(self, steps: int | None) -> None:
        """Do so many steps, or go on to the end of the epoch (None); then show it."""

        def train(session: TrainingSession) -> object:
            return session.run_epochs(1) if steps is None else session.run_steps(steps)

        session, trained = self._working_session(train)
        if not trained:
            train(session)
        self._settle(session)

    def _train(self) -> None:
        session = self.session
        if session is None:
            self.halt()
            return
        if self.pace.limit is not None:
            due = self.pace.steps_due(session)
            if due <= 0:
                if self._is_behind(session) and self._rate.allows(perf_counter()):
                    self.publish(fresh=False)
                else:
                    self._rest()
                return
            done = session.run_for(CHUNK_SECONDS, due).steps
            self.pace.forgive(session, due - done)
        elif session.epoch < FIRST_EPOCHS:
            session.run_epochs(1)
            self._rest()
        else:
            changed = perf_counter() - self._last_change < LATELY_SECONDS
            session.run_for(CHUNK_SECONDS if changed else UNASKED_SECONDS)
        if session.failure is not None or session.finished:
            self._settle(session)
        elif self._rate.allows(perf_counter()):
            self.publish(fresh=False)
            if self.stop_when_solved and self._to_solve and self._solved:
                self._stop_if_solved(session)

    def _is_behind(self, session: TrainingSession) -> bool:
        """Whether what is shown is of an earlier step."""
        shown = self.published.snapshot
        return shown is not None and shown.step != session.updates

    def _stop_if_solved(self, session: TrainingSession) -> None:
        """What was shown may have been of a few steps ago: look again at the weights as they are."""
        self.publish(fresh=True)
        shown = self.published.snapshot
        if shown is not None and self._solved:
            self._put(replace(shown, speed=0.0), self.published.passes)
            self.halt()
            self._on_solved(session.epoch)

    def _settle(self, session: TrainingSession) -> None:
        """Stop where a run has ended; after a divergence, keep the weights to go back to."""
        if session.failure is not None:
            self._latest = KeptState(session.sound_weights())
            session.diagnose()
        self.pause()

    def _rest(self) -> None:
        """Give the GUI thread a moment."""
        threading.Event().wait(PICTURE_SECONDS / 4)

    def publish(self, *, fresh: bool, last: bool = False) -> None:
        """Make the latest snapshot; during a preview, with what the previewed activation would show. ``last``: of a run
        that stops here, so without a speed. Where an error has torn the session, what was shown before stays: no count
        is of its weights."""
        if self.session is None or not self.session.whole:
            return
        started = thread_time()
        self._measure_speed()
        snapshot = self.session.snapshot(fresh=fresh, speed=0.0 if last else self._speed)
        self._solved = snapshot.solved
        output = snapshot.maps[snapshot.plan.output.id]
        if snapshot.failure is None:
            self._latest = KeptState(snapshot.weights)
        passes: Mapping[object, PassTrace] = {}
        try:
            passes = self._passes(self.session)
            if self.preview is not None:
                from app.network.preview import previewed

                snapshot = previewed(snapshot, self.session.setup, self.preview, self.view)
        finally:  # what was reached is there, whatever comes of the preview
            self._put(snapshot, passes)
        cost = thread_time() - started
        self._rate.note(output, self.session.observer.target_distance, perf_counter(), cost)

    def _put(self, snapshot: Snapshot | None, passes: Mapping[object, PassTrace]) -> None:
        self.published = Published(self.published.serial + 1, snapshot, self.heard, passes)
        self._on_change()

    def _measure_speed(self) -> None:
        now = perf_counter()
        since, epoch = self._mark
        if not self.running or self.session is None:
            self._speed = 0.0
        elif now - since >= 0.25:
            self._speed = (self.session.epoch - epoch) / (now - since)
            self._mark = (now, self.session.epoch)

    def load_kernels(self) -> None:
        """Load numba's kernels from their cache and go on with them."""
        load_kernels()
        from app.kit.arenas import kernels_train  # not before the first frame

        kernels_train()
        notifier().loaded.emit()
        setup = replace(self.setup, compiled=True)
        if self.session is not None and self.session.setup.graph == setup.graph:
            with self._taken_apart():
                self.session.change(replace(self.session.setup, compiled=True))
        self.setup = setup
        self.publish(fresh=True)

    def trace(self, ask: Ask, request: object) -> None:
        """Work out a pass, and hand it out as the answer to ``request``."""
        if self.session is not None:
            self._refuse_foreign(self.session)
            self._on_trace(ask(self.session), request)

    def follow_pass(self, ask: Ask, request: object) -> None:
        """The same, and again with every snapshot."""
        self._followed[request] = ask
        self.trace(ask, request)

    def leave_pass(self, request: object) -> None:
        """Follow it no longer."""
        self._followed.pop(request, None)

    def _passes(self, session: TrainingSession) -> dict[object, PassTrace]:
        """Those that are followed; what is followed may be rows of a data set that has just been left."""
        found = {}
        for request, ask in self._followed.items():
            with suppress(EngineError):
                found[request] = ask(session)
        return found


def _session(setup: Setup, kept: KeptState, run: int) -> TrainingSession:
    """A session that goes on from a run that was kept, and can be taken back."""
    from engine.training.checkpoints import Checkpoints
    from engine.training.session import TrainingSession  # loaded by Trainer.start, after the first frame

    checkpoints = kept.checkpoints.copy() if kept.checkpoints is not None else Checkpoints()
    return TrainingSession(setup, kept.weights, run, kept.progress, kept.curves, checkpoints)


def _works(session: TrainingSession, train: Train) -> bool:
    """Whether a session that has met an internal error still trains and shows itself. The error has been said; what
    comes of it here tells nothing new."""
    try:
        train(session)
        session.snapshot()
    except BaseException:
        return False
    return True
