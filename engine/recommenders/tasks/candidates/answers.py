"""What a trained candidate generation answers: a record for each ask, which the asks fill and the window reads. Free of
torch."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from engine.recommenders.answer_types import Number, Numbers
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.judging.metrics import Estimate
from engine.recommenders.running.settings import Training
from engine.recommenders.serving.retrieval import Funnel
from engine.recommenders.tasks.candidates.spec import CandidateSpec
from engine.recommenders.tasks.ranking.answers import Assumed, ExpectedTime

ItemFeature = str | float | None
GROUPS: Final = ("genres", "genre", "topic", "category", "tags")
"""Item features that say what sort an item is, the first that the data have; several sorts are parted by bars."""
YEAR: Final = "year"
ARTICLE_LAST = re.compile(r"(.+), (The|A|An)")


# The network ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LogSizes:
    """``watches``: in all; ``training_watches``: without the held-out ones. ``unwatched_items``: never watched in
    training, so that their vectors have been moved by negatives alone. ``parameters``: trainable numbers."""

    watches: int
    training_watches: int
    held_out: int
    users: int
    items: int
    unwatched_items: int
    parameters: int


@dataclass(frozen=True, slots=True)
class UserCategory:
    """A user feature that the network reads, and the values that training had, the most frequent first; any other is
    unknown."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AboutCandidates:
    """``about``. ``dimensions`` of the user's vector, and of the item vectors that it is multiplied with. ``longest``:
    watches of a history that are read. ``search_tokens``: ids of searches, 0 where none are read. ``updates`` and
    ``epochs``: how far it has been trained. ``tied``: share of the held-out watches that have another at the same
    second."""

    data: RecommenderData
    data_label: str
    notices: tuple[str, ...]
    sizes: LogSizes
    dimensions: int
    longest: int
    search_tokens: int
    categories: tuple[UserCategory, ...]
    titles: bool
    item_features: tuple[str, ...]
    user_features: tuple[str, ...]
    tied: Number
    spec: CandidateSpec
    training: Training
    epochs: int
    updates: int


# Items and users ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CatalogueItem:
    """An item: its name, its title where the data have one, what else is known of it, and how often it is watched in
    the log that the network was trained on."""

    item: str
    title: str | None
    features: Mapping[str, ItemFeature]
    watches: int

    @property
    def name(self) -> str:
        """Its name in the log."""
        return self.item

    @property
    def label(self) -> str:
        """The title as one says it, ``The Matrix`` for a catalogue's ``Matrix, The``; the name where there is none."""
        found = ARTICLE_LAST.fullmatch(self.title or "")
        return f"{found[2]} {found[1]}" if found else self.title or self.item

    @property
    def sorts(self) -> tuple[str, ...]:
        """Its genres; none where the data have none."""
        group = next((self.features[name] for name in GROUPS if self.features.get(name)), "")
        return tuple(part.strip() for part in str(group).split("|") if part.strip())

    @property
    def year(self) -> int | None:
        """The year that it is of, where the data have years."""
        year = self.features.get(YEAR)
        return int(year) if isinstance(year, int | float) and year == year else None


@dataclass(frozen=True, slots=True)
class FoundItems:
    """``search``. ``found``: how many there are in all."""

    found: int
    items: tuple[CatalogueItem, ...]


@dataclass(frozen=True, slots=True)
class ListedUser:
    """``watches`` in training; ``held_out``: whether a last watch is kept to judge on, which takes two in all."""

    user: str
    watches: int
    held_out: bool
    features: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FoundUsers:
    """``users``. ``found``: how many there are in all."""

    found: int
    users: tuple[ListedUser, ...]


@dataclass(frozen=True, slots=True)
class SearchToken:
    """``token``: its id, as ``searches`` takes it. ``searches``: how many there are in training, each before a watch.
    A token that training had none of tells the network nothing."""

    token: int
    text: str
    searches: int


@dataclass(frozen=True, slots=True)
class FoundTokens:
    """``tokens``. ``found``: how many there are in all."""

    found: int
    tokens: tuple[SearchToken, ...]


@dataclass(frozen=True, slots=True)
class LoggedWatch:
    """``time``: in seconds since 1970, or 0, 1, 2, … where the log has no times. ``extras``: further numbers of the
    watch, such as its rating."""

    item: CatalogueItem
    time: int
    extras: Mapping[str, Number]

    @property
    def seconds(self) -> float | None:
        """For how long it was watched, where the log says so."""
        return self.extras.get("watch_seconds")


@dataclass(frozen=True, slots=True)
class LoggedUser:
    """``user``. ``history``: the watches without the held-out one, the latest last, of which the network reads the last
    ``read``. ``held_out``: the last watch, if there are two or more; any, where the network was trained so.
    ``features``: all that the log says of the user; ``categories``: those that the network reads. ``searches``: what
    the user searched for before the held-out watch, as far as the network reads it."""

    user: str
    history: tuple[LoggedWatch, ...]
    held_out: LoggedWatch | None
    read: int
    features: Mapping[str, str]
    categories: Mapping[str, str]
    searches: tuple[SearchToken, ...]


# A list ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ShownVisitor:
    """Whom an answer is about. ``history``: of the ``watches``, those that the network reads, the latest last.
    ``held_out_read``: whether the user's held-out watch is among the watches, null where none is held out.
    ``categories``: that the network reads, as far as they are said. ``unknown_items``, of all watches, and
    ``unknown_categories``: what was not said or what training did not have, which goes to the bucket for unknown ones.
    """

    user: str | None
    watches: int
    history: tuple[CatalogueItem, ...]
    held_out_read: bool | None
    unknown_items: tuple[str, ...]
    categories: Mapping[str, str]
    unknown_categories: tuple[str, ...]
    searches: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListedItem:
    """``place``: from 1. ``score``: by which it is shown there, v·u or, with a ranker, the seconds that it is expected
    to be watched. ``inner``: v·u, and ``candidate``: its place by it."""

    place: int
    item: CatalogueItem
    score: Number
    inner: Number
    candidate: int


@dataclass(frozen=True, slots=True)
class CandidateScores:
    """What retrieval found, best first: names and v·u."""

    items: tuple[str, ...]
    scores: Numbers


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item wherever it stands: ``rank`` from 1 by v·u among all that were not watched, ties in their middle.
    ``place``: where it is shown, if it is. ``watched``: it was, and so is not recommended again; its rank is then the
    one that it would have if it were."""

    item: CatalogueItem
    score: Number
    rank: Number
    place: int | None
    watched: bool


@dataclass(frozen=True, slots=True)
class ScoreHistogram:
    """How many items of the whole catalogue have which score; ``counts`` (bins,), ``edges`` (bins + 1,). ``least``: the
    score of the last candidate."""

    counts: tuple[int, ...]
    edges: Numbers
    least: float | None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """``recommend``. ``vector``: u, (dimensions,), and its ``length``. ``watched``: by score, the best of them first.
    ``held_out``: where the watch stands that is kept to judge on, for a user of the log; ``drawn``: it is one drawn at
    random, and not the last. ``lists``: of the index that was searched, 0 where it scans every item. ``assumed``: what
    the second stage would have to know of the visitor and does not, null without one."""

    visitor: ShownVisitor
    vector: Numbers
    length: Number
    shown: tuple[ListedItem, ...]
    candidates: CandidateScores
    funnel: Funnel
    held_out: PlacedItem | None
    watched: tuple[PlacedItem, ...]
    items: tuple[PlacedItem, ...]
    scores: ScoreHistogram
    lists: int
    assumed: Assumed | None
    drawn: bool = False

    @property
    def ranked(self) -> bool:
        """Whether the shown ones are in the order of expected seconds: else it is that of v·u."""
        return any(shown.score != shown.inner for shown in self.shown)


# Why ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NearWatch:
    """A watched item: the ``cosine`` of its row of the item table with the explained item's, and the score ``without``
    any watch of it. Near is not the same as decisive: the tower reads the history by another table. ``read``: a watch
    of it is recent enough for the network to read it; without one that is not, the score is the same."""

    item: CatalogueItem
    cosine: Number
    without: Number
    read: bool


@dataclass(frozen=True, slots=True)
class WhyItem:
    """``why``. ``score`` = v·u = Σ ``parts``, and nothing else: the score has no bias and no part for popularity, which
    shows in v itself. ``probability``: the softmax's, e^(v·u) ÷ Σ e^(vⱼ·u) over the whole catalogue.

    ``parts`` (dimensions,): vₖ uₖ, of ``item_vector`` v and ``user_vector`` u. ``cosine``: between the two.
    ``popularity``: the item's place from 1 by watches in training. ``with_popularity`` (dimensions,): how far each
    dimension of all items tells how popular they are, as the correlation of the vₖ with log(1 + watches).

    ``decisive``: of all that the network reads, the watched items without which the score differs most, most first.
    ``ordered``: the second stage's seconds of it, whether or not it is fetched; null without a ranker.
    """

    item: CatalogueItem
    score: Number
    rank: Number
    watched: bool
    probability: Number
    cosine: Number
    length: Number
    user_length: Number
    parts: Numbers
    item_vector: Numbers
    user_vector: Numbers
    popularity: int
    with_popularity: Numbers
    nearest: tuple[NearWatch, ...]
    decisive: tuple[NearWatch, ...]
    ordered: ExpectedTime | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """All watches of one item are left out, also in that it may be recommended again, as in a fresh query.

    ``known``: the catalogue has it. ``scores`` and ``ranks`` (n,): of the followed items. ``entered``: what comes into
    the first places, and ``dropped`` what leaves them. ``moved``: how far u moves, ‖u′ − u‖.
    """

    item: str
    title: str | None
    known: bool
    scores: Numbers
    ranks: Numbers
    entered: tuple[CatalogueItem, ...]
    dropped: tuple[CatalogueItem, ...]
    moved: Number


@dataclass(frozen=True, slots=True)
class WhatIf:
    """``what_if``. ``items`` (n,): those followed, the item asked for first, then the ``top`` ones; ``scores`` and
    ``ranks`` (n,): theirs as it is. ``left_out``: in the history's order, the latest last. ``unread``: watched so long
    ago that the network does not read it; without it u is the same."""

    items: tuple[CatalogueItem, ...]
    top: tuple[str, ...]
    scores: Numbers
    ranks: Numbers
    left_out: tuple[LeftOut, ...]
    unread: tuple[str, ...]


# What is near ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Neighbour:
    """``rank_there``: its place from 1 among the neighbours in the other table, null where there is no other."""

    item: CatalogueItem
    cosine: Number
    inner: Number
    rank_there: float | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """``neighbours``. ``item_table``: in V, which a user's vector is multiplied with; ``history_table``: in the one
    that histories are averaged from, null where the network has none. ``common``: how many are in both lists."""

    item: CatalogueItem
    item_table: tuple[Neighbour, ...]
    history_table: tuple[Neighbour, ...] | None
    common: int | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """An item's vector, (dimensions,), and its length."""

    item: CatalogueItem
    vector: Numbers
    length: Number


@dataclass(frozen=True, slots=True)
class RowLengths:
    """Of all rows: ``quantiles`` at 0, ¼, ½, ¾ and 1, a histogram as ``counts`` (bins,) and ``edges`` (bins + 1,), and
    Spearman's correlation with how often each item is watched, nan where one of the two does not vary."""

    mean: Number
    quantiles: Numbers
    counts: tuple[int, ...]
    edges: Numbers
    with_watches: Number


@dataclass(frozen=True, slots=True)
class ItemTableView:
    """``name``: the table's, ``block``: the block of the graph that owns it, ``rows`` and ``dimensions``: its shape.
    ``first``: which row is item 0: one is for unknown items where it is 1."""

    name: str
    block: str
    rows: int
    dimensions: int
    first: int
    lengths: RowLengths
    shown: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class ItemTables:
    """``tables``. ``item_table``: V, a row of which is multiplied with u. ``history_table``: the one that histories are
    averaged from, and ``latest_table``, that the latest few watches are; null where the network has none."""

    item_table: ItemTableView
    history_table: ItemTableView | None
    latest_table: ItemTableView | None


@dataclass(frozen=True, slots=True)
class MappedItems:
    """``item_map``. ``items``, ``titles`` and ``watches`` (n,), and ``features`` by name, (n,) each, to colour by.
    ``points`` (n, components). ``shares`` (components,): of the variance of these items' vectors. ``of``: items in all.

    ``dimensions``: of the vectors. ``vectors`` (n, 2): these themselves where that is two, neither turned nor centred,
    so that the plane that is shown is all that there is and an inner product can be read off it; else null.

    ``measure``: scores are inner products, so that what lies further along u's direction scores higher; what lies near
    u need not. Points and vectors are arrays, of which JSON has lists.
    """

    items: tuple[str, ...]
    titles: tuple[str | None, ...]
    watches: tuple[int, ...]
    features: Mapping[str, tuple[ItemFeature, ...]]
    points: Any
    shares: Numbers
    of: int
    measure: str
    dimensions: int
    vectors: Any

    @property
    def catalogue_items(self) -> tuple[CatalogueItem, ...]:
        """The items, a record each."""
        rows = zip(self.items, self.titles, self.watches, *self.features.values(), strict=True)
        return tuple(
            CatalogueItem(name, title, dict(zip(self.features, features, strict=True)), watches)
            for name, title, watches, *features in rows
        )


@dataclass(frozen=True, slots=True)
class MappedItem:
    """An item of the catalogue on the map, (components,). ``vector``: as ``vectors`` of ``item_map``."""

    item: str
    point: Numbers
    vector: Numbers | None


@dataclass(frozen=True, slots=True)
class PlaceOnMap:
    """``place``. ``of``: the ``user vector``, which is of the item table's space, or on the map of the history's table
    the ``mean of the history``, null for an empty one. ``point`` (components,): where it lies as a vector among the
    others. ``direction`` (components,): in which inner products with it grow; ``visible``: the share of its squared
    length that lies in the map, the rest being out of sight. ``length``: of the whole vector. ``vector`` (2,): itself,
    where it has two numbers, as ``vectors`` of ``item_map`` are; else null."""

    of: Literal["user vector", "mean of the history"]
    point: Numbers | None
    direction: Numbers | None
    visible: float | None
    length: float | None
    items: tuple[MappedItem, ...]
    measure: str
    vector: Numbers | None


# What it is worth -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SearchTime:
    """``recall``: share of the true ``k`` best that is found, over all users that were asked for. ``milliseconds``: of
    one search, the median. ``probes``: lists looked into."""

    probes: int
    recall: Number
    milliseconds: Number


@dataclass(frozen=True, slots=True)
class Retrieval:
    """``retrieval``. ``used``: what answers a ``query``, the exact scan up to ``exact_up_to`` items. ``exact``: the
    scan, in milliseconds. ``lists``: how many there are, and ``served``: with as many probes as the index has chosen,
    exact answers included for whom they hold too few. ``curve``: by the number of probes, without those."""

    used: Literal["exact", "lists"]
    exact_up_to: int
    items: int
    users: int
    k: int
    exact: Number
    lists: int
    served: SearchTime
    curve: tuple[SearchTime, ...]


@dataclass(frozen=True, slots=True)
class RecommenderFigures:
    """``figures``: by name, such as ``HR@50``, each a mean over all users with its standard error. ``missed``: share of
    the users whose item could not be recommended at all. ``median_rank``: half of the users' items come no later."""

    who: str
    figures: Mapping[str, Estimate]
    missed: Number
    median_rank: Number


@dataclass(frozen=True, slots=True)
class FigureDifferences:
    """A recommender's figures minus another's, user by user, with the standard error of that difference: what is hard
    for both cancels, so that this tells them apart where the figures' own errors overlap."""

    who: str
    minus: str
    figures: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Evaluated:
    """``evaluate``. ``users``: with a held-out watch, each counting the same. ``catalogue``: items ranked for each,
    less what they have watched. ``tied``: share of the held-out watches that have another at the same second;
    ``repeated``: of what was watched before, which is never recommended. ``recommenders``: the network first;
    ``differences``: the network minus each of the others."""

    users: int
    catalogue: int
    tied: Number
    repeated: Number
    recommenders: tuple[RecommenderFigures, ...]
    differences: tuple[FigureDifferences, ...]


HeldOut = Literal["last", "random"]


@dataclass(frozen=True, slots=True)
class SplitFigures:
    """One way to hold a watch of each user out. ``tied``: share of these with another at the same second; ``repeated``:
    of what the user watches besides, which is never recommended. ``seed``: of random ones. ``recommenders``: those
    fitted to what is left, and the networks that were trained on just that.

    ``later``: share of a user's other watches that came after the held-out one, the mean over the users: what whoever
    learns from them knows of the future.
    """

    held_out: HeldOut
    seed: int | None
    users: int
    tied: Number
    repeated: Number
    later: Number
    recommenders: tuple[RecommenderFigures, ...]


@dataclass(frozen=True, slots=True)
class SplitStudy:
    """``split_study``. ``networks``: which way each network was trained, by the name that it has among the
    recommenders."""

    splits: tuple[SplitFigures, ...]
    networks: Mapping[str, HeldOut]
