"""Somebody who is followed: whose history it is, what is asked about it, and what has been answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from PySide6.QtCore import QObject, Signal, Slot

from app.workspaces.recommender.answers import Answers
from app.workspaces.recommender.follow.history import History, HistoryDocument, history_of
from app.workspaces.recommender.follow.items import WatchEffects, effects_of
from engine.recommenders.tasks.candidates.answers import (
    AboutCandidates,
    CatalogueItem,
    FoundItems,
    FoundTokens,
    FoundUsers,
    ItemTables,
    ListedUser,
    LoggedUser,
    Neighbours,
    Recommendation,
    WhatIf,
    WhyItem,
)

LENGTHS = (10, 20, 50, 100)
"""Places of the list, the K of its hit rate."""
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
    return max((length for length in LENGTHS if 100 * length <= items), default=LENGTHS[0])


@dataclass(frozen=True, slots=True)
class Step:
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
        self.trail: tuple[Step, ...] = ()
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
        self.document.begin(History())

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

    # Answers ------------------------------------------------------------------------------------------------------

    def _take_about(self, about: AboutCandidates) -> None:
        self.about = about
        if not self._length_chosen:
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
            self.trail = (*self.trail, Step(self._words, rank, found.vector))
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
