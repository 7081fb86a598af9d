"""What of one's typing is one step of undo: a burst of letters, up to a text that can be read."""

from __future__ import annotations

PAUSE = 1.0
"""Seconds without a letter that end a burst."""


class TypingRun:
    """Numbers the runs of an editor whose whole text is known after each change.

    A run ends after a pause, with a line, where writing turns into deleting, where more than one letter comes or goes
    at once, and where the cursor was moved by hand; but never at a text that cannot be read: nobody wants to come back
    to that. ``readable``: whether the text can be, as far as that has been said since its last change.
    """

    def __init__(self, text: str = "") -> None:
        self._number, self._text = 0, text
        self._sort, self._last = "", 0.0
        self._changing = False
        self.readable = True

    def number_of(self, text: str, now: float) -> int:
        """The run that a change to this text belongs to; ``now``: seconds of any clock."""
        sort, alone = _sort_of(self._text, text)
        goes_on = alone and bool(sort) and sort == self._sort and now - self._last <= PAUSE
        if self.readable and not goes_on:
            self._number += 1
        self._sort, self._text, self._last = sort, text, now
        self._changing, self.readable = True, False
        return self._number

    def interrupt(self) -> None:
        """The cursor has moved: by the change just made, or by hand, which ends the run."""
        if not self._changing:
            self._sort = ""
        self._changing = False

    def end(self, text: str) -> None:
        """The text is this one now, and what comes next is a run of its own."""
        self._sort, self._text = "", text


def _sort_of(before: str, after: str) -> tuple[str, bool]:
    """``"more"`` or ``"less"`` for a single letter that came or went, else nothing; and whether that is all that has
    changed: a line, or a letter in place of others, begins something new."""
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    tail = next((i for i in range(shorter - head) if before[-1 - i] != after[-1 - i]), shorter - head)
    come, gone = after[head : len(after) - tail], len(before) - head - tail
    if not come:
        return ("less" if gone == 1 else ""), gone == 1
    return ("more" if len(come) == 1 else ""), len(come) == 1 and not gone and come != "\n"
