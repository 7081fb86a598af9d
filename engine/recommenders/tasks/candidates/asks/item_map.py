"""``item_map``: the most watched items as points, by the directions in which their vectors are spread most; ``place``:
where a user stands on it."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.answers import MappedItem, MappedItems, PlaceOnMap
from engine.recommenders.tasks.candidates.item_maps import MOST_COMPONENTS
from engine.recommenders.tasks.candidates.opened import TITLE, OpenedCandidates
from engine.recommenders.tasks.candidates.visitors import Somebody, Whom, somebody

MEASURE = "inner product"
PLANE = 2
"""Dimensions of vectors that can be shown as they are."""


class MapParameters(Parameters):
    """``table``: ``items``, which users' vectors are multiplied with, or ``history``, which histories are averaged
    from. The same parameters give the same map."""

    table: Literal["items", "history"] = Field(default="items", description="whose vectors are mapped")
    limit: int = Field(default=2000, ge=2, le=50_000, description="items, the most watched first")
    components: int = Field(default=2, ge=2, le=MOST_COMPONENTS, description="directions")


def map_items(opened: OpenedCandidates, parameters: MapParameters) -> MappedItems:
    """The map. Raises EngineError where the network has no such table."""
    found, shown = opened.map_of(parameters.table, parameters.limit), parameters.components
    items, table = found.items.tolist(), opened.table(parameters.table)
    described = [opened.shown(item) for item in items]
    names = [name for name in opened.log.item_features if name != TITLE]
    return MappedItems(
        tuple(opened.names(items)),
        tuple(item.title for item in described),
        tuple(item.watches for item in described),
        {name: tuple(item.features[name] for item in described) for name in names},
        found.points[:, :shown],
        tuple(found.shares[:shown].tolist()),
        opened.log.item_count,
        MEASURE,
        table.shape[1],
        table[found.items] if table.shape[1] == PLANE else None,
    )


ITEM_MAP = Ask("item_map", "the most watched items as points on a map", MapParameters, map_items)


class PlaceParameters(Whom, MapParameters):
    """Whom to place on which map; ``items``: further items, which need not be on it."""

    items: Annotated[tuple[str, ...], Field(max_length=1000)] = Field(default=(), description="items to place too")


def place_user(opened: OpenedCandidates, parameters: PlaceParameters) -> PlaceOnMap:
    """Their place. Raises EngineError for an unknown user or item, and where the network has no such table."""
    found, shown = opened.map_of(parameters.table, parameters.limit), parameters.components
    table = opened.table(parameters.table)
    wanted = [opened.item(name) for name in parameters.items]
    points = found.place(table[wanted])[:, :shown]
    plane = table.shape[1] == PLANE
    items = tuple(
        MappedItem(name, tuple(point), tuple(table[item].tolist()) if plane else None)
        for name, point, item in zip(parameters.items, points.tolist(), wanted, strict=True)
    )
    whose = somebody(opened, parameters)
    user = parameters.table == "items"
    vector = opened.service.vector_of(whose.visitor) if user else _mean(opened, whose, table)
    of: Literal["user vector", "mean of the history"] = "user vector" if user else "mean of the history"
    if vector is None:
        return PlaceOnMap(of, None, None, None, None, items, MEASURE, None)
    direction, length = found.direction(vector)[:shown], float(np.linalg.norm(vector))
    visible = float(direction @ direction) / length**2 if length > 0.0 else 0.0
    point = found.place(vector[None])[0, :shown]
    own = tuple(vector.tolist()) if plane else None
    return PlaceOnMap(of, tuple(point.tolist()), tuple(direction.tolist()), visible, length, items, MEASURE, own)


def _mean(opened: OpenedCandidates, whose: Somebody, table: Vectors) -> Vectors | None:
    """The mean of the watched items' rows that the network reads, without those for unknown items."""
    read = whose.history[-opened.model.columns.spec.history :]
    read = read[read >= 0]
    if not len(read):
        return None
    mean: Vectors = table[read].mean(axis=0)
    return mean


PLACE = Ask("place", "where a user stands on the map of items", PlaceParameters, place_user)
