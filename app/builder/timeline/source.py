"""Which pass is shown: of chosen rows, the next batch or a typed input, always of the step whose numbers are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from app.network.document import Document
    from app.network.trainer import Trainer
    from app.network.worker import Ask


class PassSource(QObject):
    """Asks the trainer for the pass of what is chosen and, while it follows, for that of every later step."""

    arrived = Signal(object)  # PassTrace
    lost = Signal()  # what was chosen is no longer there

    def __init__(self, document: Document, trainer: Trainer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._rows: tuple[int, ...] = ()
        self._values: tuple[float, ...] = ()
        self._takes_batch = False
        self._sample: tuple[int, ...] = ()
        self._data = document.data
        self._choice = object()  # stands for what is chosen: a pass of another choice may still be on its way
        self._follows = False
        trainer.trace_ready.connect(self._take)
        trainer.legible.changed.connect(self._take_next)
        trainer.snapshot_withdrawn.connect(self.lost)
        document.dataset_loaded.connect(self.clear)

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows shown; none where an input was typed or nothing is chosen."""
        return self._rows

    @property
    def row(self) -> int | None:
        """The one row shown; None where it is a batch, an input, or nothing."""
        return self._rows[0] if len(self._rows) == 1 and not self._takes_batch else None

    @property
    def latest_row(self) -> int | None:
        """The row that was last shown by itself, where the data still has it."""
        return self._sample[0] if self._sample else None

    @property
    def values(self) -> tuple[float, ...]:
        """The typed input, raw columns; none where rows are shown."""
        return self._values

    @property
    def takes_batch(self) -> bool:
        """Whether it is the batch that the next step takes."""
        return self._takes_batch

    @property
    def chosen(self) -> bool:
        """Return whether there is anything to ask for."""
        return bool(self._rows or self._values or self._takes_batch)

    def choose_rows(self, rows: tuple[int, ...]) -> None:
        """Show the pass of these rows of the data set."""
        self._choose(rows, ())
        if len(rows) == 1:
            self._sample = rows
        self.ask()

    def choose_input(self, values: tuple[float, ...]) -> None:
        """Show the pass of one typed input."""
        self._choose((), values)
        self.ask()

    def choose_sample(self) -> None:
        """Show the sample that was shown last, or the first one of the training set."""
        first = tuple(int(row) for row in self._document.dataset.train[:1])
        self.choose_rows(self._sample or first)

    def choose_batch(self) -> None:
        """Show the batch that the next step takes, another one after every step."""
        self._choose((), ())
        self._takes_batch = True
        self.ask()

    def clear(self) -> None:
        """Forget what is chosen: another data set has other rows, the same with more noise has these elsewhere."""
        self._choose((), ())
        former, self._data = self._data, self._document.data
        if not self._data.draws_rows_of(former):
            self._sample = ()
        self.lost.emit()

    def _choose(self, rows: tuple[int, ...], values: tuple[float, ...]) -> None:
        self._trainer.leave_pass(self._choice)
        self._rows, self._values, self._takes_batch = rows, values, False
        self._choice = object()

    def ask(self) -> None:
        """Ask for the pass as the network is now."""
        if self.chosen:
            ask_trainer = self._trainer.follow_pass if self._follows else self._trainer.request_pass
            ask_trainer(self._ask(), self._choice)

    def _ask(self) -> Ask:
        rows, values = self._rows, self._values
        if self._takes_batch:
            return lambda session: session.trace_next()
        return lambda session: session.trace(rows) if rows else session.trace_at(values)

    def follow(self) -> None:
        """Show the pass as it is now, and that of every later step."""
        self._follows = True
        self.ask()

    def rest(self) -> None:
        """Nobody looks: follow no longer."""
        self._follows = False
        self._trainer.leave_pass(self._choice)

    @Slot(object, object)
    def _take(self, trace: PassTrace, choice: object) -> None:
        if self.chosen and choice is self._choice and self._trainer.snapshot is not None:
            self._rows = trace.rows
            self.arrived.emit(trace)

    @Slot()
    def _take_next(self) -> None:
        trace = self._trainer.passes.get(self._choice) if self._follows else None
        if trace is not None:
            self._take(trace, self._choice)
