"""``users``: some users of the log, to choose one from."""

from __future__ import annotations

from typing import Literal

import numpy as np
from pydantic import Field

from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.tasks.candidates.answers import FoundUsers, ListedUser
from engine.recommenders.tasks.candidates.opened import OpenedCandidates


class UsersParameters(Parameters):
    """``text``: part of a user's name. ``order``: as in the log, or by the length of the history."""

    text: str = Field(default="", max_length=1000, description="part of a user's name")
    limit: int = Field(default=20, ge=1, le=1000, description="users at most")
    order: Literal["log", "longest", "shortest"] = Field(default="log", description="which come first")


def answer(opened: OpenedCandidates, parameters: UsersParameters) -> FoundUsers:
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


ASK = Ask("users", "some users of the log and how much they have watched", UsersParameters, answer)
