"""A row's sum with the digits that it is printed with: whoever adds the printed numbers up gets the printed sum.

Numbers that stand for one weight are rounded as usual. What is itself a sum of unnamed ones (the further crosses, the
single columns, a half of the network) takes up what the roundings leave, a few of the last digit at most.
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


def written(row: Explained, most: int) -> Written:
    """The sum with the ``most`` strongest crosses by name."""
    decimals = decimals_of(row)
    bias, logit = round(row.bias, decimals), round(row.logit, decimals)
    halves = [value for value, there in ((row.wide, row.has_wide), (row.deep, row.has_deep)) if there]
    wide, deep = _both(row, adding_up(halves, logit - bias, decimals))
    crosses = sorted((term for term in row.terms if not term.single), key=lambda term: -abs(term.weight))
    singles = tuple(term for term in row.terms if term.single)
    named, further = crosses[:most], tuple(crosses[most:])
    printed = [round(term.weight, decimals) for term in named]
    rests = [terms for terms in (further, singles) if terms]
    exact = [sum(term.weight for term in terms) for terms in rests]
    if rests:
        taken = adding_up(exact, wide - sum(printed), decimals)
    else:  # all are named: what the roundings leave is spread over them, less than one of the last digit each
        printed, taken = list(adding_up([term.weight for term in named], wide, decimals)), ()
    parts: list[tuple[Kind, tuple[Term, ...], float, float]] = [("bias", (), bias, row.bias)]
    parts += [("cross", (term,), value, term.weight) for term, value in zip(named, printed, strict=True)]
    parts += [
        ("further" if terms is further else "single", terms, value, whole)
        for terms, value, whole in zip(rests, taken, exact, strict=True)
    ]
    if row.has_deep:
        parts.append(("deep", (), deep, row.deep))
    steps, begin = [], 0.0
    for kind, terms, value, whole in parts:
        steps.append(Step(kind, terms, value, begin, whole))
        begin = round(begin + value, decimals)
    steps.append(Step("logit", (), logit, 0.0, row.logit))
    return Written(decimals, tuple(steps), wide, deep, bias, logit)


def _both(row: Explained, halves: Sequence[float]) -> tuple[float, float]:
    """Wide and deep, 0 for a half that is not there."""
    left = iter(halves)
    return (next(left) if row.has_wide else 0.0), (next(left) if row.has_deep else 0.0)


def decimals_of(row: Explained) -> int:
    """As many that σ of the printed logit is the printed probability."""
    for decimals in range(LEAST_DECIMALS, MOST_DECIMALS):
        if probability(logistic(round(row.logit, decimals))) == probability(row.probability):
            return decimals
    return MOST_DECIMALS


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
