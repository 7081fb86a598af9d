"""What the network knows: items, users and search tokens, its two item tables, and what is near in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from engine.graph.naming import name_of
from engine.problems import EngineError
from engine.recommenders.data.sources import data_source
from engine.recommenders.serving.asking import Ask, Parameters
from engine.recommenders.serving.retrieval import Vectors
from engine.recommenders.tasks.candidates.answers import (
    AboutCandidates,
    FoundItems,
    FoundTokens,
    FoundUsers,
    ItemTables,
    ItemTableView,
    ListedUser,
    LoggedUser,
    LoggedWatch,
    LogSizes,
    Neighbour,
    Neighbours,
    RowLengths,
    SearchToken,
    TableRow,
    UserCategory,
)
from engine.recommenders.tasks.candidates.graph import HISTORY, LATEST
from engine.recommenders.tasks.candidates.opened import TITLE, Indices, OpenedCandidates, cosines, lengths_of
from engine.recommenders.tasks.candidates.ranks import Standing


def tell_about(opened: OpenedCandidates, parameters: Parameters) -> AboutCandidates:
    """What the checkpoint and its log say of themselves."""
    task, log, spec = opened.task, opened.log, opened.model.columns.spec
    known, cursor = opened.model.columns.vocabularies, opened.checkpoint.cursor
    return AboutCandidates(
        data=task.data,
        data_label=data_source(task.data.source).label,
        notices=tuple(notice.sentence for notice in task.notices),
        sizes=_sizes(opened),
        dimensions=opened.network.plan.output.width,
        longest=spec.history,
        search_tokens=opened.search_tokens,
        categories=tuple(UserCategory(name, tuple(known[name].names)) for name in spec.categories),
        titles=TITLE in log.item_features,
        item_features=tuple(name for name in log.item_features if name != TITLE),
        user_features=tuple(log.user_features),
        tied=task.split.tied,
        spec=spec,
        training=opened.checkpoint.training,
        epochs=cursor.epoch,
        updates=cursor.updates,
    )


def _sizes(opened: OpenedCandidates) -> LogSizes:
    return LogSizes(
        watches=len(opened.log),
        training_watches=len(opened.train),
        held_out=len(opened.task.split.users),
        users=opened.log.user_count,
        items=opened.log.item_count,
        unwatched_items=int((opened.watches == 0).sum()),
        parameters=opened.network.parameter_count(),
    )


ABOUT = Ask("about", "the data, the sizes, and what is known of users and items", Parameters, tell_about)


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


SHOWN = 5


class TablesParameters(Parameters):
    """``items``: whose rows are shown; without any, those of the most watched."""

    items: Annotated[tuple[str, ...], Field(max_length=200)] = Field(default=(), description="items to show")
    bins: int = Field(default=40, ge=1, le=1000, description="bins of the histogram of lengths")


def view_tables(opened: OpenedCandidates, parameters: TablesParameters) -> ItemTables:
    """All of them. Raises EngineError for an unknown item."""
    some = [opened.item(name) for name in parameters.items] or opened.by_popularity[:SHOWN].tolist()
    views = _Views(opened, some, parameters.bins)
    return ItemTables(
        views.of(opened.network.plan.output.id, "V", 0, opened.items), views.pooled(HISTORY), views.pooled(LATEST)
    )


@dataclass(frozen=True, slots=True)
class _Views:
    """How a table is shown: with the rows of ``some`` items, and so many ``bins``."""

    opened: OpenedCandidates
    some: Sequence[int]
    bins: int

    def pooled(self, column: str) -> ItemTableView | None:
        """The table that a column of watched items is averaged from; an edited graph need not have one."""
        model, network = self.opened.model, self.opened.network
        try:
            at, node = model.history_node(network, column)
        except EngineError:
            return None
        return self.of(node.id, "W", sum(node.in_widths[:at]) + 1, model.history_vectors(network, column))

    def of(self, block: str, name: str, first: int, vectors: Vectors) -> ItemTableView:
        """The table ``name`` of a block, of which ``vectors`` (items, dimensions) are the items' rows."""
        opened, lengths = self.opened, lengths_of(vectors)
        rows, dimensions = opened.network.tables[block, name].shape
        return ItemTableView(
            name,
            name_of(opened.network.graph, block),
            int(rows),
            int(dimensions),
            first,
            _lengths(lengths, opened.watches, self.bins),
            tuple(
                TableRow(opened.shown(item), tuple(vectors[item].tolist()), float(lengths[item])) for item in self.some
            ),
        )


def _lengths(lengths: Vectors, watches: Indices, bins: int) -> RowLengths:
    from scipy.stats import spearmanr  # half a second, which opening a network need not take

    counts, edges = np.histogram(lengths, bins)
    varies = np.ptp(lengths) > 0.0 and np.ptp(watches) > 0
    related = float(spearmanr(lengths, watches).statistic) if varies else float("nan")
    quantiles = np.quantile(lengths.astype(np.float64), np.linspace(0.0, 1.0, 5))
    mean = float(lengths.mean(dtype=np.float64))
    return RowLengths(mean, tuple(quantiles.tolist()), tuple(counts.tolist()), tuple(edges.tolist()), related)


TABLES = Ask("tables", "the item tables by name, shape, lengths and a few rows", TablesParameters, view_tables)


class NeighboursParameters(Parameters):
    """Near by ``cosine``, or by ``inner`` product, where long vectors win."""

    item: str = Field(description="the item whose neighbours are wanted")
    count: int = Field(default=10, ge=1, le=1000, description="neighbours in each table")
    by: Literal["cosine", "inner"] = Field(default="cosine", description="what makes two items near")


@dataclass(frozen=True, slots=True)
class _Measured:
    """One table's nearness to the item: both measures of all items, and the order by the one asked for."""

    cosine: Vectors
    inner: Vectors
    standing: Standing
    best: Sequence[int]


def find_neighbours(opened: OpenedCandidates, parameters: NeighboursParameters) -> Neighbours:
    """The nearest in both tables. Raises EngineError for an unknown item."""
    item = opened.item(parameters.item)
    ours = _measured(opened.items, opened.norms, item, parameters)
    try:
        history = _measured(opened.model.history_vectors(opened.network), opened.history_norms, item, parameters)
    except EngineError:  # an edited graph need not read histories
        return Neighbours(opened.shown(item), _list(opened, ours, None), None, None)
    common = len(set(ours.best) & set(history.best))
    return Neighbours(opened.shown(item), _list(opened, ours, history), _list(opened, history, ours), common)


def _measured(table: Vectors, lengths: Vectors, item: int, parameters: NeighboursParameters) -> _Measured:
    near, inner = cosines(table, lengths, table[item]), table @ table[item]
    by = near if parameters.by == "cosine" else inner
    # A vector of zeros is near nothing; nan would be in nobody's order.
    standing = Standing(np.where(np.isnan(by), np.float32(-np.inf), by), np.array([item]))
    return _Measured(near, inner, standing, standing.best(parameters.count).tolist())


def _list(opened: OpenedCandidates, here: _Measured, there: _Measured | None) -> tuple[Neighbour, ...]:
    items = np.array(here.best, np.int64)
    ranks = [None] * len(items) if there is None else there.standing.ranks(items).tolist()
    return tuple(
        Neighbour(opened.shown(item), float(here.cosine[item]), float(here.inner[item]), rank)
        for item, rank in zip(here.best, ranks, strict=True)
    )


NEIGHBOURS = Ask(
    "neighbours", "what is near an item in each of the two item tables", NeighboursParameters, find_neighbours
)
