"""The rows of a history as a list shows them: each watch with the effect that it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.kit.numbers import counted, grouped
from app.workspaces.recommender.follow.answered import Effects, Item, LeftOut
from app.workspaces.recommender.follow.history import History

MOST_TITLES = 3
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """``changed``: how many of the ``top`` places are others without it, None while that is not known. ``effect``: the
    same in words, and ``detail`` what comes instead."""

    item: Item
    added: bool
    removed: bool
    changed: int | None
    top: int
    effect: str
    detail: str

    @property
    def spoken(self) -> str:
        """All of it, for those who hear it."""
        return ". ".join(part for part in (self.item.title, self.effect, self.detail) if part)


class HistoryRows(QAbstractListModel):
    """A row for each watch, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Row, ...] = ()

    def show(self, history: History, effects: Effects | None, longest: int) -> None:
        """Show a history; ``effects`` None while they are not known. Rows that stay are kept, and with them what is
        chosen."""
        rows = tuple(_rows(history, effects, longest))
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows != self.rows:
            self.rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.item.title
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


def _rows(history: History, effects: Effects | None, longest: int) -> Iterator[Row]:
    read = history.read(longest)
    for at, entry in enumerate(history.entries):
        of = None if effects is None else effects.without.get(entry.item.name)
        if entry.removed:
            yield Row(entry.item, entry.added, True, None, 0, _say("taken out"), "")
        elif at not in read:
            yield Row(entry.item, entry.added, False, None, 0, _say("too long ago to be read"), "")
        elif effects is None or of is None:
            yield Row(entry.item, entry.added, False, None, 0, _say("not yet known"), "")
        else:
            changed = len(of.dropped)
            effect = _say("{changed} of {top} change").format(changed=changed, top=effects.top)
            yield Row(entry.item, entry.added, False, changed, effects.top, effect, _detail(entry.item, effects, of))


def _detail(item: Item, effects: Effects, of: LeftOut) -> str:
    """``Without it come …; Alien falls from 6 to 16.``"""
    others = [one.title for one in of.entered if one.name != item.name]
    parts = []
    if len(others) < len(of.entered):
        parts.append(_say("Left out, it is recommended itself"))
    if others:
        listed = ", ".join(others[:MOST_TITLES])
        if len(others) > MOST_TITLES:
            more = counted(len(others) - MOST_TITLES, _say("1 more"), _say("{count} more"))
            listed = _say("{titles} and {more}").format(titles=listed, more=more)
        parts.append(_say("Without it come {titles}").format(titles=listed))
    if not parts:
        parts.append(_say("The first {top} are the same without it").format(top=effects.top))
    parts.extend(_followed(effects, of))
    return "; ".join(parts) + "."


def _followed(effects: Effects, of: LeftOut) -> Iterator[str]:
    """What becomes of the item that was watched next."""
    if effects.followed is None or effects.rank is None:
        return
    before, after = effects.rank, of.ranks[0]
    if before == after:
        words = _say("{title} stays at {before}")
    else:
        words = _say("{title} falls from {before} to {after}")
        if after < before:
            words = _say("{title} rises from {before} to {after}")
    yield words.format(title=effects.followed.title, before=rank_text(before), after=rank_text(after))


def rank_text(rank: float) -> str:
    """A place from 1; between two where items are tied."""
    return grouped(rank, 0 if rank == int(rank) else 1)


def _say(text: str) -> str:
    return QCoreApplication.translate("HistoryRows", text)
