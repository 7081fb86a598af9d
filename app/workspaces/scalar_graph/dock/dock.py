"""The dock: tabs with a verdict in one sentence, and beside them the plot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.numbers import scientific
from app.kit.origin.oracles import oracle_name
from app.kit.widgets.labels import Label, Sentence
from app.kit.widgets.tabs import UnderlinedTabs
from app.kit.widgets.tone import restyle
from app.workspaces.scalar_graph.checks import Checked, Checks
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.dock.code import CodePage
from app.workspaces.scalar_graph.dock.curve_card import CurveCard
from app.workspaces.scalar_graph.dock.rules import RulesPage
from app.workspaces.scalar_graph.dock.table import NodeTable
from app.workspaces.scalar_graph.kink_words import met_phrase
from engine.autodiff.check import GraphCheck
from engine.extras import has_torch

PLOT_WIDTH, PLOT_LEAST, TABLE_LEAST = 330, 190, 310
"""The table has the room that it needs, where that leaves the plot so much; with less for both there is no plot."""

HEIGHT_LEAST = 132
"""In a low window, tabs and three rows: the canvas needs the room more."""


class Dock(QWidget):
    """Nodes, rules and code under tabs; the plot to the right of them."""

    def __init__(self, desk: Desk, checks: Checks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._checks = desk, checks
        self.tabs = UnderlinedTabs()
        self.tabs.setAccessibleName(self.tr("Nodes, rules, code"))
        self.pages = QStackedWidget()
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        self.dot, self.verdict = Label("●"), Sentence()
        self.copier = CopyButton()
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._halves.setHandleWidth(1)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(self.pages)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self._halves, 1)

    def parts(self) -> tuple[Callable[[], None], ...]:
        """What it holds, built one by one before it comes into sight."""
        return self._add_table, self._add_texts, self._add_curve, self._begin

    def _add_table(self) -> None:
        self.table = NodeTable(self._desk, self._checks, self.pages)
        self._add(self.tr("Nodes"), self.table)
        self.copier.offer(self.table, self.copier.drawn_picture, title=self.tr("Nodes"), name="nodes")
        self.copier.offer_drawing(self.table)

    def _add_texts(self) -> None:
        self.rules, self.code = RulesPage(self._desk), CodePage(self._desk)
        self._add(self.tr("Rules"), self.rules)
        self._add(self.tr("PyTorch code"), self.code)

    def _add(self, title: str, page: QWidget) -> None:
        self.tabs.addTab(title)
        self.pages.addWidget(page)

    def _add_curve(self) -> None:
        self.curve = CurveCard(self._desk)
        self._halves.addWidget(self.curve)
        self._halves.setStretchFactor(0, 1)
        self._halves.setSizes([1000, PLOT_WIDTH])

    def _begin(self) -> None:
        for signal in (self._desk.sight_changed, self._checks.changed):
            signal.connect(self.follow)
        self._desk.refused.connect(self.follow)
        theme.notifier().changed.connect(self.follow)
        self.follow()

    def minimumSizeHint(self) -> QSize:
        return QSize(TABLE_LEAST, min(HEIGHT_LEAST, super().minimumSizeHint().height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().width() - PLOT_LEAST
        self.curve.setVisible(room >= TABLE_LEAST)
        self.verdict.set_single(single=room < TABLE_LEAST)
        self.pages.setMinimumWidth(max(TABLE_LEAST, min(self.table.wanted_width, room)))

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 8, 0)
        head.setSpacing(6)
        head.addWidget(self.tabs)
        head.addWidget(self.dot)
        head.addWidget(self.verdict, 1)
        head.addWidget(self.copier)
        return head

    @Slot()
    def follow(self) -> None:
        """Say in a sentence what the check has come to."""
        colour, text = self._said()
        restyle(self.dot, f"color: {getattr(theme.current(), colour)};")
        self.verdict.set_full_text(text)

    def _said(self) -> tuple[str, str]:
        worked, sight = self._desk.worked, self._desk.sight
        checked = self._checks.of(worked)
        if worked is None or self._desk.stale:
            return "text_muted", self._nothing()
        if sight.faulty:
            first = min(sight.faulty)
            return "warning" if first in worked.corners else "danger", sight.faulty[first]
        live = [index for index, live in enumerate(worked.graph.live) if live]
        reached = [index for index in live if sight.gradients[index] is not None]
        if not reached:
            return "text_muted", self.tr("No gradient yet: play on, and the way back begins at the result")
        counts = {"reached": len(reached), "all": len(live)}
        if checked is None:
            words = (
                self.tr("{reached} of {all} gradients known; PyTorch: not yet checked")
                if has_torch()
                else self.tr("{reached} of {all} gradients known; not yet checked")
            )
            return "text_muted", words.format(**counts)
        if checked.others is None:
            words = (
                self.tr("{reached} of {all} gradients known; PyTorch could not be asked: not checked")
                if has_torch()
                else self.tr("{reached} of {all} gradients known; not checked")
            )
            return "warning", words.format(**counts)
        colour, words = self._compared(checked, checked.others, counts)
        met = next((checked.kinks[index] for index in reached if index in checked.kinks), None)
        if met is not None:
            words = f"{words}; {met_phrase(met)}"
        return colour, words

    def _nothing(self) -> str:
        """Why there is nothing to be checked."""
        if self._desk.error is not None:
            return self.tr("Nothing to show: the expression cannot be read")
        return self.tr("Nothing to show: the expression is not finished") if self._desk.stale else ""

    def _compared(self, checked: Checked, others: GraphCheck, counts: dict[str, int]) -> tuple[str, str]:
        found, checker = checked.compared(self._desk.sight), oracle_name(others.gradients_by)
        if found.wrong is not None:
            words = self.tr("{node} is off by {gap} from {checker}")
            label, gap = checked.worked.graph.labels[found.wrong], scientific(checked.gap_at(found.wrong))
            return "danger", words.format(node=label, gap=gap, checker=checker)
        if found.apart == 0.0:
            words = self.tr("{reached} of {all} gradients known, each equal to {checker} bit for bit")
            return "good", words.format(checker=checker, **counts)
        words = self.tr("{reached} of {all} gradients known, at most {gap} from {checker}")
        return "good", words.format(gap=scientific(found.apart), checker=checker, **counts)

    def close_work(self) -> None:
        """Work nothing more out."""
        self.curve.close_work()
