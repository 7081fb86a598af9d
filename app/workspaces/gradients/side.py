"""The left side of the page: the experiments, and above them where a number comes from while one is explained."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.kit.guessing.card import GuessCard
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.widgets.frame import rule
from app.workspaces.gradients.left import WIDTH, LeftColumn

MOST_SHARE = 0.6
"""Of the height for the card: the experiments below it stay within reach."""


class Side(QWidget):
    """Its width stays, so that what was clicked stays under the pointer."""

    def __init__(self, fact_of: Callable[[Hashable], Fact | None]) -> None:
        super().__init__()
        self._fact_of = fact_of
        self.setFixedWidth(WIDTH)
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)

    def parts(self) -> tuple[Callable[[], None], ...]:
        """What it holds, built one by one."""
        return self._add_guess, self._add_card

    def _add_guess(self) -> None:
        self.guess = GuessCard()
        self.guess.set_compact(False, narrow=True)
        self.guess.setMinimumWidth(0)
        self.guess.hide()
        self._rows.addWidget(self.guess)

    def _add_card(self) -> None:
        self.card = OriginCard(self._fact_of)
        self._inner = QWidget()
        self._inner.setProperty("role", "panel")
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(6, 10, 6, 4)
        column.addWidget(self.card)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._inner)
        self._scroll.setAccessibleName(self.tr("Where the number comes from"))
        self._scroll.hide()
        self._line = rule()
        self._line.hide()
        self._inner.installEventFilter(self)
        self.card.closed.connect(self._give_way)
        self._rows.addWidget(self._scroll)
        self._rows.addWidget(self._line)

    def hold(self, left: LeftColumn) -> None:
        """Have the experiments in it."""
        self._rows.addWidget(left, 1)

    def ask(self, *, on: bool) -> None:
        """Ask for guesses above the experiments, or no more."""
        self.guess.setVisible(on)

    # Where a number comes from -------------------------------------------------------------------------------------

    @property
    def explaining(self) -> bool:
        """Whether it says where a number comes from."""
        return not self._scroll.isHidden()

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.card.show(key)
        for part in (self._scroll, self._line):
            part.setVisible(self.card.key is not None)
        self._scroll.verticalScrollBar().setValue(0)
        self._fit()

    def refresh(self) -> None:
        """The numbers are others: the same one as it is now."""
        self.card.refresh()

    @Slot()
    def _give_way(self) -> None:
        for part in (self._scroll, self._line):
            part.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_scroll"):
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card has more to say, or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """As much height as the card needs, but no more than its share: then it scrolls."""
        if not self.explaining:
            return
        layout = self._inner.layout()
        assert layout is not None
        self._scroll.setFixedHeight(min(layout.totalHeightForWidth(WIDTH), round(MOST_SHARE * self.height())))
