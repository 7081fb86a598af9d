"""Predict, then reveal: which number of the pass is hidden and asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.builder.timeline.sheet import MOST_TERMS
from app.builder.timeline.written import FEWEST, write
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question as Guess
from app.kit.numbers import as_written
from engine.guesses import GuessRecord
from engine.training.lines.quiz import Question, question_of
from engine.training.lines.working import Working
from engine.training.trace import PassTrace

ASKED_TERMS = 4
"""Terms of a sum that a question looks at one by one."""


class PassGuesses(Guesses):
    """Asks for a number of each stage of a pass. One that was only revealed counts nothing."""

    def record(self, turn: int = 0) -> GuessRecord | None:
        """Return what a file keeps of the guesses; None where no question was met."""
        record = super().record(turn)
        return record if record is not None and record.met else None

    def look_at_stage(
        self, work: Callable[[int], Working], trace: PassTrace, stage: int, unit: int, *, seen: bool = False
    ) -> int | None:
        """Ask about the stage in sight, once, unless its numbers were ``seen`` before. Return the place of the line to
        hide, None if there is none."""
        if not self.on:
            return None
        found = question_of(work(ASKED_TERMS).lines, stage, [work(most).lines for most in MOST_TERMS])
        if found is None or not write(found[1].line).steps:
            self.look_at(None, note=self.tr("Nothing to work out here; go on to the next stage."))
            return None
        place, question = found
        key = (trace.rows, stage, unit, question.truth)  # of another run or step it is another question
        asked = question.asked
        guess = Guess(
            key, asked.kind, asked.truth, question.line.name, asked.than, function=question.function,
            printed=write(question.line).result.text, mistakes=asked.mistakes, terms=question.terms,
            digits=_enough_digits(question),
        )  # fmt: skip
        again = self.tr("The numbers of this stage have been in sight already. The next pass will ask.")
        onward = self.tr("The numbers of this stage have been in sight already. The next stage will ask.")
        note = again if stage + 1 == len(trace.stages) else onward
        return place if self.look_at(guess, seen=seen, note=note) else None


def _enough_digits(question: Question) -> int:
    """How many digits of each number in the line lead to a value that is near enough; 0 where not even many do."""
    rounded = (digits for digits in range(2, FEWEST + 1) if question.near_enough(partial(as_written, digits=digits)))
    return next(rounded, 0)
