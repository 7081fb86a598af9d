"""The rows of a history as a list shows them: each watch with the effect that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed, set_apart
from app.kit.numbers import counted, grouped
from app.workspaces.recommender.follow.content import Effects, Item, LeftOut
from app.workspaces.recommender.follow.history import History
from app.workspaces.recommender.follow.item_rows import ItemRows

MOST_TITLES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """``changed``: how many of the ``top`` places are others without any watch of it, of which there are ``watches``;
    None while that is not known. ``effect``: the same in words, and ``detail`` what comes instead."""

    item: Item
    added: bool
    removed: bool
    changed: int | None
    top: int
    effect: str
    detail: str
    watches: int = 1

    @property
    def spoken(self) -> str:
        """All of it, for those who hear it."""
        return ". ".join(part for part in (self.item.title, self.effect, self.detail) if part)


class HistoryRows(ItemRows[Row]):
    """A row for each watch, the latest first."""

    def show(self, history: History, effects: Effects | None, longest: int) -> None:
        """Show a history; ``effects`` None while they are not known."""
        self.set_rows(_rows(history, effects, longest))


def _rows(history: History, effects: Effects | None, longest: int) -> Iterator[Row]:
    read, watches = history.read(longest), history.watches
    for at, entry in enumerate(history.entries):
        of = None if effects is None else effects.without.get(entry.item.name)
        if entry.removed:
            yield Row(entry.item, entry.added, True, None, 0, _tr("taken out"), "")
        elif at not in read:
            yield Row(entry.item, entry.added, False, None, 0, _tr("too long ago to be read"), "")
        elif effects is None or of is None:
            yield Row(entry.item, entry.added, False, None, 0, _tr("not yet known"), "")
        else:
            changed, count = len(of.dropped), watches[entry.item.name]
            effect = _tr("{changed} of {top} change") if count == 1 else _tr("{changed} of {top} change · all {count}")
            effect = effect.format(changed=changed, top=effects.top, count=count)
            detail = _detail(entry.item, effects, of, watches)
            yield Row(entry.item, entry.added, False, changed, effects.top, effect, detail, count)


def _detail(item: Item, effects: Effects, of: LeftOut, all_watches: Mapping[str, int]) -> str:
    """``Without it come …; Alien falls from 6 to 16.``; of several watches, that all of them are meant."""
    watches = all_watches[item.name]
    others = [one.title for one in of.entered if one.name != item.name]
    parts = [] if watches == 1 else [_tr("This is of all {count} watches of it").format(count=watches)]
    if len(others) < len(of.entered):
        parts.append(_tr("Left out, it is recommended itself"))
    if others:
        titles = listed(others[:MOST_TITLES])
        if len(others) > MOST_TITLES:
            more = counted(len(others) - MOST_TITLES, _tr("1 more"), _tr("{count} more"))
            titles = _tr("{titles} and {more}").format(titles=titles, more=more)
        parts.append(_tr("Without it come {titles}").format(titles=titles))
    if not of.entered:
        parts.append(_tr("The first {top} are the same without it").format(top=effects.top))
    if effects.followed is not None and effects.followed.name != item.name:
        parts.extend(_followed(effects, of, watched=effects.followed.name in all_watches))
    return _tr("{parts}.").format(parts=set_apart(parts))


def _followed(effects: Effects, of: LeftOut, *, watched: bool) -> Iterator[str]:
    """What becomes of the item that was watched next; one that was ``watched`` before is not recommended, and has the
    place that it would have if it were."""
    if effects.followed is None or effects.rank is None:
        return
    before, after = effects.rank, of.ranks[0]
    if before == after:
        words = _tr("{title} stays at {before}")
    else:
        words = _tr("{title} falls from {before} to {after}")
        if after < before:
            words = _tr("{title} rises from {before} to {after}")
    title = _tr("{title}, if it were recommended again,") if watched else "{title}"
    title = title.format(title=effects.followed.title)
    yield words.format(title=title, before=rank_text(before), after=rank_text(after))


def rank_text(rank: float) -> str:
    """A place from 1; between two where items are tied."""
    return grouped(rank, 0 if rank == int(rank) else 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("HistoryRows", text)
