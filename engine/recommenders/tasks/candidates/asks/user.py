"""``user``: what a user has watched and when, and the last watch, which is held out to judge on."""

from __future__ import annotations

from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.answers import LoggedUser, LoggedWatch
from engine.recommenders.tasks.candidates.asks.tokens import token_of
from engine.recommenders.tasks.candidates.opened import OpenedCandidates


class UserParameters(Parameters):
    """Which user."""

    user: str = Field(description="a user of the log")


def answer(opened: OpenedCandidates, parameters: UserParameters) -> LoggedUser:
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


ASK = Ask("user", "what a user has watched, and the watch that is held out", UserParameters, answer)
