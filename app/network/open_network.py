"""The open network as the window's document: what is unsaved, its files, and its recovery copy."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial, reduce
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from app.kit.numbers import epoch_text
from app.network.commands import LoadedState
from app.network.document import Document
from app.network.kept import KeptState, RunMoment, same_weights
from app.network.trainer import Trainer
from engine.formats import can_write, read_network
from engine.formats.base import NetworkFile, SavedRun
from engine.formats.progress import Event
from engine.graph.kinds.base import Array
from engine.network.plan import WeightKey
from engine.problems import EngineError, Problem
from engine.training.snapshot import Snapshot, Timeline
from engine.training.tables import target_of

if TYPE_CHECKING:
    from app.network.ahead import ReadNetwork
    from engine.autodiff.document import ExpressionSheet
    from engine.graph import NetworkGraph
    from engine.training.carry import Rows
    from engine.training.events import Change

MOST_TAKEN = 8
"""So many expressions that were taken out are remembered, each with all weights; of one before them nothing is said
but what its title says."""
LONG_SECONDS = 10.0
"""So long a training is work: closing or opening another asks before it is lost, also where it was never saved. At full
speed that is thousands of epochs of a small network; a look at how one learns is shorter."""

_Numbers = TypeVar("_Numbers", NDArray[np.float64], NDArray[np.bool_])
Rewriting = Callable[[KeptState], KeptState]
"""What becomes of a run whose weights are set."""


def _reads_elsewhere(notices: tuple[Problem, ...]) -> bool:
    """Whether a person has said where the data lie by now, which the file does not know yet."""
    if not notices:
        return False
    from engine.formats.data_beside import FOUND_ELSEWHERE  # not before the first frame

    return any(notice.code == FOUND_ELSEWHERE.code for notice in notices)


@dataclass(slots=True)
class _Training:
    """Of one opened network: whether its training is unsaved, how many seconds there are of it since it was opened or
    saved, and the moment that lies in its file, with the run that this is."""

    saved_at: Hashable
    saved: KeptState
    unsaved: bool = False
    seconds: float = 0.0


class OpenNetwork(QObject):
    """A network document with its trainer, as :class:`app.workspaces.workspace.OpenDocument`.

    Unsaved are edits, answers that were judged, and training: where the network lies in a file of the person's, every
    step since it was saved; else what has taken :data:`LONG_SECONDS` or more. Less than that is not worth a question.
    """

    changed, progressed = Signal(), Signal()
    network: Document
    """What is edited."""
    trainer: Trainer
    """What trains it."""

    def __init__(
        self,
        document: Document,
        trainer: Trainer,
        first: Callable[[], NetworkFile],
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """``first``: what to start over with. ``clock``: seconds."""
        super().__init__(parent)
        self.network, self.trainer, self._first, self._clock = document, trainer, first, clock
        self._opening, self._looked = document.opening, clock()
        self.neuron: tuple[str, int] | None = None  # block id and unit, as they are chosen in sight
        self.sample: tuple[int, ...] = ()  # the rows whose pass is in sight
        self.taken: deque[Taken] = deque(maxlen=MOST_TAKEN)  # what was opened as an expression, the latest last
        self._posted: list[tuple[int, Rewriting]] = []  # weights set by hand or by a cure, by the number of the change
        self._training = _Training(self._opened_moment(), document.kept())
        self._put_by: dict[int, _Training] = {}
        self._read: ReadNetwork | None = None  # a file that has been read ahead
        document.title_changed.connect(self.changed)
        document.weights_loaded.connect(self._switch)  # after the trainer, which numbers the run
        document.run_wanted.connect(self._renumber)
        document.weight_set.connect(self._note_weight)
        document.rows_set.connect(self._note_rows)
        document.view_changed.connect(self._tell_progress)
        trainer.snapshot_published.connect(self._note_training)
        trainer.snapshot_published.connect(self._tell_progress)
        trainer.weights_heard.connect(self._tell_progress)

    @property
    def undo_stack(self) -> QUndoStack:
        """The document's."""
        return self.network.undo_stack

    @property
    def path(self) -> Path | None:
        """The person's own file that it lies in, if it lies in one."""
        return self.network.path

    @property
    def title(self) -> str:
        """The network's name."""
        return self.network.title

    @property
    def sample_rows(self) -> tuple[int, ...]:
        """The one row whose pass is in sight, else the first one that it learns from; none while there are no data."""
        dataset = self.network.dataset
        if len(self.sample) == 1 and self.sample[0] < len(dataset.y):
            return self.sample
        return tuple(int(row) for row in dataset.train[:1])

    # What is unsaved ----------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether closing or opening another now would lose work: edits, training, or answers."""
        return self.network.dirty or self._training.unsaved or self.network.has_new_answers

    @property
    def at_stake(self) -> bool:
        """Whether a crash would lose anything: what is unsaved, or a single step of training."""
        snapshot = self.trainer.snapshot
        trained = snapshot is not None and snapshot.step > 0
        return self.unsaved or self.changing or (trained and self.moment != self._training.saved_at)

    @property
    def changing(self) -> bool:
        """Whether it is being trained."""
        return self.trainer.running

    def resume(self) -> None:
        """Train on."""
        self.trainer.play()

    @property
    def progress(self) -> str:
        """Its epoch, in words."""
        snapshot = self.trainer.snapshot
        if snapshot is None:
            return ""
        return self.tr("epoch {epoch}").format(epoch=epoch_text(snapshot.epoch))

    @property
    def moment(self) -> Hashable:
        """Run and step of the latest weights, also where nothing is shown of them, as of a network that cannot run any
        more. Weights of the same moment differ by edits at most."""
        return self.network.live_weights.moment

    @Slot(object)
    def _note_training(self, snapshot: Snapshot) -> None:
        """A network that has its own file is unsaved once it has been trained on; another after a while of that."""
        if snapshot.run != self.trainer.run:
            return  # of what was open before
        now, training = self._clock(), self._training
        training.seconds += min(now - self._looked, 1.0) if self.trainer.running else 0.0
        self._looked = now
        if self.path is None:
            trained = snapshot.step > 0 and training.seconds >= LONG_SECONDS
        else:
            trained = (snapshot.run, snapshot.step) != training.saved_at
        if trained != training.unsaved:
            training.unsaved = trained
            self.changed.emit()

    @Slot()
    def _tell_progress(self) -> None:
        self.progressed.emit()

    @Slot()
    def _switch(self) -> None:
        """Another network is open: a new one, or one that undo or redo has brought back with what of it is unsaved."""
        self._posted.clear()
        self._put_by[self._opening] = self._training
        self._opening, self._looked = self.network.opening, self._clock()
        moment = self._opened_moment()
        self._training = self._put_by.get(self._opening) or _Training(moment, self.network.kept())
        if not self._training.unsaved:
            self._training.saved_at = moment  # the run has been taken up again under another number
        self.changed.emit()

    @Slot(object)
    def _renumber(self, wanted: RunMoment) -> None:
        """The run that lies in the file is taken up again under another number. Weights that were on their way are set
        in the run before this one."""
        self._posted.clear()
        saved = self._training.saved
        if wanted.run.updates == saved.updates and (not saved.weights or not wanted.run.differs(saved)):
            self._training.saved_at = self._opened_moment()

    def _opened_moment(self) -> Hashable:
        """The moment at which a network has just been opened or brought back."""
        progress = self.network.initial_run.run.progress
        return self.trainer.run, progress.updates if progress is not None else 0

    # Files --------------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Start over with the first network; on data that are there already it takes them as they are."""
        self.network.loaded_ahead = (self.network.data, self.network.dataset)
        self.load(self._first(), label=self.tr("New network"))

    def check(self, path: Path) -> None:
        """Raises EngineError where a file cannot be opened, and changes nothing."""
        read_network(path)

    def open(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        """Open a network file in place of the open one; a ``copy`` has no file yet, nor has what Save could not write
        back in its own format. What there is to say about the file. Raises EngineError."""
        content = self._content_of(path)
        self.load(content, path if can_write(path) and not copy else None, back=copy)  # a copy is another page's doing
        if _reads_elsewhere(content.notices):
            self.network.mark_unsaved()
        return content.notices

    def take_read(self, read: ReadNetwork) -> None:
        """Opening this file next takes what has been read of it, unless the file is another one by then."""
        self._read = read

    def _content_of(self, path: Path) -> NetworkFile:
        read, self._read = self._read, None
        if read is None or not read.holds(path):
            return read_network(path)
        self.network.loaded_ahead = (read.content.data, read.dataset)
        return read.content

    def load(self, content: NetworkFile, path: Path | None = None, label: str = "", *, back: bool = False) -> None:
        """Put content in place of the open document, which undo brings back; with a way ``back``, even one that nothing
        was done with. Raises EngineError; the open one then stays."""
        self.network.load_file(content, path, label, back=back)
        self.changed.emit()

    def when_settled(self, then: Callable[[], object], otherwise: Callable[[], object] | None = None) -> None:
        """Call it once the thread has done what it was told, if the same network is open then; else ``otherwise``."""
        if self.trainer.knows_weights:
            then()
            return
        opening = self.network.opening
        another = otherwise or (lambda: None)
        self.trainer.when_heard(lambda: then() if self.network.opening == opening else another())

    def save(self, path: Path) -> None:
        """Write it with its runs to a file, which is its own from then on; an edit that the weights do not have yet
        stays unsaved. Raises EngineError; it then stays as it was."""
        self.network.save(path, self._frozen_runs())
        settled = self.trainer.knows_weights
        self._training = _Training(self.moment if settled else None, self.network.kept(), not settled)
        self._looked = self._clock()
        self.changed.emit()

    def _frozen_runs(self) -> Callable[[], tuple[SavedRun, ...]]:
        """Freeze the network's runs; the result makes what a file keeps of them, in any thread."""
        runs, shown = self.network.runs.of(self.network.opening), self.trainer.snapshot
        if not runs:
            return tuple
        timeline = shown.timeline if shown is not None else Timeline()

        def saved() -> tuple[SavedRun, ...]:
            from engine.training.saved_runs import saved_runs  # not before the first frame

            return saved_runs(runs, timeline)

        return saved

    def mark_unsaved(self) -> None:
        """It counts as unsaved until it is saved, whatever undo brings back."""
        self.network.mark_unsaved()

    def recover(self, path: Path, own: Path | None = None, *, unsaved: bool = True) -> tuple[Problem, ...]:
        """Take up a snapshot's file; ``own``: the person's own file. What there is to say about it. Raises
        EngineError."""
        content = self._content_of(path)
        self.load(content, own, self.tr("Recover"))
        if unsaved:
            self.network.mark_unsaved()
        return content.notices

    def snapshot(self) -> Callable[[], dict[str, bytes]]:
        """Freeze the network with its runs and weights, edits that are still on their way to the training thread
        included; the result makes its files in another thread."""
        changes = [change for number, change in self._posted if not self.trainer.has_heard(number)]
        carry = None if self.trainer.knows_weights else partial(_carried, changes)
        file = self.network.frozen_file(carry, self._frozen_runs())

        def files() -> dict[str, bytes]:
            from engine.formats.loom import encode_network  # not before the first frame

            return encode_network("document.loom", file(), compact=True)

        return files

    @Slot(str, str, object, float)
    def _note_weight(self, block: str, name: str, index: tuple[int, ...], value: float) -> None:
        """A weight is set by hand; after the trainer, which numbers the change."""
        self._post(partial(_with_weight, self.network.graph, (block, name), index, value))

    @Slot(object)
    def _note_rows(self, rows: Rows) -> None:
        """A cure draws units anew."""
        self._post(partial(_with_rows, rows))

    def _post(self, rewriting: Rewriting) -> None:
        self._posted = [posted for posted in self._posted if not self.trainer.has_heard(posted[0])]
        self._posted.append((self.trainer.changes, rewriting))


def _carried(changes: Sequence[Rewriting], run: KeptState, loaded: LoadedState) -> KeptState:
    """A run as the training thread goes on with it in this network, with these weights set."""
    from engine.training.carry import laid_over, remembered  # not before the first frame

    state, target = loaded.state, target_of(loaded.dataset)
    if run.diagnosis is not None and not changes:  # another network goes on from where the run was sound
        run = KeptState(run.diagnosis.sound.weights, run.diagnosis.sound.progress)
    weights, progress = dict(run.weights), run.progress
    progress = progress and replace(progress, norms={}, signal=None, diagnosis=None)  # found of other weights
    with suppress(EngineError):  # a network that cannot run is not trained on
        weights, plan = laid_over(weights, state.graph, target, state.hyper)
        progress = progress and remembered(progress, plan)
    return reduce(lambda kept, change: change(kept), changes, KeptState(weights, progress))


def _with_weight(
    graph: NetworkGraph, key: WeightKey, index: tuple[int, ...], value: float, run: KeptState
) -> KeptState:
    from engine.training.events import weights_change  # not before the first frame

    array = run.weights.get(key)
    if array is None or not all(place < size for place, size in zip(index, array.shape, strict=True)):
        return run
    changed = array.copy()
    changed[index] = value
    return _marked(replace(run, weights={**run.weights, key: changed}), weights_change(graph, *key))


def _with_rows(rows: Rows, run: KeptState) -> KeptState:
    """The run with these rows, as a session sets them."""
    from engine.training.rewriting import write_rows  # not before the first frame

    progress = run.progress
    stuck = progress.stuck if progress is not None else None
    weights, memory, stuck = _copied(run.weights, rows), _copied(run.memory, rows), stuck and _copied(stuck, rows)
    write_rows(rows, weights, memory, stuck or {})
    return _marked(KeptState(weights, progress and replace(progress, memory=memory, stuck=stuck)), ("weights", {}))


def _marked(run: KeptState, change: Change) -> KeptState:
    """The run with the mark of a change in its curves."""
    progress = run.progress
    if progress is None:
        return run
    mark = Event(progress.updates, progress.epoch, *change)
    return replace(run, progress=replace(progress, events=(*progress.events, mark)))


def _copied(arrays: Mapping[WeightKey, _Numbers], keys: Collection[WeightKey]) -> dict[WeightKey, _Numbers]:
    """The arrays, those of ``keys`` as copies that may be written to."""
    return {key: array.copy() if key in keys else array for key, array in arrays.items()}


@dataclass(frozen=True, slots=True)
class Taken:
    """The expression ``sheet`` under a ``title``: of ``unit`` (block id and number), or, at None, of the whole network,
    with the sample in ``row``. ``opening``: which of the networks that were open it is of; ``weights``: all that it had
    then, after ``epoch`` epochs.

    It lives no longer than the window. A snapshot keeps each document by itself, and what is brought back after a
    restart may be of two windows: that a network is the one of which an expression was taken, and has moved on since,
    is then more than anybody knows, so nothing is said or offered but what the expression's title says.
    """

    title: str
    sheet: ExpressionSheet
    unit: tuple[str, int] | None
    row: int
    opening: int
    epoch: float
    weights: Mapping[WeightKey, Array]

    def is_of(self, title: str, sheet: ExpressionSheet) -> bool:
        """Whether a document that was given this title as this sheet is what was taken."""
        mine = self.sheet
        return (title, sheet.text) == (self.title, mine.text) and sheet.inputs == mine.inputs

    def still_has(self, weights: Mapping[WeightKey, Array]) -> bool:
        """Whether the network's weights are the same ones now."""
        return same_weights(self.weights, weights)
