"""What of one's typing is one step of undo: a word, a number, a run of deletions."""

from __future__ import annotations

WIDEST = 24
"""So many letters at most are one step."""


class TypingRun:
    """Numbers the runs of an editor whose whole text is known after each change.

    A run ends where words and signs change over, where writing turns into deleting, where more than one letter comes
    or goes at once, and where the cursor was moved by hand.
    """

    def __init__(self, text: str = "") -> None:
        self._number, self._text = 0, text
        self._sort, self._length = "", 0
        self._changing = False

    def number_of(self, text: str) -> int:
        """The run that a change to this text belongs to."""
        sort = _sort_of(self._text, text)
        if sort != self._sort or not sort or self._length >= WIDEST:
            self._number += 1
            self._length = 0
        self._sort, self._text = sort, text
        self._length += 1
        self._changing = True
        return self._number

    def interrupt(self) -> None:
        """The cursor has moved: by the change just made, or by hand, which ends the run."""
        if not self._changing:
            self._sort = ""
        self._changing = False

    def end(self, text: str) -> None:
        """The text is this one now, and what comes next is a run of its own."""
        self._sort, self._text = "", text


def _sort_of(before: str, after: str) -> str:
    """``"word"``, ``"sign"`` or ``"less"`` for a single letter that came or went, else nothing."""
    if len(after) == len(before) - 1:
        return "less"
    if len(after) != len(before) + 1:
        return ""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    letter = after[at]
    return "word" if letter.isalnum() or letter in "._" else "sign"
