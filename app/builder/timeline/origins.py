"""Where the numbers of the pass that is shown come from: which card says so, and as long as it may be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.training.lines.expression import Source
from engine.training.lines.origin import is_known
from engine.training.trace import PassTrace

if TYPE_CHECKING:
    from app.builder.timeline.origin_card import PassOriginCard


class Origins(QObject):
    """``card_made``: the card, once, when the first number is clicked, for whoever has a place for it."""

    card_made = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._card: PassOriginCard | None = None

    @property
    def card(self) -> PassOriginCard:
        """The card; made when it is first asked for."""
        if self._card is None:
            from app.builder.timeline.origin_card import PassOriginCard

            self._card = PassOriginCard()
            self.card_made.emit(self._card)
        return self._card

    def show(self, trace: PassTrace, source: Source) -> None:
        """Say where a number of the pass comes from."""
        self.card.show_source(trace, source)

    def follow(self, trace: PassTrace) -> None:
        """Another pass: the same number as it is there."""
        if self._card is not None and self._card.source is not None:
            self._card.follow(trace)

    def review(self, known: PassTrace) -> None:
        """The pass as far as it is known: a number that is to be guessed is not explained before."""
        if self._card is not None and self._card.source is not None and not is_known(known, self._card.source):
            self._card.put_away()

    def put_away(self) -> None:
        """Explain nothing."""
        if self._card is not None:
            self._card.put_away()
