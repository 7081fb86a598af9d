"""What ``why`` says: one item's score taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document, floats
from app.workspaces.recommender.follow.answered.items import Item, item_of


@dataclass(frozen=True, slots=True)
class Near:
    """A watched item: how near it is, and what it ``gives`` to the explained item's score: with it the score is so
    much higher. ``read``: it is recent enough for the network to read it."""

    item: Item
    cosine: float
    gives: float
    read: bool = True


@dataclass(frozen=True, slots=True)
class Why:
    """``score`` is the sum of ``parts`` (dimensions,). ``share``: of the softmax over the whole catalogue.
    ``decisive``: what does the most to the score, of all watched items that are read."""

    item: Item
    score: float
    share: float
    cosine: float
    length: float
    parts: tuple[float, ...]
    nearest: tuple[Near, ...]
    decisive: tuple[Near, ...]


def why_of(found: Document) -> Why:
    """What ``why`` says."""
    score = float(found["score"])
    return Why(
        item_of(found["item"]),
        score,
        float(found["probability"]),
        float(found["cosine"]),
        float(found["length"]),
        floats(found["parts"]),
        _near_of(found["nearest"], score),
        _near_of(found["decisive"], score),
    )


def _near_of(found: Sequence[Document], score: float) -> tuple[Near, ...]:
    return tuple(
        Near(item_of(one["item"]), float(one["cosine"]), score - float(one["without"]), bool(one["read"]))
        for one in found
    )
