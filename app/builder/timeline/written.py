"""A line of arithmetic written out: with as many digits as let what is printed give every printed result."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import MINUS, as_written, last_place, to_digits, whole
from engine.training.lines.expression import (
    Expression,
    FunctionCall,
    Negated,
    Number,
    Power,
    Product,
    Quotient,
    Rest,
    Source,
    Sum,
    WorkedLine,
    evaluate,
    numbers_of,
)

FEWEST, MOST = 3, 15
PLAIN = 4
"""Digits of a number that stands alone."""
HALF = 0.5
LONGEST_FACTOR = 32
"""Letters of a factor that is written out in a sentence."""
_EXPONENTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class TokenSort(StrEnum):
    """The kinds of pieces of a line."""

    NUMBER = "number"
    SIGN = "sign"
    WORD = "word"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class LineToken:
    """A piece of a line. ``value`` and ``source`` are a number's."""

    sort: TokenSort
    text: str
    value: float = 0.0
    source: Source | None = None


Tokens = tuple[LineToken, ...]


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """``steps``: each side of the equation, then ``result``. ``digits`` is how many the numbers have."""

    line: WorkedLine
    steps: tuple[Tokens, ...]
    result: LineToken
    digits: int

    @property
    def text(self) -> str:
        """The whole line, as a person reads it: ``(−0.815) · 1.94 + 0.07 = −1.51``."""
        return " = ".join(["".join(token.text for token in step) for step in self.steps] + [self.result.text])


@dataclass(frozen=True, slots=True)
class _Digits:
    """How many digits a line's numbers have, and those that stand for a part of the step before."""

    given: int
    parts: int

    def of(self, number: Number | Rest) -> int:
        """The digits of this number."""
        is_part = isinstance(number, Number) and number.stands_for is not None
        return self.parts if is_part else self.given


def write(line: WorkedLine) -> WrittenLine:
    """The line with the fewest digits that its result and every part of it that is worked out need; where none do, the
    result alone."""
    for digits in _choices(line):
        if not all(_gives(_by_hand(part, digits), number.value, digits.parts) for number, part in _parts(line)):
            continue
        found = [_by_hand(step, digits) for step in line.steps]
        if not all(map(math.isfinite, found)):
            break
        for kept in range(digits.given, _fewest(digits.given) - 1, -1):
            if all(_gives(value, line.result.value, kept) for value in found) and not _hides_move(line, kept):
                return WrittenLine(
                    line, _steps(line, digits, result := _number(line.result, kept)), result, digits.given
                )
    return WrittenLine(line, (), _number(line.result, PLAIN), PLAIN)


def write_factor(line: WorkedLine, factor: Expression | None) -> tuple[str, str]:
    """How the size of a line's factor is worked out, with as many digits as that needs, or its place where that is
    long; and the number. Both empty where it is a number in sight."""
    step = line.steps[0]
    if factor is None or isinstance(factor, Number) or not isinstance(step, Product):
        return "", ""
    value = evaluate(factor)
    written = write(WorkedLine("", "", (factor,), Number(value)))
    text = "".join(token.text for step in written.steps for token in step)
    if not 0 < len(text) <= LONGEST_FACTOR:
        said = QCoreApplication.translate("PassLine", "no. {place}")
        text = said.format(place=step.factors.index(factor) + 1)
    elif value < 0.0:
        text = f"|{text}|"
    return text, written.result.text


def _choices(line: WorkedLine) -> Iterator[_Digits]:
    """Few digits before many, and as many for parts as for the other numbers before fewer."""
    has_parts = any(True for _ in _parts(line))
    for given in range(FEWEST, MOST + 1):
        for parts in range(given, _fewest(given) - 1, -1) if has_parts else (given,):
            yield _Digits(given, parts)


def _fewest(given: int) -> int:
    """How few digits a result may have: one less where the numbers before it have many, for what cancels."""
    return FEWEST if given < 8 else FEWEST - 1


def _parts(line: WorkedLine) -> Iterator[tuple[Number, Expression]]:
    for step in line.steps:
        yield from ((number, number.stands_for) for number in numbers_of(step) if number.stands_for is not None)


def _by_hand(step: Expression, digits: _Digits) -> float:
    return evaluate(step, lambda number: as_written(number.value, digits.of(number)))


def _steps(line: WorkedLine, digits: _Digits, result: LineToken) -> tuple[Tokens, ...]:
    """Every side but one that only says the result again."""
    steps = (tuple(_written(step, digits)) for step in line.steps)
    return tuple(step for step in steps if len(step) > 1 or step[0].text != result.text)


def _hides_move(line: WorkedLine, digits: int) -> bool:
    """Whether a number that is moved would be printed as it was before."""
    step = line.steps[0] if line.renews and line.steps else None
    before = step.terms[0] if isinstance(step, Sum) else None
    if not isinstance(before, Number) or before.value == line.result.value:
        return False
    return to_digits(before.value, digits) == to_digits(line.result.value, digits)


def _gives(found: float, result: float, digits: int) -> bool:
    """Return whether what was worked out is the printed result, within half of its last place."""
    if not math.isfinite(result) or result == 0.0:
        return found == result
    room = 0.5 * last_place(result, digits)
    return abs(found - as_written(result, digits)) <= room * (1.0 - 1e-6)


# Tokens ---------------------------------------------------------------------------------------------------------


def _number(number: Number, digits: int) -> LineToken:
    text = whole(number.value) if number.exact else to_digits(number.value, digits)
    text = "½" if number.exact and number.value == HALF else text
    return LineToken(TokenSort.NUMBER, text, number.value, number.source)


def _sign(text: str) -> LineToken:
    return LineToken(TokenSort.SIGN, text)


def _written(expression: Expression, digits: _Digits) -> Iterator[LineToken]:
    match expression:
        case Number():
            yield _number(expression, digits.of(expression))
        case Rest():
            yield _rest(expression, digits.of(expression))
        case Sum(terms):
            for place, term in enumerate(terms):
                yield from _term(term, digits, first=place == 0)
        case Product(factors):
            for place, factor in enumerate(factors):
                if place:
                    yield _sign(" · ")
                yield from _factor(factor, digits)
        case Quotient(top, bottom):
            yield from _factor(top, digits) if not isinstance(top, Product) else _written(top, digits)
            yield _sign(" ÷ ")
            yield from _whole_factor(bottom, digits)
        case Power(base, exponent):
            yield from _whole_factor(base, digits)
            if exponent != 1:
                yield _sign(str(exponent).translate(_EXPONENTS))
        case Negated(of):
            yield _sign(MINUS)
            yield from _factor(of, digits) if not isinstance(of, Product | Quotient) else _written(of, digits)
        case FunctionCall(name, operands, _):
            yield LineToken(TokenSort.WORD, name)
            yield _sign("(")
            for place, operand in enumerate(operands):
                if place:
                    yield _sign(", ")
                yield from _written(operand, digits)
            yield _sign(")")


def _rest(rest: Rest, digits: int) -> LineToken:
    text = QCoreApplication.translate("PassLine", "… ({count} more, together {value})")
    return LineToken(TokenSort.REST, text.format(count=rest.count, value=to_digits(rest.value, digits)), rest.value)


def _term(term: Expression, digits: _Digits, *, first: bool) -> Iterator[LineToken]:
    """A term with what stands before it: a number alone brings its own sign, a negated term a minus."""
    if first:
        yield from _written(term, digits)
    elif isinstance(term, Number) and term.value < 0.0:
        yield _sign(f" {MINUS} ")
        token = _number(term, digits.of(term))
        yield LineToken(token.sort, token.text.removeprefix(MINUS), token.value, token.source)
    elif isinstance(term, Negated):
        yield _sign(f" {MINUS} ")
        yield from (
            _factor(term.of, digits) if not isinstance(term.of, Product | Quotient) else _written(term.of, digits)
        )
    else:
        yield _sign(" + ")
        yield from _written(term, digits)


def _factor(factor: Expression, digits: _Digits) -> Iterator[LineToken]:
    """A factor, in brackets where it is negative or a sum."""
    negative = isinstance(factor, Number) and factor.value < 0.0
    if negative or isinstance(factor, Sum | Negated):
        yield from _bracketed(factor, digits)
    else:
        yield from _written(factor, digits)


def _whole_factor(factor: Expression, digits: _Digits) -> Iterator[LineToken]:
    """A divisor or the base of a power: in brackets unless it is one positive decimal or a function."""
    plain = isinstance(factor, FunctionCall) or (
        isinstance(factor, Number) and "·" not in _number(factor, digits.of(factor)).text
    )
    if plain:
        yield from _factor(factor, digits)
    else:
        yield from _bracketed(factor, digits)


def _bracketed(inside: Expression, digits: _Digits) -> Iterator[LineToken]:
    yield _sign("(")
    yield from _written(inside, digits)
    yield _sign(")")
