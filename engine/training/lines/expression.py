"""Expressions over the numbers of a pass: what a line of arithmetic says before anyone has written it.

A number keeps its full precision and where it comes from; how many digits of it are written is the writer's matter.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.guesses import Mistakes


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from: which ``symbol`` (``w``, ``b``, ``a``, ``z``, ``delta``, ``E``, ``t`` …) of which
    block, at which index of it; ``row`` is the sample's place in the pass."""

    symbol: str
    block_id: str
    index: tuple[int, ...] = ()
    row: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A number. ``exact``: a setting or a count, written whole however many digits the others get. ``stands_for``: the
    part of the step before that comes to it."""

    value: float
    source: Source | None = None
    exact: bool = False
    stands_for: Expression | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """The terms of a long sum that are not written one by one: how many, and what they come to together."""

    count: int
    value: float


@dataclass(frozen=True, slots=True)
class Sum:
    """Terms added in order; a :class:`Negated` one is subtracted."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Factors multiplied in order."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    """``top ÷ bottom``."""

    top: Expression
    bottom: Expression


@dataclass(frozen=True, slots=True)
class Power:
    """A whole power of a base."""

    base: Expression
    exponent: int


@dataclass(frozen=True, slots=True)
class Negated:
    """``−of``."""

    of: Expression


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A function of one or more operands by its name, with what computes it."""

    name: str
    operands: tuple[Expression, ...]
    function: Callable[..., float]


Expression = Number | Rest | Sum | Product | Quotient | Power | Negated | FunctionCall
Read = Callable[[Number | Rest], float]


def full(number: Number | Rest) -> float:
    """The number with all its digits."""
    return number.value


@dataclass(frozen=True, slots=True)
class WorkedLine:
    """``symbols = steps[0] = steps[1] = … = result``. ``name`` and ``symbols`` are mathtext. A line without steps tells
    its result alone. ``renews``: the name had a value before, which may stand among the symbols (``w ← w + Δw``).
    ``mistakes``: what a learner may come to instead."""

    name: str
    symbols: str
    steps: tuple[Expression, ...]
    result: Number
    renews: bool = False
    mistakes: Mistakes = ()

    @property
    def formula(self) -> str:
        """``name = symbols`` as mathtext; the name alone where there are no symbols."""
        relation = r"\leftarrow" if self.renews else "="
        return f"{self.name} {relation} {self.symbols}" if self.symbols else self.name


def evaluate(expression: Expression, read: Read = full) -> float:
    """What the expression comes to when each of its numbers is first put through ``read``, such as a rounding.

    Whatever cannot be worked out (0/0, a logarithm of 0, an overflow) is NaN.
    """
    try:
        return _value(expression, read)
    except (ArithmeticError, ValueError):
        return math.nan


def _value(expression: Expression, read: Read) -> float:
    match expression:
        case Number(exact=True):
            return float(expression.value)
        case Number() | Rest():
            return read(expression)
        case Sum(terms):
            return math.fsum(_value(term, read) for term in terms)
        case Product(factors):
            return math.prod(_value(factor, read) for factor in factors)
        case Quotient(top, bottom):
            return _value(top, read) / _value(bottom, read)
        case Power(base, exponent):
            return float(_value(base, read) ** exponent)
        case Negated(of):
            return -_value(of, read)
        case FunctionCall(_, operands, function):
            return float(function(*(_value(operand, read) for operand in operands)))


def numbers_of(expression: Expression) -> Iterator[Number]:
    """Every number in it, in the order that they are written."""
    match expression:
        case Number():
            yield expression
        case Rest():
            return
        case Sum(parts) | Product(parts) | FunctionCall(_, parts, _):
            for part in parts:
                yield from numbers_of(part)
        case Quotient(top, bottom):
            yield from numbers_of(top)
            yield from numbers_of(bottom)
        case Power(base, _):
            yield from numbers_of(base)
        case Negated(of):
            yield from numbers_of(of)


def function_in(expression: Expression) -> str:
    """The name of the first function that is applied in it; empty where there is none."""
    match expression:
        case FunctionCall(name, _, _):
            return name
        case Sum(parts) | Product(parts):
            return next(filter(None, map(function_in, parts)), "")
        case Quotient(top, bottom):
            return function_in(top) or function_in(bottom)
        case Power(of, _) | Negated(of):
            return function_in(of)
    return ""


def shortened(terms: tuple[Expression, ...], most: int, after: tuple[Expression, ...] = ()) -> Sum:
    """A sum of which the first ``most`` terms are written and the others summed up; ``after`` always is written."""
    if len(terms) <= most + 1:  # a single one left would take as much room as its own writing
        return Sum(terms + after)
    left = terms[most:]
    return Sum((*terms[:most], Rest(len(left), math.fsum(evaluate(term) for term in left)), *after))
