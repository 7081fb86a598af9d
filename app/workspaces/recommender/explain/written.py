"""A row's sum with the digits that it is printed with: whoever adds the printed numbers up gets the printed sum.

Numbers that stand for one weight are rounded as usual, so that they are the same wherever they are read. What is itself
a sum of many (the further crosses, the single columns, the deep part) takes up what the roundings leave: at most one of
the last digit each, and there are as many digits as that needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import Literal

from app.kit.numbers import probability
from app.workspaces.recommender.explain.content import Explained, Term

LEAST_DECIMALS, MOST_DECIMALS = 3, 6
Kind = Literal["bias", "cross", "further", "single", "deep", "logit"]
NAMED: Kind = "cross"
WIDE_KINDS: tuple[Kind, ...] = ("cross", "further", "single")


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of the waterfall, from ``begin`` to ``end`` on the axis of the logit; ``exact`` is what it was rounded
    from, ``terms`` what it stands for."""

    kind: Kind
    terms: tuple[Term, ...]
    weight: float
    begin: float
    exact: float

    @property
    def named(self) -> bool:
        """Whether it is a cross by itself, told by its name."""
        return self.kind == NAMED

    @property
    def end(self) -> float:
        """Where the sum has come to."""
        return self.begin + self.weight


@dataclass(frozen=True, slots=True)
class Written:
    """A row's sum as it is printed: every number is one of so many ``decimals``."""

    decimals: int
    steps: tuple[Step, ...]
    wide: float
    deep: float
    bias: float
    logit: float


@dataclass(frozen=True, slots=True)
class _Part:
    """What is one line of the sum; ``gives``: whether it may take up what roundings leave."""

    kind: Kind
    terms: tuple[Term, ...]
    exact: float
    gives: bool


def written(row: Explained, most: int) -> Written:
    """The sum with the ``most`` strongest crosses by name."""
    parts = _parts(row, most)
    decimals, printed = _printed(parts, row)
    steps, begin = [], 0.0
    for part, value in zip(parts, printed, strict=True):
        steps.append(Step(part.kind, part.terms, value, begin, part.exact))
        begin = round(begin + value, decimals)
    wide = round(sum(step.weight for step in steps if step.kind in WIDE_KINDS), decimals)
    deep = sum(step.weight for step in steps if step.kind == "deep")
    bias, logit = steps[0].weight, begin
    steps.append(Step("logit", (), logit, 0.0, row.logit))
    return Written(decimals, tuple(steps), wide, deep, bias, logit)


def _parts(row: Explained, most: int) -> list[_Part]:
    """The lines of the sum, from the bias on, as they are exactly."""
    crosses = sorted((term for term in row.terms if not term.single), key=lambda term: -abs(term.weight))
    named, further = crosses[:most], tuple(crosses[most:])
    singles = tuple(term for term in row.terms if term.single)
    parts = [_Part("bias", (), row.bias, False), *(_Part("cross", (term,), term.weight, False) for term in named)]
    rests: tuple[tuple[Kind, tuple[Term, ...]], ...] = (("further", further), ("single", singles))
    for kind, terms in rests:
        if terms:
            parts.append(_Part(kind, terms, sum(term.weight for term in terms), any(term.weight for term in terms)))
    if row.has_deep:
        parts.append(_Part("deep", (), row.deep, True))
    return parts


def _printed(parts: Sequence[_Part], row: Explained) -> tuple[int, list[float]]:
    """How many decimals there are, and each part with so many: the fewest with which σ of the printed logit is the
    printed probability, and no part has to give more than one of the last digit."""
    for decimals in range(LEAST_DECIMALS, MOST_DECIMALS + 1):
        logit = round(row.logit, decimals)
        kept = sum(round(part.exact, decimals) for part in parts if not part.gives)
        giving = [part.exact for part in parts if part.gives]
        taken = adding_up(giving, logit - kept, decimals)
        moved = sum(abs(a - round(b, decimals)) for a, b in zip(taken, giving, strict=True))
        adds_up = round(kept + sum(taken) - logit, decimals) == 0.0 and moved < (len(giving) + 0.5) * 10**-decimals
        if adds_up and probability(logistic(logit)) == probability(row.probability):
            left = iter(taken)
            return decimals, [next(left) if part.gives else round(part.exact, decimals) for part in parts]
    # All are single weights: what the roundings leave is spread over those that stand nearest to it.
    return MOST_DECIMALS, list(adding_up([part.exact for part in parts], row.logit, MOST_DECIMALS))


def logistic(logit: float) -> float:
    """σ of a printed logit, to check that it leads to the printed probability."""
    return 1.0 / (1.0 + exp(-logit)) if logit > -700.0 else 0.0


def adding_up(parts: Sequence[float], total: float, decimals: int) -> tuple[float, ...]:
    """The parts rounded so that they add up to the rounded total: those that stand nearest to it go the other way.

    >>> adding_up([0.344, 0.344, 0.312], 1.0, 2)
    (0.35, 0.34, 0.31)
    """
    unit = 10**decimals
    units = [round(part * unit) for part in parts]
    left = round(total * unit) - sum(units)
    way = 1 if left > 0 else -1
    order = sorted(range(len(parts)), key=lambda at: way * (units[at] - parts[at] * unit))
    for number in range(abs(left) if parts else 0):
        units[order[number % len(order)]] += way
    return tuple(value / unit for value in units)
