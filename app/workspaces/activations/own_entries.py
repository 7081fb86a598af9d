"""What is typed as an activation of one's own, from its first letter until Enter, or until the keyboard goes elsewhere.

While one types, whatever can be read is drawn; what ends as something that cannot be read is as if it had not been
typed, and what stood there before comes back. Whoever ends with Enter wants to see it, also where it was left out.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.kit.sheet import Sheet
from app.workspaces.activations.edits import Edits
from app.workspaces.activations.own_functions import Known
from engine.activations.comparison import Comparison


class Entries(QObject):
    """``left_unread(key, text)``: what ends cannot be read, and from now on the expression is this one; empty for
    none."""

    left_unread = Signal(str, str)

    def __init__(self, document: Sheet[Comparison], edits: Edits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._edits = document, edits
        self._before: dict[str, Comparison] = {}
        self._unread: dict[str, bool | None] = {}  # None: nobody has read it yet
        self._drawn: dict[str, str] = {}  # the last text of the entry that could be read; empty for none
        self._ended: set[str] = set()
        self._entered: set[str] = set()

    def go_on(self, key: str) -> None:
        """Another text stands there, by hand, which is yet to be read."""
        self._before.setdefault(key, self._document.value)
        self._unread[key] = None
        self._ended.discard(key)
        self._entered.discard(key)

    def empty(self, key: str) -> None:
        """Nothing stands there any more: that needs no reading."""
        self._before.setdefault(key, self._document.value)
        self._unread[key], self._drawn[key] = False, ""
        self._ended.discard(key)

    def take(self, known: Known) -> None:
        """This came of the text that stands there."""
        if known.key in self._before:
            self._unread[known.key] = known.problem is not None
            if known.problem is None:
                self._drawn[known.key] = known.text
            if known.key in self._ended:
                self._close(known.key)

    def enter(self, key: str) -> None:
        """What stands there is meant, and its end follows."""
        self._entered.add(key)

    def end(self, key: str) -> None:
        """No more is typed; what has not been read yet is waited for."""
        if key in self._before and self._unread[key] is None:
            self._ended.add(key)
        else:
            self._close(key)

    def forget(self) -> None:
        """Another document is open."""
        self._before.clear()
        self._unread.clear()
        self._drawn.clear()
        self._ended.clear()
        self._entered.clear()

    def _close(self, key: str) -> None:
        before, unread = self._before.pop(key, None), self._unread.pop(key, False)
        drawn = self._drawn.pop(key, None)
        self._ended.discard(key)
        entered = key in self._entered
        self._entered.discard(key)
        if before is not None and unread:
            now = self._document.value
            back = drawn is not None and drawn == (_text_of(now, key) or "")  # else all of it has been undone meanwhile
            self.left_unread.emit(key, _text_of(before if back else now, key) or "")
            if back:
                self._edits.put_back_own(key, before)
        elif entered:
            self._edits.compare_own(key)
        self._edits.settle()


def _text_of(value: Comparison, key: str) -> str | None:
    return next((one.text for one in value.own if one.key == key), None)
