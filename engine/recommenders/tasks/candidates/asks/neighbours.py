"""``neighbours``: what is near an item in each of the two item tables, which are not the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import Field

from engine.problems import EngineError
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.answers import Neighbour, Neighbours
from engine.recommenders.tasks.candidates.opened import OpenedCandidates, cosines
from engine.recommenders.tasks.candidates.ranks import Standing


class NeighboursParameters(Parameters):
    """Near by ``cosine``, or by ``inner`` product, where long vectors win."""

    item: str = Field(description="the item whose neighbours are wanted")
    count: int = Field(default=10, ge=1, le=1000, description="neighbours in each table")
    by: Literal["cosine", "inner"] = Field(default="cosine", description="what makes two items near")


@dataclass(frozen=True, slots=True)
class _Measured:
    """One table's nearness to the item: both measures of all items, and the order by the one asked for."""

    cosine: Vectors
    inner: Vectors
    standing: Standing
    best: Sequence[int]


def answer(opened: OpenedCandidates, parameters: NeighboursParameters) -> Neighbours:
    """The nearest in both tables. Raises EngineError for an unknown item."""
    item = opened.item(parameters.item)
    ours = _measured(opened.items, opened.norms, item, parameters)
    try:
        history = _measured(opened.model.history_vectors(opened.network), opened.history_norms, item, parameters)
    except EngineError:  # an edited graph need not read histories
        return Neighbours(opened.shown(item), _list(opened, ours, None), None, None)
    common = len(set(ours.best) & set(history.best))
    return Neighbours(opened.shown(item), _list(opened, ours, history), _list(opened, history, ours), common)


def _measured(table: Vectors, lengths: Vectors, item: int, parameters: NeighboursParameters) -> _Measured:
    near, inner = cosines(table, lengths, table[item]), table @ table[item]
    by = near if parameters.by == "cosine" else inner
    # A vector of zeros is near nothing; nan would be in nobody's order.
    standing = Standing(np.where(np.isnan(by), np.float32(-np.inf), by), np.array([item]))
    return _Measured(near, inner, standing, standing.best(parameters.count).tolist())


def _list(opened: OpenedCandidates, here: _Measured, there: _Measured | None) -> tuple[Neighbour, ...]:
    items = np.array(here.best, np.int64)
    ranks = [None] * len(items) if there is None else there.standing.ranks(items).tolist()
    return tuple(
        Neighbour(opened.shown(item), float(here.cosine[item]), float(here.inner[item]), rank)
        for item, rank in zip(here.best, ranks, strict=True)
    )


ASK = Ask("neighbours", "what is near an item in each of the two item tables", NeighboursParameters, answer)
