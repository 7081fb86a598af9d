"""Questions about the number that a line is about to come to."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.guesses import Asked, GuessVerdict, Kind, judge, outweighs
from engine.training.lines.expression import Expression, Number, Product, Rest, Sum, WorkedLine, evaluate, function_in

SURE = 0.2
"""Terms of a sum are compared only where the larger is larger by this share at least."""


@dataclass(frozen=True, slots=True)
class QuizQuestion:
    """``line``: whose result is hidden. ``than``: the factor that its size is compared with, for :attr:`Kind.SIZE`.
    ``forms``: the line as it may stand in sight."""

    kind: Kind
    line: WorkedLine
    than: Expression | None = None
    forms: tuple[WorkedLine, ...] = ()

    @property
    def truth(self) -> float:
        """The hidden number."""
        return self.line.result.value

    @property
    def asked(self) -> Asked:
        """What has to be known to judge an answer."""
        than = None if self.than is None else evaluate(self.than)
        return Asked(self.kind, self.truth, than, mistakes=self.line.mistakes)

    @property
    def sums(self) -> tuple[tuple[float, ...], ...]:
        """The terms that the number is the sum of, in each form; empty where it is no sum."""
        return tuple(_terms(form) for form in self.forms if isinstance(form.steps[0], Sum))

    @property
    def function(self) -> str:
        """The function that has to be applied, whose formula the line doesn't write; empty where there is none."""
        return function_in(self.line.steps[0])

    def near_enough(self, read: Callable[[float], float]) -> bool:
        """Whether the line comes near enough to its result with every number put through ``read``, a rounding."""
        found = evaluate(self.line.steps[0], lambda number: read(number.value))
        return judge(self.asked, found) is GuessVerdict.RIGHT


def question_of(
    lines: Sequence[WorkedLine], number: int, written: Sequence[Sequence[WorkedLine]] = ()
) -> tuple[int, QuizQuestion] | None:
    """What to ask of a stage's lines, and of which of them; None where there is nothing to work out.

    The first line with a sum, product or function is asked about. Sign, size and value take turns by ``number``, as
    far as they make a question: a number that cannot be negative has no sign to guess. ``written``: the same lines with
    more or fewer of their terms lumped together, as they may stand in sight; a lump that settles the sign answers it.
    """
    for place, line in enumerate(lines):
        truth = line.result.value
        if not line.steps or isinstance(line.steps[0], Number) or not math.isfinite(truth):
            continue
        forms = (line, *(form[place] for form in written))
        kinds = [Kind.SIGN] if _signs_differ(line) and not any(map(_lump_decides, forms)) else []
        than = _largest(line)
        size = 0.0 if than is None else abs(evaluate(than))
        if than is not None and abs(size - abs(truth)) > SURE * max(size, abs(truth)):
            kinds.append(Kind.SIZE)
        kinds.append(Kind.VALUE)
        kind = kinds[number % len(kinds)]
        return place, QuizQuestion(kind, line, than if kind is Kind.SIZE else None, forms)
    return None


def _signs_differ(line: WorkedLine) -> bool:
    """Whether the sign takes a thought: a product with a negative factor, or a sum with terms of both signs."""
    step = line.steps[0]
    if line.result.value == 0.0:
        return False
    values = _terms(line)
    if len(values) > 1:
        return min(values) < 0.0 < max(values)
    alone = step.terms[0] if isinstance(step, Sum) else step
    return isinstance(alone, Product) and any(evaluate(factor) < 0.0 for factor in alone.factors)


def _terms(line: WorkedLine) -> tuple[float, ...]:
    """The terms of a sum, those that are lumped together as one; one where it is no sum."""
    step = line.steps[0]
    return tuple(map(evaluate, step.terms if isinstance(step, Sum) else (step,)))


def _lump_decides(line: WorkedLine) -> bool:
    """Whether the terms that are lumped together settle the sign."""
    step = line.steps[0]
    terms = step.terms if isinstance(step, Sum) else ()
    return any(outweighs(term.value, _terms(line)) for term in terms if isinstance(term, Rest))


def _largest(line: WorkedLine) -> Expression | None:
    """The largest factor of the result, where that is a product."""
    step = line.steps[0]
    factors = step.factors if isinstance(step, Product) else ()
    return max(factors, key=lambda factor: abs(evaluate(factor))) if len(factors) > 1 else None
