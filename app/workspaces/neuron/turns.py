"""Whose turn it is where sums are to be guessed: what waits for a guess, and what is offered after one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from app.workspaces.neuron.dock.dock import LEARN, Dock
from app.workspaces.neuron.learner import Learner
from app.workspaces.neuron.model import NeuronModel
from app.workspaces.neuron.walker import Walker


class Turns(QObject):
    """``play_wanted``: after a guess, the walk or learning is to go on."""

    play_wanted = Signal()

    def __init__(self, model: NeuronModel, dock: Dock, walker: Walker, learner: Learner, parent: QObject) -> None:
        super().__init__(parent)
        self._model, self._dock, self._walker, self._learner = model, dock, walker, learner
        dock.guess.went_on.connect(self._go_on)
        for told in (walker.changed, learner.changed, dock.front_changed, model.changed):
            told.connect(self._offer_next)

    def waits(self) -> bool:
        """Whether the row that learning shows next is still to be guessed. Then it is asked about; where it has been,
        that is said again."""
        row = self._learner.next_row
        if row is None or not self._model.hides(row):
            return False
        if self._walker.on or self._model.content.row != row:
            self._walker.leave()
            self._model.look_at(row)
        else:
            self._walker.guesses.insist()
        return True

    @Slot()
    def _go_on(self) -> None:
        """The next stage of a walk, the next step of learning, or the next row to be guessed."""
        if self._dock.front == LEARN or self._walker.on:
            self.play_wanted.emit()
        elif (row := self._model.next_hidden) is not None:
            self._model.look_at(row)

    @Slot()
    def _offer_next(self) -> None:
        text = ""
        if self._dock.front == LEARN:
            text = self.tr("Next step") if self._learner.next_row is not None else ""
        elif self._walker.on:
            text = self.tr("Go on") if not self._walker.playback.at_end else ""
        elif self._model.next_hidden is not None:
            text = self.tr("Next row")
        self._dock.guess.offer_next(text)
