"""What ``what_if`` says: what each watch does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document, floats
from app.workspaces.recommender.follow.answered.items import Item, item_of


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a watched item does: without it ``entered`` come into the first places in place of ``dropped``; ``ranks``:
    those of the followed items then; ``moved``: ‖u′ − u‖."""

    entered: tuple[Item, ...]
    dropped: tuple[Item, ...]
    ranks: tuple[float, ...]
    moved: float


@dataclass(frozen=True, slots=True)
class Effects:
    """``top``: how many first places are compared. ``followed``: the item asked for, with its ``rank`` as it is, None
    where none was; it is the first of each one's ``ranks``. ``without``: by the name of the item that is left out."""

    top: int
    followed: Item | None
    rank: float | None
    without: Mapping[str, LeftOut]


def effects_of(found: Document, followed: str | None) -> Effects:
    """What ``what_if`` says, asked with ``followed`` as the item."""
    items = [item_of(one) for one in found["items"]]
    without = {str(one["item"]): _left_out_of(one) for one in found["left_out"]}
    rank = float(found["ranks"][0]) if followed is not None else None
    return Effects(len(found["top"]), items[0] if followed is not None else None, rank, without)


def _left_out_of(found: Document) -> LeftOut:
    return LeftOut(
        tuple(item_of(one) for one in found["entered"]),
        tuple(item_of(one) for one in found["dropped"]),
        floats(found["ranks"]),
        float(found["moved"]),
    )
