"""Says what undo does not take back: training that went on after the edit."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.network.commands import brings_weights_back
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.workspace import Messages
from engine.training.carry import same_network


class UndoNotice(QObject):
    """A network that has its old shape again and not its old answers would pass for a mistake of the program."""

    def __init__(self, document: Document, trainer: Trainer, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._trainer, self._messages = document, trainer, messages
        self._index, self._graph = document.undo_stack.index(), document.graph
        self._edits: dict[int, tuple[int, int]] = {}  # by index: the run, and its step when the edit was made
        document.undo_stack.indexChanged.connect(self._follow)

    @Slot(int)
    def _follow(self, index: int) -> None:
        before, graph = self._graph, self._document.graph
        back, self._index, self._graph = index < self._index, index, graph
        snapshot = self._trainer.snapshot
        if not back:
            self._edits = {at: moment for at, moment in self._edits.items() if at < index}
            if snapshot is not None:
                self._edits[index] = (snapshot.run, snapshot.step)
            return
        run, step = self._edits.get(index + 1, (-1, 0))
        if snapshot is None or same_network(before, graph) or snapshot.run != run or snapshot.step <= step:
            return
        if brings_weights_back(self._document.undo_stack.command(index)):
            return
        said = self.tr("“{edit}” is taken back, the training since is not: what was learnt goes on from here.")
        self._messages.say(said.format(edit=self._document.undo_stack.text(index)), "notice", passing=True)
