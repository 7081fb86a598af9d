"""Guesses at a number before it is shown: what is asked of it, which answer is right, and the score."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import StrEnum

CLOSE = 0.05
"""A typed value is right within this share of the true one."""
TINY = 1e-12
"""And within this of a true 0."""


class Kind(StrEnum):
    """What is asked: the sign, whether the size is larger or smaller than another number's, or the value itself."""

    SIGN = "sign"
    SIZE = "size"
    VALUE = "value"


class Verdict(StrEnum):
    """How an answer turned out."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Asked:
    """``truth``: the hidden number. ``than``: what its size is compared with, for :attr:`Kind.SIZE`. ``within``: a
    typed value so near is right in any case: half of the last digit that the number is written with."""

    kind: Kind
    truth: float
    than: float | None = None
    within: float = 0.0

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
    close = abs(float(answer) - right) <= max(CLOSE * abs(right), asked.within, TINY)
    return Verdict.RIGHT if close else Verdict.WRONG


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
