"""What is explained or asked beside the strip: where a number comes from, and what to guess."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.guessing.card import GuessCard
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.widgets.frame import scrolled

WIDTH = 380


class Side(QWidget):
    """Hidden while there is neither."""

    def __init__(self, fact_of: Callable[[Hashable], Fact | None]) -> None:
        super().__init__()
        self._fact_of = fact_of
        self.setMinimumWidth(WIDTH)
        self._inner = QWidget()
        self._inner.setProperty("role", "panel")
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(8, 6, 8, 4)
        self._column.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._scroll = scrolled(self._inner)
        self._scroll.setAccessibleName(self.tr("Where the number comes from"))
        rows.addWidget(self._scroll)
        self.hide()

    def parts(self) -> tuple[Callable[[], None], ...]:
        """What it holds, built one by one."""
        return self._add_guess, self._add_card

    def _add_guess(self) -> None:
        self.guess = GuessCard()
        self.guess.set_compact(True)
        self.guess.hide()
        self._column.insertWidget(0, self.guess)

    def _add_card(self) -> None:
        self.card = OriginCard(self._fact_of)
        self.card.closed.connect(self._show_or_hide)
        self._column.insertWidget(1, self.card)

    def ask(self, *, on: bool) -> None:
        """Ask for guesses, or no more."""
        self.guess.setVisible(on)
        self._show_or_hide()

    @property
    def explaining(self) -> bool:
        """Whether it says where a number comes from."""
        return self.card.key is not None

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.card.show(key)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_or_hide()

    def refresh(self) -> None:
        """The numbers are others: the same one as it is now."""
        self.card.refresh()

    @Slot()
    def _show_or_hide(self) -> None:
        self.setVisible(self.explaining or not self.guess.isHidden())
