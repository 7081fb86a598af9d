"""What all this is worth, and honestly so: hit rates with errors, and the watch that was held out."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.kit.drawing.view import DrawingView
from app.kit.listing import listed
from app.kit.numbers import duration, grouped, percent, probability
from app.kit.widgets.frame import Panel
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.switch import Switch
from app.kit.words import plain_tip
from app.workspaces.recommender.differences import about_pairs
from app.workspaces.recommender.follow.content import Estimate, Split
from app.workspaces.recommender.follow.history_panel import user_text
from app.workspaces.recommender.follow.judge import LAST_KEY, LENGTH, RANDOM_KEY, Judge
from app.workspaces.recommender.follow.session import FollowSession
from app.workspaces.recommender.follow.time_line import TimeLine, draw_time_line
from app.workspaces.recommender.follow.worth_view import HitRates, draw_hit_rates, verdict
from engine.recommenders.tasks.base import NETWORK

HEIGHT = 166
TOLD = 0.05
"""Shares of the held-out watches that are large enough to be told."""
FEWER = 0.02
"""By how much the share of repeats has to differ to be a part of what a random watch does."""
LAST, RANDOM = 0, 1


class BottomStrip(Panel):
    """Left the hit rates, right the time line and the switch between two ways to hold a watch out."""

    def __init__(self, session: FollowSession, judge: Judge) -> None:
        super().__init__()
        self._session, self._judge = session, judge
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 6)
        row.setSpacing(24)
        row.addWidget(self._left(), 1)
        row.addWidget(self._right(), 1)
        self.column.addLayout(row)
        session.user_changed.connect(self._follow)
        session.facts_known.connect(self._follow)
        judge.changed.connect(self._follow)
        self._follow()

    def _left(self) -> QWidget:
        self.heading = Label(self.tr("Hit rate@{length}").format(length=LENGTH))
        self.heading.setProperty("role", "title")
        self.about = ElidedLabel("", "muted")
        name = self.tr("Hit rates")
        self.worth = DrawingView(draw_hit_rates, HitRates(), hint=QSize(360, 116), least=QSize(240, 76), name=name)
        self.waiting = _Waiting()
        self.waiting.start.clicked.connect(self._start)
        self.waiting.stop.clicked.connect(self._judge.stop)
        return _stacked(self.heading, self.about, None, self.worth, self.waiting)

    def _right(self) -> QWidget:
        self.held = Label()
        self.held.setProperty("role", "title")
        self.whose = ElidedLabel("", "muted")
        self.switch = Switch(
            self.tr("Which watch is held out"),
            (
                (self.tr("Last"), self.tr("Each user's last watch is kept from training and looked for")),
                (self.tr("Random"), self.tr("What it does to the figures that the watch is drawn at random")),
            ),
        )
        self.switch.setFixedWidth(140)
        self.switch.currentChanged.connect(self._switch)
        name = self.tr("Watches in time")
        self.line = DrawingView(draw_time_line, TimeLine(), hint=QSize(320, 96), least=QSize(160, 72), name=name)
        self.words = wrapped()
        return _stacked(self.held, self.whose, self.switch, self.line, self.words)

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
    def _start(self) -> None:
        if self.random:
            self._judge.want_splits()
        else:
            self._judge.want_worth()

    @Slot()
    def _follow(self) -> None:
        user = self._session.user
        line = TimeLine(user, self._session.begun)
        self.line.set_data(line)
        self.whose.set_full_text("" if user is None or self.random else self._whose(user_text(user.name), line))
        self.line.setVisible(not self.random)
        drawn = self.random or self._session.drawn
        self.held.setText(self.tr("Random watch held out") if drawn else self.tr("Last watch held out"))
        self.held.setVisible(self.random or self._session.facts is not None)
        self._name_own_split()
        if self.random:
            self._follow_random()
        else:
            self._follow_last()

    def _name_own_split(self) -> None:
        """The first part of the switch is of the watches that this network's training left out."""
        if self._session.drawn:
            self.switch.setTabText(LAST, self.tr("Its own"))
            self.switch.setTabToolTip(
                LAST, self.tr("The watch of each user that its training left out, one drawn at random, is looked for")
            )

    def _whose(self, user: str, line: TimeLine) -> str:
        return self.tr("{user}, in order of time (UTC)").format(user=user) if line.timed else user

    def _follow_last(self) -> None:
        worth = self._judge.worth
        self._show_waiting(worth is not None, LAST_KEY)
        self.about.set_full_text("")
        if worth is None:
            self.words.setText("")
            return
        self.worth.set_data(HitRates(tuple(worth.judged)))
        about = self.tr("{users} held-out watches, all {items} items ranked")
        self.about.set_full_text(about.format(users=grouped(worth.users), items=grouped(worth.catalogue)))
        said = verdict(worth)
        self.words.setToolTip(plain_tip(about_pairs() if said else ""))
        if worth.tied >= TOLD:
            tied = self.tr("{share} of the held-out watches have another at the same second.")
            said = f"{said} {tied.format(share=percent(worth.tied))}"
        if worth.repeated >= TOLD:
            repeats = self.tr("{share} of the held-out watches are of what was watched before, which nobody is "
                              "recommended: at most {most} can be hit.")  # fmt: skip
            shares = {"share": percent(worth.repeated), "most": percent(1.0 - worth.repeated)}
            said = f"{said} {repeats.format(**shares)}"
        self.words.setText(said)

    def _follow_random(self) -> None:
        self.words.setToolTip("")
        splits = {one.held_out: one for one in self._judge.splits}
        last, drawn = splits.get("last"), splits.get("random")
        self._show_waiting(last is not None and drawn is not None, RANDOM_KEY)
        self.about.set_full_text("")
        if last is None or drawn is None:
            words = self.tr("A random watch has others after it: whoever learns from those has seen the future.")
            self.words.setText(words)
            return
        beside = tuple((judged.who, judged.hit_rate) for judged in last.judged)
        self.worth.set_data(HitRates(tuple(drawn.judged), beside))
        self.about.set_full_text(self.tr("discs: a random watch held out; rings: the last"))
        self.words.setText(random_words(last, drawn, self._trained_for()))

    def _trained_for(self) -> str:
        return "" if self._session.facts is None else self._session.facts.held_out

    def _show_waiting(self, known: bool, name: str) -> None:
        self.worth.setVisible(known)
        self.waiting.setVisible(not known)
        self.waiting.show_busy(self._judge.waits_for(name), self._judge.took.get(LAST_KEY) if self.random else None)


def random_words(last: Split, drawn: Split, held_out: str) -> str:
    """What a random watch does to the figures, in words that claim no more than was measured."""
    said = [
        _tr("On average {share} of a user's other watches come after a random one: whoever learns from them has seen "
            "the future.").format(share=percent(drawn.later)),
    ]  # fmt: skip
    lifted = _lifted(last, drawn)
    if lifted:
        said.append(_tr("That lifts {models} here.").format(models=listed(lifted)))
    if lifted and last.repeated - drawn.repeated >= FEWER:
        fewer = _tr("Part of that is no flattery: {last} of the last watches are of what the user watches besides, "
                    "which nobody is recommended, and only {drawn} of the random ones.")  # fmt: skip
        said.append(fewer.format(last=percent(last.repeated), drawn=percent(drawn.repeated)))
    if held_out == "last":
        said.append(
            _tr("This network was trained to tell the last watch and has seen the random ones, so it has no figure "
                "there; a model of the next watch usually loses by such a split.")
        )  # fmt: skip
    return " ".join(said)


def _lifted(last: Split, drawn: Split) -> list[str]:
    """The simpler models that a random watch flatters, with both figures."""
    before = {one.who: one.hit_rate for one in last.judged}
    found = []
    for one in drawn.judged:
        was, now = before.get(one.who, Estimate(None, None)).value, one.hit_rate.value
        if one.who != NETWORK and was is not None and now is not None and now > was:
            text = _tr("{who} from {before} to {after}")
            found.append(text.format(who=one.who, before=probability(was), after=probability(now)))
    return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("BottomStrip", text)


class _Waiting(QWidget):
    """What is not known yet: worked out by a button, or being worked out, which can be stopped."""

    def __init__(self) -> None:
        super().__init__()
        self.words = wrapped()
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.start = QPushButton(self.tr("Work it out"))
        self.stop = QPushButton(self.tr("Stop"))
        tips = (
            (self.start, self.tr("Judge the network and simpler models on every held-out watch, in another process")),
            (self.stop, self.tr("Work these figures out no further")),
        )
        buttons = QHBoxLayout()
        for button, tip in tips:
            button.setProperty("role", "pill")
            button.setToolTip(plain_tip(tip))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 40, 0)
        column.setSpacing(10)
        column.addWidget(self.words)
        column.addWidget(self.progress)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_busy(self, busy: bool, once: float | None) -> None:
        """Whether it is being worked out; ``once``: seconds that half of it has taken before, None where none has."""
        self.progress.setVisible(busy)
        self.stop.setVisible(busy)
        self.start.setVisible(not busy)
        working = self.tr("Simpler models are being fitted to the same watches; that takes from seconds to minutes.")
        if once is not None:
            twice = self.tr("Simpler models are being fitted to two splits of the watches; one of them took {time}.")
            working = twice.format(time=duration(once))
        self.words.setText(working if busy else self.tr("Not worked out yet."))

    def show_failed(self, sentence: str) -> None:
        """It could not be worked out; why."""
        self.words.setText(sentence)


def _stacked(title: QLabel, about: QWidget, at_right: QWidget | None, *below: QWidget) -> QWidget:
    """A line of heading, and what is below it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    head = QHBoxLayout()
    head.setSpacing(10)
    head.addWidget(title)
    head.addWidget(about, 1)
    if at_right is not None:
        head.addWidget(at_right, 0, Qt.AlignmentFlag.AlignRight)
    column.addLayout(head)
    for number, widget in enumerate(below):
        column.addWidget(widget, 0 if number and len(below) > 1 and at_right is not None else 1)
    return holder
