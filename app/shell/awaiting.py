"""What is saved as soon as something else is done: after a moment that is said, and it can be called off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from app.shell.messages import MessageBar

PATIENCE_MS = 500
"""What is quicker shows nothing."""


class Awaiting(QObject):
    """Holds what is yet to be done, each until it is done, called off or of no use any more."""

    def __init__(self, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._messages = messages
        self._waiting: dict[int, tuple[str, Callable[[], object]]] = {}
        self._count = 0
        self._said = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._say)

    def begin(self, said: str, called_off: Callable[[], object]) -> int:
        """Wait from now on; ``said`` is the sentence about it. The number that it has."""
        self._count += 1
        self._waiting[self._count] = said, called_off
        if not self._patience.isActive() and not self._said:
            self._patience.start()
        return self._count

    def end(self, number: int) -> bool:
        """It need not be waited for any more; whether it was, until now."""
        was = self._waiting.pop(number, None) is not None
        if not self._waiting:
            self._hush()
        return was

    @Slot()
    def call_off(self) -> None:
        """None of it is to be done."""
        waiting, self._waiting = self._waiting, {}
        self._hush()
        for _, called_off in waiting.values():
            called_off()

    def close(self) -> None:
        """Say nothing more, and do none of it."""
        self._waiting = {}
        self._hush()

    def _hush(self) -> None:
        self._patience.stop()
        if self._said and self._messages.text == self._said:
            self._messages.dismiss()
        self._said = ""

    @Slot()
    def _say(self) -> None:
        self._said, _ = next(reversed(self._waiting.values()))
        self._messages.say(self._said, "notice", [(self.tr("Cancel"), self.call_off)])
