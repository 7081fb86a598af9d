"""Whose history it is, and the history itself, to be edited: each watch with the effect that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QScrollArea, QSizePolicy, QToolButton, QWidget

from app.kit.actions import describe
from app.kit.capitals import in_capitals
from app.kit.drawing.columns import Lines, Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Key, Line, Mark, Rectangle, Text, text_width, wrapped_height
from app.kit.drawing.view import DrawingView
from app.kit.icons import set_icon
from app.kit.listing import joined, listed, set_apart
from app.kit.numbers import counted, grouped
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.choice import Choice
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.frame import Panel, column_layout, fill, push_button, row_layout, rule, scroll_in
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.section import Section
from app.kit.words import letters, plain_tip
from app.workspaces.recommender.fields import Finder
from app.workspaces.recommender.follow.session import FollowSession, Hues, WatchEffects, WatchHistory, rank_text
from engine.recommenders.tasks.candidates.answers import (
    CatalogueItem,
    FoundItems,
    FoundTokens,
    FoundUsers,
    LeftOut,
    SearchToken,
    UserCategory,
)

COLUMNS = 2
WIDEST = 200
"""Pixels of a chip."""


class CategoryChoice(Choice):
    """The values of a category that the network knows, and that it is not known."""

    def __init__(self, category: UserCategory) -> None:
        tip = QCoreApplication.translate("CategoryChoice", "{category} of this user, as the network sees it")
        super().__init__(category.name, (), tip.format(category=category.name))
        self.category = category
        self._values: tuple[str | None, ...] = ()
        self.show_value(None)

    def show_value(self, value: str | None) -> None:
        """Show a value: one that training did not have is offered beside those that it had."""
        values: tuple[str | None, ...] = (None, *self.category.values)
        if value not in values:
            values = (*values, value)
        if values != self._values:
            self._values = values
            self.set_entries([(str(at), self._text(value)) for at, value in enumerate(values)])
        self.choose(str(values.index(value)))

    def _text(self, value: str | None) -> str:
        if value is None:
            return self.tr("unknown")
        return value if value in self.category.values else self.tr("{value}, new to it").format(value=value)

    def value_of(self, key: str) -> str | None:
        """The value of an entry."""
        return self._values[int(key)]


class SearchChips(QWidget):
    """``removed(SearchToken)``: by hand. As many lines as it takes."""

    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[SearchToken, ...] = ()
        self._flow = FlowLayout(self, 4)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chips(self) -> list[QToolButton]:
        """Those in sight, in the order of the searches."""
        return [chip for chip in self.findChildren(QToolButton) if not chip.isHidden()]

    def show_tokens(self, tokens: Sequence[SearchToken]) -> None:
        """Show these; the keyboard stays among them where it was."""
        if tuple(tokens) == self._shown:
            return
        at = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        self._shown = tuple(tokens)
        self._flow.clear()
        chips = [self._chip(token) for token in self._shown]
        for chip in chips:
            self._flow.addWidget(chip)
        if at >= 0 and chips:
            chips[min(at, len(chips) - 1)].setFocus()
        self.setVisible(bool(chips))
        self.updateGeometry()

    def _chip(self, token: SearchToken) -> QToolButton:
        chip = QToolButton(self)
        chip.setProperty("role", "chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross comes after the text
        set_icon(chip, "close")
        chip.setMaximumWidth(WIDEST)
        chip.ensurePolished()
        shown = chip.fontMetrics().elidedText(token.text, Qt.TextElideMode.ElideRight, WIDEST - 44)
        chip.setText(letters(shown))
        chip.setAccessibleName(self.tr("Remove the search {text}").format(text=token.text))
        chip.setToolTip(plain_tip(self.tr("Searched: {text}. Press to remove it").format(text=token.text)))
        chip.clicked.connect(lambda _checked=False, token=token: self.removed.emit(token))
        return chip


class ProfilePanel(QWidget):
    """A choice for each category, and the searches; hidden where the network reads neither."""

    def __init__(self, session: FollowSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.choices: dict[str, CategoryChoice] = {}
        self._offered: dict[str, SearchToken] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self.chips = SearchChips()
        self.finder = Finder(self.tr("Add a search …"), self.tr("Type part of a search; the network reads it too"))
        self._searches = self._searches_part()
        content = QWidget()
        fill(column_layout(content, spacing=6), self._grid, self._searches)
        self.part = Section(self.tr("About this user"), content)
        self.part.heading.setChecked(False)
        fill(column_layout(self), self.part)
        self.finder.wanted.connect(self._look)
        self.finder.picked.connect(self._add)
        self.chips.removed.connect(session.document.unsearch)
        session.about_known.connect(self._build)
        session.document.changed.connect(self._follow)
        self._build()

    def _searches_part(self) -> QWidget:
        part = QWidget()
        fill(column_layout(part, spacing=4), self.finder, self.chips)
        return part

    @Slot()
    def _build(self) -> None:
        """What there is to say is the network's to tell."""
        about = self._session.about
        categories = () if about is None else about.categories
        searches = about is not None and about.search_tokens > 0
        self.setVisible(bool(categories) or searches)
        self._searches.setVisible(searches)
        if tuple(choice.category for choice in self.choices.values()) != categories:
            self._rebuild(categories)
        self._follow()

    def _rebuild(self, categories: tuple[UserCategory, ...]) -> None:
        for widget in tuple(_widgets(self._grid)):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.choices = {category.name: CategoryChoice(category) for category in categories}
        for at, (name, choice) in enumerate(self.choices.items()):
            row, place = divmod(at, COLUMNS)
            self._grid.addWidget(_caption(name, choice), 2 * row, place)
            self._grid.addWidget(choice, 2 * row + 1, place)
            choice.picked.connect(lambda key, choice=choice: self._say(choice, key))
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)

    def _say(self, choice: CategoryChoice, key: str) -> None:
        self._session.document.say(choice.category.name, choice.value_of(key))

    @Slot(str)
    def _look(self, text: str) -> None:
        self._session.search_tokens(text, self._offer)

    def _offer(self, found: FoundTokens) -> None:
        self._offered = {str(token.token): token for token in found.tokens}
        entries = [(key, token.text) for key, token in self._offered.items()]
        self.finder.offer(entries, found.found - len(entries))

    @Slot(str)
    def _add(self, key: str) -> None:
        token = self._offered.get(key)
        if token is not None:
            self._session.document.search(token)

    @Slot()
    def _follow(self, _words: str = "") -> None:
        profile = self._session.document.history.profile
        for name, choice in self.choices.items():
            choice.show_value(profile.categories.get(name))
        self.chips.show_tokens(profile.searches)
        said = [value for value in profile.categories.values() if value]
        if profile.searches:
            said.append(counted(len(profile.searches), self.tr("{count} {count:search|searches}")))
        self.part.heading.set_hint(joined(said))


def _caption(name: str, choice: QWidget) -> QLabel:
    label = ElidedLabel(name, "readout")
    label.setAlignment(Qt.AlignmentFlag.AlignBottom)
    label.setBuddy(choice)
    return label


def _widgets(grid: QGridLayout) -> Iterator[QWidget]:
    for at in range(grid.count()):
        item = grid.itemAt(at)
        widget = None if item is None else item.widget()
        if widget is not None:
            yield widget


MOST_TITLES = 3
LEFT, RIGHT, PLAIN, TOLD = 26.0, 12.0, 29.0, 46.0
PIP_WIDTH, PIP_HEIGHT, PIP_GAP = 5.0, 7.0, 2.0
BUTTON = 24.0


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """``changed``: how many of the ``top`` places are others without any watch of it, of which there are ``watches``;
    None while that is not known. ``effect``: the same in words, and ``detail`` what comes instead. ``hue``: the ink of
    its sort."""

    item: CatalogueItem
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
        return ". ".join(part for part in (self.item.label, self.effect, self.detail) if part)


@dataclass(frozen=True, slots=True)
class HistoryRows:
    """The latest first. ``chosen``: the row that says what comes instead, −1 for none. ``gap``: before which row one
    that is being dragged would be put."""

    rows: tuple[HistoryRow, ...] = ()
    chosen: int = -1
    gap: int | None = None


def history_rows(
    history: WatchHistory, effects: WatchEffects | None, longest: int, hues: Hues
) -> tuple[HistoryRow, ...]:
    """A row for each watch; ``effects`` None while they are not known, ``longest``: watches that the network reads."""
    return tuple(replace(row, hue=hues.ink(row.item)) for row in _rows(history, effects, longest))


def _rows(history: WatchHistory, effects: WatchEffects | None, longest: int) -> Iterator[HistoryRow]:
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


def _detail(item: CatalogueItem, effects: WatchEffects, left_out: LeftOut, all_watches: Mapping[str, int]) -> str:
    """``Without it come …; Alien falls from 6 to 16.``; of several watches, that all of them are meant."""
    watches = all_watches[item.name]
    others = [other.label for other in left_out.entered if other.name != item.name]
    parts = [] if watches == 1 else [_tr("This is for all {count} watches of it").format(count=watches)]
    if len(others) < len(left_out.entered):
        parts.append(_tr("Left out, it is recommended itself"))
    if others:
        titles = listed(others[:MOST_TITLES])
        if len(others) > MOST_TITLES:
            more = counted(len(others) - MOST_TITLES, _tr("{count} more"))
            titles = _tr("{titles} and {more}").format(titles=titles, more=more)
        parts.append(_tr("Without it: {titles}").format(titles=titles))
    if not left_out.entered:
        parts.append(_tr("The top {top} stay the same without it").format(top=effects.top))
    if effects.followed is not None and effects.followed.name != item.name:
        parts.extend(_followed(effects, left_out, watched=effects.followed.name in all_watches))
    return _tr("{parts}.").format(parts=set_apart(parts))


def _followed(effects: WatchEffects, left_out: LeftOut, *, watched: bool) -> Iterator[str]:
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
    title = title.format(title=effects.followed.label)
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
    return wrapped_height(detail, max(width - LEFT - RIGHT, 60.0), 11.5)


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
            "Delete removes this watch or puts it back, Shift+Delete removes every watch of its item; "
            "Alt+arrows, or the mouse, move it in time."
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
        row.item.label,
        title,
        12.5,
        "text_muted" if muted else "text",
        "left middle",
        bold=bool(row.changed),
        elide=True,
    )
    if row.removed:
        struck = min(text_width(row.item.label, 12.5), title[2])
        yield Line((LEFT, top + PLAIN / 2), (LEFT + struck, top + PLAIN / 2), "text_muted")
    yield from _row_button(number, row, button)
    if row.changed:
        yield from _pips(row, top + PLAIN + 5)
    if chosen and row.detail:
        place = (LEFT, top + (TOLD if row.changed else PLAIN), width - LEFT - RIGHT, bottom - top)
        yield Text(row.detail, place, 11.5, align="left top", wrap=True)


def _row_button(number: int, row: HistoryRow, place: tuple[float, float, float, float]) -> Iterator[Mark]:
    left, top, width, height = place
    if row.removed:
        tip = _tr("Let {title} count again").format(title=row.item.label)
        yield Text(_tr("put back"), place, 11, "accent", bold=True, key=("button", number), tip=tip)
        return
    x, y, reach = left + width / 2, top + height / 2, 4.0
    yield Lines(
        ((x - reach, y - reach, x + reach, y + reach), (x - reach, y + reach, x + reach, y - reach)), "text_muted"
    )
    tip = _tr("Remove {title}").format(title=row.item.label)
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
        """Show other rows; the chosen place stays, and the gap while these are the same watches in the same order."""
        chosen = min(max(self.data.chosen, 0), len(rows) - 1)
        same = [row.item for row in rows] == [row.item for row in self.rows]
        self._show(HistoryRows(rows, chosen, self.data.gap if same else None))

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
        this = menu.addAction(self.tr("Remove this watch"))
        this.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        this.triggered.connect(lambda: self.remove_wanted.emit(row))
        every = menu.addAction(self.tr("Remove all {count} watches of it").format(count=self.rows[row].watches))
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


WIDTH = 248
MARGIN = 12


class HistoryPanel(Panel):
    """Edits go to the session's document; ``edited``: one was made here, by hand."""

    edited = Signal()

    def __init__(self, session: FollowSession) -> None:
        super().__init__()
        self._session = session
        self.setFixedWidth(WIDTH)
        self.actions_made = self._actions()
        self._hues = Hues()
        self.list = HistoryList()
        self.empty = wrapped(self.tr("Nothing watched yet. Add an item below to see what is recommended."))
        self.empty.setContentsMargins(MARGIN, 8, MARGIN, 0)
        self.still = wrapped("")
        self.still.setContentsMargins(MARGIN, 8, MARGIN, 8)
        self.profile = ProfilePanel(session)
        self.profile.setContentsMargins(MARGIN, 0, MARGIN, 8)
        head, foot = self._head(), self._foot()
        # Before there is a list, the stretch below it keeps the rest from being pulled apart.
        fill(self.column, head, self.profile, self.empty, (self.list, 1), 0, self.still, rule(), foot)
        self._connect()
        self._follow_user()
        self._follow_history()

    def _actions(self) -> dict[str, QAction]:
        """Undo and redo of edits, reset, and whom to follow."""
        document = self._session.document
        made = {}
        for name, text, tip, keys, do in (
            ("undo", self.tr("Undo"), self.tr("Undo the last edit of the history"), "Ctrl+Z", document.stack.undo),
            ("redo", self.tr("Redo"), self.tr("Redo the edit"), "Ctrl+Shift+Z", document.stack.redo),
            ("reset", self.tr("Reset"), self.tr("Restore the history from the log; you can undo it"), "Ctrl+Shift+R",
             document.reset),
            ("dice", self.tr("Somebody else"), self.tr("Follow a random user; undo goes back"), "Ctrl+D",
             self._session.follow_anybody),
            ("new", self.tr("Your own history"), self.tr("Begin with an empty history"), "Ctrl+Shift+D",
             self._session.follow_nobody),
        ):  # fmt: skip
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            describe(action, tip)
            action.triggered.connect(lambda _checked=False, do=do: do())
            self.addAction(action)
            made[name] = action
        for name in ("undo", "redo", "dice", "new"):
            set_icon(made[name], name)
        return made

    def _head(self) -> QWidget:
        head = QWidget()
        heading = Label(in_capitals(self.tr("History")), role="heading")
        self.about = ElidedLabel("", "muted")
        self.about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = fill(row_layout(), heading, (self.about, 1))
        self.user = Finder(self.tr("Find a user"), self.tr("Type part of a user's name or number"), keeps=True)
        others = (_button(self.actions_made[name]) for name in ("dice", "new"))
        whose = fill(row_layout(spacing=4), (self.user, 1), *others)
        fill(column_layout(head, (MARGIN, 12, MARGIN, 6), spacing=8), top, whose)
        return head

    def _foot(self) -> QWidget:
        """What would change with another watch; and, once something is edited, the way back."""
        foot = QWidget()
        tip = self.tr("Type part of a title; it's added as the latest watch")
        self.search = Finder(self.tr("Add a watch …"), tip)
        self.edit_row = QWidget()
        self.edits = ElidedLabel("", "muted")
        steps = (_button(self.actions_made[name]) for name in ("undo", "redo"))
        reset = push_button(self.actions_made["reset"].text(), "pill")
        reset.setToolTip(self.actions_made["reset"].toolTip())
        reset.clicked.connect(self.actions_made["reset"].trigger)
        self.actions_made["reset"].changed.connect(lambda: reset.setEnabled(self.actions_made["reset"].isEnabled()))
        fill(row_layout(self.edit_row, spacing=4), (self.edits, 1), *steps, reset)
        fill(column_layout(foot, (MARGIN, 8, MARGIN, 8), spacing=6), self.search, self.edit_row)
        return foot

    def _connect(self) -> None:
        session, document = self._session, self._session.document
        session.about_known.connect(self._follow_history)
        session.user_changed.connect(self._follow_user)
        session.effects_found.connect(self._follow_history)
        document.changed.connect(self._follow_history)
        self.list.remove_wanted.connect(document.remove)
        self.list.remove_all_wanted.connect(document.remove_all)
        self.list.put_back_wanted.connect(document.put_back)
        self.list.move_wanted.connect(document.move)
        self.search.wanted.connect(self._look_for_items)
        self.search.picked.connect(self._add)
        self.user.wanted.connect(self._look_for_users)
        self.user.picked.connect(session.follow)
        for name, possible in (("undo", document.stack.canUndoChanged), ("redo", document.stack.canRedoChanged)):
            possible.connect(self.actions_made[name].setEnabled)
            self.actions_made[name].setEnabled(False)
        self._found: dict[str, CatalogueItem] = {}

    # Finding ------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _look_for_items(self, text: str) -> None:
        self._session.search_items(text, self._offer_items)

    def _offer_items(self, found: FoundItems) -> None:
        self._found = {item.name: item for item in found.items}
        entries = [
            (item.name, item.label if item.year is None else f"{item.label} ({item.year})") for item in found.items
        ]
        self.search.offer(entries, found.found - len(entries))

    @Slot(str)
    def _add(self, name: str) -> None:
        item = self._found.get(name)
        if item is not None:
            self._session.document.add(item)
            self.list.choose(0)

    @Slot(str)
    def _look_for_users(self, text: str) -> None:
        """What is typed as it is shown, ``User 1``, is the user of that number, where nobody is called so."""
        bare = text.strip().lower().removeprefix(user_text("0").partition("0")[0].strip().lower()).strip()

        def offer(found: FoundUsers) -> None:
            if not found.found and bare.isdecimal():
                self._session.search_users(bare, self._offer_users)
            else:
                self._offer_users(found)

        self._session.search_users(text, offer)

    def _offer_users(self, found: FoundUsers) -> None:
        entries = []
        for user in found.users:
            watches = counted(user.watches, self.tr("{count} {count:watch|watches}"))
            entries.append(
                (user.user, self.tr("{user} · {watches}").format(user=user_text(user.user), watches=watches))
            )
        nothing = (self.tr("not in the training rows"), self.tr("try another user"))
        self.user.offer(entries, found.found - len(entries), nothing)

    # Following ----------------------------------------------------------------------------------------------------

    def show_hues(self, hues: Hues) -> None:
        """Colour the rows by what sort each is."""
        self._hues = hues
        self._follow_history()

    @Slot()
    def _follow_user(self) -> None:
        user = self._session.user
        if not self._session.begun:
            return
        self.user.show_text(self.tr("Your own history") if user is None else user_text(user.user))

    @Slot()
    def _follow_history(self, _words: str = "") -> None:
        session, history = self._session, self._session.document.history
        longest = session.about.longest if session.about is not None else len(history.entries)
        self.list.show_rows(history_rows(history, session.effects, longest, self._hues))
        self.list.setVisible(bool(self.list.rows))
        self.empty.setVisible(session.begun and not self.list.rows)
        self.column.setStretchFactor(self.empty, 0 if self.list.rows else 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about.set_full_text(self._about_text(history.kept, longest) if session.begun else "")
        self.about.set_about(self._order_text())
        self.still.setText(still_text(self.list.rows))
        self.still.setVisible(bool(self.still.text()))
        self.edits.set_full_text(self._edits_text())
        stack = session.document.stack
        self.edit_row.setVisible(stack.canUndo() or stack.canRedo())
        self.actions_made["reset"].setEnabled(session.document.edited)

    def _about_text(self, kept: int, longest: int) -> str:
        if kept > longest:
            return self.tr("the last {longest} of {count}").format(longest=grouped(longest), count=grouped(kept))
        return counted(kept, self.tr("{count} {count:watch|watches, latest first}"))

    def _order_text(self) -> str:
        """How much of a history is read, and whether it matters what was watched before what."""
        about = self._session.about
        if about is None:
            return ""
        order = self.tr("The order doesn't matter: the network reads a mean.")
        if about.spec.latest == 1:
            order = self.tr("The order matters only for the last watch; the rest is averaged.")
        elif about.spec.latest:
            order = self.tr("The order matters only for the last {count}; the rest is averaged.")
        read = self.tr("The network reads at most {longest} watches.").format(longest=grouped(about.longest))
        return f"{read} {order.format(count=grouped(about.spec.latest))}"

    def _edits_text(self) -> str:
        history = self._session.document.history
        if not self._session.begun:
            return ""
        parts = []
        if history.added:
            parts.append(self.tr("{count} added").format(count=history.added))
        if history.removed:
            parts.append(self.tr("{count} removed").format(count=history.removed))
        if said := self._session.document.said:
            parts.append(counted(said, self.tr("{count} {count:fact|facts} changed")))
        if parts:
            return joined(parts)
        return self.tr("in another order") if self._session.document.edited else self.tr("as in the log")


def still_text(rows: tuple[HistoryRow, ...]) -> str:
    """What is true of all watches whose row says nothing: without any one of them the nearest ones are the same."""
    still = [row for row in rows if row.changed == 0]
    if not still:
        return ""
    top = grouped(still[0].top)
    tr = QCoreApplication.translate
    if len(still) == sum(not row.removed for row in rows):
        words = tr("HistoryPanel", "Without any one of them the nearest {top} stay the same.")
    elif len(still) == 1:
        words = tr("HistoryPanel", "Without “{item}” the nearest {top} stay the same.")
    else:
        words = tr("HistoryPanel", "Without any one of the other {count} the nearest {top} stay the same.")
    return words.format(count=grouped(len(still)), top=top, item=still[0].item.label)


def user_text(name: str) -> str:
    """A bare number is told to be a user's."""
    return QCoreApplication.translate("HistoryPanel", "User {name}").format(name=name) if name.isdecimal() else name


def _button(action: QAction) -> ActionButton:
    button = ActionButton(action)
    button.setAccessibleName(action.text())
    return button
