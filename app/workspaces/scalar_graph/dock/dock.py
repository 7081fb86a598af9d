"""The dock: a line of words with a verdict; a word opens the table, the rules, the code or the plot."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.copying import CopyButton
from app.kit.numbers import grouped, to_digits
from app.kit.origin.badge import oracle_name
from app.kit.widgets.labels import Label, Sentence
from app.kit.widgets.tabs import FOLDED, FoldingTabs
from app.kit.widgets.tone import restyle
from app.workspaces.scalar_graph.checks import Checked, Checks
from app.workspaces.scalar_graph.dock.curve_card import CurveCard
from app.workspaces.scalar_graph.dock.table import NodeTable
from app.workspaces.scalar_graph.dock.texts import CodePage, RulesPage
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.names import name_text, short_name
from app.workspaces.scalar_graph.words import met_phrase
from engine.autodiff.check import GraphCheck
from engine.extras import has_torch

LINE, LEAST = 40, 132
"""Pixels: of the line, and of the open dock in a low window, with three rows."""


class Dock(QWidget):
    """``tabs`` say which page is open, or that none is."""

    def __init__(self, desk: Desk, checks: Checks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._checks = desk, checks
        self.tabs = FoldingTabs()
        self.tabs.setAccessibleName(self.tr("Nodes, rules, code, plot"))
        self.pages = QStackedWidget()
        self.tabs.turned.connect(self._turn)
        self.dot, self.verdict = Label("●"), Sentence()
        self.copier = CopyButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.pages, 1)
        self.table = NodeTable(desk, checks, self.pages)
        self._add(self.tr("Nodes"), self.table)
        self.copier.offer(self.table, self.copier.drawn_picture, title=self.tr("Nodes"), name="nodes")
        self.copier.offer_drawing(self.table)
        self._turn(FOLDED)

    def bring_to_front(self, page: int) -> None:
        """Show a page as soon as the dock is open."""
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(page)
        self._turn(self.tabs.front)

    @Slot(int)
    def _turn(self, front: int) -> None:
        self.pages.setVisible(front != FOLDED)
        self.copier.setVisible(front == 0)
        if front != FOLDED:
            self.pages.setCurrentIndex(front)

    def add_pages(self) -> None:
        """Build the pages beside the table, and follow the desk from now on."""
        self.rules, self.code, self.curve = RulesPage(self._desk), CodePage(self._desk), CurveCard(self._desk)
        self._add(self.tr("Rules"), self.rules)
        self._add(self.tr("PyTorch code"), self.code)
        self._add(self.tr("Plot"), self.curve)
        for signal in (self._desk.reshaped, self._desk.worked_changed, self._desk.chosen_changed):
            signal.connect(self._name_tabs)
        for signal in (self._desk.sight_changed, self._desk.refused, self._checks.changed, theme.notifier().changed):
            signal.connect(self.follow)
        self._name_tabs()
        self.follow()

    def _add(self, title: str, page: QWidget) -> None:
        self.tabs.addTab(title)
        self.pages.addWidget(page)

    @Slot()
    def _name_tabs(self) -> None:
        """How many nodes there are, and which curve."""
        worked, leaf = self._desk.worked, self._desk.leaf
        if worked is None:
            return
        graph = worked.graph
        count = len(graph.operations) + len(graph.variables)
        self.tabs.setTabText(0, self.tr("Nodes {count}").format(count=grouped(count)))
        result = name_text(short_name(graph.labels[graph.output]))
        plot = self.tr("{result} over {input}").format(result=result, input=name_text(short_name(leaf or "")))
        self.tabs.setTabText(3, plot if leaf is not None else self.tr("Plot"))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), min(LEAST, hint.height()))

    def _head(self) -> QWidget:
        line = QWidget()
        line.setFixedHeight(LINE)
        head = QHBoxLayout(line)
        head.setContentsMargins(6, 0, 8, 0)
        head.setSpacing(6)
        head.addWidget(self.tabs)
        head.addSpacing(12)
        head.addWidget(self.dot)
        head.addWidget(self.verdict, 1)
        head.addWidget(self.copier)
        return line

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
            label, gap = checked.worked.graph.labels[found.wrong], to_digits(checked.gap_at(found.wrong), 2)
            return "danger", words.format(node=label, gap=gap, checker=checker)
        if found.apart == 0.0:
            words = self.tr("{reached} of {all} gradients known, each equal to {checker} bit for bit")
            return "good", words.format(checker=checker, **counts)
        words = self.tr("{reached} of {all} gradients known, at most {gap} from {checker}")
        return "good", words.format(gap=to_digits(found.apart, 2), checker=checker, **counts)

    def close_work(self) -> None:
        """Work nothing more out."""
        self.curve.close_work()
