"""Says what undo takes back beside the edit: the training that went on after it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.network.commands import RunCommand
from app.network.document import Document
from app.workspaces.workspace import Messages


class UndoNotice(QObject):
    """An epoch and curves that jump back would pass for a loss."""

    def __init__(self, document: Document, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._stack, self._messages = document.undo_stack, messages
        self._index = self._stack.index()
        self._stack.indexChanged.connect(self._follow)

    @Slot(int)
    def _follow(self, index: int) -> None:
        back, self._index = index < self._index, index
        command = self._stack.command(index if back else index - 1)
        if not isinstance(command, RunCommand):
            return
        if command.started_untrained:
            said = self.tr("The weights around “{edit}” were dropped to save memory, so the network starts untrained.")
            self._messages.say(said.format(edit=command.text()), "warning")
        elif back and command.was_trained_on:
            said = self.tr("“{edit}” is taken back with the training since. Redo brings both back.")
            self._messages.say(said.format(edit=command.text()), "notice", passing=True)
