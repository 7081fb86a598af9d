"""What a network of candidate generation answers, as the views take it: a record for each ask.

Fields are named and placed as in the answer; :func:`at` says where one is that has another name here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator

from app.kit.numbers import grouped
from app.workspaces.recommender.answers import Document, Number, Numbers, at
from app.workspaces.recommender.map.content import HUES

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
    """Return an item, as every ask tells it."""
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


AnsweredItem = Annotated[Item, BeforeValidator(item_of)]


@dataclass(frozen=True, slots=True)
class FoundItems:
    """``search``: how many in all, and some."""

    found: int
    items: tuple[AnsweredItem, ...]


# Users ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Watch:
    """``time``: in seconds since 1970, or a place in the order where the log has no times. ``seconds``: for how long,
    None where the log does not say."""

    item: AnsweredItem
    time: int
    seconds: Annotated[float | None, at("extras", "watch_seconds")] = None


@dataclass(frozen=True, slots=True)
class Token:
    """What can be searched for, and the id by which it is asked about."""

    key: Annotated[int, at("token")]
    text: str


@dataclass(frozen=True, slots=True)
class FoundTokens:
    """``tokens``: how many in all, and some."""

    found: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class User:
    """``user``. ``watches``: before the held-out one, the latest last. ``categories`` and ``searches``: those that the
    network reads."""

    name: Annotated[str, at("user")]
    watches: Annotated[tuple[Watch, ...], at("history")]
    held_out: Watch | None
    categories: Mapping[str, str] = field(default_factory=dict)
    searches: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedUser:
    """A user to choose: how many watches they have in training."""

    name: Annotated[str, at("user")]
    watches: int


@dataclass(frozen=True, slots=True)
class FoundUsers:
    """``users``: how many in all, and some."""

    found: int
    users: tuple[ListedUser, ...]


# The network ----------------------------------------------------------------------------------------------------------


RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Category:
    """A user feature that the network reads; of its ``values`` it knows these, the most frequent first."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowFacts:
    """``about``: network and data. ``longest``: watches of a history that are read; ``held_out``: ``last`` or
    ``random``, the watch that was kept from training; ``events``, ``items``, ``users``: sizes. ``categories``: of a
    user; ``searches``: whether the network reads any. ``latest``: so many of the last watches are read by themselves
    too; all else of a history is a mean, in which the order does not count."""

    data: Annotated[str, at("data_label")]
    users: Annotated[int, at("sizes", "users")]
    items: Annotated[int, at("sizes", "items")]
    events: Annotated[int, at("sizes", "watches")]
    dimensions: int
    longest: int
    held_out: Annotated[str, at("spec", "held_out")]
    tied: Number
    titles: bool
    categories: tuple[Category, ...]
    searches: Annotated[bool, at("search_tokens"), BeforeValidator(bool)]
    latest: Annotated[int, at("spec", "latest")] = 0

    @property
    def drawn(self) -> bool:
        """Whether the watch that was kept from training is one drawn at random."""
        return self.held_out == RANDOM


# A list ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A place of the list, from 1; ``score``: by which it stands there; ``inner``: v·u, and ``candidate`` its place by
    that."""

    place: int
    item: AnsweredItem
    score: Number
    inner: Number
    candidate: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An item wherever it stands; ``rank`` from 1 among all that were not watched, by v·u; ``place``: in the list."""

    item: AnsweredItem
    score: Number
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
    """``recommend``: ``counts`` (bins,) of the whole catalogue's scores between ``edges`` (bins + 1,). ``candidates``:
    their scores, best first. ``watched``: those watched, by score, best first. ``unknown``: watched items that the
    network never saw. ``vector``: u, (dimensions,). ``lists``: of the index that was searched, 0 for a scan of all
    items. ``drawn``: the watch that was held out is one drawn at random, and not the next one."""

    shown: tuple[ListedItem, ...]
    candidates: Annotated[Numbers, at("candidates", "scores")]
    stages: Annotated[Stages, at("funnel")]
    held_out: Placed | None
    watched: tuple[Placed, ...]
    counts: Annotated[tuple[int, ...], at("scores", "counts")]
    edges: Annotated[Numbers, at("scores", "edges")]
    unknown: Annotated[tuple[str, ...], at("visitor", "unknown_items")]
    vector: Numbers
    lists: int = 0
    drawn: bool = False

    @property
    def ranked(self) -> bool:
        """Whether the shown ones are in the order of expected seconds: else it is that of v·u."""
        return any(shown.score != shown.inner for shown in self.shown)


def rank_text(rank: float) -> str:
    """A place from 1; between two where items are tied."""
    return grouped(rank, 0 if rank == int(rank) else 1)


# Why ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NearWatch:
    """A watched item: how near it is, and the explained item's score ``without`` it. ``read``: it is recent enough for
    the network to read it."""

    item: AnsweredItem
    cosine: Number
    without: Number
    read: bool = True


def _assumed(found: Document) -> frozenset[str]:
    return frozenset([*found["unknown"], *found["hours"], "previous_impressions"])


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
    assumed: Annotated[frozenset[str], BeforeValidator(_assumed)]
    true_seconds: float
    click_rate: float
    seconds_if_clicked: float


@dataclass(frozen=True, slots=True)
class Why:
    """``why``: ``score`` is the sum of ``parts`` (dimensions,); ``rank``: its place by that among all that were not
    watched. ``share``: of the softmax over the whole catalogue. ``decisive``: what does the most to the score, of all
    watched items that are read. ``ordered``: None without a second stage."""

    item: AnsweredItem
    score: Number
    share: Annotated[Number, at("probability")]
    cosine: Number
    length: Number
    parts: Numbers
    nearest: tuple[NearWatch, ...]
    decisive: tuple[NearWatch, ...]
    rank: float = 1.0
    watched: bool = False
    ordered: ExpectedTime | None = None


# What each watch does -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a watched item does: without it ``entered`` come into the first places in place of ``dropped``; ``ranks``:
    those of the followed items then; ``moved``: ‖u′ − u‖."""

    entered: tuple[AnsweredItem, ...]
    dropped: tuple[AnsweredItem, ...]
    ranks: Numbers
    moved: Number
    item: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """``what_if``: ``items``: those followed, with their ``ranks`` as it is: the one asked for, if any, and the ``top``
    ones."""

    items: tuple[AnsweredItem, ...]
    top: tuple[str, ...]
    ranks: Numbers
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """``top``: how many first places are compared. ``followed``: the item asked for, with its ``rank`` as it is, None
    where none was; it is the first of each one's ``ranks``. ``without``: by the name of the item that is left out."""

    top: int
    followed: Item | None
    rank: float | None
    without: Mapping[str, LeftOut]


def effects_of(found: WhatIf, *, followed: bool) -> Effects:
    """Return what each watch does; ``followed``: it was asked with an item."""
    without = {left.item: left for left in found.left_out}
    item, rank = (found.items[0], found.ranks[0]) if followed else (None, None)
    return Effects(len(found.top), item, rank, without)


# What is near ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Neighbour:
    """``rank_there``: its place from 1 among the neighbours in the other table, None where there is no other."""

    item: AnsweredItem
    cosine: Number
    inner: Number
    rank_there: float | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``neighbours``: the nearest of an item in the table that u is multiplied with, and in that of histories, None
    where the network has none. ``common``: how many are in both."""

    item: AnsweredItem
    item_table: tuple[Neighbour, ...]
    history_table: tuple[Neighbour, ...] | None
    common: int | None


@dataclass(frozen=True, slots=True)
class ItemTable:
    """``length``: of its rows, the mean; ``related``: Spearman's correlation of the lengths with how often each item is
    watched."""

    rows: int
    dimensions: int
    length: Annotated[Number, at("lengths", "mean")]
    related: Annotated[Number, at("lengths", "with_watches")]


@dataclass(frozen=True, slots=True)
class ItemTables:
    """``tables``: the item table, and that of histories, None where the network has none."""

    item_table: ItemTable
    history_table: ItemTable | None


@dataclass(frozen=True, slots=True)
class MappedItems:
    """``item_map``: names, titles, watches and features of the most watched items. ``points`` (n, directions),
    ``shares`` (directions,); ``of``: items in all."""

    items: tuple[str, ...]
    titles: tuple[str | None, ...]
    watches: tuple[int, ...]
    features: Mapping[str, Sequence[Any]]
    points: Any
    shares: Numbers
    of: int


@dataclass(frozen=True, slots=True)
class PlaceOnMap:
    """``place``: where somebody is; None for nowhere."""

    point: Numbers | None


# What it is worth -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Probed:
    """So many lists looked into: the share of the true best that is found, and the milliseconds of one search."""

    probes: int
    recall: float
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Retrieval:
    """``retrieval``: ``exact_up_to``: with more items a query outside the window looks into lists. ``exact``:
    milliseconds of a scan; ``lists`` in all; ``served``: as many as the index would look into."""

    exact_up_to: int
    users: int
    k: int
    exact: float
    lists: int
    served: Probed
    curve: tuple[Probed, ...]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over all users and its standard error, each None where it is not known."""

    value: float | None
    error: float | None


Share = Annotated[float, BeforeValidator(lambda value: value or 0.0)]
"""A share of nothing is none."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A recommender's figures by name, such as ``HR@50``; less those of another (``minus``)."""

    figures: Mapping[str, Estimate]
    who: str = ""
    minus: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``evaluate``: the network and simpler models on the watches that were held out."""

    users: int
    catalogue: int
    tied: Share
    repeated: Share
    recommenders: tuple[Figures, ...]
    differences: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class SplitFigures:
    """One way to hold a watch out; ``later``: share of a user's other watches that come after it."""

    held_out: str
    users: int
    repeated: Share
    later: Share
    recommenders: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class SplitStudy:
    """``split_study``."""

    splits: tuple[SplitFigures, ...]


class Hues:
    """Which sort has which colour; with no items given, or items without sorts, nothing has one."""

    def __init__(self, items: Sequence[Item] = ()) -> None:
        common = Counter(item.sorts[0] for item in items if item.sorts).most_common(len(HUES))
        self.sorts: tuple[str, ...] = tuple(sort for sort, _ in common)
        counted = Counter(kind for item in items if (kind := self.kind(item)) is not None)
        self.sorts = tuple(sorted(self.sorts, key=lambda sort: -counted[sort]))

    def __bool__(self) -> bool:
        return bool(self.sorts)

    def kind(self, item: Item) -> str | None:
        """The first of an item's sorts that has a colour."""
        return next((sort for sort in item.sorts if sort in self.sorts), None)

    def ink(self, item: Item) -> str:
        """The ink of an item's colour; none where the data have no sorts."""
        kind = self.kind(item)
        if kind is None:
            return "text_muted" if self else ""
        return f"series {HUES[self.sorts.index(kind)]} of 99"  # of so many layers none is the last, which is orange
