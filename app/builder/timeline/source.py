"""Which pass is shown: of chosen rows, the next batch or a typed input, and when the trainer is asked for it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from app.network.document import Document
    from app.network.trainer import Trainer

ASK_AGAIN_MS = 100
"""While the network trains, the pass is worked out again this often, where nobody asks for less."""


class PassSource(QObject):
    """Asks the trainer for the pass of what is chosen, and again whenever graph or weights have changed."""

    arrived = Signal(object)  # PassTrace
    lost = Signal()  # what was chosen is no longer there

    def __init__(
        self, document: Document, trainer: Trainer, parent: QObject | None = None, *, again_ms: int = ASK_AGAIN_MS
    ) -> None:
        """``again_ms``: how often the pass is worked out anew while the network trains."""
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._rows: tuple[int, ...] = ()
        self._values: tuple[float, ...] = ()
        self._takes_batch = False
        self._sample: tuple[int, ...] = ()
        self._choice = object()  # stands for what is chosen: a pass of another choice may still be on its way
        self.following = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(again_ms)
        self._timer.timeout.connect(self.ask)
        trainer.trace_ready.connect(self._take)
        trainer.snapshot_published.connect(self._ask_soon)
        trainer.snapshot_withdrawn.connect(self._lose)
        document.graph_changed.connect(self._ask_soon)
        document.hyper_changed.connect(self._ask_soon)
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
        """Forget what is chosen: another data set has other rows."""
        self._choose((), ())
        self._sample = ()
        self._timer.stop()
        self.lost.emit()

    def _choose(self, rows: tuple[int, ...], values: tuple[float, ...]) -> None:
        self._rows, self._values, self._takes_batch = rows, values, False
        self._choice = object()

    def ask(self) -> None:
        """Ask for the pass as the network is now."""
        if self._takes_batch:
            self._trainer.request_next_trace(self._choice)
        elif self._rows:
            self._trainer.request_trace(self._rows, self._choice)
        elif self._values:
            self._trainer.request_trace_at(self._values, self._choice)

    @Slot()
    def _lose(self) -> None:
        """The pass shown is of another network; what is chosen is asked for again when there is one."""
        self._timer.stop()
        self.lost.emit()

    @Slot()
    def _ask_soon(self, _snapshot: object = None) -> None:
        if self._trainer.snapshot is None:
            return
        if self.following and self.chosen and not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """Do not ask again until something changes."""
        self._timer.stop()

    @Slot(object, object)
    def _take(self, trace: PassTrace, choice: object) -> None:
        if self.chosen and choice is self._choice and self._trainer.snapshot is not None:
            self._rows = trace.rows
            self.arrived.emit(trace)
