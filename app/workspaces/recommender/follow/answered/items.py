"""Items, as every ask tells them, and what ``search`` finds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document

GROUPS = ("genres", "genre", "topic", "category", "tags")
"""Item features that say what sort an item is, the first that the data have; several sorts are parted by bars."""
YEAR = "year"
ARTICLE_LAST = re.compile(r"(.+), (The|A|An)")


@dataclass(frozen=True, slots=True)
class Item:
    """An item for people. ``title``: its name where the data have no titles. ``sorts``: its genres, none where the data
    have none; ``year`` None where they have no years. ``watches``: how often it is watched in training."""

    name: str
    title: str
    sorts: tuple[str, ...] = ()
    year: int | None = None
    watches: int = 0


def item_of(found: Document) -> Item:
    """An item, as every ask tells it."""
    features: Document = found.get("features") or {}
    group = next((features[name] for name in GROUPS if features.get(name)), "")
    sorts = tuple(part.strip() for part in str(group).split("|") if part.strip())
    year = features.get(YEAR)
    name = str(found["item"])
    return Item(
        name,
        _in_speech(str(found.get("title") or name)),
        sorts,
        int(year) if isinstance(year, int | float) else None,
        int(found.get("watches", 0)),
    )


def _in_speech(title: str) -> str:
    """A catalogue's ``Matrix, The`` as one says it."""
    found = ARTICLE_LAST.fullmatch(title)
    return f"{found[2]} {found[1]}" if found else title


def items_of(found: Document) -> tuple[int, tuple[Item, ...]]:
    """What ``search`` has found: how many in all, and some."""
    return int(found["found"]), tuple(item_of(one) for one in found["items"])
