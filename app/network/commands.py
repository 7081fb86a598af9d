"""Undoable steps. Each keeps the document's state before and after it; undo is putting the old one back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QUndoCommand

from app.network.kept import KeptState, RunMoment, Runs
from engine.data.dataset import Dataset
from engine.graph.model import NetworkGraph
from engine.training.carry import same_network

if TYPE_CHECKING:
    from engine.data.choice import DataChoice
    from engine.formats.base import NetworkFile
    from engine.graph.kinds.base import Array
    from engine.graph.weights import Weights
    from engine.hyperparameters import Hyperparameters
    from engine.training.carry import Rows
    from engine.training.runs import StoredRun


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What undo covers: the graph, the hyper-parameters and the data choice."""

    graph: NetworkGraph
    hyper: Hyperparameters
    data: DataChoice


@dataclass(frozen=True, slots=True)
class LoadedState:
    """A state with the data set that its choice has loaded."""

    state: DocumentState
    dataset: Dataset


@dataclass(frozen=True, slots=True)
class Opened:
    """What is open: a state under a title. ``number`` is another for every network that is opened; the document knows
    by it which file that lies in, for undo does not take Save As back. ``first``: where it brought the weights that its
    runs begin with, the file that says them."""

    loaded: LoadedState
    title: str
    number: int
    first: NetworkFile | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class WeightChange:
    """One scalar of the array (block id, name) and its values before and after."""

    key: tuple[str, str]
    index: tuple[int, ...]
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Carry:
    """How the present run, or the earlier one that a cure goes ``back`` to, goes on in a changed network: with all
    weights and memory that fit it. ``stash`` fills what they do not cover; ``rows`` are then written over them."""

    back: KeptState | None = None
    rows: Rows = field(default_factory=dict)
    stash: Weights = field(default_factory=dict)

    @property
    def rewrites(self) -> bool:
        """Whether it sets weights, and so makes another network of the same graph."""
        return self.back is not None or bool(self.rows)


class Editable(Protocol):
    """What the commands ask of the document that they change."""

    def put(self, loaded: LoadedState, stash: Weights) -> None:
        """Put a state in force, in which the run goes on; ``stash``: weights that fill what the present ones do not
        cover."""

    def moves(self, opening: int) -> int:
        """How often the place of the undo stack at which an opened network is clean has become another."""

    def leave_run(self, *, brief: bool) -> RunMoment:
        """The present run as it is now, to be taken up again; ``brief``: with coarse curves."""

    def put_run(self, opened: Opened, run: RunMoment, *, clean: bool = False) -> None:
        """Put in force what was open, and begin a run or take one up again; ``clean``: without unsaved edits."""

    def put_weight(self, key: tuple[str, str], index: tuple[int, ...], value: float) -> None:
        """Set one scalar in the running network."""

    def put_rows(self, rows: Rows) -> None:
        """Set rows of the running network's weights."""


EDIT_ID = 1
WEIGHT_ID = 2
RESET_ID = 3
GO_ID = 4
TURN_SECONDS = 0.5
"""Changes of one weight that follow each other so quickly are one turn of the wheel."""


class EditCommand(QUndoCommand):
    """One edit of places, names or when to stop: training goes on as it did. Edits with the same ``merge`` key in a row
    become one step."""

    def __init__(
        self, document: Editable, label: str, before: LoadedState, after: LoadedState, merge: str | None
    ) -> None:
        super().__init__(label)
        self._document = document
        self._before, self._after, self._merge = before, after, merge

    def redo(self) -> None:
        """Put the state after the edit in force."""
        self._document.put(self._after, {})

    def undo(self) -> None:
        """Put the state before the edit back."""
        self._document.put(self._before, {})

    def id(self) -> int:
        """Qt asks only commands of one id whether they merge."""
        return EDIT_ID if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a following edit of the same gesture; a gesture that comes back to its start is no step."""
        if not isinstance(other, EditCommand) or other._merge != self._merge:
            return False
        self._after = other._after
        self.setObsolete(self._after == self._before)
        return True


class RunCommand(QUndoCommand):
    """Another network or another run: an edit of the graph, the data or the settings, a cure, a run begun anew, a file
    opened. Undo takes the run before it up again, to the bit, with its weights, optimiser, epoch and curves; redo the
    one after it, as far as it had come."""

    def __init__(
        self,
        document: Editable,
        label: str,
        before: Opened,
        after: Opened,
        run: KeptState | Carry,
        *,
        merge: str | None = None,
        clean: bool = False,
    ) -> None:
        """``run``: the one that begins, or how the present one goes on. Steps with the same ``merge`` key in a row
        become one. ``clean``: what was open before had no unsaved edits, and another network takes its place."""
        super().__init__(label)
        self._document = document
        self._before, self._after, self._merge = before, after, merge
        self._carry = run if isinstance(run, Carry) else None
        self._next = None if isinstance(run, Carry) else RunMoment(run)
        self._last = RunMoment(KeptState())
        self._moves = document.moves(before.number) if clean else None
        self._label = label
        self.is_dropped = False
        """Whether the runs were dropped to save memory: the network then starts untrained, unless only settings are
        others; then the present run goes on."""
        self.found_dropped = False
        """Whether they were when this was last undone or redone."""

    def arrays(self) -> Iterator[Array]:
        """What its runs hold: weights, the optimiser's memory and curves."""
        back = self._carry.back if self._carry is not None else None
        runs = [moment.latest for moment in (self._last, self._next) if moment is not None]
        for run in (*runs, *([back] if back is not None else [])):
            yield from run.weights.values()
            yield from run.memory.values()
            yield from run.curves.arrays if run.curves is not None else ()

    def drop_runs(self) -> None:
        """Free the memory of both runs; the text says so until one is held again."""
        self._last, self._next, self.is_dropped = RunMoment(KeptState()), RunMoment(KeptState()), True
        text = QCoreApplication.translate("RunCommand", "{edit} (weights no longer kept)")
        self.setText(text.format(edit=self._label))

    @property
    def checkpoint_bytes(self) -> int:
        """What the checkpoints of its runs hold."""
        kept = [moment.latest.checkpoints for moment in (self._last, self._next) if moment is not None]
        return sum(checkpoints.nbytes for checkpoints in kept if checkpoints is not None)

    def drop_checkpoints(self) -> None:
        """Free their memory: its runs can't be taken back then, only gone on with."""
        for moment in (self._last, self._next):
            if moment is not None and moment.latest.checkpoints is not None:
                moment.reached = replace(moment.latest, checkpoints=moment.latest.checkpoints.emptied())

    @property
    def is_edit(self) -> bool:
        """Whether it is one of the document, and not only of how far its run has come."""
        return self._carry is not None or self._before != self._after

    @property
    def changes_settings_only(self) -> bool:
        """Whether the network and its data stay as they are, so that any run of the one is a run of the other."""
        before, after = self._before.loaded, self._after.loaded
        same = before.dataset is after.dataset and same_network(before.state.graph, after.state.graph)
        return same and self._carry is not None and not self._carry.rewrites

    def _note_kept(self) -> None:
        """The run that is left is held again."""
        self.found_dropped, self.is_dropped = self.is_dropped, False
        self.setText(self._label)

    @property
    def was_trained_on(self) -> bool:
        """Whether the run had gone on after the edit when that was taken back."""
        if self._carry is None or self._next is None:
            return False
        begun = self._carry.back or self._last.run
        return self._next.run.updates > begun.updates

    def weights_before(self, merge: str | None) -> Weights:
        """What the network had when the gesture ``merge`` began, if this is the gesture's step."""
        return self._last.run.weights if merge is not None and merge == self._merge else {}

    def redo(self) -> None:
        """Put the run that was going on by, and begin the other or let it go on in the changed network."""
        self._last = self._document.leave_run(brief=self._carry is not None)
        if self.is_dropped and self.changes_settings_only:
            self._redo_alone()
        elif self._next is not None:
            another = self._after.number != self._before.number
            clean = another and not self.is_dropped and not self._document.moves(self._after.number)
            self._document.put_run(self._after, self._next, clean=clean)
        elif self._carry is not None:
            self._go_on(self._carry)
        self._note_kept()

    def _go_on(self, carry: Carry) -> None:
        """Let the present run, or the one that it goes back to, go on in the changed network."""
        if carry.back is not None:
            self._document.put_run(self._before, RunMoment(carry.back))
        self._document.put(self._after.loaded, carry.stash)
        if carry.rows:
            self._document.put_rows(carry.rows)

    def _redo_alone(self) -> None:
        """Do the edit again, whatever the run is by now."""
        self._document.put(self._after.loaded, {})

    def _undo_alone(self) -> None:
        """Take the edit back, whatever the run is by now."""
        self._document.put(self._before.loaded, {})

    def undo(self) -> None:
        """Put this one by and go on with the one before."""
        self._next = self._document.leave_run(brief=self._carry is not None)
        if self.is_dropped and self.changes_settings_only:
            self._undo_alone()
        else:
            clean = not self.is_dropped and self._moves == self._document.moves(self._before.number)
            self._document.put_run(self._before, self._last, clean=clean)
        self._note_kept()

    def id(self) -> int:
        """Qt asks only commands of one id whether they merge."""
        if self._carry is None:
            return -1 if self.is_edit else RESET_ID
        return EDIT_ID if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """To begin anew what has only just been begun anew is the same step, and so is what follows in the same
        gesture. A gesture that comes back to its start is none, and leaves the run from before it; but settings between
        which it was trained are a step, for that training is undone with it or not at all."""
        if not isinstance(other, RunCommand) or other._merge != self._merge:
            return False
        if self._merge is None:
            return other._last.run.progress is None
        self._after = other._after
        trained = other._last.run.updates > self._last.run.updates
        if self._after == self._before and not (trained and self.changes_settings_only):
            self.setObsolete(True)
            self._document.put_run(self._before, self._last)
        return True


class WeightCommand(RunCommand):
    """A weight or bias set by hand; training goes on with it."""

    def __init__(self, document: Editable, label: str, opened: Opened, change: WeightChange) -> None:
        super().__init__(document, label, opened, opened, Carry())
        self._change = change
        self._latest = monotonic()

    def _go_on(self, _carry: Carry) -> None:
        self._redo_alone()

    def _redo_alone(self) -> None:
        self._document.put_weight(self._change.key, self._change.index, self._change.after)

    def _undo_alone(self) -> None:
        self._document.put_weight(self._change.key, self._change.index, self._change.before)

    def id(self) -> int:
        """Qt asks only commands of one id whether they merge."""
        return WEIGHT_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """A turn of the wheel is many small changes of one scalar, quick after each other, and one step."""
        if not isinstance(other, WeightCommand) or other._latest - self._latest > TURN_SECONDS:
            return False
        if (other._change.key, other._change.index) != (self._change.key, self._change.index):
            return False
        self._change = replace(self._change, after=other._change.after)
        self._latest = other._latest
        return True


class GoCommand(RunCommand):
    """The run is taken to where it stood at another step, with the settings of then. Until it trains again, taking it
    on from there is the same step."""

    def id(self) -> int:
        """Qt asks only commands of one id whether they merge."""
        return GO_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over where the run has been taken next."""
        if not isinstance(other, GoCommand) or self._next is None or other._last.latest.differs(self._next.latest):
            return False
        self._after, self._next, self._label = other._after, other._next, other._label
        self.setText(self._label)
        return True


class RestoreCommand(QUndoCommand):
    """A divergence, which has happened already: undo goes back to where the run was last sound, redo takes it up as it
    stood before that, to the bit."""

    def __init__(self, document: Editable, label: str, opened: Opened, sound: KeptState) -> None:
        super().__init__(label)
        self._document, self._opened, self._sound = document, opened, sound
        self._left: RunMoment | None = None

    @property
    def opening(self) -> int:
        """The number of the network that it happened to."""
        return self._opened.number

    def redo(self) -> None:
        """Take up the run that undo left; without one the command is only being pushed."""
        if self._left is not None:
            self._document.put_run(self._opened, self._left)

    def undo(self) -> None:
        """Put the present run by and go on from where it was last sound."""
        self._left = self._document.leave_run(brief=True)
        self._document.put_run(self._opened, RunMoment(self._sound))


class DeleteRun(QUndoCommand):
    """A run is forgotten; undo has it back."""

    def __init__(self, runs: Runs, opening: int, run: StoredRun) -> None:
        super().__init__(QCoreApplication.translate("Runs", "Delete run"))
        self._runs, self._opening, self._run = runs, opening, run

    def redo(self) -> None:
        """Forget it."""
        self._runs.take(self._opening, self._run.number)

    def undo(self) -> None:
        """Keep it again."""
        self._runs.put(self._opening, self._run)
