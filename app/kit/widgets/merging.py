"""Keys that fold the edits of one gesture into one undo step."""

from __future__ import annotations

from itertools import count

_numbers = count(1)


def new_gesture(name: str) -> str:
    """A merge key that no other gesture has; edits under it fold into one step."""
    return f"{name}/{next(_numbers)}"
