"""A history as a person edits it, with what else is known of whose it is: plain data, the document that holds it, and
edits that can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from app.kit.undo_stack import UndoStack
from engine.recommenders.tasks.candidates.answers import CatalogueItem, LoggedUser, SearchToken


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
class Profile:
    """What the network reads of somebody besides what they watched: ``categories`` by name, None or absent where they
    are unknown, and ``searches``, the latest last."""

    categories: Mapping[str, str | None] = field(default_factory=dict)
    searches: tuple[SearchToken, ...] = ()

    def with_category(self, name: str, value: str | None) -> Profile:
        """With another value, or none."""
        return replace(self, categories={**self.categories, name: value})

    def differs(self, other: Profile) -> int:
        """In how many things two are not alike."""
        names = {*self.categories, *other.categories}
        said = sum(self.categories.get(name) != other.categories.get(name) for name in names)
        return said + len(set(self.searches) ^ set(other.searches))


@dataclass(frozen=True, slots=True)
class History:
    """``entries``: the latest first. Each edit gives another history."""

    entries: tuple[HistoryEntry, ...] = ()
    profile: Profile = Profile()

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

    def with_item(self, item: CatalogueItem) -> History:
        """The item watched just now."""
        return replace(self, entries=(HistoryEntry(item), *self.entries))

    def with_removed(self, row: int, removed: bool) -> History:
        """One taken out, or put back."""
        entries = list(self.entries)
        entries[row] = replace(entries[row], removed=removed)
        return replace(self, entries=tuple(entries))

    def without(self, name: str) -> History:
        """Every watch of an item taken out."""
        gone = (replace(entry, removed=True) if entry.item.name == name else entry for entry in self.entries)
        return replace(self, entries=tuple(gone))

    def moved(self, row: int, to: int) -> History:
        """One moved so that it stands at ``to``."""
        entries = list(self.entries)
        entries.insert(to, entries.pop(row))
        return replace(self, entries=tuple(entries))


def history_of(user: LoggedUser) -> History:
    """A user's history as the log has it."""
    entries = tuple(HistoryEntry(watch.item, watch.time) for watch in reversed(user.history))
    return History(entries, Profile(dict(user.categories), user.searches))


@dataclass(frozen=True, slots=True)
class EditedHistory:
    """A ``history``, of a ``user`` of the log, None for one's own; ``logged``: as it was before any edit."""

    history: History = History()
    logged: History = History()
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
    def history(self) -> History:
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

    def begin(self, history: History, user: LoggedUser | None = None) -> None:
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

    def _tell(self, profile: Profile, words: str) -> None:
        self._edit(replace(self.history, profile=profile), words)

    def reset(self) -> None:
        """As in the log again; that too can be undone."""
        if self.edited:
            self._edit(self._state.logged, self.tr("as in the log"))

    def _counts(self, row: int) -> bool:
        return 0 <= row < len(self.history.entries) and not self.history.entries[row].removed

    def _edit(self, after: History, words: str) -> None:
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
