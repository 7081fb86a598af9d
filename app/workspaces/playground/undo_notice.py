"""Says what undo takes back beside the edit: the training that went on after it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoCommand

from app.network.commands import RunCommand
from app.network.document import Document
from app.workspaces.workspace import Messages


class UndoNotice(QObject):
    """An epoch and curves that jump back would pass for a loss."""

    def __init__(self, document: Document, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._stack, self._messages, self._said = document.undo_stack, messages, ""
        self._index = self._stack.index()
        self._stack.indexChanged.connect(self._follow)

    @Slot(int)
    def _follow(self, index: int) -> None:
        """Replace the notice of the step before, or take it away where there is none of this one."""
        back, self._index = index < self._index, index
        command = self._stack.command(index if back else index - 1)
        said, before = self._notice(command, back=back), self._said
        self._said = said.format(edit=command.text()) if command is not None else ""
        if self._said:
            dropped = isinstance(command, RunCommand) and command.found_dropped
            self._messages.say(self._said, "warning" if dropped else "notice", passing=not dropped)
        elif before and self._messages.text == before:
            self._messages.dismiss()

    def _notice(self, command: QUndoCommand | None, *, back: bool) -> str:
        """What there is to say of the step that was done, or taken ``back``; empty for nothing."""
        if not isinstance(command, RunCommand):
            return ""
        if command.found_dropped and command.changes_settings_only:
            return self.tr("The weights around “{edit}” were dropped to save memory, so only the setting changes.")
        if command.found_dropped:
            return self.tr("The weights around “{edit}” were dropped to save memory, so the network starts untrained.")
        if back and command.was_trained_on:
            return self.tr("“{edit}” is taken back with the training since. Redo brings both back.")
        return ""
