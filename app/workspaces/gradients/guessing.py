"""Predict, then reveal: what comes of an edit stays hidden until it has been guessed, or is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QObject

from app.kit.guessing.card import GuessCard
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question
from app.workspaces.gradients.words import LETTERS, ratio_text
from engine.gradients.figures import Figures
from engine.gradients.signal import Signal
from engine.guesses import Kind

MOST_KNOWN = 4096
"""So many outcomes are remembered."""
NAME = r"\Vert\delta^{(1)}\Vert\,/\,\Vert\delta^{(L)}\Vert"


class Predictions(QObject):
    """Knows which networks are hidden. A question is about the first of them whose signal is one that has not been seen
    yet: will its ratio be larger or smaller than that of the one that was seen last? Undo brings back what was seen."""

    def __init__(self, card: GuessCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.guesses = Guesses(card, self)
        self._seen: dict[int, Signal] = {}
        self._known: set[bytes] = set()
        self.guesses.settled.connect(self._see)
        self._asked: tuple[int, Signal] | None = None

    def set_on(self, on: bool) -> None:
        """Begin to ask, or stop."""
        self.guesses.set_on(on)
        self._asked = None

    def hidden(self, figures: Sequence[Figures]) -> frozenset[int]:
        """The networks whose numbers are to be hidden, after asking about the first of them."""
        if not self.guesses.on:
            for number, one in enumerate(figures):
                self._remember(number, one.signal)
            return frozenset()
        for number, one in enumerate(figures):
            if one.signal.delta.tobytes() in self._known:
                self._remember(number, one.signal)
        changed = [n for n, one in enumerate(figures) if self._seen.get(n) is not one.signal]
        while changed and not self._ask(changed[0], figures[changed[0]]):
            self._remember(changed[0], figures[changed[0]].signal)
            changed = changed[1:]
        if not changed:
            self._asked = None
            self.guesses.look_at(None, note=_tr("Change something: its outcome will be hidden until you guess."))
        return frozenset(changed)

    def _ask(self, number: int, figures: Figures) -> bool:
        """Ask about a network; whether it is to stay hidden."""
        before, now = self._seen.get(number), figures.signal
        if before is None or not (before.ratio > 0.0 and now.ratio > 0.0):
            return False
        than = ratio_text(before.ratio)
        text = _tr("Network {letter}: will layer 1’s share of the signal be larger or smaller than before, {ratio}?")
        question = Question(
            ("ratio", number, figures.configuration, before.ratio, now.ratio),  # other data make another question
            Kind.SIZE,
            now.ratio,
            NAME,
            before.ratio,
            text=text.format(letter=LETTERS[number], ratio=than),
            hint=_tr("Hint: what does a layer’s factor become: its slope times √n times the weights’ deviation?"),
            printed=ratio_text(now.ratio),
            than_printed=than,
        )
        if not question.tells:
            return False
        self._asked = (number, now)
        return self.guesses.look_at(question)

    def _see(self) -> None:
        if self._asked is not None:
            self._remember(*self._asked)

    def _remember(self, number: int, signal: Signal) -> None:
        """It has been seen."""
        self._seen[number] = signal
        if len(self._known) < MOST_KNOWN:
            self._known.add(signal.delta.tobytes())


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
