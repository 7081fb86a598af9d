"""What is saved as soon as something else is done: after a moment that is said, and it can be called off."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

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
        if not self._patience.isActive():
            self._patience.start()
        return self._count

    def end(self, number: int) -> bool:
        """It need not be waited for any more; whether it was, until now."""
        was = self._waiting.pop(number, None) is not None
        self._follow()
        return was

    def close(self) -> None:
        """Say nothing more, and do none of it."""
        self._waiting = {}
        self._follow()

    def _call_off(self, said: str) -> None:
        """What a sentence names is not to be done; what else waits is named in its turn."""
        waiting = self._waiting.items()
        named = {number: called_off for number, (sentence, called_off) in waiting if sentence == said}
        self._waiting = {number: one for number, one in waiting if number not in named}
        self._follow()
        for called_off in named.values():
            called_off()

    def _follow(self) -> None:
        """Take away a sentence about what waits no more; another is said after a moment, not under a second click."""
        if self._said and not any(sentence == self._said for sentence, _ in self._waiting.values()):
            if self._shown:
                self._messages.dismiss()
            self._said = ""
            self._patience.start()
        if not self._waiting:
            self._patience.stop()

    @property
    def _shown(self) -> bool:
        """Whether what was said is still in sight: another message may have its place, or somebody has closed it."""
        return bool(self._said) and self._messages.text == self._said

    @Slot()
    def _say(self) -> None:
        """Name the latest, unless something that waits is named already."""
        if not self._shown:
            self._said, _ = next(reversed(self._waiting.values()))
            self._messages.say(self._said, "notice", [(self.tr("Cancel"), partial(self._call_off, self._said))])
