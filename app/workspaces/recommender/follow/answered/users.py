"""What ``users`` and ``user`` say."""

from __future__ import annotations

from dataclasses import dataclass

from app.workspaces.recommender.follow.answered.documents import Document
from app.workspaces.recommender.follow.answered.items import Item, item_of


@dataclass(frozen=True, slots=True)
class Watch:
    """``time``: in seconds since 1970, or a place in the order where the log has no times."""

    item: Item
    time: int


@dataclass(frozen=True, slots=True)
class User:
    """``watches``: before the held-out one, the latest last."""

    name: str
    watches: tuple[Watch, ...]
    held_out: Watch | None


@dataclass(frozen=True, slots=True)
class ListedUser:
    """A user to choose: how many watches they have in training."""

    name: str
    watches: int


def users_of(found: Document) -> tuple[int, tuple[ListedUser, ...]]:
    """What ``users`` has found: how many in all, and some."""
    return int(found["found"]), tuple(ListedUser(str(one["user"]), int(one["watches"])) for one in found["users"])


def user_of(found: Document) -> User:
    """What ``user`` says."""
    held_out = found["held_out"]
    watches = tuple(_watch_of(one) for one in found["history"])
    return User(str(found["user"]), watches, None if held_out is None else _watch_of(held_out))


def _watch_of(found: Document) -> Watch:
    return Watch(item_of(found["item"]), int(found["time"]))
