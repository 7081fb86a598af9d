"""The undo stack of every document."""

from __future__ import annotations

from gc import get_referents

from PySide6.QtGui import QUndoCommand, QUndoStack
from shiboken6 import isValid


class UndoStack(QUndoStack):
    """A stack that alone deletes its commands, also where it is garbage together with them."""

    def push(self, command: QUndoCommand) -> None:
        """Do it. What has become part of the step before it is emptied, for PySide never lets go of it."""
        super().push(command)
        if not isValid(command):
            vars(command).clear()

    def __del__(self) -> None:
        """Delete the commands before the collector clears anything: a command that it clears before its stack is given
        back to Python, which deletes it, and then the stack deletes it once more."""
        if isValid(self):
            held = get_referents(self)  # the last command may be the last to hold the stack's owner, and so the stack
            self.blockSignals(True)
            self.clear()
            del held
