"""Finding items by a part of their title, among as many as there are, between two strokes of a key."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

MOST = 12


class TitleIndex:
    """All titles as one text, the most important first, so that a search is a search in a text."""

    def __init__(self, titles: Sequence[str], order: Sequence[int]) -> None:
        self._order = order
        folded = [titles[row].casefold().replace("\n", " ") for row in order]
        self._text = "\n".join(folded)
        self._starts = [0, *accumulate(len(title) + 1 for title in folded)]

    def find(self, part: str, most: int = MOST) -> list[int]:
        """Rows of items with this in their title: those that begin with it, then the others, the most important
        first."""
        wanted = part.strip().casefold()
        if not wanted or "\n" in wanted:
            return []
        beginning = self._rows("\n" + wanted, most)
        if self._text.startswith(wanted):
            beginning.insert(0, self._order[0])
        return list(dict.fromkeys([*beginning, *self._rows(wanted, most)]))[:most]

    def _rows(self, wanted: str, most: int) -> list[int]:
        found: list[int] = []
        at = self._text.find(wanted)
        while at >= 0 and len(found) < most:
            index = bisect_right(self._starts, at + wanted.startswith("\n")) - 1
            found.append(self._order[index])
            at = self._text.find(wanted, self._starts[index + 1] - wanted.startswith("\n"))
        return found
