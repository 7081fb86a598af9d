"""Tabs below the list: how good the network is, the map of items, what was held out, how fast, and what is near."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QWidget

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Mark, Rectangle, Text
from app.kit.drawing.view import DrawingView
from app.kit.listing import listed
from app.kit.numbers import duration, fixed, grouped, percent, probability, short
from app.kit.translation import sentence_of
from app.kit.widgets.frame import Panel, Part, column_layout, fill, push_button, row_layout, rule, scrolled
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.segments import Segments
from app.kit.widgets.switch import Switch
from app.kit.widgets.tabs import UnderlinedTabs
from app.kit.words import plain_tip
from app.workspaces.recommender.follow.evidence_plots import (
    HitRates,
    WatchTimeLine,
    draw_hit_rates,
    draw_recall,
    draw_time_line,
    verdict,
)
from app.workspaces.recommender.follow.history_panel import user_text
from app.workspaces.recommender.follow.judge import LAST_KEY, RANDOM_KEY, Judge, SplitWorth
from app.workspaces.recommender.follow.session import FollowSession
from app.workspaces.recommender.words import about_pairs
from engine.problems import filled_in
from engine.recommenders.judging.standing import list_of_all
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.candidates.answers import ItemTables, ItemTableView, Neighbour, Neighbours, Retrieval

MARGIN, LEAST = 16, 200
TOLD = 0.05
"""Shares of the held-out watches that are large enough to be told."""
FEWER = 0.02
"""By how much the share of repeats has to differ to be a part of what a random watch does."""
LAST, RANDOM = 0, 1
ROW, HEAD, NEAR = 21.0, 22.0, 10


class EvidenceTabs(Panel):
    """A tab for each; the map is somebody else's."""

    def __init__(self, session: FollowSession, judge: Judge, map_: QWidget) -> None:
        super().__init__()
        self.worth, self.held_out = WorthTab(judge), HeldOutTab(session, judge)
        self.retrieval, self.near = RetrievalTab(session, judge), NearItemsTab(session)
        self.tabs, self.pages = UnderlinedTabs(), QStackedWidget()
        for page, title, tip in (
            (self.worth, self.tr("How good is it?"), self.tr("Its hit rate beside that of simpler models")),
            (map_, self.tr("Map of items"), self.tr("All items by their vectors, and where this user is")),
            (self.held_out, self.tr("Held-out watch"), self.tr("What was kept from training, and what that does")),
            (self.retrieval, self.tr("Speed and recall"), self.tr("The exact scan beside inverted lists")),
            (self.near, self.tr("Two tables"), self.tr("What is nearest to the explained item in each item table")),
        ):
            self.tabs.setTabToolTip(self.tabs.addTab(title), plain_tip(tip))
            self.pages.addWidget(page)
        self.pages.setMinimumHeight(LEAST)  # of any of them, so that the tabs stay where they are
        self.tabs.setUsesScrollButtons(True)  # in a narrow window they would widen the page
        self.tabs.setAccessibleName(self.tr("About this network"))
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        fill(self.column, self.tabs, rule(), (self.pages, 1))


class WorthTab(QWidget):
    """The hit rates, and in a sentence whether the network is better than the best of the simpler models."""

    def __init__(self, judge: Judge) -> None:
        super().__init__()
        self._judge = judge
        self.heading = Label(role="title")
        self.about = ElidedLabel("", "muted")
        name = self.tr("Hit rates")
        self.rates = DrawingView(draw_hit_rates, HitRates(), hint=QSize(360, 116), least=QSize(240, 76), name=name)
        self.waiting = _Waiting()
        self.words = wrapped("", None)
        self.waiting.start.clicked.connect(judge.want_worth)
        self.waiting.stop.clicked.connect(judge.stop)
        _stack(self, _headed(self.heading, self.about), self.words, self.rates, self.waiting)
        judge.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        worth, judge = self._judge.worth, self._judge
        self.heading.setText(self.tr("Hit rate@{length}").format(length=judge.length))
        self.rates.setVisible(worth is not None)
        self.waiting.show_state(
            known=worth is not None, busy=judge.waits_for(LAST_KEY), once=None, failure=judge.failure
        )
        self.words.setVisible(worth is not None)
        self.about.set_full_text("")
        if worth is None:
            return
        self.rates.set_data(HitRates(tuple(worth.judged)))
        about = self.tr("{users} held-out {users:watch|watches}, all {items} {items:item|items} ranked by v·u")
        self.about.set_full_text(filled_in(about, {"users": grouped(worth.users), "items": grouped(worth.catalogue)}))
        said = verdict(worth)
        self.words.setToolTip(plain_tip(about_pairs() if said else ""))
        for doubt in list_of_all(judge.length, worth.catalogue):
            said = f"{said} {sentence_of(doubt)}"
        if worth.tied >= TOLD:
            tied = self.tr("{share} of the held-out watches have another at the same second.")
            said = f"{said} {tied.format(share=percent(worth.tied))}"
        if worth.repeated >= TOLD:
            repeats = self.tr("{share} of the held-out watches are of items watched before, which are never "
                              "recommended, so at "
                "most {most} can be hit.")  # fmt: skip
            shares = {"share": percent(worth.repeated), "most": percent(1.0 - worth.repeated)}
            said = f"{said} {repeats.format(**shares)}"
        self.words.setText(said)


class HeldOutTab(QWidget):
    """The user's watches in time with the one that is held out; or what it does to hold a random one out."""

    def __init__(self, session: FollowSession, judge: Judge) -> None:
        super().__init__()
        self._session, self._judge = session, judge
        self.held = Label(role="title")
        self.whose = ElidedLabel("", "muted")
        self.switch = Switch(
            self.tr("Which watch is held out"),
            (
                (self.tr("Last"), self.tr("Each user's last watch is held out and used to evaluate")),
                (self.tr("Random"), self.tr("How drawing the watch at random changes the figures")),
            ),
        )
        self.switch.setFixedWidth(150)
        name = self.tr("Watches in time")
        self.line = DrawingView(draw_time_line, WatchTimeLine(), hint=QSize(320, 96), least=QSize(160, 72), name=name)
        name = self.tr("Hit rates")
        self.rates = DrawingView(draw_hit_rates, HitRates(), hint=QSize(360, 116), least=QSize(240, 76), name=name)
        self.waiting = _Waiting()
        self.words = wrapped()
        _stack(self, _headed(self.held, self.whose, self.switch), self.line, self.words, self.rates, self.waiting)
        self.switch.currentChanged.connect(self._switch)
        self.waiting.start.clicked.connect(judge.want_splits)
        self.waiting.stop.clicked.connect(judge.stop)
        session.user_changed.connect(self._follow)
        session.about_known.connect(self._follow)
        judge.changed.connect(self._follow)
        self._follow()

    @property
    def random(self) -> bool:
        """Whether the figures for random watches are shown."""
        return self.switch.currentIndex() == RANDOM

    @Slot(int)
    def _switch(self, _index: int) -> None:
        if self.random:
            self._judge.want_splits()
        self._follow()

    @Slot()
    def _follow(self) -> None:
        user, drawn = self._session.user, self.random or self._session.drawn
        line = WatchTimeLine(user, self._session.begun)
        self.line.set_data(line)
        self.line.setVisible(not self.random)
        self.held.setText(self.tr("Random watch held out") if drawn else self.tr("Last watch held out"))
        self.held.setVisible(self.random or self._session.about is not None)
        self._name_own_split()
        if self.random:
            self._follow_random()
            return
        self.rates.hide()
        self.waiting.hide()
        self.words.setText("")
        whose = "" if user is None else user_text(user.user)
        timed = self.tr("{user}, in order of time (UTC)").format(user=whose)
        self.whose.set_full_text(timed if user is not None and line.timed else whose)

    def _name_own_split(self) -> None:
        """The first part of the switch is of the watches that this network's training left out."""
        if self._session.drawn:
            self.switch.setTabText(LAST, self.tr("Its own"))
            self.switch.setTabToolTip(
                LAST, self.tr("The watch of each user that training left out, drawn at random, is used to evaluate")
            )

    def _follow_random(self) -> None:
        judge, splits = self._judge, {split.held_out: split for split in self._judge.splits}
        last, drawn = splits.get("last"), splits.get("random")
        known = last is not None and drawn is not None
        self.rates.setVisible(known)
        self.waiting.show_state(
            known=known, busy=judge.waits_for(RANDOM_KEY), once=judge.took.get(LAST_KEY), failure=judge.failure
        )
        self.whose.set_full_text("")
        if last is None or drawn is None:
            words = self.tr("A random watch has later ones: a model that learns from those has seen the future.")
            self.words.setText(words)
            return
        beside = tuple((judged.who, judged.hit_rate) for judged in last.judged)
        self.rates.set_data(HitRates(tuple(drawn.judged), beside))
        about = self.tr("hit rate@{length} · discs: a random watch held out; rings: the last")
        self.whose.set_full_text(about.format(length=judge.length))
        network = self._session.about
        self.words.setText(random_words(last, drawn, "" if network is None else network.spec.held_out))


def random_words(last: SplitWorth, drawn: SplitWorth, held_out: str) -> str:
    """What a random watch does to the figures, in words that claim no more than was measured."""
    said = [
        _tr("On average {share} of a user's other watches come after a random one, so a model that learns from "
            "them has seen the future.").format(share=percent(drawn.later)),
    ]  # fmt: skip
    lifted = _lifted(last, drawn)
    if lifted:
        said.append(_tr("Here this inflates the score of {models}.").format(models=listed(lifted)))
    if lifted and last.repeated - drawn.repeated >= FEWER:
        fewer = _tr("Part of that is genuine: {last} of the last watches are of items the user watched before, which "
                    "are "
            "never recommended, but only {drawn} of the random ones.")  # fmt: skip
        said.append(fewer.format(last=percent(last.repeated), drawn=percent(drawn.repeated)))
    if held_out == "last":
        said.append(
            _tr("This network was trained to predict the last watch and has seen the random ones, so it has no "
                "figure there. A model of the next watch usually does worse on such a split.")
        )  # fmt: skip
    return " ".join(said)


def _lifted(last: SplitWorth, drawn: SplitWorth) -> list[str]:
    """The simpler models that a random watch flatters, with both figures."""
    before = {judged.who: judged.hit_rate for judged in last.judged}
    found = []
    for judged in drawn.judged:
        was, now = before.get(judged.who, judged.hit_rate).value, judged.hit_rate.value
        if judged.who != NETWORK and now > was:
            text = _tr("{who} from {before} to {after}")
            found.append(text.format(who=judged.who, before=probability(was), after=probability(now)))
    return found


class RetrievalTab(QWidget):
    """Exact and approximate retrieval side by side, and how what is shown here was found."""

    def __init__(self, session: FollowSession, judge: Judge) -> None:
        super().__init__()
        self._session, self._judge = session, judge
        self.heading = Label(role="title")
        name = self.tr("Recall by the time of one search")
        self.plot = DrawingView(draw_recall, None, hint=QSize(300, 130), least=QSize(180, 100), name=name)
        self.exact, self.lists, self.words = wrapped("", None), wrapped("", None), wrapped()
        _stack(self, _headed(self.heading), self.words, self.exact, self.lists, self.plot)
        judge.changed.connect(self._follow)
        session.recommended.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        found, listed_ = self._judge.retrieval, self._session.recommendation
        for widget in (self.plot, self.exact, self.lists):
            widget.setVisible(found is not None)
        if found is None:
            self.heading.setText(self.tr("Exact and approximate retrieval"))
            busy = self._judge.waits_for("retrieval")
            self.words.setText(self.tr("Being measured …") if busy else self.tr("Not measured."))
            return
        self.heading.setText(self.tr("Recall of the best {k}, by time of one search").format(k=found.k))
        self.plot.set_data(found)
        self.exact.setText(self.tr("● exact scan  {ms} ms, finds all").format(ms=short(found.exact, 2)))
        self.lists.setText(lists_words(found))
        self.words.setText("" if listed_ is None else retrieval_words(found, listed_.lists))


def lists_words(found: Retrieval) -> str:
    """What the index finds, and what of that its lists find by themselves: where they hold too few, it scans all."""
    served = found.served
    alone = next((probed.recall for probed in found.curve if probed.probes == served.probes), served.recall)
    text = _tr("○ {probes} of {lists} lists  {ms} ms, finds {recall}")
    if alone < served.recall:
        text = _tr(
            "○ {probes} of {lists} lists find {alone}; with the exact scan where they hold fewer than {k}: {ms} ms, "
            "finds {recall}"
        )
    return text.format(
        probes=served.probes,
        lists=found.lists,
        k=found.k,
        alone=probability(alone),
        ms=short(served.milliseconds, 2),
        recall=probability(served.recall),
    )


def retrieval_words(found: Retrieval, lists: int) -> str:
    """How the candidates in sight were found: an answer that tells every score has to scan."""
    if lists:
        return _tr("What is shown here was found in an index of {count} lists.").format(count=grouped(lists))
    words = _tr("Here all items are scanned; “recommend query” searches in lists if there are more than {count}.")
    return words.format(count=grouped(found.exact_up_to))


# What is near ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NearLists:
    """``tables``: what is known of the two tables, the item table first."""

    neighbours: Neighbours | None = None
    by: str = "cosine"
    tables: tuple[ItemTableView, ...] = ()


class NearItemsTab(QWidget):
    """The nearest items of the explained one in each of the two item tables; asked for while it is in sight."""

    def __init__(self, session: FollowSession) -> None:
        super().__init__()
        self._session = session
        self._data = NearLists()
        heading = Label(self.tr("Nearest items"), role="title")
        self.whose = ElidedLabel("", "muted")
        self.by = Segments(
            (
                ("cosine", self.tr("by cosine"), self.tr("Near means pointing the same way")),
                ("inner", self.tr("by inner product"), self.tr("As for scores: long vectors win")),
            )
        )
        name = self.tr("Nearest items in the two tables")
        self.view = DrawingView(draw_near, self._data, hint=QSize(400, 230), least=QSize(300, 0), name=name)
        self.common = wrapped()
        body = QWidget()
        _stack(body, self.view, self.common)
        _stack(self, _headed(heading, self.whose, self.by), scrolled(body))
        self.by.chosen.connect(self._ask)
        self.view.chosen.connect(self._choose)
        session.explained.connect(self._ask)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Nobody has looked before."""
        super().showEvent(event)
        self._ask()

    @Slot(object)
    def _choose(self, key: tuple[int, str]) -> None:
        self._session.choose(key[1])

    @Slot()
    def _ask(self, _by: str = "") -> None:
        why = self._session.why
        if why is not None and self.isVisible():
            by = self.by.key
            self._session.find_near(why.item.name, by, NEAR, partial(self._take, by))
            self._session.look_at_tables(self._take_tables)

    def _take(self, by: str, neighbours: Neighbours) -> None:
        self._data = replace(self._data, neighbours=neighbours, by=by)
        self._show()

    def _take_tables(self, found: ItemTables) -> None:
        tables = (found.item_table, found.history_table)
        self._data = replace(self._data, tables=tuple(table for table in tables if table is not None))
        self._show()

    def _show(self) -> None:
        near = self._data.neighbours
        title = "" if near is None else near.item.label
        self.whose.set_full_text(self.tr("of {title}").format(title=title) if title else "")
        self.view.set_data(self._data)
        words = self.tr("{common} of {count} are in both lists: an item has one vector as watched and another as "
                        "recommended.")  # fmt: skip
        known = near is not None and near.common is not None
        self.common.setText(words.format(common=near.common, count=NEAR) if near is not None and known else "")


def draw_near(data: NearLists, frame: Frame) -> Drawing:
    """Draw a column for each table. Keys are the table's number and the item's name."""
    near = data.neighbours
    if near is None:
        return Drawing()
    lists = [near.item_table] if near.history_table is None else [near.item_table, near.history_table]
    heads = (
        _tr("recommended: the table that u is multiplied by"),
        _tr("watched: the table used to read histories"),
    )
    width = (frame.width - 24) / 2
    marks: list[Mark] = []
    for table, (neighbours, head) in enumerate(zip(lists, heads, strict=False)):
        left = table * (width + 24)
        marks.append(Text(head, (left, 0, width, HEAD), 11.5, "text_muted", "left middle", elide=True))
        for row, neighbour in enumerate(neighbours):
            marks += _near_row(neighbour, data.by, (table, left, HEAD + row * ROW, width), frame)
        if table < len(data.tables):
            about, top = _table_words(data.tables[table]), HEAD + NEAR * ROW + 4
            marks.append(Text(about, (left, top, width, ROW), 11, "text_muted", "left middle", elide=True))
    return Drawing(tuple(marks), height=HEAD + (NEAR + 1) * ROW + 6)


def _near_row(neighbour: Neighbour, by: str, place: tuple[int, float, float, float], frame: Frame) -> Iterator[Mark]:
    table, left, top, width = place
    key = (table, neighbour.item.name)
    value = neighbour.cosine if by == "cosine" else neighbour.inner
    there = "" if neighbour.rank_there is None else _tr("place {rank} in the other table").format(
        rank=grouped(neighbour.rank_there)
    )  # fmt: skip
    tip = f"{neighbour.item.label}: {fixed(value)}; {there}" if there else f"{neighbour.item.label}: {fixed(value)}"
    ground = "raised" if frame.pointed == key else ""
    yield Rectangle(
        (left - 4, top, width + 8, ROW), ground, corner=4, key=key, tip=tip, cursor=Qt.CursorShape.PointingHandCursor
    )
    yield Text(neighbour.item.label, (left, top, width - 60, ROW), 12.5, align="left middle", elide=True)
    yield Text(fixed(value), (left, top, width, ROW), 12, align="right middle", bold=True)


def _table_words(table: ItemTableView) -> str:
    words = _tr("{rows} × {dimensions} · mean length {length} · ρ with watches {related}")
    return words.format(
        rows=grouped(table.rows),
        dimensions=table.dimensions,
        length=fixed(table.lengths.mean),
        related=fixed(table.lengths.with_watches),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Evidence", text)


class _Waiting(QWidget):
    """What is not known yet: worked out by a button, or being worked out, which can be stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.words = wrapped()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        tip = self.tr("Evaluate the network and simpler models on every held-out watch, in another process")
        self.start = push_button(self.tr("Work it out"), "pill", tip)
        self.stop = push_button(self.tr("Stop"), "pill", self.tr("Stop computing these figures"))
        buttons = fill(row_layout(), self.start, self.stop, 1)
        fill(column_layout(self, (0, 8, 40, 0), spacing=10), self.words, self.progress, buttons, 1)

    def show_state(self, *, known: bool, busy: bool, once: float | None, failure: str) -> None:
        """Say whether it is being worked out; ``once``: seconds that half of it has taken before, None where none has;
        ``failure``: why nothing came of it the last time."""
        self.setVisible(not known)
        self.progress.setVisible(busy)
        self.stop.setVisible(busy)
        self.start.setVisible(not busy)
        working = self.tr("Fitting simpler models to the same watches; this takes seconds to minutes.")
        if once is not None:
            twice = self.tr("Simpler models are being fitted to two splits of the watches; one of them took {time}.")
            working = twice.format(time=duration(once))
        self.words.setText(working if busy else failure or self.tr("Not computed yet."))


def _headed(*parts: QWidget) -> QHBoxLayout:
    """A line of heading, of which the second part takes what room is over."""
    stretched = 0 if len(parts) == 1 else 1
    return fill(row_layout(spacing=10), *((part, int(at == stretched)) for at, part in enumerate(parts)))


def _stack(holder: QWidget, *parts: Part) -> None:
    """One under another; the last but one of several, the picture, takes what room is over."""
    fill(column_layout(holder, (MARGIN, 10, MARGIN, 8), spacing=6), *parts, 0)
