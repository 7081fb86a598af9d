"""``item_map``: the most watched items as points, by the directions in which their vectors are spread most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.item_maps import MOST_COMPONENTS
from engine.recommenders.tasks.candidates.opened import TITLE, Feature, OpenedCandidates

MEASURE = "inner product"
PLANE = 2
"""Dimensions of vectors that can be shown as they are."""


class MapParameters(Parameters):
    """``table``: ``items``, which users' vectors are multiplied with, or ``history``, which histories are averaged
    from. The same parameters give the same map."""

    table: Literal["items", "history"] = Field(default="items", description="whose vectors are mapped")
    limit: int = Field(default=2000, ge=2, le=50_000, description="items, the most watched first")
    components: int = Field(default=2, ge=2, le=MOST_COMPONENTS, description="directions")


@dataclass(frozen=True, slots=True)
class Map:
    """``items``, ``titles`` and ``watches`` (n,), and ``features`` by name, (n,) each, to colour by. ``points``
    (n, components). ``shares`` (components,): of the variance of these items' vectors. ``of``: items in all.

    ``dimensions``: of the vectors. ``vectors`` (n, 2): these themselves where that is two, neither turned nor centred,
    so that the plane that is shown is all that there is and an inner product can be read off it; else null.

    ``measure``: scores are inner products, so that what lies further along u's direction scores higher; what lies near
    u need not.
    """

    items: Sequence[str]
    titles: Sequence[str | None]
    watches: NDArray[np.int64]
    features: Mapping[str, Sequence[Feature]]
    points: NDArray[np.float64]
    shares: NDArray[np.float64]
    of: int
    measure: str
    dimensions: int
    vectors: Vectors | None


def answer(opened: OpenedCandidates, parameters: MapParameters) -> Map:
    """The map. Raises EngineError where the network has no such table."""
    found, shown = opened.map_of(parameters.table, parameters.limit), parameters.components
    items, table = found.items.tolist(), opened.table(parameters.table)
    described = [opened.shown(item) for item in items]
    names = [name for name in opened.log.item_features if name != TITLE]
    return Map(
        opened.names(items),
        [one.title for one in described],
        opened.watches[found.items],
        {name: [one.features[name] for one in described] for name in names},
        found.points[:, :shown],
        found.shares[:shown],
        opened.log.item_count,
        MEASURE,
        table.shape[1],
        table[found.items] if table.shape[1] == PLANE else None,
    )


ASK = Ask("item_map", "the most watched items as points on a map", MapParameters, answer)
