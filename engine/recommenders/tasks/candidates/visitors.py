"""Whom an ask is about: a user of the log as they were before the held-out watch, anybody's history, or both, as when
a user's history is edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from pydantic import Field

from engine.problems import EngineError, declare
from engine.recommenders.serving.asking import Parameters
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.serving.two_stage import Visitor
from engine.recommenders.tasks.candidates.opened import Indices, OpenedCandidates, ShownItem

UNREAD_CATEGORY = declare(
    "recommender.unread-category",
    "This network reads no user feature “{column}”; it reads {columns}. Leave it out, or train with it.",
)
UNKNOWN = -1
UNKNOWN_TOKEN = 0


class Whom(Parameters):
    """A ``user`` of the log; ``history``, ``categories`` and ``searches`` stand in place of the user's own."""

    user: str | None = Field(default=None, description="a user of the log")
    history: tuple[str, ...] | None = Field(default=None, description="items watched, the latest last")
    categories: Mapping[str, str] = Field(default_factory=dict, description="values by the user feature's name")
    searches: tuple[int, ...] | None = Field(default=None, description="ids of search tokens")


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whoever is asked about. ``history`` (n,): items, −1 for what the catalogue does not have, whose names are
    ``names``. ``held_out``: the item of the user's held-out last watch."""

    history: Indices
    names: Sequence[str]
    categories: Mapping[str, str]
    searches: Sequence[int]
    held_out: int | None = None

    @property
    def visitor(self) -> Visitor:
        """As serving takes them."""
        return Visitor(self.history.tolist(), self.categories, self.searches)

    @property
    def watched(self) -> Indices:
        """The items watched, each once, in the catalogue's order."""
        return np.unique(self.history[self.history != UNKNOWN])

    def without(self, name: str) -> Somebody:
        """The same with every watch of an item left out."""
        kept = np.array([other != name for other in self.names], np.bool_)
        return replace(self, history=self.history[kept], names=[other for other in self.names if other != name])


@dataclass(frozen=True, slots=True)
class ShownVisitor:
    """Whom an answer is about. ``history``: of the ``watches``, those that the network reads, the latest last.
    ``unknown_items``, of all of them, and ``unknown_categories``: what training did not have, which goes to the bucket
    for unknown ones."""

    user: str | None
    watches: int
    history: Sequence[ShownItem]
    unknown_items: Sequence[str]
    categories: Mapping[str, str]
    unknown_categories: Sequence[str]
    searches: Sequence[int]


def somebody(opened: OpenedCandidates, whom: Whom) -> Somebody:
    """Whoever the parameters name. Raises EngineError for an unknown user, or a category that is not read."""
    categories, searches = dict(whom.categories), list(whom.searches or ())
    _check_read(opened, categories)
    history, names, held_out = np.empty(0, np.int64), list[str](), None
    if whom.user is not None:
        user = opened.user(whom.user)
        history = opened.train.items[opened.watched_by(user)]
        names, held_out = opened.names(history), opened.held_out(user)
        categories = _categories(opened, user) | categories
        if whom.searches is None:
            searches = _searches(opened, user)
    if whom.history is not None:
        names = list(whom.history)
        history = np.array([opened.item_places.get(name, UNKNOWN) for name in names], np.int64)
    tokens = opened.search_tokens
    return Somebody(
        history, names, categories, [one if 0 < one < tokens else UNKNOWN_TOKEN for one in searches], held_out
    )


def shown_visitor(opened: OpenedCandidates, whom: Whom, found: Somebody) -> ShownVisitor:
    """Whom an answer is about, for people."""
    read = found.history[-opened.model.columns.spec.history :]
    known = opened.model.columns.vocabularies
    return ShownVisitor(
        whom.user,
        len(found.history),
        [opened.shown(item) for item in read.tolist() if item != UNKNOWN],
        [name for name, item in zip(found.names, found.history.tolist(), strict=True) if item == UNKNOWN],
        found.categories,
        [name for name, value in found.categories.items() if value not in known[name].names],
        found.searches,
    )


def vector_of(opened: OpenedCandidates, found: Somebody) -> Vectors:
    """u, (dimensions,)."""
    return opened.service.vector_of(found.visitor)


def _check_read(opened: OpenedCandidates, categories: Mapping[str, str]) -> None:
    read = opened.model.user_categories
    for name in categories:
        if name not in read:
            raise EngineError(UNREAD_CATEGORY(column=name, columns=", ".join(read) or "none"))


def _categories(opened: OpenedCandidates, user: int) -> dict[str, str]:
    features = opened.log.user_features
    return {name: str(features[name][user]) for name in opened.model.user_categories if name in features}


def _searches(opened: OpenedCandidates, user: int) -> list[int]:
    """What the user searched for before the held-out watch, as it is judged by too."""
    place, asked = int(opened.held_places[user]), opened.task.asked
    if asked is None or place < 0:
        return []
    found: list[int] = asked.bag(place).tolist()
    return found
