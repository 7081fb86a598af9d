"""What the lists of a followed user share: the colours of items, their places, and what each watch does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.kit.numbers import grouped
from app.workspaces.recommender.map.scene import HUES
from engine.recommenders.tasks.candidates.answers import CatalogueItem, LeftOut, WhatIf


def rank_text(rank: float) -> str:
    """Return a place from 1; between two where items are tied."""
    return grouped(rank, 0 if rank == int(rank) else 1)


@dataclass(frozen=True, slots=True)
class WatchEffects:
    """``top``: how many first places are compared. ``followed``: the item asked for, with its ``rank`` as it is, None
    where none was; it is the first of each one's ``ranks``. ``without``: by the name of the item that is left out."""

    top: int
    followed: CatalogueItem | None
    rank: float | None
    without: Mapping[str, LeftOut]


def effects_of(found: WhatIf, *, followed: bool) -> WatchEffects:
    """Return what each watch does; ``followed``: it was asked with an item."""
    without = {left.item: left for left in found.left_out}
    item, rank = (found.items[0], found.ranks[0]) if followed else (None, None)
    return WatchEffects(len(found.top), item, rank, without)


class Hues:
    """Which sort has which colour; with no items given, or items without sorts, nothing has one."""

    def __init__(self, items: Sequence[CatalogueItem] = ()) -> None:
        common = Counter(item.sorts[0] for item in items if item.sorts).most_common(len(HUES))
        self.sorts: tuple[str, ...] = tuple(sort for sort, _ in common)
        counted = Counter(kind for item in items if (kind := self.kind(item)) is not None)
        self.sorts = tuple(sorted(self.sorts, key=lambda sort: -counted[sort]))

    def __bool__(self) -> bool:
        return bool(self.sorts)

    def kind(self, item: CatalogueItem) -> str | None:
        """The first of an item's sorts that has a colour."""
        return next((sort for sort in item.sorts if sort in self.sorts), None)

    def ink(self, item: CatalogueItem) -> str:
        """The ink of an item's colour; none where the data have no sorts."""
        kind = self.kind(item)
        if kind is None:
            return "text_muted" if self else ""
        return f"series {HUES[self.sorts.index(kind)]} of 99"  # of so many layers none is the last, which is orange
