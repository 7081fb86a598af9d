"""What ``why`` says: one item's score taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document, floats
from app.workspaces.recommender.follow.answered.items import Item, item_of


@dataclass(frozen=True, slots=True)
class Near:
    """A watched item: how near it is, and how the explained item's score changes without it."""

    item: Item
    cosine: float
    change: float


@dataclass(frozen=True, slots=True)
class Why:
    """``score`` is the sum of ``parts`` (dimensions,). ``share``: of the softmax over the whole catalogue."""

    item: Item
    score: float
    share: float
    cosine: float
    length: float
    parts: tuple[float, ...]
    nearest: tuple[Near, ...]


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
        tuple(
            Near(item_of(one["item"]), float(one["cosine"]), float(one["without"]) - score) for one in found["nearest"]
        ),
    )
