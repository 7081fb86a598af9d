"""What ``users``, ``user`` and ``tokens`` say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.workspaces.recommender.follow.answered.documents import Document
from app.workspaces.recommender.follow.answered.items import Item, item_of


@dataclass(frozen=True, slots=True)
class Watch:
    """``time``: in seconds since 1970, or a place in the order where the log has no times."""

    item: Item
    time: int


@dataclass(frozen=True, slots=True)
class Token:
    """What can be searched for, and the id by which it is asked about."""

    key: int
    text: str


@dataclass(frozen=True, slots=True)
class User:
    """``watches``: before the held-out one, the latest last. ``categories`` and ``searches``: those that the network
    reads."""

    name: str
    watches: tuple[Watch, ...]
    held_out: Watch | None
    categories: Mapping[str, str] = field(default_factory=dict)
    searches: tuple[Token, ...] = ()


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
    return User(
        str(found["user"]),
        watches,
        None if held_out is None else _watch_of(held_out),
        {str(name): str(value) for name, value in found["categories"].items()},
        tuple(_token_of(one) for one in found["searches"]),
    )


def tokens_of(found: Document) -> tuple[int, tuple[Token, ...]]:
    """What ``tokens`` has found: how many in all, and some."""
    return int(found["found"]), tuple(_token_of(one) for one in found["tokens"])


def _token_of(found: Document) -> Token:
    return Token(int(found["token"]), str(found["text"]))


def _watch_of(found: Document) -> Watch:
    return Watch(item_of(found["item"]), int(found["time"]))
