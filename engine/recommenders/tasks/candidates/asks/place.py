"""``place``: where a user stands on the map of items, and in which direction their scores grow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from engine.recommenders.serving.asking import Ask
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.asks.item_map import MEASURE, PLANE, MapParameters
from engine.recommenders.tasks.candidates.opened import OpenedCandidates
from engine.recommenders.tasks.candidates.visitors import Somebody, Whom, somebody


class PlaceParameters(Whom, MapParameters):
    """Whom to place on which map; ``items``: further items, which need not be on it."""

    items: Annotated[tuple[str, ...], Field(max_length=1000)] = Field(default=(), description="items to place too")


@dataclass(frozen=True, slots=True)
class Placed:
    """An item of the catalogue on the map, (components,). ``vector``: as ``vectors`` of ``item_map``."""

    item: str
    point: NDArray[np.float64]
    vector: Vectors | None


@dataclass(frozen=True, slots=True)
class Place:
    """``of``: the ``user vector``, which is of the item table's space, or on the map of the history's table the
    ``mean of the history``, null for an empty one. ``point`` (components,): where it lies as a vector among the others.
    ``direction`` (components,): in which inner products with it grow; ``visible``: the share of its squared length that
    lies in the map, the rest being out of sight. ``length``: of the whole vector. ``vector`` (2,): itself, where it has
    two numbers, as ``vectors`` of ``item_map`` are; else null."""

    of: Literal["user vector", "mean of the history"]
    point: NDArray[np.float64] | None
    direction: NDArray[np.float64] | None
    visible: float | None
    length: float | None
    items: Sequence[Placed]
    measure: str
    vector: Vectors | None


def answer(opened: OpenedCandidates, parameters: PlaceParameters) -> Place:
    """Their place. Raises EngineError for an unknown user or item, and where the network has no such table."""
    found, shown = opened.map_of(parameters.table, parameters.limit), parameters.components
    table = opened.table(parameters.table)
    wanted = [opened.item(name) for name in parameters.items]
    points = found.place(table[wanted])[:, :shown]
    plane = table.shape[1] == PLANE
    items = [
        Placed(name, point, table[item] if plane else None)
        for name, point, item in zip(parameters.items, points, wanted, strict=True)
    ]
    whose = somebody(opened, parameters)
    user = parameters.table == "items"
    vector = opened.service.vector_of(whose.visitor) if user else _mean(opened, whose, table)
    of: Literal["user vector", "mean of the history"] = "user vector" if user else "mean of the history"
    if vector is None:
        return Place(of, None, None, None, None, items, MEASURE, None)
    direction, length = found.direction(vector)[:shown], float(np.linalg.norm(vector))
    visible = float(direction @ direction) / length**2 if length > 0.0 else 0.0
    point = found.place(vector[None])[0, :shown]
    return Place(of, point, direction, visible, length, items, MEASURE, vector if plane else None)


def _mean(opened: OpenedCandidates, whose: Somebody, table: Vectors) -> Vectors | None:
    """The mean of the watched items' rows that the network reads, without those for unknown items."""
    read = whose.history[-opened.model.columns.spec.history :]
    read = read[read >= 0]
    if not len(read):
        return None
    mean: Vectors = table[read].mean(axis=0)
    return mean


ASK = Ask("place", "where a user stands on the map of items", PlaceParameters, answer)
