"""Predict, then reveal: which number of the pass is hidden and asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.builder.timeline.sheet import MOST_TERMS
from app.builder.timeline.written import FEWEST, write
from app.kit.guessing.card import GuessCard
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question as Guess
from app.kit.numbers import as_written
from engine.guesses import GuessRecord, Score
from engine.training.lines.quiz import Question, question_of
from engine.training.lines.working import Working
from engine.training.trace import PassTrace

ASKED_TERMS = 4
"""Terms of a sum that a question looks at one by one."""


class Prediction(QObject):
    """Asks on ``card`` while it is on. ``settled``: the hidden number may be shown, for it was answered or revealed. A
    number that was only revealed counts nothing."""

    settled = Signal()

    def __init__(self, card: GuessCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._guesses = Guesses(card, self)
        self._guesses.settled.connect(self.settled)
        self._question: Question | None = None

    @property
    def on(self) -> bool:
        """Whether guesses are asked for."""
        return self._guesses.on

    @property
    def open(self) -> bool:
        """Whether a question waits for its answer."""
        return self._guesses.open

    @property
    def score(self) -> Score:
        """How the guesses turned out so far."""
        return self._guesses.score

    @property
    def question(self) -> Question | None:
        """What is asked at the present stage."""
        return self._question

    def record(self) -> GuessRecord | None:
        """What a file keeps of the guesses; None where no question was met."""
        record = self._guesses.record()
        return record if record is not None and record.met else None

    def take_up(self, record: GuessRecord) -> None:
        """Go on from what a file has kept."""
        self._guesses.take_up(record)
        self._question = None

    def set_on(self, on: bool) -> None:
        """Begin to ask, or stop."""
        self._guesses.set_on(on)
        self._question = None

    def look_at(
        self, work: Callable[[int], Working], trace: PassTrace, stage: int, unit: int, *, seen: bool = False
    ) -> int | None:
        """The stage in sight is another one: ask about it, once, unless its numbers were ``seen`` before. The place of
        the line to hide, None if there is none."""
        if not self.on:
            return None
        found = question_of(work(ASKED_TERMS).lines, stage, [work(most).lines for most in MOST_TERMS])
        if found is None or not write(found[1].line).steps:
            self._question = None
            self._guesses.look_at(None, note=self.tr("Nothing to work out here; go on to the next stage."))
            return None
        place, question = found
        self._question = question
        key = (trace.rows, stage, unit, question.truth)  # of another run or step it is another question
        asked = question.asked
        printed = write(question.line).result.text
        guess = Guess(
            key, asked.kind, asked.truth, question.line.name, asked.than, function=question.function, printed=printed,
            mistakes=asked.mistakes, terms=question.terms, digits=_enough_digits(question),
        )  # fmt: skip
        again = self.tr("The numbers of this stage have been in sight already. The next pass will ask.")
        onward = self.tr("The numbers of this stage have been in sight already. The next stage will ask.")
        note = again if stage + 1 == len(trace.stages) else onward
        return place if self._guesses.look_at(guess, seen=seen, note=note) else None

    def insist(self) -> None:
        """Somebody would rather go on: say what is waited for."""
        self._guesses.insist()

    @Slot()
    def give_up(self) -> None:
        """Go on without an answer."""
        self._guesses.give_up()


def _enough_digits(question: Question) -> int:
    """How many digits of each number in the line lead to a value that is near enough; 0 where not even many do."""
    rounded = (digits for digits in range(2, FEWEST + 1) if question.near_enough(partial(as_written, digits=digits)))
    return next(rounded, 0)
