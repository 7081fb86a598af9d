"""What somebody is shown: the funnel as a strip over the list, and what became of the item that was watched next."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.drawing.view import DrawingView
from app.kit.listing import listed
from app.kit.numbers import counted, fixed
from app.kit.widgets.frame import scroll_in
from app.kit.widgets.labels import ElidedLabel, Label, Sentence
from app.kit.widgets.switch import Switch
from app.workspaces.recommender.follow.answers import Placed, Recommendation, rank_text
from app.workspaces.recommender.follow.history_panel import user_text
from app.workspaces.recommender.follow.hues import Hues
from app.workspaces.recommender.follow.session import LENGTHS, FollowSession
from app.workspaces.recommender.follow.shown_list import (
    HEAD,
    ROW,
    STRIP,
    ShownRows,
    draw_funnel,
    draw_list_head,
    draw_shown_list,
    held_mark,
    rows_of,
)

MOST_STEPS = 4
LEAST_ROWS = 6
SWITCH = 176


def withheld(found: Recommendation | None) -> tuple[Placed, ...]:
    """The watched items that score as high as something that is shown, the best first."""
    if found is None or not found.shown:
        return ()
    last = min(shown.inner for shown in found.shown)
    return tuple(placed for placed in found.watched if placed.score >= last)


class ListPanel(QFrame):
    """``chosen(object)``: an item of the list by name, by hand; ``failed(Problem)``: a file could not be written."""

    chosen = Signal(object)
    failed = Signal(object)

    def __init__(self, session: FollowSession, chooser: QWidget, parent: QWidget | None = None) -> None:
        """``chooser``: what says which network puts the list in order."""
        super().__init__(parent)
        self._session, self._hues = session, Hues()
        self.setProperty("role", "card")
        self.title = ElidedLabel("", "title")
        self.lengths = Switch(
            self.tr("How many are shown"),
            tuple(
                (str(length), self.tr("Show {count}, and judge by as many").format(count=length)) for length in LENGTHS
            ),
        )
        self.lengths.setFixedWidth(SWITCH)
        self.funnel = DrawingView(
            draw_funnel, None, hint=QSize(400, int(STRIP)), least=QSize(320, int(STRIP)), name=self.tr("The funnel")
        )
        self.funnel.setFixedHeight(int(STRIP))
        self.list = ShownList()
        self.copier = CopyButton()
        self.copier.offer(self.list.view, self.grab, title=self.tr("the list"), name="list")
        self.copier.failed.connect(self.failed)
        self.dot, self.verdict = Label("●"), Sentence()
        self.trail, self.withheld = ElidedLabel("", "muted"), ElidedLabel("", "muted")
        self._lay_out(chooser)
        self.lengths.currentChanged.connect(self._choose_length)
        self.list.view.chosen.connect(self.chosen)
        session.recommended.connect(self._follow)
        session.user_changed.connect(self._follow)
        session.explained.connect(self._follow_chosen)
        session.length_changed.connect(self._follow_length)
        theme.notifier().changed.connect(self._show_dot)
        self._follow_length()
        self._follow()

    def _lay_out(self, chooser: QWidget) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(chooser)
        head.addWidget(self.lengths)
        head.addWidget(self.copier)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.dot, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.verdict, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.funnel)
        column.addWidget(self.list, 1)
        column.addLayout(said)
        column.addWidget(self.trail)
        column.addWidget(self.withheld)

    @property
    def rows(self) -> ShownRows:
        """What the list shows."""
        return self.list.data

    def show_hues(self, hues: Hues) -> None:
        """Colour the items by what sort each is."""
        self._hues = hues
        self._show_rows()

    def step(self, by: int) -> None:
        """Choose the item so many places further down."""
        row = self.rows.place_of(self._session.chosen or "") + by
        if 0 <= row < len(self.rows.rows):
            self.chosen.emit(self.rows.rows[row].item.name)

    @Slot(int)
    def _choose_length(self, index: int) -> None:
        self._session.show_first(LENGTHS[index])

    @Slot()
    def _follow_length(self) -> None:
        blocked = self.lengths.blockSignals(True)
        self.lengths.setCurrentIndex(LENGTHS.index(self._session.length))
        self.lengths.blockSignals(blocked)

    @Slot()
    def _follow(self) -> None:
        found, user = self._session.recommendation, self._session.user
        whose = self.tr("What this history is shown") if user is None else self.tr("What {user} is shown")
        name = "" if user is None else user_text(user.name)
        self.title.set_full_text(whose.format(user=name[:1].lower() + name[1:]) if self._session.begun else "")
        self.funnel.set_data(found)
        self.copier.setVisible(found is not None)
        self._show_rows()
        self.verdict.set_full_text("" if found is None else self._verdict(found))
        self._show_dot()
        self.trail.set_full_text("" if found is None else self._trail(found))
        self.trail.setVisible(bool(self.trail.full_text))
        titles = [f"{placed.item.title} {fixed(placed.score)}" for placed in withheld(found)]
        words = self.tr("Watched, so not shown again: {titles}").format(titles=listed(titles))
        self.withheld.set_full_text(words if titles else "")
        self.withheld.setVisible(bool(titles))

    @Slot()
    def _show_dot(self) -> None:
        found = self._session.recommendation
        held_out = None if found is None else found.held_out
        self.dot.setVisible(held_out is not None)
        if held_out is not None:
            ink = theme.current().good if held_out.place is not None else theme.current().text_muted
            self.dot.setStyleSheet(f"color: {ink}; font-size: 11px; padding-top: 2px;")

    def _show_rows(self) -> None:
        found = self._session.recommendation
        ranked = found is not None and found.ranked
        self.list.show_rows(ShownRows(rows_of(found, self._hues), self._session.chosen or "", ranked))

    @Slot()
    def _follow_chosen(self) -> None:
        self._show_rows()
        self.list.bring_into_sight(self._session.chosen or "")

    def _verdict(self, found: Recommendation) -> str:
        """What became of the item that was held out."""
        held_out = found.held_out
        if held_out is None:
            return self._unknown(found)
        ranked = found.ranked and held_out.place is not None
        rank = str(held_out.place) if ranked else rank_text(held_out.rank)
        said = self._placed(found, held_out).format(
            title=held_out.item.title,
            mark=held_mark(drawn=found.drawn),
            rank=rank,
            count=len(found.shown),
            candidates=len(found.candidates),
        )
        if ranked and not held_out.watched:
            said += " " + self.tr("By nearness alone it is at place {rank}.").format(rank=rank_text(held_out.rank))
        return said

    def _trail(self, found: Recommendation) -> str:
        """The place of the item that was watched next with each edit, the last ones."""
        trail = self._session.trail
        if found.held_out is None or len(trail) < 2:
            return ""
        told = [self.tr("{place} {edit}").format(place=rank_text(step.rank), edit=step.words)
                for step in trail[-MOST_STEPS:] if step.rank is not None]  # fmt: skip
        place = self.tr("Its place by v·u: {steps}") if found.ranked else self.tr("Its place: {steps}")
        return place.format(steps=" → ".join(told))

    def _placed(self, found: Recommendation, held_out: Placed) -> str:
        if held_out.watched:
            return self.tr("{title} is in the history now, so it is not recommended again.")
        if held_out.place is not None:
            return self.tr("Found: {title}, {mark}, is at place {rank} of the {count} shown.")
        if held_out.rank <= len(found.candidates):
            if found.ranked:
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


class ShownList(QScrollArea):
    """The rows, which scroll under the heads of their columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = ShownRows()
        name = self.tr("What is shown, the best first")
        self.view = DrawingView(draw_shown_list, self.data, hint=QSize(400, 270), least=QSize(240, 0), name=name)
        self.head = DrawingView(
            draw_list_head, False, hint=QSize(400, int(HEAD)), least=QSize(240, int(HEAD)), parent=self
        )
        self.head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_in(self, self.view)
        self.setFocusProxy(self.view)
        self.setViewportMargins(0, int(HEAD), 0, 0)
        self.setMinimumHeight(int(HEAD + LEAST_ROWS * ROW))

    def show_rows(self, data: ShownRows) -> None:
        """Show these rows."""
        self.data = data
        self.head.set_data(data.ranked)
        self.head.setVisible(bool(data.rows))
        self.view.set_data(data)

    def bring_into_sight(self, name: str) -> None:
        """Scroll as little as shows the row of an item."""
        row = self.data.place_of(name)
        if row >= 0:
            self.ensureVisible(0, round((row + 0.5) * ROW), 0, ceil(ROW / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.setGeometry(0, 0, self.viewport().width(), int(HEAD))
