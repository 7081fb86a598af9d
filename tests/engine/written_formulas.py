r"""Works out the mathtext in which activations write their formulas, so that a wrong one is seen.

Its functions are Python's own. Spaces are passed over; what stands side by side is multiplied. A formula may have two
cases (``A\ \mathrm{if}\ z > 0,\ \mathrm{else}\ B``), and say after a comma what a letter stands for (``, t = …``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping

FUNCTIONS: Mapping[str, Callable[..., float]] = {
    r"\sigma": lambda u: 1.0 / (1.0 + math.exp(-u)),
    r"\Phi": lambda u: 0.5 * math.erfc(-u / math.sqrt(2.0)),
    r"\varphi": lambda u: math.exp(-0.5 * u * u) / math.sqrt(2.0 * math.pi),
    r"\erf": math.erf,
    r"\tanh": math.tanh,
    r"\ln": math.log,
    r"\exp": math.exp,
    r"\sin": math.sin,
    r"\cos": math.cos,
    r"\arctan": math.atan,
    r"\max": max,
    r"\min": min,
}
_CONSTANTS = {"e": math.e, r"\pi": math.pi}
_SPACE = re.compile(r"(?:\\left|\\right|\\[, ;!]|\\q?quad|[\s@])+")
_CASES = re.compile(r"(.*)\\mathrm\{if\} ([a-z]) (>|<|\\geq|\\leq) 0, \\mathrm\{else\}(.*)")
_MEANING = re.compile(r"(.*), ([a-z]) =(.*)")
_TOKEN = re.compile(r"\\[A-Za-z]+|\d+(?:\.\d+)?|[A-Za-z]'?|\S")


def worked_out(text: str, names: Mapping[str, float]) -> float:
    """The value of a formula where its letters have these. Raises ValueError for what is not known here."""
    return _worked_out(_SPACE.sub(" ", text), names)


def _worked_out(text: str, names: Mapping[str, float]) -> float:
    if (found := _CASES.fullmatch(text)) is not None:
        above, name, sign, below = found.groups()
        holds = {">": names[name] > 0, "<": names[name] < 0, r"\geq": names[name] >= 0, r"\leq": names[name] <= 0}
        return _worked_out(above if holds[sign] else below, names)
    if (found := _MEANING.fullmatch(text)) is not None:
        return _worked_out(found[1], {**names, found[2]: _worked_out(found[3], names)})
    text = text.split(r"\mathrm{for}")[0].split("=")[-1]  # what it is called, and where it holds
    return _Reader(text.replace(r"\mathrm{erf}", r"\erf"), names).whole()


class _Reader:
    """Reads and works out at once: a sum of products of powers."""

    def __init__(self, text: str, names: Mapping[str, float]) -> None:
        self._text, self._tokens = text, _TOKEN.findall(text)
        self._names = {**_CONSTANTS, **names}

    def whole(self) -> float:
        value = self._sum()
        if self._tokens:
            raise self._unknown(self._tokens[0])
        return value

    def _unknown(self, token: str) -> ValueError:
        return ValueError(f"{__name__} doesn't know “{token}” of “{self._text}”; say there what it stands for")

    @property
    def _next(self) -> str:
        return self._tokens[0] if self._tokens else ""

    def _took(self, token: str) -> bool:
        """Take the token, if it is the next."""
        if self._next != token:
            return False
        self._tokens.pop(0)
        return True

    def _sum(self) -> float:
        value = -self._product() if self._took("-") else self._product()
        while self._next and self._next in "+-":
            value += self._product() if self._took("+") else -self._product() if self._took("-") else 0.0
        return value

    def _product(self) -> float:
        value = self._power()
        while self._next and self._next not in "+-)},|^":
            value = value / self._power() if self._took("/") else value * self._power()
        return value

    def _power(self) -> float:
        value = self._atom()
        return value ** self._atom() if self._took("^") else value

    def _atom(self) -> float:
        token = self._tokens.pop(0) if self._tokens else "an end"
        if token[0].isdigit():
            return float(token)
        if token in ("(", "{", "|"):
            value = self._sum()
            self._close({"(": ")", "{": "}", "|": "|"}[token])
            return abs(value) if token == "|" else value
        if token == r"\frac":
            return self._atom() / self._atom()
        if token == r"\sqrt":
            return math.sqrt(self._atom())
        if token in FUNCTIONS:
            return self._called(FUNCTIONS[token])
        if token in self._names:
            return self._names[token]
        raise self._unknown(token)

    def _called(self, function: Callable[..., float]) -> float:
        r"""What follows is its argument, or several in brackets; ``\tanh^2(z)`` is the square of what it comes to."""
        exponent = self._atom() if self._took("^") else 1.0
        if not self._took("("):
            return function(self._power()) ** exponent
        arguments = [self._sum()]
        while self._took(","):
            arguments.append(self._sum())
        self._close(")")
        return function(*arguments) ** exponent

    def _close(self, token: str) -> None:
        if not self._took(token):
            raise self._unknown(self._next or "an end")
