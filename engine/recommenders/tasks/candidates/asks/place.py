"""``place``: where a user stands on the map of items, and in which direction their scores grow."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.answers import MappedItem, PlaceOnMap
from engine.recommenders.tasks.candidates.asks.item_map import MEASURE, PLANE, MapParameters
from engine.recommenders.tasks.candidates.opened import OpenedCandidates
from engine.recommenders.tasks.candidates.visitors import Somebody, Whom, somebody


class PlaceParameters(Whom, MapParameters):
    """Whom to place on which map; ``items``: further items, which need not be on it."""

    items: Annotated[tuple[str, ...], Field(max_length=1000)] = Field(default=(), description="items to place too")


def answer(opened: OpenedCandidates, parameters: PlaceParameters) -> PlaceOnMap:
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


ASK = Ask("place", "where a user stands on the map of items", PlaceParameters, answer)
