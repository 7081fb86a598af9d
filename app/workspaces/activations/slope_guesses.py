"""Predict, then reveal: the slope of one function at the cursor is asked for before f' is shown."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from math import isfinite
from typing import TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.guessing.card import GuessCard
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question
from app.kit.numbers import fixed, plain, read
from app.workspaces.activations.functions import SLOPE_DECIMALS, ComparedFunction, value_text
from engine.guesses import CLOSE, GuessRecord, Kind, Mistake

T = TypeVar("T")

KINDS = (Kind.SIZE, Kind.VALUE, Kind.SIGN)
"""Kinds of questions, in turn."""
TOLERANCE = 0.001
"""Slopes nearer to one another than this look the same in the picture."""
STEPS = (0.2, 0.1, 0.02)
"""Of x, over which a hint tells how much f grows."""


class SlopeGuesses(QObject):
    """``changed``: whether slopes are to be hidden may be otherwise now."""

    changed = Signal()

    def __init__(self, card: GuessCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._guesses = Guesses(card, self)
        self._guesses.settled.connect(self.changed)
        self.replied = self._guesses.replied
        self._card = card
        self._turn = 0
        self._at: tuple[float, tuple[tuple[str, str], ...]] | None = None  # an x, and the slopes there by key
        card.hide()

    @property
    def hiding(self) -> bool:
        """Return whether every slope is hidden now, also until it is known what is asked."""
        return self._guesses.open or (self.on and self._at is None)

    @property
    def on(self) -> bool:
        """Return whether guesses are asked for."""
        return self._guesses.on

    @Slot(bool)
    def set_on(self, on: bool) -> None:
        """Begin to ask, or stop."""
        self._go_on()
        self._guesses.set_on(on)
        self._card.setVisible(on)
        self._at = None
        self.changed.emit()

    def record(self) -> GuessRecord | None:
        """Return what a file keeps of the guesses."""
        return self._guesses.record(self._turn)

    def take_up(self, record: GuessRecord) -> None:
        """Go on from what a file has kept, with the question that was in sight."""
        self._guesses.take_up(record)
        self._turn, self._at = record.turn, None

    def look_at(self, shown: Sequence[ComparedFunction] | None, x: float, cursor: str) -> None:
        """The cursor is at an x, ``cursor`` in words, and these are compared: ask, once, about one of them. Another
        parameter is another place: it changes what is to be guessed. None: some of them are still to be read."""
        if shown is None:
            self._at = None
            return
        place = (x, tuple((function.key, repr(function.scalar.at(x)[1])) for function in shown))
        if not self.on or place == self._at:
            return
        self._at = place
        self._go_on()
        question = next(iter(self._questions(shown, x, cursor)), None)
        note = self.tr("Nothing to guess: compare an activation first.")
        if shown:
            note = self.tr("Nothing to guess here: no function has one slope at this x; move the cursor.")
        self._guesses.look_at(question, note=note)
        self.changed.emit()

    def _go_on(self) -> None:
        """Leave a question: the next turn begins where it is settled. Until then a file keeps its turn."""
        if self._guesses.question is not None and not self._guesses.open:
            self._turn += 1

    def _questions(self, shown: Sequence[ComparedFunction], x: float, cursor: str) -> list[Question]:
        """The question whose turn it is, and those that are asked where it makes no sense: of another kind, and then of
        another function."""
        functions, kinds = _from_turn(shown, self._turn), _from_turn(KINDS, self._turn)
        pairs = product(pairwise([*functions, *functions[:1]]), kinds)
        questions = (self._question(kind, function, other, x, cursor) for (function, other), kind in pairs)
        return [question for question in questions if question is not None]

    def _question(
        self, kind: Kind, function: ComparedFunction, other: ComparedFunction, x: float, cursor: str
    ) -> Question | None:
        """The question of this kind; None where it makes no sense, as between slopes that look the same."""
        slope, beside = function.scalar.at(x)[1], other.scalar.at(x)[1]
        if not isfinite(slope) or function.scalar.sides_at(x) is not None:
            return None  # at a kink there is no slope to be guessed
        if kind is Kind.SIZE and (function is other or not _apart(slope, beside)):
            return None
        if kind is Kind.VALUE and slope == 0.0:
            return None  # the check list says where a function is flat
        key = (kind, function.key, function.alpha, x, slope, (other.key, beside) if kind is Kind.SIZE else None)
        text, hint = self._words(kind, function, x)
        question = Question(
            key, kind, slope, "f'(x)", beside if kind is Kind.SIZE else None,
            text.format(x=cursor, function=function.name, other=other.name), hint,
            value_text(slope, SLOPE_DECIMALS), value_text(beside, SLOPE_DECIMALS),
            after=self._course(slope) if kind is Kind.SIGN else "",
            mistakes=((Mistake.FUNCTION, function.scalar.at(x)[0]),), tolerance=TOLERANCE,
        )  # fmt: skip
        return question if question.tells else None

    def _course(self, slope: float) -> str:
        """Return why the slope has its sign."""
        return self.tr("The curve of f rises there.") if slope > 0.0 else self.tr("The curve of f falls there.")

    def _words(self, kind: Kind, function: ComparedFunction, x: float) -> tuple[str, str]:
        """Return what is asked, with gaps for x and the names, and the hint."""
        steepness = self.tr("Look at how steep the curve of f is where the line crosses it.")
        if kind is Kind.SIZE:
            text = self.tr("At x = {x}: is the slope of {function} larger or smaller in size than that of {other}?")
            return text, steepness
        if kind is Kind.SIGN:
            return self.tr("At x = {x}: what sign does the slope of {function} have?"), steepness
        return self.tr("At x = {x}: what is the slope of {function}?"), self._rise(function, x) or steepness

    def _rise(self, function: ComparedFunction, x: float) -> str:
        """Return how much f grows over a step so short that the slope can be worked out from it; empty where none
        is."""
        slope = function.scalar.at(x)[1]
        for step in STEPS:
            ends = fixed(function.scalar.at(x - step / 2)[0], 5), fixed(function.scalar.at(x + step / 2)[0], 5)
            low, high = read(ends[0]), read(ends[1])
            if low is not None and high is not None and abs((high - low) / step - slope) <= CLOSE / 2 * abs(slope):
                hint = self.tr("Around there, as x grows by {step}, f goes from {low} to {high}.")
                return hint.format(step=plain(step), low=ends[0], high=ends[1])
        return ""


def _from_turn(things: Sequence[T], turn: int) -> list[T]:
    """All of them, from the one whose turn it is on."""
    start = turn % len(things) if things else 0
    return [*things[start:], *things[:start]]


def _apart(slope: float, other: float) -> bool:
    """Return whether two slopes differ in size by enough to be seen."""
    sizes = abs(slope), abs(other)
    return isfinite(other) and max(sizes) - min(sizes) > CLOSE * max(sizes)
