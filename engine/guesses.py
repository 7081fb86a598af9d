"""Guesses at a hidden number: the question, the right answer, the mistake behind a wrong one, and the score."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.problems import Misfit, declare

MORE_RIGHT_THAN_ASKED = declare(
    "guesses.more-right-than-asked",
    "The guesses can't be right {right} times out of {asked}. Correct “right” or “asked”, or remove “guesses”.",
)

CLOSE = 0.05
"""A typed value is right within this share of the true one."""
TINY = 1e-12
"""A typed value is right within this of a true 0."""
MOST_KEPT = 200
"""A file keeps at most this many questions, the latest ones."""
MOST_COUNTED = 1_000_000


class Kind(StrEnum):
    """What a question asks for: the sign, the size compared with another number's, or the value."""

    SIGN = "sign"
    SIZE = "size"
    VALUE = "value"


CHOICES = {Kind.SIGN: ("+", "-"), Kind.SIZE: ("larger", "smaller")}
"""The answers to choose from; a value is typed."""


def allows_second_try(kind: Kind) -> bool:
    """Whether a wrong answer leaves a question open: of two answers the other is then right."""
    return len(CHOICES.get(kind, ())) != 2


class GuessVerdict(StrEnum):
    """Whether an answer is right."""

    RIGHT = "right"
    WRONG = "wrong"


class Mistake(StrEnum):
    """What led to a wrong value."""

    SIGN = "sign"
    HALF = "half"
    SQUARE = "square"
    FUNCTION = "function"
    SLOPE = "slope"
    LOCAL = "local"
    OWN_FACTOR = "own-factor"
    SHARE = "share"
    TERM = "term"
    BIAS = "bias"
    RATE = "rate"


Mistakes = tuple[tuple[Mistake, float], ...]
"""The wrong values that a question expects, each with the mistake that leads to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the hidden number ``truth``.

    ``than``: what its size is compared with, for :attr:`Kind.SIZE`. ``within``: half of the last digit that the number
    is written with; a typed value this near is always right, and so is one within the ``tolerance`` that the question
    states. ``mistakes``: wrong values that are recognised, besides the one with the other sign and those where one of
    the ``terms``, whose sum the number is, has it.
    """

    kind: Kind
    truth: float
    than: float | None = None
    within: float = 0.0
    mistakes: Mistakes = ()
    tolerance: float = 0.0
    terms: tuple[float, ...] = ()

    @property
    def answer(self) -> str | float:
        """The right answer, as :func:`judge` takes it; empty for the sign of 0 and between equal sizes."""
        if self.kind is Kind.SIGN:
            return "+" if self.truth > 0.0 else "-" if self.truth < 0.0 else ""
        if self.kind is Kind.SIZE:
            assert self.than is not None
            size, other = abs(self.truth), abs(self.than)
            return "larger" if size > other else "smaller" if size < other else ""
        return self.truth

    def is_exact(self, value: float) -> bool:
        """Whether a typed value is the number as it is written, not only within :data:`CLOSE` of it."""
        return abs(value - self.truth) <= max(self.within * (1.0 + 1e-9), TINY * (abs(self.truth) or 1.0))


def judge(asked: Asked, answer: str | float) -> GuessVerdict:
    """Judge an answer: ``+`` or ``-`` for a sign, ``larger`` or ``smaller`` for a size, a number for a value."""
    right = asked.answer
    if isinstance(right, str):
        return GuessVerdict.RIGHT if answer == right else GuessVerdict.WRONG
    return (
        GuessVerdict.RIGHT
        if _is_close(float(answer), right, max(asked.within, asked.tolerance))
        else GuessVerdict.WRONG
    )


def diagnose(asked: Asked, answer: str | float) -> Mistake | None:
    """Find the mistake behind a wrong value: the one whose value is nearest.

    None for a right answer, for a choice of two, and where no mistake's value is near.
    """
    if asked.kind is not Kind.VALUE or judge(asked, answer) is GuessVerdict.RIGHT:
        return None
    value = float(answer)
    slips = ((Mistake.TERM, asked.truth - 2.0 * term) for term in asked.terms) if len(asked.terms) > 1 else ()
    expected = (*asked.mistakes, (Mistake.SIGN, -asked.truth), *slips)
    near = [(abs(value - wrong), mistake) for mistake, wrong in expected if _is_close(value, wrong, asked.within)]
    return min(near, key=lambda found: found[0])[1] if near else None


def outweighs(term: float, terms: Sequence[float]) -> bool:
    """Whether a term is larger than all those of the other sign together, so that the sum of them all has its sign."""
    return abs(term) > sum(abs(other) for other in terms if (other > 0.0) is not (term > 0.0))


def one_term_decides(terms: Sequence[float]) -> bool:
    """Whether any term of a sum outweighs the others."""
    return any(outweighs(term, terms) for term in terms)


def _is_close(value: float, right: float, within: float) -> bool:
    return abs(value - right) <= max(CLOSE * abs(right), within, 0.0 if right else TINY)


@dataclass(slots=True)
class Score:
    """How many questions were answered, and how many of them right. A revealed number doesn't count."""

    right: int = 0
    asked: int = 0
    _answered: set[Hashable] = field(default_factory=set)

    def take(self, key: Hashable, verdict: GuessVerdict) -> None:
        """Count the first answer to the question with this key, and ignore later ones."""
        if key in self._answered:
            return
        self._answered.add(key)
        self.asked += 1
        self.right += verdict is GuessVerdict.RIGHT


Answer = Literal["+", "-", "larger", "smaller"] | Annotated[float, Field(allow_inf_nan=False)]


class KeptGuess(BaseModel):
    """A question that a person has met, by its name in files.

    ``answer``: None where the number was revealed, or ``seen`` before the question. ``again``: the answer was wrong,
    and a second try is open.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    question: str = Field(max_length=64)
    answer: Answer | None = None
    again: bool = False
    seen: bool = False


class GuessRecord(BaseModel):
    """The guesses of an exercise so far, as a file keeps them. ``turn``: how often it has been repeated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    right: int = Field(default=0, ge=0, le=MOST_COUNTED)
    asked: int = Field(default=0, ge=0, le=MOST_COUNTED)
    turn: int = Field(default=0, ge=0, le=MOST_COUNTED)
    met: list[KeptGuess] = Field(default_factory=list, max_length=MOST_KEPT)

    @model_validator(mode="after")
    def _check_score(self) -> GuessRecord:
        if self.right > self.asked:
            raise Misfit(MORE_RIGHT_THAN_ASKED(right=self.right, asked=self.asked))
        return self
