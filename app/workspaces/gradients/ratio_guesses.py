"""Predict, then reveal: what comes of an edit stays hidden until it has been guessed, or is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.kit.guessing.card import GuessCard
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question
from app.workspaces.gradients.words import LETTERS, ratio_text
from engine.gradients.figures import Figures
from engine.gradients.signal import ErrorSignal
from engine.guesses import Kind

MOST_KNOWN = 4096
"""So many outcomes are remembered."""
NAME = r"\Vert\delta^{(1)}\Vert\,/\,\Vert\delta^{(L)}\Vert"


class Predictions(QObject):
    """Knows which networks are hidden. A question is about the first of them whose signal is one that has not been seen
    yet: will its ratio be larger or smaller than that of the one that was seen last? What came out stays on the card
    until something changes, or until somebody goes on to the next hidden network. Undo brings back what was seen.
    ``went_on``: to that one."""

    went_on = Signal()

    def __init__(self, card: GuessCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.guesses = Guesses(card, self)
        self._card = card
        self._seen: dict[int, tuple[float, bytes]] = {}  # ratio, and the signal as bytes: none where a file names it
        self._known: set[bytes] = set()
        self._asked: tuple[int, ErrorSignal] | None = None
        self._signals: tuple[bytes, ...] = ()
        self._told_of: tuple[bytes, ...] | None = None
        """All signals as they were when the guess was made that the card tells of; None: it tells of none."""
        self.guesses.settled.connect(self._see)
        card.went_on.connect(self._go_on)

    def set_on(self, on: bool) -> None:
        """Begin to ask, or stop."""
        self.guesses.set_on(on)
        self._asked = self._told_of = None

    def forget(self) -> None:
        """Compare nothing with what was seen so far: another document is open."""
        self._seen.clear()
        self._asked = self._told_of = None

    def take_before(self, ratios: Sequence[float | None]) -> None:
        """Ask what was asked when the document was saved: how each network's ratio compares with this one."""
        asked = {number: (ratio, b"") for number, ratio in enumerate(ratios) if ratio is not None}
        if asked:
            self._known.clear()  # otherwise a ratio that was seen before it was saved answers the question
        self._seen.update(asked)

    def before(self, hidden: frozenset[int], count: int) -> list[float | None]:
        """Return what each of the ``hidden`` networks is compared with, and the one that the card tells of was."""
        compared = {number: self._seen[number][0] for number in hidden if number in self._seen}
        question = self.guesses.question
        if self._told_of is not None and self._asked is not None and question is not None and question.than is not None:
            compared[self._asked[0]] = question.than
        return [compared.get(number) for number in range(count)] if compared else []

    def ask_and_hide(self, figures: Sequence[Figures], *, current: bool) -> frozenset[int]:
        """Ask about the first network that is to be predicted; return those whose numbers are hidden. Figures
        that aren't ``current`` belong to what was open or set before: they are neither asked about nor compared with
        later."""
        if not current:
            seen = {number: delta for number, (_ratio, delta) in self._seen.items()}
            stale = [
                number for number, figure in enumerate(figures) if seen.get(number) != figure.signal.delta.tobytes()
            ]
            return frozenset(stale) if self.guesses.on else frozenset()
        if not self.guesses.on:
            for number, figure in enumerate(figures):
                self._remember(number, figure.signal)
            return frozenset()
        self._signals = tuple(figure.signal.delta.tobytes() for figure in figures)
        for number, figure in enumerate(figures):
            if self._signals[number] in self._known:
                self._remember(number, figure.signal)
        changed = [n for n, now in enumerate(self._signals) if n not in self._seen or self._seen[n][1] != now]
        questions = {number: self._question_of(number, figures[number]) for number in changed}
        for number, question in questions.items():
            if question is None or self.guesses.settled_before(question):
                self._remember(number, figures[number].signal)
                changed.remove(number)
            if question is not None and number not in changed:
                self._tell(number, figures[number].signal, question)
        self._put(changed, figures)
        return frozenset(changed)

    def _tell(self, number: int, signal: ErrorSignal, question: Question) -> None:
        """Have the card say what came of a question, as when the file was saved."""
        self._asked, self._told_of = (number, signal), self._signals
        self.guesses.look_at(question)

    def _put(self, changed: Sequence[int], figures: Sequence[Figures]) -> None:
        """Have the card say what came of the last guess, ask about the first of the networks that changed, or rest."""
        if self._told_of != self._signals:
            self._told_of = None
        telling = self._told_of is not None
        onward = _tr("Go to network {letter}").format(letter=LETTERS[changed[0]]) if telling and changed else ""
        self._card.offer_next(onward)
        if telling:
            return
        first = changed[0] if changed else None
        self._asked = None if first is None else (first, figures[first].signal)
        question = None if first is None else self._question_of(first, figures[first])
        self.guesses.look_at(question, note=_tr("Change something: the outcome stays hidden until you guess."))

    def _question_of(self, number: int, figures: Figures) -> Question | None:
        """Return what to ask about a network; None where there is nothing to ask."""
        before, now = self._seen.get(number, (0.0, b""))[0], figures.signal
        if not (before > 0.0 and now.ratio > 0.0):
            return None
        than = ratio_text(before)
        text = _tr("Network {letter}: will layer 1’s share of the signal be larger or smaller than before, {ratio}?")
        question = Question(
            ("ratio", number, figures.configuration, before, now.ratio),  # other data make another question
            Kind.SIZE,
            now.ratio,
            NAME,
            before,
            text=text.format(letter=LETTERS[number], ratio=than),
            hint=_tr(
                "Hint: the layers’ factors multiply. Has their number changed, or what each one does to the signal?"
            ),
            printed=ratio_text(now.ratio),
            than_printed=than,
            after=_after(before, now.ratio),
        )
        return question if question.tells else None

    @Slot()
    def _see(self) -> None:
        if self._asked is not None:
            self._remember(*self._asked)
            self._told_of = self._signals

    @Slot()
    def _go_on(self) -> None:
        self._told_of = None
        self.went_on.emit()

    def _remember(self, number: int, signal: ErrorSignal) -> None:
        """It has been seen."""
        delta = signal.delta.tobytes()
        self._seen[number] = signal.ratio, delta
        if len(self._known) < MOST_KNOWN:
            self._known.add(delta)


def _after(before: float, now: float) -> str:
    """Return by how much the ratio is another one."""
    factor = float(now) / float(before)
    if not isfinite(factor) or not factor:  # beyond any float
        return ""
    return _tr("That is {factor} times what it was before.").format(factor=ratio_text(factor))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
