"""Undoable steps. Each keeps the document's state before and after it; undo is putting the old one back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QUndoCommand

from app.kit.history import RecordedCommand, Step
from engine.data.dataset import Dataset
from engine.graph.model import NetworkGraph

if TYPE_CHECKING:
    from app.network.kept import Kept, Left
    from engine.data.choice import DataChoice
    from engine.formats.base import NetworkFile
    from engine.graph.weights import Weights
    from engine.hyperparameters import Hyperparameters
    from engine.training.carry import Rows


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


class Editable(Protocol):
    """What the commands ask of the document that they change."""

    @property
    def rebuilding(self) -> bool:
        """Whether a history is being put together: the commands then only take their places in it."""

    def lost_weights(self, weights: Weights) -> Weights:
        """Those of the weights that the network as it is now has no place for."""

    def present_weights(self) -> Weights:
        """The running network's weights as they are now."""

    def put(self, loaded: LoadedState, stash: Weights) -> None:
        """Put a state in force; ``stash``: weights to bring back with it."""

    def moves(self, opening: int) -> int:
        """How often the place of the undo stack at which an opened network is clean has become another."""

    def kept(self) -> Kept:
        """The present run, to be taken up again."""

    def put_run(self, opened: Opened, run: Kept, *, clean: bool = False, left: Left) -> None:
        """Put in force what was open, and begin a run or take one up again; ``clean``: without unsaved edits.
        ``left`` is told a little later where the run had come to that has been going on."""

    def ask_run(self, left: Left) -> None:
        """Have ``left`` told a little later where the run has come to by now."""

    def put_weight(self, key: tuple[str, str], index: tuple[int, ...], value: float) -> None:
        """Set one scalar in the running network."""

    def put_weights(self, weights: Weights) -> None:
        """Replace the running network's weights."""

    def put_rows(self, rows: Rows) -> None:
        """Set rows of the running network's weights."""


EDIT_ID = 1
WEIGHT_ID = 2
RESET_ID = 3
TURN_SECONDS = 0.5
"""Changes of one weight that follow each other so quickly are one turn of the wheel."""


class NetworkCommand(RecordedCommand):
    """What all commands have in common: while a history is put together again, they do nothing."""

    def __init__(self, document: Editable, label: str) -> None:
        super().__init__(label)
        self._document = document

    def redo(self) -> None:
        """Do it, for the first time or again."""
        if not self._document.rebuilding:
            self._do()

    def undo(self) -> None:
        """Take it back."""
        if not self._document.rebuilding:
            self._take_back()

    def _do(self) -> None:
        raise NotImplementedError

    def _take_back(self) -> None:
        raise NotImplementedError


class EditCommand(NetworkCommand):
    """One edit of the document. Edits with the same ``merge`` key in a row become one step."""

    def __init__(
        self,
        document: Editable,
        label: str,
        before: LoadedState,
        after: LoadedState,
        merge: str | None,
        stash: Weights | None = None,
    ) -> None:
        """``stash``: of an edit that was done before, the weights of what it has removed."""
        super().__init__(document, label)
        self._before, self._after, self._merge = before, after, merge
        self._stash: Weights = stash or {}

    def step(self) -> Step:
        """The edit as it is now."""
        things = {"before": self._before, "after": self._after, "stash": self._stash or None}
        return Step(self.serial, "edit", self.text(), things=things)

    def _do(self) -> None:
        """Put the state after the edit in force, stashing the weights of what it removes."""
        weights = self._document.present_weights()
        self._document.put(self._after, {})
        self._stash = {**self._document.lost_weights(weights), **self._stash}

    def _take_back(self) -> None:
        """Put the state before the edit back, and with it the weights that it had removed."""
        self._document.put(self._before, self._stash)

    def id(self) -> int:
        """Qt asks only commands of one id whether they merge."""
        return EDIT_ID if self._merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a following edit of the same gesture; a gesture that comes back to its start is no step."""
        if not isinstance(other, EditCommand) or other._merge != self._merge:
            return False
        self._after = other._after
        self._stash = {**other._stash, **self._stash}
        self.setObsolete(self._after == self._before)
        return True


class RunCommand(NetworkCommand):
    """Another run: begun anew, on other data, or of another network. Undo takes the one before up again, with its
    weights, epoch and curves; redo the one after it, as far as it had come."""

    def __init__(
        self, document: Editable, label: str, before: Opened, after: Opened, run: Kept, *, clean: bool = False
    ) -> None:
        """``clean``: what was open before had no unsaved edits, and another network takes its place."""
        super().__init__(document, label)
        self._before, self._after, self._next = before, after, run
        self._last = run
        self._moves = document.moves(before.number) if clean else None

    def done_before(self, last: Kept, moves: int | None) -> RunCommand:
        """It was done in another window: the run that was going on then, and where what was open was clean."""
        self._last, self._moves = last, moves
        return self

    def step(self) -> Step:
        """The change of runs as it is now, with both as far as they had come."""
        plain = {"moves": self._moves}
        things = {"before": self._before, "after": self._after, "last": self._last, "next": self._next}
        return Step(self.serial, "run", self.text(), plain, things)

    def _do(self) -> None:
        """Put the run that was going on by and begin the other."""
        self._last = self._document.kept()
        another = self._after.number != self._before.number
        clean = another and not self._document.moves(self._after.number)
        self._document.put_run(self._after, self._next, clean=clean, left=partial(self._take_last, self._last))

    def _take_back(self) -> None:
        """Put this one by and go on with the one before."""
        self._next = self._document.kept()
        clean = self._moves == self._document.moves(self._before.number)
        self._document.put_run(self._before, self._last, clean=clean, left=partial(self._take_next, self._next))

    def _take_last(self, known: Kept, reached: Kept) -> bool:
        """The run that was put by had come further than was known by then, or had an edit that was not; unless that is
        another one meanwhile."""
        news = self._last is known and reached.differs(known)
        self._last = reached if news else self._last
        return news

    def _take_next(self, known: Kept, reached: Kept) -> bool:
        """The same of the run after it."""
        news = self._next is known and reached.differs(known)
        self._next = reached if news else self._next
        return news

    def id(self) -> int:
        """Tells a run that is only begun anew, which is no edit of the document."""
        return RESET_ID if self._before == self._after and not self._document.rebuilding else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """To begin anew what has only just been begun anew is the same step: no run lies between the two."""
        return isinstance(other, RunCommand) and other._last.progress is None


class WeightCommand(NetworkCommand):
    """A weight or bias set by hand; undo restores that one scalar, whatever training has done to the others."""

    def __init__(self, document: Editable, label: str, change: WeightChange) -> None:
        super().__init__(document, label)
        self._change = change
        self._latest = monotonic()

    def step(self) -> Step:
        """The change as it is now."""
        change = self._change
        plain = {"key": list(change.key), "index": list(change.index), "before": change.before, "after": change.after}
        return Step(self.serial, "weight", self.text(), plain)

    def _do(self) -> None:
        """Set the new value."""
        self._document.put_weight(self._change.key, self._change.index, self._change.after)

    def _take_back(self) -> None:
        """Set the value it had before the edit."""
        self._document.put_weight(self._change.key, self._change.index, self._change.before)

    def id(self) -> int:
        """Qt asks only commands of one id whether they merge."""
        return -1 if self._document.rebuilding else WEIGHT_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """A turn of the wheel is many small changes of one scalar, quick after each other, and one step."""
        if not isinstance(other, WeightCommand) or other._latest - self._latest > TURN_SECONDS:
            return False
        if (other._change.key, other._change.index) != (self._change.key, self._change.index):
            return False
        self._change = replace(self._change, after=other._change.after)
        self._latest = other._latest
        return True


class RowsCommand(NetworkCommand):
    """Rows of weights drawn anew, those of some units; undo puts the former ones back and leaves all others alone."""

    def __init__(self, document: Editable, label: str, before: Rows, after: Rows) -> None:
        super().__init__(document, label)
        self._before, self._after = before, after

    def step(self) -> Step:
        """The change as it is now."""
        return Step(self.serial, "rows", self.text(), things={"before": self._before, "after": self._after})

    def _do(self) -> None:
        """Put the new rows in."""
        self._document.put_rows(self._after)

    def _take_back(self) -> None:
        """Put the former rows back."""
        self._document.put_rows(self._before)


class RestoreCommand(NetworkCommand):
    """Weights replaced as a whole; undo puts the replaced ones back. ``done``: the run has come to them by itself."""

    def __init__(self, document: Editable, label: str, before: Weights, after: Weights, *, done: bool = False) -> None:
        super().__init__(document, label)
        self._before, self._after, self._done = before, after, done

    def step(self) -> Step:
        """The change as it is now."""
        return Step(self.serial, "restore", self.text(), things={"before": self._before, "after": self._after})

    def _do(self) -> None:
        """Put the new weights in."""
        if not self._done:
            self._document.put_weights(self._after)
        self._done = False

    def _take_back(self) -> None:
        """Put the replaced weights back."""
        self._document.put_weights(self._before)


class MomentCommand(NetworkCommand):
    """A part of a step that makes another network: knows all weights of one moment. The training thread tells them a
    little later: what has been shown may be from before the latest steps, or of the network before them."""

    kind: str

    def __init__(self, document: Editable, label: str, weights: Weights | None = None) -> None:
        """``weights``: what is known of them by now, if anything is."""
        super().__init__(document, label)
        self._weights: Weights = weights or {}
        self._turn = 0

    def step(self) -> Step:
        """What is known of the weights as it is now."""
        return Step(self.serial, self.kind, self.text(), things={"weights": self._weights or None})

    def _ask(self) -> None:
        self._turn += 1
        self._document.ask_run(partial(self._take, self._turn))

    def _take(self, turn: int, run: Kept) -> bool:
        """Unless they have been asked for once more meanwhile."""
        news = turn == self._turn
        self._weights = run.weights if news else self._weights
        return news

    def _put(self) -> None:
        if self._weights:
            self._document.put_weights(self._weights)


class BeforeCommand(MomentCommand):
    """The first part: undo brings back the weights that there were, whatever training has made of them since."""

    kind = "before"

    def _do(self) -> None:
        """Have the weights kept."""
        self._ask()

    def _take_back(self) -> None:
        """Put them back."""
        self._put()


class ReachedCommand(MomentCommand):
    """The last part: redo brings back what the other network had learnt by the time it was taken back."""

    kind = "reached"

    def _do(self) -> None:
        """Put in what it had come to, once it had."""
        self._put()

    def _take_back(self) -> None:
        """Have what it has come to kept."""
        self._ask()


def brings_weights_back(command: QUndoCommand) -> bool:
    """Whether undo of a step puts back all weights that there were before it, as that of a cure does."""
    return any(isinstance(command.child(place), BeforeCommand) for place in range(command.childCount()))
