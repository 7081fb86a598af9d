"""The left side of the page: the experiments, or where a number comes from while one is explained."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.kit.guessing.card import GuessCard
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.workspaces.gradients.left import WIDTH, LeftColumn


class Side(QStackedWidget):
    """Makes way for the card, and takes its place again when it is closed. Its width stays, so that what was clicked
    stays under the pointer."""

    def __init__(self, fact_of: Callable[[Hashable], Fact | None]) -> None:
        super().__init__()
        self._fact_of = fact_of
        self.setFixedWidth(WIDTH)

    def parts(self) -> tuple[Callable[[], None], ...]:
        """What it holds, built one by one."""
        return self._add_guess, self._add_card

    def _add_guess(self) -> None:
        self.guess = GuessCard()
        self.guess.set_compact(False)
        self.guess.setMinimumWidth(0)
        self.guess.hide()
        first = QWidget()
        self._rows = rows = QVBoxLayout(first)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.guess)
        self.addWidget(first)

    def _add_card(self) -> None:
        self.card = OriginCard(self._fact_of)
        self.card.closed.connect(self._give_way)
        inner = QWidget()
        inner.setProperty("role", "panel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(6, 10, 6, 10)
        column.addWidget(self.card)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._scroll.setAccessibleName(self.tr("Where the number comes from"))
        self.addWidget(self._scroll)

    def hold(self, left: LeftColumn) -> None:
        """Have the experiments in it."""
        self._rows.addWidget(left, 1)

    def ask(self, *, on: bool) -> None:
        """Ask for guesses above the experiments, or no more."""
        self.guess.setVisible(on)

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.card.show(key)
        self.setCurrentIndex(1 if self.card.key is not None else 0)

    @Slot()
    def refresh(self) -> None:
        """The numbers are others: the same one as it is now."""
        if self.currentIndex() == 1:
            self.card.refresh()

    @Slot()
    def _give_way(self) -> None:
        self.setCurrentIndex(0)
