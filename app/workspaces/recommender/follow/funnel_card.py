"""The funnel: catalogue, candidates, what is shown, and what became of the item that was watched next."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.kit.copying import CopyButton
from app.kit.numbers import counted, grouped
from app.kit.widgets.labels import ElidedLabel, Label, Sentence
from app.workspaces.recommender.follow.content import Placed, Recommendation
from app.workspaces.recommender.follow.held_words import held_mark
from app.workspaces.recommender.follow.history_rows import rank_text
from app.workspaces.recommender.follow.hues import Hues
from app.workspaces.recommender.follow.ranked import is_ranked
from app.workspaces.recommender.follow.session import FollowSession
from app.workspaces.recommender.follow.shown_list import ShownList, ShownRows
from app.workspaces.recommender.follow.stages_view import HEAD, StagesView
from app.workspaces.recommender.follow.watched_chips import WatchedChips, withheld

MOST_STEPS = 4
ROOMY, TIGHT = 380, 290
"""Height in pixels."""


class FunnelCard(QFrame):
    """``chosen(str)``: an item of the list, by hand; ``failed(Problem)``: a file could not be written."""

    chosen = Signal(str)
    failed = Signal(object)

    def __init__(self, session: FollowSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "card")
        self.stages = StagesView()
        self.rows = ShownRows(self)
        self.list = ShownList(self.rows)
        self.number, self.words = Label(), Label(self.tr("shown"))
        self.number.setStyleSheet("font-size: 17px; font-weight: 700;")
        self.words.setProperty("role", "muted")
        self.copier = CopyButton()
        self.copier.offer(self.stages, self.grab, title=self.tr("the funnel"), name="funnel")
        self.copier.failed.connect(self.failed)
        self.standing, self.trail = Sentence(), ElidedLabel("", "muted")
        self.chips = WatchedChips()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 10)
        column.setSpacing(6)
        both = QHBoxLayout()
        both.setSpacing(4)
        both.addWidget(self.stages, 1)
        both.addLayout(self._shown(), 1)
        column.addLayout(both, 1)
        column.addWidget(self.standing)
        column.addWidget(self.trail)
        column.addWidget(self.chips)
        self.list.chosen.connect(self.chosen)
        session.recommended.connect(self._follow)
        session.user_changed.connect(self._follow)
        session.explained.connect(self._follow_chosen)
        self._follow()

    def _shown(self) -> QVBoxLayout:
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self.number)
        names.addWidget(self.words)
        head.setContentsMargins(10, 0, 0, 0)
        head.addLayout(names, 1)
        self._head = head
        head.addWidget(self.copier)
        holder = QWidget()
        holder.setFixedHeight(int(HEAD))
        holder.setLayout(head)
        head.setSpacing(0)
        shown = QVBoxLayout()
        shown.setSpacing(0)
        shown.addWidget(holder)
        shown.addWidget(self.list, 1)
        return shown

    def show_hues(self, hues: Hues) -> None:
        """Colour the items by what sort each is."""
        self.list.delegate.hues = hues
        self.list.viewport().update()

    def set_second_stage(self, chooser: QWidget) -> None:
        """Put what chooses the second stage above the list that it puts in order."""
        self._head.insertWidget(1, chooser, 3)

    def step(self, by: int) -> None:
        """Choose the item so many places further down."""
        row = self.list.currentIndex().row() + by
        if 0 <= row < len(self.rows.rows):
            self.list.setCurrentIndex(self.rows.index(row))

    @Slot()
    def _follow(self) -> None:
        found = self._session.recommendation
        self.stages.show_found(found)
        self.rows.show(found)
        self.number.setText("" if found is None else grouped(len(found.shown)))
        self.words.setVisible(found is not None)
        self.words.setText(self.tr("by expected time") if found is not None and is_ranked(found) else self.tr("shown"))
        self.copier.setVisible(found is not None)
        self.standing.set_full_text("" if found is None else self._standing(found))
        trail = "" if found is None else self._trail(found)
        self.trail.set_full_text(trail)
        self._show_trail()
        self.chips.show_placed(withheld(found))
        self.chips.setVisible(bool(withheld(found)))
        self._follow_chosen()

    def _show_trail(self) -> None:
        """Where the list has no room to spare, the places of the past are the first to go."""
        self.trail.setVisible(bool(self.trail.full_text) and self.height() >= ROOMY)
        self.standing.set_single(single=self.height() < TIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_trail()

    @Slot()
    def _follow_chosen(self) -> None:
        self.list.mark(self._session.chosen or "")

    def _standing(self, found: Recommendation) -> str:
        """What became of the item that was held out."""
        held_out = found.held_out
        if held_out is None:
            return self._unknown(found)
        title, ranked = held_out.item.title, is_ranked(found)
        rank = str(held_out.place) if ranked and held_out.place is not None else rank_text(held_out.rank)
        return self._placed(found, held_out).format(
            title=title,
            mark=held_mark(drawn=found.drawn),
            rank=rank,
            count=len(found.shown),
            candidates=len(found.candidates),
        )

    def _trail(self, found: Recommendation) -> str:
        """The place of the item that was watched next with each edit, the last ones."""
        trail = self._session.trail
        if found.held_out is None or len(trail) < 2:
            return ""
        told = [self.tr("{place} {edit}").format(place=rank_text(step.rank), edit=step.words)
                for step in trail[-MOST_STEPS:] if step.rank is not None]  # fmt: skip
        place = self.tr("Its place by v·u: {steps}") if is_ranked(found) else self.tr("Its place: {steps}")
        return place.format(steps=" → ".join(told))

    def _placed(self, found: Recommendation, held_out: Placed) -> str:
        if held_out.watched:
            return self.tr("{title} is in the history now, so it is not recommended again.")
        if held_out.place is not None:
            return self.tr("Found: {title}, {mark}, is at place {rank} of the {count} shown.")
        if held_out.rank <= len(found.candidates):
            if is_ranked(found):
                return self.tr("Missed: {title}, {mark}, is candidate {rank}; the ranking network shows others.")
            return self.tr("Missed: {title}, {mark}, is at place {rank}, a candidate that is not shown.")
        return self.tr("Missed: {title}, {mark}, is at place {rank}, no candidate.")

    def _unknown(self, found: Recommendation) -> str:
        if not found.unknown:
            return ""
        return counted(
            len(found.unknown),
            self.tr("1 watched item is unknown to the network: it goes to the bucket for unknown ones."),
            self.tr("{count} watched items are unknown to the network: they go to the bucket for unknown ones."),
        )
