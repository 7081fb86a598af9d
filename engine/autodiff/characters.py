"""From text to tokens: numbers, names and signs, each with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from engine.autodiff.problems import BAD_NUMBER, HUGE_NUMBER, LONG_NAME, UNKNOWN_CHARACTER, refused
from engine.autodiff.tree import Span

LONGEST_NUMBER = 40
"""Characters of a number: float64 has 17 digits, so nobody needs more; Python itself balks at thousands."""
LONGEST_NAME = 32

SIGNS = {
    **{sign: sign for sign in "+-*/^()[],=;"},
    **{"**": "^", "−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "∕": "/"},
    **dict(zip("＋－＊／＾（）［］，＝；、【】", "+-*/^()[],=;,[]", strict=True)),  # a Chinese keyboard's
}
"""What is typed, and the sign that it is read as."""
POWERS = {"²": "2", "³": "3"}

_NUMBER = re.compile(r"(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?[0-9.]*")
NAME = re.compile(r"[^\W\d²³¹⁰-₎½¼¾]+[^\W²³¹⁰-₎½¼¾]*")
"""A name, which a raised number ends."""
_SPACE = re.compile(r"[ \t\u00a0\u3000]+")


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: ``"number"``, ``"name"``, ``"end"`` (of a line or of a definition), or the sign itself."""

    kind: str
    text: str
    span: Span


def tokens(line: str, number: int) -> Iterator[Token]:
    """The tokens of a line of the text, one by one, so that the first thing wrong is the one that is said.

    Ends with an ``"end"``; a ``;`` is one too. What follows a ``#`` is a remark. Raises ExpressionError.
    """
    at = 0
    while at < len(line) and line[at] != "#":
        if space := _SPACE.match(line, at):
            at = space.end()
            continue
        token = _token(line, number, at)
        yield token
        at = token.span.end
    yield Token("end", "", Span(number, at, at))


def _token(line: str, number: int, at: int) -> Token:
    """The token that begins at a column."""
    if found := _NUMBER.match(line, at):
        return _number(found[0], Span(number, at, found.end()))
    if found := NAME.match(line, at):
        return _name(found[0], Span(number, at, found.end()))
    for width in (2, 1):
        if (text := line[at : at + width]) in SIGNS:
            kind = SIGNS[text]
            return Token("end" if kind == ";" else kind, text, Span(number, at, at + len(text)))
    span = Span(number, at, at + 1)
    if line[at] in POWERS:
        return Token("power", line[at], span)
    raise refused(UNKNOWN_CHARACTER, span, found=line[at] if line[at].isprintable() else f"U+{ord(line[at]):04X}")


def _number(text: str, span: Span) -> Token:
    """A number that float64 can hold."""
    if len(text) > LONGEST_NUMBER:
        raise refused(HUGE_NUMBER, span, found=shortened(text), limit=LONGEST_NUMBER)
    try:
        value = float(text)
    except ValueError:
        raise refused(BAD_NUMBER, span, found=text) from None
    if math.isinf(value):
        raise refused(HUGE_NUMBER, span, found=text, limit=LONGEST_NUMBER)
    return Token("number", text, span)


def _name(text: str, span: Span) -> Token:
    """A name that has room beside a node."""
    if len(text) > LONGEST_NAME:
        raise refused(LONG_NAME, span, found=shortened(text), limit=LONGEST_NAME)
    return Token("name", text, span)


def shortened(text: str) -> str:
    """As much of a long text as fits into a sentence."""
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME // 2] + "…"
