"""The training thread: owns the session, applies commands between calls, publishes one latest snapshot."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from engine.graph.edit import set_params
from engine.network.plan import compile_graph
from engine.network.warm import load as load_kernels
from engine.problems import EngineError, Problem
from engine.training.session import Setup, TrainingSession
from engine.training.snapshot import Snapshot
from engine.training.tables import target_of
from engine.training.trace import PassTrace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = Mapping[tuple[str, str], NDArray[np.float64]]

CHUNK_SECONDS = 0.003
PUBLISH_SECONDS = 1 / 60
FIRST_EPOCHS = 40
"""So many epochs are published one by one, so that the steep start of a fast run is seen."""

Command = Callable[["TrainingWorker"], None]


@dataclass(frozen=True, slots=True)
class Published:
    """What the GUI thread picks up. ``serial`` grows with every publication."""

    serial: int = 0
    snapshot: Snapshot | None = None


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


class TrainingWorker(threading.Thread):
    """``notify_*`` are called in this thread; what they are given is immutable."""

    def __init__(
        self,
        setup: Setup,
        weights: Weights,
        *,
        on_trace: Callable[[PassTrace], None],
        on_problem: Callable[[Problem], None],
        on_stop: Callable[[], None],
    ) -> None:
        super().__init__(name="training", daemon=True)
        self._commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        self._on_trace, self._on_problem, self._on_stop = on_trace, on_problem, on_stop
        self._start: tuple[Setup, Weights] = (setup, weights)
        self.session: TrainingSession | None = None
        self.setup = setup
        self.running = False
        self.pace = Pace()
        self.view: tuple[int, int] = (0, 1)
        self.preview: tuple[str, str] | None = None
        self.published = Published()
        self.sound_weights: Weights = {}
        self._speed = 0.0
        self._mark = (0.0, 0.0)
        self._last_publish = 0.0

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
        self._guarded(lambda: self.begin(*self._start))
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
        """A problem pauses the run and is said; the thread lives on."""
        try:
            work()
        except EngineError as error:
            self._pause()
            self._on_problem(error.problem)

    def begin(self, setup: Setup, weights: Weights, run: int = 0) -> None:
        """A new session from these weights, or from the seed where there are none."""
        self.setup = setup
        self.session = TrainingSession(setup, weights, run)
        self.session.observer.look_at(self.view)
        self.pace.restart(0.0)
        self.publish(fresh=True)

    def change(self, setup: Setup, stash: Weights) -> None:
        """Go on with another setup. A graph that cannot be compiled pauses the session as it was."""
        self.setup = setup
        try:
            if self.session is None:
                self.session = TrainingSession(setup, stash)
            else:
                self.session.change(setup, stash)
        except EngineError:
            self._pause()  # the document lists the graph's problems; the canvas shows them at their ports
            return
        self.session.observer.look_at(self.view)
        self.pace.restart(self.session.epoch)
        self.publish(fresh=True)

    def play(self) -> None:
        """Train until told otherwise."""
        if self.session is None or self.session.plan is None:
            return
        if self.setup.graph != self.session.setup.graph:
            compile_graph(self.setup.graph, target_of(self.setup.dataset))  # says why it cannot
        if self.session.finished:
            self._pause()
            return
        self.session.failure = None
        self.running = True
        self.pace.restart(self.session.epoch)
        self._mark = (perf_counter(), self.session.epoch)

    def _pause(self) -> None:
        self.running = False
        self._speed = 0.0
        self._on_stop()

    def pause(self) -> None:
        """Stop after the step under way."""
        self._pause()
        self.publish(fresh=True)

    def advance(self, steps: int | None) -> None:
        """Do so many steps, or go on to the end of the epoch (None); then show it."""
        if self.session is None:
            return
        self.running = False
        if steps is None:
            self.session.run_epochs(1)
        else:
            self.session.run_steps(steps)
        self._pause()
        self._settle(self.session)

    def _train(self) -> None:
        session = self.session
        if session is None:
            self._pause()
            return
        if self.pace.limit is not None:
            due = self.pace.steps_due(session)
            if due <= 0:
                self._rest()
                return
            session.run_steps(min(due, 10_000))
        elif session.epoch < FIRST_EPOCHS:
            session.run_epochs(1)
            self._rest()
        else:
            session.run_for(CHUNK_SECONDS)
        if session.failure is not None or session.finished:
            self._pause()
            self._settle(session)
        elif perf_counter() - self._last_publish >= PUBLISH_SECONDS:
            self.publish(fresh=False)

    def _settle(self, session: TrainingSession) -> None:
        """Show where a run has ended; after a divergence, keep the weights to go back to."""
        if session.failure is not None:
            self.sound_weights = session.sound_weights()
        self.publish(fresh=True)

    def _rest(self) -> None:
        """Give the GUI thread a moment."""
        threading.Event().wait(PUBLISH_SECONDS / 4)

    def publish(self, *, fresh: bool) -> None:
        """Make the latest snapshot; during a preview, with what the previewed activation would show."""
        if self.session is None:
            return
        self._measure_speed()
        snapshot = self.session.snapshot(fresh=fresh, speed=self._speed)
        if self.preview is not None:
            snapshot = self._previewed(snapshot)
        self.published = Published(self.published.serial + 1, snapshot)
        self._last_publish = perf_counter()

    def _previewed(self, snapshot: Snapshot) -> Snapshot:
        """The maps and layers of a copy with another activation; the run itself is not touched."""
        assert self.preview is not None
        block_id, activation = self.preview
        if block_id not in self.setup.graph:
            return snapshot
        graph = set_params(self.setup.graph, block_id, activation=activation, alpha=None)
        copy = TrainingSession(replace(self.setup, graph=graph, backend="numpy"), snapshot.weights)
        copy.observer.look_at(self.view)
        shown = copy.snapshot()
        return replace(
            snapshot,
            decision=shown.decision,
            maps=shown.maps,
            layers=shown.layers,
            train_loss=shown.train_loss,
            test_loss=shown.test_loss,
            accuracy=shown.accuracy,
        )

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
        setup = replace(self.setup, compiled=True)
        if self.session is not None and self.session.setup.graph == setup.graph:
            self.session.change(replace(self.session.setup, compiled=True))
        self.setup = setup
        self.publish(fresh=True)

    def trace(self, rows: tuple[int, ...]) -> None:
        """Work out the pass of some rows of the data set."""
        if self.session is not None and rows:
            self._on_trace(self.session.trace(rows))

    def trace_at(self, x: tuple[float, ...]) -> None:
        """Work out the pass of one typed input."""
        if self.session is not None:
            self._on_trace(self.session.trace_at(x))
