"""``item_map``: the most watched items as points, by the directions in which their vectors are spread most."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.answers import MappedItems
from engine.recommenders.tasks.candidates.item_maps import MOST_COMPONENTS
from engine.recommenders.tasks.candidates.opened import TITLE, OpenedCandidates

MEASURE = "inner product"
PLANE = 2
"""Dimensions of vectors that can be shown as they are."""


class MapParameters(Parameters):
    """``table``: ``items``, which users' vectors are multiplied with, or ``history``, which histories are averaged
    from. The same parameters give the same map."""

    table: Literal["items", "history"] = Field(default="items", description="whose vectors are mapped")
    limit: int = Field(default=2000, ge=2, le=50_000, description="items, the most watched first")
    components: int = Field(default=2, ge=2, le=MOST_COMPONENTS, description="directions")


def answer(opened: OpenedCandidates, parameters: MapParameters) -> MappedItems:
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


ASK = Ask("item_map", "the most watched items as points on a map", MapParameters, answer)
