"""The example that the open network came from: its note's ticks, and what it proposes to change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.examples import Change, Example, Watch, example_of
from app.network.document import Document
from app.network.trainer import Trainer
from engine.hyperparameters import Hyperparameters
from engine.training.carry import same_network
from engine.training.snapshot import Snapshot
from engine.training.watching import Condition

OWN_TO_TELL = {"seed": 0, "stop_after_epochs": None}
"""Settings that may be others without the lesson being another."""


class OpenExample(QObject):
    """Stays with the network from its opening on, whatever is changed, until another takes its place."""

    changed = Signal()
    """Another example, or none."""
    noted = Signal()
    """Something has been seen, or the network has been changed or has become the example's again."""

    def __init__(
        self, document: Document, trainer: Trainer, open_copy: Callable[[Path], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document, self._trainer, self._open_copy = document, trainer, open_copy
        self._example: Example | None = None
        self._waiting: dict[int, Condition] = {}
        self._old_run = -1
        self._seen: dict[int, float] = {}
        self._altered = False
        document.weights_loaded.connect(self.clear)
        trainer.snapshot_published.connect(self._look)
        for signal in (document.graph_changed, document.hyper_changed, document.data_changed):
            signal.connect(self._compare)

    @property
    def example(self) -> Example | None:
        """What is open, if it is an example."""
        return self._example

    @property
    def altered(self) -> bool:
        """Whether the network, its settings or its data are no longer the example's."""
        return self._altered

    def seen_at(self, index: int) -> float | None:
        """The epoch at which the note's item ``index`` was seen, None if it was not yet."""
        return self._seen.get(index)

    def show(self, example: Example | None) -> None:
        """The network that has just been opened is this example, or none."""
        self._example, self._seen, self._altered = example, {}, False
        watches = example.watch if example is not None else ()
        self._waiting = {index: watch.condition() for index, watch in enumerate(watches)}
        self._old_run = self._trainer.snapshot.run if self._trainer.snapshot is not None else -1
        self.changed.emit()

    @Slot()
    def clear(self) -> None:
        """Something else has been opened."""
        if self._example is not None:
            self.show(None)

    def apply(self, change: Change) -> None:
        """Do what the note proposes, as one undoable step; or open another example."""
        document, label = self._document, QCoreApplication.translate("Gallery", change.text)
        if change.opens:
            self._open_copy(example_of(change.opens).path)
        elif change.data:
            document.choose_data(document.data.model_copy(update=dict(change.data)), label)
        elif change.graph is not None:
            document.edit(label, graph=change.graph(document.graph))
        else:
            hyper = Hyperparameters.model_validate({**document.hyper.model_dump(), **change.hyper})
            document.edit(label, hyper=hyper)

    @Slot()
    def _compare(self) -> None:
        if self._example is None:
            return
        own, now = self._example.opening, self._document
        hyper = now.hyper.model_copy(update=OWN_TO_TELL)
        same = same_network(own.graph, now.graph) and own.data == now.data
        altered = not (same and own.hyper.model_copy(update=OWN_TO_TELL) == hyper)
        if altered != self._altered:
            self._altered = altered
            self.noted.emit()

    @Slot(object)
    def _look(self, snapshot: Snapshot) -> None:
        """Tick what this snapshot shows; on a changed network only what counts there as well."""
        if self._example is None or snapshot.run <= self._old_run:
            return
        for index, condition in tuple(self._waiting.items()):
            watch: Watch = self._example.watch[index]
            if (watch.changed or not self._altered) and condition.holds(snapshot):
                del self._waiting[index]
                self._seen[index] = snapshot.epoch
                self.noted.emit()
