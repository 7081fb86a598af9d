"""Whom an ask is about: a user of the log as they were before the held-out watch, anybody's history, or both, as when
a user's history is edited."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from pydantic import Field

from engine.problems import EngineError, declare
from engine.recommenders.serving.asking import Parameters
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.serving.two_stage import Visitor
from engine.recommenders.tasks.candidates.answers import ShownVisitor
from engine.recommenders.tasks.candidates.opened import Indices, OpenedCandidates

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
    categories: Mapping[str, str | None] = Field(
        default_factory=dict, description="values by the user feature's name; null for unknown"
    )
    searches: tuple[int, ...] | None = Field(default=None, description="ids of search tokens")


@dataclass(frozen=True, slots=True)
class Somebody:
    """Whoever is asked about. ``history`` (n,): items, −1 for what the catalogue does not have, whose names are
    ``names``, and ``times``: when, in seconds since 1970, None where that is not known; ``now``: the time of the
    held-out watch, or the last of the log. ``held_out``: the item of the user's held-out watch. ``features``: what the
    log says of the user, and what is said in place of it."""

    history: Indices
    names: Sequence[str]
    times: Sequence[int | None]
    now: int
    features: Mapping[str, str]
    searches: Sequence[int]
    held_out: int | None = None

    @property
    def visitor(self) -> Visitor:
        """As serving takes them."""
        return Visitor(self.history.tolist(), self.features, self.searches, self.times, self.now)

    @property
    def watched(self) -> Indices:
        """The items watched, each once, in the catalogue's order."""
        return np.unique(self.history[self.history != UNKNOWN])

    def without(self, name: str) -> Somebody:
        """The same with every watch of an item left out."""
        kept = [at for at, other in enumerate(self.names) if other != name]
        names, times = [self.names[at] for at in kept], [self.times[at] for at in kept]
        return replace(self, history=self.history[kept], names=names, times=times)


def somebody(opened: OpenedCandidates, whom: Whom, ranked: Collection[str] = ()) -> Somebody:
    """Whoever the parameters name; ``ranked``: user features that a ranker reads, besides those of the network.

    Raises EngineError for an unknown user, or a category that is not read.
    """
    _check_read(whom.categories, (*opened.model.user_categories, *ranked))
    user = None if whom.user is None else opened.user(whom.user)
    found = _nobody(opened) if user is None else _user(opened, user)
    features = {**found.features, **whom.categories}
    found = replace(found, features={name: value for name, value in features.items() if value is not None})
    if whom.searches is not None:
        tokens = opened.search_tokens
        known = [token if 0 < token < tokens else UNKNOWN_TOKEN for token in whom.searches]
        found = replace(found, searches=known)
    return found if whom.history is None else _watching(opened, found, whom.history)


def _nobody(opened: OpenedCandidates) -> Somebody:
    return Somebody(np.empty(0, np.int64), (), (), int(opened.log.times.max(initial=0)), {}, ())


def _user(opened: OpenedCandidates, user: int) -> Somebody:
    """A user as they were before the held-out watch."""
    found = opened.task.visitor_of(user)
    history, now = np.array(found.history, np.int64), found.now or 0
    held_out = opened.held_out(user)
    return Somebody(history, opened.names(history), found.times, now, found.categories, found.searches, held_out)


def _watching(opened: OpenedCandidates, found: Somebody, names: Sequence[str]) -> Somebody:
    """The same with another history, of whose watches those have a time that the user's own log has."""
    history = np.array([opened.item_places.get(name, UNKNOWN) for name in names], np.int64)
    known = dict(zip(found.names, found.times, strict=True))
    return replace(found, history=history, names=list(names), times=[known.get(name) for name in names])


def shown_visitor(opened: OpenedCandidates, whom: Whom, found: Somebody) -> ShownVisitor:
    """Whom an answer is about, for people."""
    read = found.history[-opened.model.columns.spec.history :]
    known = opened.model.columns.vocabularies
    categories = {name: found.features[name] for name in opened.model.user_categories if name in found.features}
    return ShownVisitor(
        whom.user,
        len(found.history),
        tuple(opened.shown(item) for item in read.tolist() if item != UNKNOWN),
        None if found.held_out is None else whom.history is not None and found.held_out in found.watched,
        tuple(name for name, item in zip(found.names, found.history.tolist(), strict=True) if item == UNKNOWN),
        categories,
        tuple(name for name in opened.model.user_categories if categories.get(name) not in known[name].names),
        tuple(found.searches),
    )


def vector_of(opened: OpenedCandidates, found: Somebody) -> Vectors:
    """u, (dimensions,)."""
    return opened.service.vector_of(found.visitor)


def _check_read(categories: Collection[str], read: Collection[str]) -> None:
    for name in categories:
        if name not in read:
            raise EngineError(UNREAD_CATEGORY(column=name, columns=", ".join(dict.fromkeys(read)) or "none"))
