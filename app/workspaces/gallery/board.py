"""The board: groups of cards in as many columns as fit, walked over with the arrow keys, and narrowed by a search."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QPoint, Qt, QTranslator, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

import assets
from app.examples import GROUPS, Example, ExampleGroup
from app.kit.widgets.labels import ElidedLabel, Label
from app.workspaces.gallery.cards import Card


@lru_cache(maxsize=1)
def _translators() -> tuple[QTranslator, ...]:
    """Every translation there is, loaded for looking things up alone."""
    found = []
    for path in sorted(assets.path("translations").glob("neuroloom_*.qm")):
        translator = QTranslator()
        if translator.load(str(path)):
            found.append(translator)
    return tuple(found)


def words_of(example: Example) -> str:
    """Everything that an example can be found by, in small letters."""
    english = (example.title, example.idea, example.words, example.note)
    others = (translator.translate("Gallery", text) for translator in _translators() for text in english)
    return " ".join((example.key, *english, *(text for text in others if text))).casefold()


def matches(words: str, wanted: str) -> bool:
    """Return whether every word that is wanted is among the words, or begins or lies within one."""
    return all(part in words for part in wanted.casefold().split())


LEAST_WIDTH, MOST_WIDTH, MOST_COLUMNS = 178, 250, 6
GAP, BAND_GAP, HEADING = 14, 22, 30


@dataclass(frozen=True, slots=True)
class _Placed:
    """A group on the board: its cards that are shown and its heading's two labels."""

    group: ExampleGroup
    cards: list[Card]
    title: QLabel
    line: ElidedLabel


class Board(QWidget):
    """``walked(Card)``: the focus has moved to it. Its height follows from its width."""

    walked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []
        self._groups: list[_Placed] = []

    def fill(self, cards: Sequence[tuple[str, Card]]) -> None:
        """Take these: each with the key of its group, in order."""
        self.cards = [card for _group, card in cards]
        self._groups = [
            _Placed(group, [card for key, card in cards if key == group.key], *self._heading(group)) for group in GROUPS
        ]
        for card in self.cards:
            card.setParent(self)
            card.step = self._step
            card.show()
        self._arrange(self.width())

    def _heading(self, group: ExampleGroup) -> tuple[QLabel, ElidedLabel]:
        title = Label(QCoreApplication.translate("Gallery", group.title), self)
        title.setProperty("role", "title")
        line = ElidedLabel(QCoreApplication.translate("Gallery", group.line), "muted", self)
        return title, line

    @property
    def shown(self) -> list[Card]:
        """The cards that the search has left, in order."""
        return [card for card in self.cards if not card.isHidden()]

    def narrow(self, wanted: str) -> None:
        """Show only the cards that match."""
        for card in self.cards:
            card.setVisible(matches(card.words, wanted))
        self._arrange(self.width())

    # Places -------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out anew."""
        super().resizeEvent(event)
        if self.cards and event.size().width() != event.oldSize().width():
            self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        """Group after group; one that fits beside the last of a single line goes there."""
        columns = max(1, min(MOST_COLUMNS, (width + GAP) // (LEAST_WIDTH + GAP)))
        side = min(MOST_WIDTH, (width - (columns - 1) * GAP) // columns)
        height = Card.height_of(side, max(card.idea_height(side) for card in self.cards))
        x, y, lines = 0, 0, 0
        for placed in self._groups:
            cards = [card for card in placed.cards if not card.isHidden()]
            placed.title.setVisible(bool(cards))
            placed.line.setVisible(bool(cards))
            if not cards:
                continue
            if lines != 1 or x + len(cards) > columns:
                y += lines * (height + GAP) + (HEADING + BAND_GAP - GAP if lines else HEADING)
                x, lines = 0, -(-len(cards) // columns)
            self._place_heading(placed, QPoint(x * (side + GAP), y - HEADING), len(cards) * (side + GAP) - GAP)
            for number, card in enumerate(cards):
                across, down = (x + number) % columns, (x + number) // columns
                card.setGeometry(across * (side + GAP), y + down * (height + GAP), side, height)
            x += len(cards)
        self.setFixedHeight(y + max(lines, 1) * (height + GAP))

    def _place_heading(self, placed: _Placed, at: QPoint, room: int) -> None:
        width = placed.title.sizeHint().width()
        placed.title.setGeometry(at.x(), at.y(), width, HEADING - 6)
        placed.line.setGeometry(at.x() + width + 10, at.y() + 1, max(room - width - 10, 0), HEADING - 6)

    # Walking ------------------------------------------------------------------------------------------------------

    def _step(self, card: Card, across: int, down: int) -> None:
        """The focus goes to the next card, in order for left and right, else to the nearest above or below."""
        shown = self.shown
        if across:
            at = shown.index(card) + across
            found = shown[at] if 0 <= at < len(shown) else None
        else:
            found = self._nearest(card, down)
        if found is not None:
            self.focus(found)

    def _nearest(self, card: Card, down: int) -> Card | None:
        here = card.geometry().center()
        there = [(other, other.geometry().center() - here) for other in self.shown]
        beyond = [(other, away) for other, away in there if away.y() * down > 0]
        return min(beyond, key=lambda pair: (abs(pair[1].y()), abs(pair[1].x())), default=(None, here))[0]

    def focus(self, card: Card) -> None:
        """Give a card the focus, as the keyboard does."""
        card.setFocus(Qt.FocusReason.TabFocusReason)
        self.walked.emit(card)
