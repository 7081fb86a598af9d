"""What ``recommend`` says: a list, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document, floats
from app.workspaces.recommender.follow.answered.items import Item, item_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A place of the list, from 1; ``score``: by which it stands there; ``inner``: v·u."""

    place: int
    item: Item
    score: float
    inner: float


@dataclass(frozen=True, slots=True)
class Placed:
    """An item wherever it stands; ``rank`` from 1 among all that were not watched, by v·u; ``place``: in the list."""

    item: Item
    score: float
    rank: float
    place: int | None
    watched: bool


@dataclass(frozen=True, slots=True)
class Stages:
    """How many items there are at each stage, and the milliseconds that each took."""

    catalogue: int
    candidates: int
    shown: int
    vector_ms: float
    retrieval_ms: float
    ranking_ms: float

    @property
    def total_ms(self) -> float:
        """From a history to a list."""
        return self.vector_ms + self.retrieval_ms + self.ranking_ms


@dataclass(frozen=True, slots=True)
class Recommendation:
    """``counts`` (bins,) of the whole catalogue's scores between ``edges`` (bins + 1,). ``candidates``: their scores,
    best first. ``watched``: those watched, by score, best first. ``unknown``: watched items that the network never saw.
    ``vector``: u, (dimensions,). ``lists``: of the index that was searched, 0 for a scan of all items.
    ``drawn``: the watch that was held out is one drawn at random, and not the next one."""

    shown: tuple[Shown, ...]
    candidates: tuple[float, ...]
    stages: Stages
    held_out: Placed | None
    watched: tuple[Placed, ...]
    counts: tuple[int, ...]
    edges: tuple[float, ...]
    unknown: tuple[str, ...]
    vector: tuple[float, ...]
    lists: int = 0
    drawn: bool = False


def recommendation_of(found: Document, *, drawn: bool = False) -> Recommendation:
    """What ``recommend`` says."""
    scores, held_out = found["scores"], found["held_out"]
    return Recommendation(
        tuple(
            Shown(int(one["place"]), item_of(one["item"]), float(one["score"]), float(one["inner"]))
            for one in found["shown"]
        ),
        floats(found["candidates"]["scores"]),
        _stages_of(found["funnel"]),
        None if held_out is None else _placed_of(held_out),
        tuple(_placed_of(one) for one in found["watched"]),
        tuple(int(one) for one in scores["counts"]),
        floats(scores["edges"]),
        tuple(map(str, found["visitor"]["unknown_items"])),
        floats(found["vector"]),
        int(found["lists"]),
        drawn,
    )


def _stages_of(found: Document) -> Stages:
    return Stages(
        int(found["catalogue"]),
        int(found["candidates"]),
        int(found["shown"]),
        float(found["vector_ms"]),
        float(found["retrieval_ms"]),
        float(found["ranking_ms"]),
    )


def _placed_of(found: Document) -> Placed:
    place = found["place"]
    return Placed(
        item_of(found["item"]),
        float(found["score"]),
        float(found["rank"]),
        None if place is None else int(place),
        bool(found["watched"]),
    )
