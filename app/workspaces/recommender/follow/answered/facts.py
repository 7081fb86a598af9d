"""What ``about`` says."""

from __future__ import annotations

from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document

RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Category:
    """A user feature that the network reads; of its ``values`` it knows these, the most frequent first."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of network and data. ``longest``: watches of a history that are read; ``held_out``: ``last`` or
    ``random``, the watch that was kept from training; ``events``, ``items``, ``users``: sizes. ``categories``: of a
    user; ``searches``: whether the network reads any. ``latest``: so many of the last watches are read by themselves
    too; all else of a history is a mean, in which the order does not count."""

    data: str
    users: int
    items: int
    events: int
    dimensions: int
    longest: int
    held_out: str
    tied: float
    titles: bool
    categories: tuple[Category, ...]
    searches: bool
    latest: int = 0

    @property
    def drawn(self) -> bool:
        """Whether the watch that was kept from training is one drawn at random."""
        return self.held_out == RANDOM


def facts_of(found: Document) -> Facts:
    """What ``about`` says."""
    sizes = found["sizes"]
    return Facts(
        str(found["data_label"]),
        int(sizes["users"]),
        int(sizes["items"]),
        int(sizes["watches"]),
        int(found["dimensions"]),
        int(found["longest"]),
        str(found["spec"].get("held_out", "last")),
        float(found["tied"]),
        bool(found["titles"]),
        tuple(Category(str(one["name"]), tuple(map(str, one["values"]))) for one in found["categories"]),
        int(found["search_tokens"]) > 0,
        int(found["spec"].get("latest", 0)),
    )
