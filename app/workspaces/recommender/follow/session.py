"""Whom the page follows: their history and its edits, what is asked about it, and what has been answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand

from app.kit.numbers import grouped
from app.kit.undo_stack import UndoStack
from app.workspaces.recommender.answers import Answers
from app.workspaces.recommender.map.scene import HUES
from engine.recommenders.judging.standing import judged_lengths
from engine.recommenders.tasks.candidates.answers import (
    AboutCandidates,
    CatalogueItem,
    FoundItems,
    FoundTokens,
    FoundUsers,
    ItemTables,
    LeftOut,
    ListedUser,
    LoggedUser,
    Neighbours,
    Recommendation,
    SearchToken,
    WhatIf,
    WhyItem,
)


def rank_text(rank: float) -> str:
    """Return a place from 1; between two where items are tied."""
    return grouped(rank, 0 if rank == int(rank) else 1)


@dataclass(frozen=True, slots=True)
class WatchEffects:
    """``top``: how many first places are compared. ``followed``: the item asked for, with its ``rank`` as it is, None
    where none was; it is the first of each one's ``ranks``. ``without``: by the name of the item that is left out."""

    top: int
    followed: CatalogueItem | None
    rank: float | None
    without: Mapping[str, LeftOut]


def effects_of(found: WhatIf, *, followed: bool) -> WatchEffects:
    """Return what each watch does; ``followed``: it was asked with an item."""
    without = {left.item: left for left in found.left_out}
    item, rank = (found.items[0], found.ranks[0]) if followed else (None, None)
    return WatchEffects(len(found.top), item, rank, without)


class Hues:
    """Which sort has which colour; with no items given, or items without sorts, nothing has one."""

    def __init__(self, items: Sequence[CatalogueItem] = ()) -> None:
        common = Counter(item.sorts[0] for item in items if item.sorts).most_common(len(HUES))
        self.sorts: tuple[str, ...] = tuple(sort for sort, _ in common)
        counted = Counter(kind for item in items if (kind := self.kind(item)) is not None)
        self.sorts = tuple(sorted(self.sorts, key=lambda sort: -counted[sort]))

    def __bool__(self) -> bool:
        return bool(self.sorts)

    def kind(self, item: CatalogueItem) -> str | None:
        """The first of an item's sorts that has a colour."""
        return next((sort for sort in item.sorts if sort in self.sorts), None)

    def ink(self, item: CatalogueItem) -> str:
        """The ink of an item's colour; none where the data have no sorts."""
        kind = self.kind(item)
        if kind is None:
            return "text_muted" if self else ""
        return f"series {HUES[self.sorts.index(kind)]} of 99"  # of so many none is the last, which looks like a sign


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One watch. ``time``: as the log has it, None for what was added by hand. A ``removed`` one stays in its place,
    struck, so that it can be put back."""

    item: CatalogueItem
    time: int | None = None
    removed: bool = False

    @property
    def added(self) -> bool:
        """Whether it was added by hand."""
        return self.time is None


@dataclass(frozen=True, slots=True)
class UserProfile:
    """What the network reads of somebody besides what they watched: ``categories`` by name, None or absent where they
    are unknown, and ``searches``, the latest last."""

    categories: Mapping[str, str | None] = field(default_factory=dict)
    searches: tuple[SearchToken, ...] = ()

    def with_category(self, name: str, value: str | None) -> UserProfile:
        """With another value, or none."""
        return replace(self, categories={**self.categories, name: value})

    def differs(self, other: UserProfile) -> int:
        """In how many things two are not alike."""
        names = {*self.categories, *other.categories}
        said = sum(self.categories.get(name) != other.categories.get(name) for name in names)
        return said + len(set(self.searches) ^ set(other.searches))


@dataclass(frozen=True, slots=True)
class WatchHistory:
    """``entries``: the latest first. Each edit gives another history."""

    entries: tuple[HistoryEntry, ...] = ()
    profile: UserProfile = UserProfile()

    @property
    def names(self) -> tuple[str, ...]:
        """The items that count, the latest last, as they are asked about."""
        return tuple(entry.item.name for entry in reversed(self.entries) if not entry.removed)

    @property
    def kept(self) -> int:
        """How many count."""
        return sum(not entry.removed for entry in self.entries)

    @property
    def added(self) -> int:
        """How many were added by hand and count."""
        return sum(entry.added and not entry.removed for entry in self.entries)

    @property
    def removed(self) -> int:
        """How many of the log's were taken out."""
        return sum(entry.removed and not entry.added for entry in self.entries)

    @property
    def watches(self) -> Mapping[str, int]:
        """How often each item that counts was watched, by its name."""
        return Counter(entry.item.name for entry in self.entries if not entry.removed)

    def read(self, longest: int) -> frozenset[int]:
        """The rows that a network with so long a memory reads: the latest that count."""
        counting = [row for row, entry in enumerate(self.entries) if not entry.removed]
        return frozenset(counting[:longest])

    def with_item(self, item: CatalogueItem) -> WatchHistory:
        """The item watched just now."""
        return replace(self, entries=(HistoryEntry(item), *self.entries))

    def with_removed(self, row: int, removed: bool) -> WatchHistory:
        """One taken out, or put back."""
        entries = list(self.entries)
        entries[row] = replace(entries[row], removed=removed)
        return replace(self, entries=tuple(entries))

    def without(self, name: str) -> WatchHistory:
        """Every watch of an item taken out."""
        gone = (replace(entry, removed=True) if entry.item.name == name else entry for entry in self.entries)
        return replace(self, entries=tuple(gone))

    def moved(self, row: int, to: int) -> WatchHistory:
        """One moved so that it stands at ``to``."""
        entries = list(self.entries)
        entries.insert(to, entries.pop(row))
        return replace(self, entries=tuple(entries))


def history_of(user: LoggedUser) -> WatchHistory:
    """A user's history as the log has it."""
    entries = tuple(HistoryEntry(watch.item, watch.time) for watch in reversed(user.history))
    return WatchHistory(entries, UserProfile(dict(user.categories), user.searches))


@dataclass(frozen=True, slots=True)
class EditedHistory:
    """A ``history``, of a ``user`` of the log, None for one's own; ``logged``: as it was before any edit."""

    history: WatchHistory = WatchHistory()
    logged: WatchHistory = WatchHistory()
    user: LoggedUser | None = None


class HistoryDocument(QObject):
    """The history that is edited. ``user_changed``: it is another user's; ``changed(str)``: it is another; what has
    been done, in words, empty for the beginning."""

    user_changed = Signal()
    changed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.stack = UndoStack(self)
        self._state = EditedHistory()

    @property
    def history(self) -> WatchHistory:
        """The history as it is edited."""
        return self._state.history

    @property
    def user(self) -> LoggedUser | None:
        """Whose it is; None for one's own."""
        return self._state.user

    @property
    def edited(self) -> bool:
        """Whether it is not as in the log any more."""
        return self.history != self._state.logged

    @property
    def said(self) -> int:
        """How many things are said otherwise of somebody than in the log."""
        return self.history.profile.differs(self._state.logged.profile)

    def begin(self, history: WatchHistory, user: LoggedUser | None = None) -> None:
        """Take another user's history, or an empty one. Undo brings back one that was edited."""
        after = EditedHistory(history, history, user)
        if self.edited:
            self.stack.push(_Edit(self, self._state, after, "", begins=True))
        else:
            self.stack.clear()
            self.put(after, "", begins=True)

    def add(self, item: CatalogueItem) -> None:
        """Watch an item now."""
        self._edit(self.history.with_item(item), self.tr("with {title}").format(title=item.label))

    def remove(self, row: int) -> None:
        """Take one out; it stays, struck."""
        if self._counts(row):
            title = self.history.entries[row].item.label
            self._edit(self.history.with_removed(row, True), self.tr("without {title}").format(title=title))

    def remove_all(self, row: int) -> None:
        """Take every watch of the item of a row out, as one edit."""
        if self._counts(row):
            item = self.history.entries[row].item
            self._edit(self.history.without(item.name), self.tr("without any {title}").format(title=item.label))

    def put_back(self, row: int) -> None:
        """Let one that was taken out count again."""
        if 0 <= row < len(self.history.entries) and not self._counts(row):
            title = self.history.entries[row].item.label
            self._edit(self.history.with_removed(row, False), self.tr("with {title} again").format(title=title))

    def move(self, row: int, to: int) -> None:
        """Move one in the order of time."""
        count = len(self.history.entries)
        if row != to and 0 <= row < count and 0 <= to < count:
            title = self.history.entries[row].item.label
            words = self.tr("{title} later") if to < row else self.tr("{title} earlier")
            self._edit(self.history.moved(row, to), words.format(title=title))

    def say(self, name: str, value: str | None) -> None:
        """Say another value of a category; None: it is unknown."""
        profile = self.history.profile
        if profile.categories.get(name) != value:
            words = self.tr("{name}: unknown") if value is None else self.tr("{name}: {value}")
            self._tell(profile.with_category(name, value), words.format(name=name, value=value))

    def search(self, token: SearchToken) -> None:
        """Let it have been searched for just now."""
        profile = self.history.profile
        if token not in profile.searches:
            words = self.tr("searched: {text}").format(text=token.text)
            self._tell(replace(profile, searches=(*profile.searches, token)), words)

    def unsearch(self, token: SearchToken) -> None:
        """Let it not have been searched for."""
        profile = self.history.profile
        if token in profile.searches:
            left = tuple(other for other in profile.searches if other != token)
            self._tell(replace(profile, searches=left), self.tr("not searched: {text}").format(text=token.text))

    def _tell(self, profile: UserProfile, words: str) -> None:
        self._edit(replace(self.history, profile=profile), words)

    def reset(self) -> None:
        """As in the log again; that too can be undone."""
        if self.edited:
            self._edit(self._state.logged, self.tr("as in the log"))

    def _counts(self, row: int) -> bool:
        return 0 <= row < len(self.history.entries) and not self.history.entries[row].removed

    def _edit(self, after: WatchHistory, words: str) -> None:
        self.stack.push(_Edit(self, self._state, replace(self._state, history=after), words))

    def put(self, state: EditedHistory, words: str, *, begins: bool = False) -> None:
        """Put a history in force, for the commands on the stack. ``begins``: it is another user's."""
        self._state = state
        if begins:
            self.user_changed.emit()
        self.changed.emit(words)


class _Edit(QUndoCommand):
    """From one history to another, of the same user unless it ``begins`` with another one."""

    def __init__(
        self,
        document: HistoryDocument,
        before: EditedHistory,
        after: EditedHistory,
        words: str,
        *,
        begins: bool = False,
    ) -> None:
        super().__init__(words)
        self._document, self._before, self._after, self._words = document, before, after, words
        self._begins = begins

    def redo(self) -> None:
        self._document.put(self._after, self._words, begins=self._begins)

    def undo(self) -> None:
        self._document.put(self._before, self._document.tr("undone"), begins=self._begins)


LENGTHS = (10, 20, 50, 100)
"""Places of the list, the K of its hit rate, where the catalogue is large enough for all of them."""
TOP = 10
"""In how many of the nearest ones each watch's effect is counted."""
SOME_USERS = 1000
EASY = range(8, 51)
"""So many watches make a history that one can read: the first user is one of these, where there is one."""
NEAREST, DECISIVE = 1, 5
"""Watched items that a score is explained by: the nearest of all, and those of what is read that do the most to it."""
POPULAR, OFFERED = 200, 12

Parameters = dict[str, object]


def usual_length(items: int) -> int:
    """Return the longest of the lengths that shows at most a hundredth of the catalogue."""
    offered = judged_lengths(items, LENGTHS)
    return max((length for length in offered if 100 * length <= items), default=offered[0])


@dataclass(frozen=True, slots=True)
class TrailStep:
    """The history after an edit: what was done, in words, and where the held-out item stood then."""

    words: str
    rank: float | None
    vector: tuple[float, ...]


class FollowSession(QObject):
    """Asks again with every edit of ``document``.

    ``about_known``, ``popular_known``: once. ``user_changed``: another user, or nobody.
    ``recommended``: a list for the present history; ``explained``: ``why`` is another; ``effects_found``: what each
    watch does; ``length_changed``: more or fewer are to be shown. What is not known yet is None; ``begun``: it is known
    whom to follow.
    """

    about_known = Signal()
    popular_known = Signal()
    user_changed = Signal()
    recommended = Signal()
    explained = Signal()
    effects_found = Signal()
    length_changed = Signal()

    def __init__(self, answers: Answers, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answers = answers
        self._random = Random()
        self.document = HistoryDocument(self)
        self.document.user_changed.connect(self._forget_user)
        self.document.changed.connect(self._ask)
        self.about: AboutCandidates | None = None
        self.users: tuple[ListedUser, ...] = ()
        self.popular: tuple[CatalogueItem, ...] = ()
        self.begun = False
        self.recommendation: Recommendation | None = None
        self.effects: WatchEffects | None = None
        self.why: WhyItem | None = None
        self.chosen: str | None = None
        self._by_hand = False  # it has been chosen so
        self.trail: tuple[TrailStep, ...] = ()
        self.ranker: Path | None = None
        self.ranked: Path | None = None
        """The checkpoint that is to put candidates in order, and the one that has in ``recommendation``; None: v·u."""
        self._words = ""
        self.length = LENGTHS[0]
        self._length_chosen = False

    # Whom to follow -----------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask what there is, and follow a first user."""
        self._answers.ask("about", {}, self._take_about, kind=AboutCandidates)
        self._answers.ask("search", {"limit": POPULAR}, self._take_popular, kind=FoundItems, key="popular")
        self._answers.ask("users", {"limit": SOME_USERS}, self._take_users, kind=FoundUsers)

    def follow(self, name: str) -> None:
        """Follow a user of the log."""
        self._answers.ask("user", {"user": name}, self._take_user, kind=LoggedUser)

    def follow_anybody(self) -> None:
        """Follow a user drawn at random, another than now where there are several."""
        present = None if self.user is None else self.user.user
        others = [user.user for user in self.users if user.user != present]
        if others:
            self.follow(self._random.choice(others))

    def follow_nobody(self) -> None:
        """An empty history, to be filled by hand."""
        self._answers.forget("user")
        self.document.begin(WatchHistory())

    def renew(self) -> None:
        """The network has been opened again, and may have learnt since: what it said before is no step of a trail, and
        everything is asked anew."""
        self.trail = ()
        if self.begun:
            self._forget_effects()
            self.begin()
            self._ask_list()

    def choose(self, name: str) -> None:
        """Explain this item from now on."""
        self._by_hand = True
        if name != self.chosen:
            self.chosen = name
            self._ask_why()

    def search_items(self, text: str, then: Callable[[FoundItems], None]) -> None:
        """Look for items, the most watched ones first."""
        self._answers.ask("search", {"text": text, "limit": OFFERED}, then, kind=FoundItems)

    def search_users(self, text: str, then: Callable[[FoundUsers], None]) -> None:
        """Look for users by their names."""
        self._answers.ask("users", {"text": text, "limit": OFFERED}, then, kind=FoundUsers, key="some users")

    def search_tokens(self, text: str, then: Callable[[FoundTokens], None]) -> None:
        """Look for what can be searched for."""
        self._answers.ask("tokens", {"text": text, "limit": OFFERED}, then, kind=FoundTokens)

    def find_near(self, name: str, by: str, count: int, then: Callable[[Neighbours], None]) -> None:
        """Look for the nearest items of one, by ``cosine`` or ``inner`` product."""
        self._answers.ask("neighbours", {"item": name, "by": by, "count": count}, then, kind=Neighbours)

    def look_at_tables(self, then: Callable[[ItemTables], None]) -> None:
        """Ask what the item tables are like."""
        self._answers.ask("tables", {"bins": 1}, then, kind=ItemTables)

    @property
    def user(self) -> LoggedUser | None:
        """Who is followed; None for a history of one's own."""
        return self.document.user

    @property
    def held_out(self) -> CatalogueItem | None:
        """The item whose watch was kept from training, where there is one: the next one, or one drawn at random."""
        return None if self.user is None or self.user.held_out is None else self.user.held_out.item

    @property
    def drawn(self) -> bool:
        """Whether the held-out watches were drawn at random; not while that is not known."""
        return self.about is not None and self.about.spec.held_out == "random"

    @property
    def lengths(self) -> tuple[int, ...]:
        """How many can be shown, and judged on, of the catalogue."""
        return LENGTHS if self.about is None else judged_lengths(self.about.sizes.items, LENGTHS)

    # Answers ------------------------------------------------------------------------------------------------------

    def _take_about(self, about: AboutCandidates) -> None:
        self.about = about
        if not self._length_chosen or self.length not in self.lengths:
            self._set_length(usual_length(about.sizes.items))
        self.about_known.emit()

    def _take_popular(self, found: FoundItems) -> None:
        self.popular = found.items
        self.popular_known.emit()

    def _take_users(self, found: FoundUsers) -> None:
        first = not self.users
        self.users = found.users
        if not first or self.user is not None or self.document.history.entries:
            return
        easy = next((user for user in self.users if user.watches in EASY), None)
        if self.users:
            self.follow((easy or self.users[0]).user)
        else:
            self.follow_nobody()

    def _take_user(self, user: LoggedUser) -> None:
        if user != self.user:  # the very same comes again after a restart: what has been edited stays
            self.document.begin(history_of(user), user)

    @Slot()
    def _forget_user(self) -> None:
        """Another user is followed: what was known of the one before is not wanted any more."""
        self.begun = True
        self.chosen, self.trail, self._by_hand = None, (), False
        self.recommendation, self.why = None, None
        self._answers.forget("why")
        self._forget_effects()
        self.user_changed.emit()
        self.explained.emit()

    @Slot(str)
    def _ask(self, words: str) -> None:
        """The history is another."""
        self._words = words or self.tr("as in the log")
        self._forget_effects()
        self._ask_list()

    def _forget_effects(self) -> None:
        """What each watch does was true of another history: it is not known, nor wanted, any more."""
        self._answers.forget("what_if")
        self.effects = None
        self.effects_found.emit()

    def rank_by(self, checkpoint: Path | None) -> None:
        """Have a ranking network put the candidates in order; None: their inner products."""
        if checkpoint != self.ranker:
            self.ranker = checkpoint
            if self.begun:
                self._ask_list()

    def show_first(self, length: int) -> None:
        """Show so many from now on, whatever the catalogue."""
        self._length_chosen = True
        if length != self.length:
            self._set_length(length)
            if self.begun:
                self._ask_list()

    def _set_length(self, length: int) -> None:
        self.length = length
        self.length_changed.emit()

    def _ask_list(self) -> None:
        ranker = self.ranker
        by: Parameters = {} if ranker is None else {"ranker": str(ranker)}

        def take(found: Recommendation) -> None:
            if ranker != self.ranked and not self._by_hand:
                self.chosen = None  # it was the first of another order
            self.ranked = ranker
            self._take_recommendation(found)

        self._answers.ask("recommend", self.whose() | by | {"shown": self.length}, take, kind=Recommendation)

    def whose(self) -> Parameters:
        """The user, the history and what is said of them now, as every ask takes them."""
        whose: Parameters = {"history": list(self.document.history.names)}
        if self.user is not None:
            whose["user"] = self.user.user
        profile = self.document.history.profile
        if profile.categories:
            whose["categories"] = dict(profile.categories)
        if self.about is not None and self.about.search_tokens:
            whose["searches"] = [token.token for token in profile.searches]
        return whose

    def _take_recommendation(self, found: Recommendation) -> None:
        self.recommendation = found
        rank = None if found.held_out is None else found.held_out.rank
        if not self.trail or self.trail[-1].vector != found.vector:
            self.trail = (*self.trail, TrailStep(self._words, rank, found.vector))
        shown = [listed.item.name for listed in found.shown]
        if self.chosen is None:
            held_out = found.held_out.item.name if found.held_out is not None else None
            self.chosen = held_out if held_out in shown else next(iter(shown), held_out)
        self.recommended.emit()
        self._ask_why()
        if self.effects is None:
            self._ask_effects()

    def _ask_why(self) -> None:
        if self.chosen is not None:
            looked: Parameters = {"item": self.chosen, "nearest": NEAREST, "decisive": DECISIVE}
            if self.ranked is not None:
                looked["ranker"] = str(self.ranked)
            self._answers.ask("why", self.whose() | looked, self._take_why, kind=WhyItem)

    def _take_why(self, why: WhyItem) -> None:
        self.why = why
        self.explained.emit()

    def _ask_effects(self) -> None:
        item = self.held_out
        followed: Parameters = {} if item is None else {"item": item.name}

        def take(found: WhatIf) -> None:
            self.effects = effects_of(found, followed=item is not None)
            self.effects_found.emit()

        self._answers.ask("what_if", self.whose() | followed | {"top": TOP}, take, kind=WhatIf)
