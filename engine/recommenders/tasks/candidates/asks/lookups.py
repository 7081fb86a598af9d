"""What is looked up in a log: items by ``search``, ``users``, a ``user`` with their watches, and search ``tokens``."""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.answers import (
    FoundItems,
    FoundTokens,
    FoundUsers,
    ListedUser,
    LoggedUser,
    LoggedWatch,
    SearchToken,
)
from engine.recommenders.tasks.candidates.opened import OpenedCandidates


class SearchParameters(Parameters):
    """``text`` in any case, anywhere in title or name; without one, the most watched items of all."""

    text: str = Field(default="", max_length=1000, description="part of a title or a name")
    limit: int = Field(default=20, ge=1, le=1000, description="items at most")


def find_items(opened: OpenedCandidates, parameters: SearchParameters) -> FoundItems:
    """An item of exactly this name comes first: it was written by somebody who knows it."""
    text = parameters.text.strip().lower()
    if not text:
        found = opened.by_popularity
    else:
        has = opened.searchable.str.contains(text, literal=True).to_numpy()
        found = opened.by_popularity[has[opened.by_popularity]]
    exact = opened.item_places.get(parameters.text.strip())
    if exact is not None:
        found = np.concatenate([[exact], found[found != exact]])
    return FoundItems(len(found), tuple(opened.shown(item) for item in found[: parameters.limit].tolist()))


SEARCH = Ask("search", "items by title or name, the most watched first", SearchParameters, find_items)


class UsersParameters(Parameters):
    """``text``: part of a user's name. ``order``: as in the log, or by the length of the history."""

    text: str = Field(default="", max_length=1000, description="part of a user's name")
    limit: int = Field(default=20, ge=1, le=1000, description="users at most")
    order: Literal["log", "longest", "shortest"] = Field(default="log", description="which come first")


def find_users(opened: OpenedCandidates, parameters: UsersParameters) -> FoundUsers:
    """A user of exactly this name comes first."""
    text, names = parameters.text.strip(), opened.log.user_names
    lengths = np.diff(opened.offsets)
    found = np.arange(len(names))
    if text:
        found = np.flatnonzero(opened.searchable_users.str.contains(text.lower(), literal=True).to_numpy())
    if parameters.order != "log":
        sign = -1 if parameters.order == "longest" else 1
        found = found[np.argsort(sign * lengths[found], kind="stable")]
    exact = opened.user_places.get(text)
    if exact is not None:
        found = np.concatenate([[exact], found[found != exact]])
    some = tuple(_listed(opened, user, int(lengths[user])) for user in found[: parameters.limit].tolist())
    return FoundUsers(len(found), some)


def _listed(opened: OpenedCandidates, user: int, watches: int) -> ListedUser:
    features = {name: str(values[user]) for name, values in opened.log.user_features.items()}
    return ListedUser(opened.log.user_names[user], watches, opened.held_out(user) is not None, features)


USERS = Ask("users", "some users of the log and how much they have watched", UsersParameters, find_users)


class TokensParameters(Parameters):
    """``text`` in any case, anywhere in a token; without one, the most frequent tokens of all."""

    text: str = Field(default="", max_length=1000, description="part of what is searched for")
    limit: int = Field(default=20, ge=1, le=1000, description="tokens at most")


def token_of(opened: OpenedCandidates, token: int) -> SearchToken:
    """A token that the network reads, for people."""
    return SearchToken(token, opened.token_text(token), int(opened.searches[token]))


def find_tokens(opened: OpenedCandidates, parameters: TokensParameters) -> FoundTokens:
    """Those that training had, the most frequent first; one of exactly this text comes before them."""
    text, counts = parameters.text.strip().lower(), opened.searches
    has = counts > 0
    has[:1] = False  # the bucket for unknown ones is nothing that anybody types
    if text:
        has &= opened.searchable_tokens.str.contains(text, literal=True).to_numpy()
    found = np.flatnonzero(has)
    exact = (opened.searchable_tokens == text).to_numpy()[found]
    found = found[np.lexsort((-counts[found], ~exact))]
    return FoundTokens(len(found), tuple(token_of(opened, token) for token in found[: parameters.limit].tolist()))


TOKENS = Ask("tokens", "what can be searched for, the most frequent first", TokensParameters, find_tokens)


class UserParameters(Parameters):
    """Which user."""

    user: str = Field(description="a user of the log")


def tell_user(opened: OpenedCandidates, parameters: UserParameters) -> LoggedUser:
    """A user as the log has them. Raises EngineError for one that it does not have."""
    user, log = opened.user(parameters.user), opened.log
    held = opened.held_row(user)
    rows = [row for row in range(*log.offsets()[user : user + 2].tolist()) if row != held]
    features = {name: str(values[user]) for name, values in log.user_features.items()}
    return LoggedUser(
        parameters.user,
        tuple(_watch(opened, row) for row in rows),
        None if held is None else _watch(opened, held),
        min(len(rows), opened.model.columns.spec.history),
        features,
        {name: features[name] for name in opened.model.user_categories if name in features},
        tuple(
            token_of(opened, token) for token in opened.task.visitor_of(user).searches if token < opened.search_tokens
        ),
    )


def _watch(opened: OpenedCandidates, row: int) -> LoggedWatch:
    """A row of the whole log."""
    log = opened.log
    extras = {name: float(values[row]) for name, values in log.extras.items()}
    return LoggedWatch(opened.shown(int(log.items[row])), int(log.times[row]), extras)


USER = Ask("user", "what a user has watched, and the watch that is held out", UserParameters, tell_user)
