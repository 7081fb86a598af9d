"""Follow a user: their history, what they are shown, and why; below, what all this is worth, in tabs."""

from __future__ import annotations

from math import isnan, nan
from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QSplitter, QWidget

from app.kit import announce
from app.kit.numbers import NOTHING, grouped, probability, short
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.frame import QWIDGETSIZE_MAX, bring_into_sight, column_layout, fill, row_layout
from app.workspaces.recommender.answers import Answers
from app.workspaces.recommender.follow.evidence import EvidenceTabs
from app.workspaces.recommender.follow.evidence_plots import strongest, who_text
from app.workspaces.recommender.follow.history_panel import HistoryPanel
from app.workspaces.recommender.follow.judge import Judge
from app.workspaces.recommender.follow.list_panel import ListPanel
from app.workspaces.recommender.follow.map_view import FollowMap
from app.workspaces.recommender.follow.second_stage import RankerChooser
from app.workspaces.recommender.follow.session import FollowSession, Hues
from app.workspaces.recommender.follow.why_panel import WhyPanel, truth_words
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import AskingStrip, Figure, RunSection
from engine.recommenders.tasks.candidates.answers import WhyItem

SHARES = [450, 260]
"""Of the height, for the list and the tabs below it."""
ROOM_ACROSS, ROOM_DOWN = 860, 600
"""Pixels from which on all parts are seen at once, each with its words."""
LIST, TABS, WHY = 420, 320, 520
"""Heights in a small window."""
WHY_WIDTH = 312
MARGIN = 10


class FollowLayout(QScrollArea):
    """Wide: list over tabs, why at the right. Small: all of them one under another, which scrolls.
    ``rearranged(bool)``: it is small now, or is not."""

    rearranged = Signal(bool)

    def __init__(self, shown: QWidget, tabs: QWidget, why: QWidget) -> None:
        super().__init__()
        self._why, self._tabs = why, tabs
        self.small: bool | None = None
        self._beside: bool | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        fill(column_layout(holder, (MARGIN, MARGIN, MARGIN, 0)), shown)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._middle.setChildrenCollapsible(False)
        self._middle.setHandleWidth(MARGIN)
        self._middle.setStyleSheet("QSplitter::handle { background: transparent; }")
        self._middle.addWidget(holder)
        self._middle.addWidget(tabs)
        self._middle.setStretchFactor(0, 1)
        self._middle.setSizes(SHARES)
        body = QWidget()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(1)
        self._box.addWidget(self._middle, 1)
        self._box.addWidget(why)
        self.setWidget(body)
        self._arrange(small=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(small=self.width() < ROOM_ACROSS or self.height() < ROOM_DOWN)

    def _arrange(self, *, small: bool) -> None:
        beside = not small or self.width() >= ROOM_ACROSS  # else there is only too little room below
        if (small, beside) == (self.small, self._beside):
            return
        self.small, self._beside = small, beside
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._middle.setMinimumHeight(LIST + TABS if small else 0)
        self._why.setMinimumWidth(WHY_WIDTH if beside else 0)
        self._why.setMaximumWidth(WHY_WIDTH if beside else QWIDGETSIZE_MAX)
        self._why.setMinimumHeight(0 if beside else WHY)
        self.rearranged.emit(small)


class FollowSection(RunSection):
    """Made for one run; see :class:`RunSection`."""

    key: ClassVar[str] = "follow"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Follow a user")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "What it recommends to a user, stage by stage, and why")
    models: ClassVar[frozenset[str]] = frozenset({"candidates"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judging = False

    def show_run(self, run: OpenRun) -> None:
        """Follow somebody through this run's network."""
        self.run = run
        self.session = FollowSession(run.answers, self)
        self.judge = Judge(Answers(self), self)
        kept = self.tr("Open the network's current state; the history stays as it is")
        self.asking = AskingStrip(run, kept)
        self.history = HistoryPanel(self.session)
        self.second = RankerChooser(self.session, run, self)
        self.list = ListPanel(self.session, self.second.chooser)
        self.map = FollowMap(self.session, run.answers)
        self.why = WhyPanel()
        self.evidence = EvidenceTabs(self.session, self.judge, self.map)
        self._lay_out()
        self._connect(run)
        self.judge.open(run.checkpoint, run.answering)
        self.session.begin()

    @property
    def edited(self) -> bool:
        """Whether there are edits of the history, taken back or not."""
        return self.session.document.stack.count() > 0

    def _lay_out(self) -> None:
        self.arranged = FollowLayout(self.list, self.evidence, self.why)
        self.evidence.tabs.tabBarClicked.connect(lambda _tab: bring_into_sight(self.evidence))
        below = fill(row_layout(spacing=1), self.history, (self.arranged, 1))
        fill(column_layout(self, spacing=0), self.asking, (below, 1))

    def _connect(self, run: OpenRun) -> None:
        answers, session = run.answers, self.session
        answers.lost.connect(self._lose)
        answers.ready.connect(self._renew)
        answers.problem_found.connect(run.problem_found)
        self.judge.failed.connect(run.problem_found)
        self.judge.changed.connect(self._follow_figures)
        self.list.chosen.connect(session.choose)
        self.list.failed.connect(run.problem_found)
        self.why.step_wanted.connect(self.list.step)
        session.explained.connect(self._follow_why)
        session.recommended.connect(self._follow_list)
        session.length_changed.connect(self._follow_length)
        session.about_known.connect(self._follow_figures)
        session.popular_known.connect(self._follow_hues)
        self.map.hues_found.connect(self._show_hues)
        self.arranged.rearranged.connect(self.map.yield_wheel)
        run.closed.connect(self._close_work)

    def enter(self) -> None:
        """The keyboard is the history's."""
        self.history.list.setFocus()
        self.second.watch(on=True)
        if self.session.recommendation is not None:
            self._judge_once()

    def leave(self) -> None:
        """What is being judged goes on: it is asked for once, and ends its own child."""
        self.second.watch(on=False)

    @Slot()
    def _close_work(self) -> None:
        """The run is open no more."""
        self.judge.stop()
        self.map.close_work()

    # Following ----------------------------------------------------------------------------------------------------

    @Slot(str)
    def _lose(self, _sentence: str) -> None:
        """What is shown cannot be asked about any more."""
        self._set_answering(False)

    @Slot(object)
    def _renew(self, _ready: object) -> None:
        """It answers, for the first time or again: maybe with what has been learnt since."""
        self._set_answering(True)
        self.session.renew()
        self.map.forget()
        if self.judge.open(self.run.checkpoint, self.run.answering):
            self._judging = False

    def _set_answering(self, answering: bool) -> None:
        for part in (self.history, self.list, self.evidence, self.why):
            part.setEnabled(answering)

    @Slot()
    def _follow_hues(self) -> None:
        self._show_hues(Hues(self.session.popular))

    @Slot(object)
    def _show_hues(self, hues: Hues) -> None:
        self.history.show_hues(hues)
        self.list.show_hues(hues)

    @Slot()
    def _follow_list(self) -> None:
        self._judge_once()
        self._follow_figures()
        found = self.session.recommendation
        if found is not None and announce.heard():
            announce.announce(self, self.list.verdict.full_text)

    def _judge_once(self) -> None:
        """After the first list: two children that open at once take twice as long. Once stopped it stays stopped."""
        if not self._judging:
            self._judging = True
            self.judge.want_worth()

    @Slot()
    def _follow_why(self) -> None:
        why, found = self.session.why, self.session.recommendation
        if why is None or found is None:
            self.why.show_why(None)
            return
        self.why.show_why(why, len(found.candidates.scores), truth_words(why, found, self.session.user))
        self.why.show_place(self._place(why))

    def _place(self, why: WhyItem) -> str:
        """Where the explained item stands in the list; nothing for one that is not in it."""
        rows = self.list.rows.rows
        place = self.list.rows.place_of(why.item.name)
        if place < 0:
            return ""
        shown = len(rows) - sum(row.missed for row in rows)
        return (
            rows[place].place
            if rows[place].missed
            else self.tr("{place} of {count}").format(place=place + 1, count=shown)
        )

    @Slot()
    def _follow_length(self) -> None:
        self.judge.judge_at(self.session.length, self.session.lengths)

    @Slot()
    def _follow_figures(self) -> None:
        about, found, worth = self.session.about, self.session.recommendation, self.judge.worth
        figures = [Figure(self.tr("Catalogue"), NOTHING if about is None else grouped(about.sizes.items))]
        rate = self.tr("Hit rate@{length}").format(length=self.judge.length)
        network = nan if worth is None or not worth.judged else worth.judged[0].hit_rate.value
        figures.append(Figure(rate, NOTHING if isnan(network) else probability(network), True))
        best = None if worth is None else strongest(worth)
        if best is not None:
            figures.append(Figure(who_text(best.who), probability(best.hit_rate.value)))
        took = NOTHING if found is None else self.tr("{ms} ms").format(ms=short(found.funnel.total_ms, 2))
        figures.append(Figure(self.tr("Answer in"), took))
        self.set_figures(*figures)
