"""What ``item_map`` and ``place`` say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document, floats
from app.workspaces.recommender.follow.answered.items import Item, item_of


@dataclass(frozen=True, slots=True)
class ItemPoints:
    """The most watched items on a map. ``points`` (n, directions); ``shares`` (directions,): of the spread;
    ``catalogue``: items in all."""

    items: tuple[Item, ...]
    points: Sequence[Sequence[float]]
    shares: tuple[float, ...]
    catalogue: int
    places: Mapping[str, int]

    def rows_of(self, names: Sequence[str]) -> tuple[int, ...]:
        """The rows of some items, each once, as far as they are on the map."""
        return tuple(dict.fromkeys(self.places[name] for name in names if name in self.places))


def item_points_of(found: Document) -> ItemPoints:
    """What ``item_map`` says."""
    names, features = found["items"], found["features"]
    columns = list(features.values())
    rows = zip(names, found["titles"], found["watches"], *columns, strict=True)
    items = tuple(
        item_of(
            {"item": name, "title": title, "watches": watched, "features": dict(zip(features, values, strict=True))}
        )
        for name, title, watched, *values in rows
    )
    places = {item.name: row for row, item in enumerate(items)}
    return ItemPoints(items, found["points"], floats(found["shares"]), int(found["of"]), places)


def point_of(found: Document) -> tuple[float, ...] | None:
    """Where ``place`` says that somebody is."""
    point = found["point"]
    return None if point is None else floats(point)
