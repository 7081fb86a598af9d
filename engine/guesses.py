"""Guesses at a number before it is shown: what is asked, which answer is right, what went wrong, and the score."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

CLOSE = 0.05
"""A typed value is right within this share of the true one."""
TINY = 1e-12
"""And within this of a true 0."""


MOST_KEPT = 200
"""So many questions a file keeps, the latest ones."""
MOST_COUNTED = 1_000_000


class Kind(StrEnum):
    """What is asked: the sign, whether the size is larger or smaller than another number's, or the value itself."""

    SIGN = "sign"
    SIZE = "size"
    VALUE = "value"


class Verdict(StrEnum):
    """How an answer turned out."""

    RIGHT = "right"
    WRONG = "wrong"


class Mistake(StrEnum):
    """How a wrong value came about."""

    SIGN = "sign"
    HALF = "half"
    FUNCTION = "function"
    SLOPE = "slope"
    LOCAL = "local"
    OWN_FACTOR = "own-factor"
    SHARE = "share"
    BIAS = "bias"
    RATE = "rate"


Mistakes = tuple[tuple[Mistake, float], ...]
"""Wrong values that a question expects, each with what leads to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``truth``: the hidden number. ``than``: what its size is compared with, for :attr:`Kind.SIZE`. ``within``: a
    typed value so near is right in any case: half of the last digit that the number is written with. ``mistakes``: the
    wrong values that are recognised besides the one with the other sign."""

    kind: Kind
    truth: float
    than: float | None = None
    within: float = 0.0
    mistakes: Mistakes = ()

    @property
    def answer(self) -> str | float:
        """The right answer, as :func:`judge` takes it. A number of no sign is neither positive nor negative, and one of
        the same size neither larger nor smaller: there is nothing to be asked of these."""
        if self.kind is Kind.SIGN:
            return "+" if self.truth > 0.0 else "-" if self.truth < 0.0 else ""
        if self.kind is Kind.SIZE:
            assert self.than is not None
            size, other = abs(self.truth), abs(self.than)
            return "larger" if size > other else "smaller" if size < other else ""
        return self.truth

    def is_exact(self, value: float) -> bool:
        """Whether a typed value is the number as it is written, rather than one within :data:`CLOSE` of it."""
        return abs(value - self.truth) <= max(self.within * (1.0 + 1e-9), TINY * abs(self.truth), TINY)


def judge(asked: Asked, answer: str | float) -> Verdict:
    """``answer``: ``+`` or ``-`` for a sign, ``larger`` or ``smaller`` for a size, a number for a value."""
    right = asked.answer
    if isinstance(right, str):
        return Verdict.RIGHT if answer == right else Verdict.WRONG
    return Verdict.RIGHT if _is_close(float(answer), right, asked.within) else Verdict.WRONG


def diagnose(asked: Asked, answer: str | float) -> Mistake | None:
    """The mistake that a wrong value comes from: the expected one that is nearest to it. None for a right answer, for a
    choice of two, and where none is near."""
    if asked.kind is not Kind.VALUE or judge(asked, answer) is Verdict.RIGHT:
        return None
    value = float(answer)
    expected = (*asked.mistakes, (Mistake.SIGN, -asked.truth))
    near = [(abs(value - wrong), mistake) for mistake, wrong in expected if _is_close(value, wrong, asked.within)]
    return min(near, key=lambda found: found[0])[1] if near else None


def one_term_decides(terms: Sequence[float]) -> bool:
    """Whether one term of a sum is larger than all the others together, so that the sum has its sign."""
    sizes = [abs(term) for term in terms]
    return 2.0 * max(sizes) > sum(sizes)


def _is_close(value: float, right: float, within: float) -> bool:
    return abs(value - right) <= max(CLOSE * abs(right), within, TINY)


@dataclass(slots=True)
class Score:
    """How many of the questions answered were answered right; one that was only revealed does not count."""

    right: int = 0
    asked: int = 0
    _answered: set[Hashable] = field(default_factory=set)

    def take(self, key: Hashable, verdict: Verdict) -> None:
        """Count the first answer to the question of this key; a second try at the same one changes nothing."""
        if key in self._answered:
            return
        self._answered.add(key)
        self.asked += 1
        self.right += verdict is Verdict.RIGHT


Answer = Literal["+", "-", "larger", "smaller"] | Annotated[float, Field(allow_inf_nan=False)]


class KeptGuess(BaseModel):
    """A question that was met, by its name in files. ``answer``: None where its number was revealed, or ``seen``
    before it was asked for. ``again``: the answer was wrong, and a second try is open."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    question: str = Field(max_length=64)
    answer: Answer | None = None
    again: bool = False
    seen: bool = False


class GuessRecord(BaseModel):
    """What an exercise knows of the guesses so far, as a file keeps it. ``turn``: how many times it has come round."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    right: int = Field(default=0, ge=0, le=MOST_COUNTED)
    asked: int = Field(default=0, ge=0, le=MOST_COUNTED)
    turn: int = Field(default=0, ge=0, le=MOST_COUNTED)
    met: list[KeptGuess] = Field(default_factory=list, max_length=MOST_KEPT)

    @model_validator(mode="after")
    def _check_score(self) -> GuessRecord:
        if self.right > self.asked:
            raise ValueError(f"{self.right} right answers need as many questions")
        return self
