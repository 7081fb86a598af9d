"""``user``: what a user has watched and when, and the last watch, which is held out to judge on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.asks.tokens import Token, token_of
from engine.recommenders.tasks.candidates.opened import OpenedCandidates, ShownItem


class UserParameters(Parameters):
    """Which user."""

    user: str = Field(description="a user of the log")


@dataclass(frozen=True, slots=True)
class Watch:
    """``time``: in seconds since 1970, or 0, 1, 2, … where the log has no times. ``extras``: further numbers of the
    watch, such as its rating."""

    item: ShownItem
    time: int
    extras: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class User:
    """``history``: the watches without the held-out one, the latest last, of which the network reads the last ``read``.
    ``held_out``: the last watch, if there are two or more; any, where the network was trained so. ``features``: all
    that the log says of the user; ``categories``: those that the network reads. ``searches``: what the user searched
    for before the held-out watch, as far as the network reads it."""

    user: str
    history: Sequence[Watch]
    held_out: Watch | None
    read: int
    features: Mapping[str, str]
    categories: Mapping[str, str]
    searches: Sequence[Token]


def answer(opened: OpenedCandidates, parameters: UserParameters) -> User:
    """A user as the log has them. Raises EngineError for one that it does not have."""
    user, log = opened.user(parameters.user), opened.log
    held = opened.held_row(user)
    rows = [row for row in range(*log.offsets()[user : user + 2].tolist()) if row != held]
    features = {name: str(values[user]) for name, values in log.user_features.items()}
    return User(
        parameters.user,
        [_watch(opened, row) for row in rows],
        None if held is None else _watch(opened, held),
        min(len(rows), opened.model.columns.spec.history),
        features,
        {name: features[name] for name in opened.model.user_categories if name in features},
        [token_of(opened, token) for token in opened.task.visitor_of(user).searches if token < opened.search_tokens],
    )


def _watch(opened: OpenedCandidates, row: int) -> Watch:
    """A row of the whole log."""
    log = opened.log
    extras = {name: float(values[row]) for name, values in log.extras.items()}
    return Watch(opened.shown(int(log.items[row])), int(log.times[row]), extras)


ASK = Ask("user", "what a user has watched, and the watch that is held out", UserParameters, answer)
