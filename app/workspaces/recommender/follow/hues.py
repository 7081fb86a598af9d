"""Colours of what sort an item is: the commonest sorts have one each, the same as on the map of items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from app.workspaces.recommender.follow.answers import Item
from app.workspaces.recommender.map.colours import HUES


class Hues:
    """Which sort has which colour; with no items given, or items without sorts, nothing has one."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        common = Counter(item.sorts[0] for item in items if item.sorts).most_common(len(HUES))
        self.sorts: tuple[str, ...] = tuple(sort for sort, _ in common)
        counted = Counter(kind for item in items if (kind := self.kind(item)) is not None)
        self.sorts = tuple(sorted(self.sorts, key=lambda sort: -counted[sort]))

    def __bool__(self) -> bool:
        return bool(self.sorts)

    def kind(self, item: Item) -> str | None:
        """The first of an item's sorts that has a colour."""
        return next((sort for sort in item.sorts if sort in self.sorts), None)

    def ink(self, item: Item) -> str:
        """The ink of an item's colour; none where the data have no sorts."""
        kind = self.kind(item)
        if kind is None:
            return "text_muted" if self else ""
        return f"series {HUES[self.sorts.index(kind)]} of 99"  # of so many layers none is the last, which is orange
