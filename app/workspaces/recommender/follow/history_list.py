"""The list of a history: each watch with the effect that it has; it can be taken out, put back and moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from app.kit.drawing.columns import Lines, Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Key, Line, Mark, Rectangle, Text, metrics_of, text_width
from app.kit.drawing.view import DrawingView
from app.kit.listing import listed, set_apart
from app.kit.numbers import counted
from app.kit.widgets.frame import scroll_in
from app.workspaces.recommender.follow.answers import Effects, Item, LeftOut, rank_text
from app.workspaces.recommender.follow.history import History
from app.workspaces.recommender.follow.hues import Hues

MOST_TITLES = 3
LEFT, RIGHT, PLAIN, TOLD = 26.0, 12.0, 29.0, 46.0
PIP_WIDTH, PIP_HEIGHT, PIP_GAP = 5.0, 7.0, 2.0
BUTTON = 24.0


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """``changed``: how many of the ``top`` places are others without any watch of it, of which there are ``watches``;
    None while that is not known. ``effect``: the same in words, and ``detail`` what comes instead. ``hue``: the ink of
    its sort."""

    item: Item
    added: bool
    removed: bool
    changed: int | None
    top: int
    effect: str
    detail: str
    watches: int = 1
    hue: str = ""

    @property
    def spoken(self) -> str:
        """All of it, for those who hear it."""
        return ". ".join(part for part in (self.item.title, self.effect, self.detail) if part)


@dataclass(frozen=True, slots=True)
class HistoryRows:
    """The latest first. ``chosen``: the row that says what comes instead, −1 for none. ``gap``: before which row one
    that is being dragged would be put."""

    rows: tuple[HistoryRow, ...] = ()
    chosen: int = -1
    gap: int | None = None


def history_rows(history: History, effects: Effects | None, longest: int, hues: Hues) -> tuple[HistoryRow, ...]:
    """A row for each watch; ``effects`` None while they are not known, ``longest``: watches that the network reads."""
    return tuple(replace(row, hue=hues.ink(row.item)) for row in _rows(history, effects, longest))


def _rows(history: History, effects: Effects | None, longest: int) -> Iterator[HistoryRow]:
    read, watches = history.read(longest), history.watches
    for place, entry in enumerate(history.entries):
        left_out = None if effects is None else effects.without.get(entry.item.name)
        if entry.removed:
            yield HistoryRow(entry.item, entry.added, True, None, 0, _tr("taken out"), "")
        elif place not in read:
            yield HistoryRow(entry.item, entry.added, False, None, 0, _tr("too long ago to be read"), "")
        elif effects is None or left_out is None:
            yield HistoryRow(entry.item, entry.added, False, None, 0, _tr("not yet known"), "")
        else:
            changed, count = len(left_out.dropped), watches[entry.item.name]
            effect = _tr("{changed} of {top} change") if count == 1 else _tr("{changed} of {top} change · all {count}")
            effect = effect.format(changed=changed, top=effects.top, count=count)
            detail = _detail(entry.item, effects, left_out, watches)
            yield HistoryRow(entry.item, entry.added, False, changed, effects.top, effect, detail, count)


def _detail(item: Item, effects: Effects, left_out: LeftOut, all_watches: Mapping[str, int]) -> str:
    """``Without it come …; Alien falls from 6 to 16.``; of several watches, that all of them are meant."""
    watches = all_watches[item.name]
    others = [other.title for other in left_out.entered if other.name != item.name]
    parts = [] if watches == 1 else [_tr("This is of all {count} watches of it").format(count=watches)]
    if len(others) < len(left_out.entered):
        parts.append(_tr("Left out, it is recommended itself"))
    if others:
        titles = listed(others[:MOST_TITLES])
        if len(others) > MOST_TITLES:
            more = counted(len(others) - MOST_TITLES, _tr("1 more"), _tr("{count} more"))
            titles = _tr("{titles} and {more}").format(titles=titles, more=more)
        parts.append(_tr("Without it come {titles}").format(titles=titles))
    if not left_out.entered:
        parts.append(_tr("The first {top} are the same without it").format(top=effects.top))
    if effects.followed is not None and effects.followed.name != item.name:
        parts.extend(_followed(effects, left_out, watched=effects.followed.name in all_watches))
    return _tr("{parts}.").format(parts=set_apart(parts))


def _followed(effects: Effects, left_out: LeftOut, *, watched: bool) -> Iterator[str]:
    """What becomes of the item that was watched next; one that was ``watched`` before is not recommended, and has the
    place that it would have if it were."""
    if effects.followed is None or effects.rank is None:
        return
    before, after = effects.rank, left_out.ranks[0]
    if before == after:
        words = _tr("{title} stays at {before}")
    else:
        words = _tr("{title} falls from {before} to {after}")
        if after < before:
            words = _tr("{title} rises from {before} to {after}")
    title = _tr("{title}, if it were recommended again,") if watched else "{title}"
    title = title.format(title=effects.followed.title)
    yield words.format(title=title, before=rank_text(before), after=rank_text(after))


# Drawing --------------------------------------------------------------------------------------------------------------


def row_tops(data: HistoryRows, width: float) -> list[float]:
    """Where each row begins, and where the last one ends: one that changes something is higher, and the chosen one by
    as much as there is to say of it."""
    tops = [0.0]
    for number, row in enumerate(data.rows):
        height = TOLD if row.changed else PLAIN
        if number == data.chosen and row.detail:
            height += _detail_height(row.detail, width) + 6
        tops.append(tops[-1] + height)
    return tops


def _detail_height(detail: str, width: float) -> float:
    room = QRectF(0.0, 0.0, max(width - LEFT - RIGHT, 60.0), 1000.0)
    return ceil(metrics_of(11.5).boundingRect(room, Qt.TextFlag.TextWordWrap, detail).height())


def draw_history(data: HistoryRows, frame: Frame) -> Drawing:
    """Draw a row for each watch. Keys are the rows, and ``("button", row)`` for what takes one out or puts it back."""
    tops = row_tops(data, frame.width)
    marks = [
        mark
        for number, row in enumerate(data.rows)
        for mark in _row(number, row, (tops[number], tops[number + 1]), chosen=number == data.chosen, frame=frame)
    ]
    if data.gap is not None:
        marks.append(Rectangle((8, max(0.0, tops[data.gap] - 1), frame.width - 16, 3), "accent"))
    return Drawing(
        tuple(marks),
        tip=_tr(
            "Delete takes this watch out or puts it back, Shift+Delete takes out every watch of its item; Alt with the"
            " arrows, or the mouse, moves it in time."
        ),
        order=tuple(range(len(data.rows))),
        current=data.chosen if data.chosen >= 0 else None,
        arrows_choose=True,
        height=tops[-1],
    )


def _row(number: int, row: HistoryRow, ends: tuple[float, float], *, chosen: bool, frame: Frame) -> Iterator[Mark]:
    top, bottom = ends
    width, hovered = frame.width, frame.pointed in (number, ("button", number))
    ground = "accent_soft" if chosen else "raised" if hovered else ""
    yield Rectangle((0, top, width, bottom - top), ground, key=number, tip=row.spoken, drag=True)
    if chosen:
        yield Rectangle((0, top, 3, bottom - top), "accent")
    if row.hue:
        hollow = row.removed
        yield Disc(14, top + PLAIN / 2, 3.5 if hollow else 4, "" if hollow else row.hue, row.hue if hollow else "")
    put_back = text_width(_tr("put back"), 11, True) + 8 if row.removed else BUTTON
    button = (width - RIGHT + 6 - put_back, top + 3, put_back, BUTTON)
    line_end = button[0] - 4
    if row.added and not row.removed:
        badge = text_width(_tr("added"), 10, True) + 12
        yield Rectangle((line_end - badge, top + 7, badge, 15), "accent", corner=7.5)
        yield Text(_tr("added"), (line_end - badge, top + 7, badge, 15), 10, "on_accent", bold=True)
        line_end -= badge + 6
    muted = row.removed or (row.changed is None and bool(row.effect))
    title = (LEFT, top, line_end - LEFT, PLAIN)
    yield Text(
        row.item.title,
        title,
        12.5,
        "text_muted" if muted else "text",
        "left middle",
        bold=bool(row.changed),
        elide=True,
    )
    if row.removed:
        struck = min(text_width(row.item.title, 12.5), title[2])
        yield Line((LEFT, top + PLAIN / 2), (LEFT + struck, top + PLAIN / 2), "text_muted")
    yield from _button(number, row, button)
    if row.changed:
        yield from _pips(row, top + PLAIN + 5)
    if chosen and row.detail:
        place = (LEFT, top + (TOLD if row.changed else PLAIN), width - LEFT - RIGHT, bottom - top)
        yield Text(row.detail, place, 11.5, align="left top", wrap=True)


def _button(number: int, row: HistoryRow, place: tuple[float, float, float, float]) -> Iterator[Mark]:
    left, top, width, height = place
    if row.removed:
        tip = _tr("Let {title} count again").format(title=row.item.title)
        yield Text(_tr("put back"), place, 11, "accent", bold=True, key=("button", number), tip=tip)
        return
    x, y, reach = left + width / 2, top + height / 2, 4.0
    yield Lines(
        ((x - reach, y - reach, x + reach, y + reach), (x - reach, y + reach, x + reach, y - reach)), "text_muted"
    )
    tip = _tr("Take {title} out").format(title=row.item.title)
    yield Rectangle(place, key=("button", number), tip=tip, cursor=Qt.CursorShape.PointingHandCursor)


def _pips(row: HistoryRow, middle: float) -> Iterator[Mark]:
    step = PIP_WIDTH + PIP_GAP
    places = tuple((LEFT + pip * step, middle - PIP_HEIGHT / 2, PIP_WIDTH, PIP_HEIGHT) for pip in range(row.top))
    yield Rectangles(places, tuple("accent" if pip < (row.changed or 0) else "track" for pip in range(row.top)))
    left = LEFT + row.top * step + 6
    yield Text(row.effect, (left, middle - 8, 200, 16), 11.5, "text_muted", "left middle")


# The view -------------------------------------------------------------------------------------------------------------


class HistoryList(QScrollArea):
    """``remove_wanted(int)``, ``remove_all_wanted(int)``, ``put_back_wanted(int)``, ``move_wanted(int, int)``: rows, by
    hand."""

    remove_wanted = Signal(int)
    remove_all_wanted = Signal(int)
    put_back_wanted = Signal(int)
    move_wanted = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = HistoryRows()
        name = self.tr("History, the latest first")
        self.view = DrawingView(draw_history, self.data, hint=QSize(200, 400), least=QSize(160, 0), name=name)
        scroll_in(self, self.view)
        self.setFocusProxy(self.view)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.view.chosen.connect(self._take)
        self.view.dragged.connect(self._drag)
        self.view.settled.connect(self._drop)
        for keys, do in (
            ("Del", lambda: self.toggle(self.data.chosen)),
            ("Backspace", lambda: self.toggle(self.data.chosen)),
            ("Shift+Del", lambda: self.remove_all_wanted.emit(self.data.chosen)),
            ("Alt+Up", lambda: self._move(self.data.chosen, self.data.chosen - 1)),
            ("Alt+Down", lambda: self._move(self.data.chosen, self.data.chosen + 1)),
        ):
            action = QAction(self.view)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(do)
            self.view.addAction(action)

    @property
    def rows(self) -> tuple[HistoryRow, ...]:
        """What is shown."""
        return self.data.rows

    def show_rows(self, rows: tuple[HistoryRow, ...]) -> None:
        """Show other rows; the chosen place stays."""
        chosen = min(max(self.data.chosen, 0), len(rows) - 1)
        self._show(replace(self.data, rows=rows, chosen=chosen))

    def choose(self, row: int) -> None:
        """Choose a row, as far as there are so many."""
        if self.rows:
            self._show(replace(self.data, chosen=min(max(row, 0), len(self.rows) - 1)))
            tops = row_tops(self.data, self.view.width())
            top, bottom = tops[self.data.chosen], tops[self.data.chosen + 1]
            self.ensureVisible(0, round((top + bottom) / 2), 0, ceil((bottom - top) / 2))

    def _show(self, data: HistoryRows) -> None:
        self.data = data
        self.view.set_data(data)

    def toggle(self, row: int) -> None:
        """Take a row out, or put it back."""
        if 0 <= row < len(self.rows):
            (self.put_back_wanted if self.rows[row].removed else self.remove_wanted).emit(row)

    @Slot(object)
    def _take(self, key: Key) -> None:
        if isinstance(key, int):
            self.choose(key)
        elif isinstance(key, tuple):
            row = key[1]
            if self.rows[row].watches > 1 and not self.rows[row].removed:
                self._offer_both(row)
            else:
                self.toggle(row)

    def _offer_both(self, row: int) -> None:
        """What a row tells is of all watches of its item: this one, or all of them?"""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        this = menu.addAction(self.tr("Take out this watch"))
        this.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        this.triggered.connect(lambda: self.remove_wanted.emit(row))
        every = menu.addAction(self.tr("Take out all {count} watches of it").format(count=self.rows[row].watches))
        every.setShortcut(QKeySequence("Shift+Del"))
        every.triggered.connect(lambda: self.remove_all_wanted.emit(row))
        place = QPointF(self.view.width() - 40, row_tops(self.data, self.view.width())[row] + PLAIN)
        menu.popup(self.view.mapToGlobal(place.toPoint()))

    def _move(self, row: int, to: int) -> None:
        if 0 <= row < len(self.rows) and 0 <= to < len(self.rows) and to != row:
            self.move_wanted.emit(row, to)
            self.choose(to)

    @Slot(object, QPointF)
    def _drag(self, _row: Key, place: QPointF) -> None:
        """Mark the gap between two rows that is nearest to where the row is dragged."""
        tops = row_tops(self.data, self.view.width())
        gap = sum((top + bottom) / 2 < place.y() for top, bottom in pairwise(tops))
        self._show(replace(self.data, gap=gap))

    @Slot(object)
    def _drop(self, row: Key) -> None:
        gap = self.data.gap
        self._show(replace(self.data, gap=None))
        if isinstance(row, int) and gap is not None:
            self._move(row, gap - 1 if gap > row else gap)


def _tr(text: str) -> str:
    return QCoreApplication.translate("HistoryRows", text)
