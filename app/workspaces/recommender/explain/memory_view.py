"""Memorise and generalise: the map of all pairs of a cross, and two of them under the three models."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.drawing.view import DrawingView
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import rule
from app.kit.widgets.labels import wrapped
from app.workspaces.recommender.explain.content import CrossName, PairCase, PairMap, Place
from app.workspaces.recommender.explain.pair_case import CaseView
from app.workspaces.recommender.explain.pair_map import PairMatrix, draw_pairs

LEAST_CASES, MOST_CASES = 190, 260


class MemoryView(QWidget):
    """``cross_chosen(key)``, ``pair_picked(place)``, ``store_wanted``, ``crosses_wanted``: by hand only."""

    cross_chosen = Signal(str)
    pair_picked = Signal(object)
    store_wanted = Signal()
    crosses_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chooser = Choice(self.tr("Cross"), (), self.tr("Which two columns the map crosses"))
        name = self.tr("The pairs of the cross")
        self.matrix = DrawingView(draw_pairs, PairMatrix(), hint=QSize(320, 240), least=QSize(190, 110), name=name)
        self.memorised, self.unseen = CaseView(), CaseView()
        self._line = rule()
        self.note = wrapped("")
        self.note.hide()
        self.store = QPushButton(self.tr("See it on the app store"))
        self.store.setProperty("role", "link")
        self.store.setToolTip(
            self.tr("The paper's own crosses, installed × shown app: the run that has learned them, or a new one")
        )
        self.store.hide()
        self.nothing = self._without_crosses()
        self.nothing.hide()
        self._lay_out()
        self.chooser.picked.connect(self.cross_chosen)
        self.matrix.chosen.connect(self.pair_picked)
        self.store.clicked.connect(self.store_wanted)

    def _without_crosses(self) -> QWidget:
        """What stands there where no two columns are crossed, and the way to where they are."""
        holder = QWidget()
        words = wrapped(self.tr("This model crosses no two columns, so there is no pair to memorise."))
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = QPushButton(self.tr("Choose crosses"))
        self.choose.setToolTip(self.tr("Go to the model, where crosses are made, and train it with them"))
        self.choose.clicked.connect(self.crosses_wanted)
        column = QVBoxLayout(holder)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(words)
        column.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return holder

    def _lay_out(self) -> None:
        self._map = QWidget()
        left = QVBoxLayout(self._map)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.chooser, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.matrix, 1)
        self._cases = QWidget()
        self._cases.setMinimumWidth(LEAST_CASES)
        self._cases.setMaximumWidth(MOST_CASES)
        right = QVBoxLayout(self._cases)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        for widget in (self.memorised, self._line, self.unseen, self.note):
            right.addWidget(widget)
        right.addStretch(1)
        right.addWidget(self.store, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        row.addWidget(self._map, 3)
        row.addWidget(self.nothing, 1)
        row.addWidget(self._cases, 2)
        self.chooser.setMinimumWidth(200)

    def offer_store(self, *, offered: bool) -> None:
        """Whether the data are others than the app store's, where memory shows best."""
        self.store.setVisible(offered)

    def show_crosses(self, crosses: Sequence[CrossName], chosen: str) -> None:
        """Offer these crosses of two columns."""
        self.chooser.set_entries([(cross.key, cross.title) for cross in crosses])
        self.chooser.choose(chosen)
        for widget in (self._map, self._cases):
            widget.setVisible(bool(crosses))
        self.nothing.setVisible(not crosses)

    def show_map(self, shown: PairMap, cases: Sequence[PairCase], own: Place | None) -> None:
        """Show all pairs of a cross, and the two cases: first the memorised one, then the one that was never seen."""
        self.show_cases(shown, cases, own)

    def show_cases(self, shown: PairMap, cases: Sequence[PairCase], own: Place | None) -> None:
        """Show two pairs, or one, under the three models."""
        self.matrix.set_data(PairMatrix(shown, tuple(case.place for case in cases), own))
        views = (self.memorised, self.unseen)
        for view, case in zip(views, cases, strict=False):
            view.show_case(shown, case)
        for at, view in enumerate(views):
            view.setVisible(at < len(cases))
        self._line.setVisible(len(cases) > 1)

    def say_missing(self, sentence: str) -> None:
        """Say which models are not there; empty where all are."""
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
