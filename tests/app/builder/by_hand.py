"""A person with a calculator: reads a printed line of arithmetic, works it out, and looks at the printed result.

It knows nothing of the program but activations by their labels, which it computes by Python's ``math``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import pairwise

from engine.activations import ACTIVATIONS

_SUPER = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_PIECE = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)|(?P<half>½)"
    r"|… \(\d+ more, together (?P<rest>[^)]*)\)"
    r"|(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?P<sign>[()+−·÷,])|(?P<root>√)"
    r"|(?P<word>[A-Za-z]+(?: [A-Za-z]+| \((?:exact|tanh)\))?′?)(?:\[(?P<setting>[^\]]*)\])?)"
)


def number(text: str) -> float:
    """A printed number."""
    text = text.strip().replace("−", "-")
    mantissa, _, exponent = text.partition("·10")
    return float(f"{mantissa}e{exponent.translate(_SUPER)}") if exponent else float(text)


def last_place(text: str) -> float:
    """What one in the last place of a printed number stands for."""
    mantissa, _, exponent = text.strip().partition("·10")
    decimals = len(mantissa.partition(".")[2])
    return 10.0 ** ((int(exponent.translate(_SUPER)) if exponent else 0) - decimals)


def works_out(side: str) -> float:
    """What one side of the equation comes to."""
    return _Reader(side).whole()


def holds(line: str) -> bool:
    """Whether every side of the line gives the printed result, within half of its last place."""
    *sides, result = line.split(" = ")
    room = 0.5 * last_place(result) * (1.0 + 1e-9)
    return all(abs(works_out(side) - number(result)) <= room for side in sides)


def goes_on(line: str) -> bool:
    """Whether each side follows from the one before: a product of fewer factors has in the place of each run of factors
    what that run comes to, within half of its last place."""
    *sides, _ = line.split(" = ")
    return all(_follows(_factors(side), _factors(onward)) for side, onward in pairwise(sides))


def _factors(side: str) -> list[str]:
    """The factors of a side that is a product; the whole side where it is none."""
    factors, depth = [""], 0
    for piece in re.split(r"([()]| · | [+−] )", side):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if depth == 0 and piece in (" + ", " − "):
            return [side]
        if depth == 0 and piece == " · ":
            factors.append("")
        else:
            factors[-1] += piece
    return factors


def _follows(factors: list[str], onward: list[str]) -> bool:
    if not factors or not onward:
        return factors == onward
    text = onward[0].removeprefix("(").removesuffix(")")
    room = 0.5 * last_place(text) * (1.0 + 1e-9)
    return any(
        abs(works_out(" · ".join(factors[:many])) - number(text)) <= room and _follows(factors[many:], onward[1:])
        for many in range(1, len(factors) + 1)
    )


class _Reader:
    def __init__(self, text: str) -> None:
        self.pieces: list[tuple[str, str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            match = _PIECE.match(text, at)
            assert match is not None, f"unreadable from {text[at:]!r}"
            kind = next(k for k, v in match.groupdict().items() if v is not None and k != "setting")
            self.pieces.append((kind, match[kind], match["setting"] or ""))
            at = match.end()
        self.at = 0

    def whole(self) -> float:
        value = self.sum()
        assert self.at == len(self.pieces), f"left over: {self.pieces[self.at :]}"
        return value

    def sign(self, *signs: str) -> str:
        if self.at < len(self.pieces) and self.pieces[self.at][0] == "sign" and self.pieces[self.at][1] in signs:
            self.at += 1
            return self.pieces[self.at - 1][1]
        return ""

    def sum(self) -> float:
        value = -self.product() if self.sign("−") else self.product()
        while sign := self.sign("+", "−"):
            value += -self.product() if sign == "−" else self.product()
        return value

    def product(self) -> float:
        value = self.power()
        while sign := self.sign("·", "÷"):
            value = value * self.power() if sign == "·" else value / self.power()
        return value

    def power(self) -> float:
        value = self.piece()
        if self.at < len(self.pieces) and self.pieces[self.at][0] == "power":
            value **= int(self.pieces[self.at][1].translate(_SUPER))
            self.at += 1
        return value

    def piece(self) -> float:
        kind, text, setting = self.pieces[self.at]
        self.at += 1
        if kind == "number":
            return number(text)
        if kind == "rest":
            return number(text)
        if kind == "half":
            return 0.5
        if kind == "sign":
            assert text == "(", f"a {text!r} where a number should stand"
            value = self.sum()
            assert self.sign(")"), "a bracket is not closed"
            return value
        assert self.sign("("), f"no bracket behind {text}"
        operands = [self.sum()]
        while self.sign(","):
            operands.append(self.sum())
        assert self.sign(")"), "a bracket is not closed"
        return function(text, setting)(*operands)


def function(name: str, setting: str = "") -> Callable[..., float]:
    """A function by its printed name; a primed one is the slope, by differences of the values."""
    if name.endswith("′"):
        f = function(name[:-1], setting)
        return lambda x: (f(x - 2e-3) - 8 * f(x - 1e-3) + 8 * f(x + 1e-3) - f(x + 2e-3)) / 12e-3
    if name in _FUNCTIONS:
        return _FUNCTIONS[name]
    activation = next((known for known in ACTIVATIONS.values() if known.label == name), None)
    assert activation is not None, f"“{name}” is no activation's label, and not in _FUNCTIONS of {__name__}"
    parameter = number(setting) if setting else 0.0
    return lambda x: activation.plain(x, parameter)


_FUNCTIONS: dict[str, Callable[..., float]] = {
    "√": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "abs": abs,
    "max": max,
    "min": min,
}
