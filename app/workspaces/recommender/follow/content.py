"""What the child answers, as plain data that views show: a reader for each ask of candidate generation.

A reader takes the answer's JSON document and raises KeyError, TypeError or ValueError for anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.kit.numbers import grouped

Document = Mapping[str, Any]
Reader = Callable[[Document], None]
"""Takes an answer."""


def floats(found: Sequence[Any]) -> tuple[float, ...]:
    """Numbers; what was not finite, which JSON cannot say, is NaN."""
    return tuple(float("nan") if value is None else float(value) for value in found)


# Items ----------------------------------------------------------------------------------------------------------------


GROUPS = ("genres", "genre", "topic", "category", "tags")
"""Item features that say what sort an item is, the first that the data have; several sorts are parted by bars."""
YEAR = "year"
ARTICLE_LAST = re.compile(r"(.+), (The|A|An)")


@dataclass(frozen=True, slots=True)
class Item:
    """An item for people. ``title``: its name where the data have no titles. ``sorts``: its genres, none where the data
    have none; ``year`` None where they have no years. ``watches``: how often it is watched in training."""

    name: str
    title: str
    sorts: tuple[str, ...] = ()
    year: int | None = None
    watches: int = 0


def item_of(found: Document) -> Item:
    """An item, as every ask tells it."""
    features: Document = found.get("features") or {}
    group = next((features[name] for name in GROUPS if features.get(name)), "")
    sorts = tuple(part.strip() for part in str(group).split("|") if part.strip())
    year = features.get(YEAR)
    name = str(found["item"])
    return Item(
        name,
        _in_speech(str(found.get("title") or name)),
        sorts,
        int(year) if isinstance(year, int | float) else None,
        int(found.get("watches", 0)),
    )


def _in_speech(title: str) -> str:
    """A catalogue's ``Matrix, The`` as one says it."""
    found = ARTICLE_LAST.fullmatch(title)
    return f"{found[2]} {found[1]}" if found else title


def items_of(found: Document) -> tuple[int, tuple[Item, ...]]:
    """What ``search`` has found: how many in all, and some."""
    return int(found["found"]), tuple(item_of(item) for item in found["items"])


# Users ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Watch:
    """``time``: in seconds since 1970, or a place in the order where the log has no times. ``seconds``: for how long,
    None where the log does not say."""

    item: Item
    time: int
    seconds: float | None = None


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
    return int(found["found"]), tuple(ListedUser(str(user["user"]), int(user["watches"])) for user in found["users"])


def user_of(found: Document) -> User:
    """What ``user`` says."""
    held_out = found["held_out"]
    watches = tuple(_watch_of(watch) for watch in found["history"])
    return User(
        str(found["user"]),
        watches,
        None if held_out is None else _watch_of(held_out),
        {str(name): str(value) for name, value in found["categories"].items()},
        tuple(_token_of(token) for token in found["searches"]),
    )


def tokens_of(found: Document) -> tuple[int, tuple[Token, ...]]:
    """What ``tokens`` has found: how many in all, and some."""
    return int(found["found"]), tuple(_token_of(token) for token in found["tokens"])


def _token_of(found: Document) -> Token:
    return Token(int(found["token"]), str(found["text"]))


def _watch_of(found: Document) -> Watch:
    seconds = found["extras"].get("watch_seconds")
    return Watch(item_of(found["item"]), int(found["time"]), None if seconds is None else float(seconds))


# The network ----------------------------------------------------------------------------------------------------------


RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Category:
    """A user feature that the network reads; of its ``values`` it knows these, the most frequent first."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowFacts:
    """What is known of network and data. ``longest``: watches of a history that are read; ``held_out``: ``last`` or
    ``random``, the watch that was kept from training; ``events``, ``items``, ``users``: sizes. ``categories``: of a
    user; ``searches``: whether the network reads any. ``latest``: so many of the last watches are read by themselves
    too; all else of a history is a mean, in which the order does not count."""

    data: str
    users: int
    items: int
    events: int
    dimensions: int
    longest: int
    held_out: str
    tied: float
    titles: bool
    categories: tuple[Category, ...]
    searches: bool
    latest: int = 0

    @property
    def drawn(self) -> bool:
        """Whether the watch that was kept from training is one drawn at random."""
        return self.held_out == RANDOM


def facts_of(found: Document) -> FollowFacts:
    """What ``about`` says."""
    sizes = found["sizes"]
    return FollowFacts(
        str(found["data_label"]),
        int(sizes["users"]),
        int(sizes["items"]),
        int(sizes["watches"]),
        int(found["dimensions"]),
        int(found["longest"]),
        str(found["spec"].get("held_out", "last")),
        float(found["tied"]),
        bool(found["titles"]),
        tuple(Category(str(category["name"]), tuple(map(str, category["values"]))) for category in found["categories"]),
        int(found["search_tokens"]) > 0,
        int(found["spec"].get("latest", 0)),
    )


# A list ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A place of the list, from 1; ``score``: by which it stands there; ``inner``: v·u, and ``candidate`` its place by
    that."""

    place: int
    item: Item
    score: float
    inner: float
    candidate: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An item wherever it stands; ``rank`` from 1 among all that were not watched, by v·u; ``place``: in the list."""

    item: Item
    score: float
    rank: float
    place: int | None
    watched: bool


@dataclass(frozen=True, slots=True)
class Stages:
    """How many items there are at each stage, and the milliseconds that each took."""

    catalogue: int
    candidates: int
    shown: int
    vector_ms: float
    retrieval_ms: float
    ranking_ms: float

    @property
    def total_ms(self) -> float:
        """From a history to a list."""
        return self.vector_ms + self.retrieval_ms + self.ranking_ms


@dataclass(frozen=True, slots=True)
class Recommendation:
    """``counts`` (bins,) of the whole catalogue's scores between ``edges`` (bins + 1,). ``candidates``: their scores,
    best first. ``watched``: those watched, by score, best first. ``unknown``: watched items that the network never saw.
    ``vector``: u, (dimensions,). ``lists``: of the index that was searched, 0 for a scan of all items.
    ``drawn``: the watch that was held out is one drawn at random, and not the next one."""

    shown: tuple[ListedItem, ...]
    candidates: tuple[float, ...]
    stages: Stages
    held_out: Placed | None
    watched: tuple[Placed, ...]
    counts: tuple[int, ...]
    edges: tuple[float, ...]
    unknown: tuple[str, ...]
    vector: tuple[float, ...]
    lists: int = 0
    drawn: bool = False

    @property
    def ranked(self) -> bool:
        """Whether the shown ones are in the order of expected seconds: else it is that of v·u."""
        return any(shown.score != shown.inner for shown in self.shown)


def rank_text(rank: float) -> str:
    """A place from 1; between two where items are tied."""
    return grouped(rank, 0 if rank == int(rank) else 1)


def recommendation_of(found: Document, *, drawn: bool = False) -> Recommendation:
    """What ``recommend`` says."""
    scores, held_out = found["scores"], found["held_out"]
    return Recommendation(
        tuple(
            ListedItem(
                int(shown["place"]),
                item_of(shown["item"]),
                float(shown["score"]),
                float(shown["inner"]),
                int(shown["candidate"]),
            )
            for shown in found["shown"]
        ),
        floats(found["candidates"]["scores"]),
        _stages_of(found["funnel"]),
        None if held_out is None else _placed_of(held_out),
        tuple(_placed_of(placed) for placed in found["watched"]),
        tuple(int(count) for count in scores["counts"]),
        floats(scores["edges"]),
        tuple(map(str, found["visitor"]["unknown_items"])),
        floats(found["vector"]),
        int(found["lists"]),
        drawn,
    )


def _stages_of(found: Document) -> Stages:
    return Stages(
        int(found["catalogue"]),
        int(found["candidates"]),
        int(found["shown"]),
        float(found["vector_ms"]),
        float(found["retrieval_ms"]),
        float(found["ranking_ms"]),
    )


def _placed_of(found: Document) -> Placed:
    place = found["place"]
    return Placed(
        item_of(found["item"]),
        float(found["score"]),
        float(found["rank"]),
        None if place is None else int(place),
        bool(found["watched"]),
    )


# Why ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NearWatch:
    """A watched item: how near it is, and what it ``gives`` to the explained item's score: with it the score is so
    much higher. ``read``: it is recent enough for the network to read it."""

    item: Item
    cosine: float
    gives: float
    read: bool = True


@dataclass(frozen=True, slots=True)
class ExpectedTime:
    """The second stage's ``seconds`` = ``unit`` · e^``z``. ``categories``, ``numbers``: what it reads, by column;
    ``never``: the numbers that are hours since something not watched yet. ``assumed``: columns of which the log says
    nothing. ``true_seconds`` = ``click_rate`` · ``seconds_if_clicked``: the generator's truth."""

    seconds: float
    z: float
    unit: float
    categories: Mapping[str, str]
    numbers: Mapping[str, float]
    never: frozenset[str]
    assumed: frozenset[str]
    true_seconds: float
    click_rate: float
    seconds_if_clicked: float


@dataclass(frozen=True, slots=True)
class Why:
    """``score`` is the sum of ``parts`` (dimensions,); ``rank``: its place by that among all that were not watched.
    ``share``: of the softmax over the whole catalogue. ``decisive``: what does the most to the score, of all watched
    items that are read. ``ordered``: None without a second stage."""

    item: Item
    score: float
    share: float
    cosine: float
    length: float
    parts: tuple[float, ...]
    nearest: tuple[NearWatch, ...]
    decisive: tuple[NearWatch, ...]
    rank: float = 1.0
    watched: bool = False
    ordered: ExpectedTime | None = None


def why_of(found: Document) -> Why:
    """What ``why`` says."""
    score = float(found["score"])
    return Why(
        item_of(found["item"]),
        score,
        float(found["probability"]),
        float(found["cosine"]),
        float(found["length"]),
        floats(found["parts"]),
        _near_of(found["nearest"], score),
        _near_of(found["decisive"], score),
        float(found["rank"]),
        bool(found["watched"]),
        None if found["ordered"] is None else _expected_time_of(found["ordered"]),
    )


def _expected_time_of(found: Document) -> ExpectedTime:
    assumed = found["assumed"]
    return ExpectedTime(
        float(found["seconds"]),
        float(found["z"]),
        float(found["unit"]),
        {str(name): str(value) for name, value in found["categories"].items()},
        {str(name): float(value) for name, value in found["numbers"].items()},
        frozenset(map(str, found["never"])),
        frozenset([*assumed["unknown"], *assumed["hours"], "previous_impressions"]),
        float(found["true_seconds"]),
        float(found["click_rate"]),
        float(found["seconds_if_clicked"]),
    )


def _near_of(found: Sequence[Document], score: float) -> tuple[NearWatch, ...]:
    return tuple(
        NearWatch(item_of(near["item"]), float(near["cosine"]), score - float(near["without"]), bool(near["read"]))
        for near in found
    )


# What each watch does -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a watched item does: without it ``entered`` come into the first places in place of ``dropped``; ``ranks``:
    those of the followed items then; ``moved``: ‖u′ − u‖."""

    entered: tuple[Item, ...]
    dropped: tuple[Item, ...]
    ranks: tuple[float, ...]
    moved: float


@dataclass(frozen=True, slots=True)
class Effects:
    """``top``: how many first places are compared. ``followed``: the item asked for, with its ``rank`` as it is, None
    where none was; it is the first of each one's ``ranks``. ``without``: by the name of the item that is left out."""

    top: int
    followed: Item | None
    rank: float | None
    without: Mapping[str, LeftOut]


def effects_of(found: Document, followed: str | None) -> Effects:
    """What ``what_if`` says, asked with ``followed`` as the item."""
    items = [item_of(item) for item in found["items"]]
    without = {str(watch["item"]): _left_out_of(watch) for watch in found["left_out"]}
    rank = float(found["ranks"][0]) if followed is not None else None
    return Effects(len(found["top"]), items[0] if followed is not None else None, rank, without)


def _left_out_of(found: Document) -> LeftOut:
    return LeftOut(
        tuple(item_of(item) for item in found["entered"]),
        tuple(item_of(item) for item in found["dropped"]),
        floats(found["ranks"]),
        float(found["moved"]),
    )


# What is near ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Neighbour:
    """``rank_there``: its place from 1 among the neighbours in the other table, None where there is no other."""

    item: Item
    cosine: float
    inner: float
    rank_there: float | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The nearest of an item: in the table that u is multiplied with, and in that of histories, None where the network
    has none. ``common``: how many are in both."""

    item: Item
    item_table: tuple[Neighbour, ...]
    history_table: tuple[Neighbour, ...] | None
    common: int | None


@dataclass(frozen=True, slots=True)
class ItemTable:
    """``length``: of its rows, the mean; ``related``: Spearman's correlation of the lengths with how often each item is
    watched."""

    rows: int
    dimensions: int
    length: float
    related: float


def neighbours_of(found: Document) -> Neighbours:
    """What ``neighbours`` says."""
    history, common = found["history_table"], found["common"]
    return Neighbours(
        item_of(found["item"]),
        _neighbours_in(found["item_table"]),
        None if history is None else _neighbours_in(history),
        None if common is None else int(common),
    )


def _neighbours_in(found: Sequence[Document]) -> tuple[Neighbour, ...]:
    return tuple(
        Neighbour(item_of(near["item"]), float(near["cosine"]), float(near["inner"]), near["rank_there"])
        for near in found
    )


def tables_of(found: Document) -> tuple[ItemTable, ...]:
    """What ``tables`` says of the item table and that of histories."""
    tables = [found[name] for name in ("item_table", "history_table") if found[name] is not None]
    return tuple(
        ItemTable(
            int(table["rows"]),
            int(table["dimensions"]),
            *floats((table["lengths"]["mean"], table["lengths"]["with_watches"])),
        )
        for table in tables
    )
