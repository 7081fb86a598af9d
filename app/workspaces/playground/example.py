"""The example that the open network came from: its note's ticks, and what it proposes to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.examples import Change, Example, ExampleWatch, example_of
from app.network.document import Document
from app.network.trainer import Trainer
from engine.hyperparameters import Hyperparameters
from engine.training.carry import same_network
from engine.training.snapshot import Snapshot
from engine.training.watching import Condition

OWN_TO_TELL = {"seed": 0, "stop_after_epochs": None}
"""Settings that may be others without the lesson being another."""


@dataclass(slots=True)
class _Note:
    """An example, the conditions that wait to be seen, and the epochs of those that were, by the item's index."""

    example: Example
    waiting: dict[int, Condition]
    seen: dict[int, float] = field(default_factory=dict)


class OpenExample(QObject):
    """Stays with the network from its opening on, whatever is changed, until another takes its place; with the undo of
    that it is back, its ticks too."""

    changed = Signal()
    """Another example, or none."""
    noted = Signal()
    """Something has been seen, or the network has been changed or has become the example's again."""

    def __init__(
        self, document: Document, trainer: Trainer, open_copy: Callable[[Path], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._trainer, self._open_copy = document, trainer, open_copy
        self._notes: dict[int, _Note] = {}
        self._altered = self._is_another = False
        document.weights_loaded.connect(self._turn)
        trainer.snapshot_published.connect(self._look)
        for signal in (document.graph_changed, document.hyper_changed, document.data_changed):
            signal.connect(self._compare)

    @property
    def _note(self) -> _Note | None:
        return self._notes.get(self._document.opening)

    @property
    def example(self) -> Example | None:
        """The example that is open; None without one."""
        return self._note.example if self._note is not None else None

    @property
    def altered(self) -> bool:
        """Return whether the network, its settings or its data are no longer the example's."""
        return self._altered

    def seen_at(self, index: int) -> float | None:
        """The epoch at which the note's item ``index`` was seen, None if it was not yet. What the example's network has
        shown isn't said of another network or other data."""
        note = self._note
        is_foreign = note is not None and self._is_another and not note.example.watch[index].changed
        return None if note is None or is_foreign else note.seen.get(index)

    def show(self, example: Example) -> None:
        """The network that has just been opened is this example."""
        waiting = {index: watch.condition() for index, watch in enumerate(example.watch)}
        self._notes[self._document.opening] = _Note(example, waiting)
        self._turn()

    @property
    def bookmark(self) -> tuple[str, ...]:
        """The example's key, and index and epoch of each item that was seen; empty without one."""
        note = self._note
        return () if note is None else (note.example.key, *(f"{index}:{epoch}" for index, epoch in note.seen.items()))

    def open_bookmark(self, bookmark: Sequence[str]) -> None:
        """The network that has just been brought back is this example. One that is no more has no note."""
        key, *seen = bookmark
        with suppress(KeyError, ValueError):
            example = example_of(key)
            epochs = {int(index): float(epoch) for index, epoch in (item.split(":") for item in seen)}
            self.show(example)
            note = self._notes[self._document.opening]
            note.seen = {index: epoch for index, epoch in epochs.items() if note.waiting.pop(index, None) is not None}
            self.changed.emit()

    @Slot()
    def _turn(self) -> None:
        """Another network is open, or one again whose opening of the next was undone."""
        self._altered = self._is_another = False
        self.changed.emit()
        self._compare()

    def apply(self, change: Change) -> None:
        """Do what the note proposes, as one undoable step; or open another example. Another network starts anew: what
        it can learn isn't seen from weights that the first has learnt."""
        document, label = self._document, QCoreApplication.translate("Gallery", change.text)
        if change.opens:
            self._open_copy(example_of(change.opens).path)
        elif change.data:
            document.choose_data(document.data.model_copy(update=dict(change.data)), label)
        elif change.graph is not None:
            document.edit(label, graph=change.graph(document.graph), anew=True)
        else:
            hyper = Hyperparameters.model_validate({**document.hyper.model_dump(), **change.hyper})
            document.edit(label, hyper=hyper)

    @Slot()
    def _compare(self) -> None:
        if self.example is None:
            return
        own, now = self.example.opening, self._document
        hyper = now.hyper.model_copy(update=OWN_TO_TELL)
        is_another = not (same_network(own.graph, now.graph) and own.data == now.data)
        altered = is_another or own.hyper.model_copy(update=OWN_TO_TELL) != hyper
        if (altered, is_another) != (self._altered, self._is_another):
            self._altered, self._is_another = altered, is_another
            self.noted.emit()

    @Slot(object)
    def _look(self, snapshot: Snapshot) -> None:
        """Tick what this snapshot shows; on a changed network only what counts there as well."""
        note = self._note
        if note is None or snapshot.run != self._trainer.run:
            return
        for index, condition in tuple(note.waiting.items()):
            watch: ExampleWatch = note.example.watch[index]
            if (watch.changed or not self._altered) and condition.holds(snapshot.actual):
                del note.waiting[index]
                note.seen[index] = snapshot.epoch
                self.noted.emit()
