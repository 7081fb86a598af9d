"""Mathtext taken apart into pieces that may stand on lines of their own.

Numbers are set in the interface's letters, with figures of one width: they change many times a second, and are read as
those beside them are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.kit.formula.boxes import Box, LaidOut, Maths, Row, Words, lay_out, operator, relation

_SIGNS = {"·": r"\cdot", "÷": r"\div", "−": "-", "×": r"\times"}
_TOKEN = re.compile(
    r"(?P<relation>\s*(?:[=<>]|\\(?:leftarrow|approx|leq|geq)(?![A-Za-z]))\s*)"
    r"|(?P<number>(?<![\w^_.\\])\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?![\w^_.]))"
    r"|(?P<operator>\s+[+\-−]\s+|\s*(?:[·÷×]|\\(?:cdot|times|div)(?![A-Za-z]))\s*)"
    r"|(?P<brackets>\\(?:left|right)(?![A-Za-z]))"
    r"|(?P<open>\{)|(?P<other>\\[A-Za-z]+\s?|\\?.)",
    re.DOTALL,
)
_BREAKING, _TIMES = {"+", "-"}, {r"\cdot", r"\times", r"\div"}


def pieces_of(text: str) -> tuple[Box, ...]:
    """The pieces of a line, each a term with the sign before it, or a word; they give the line when set side by side.

    >>> [len(pieces_of(text)) for text in ("z = w x + b", "f(a + b) = 0.5", "x", "$z = $as given")]
    [3, 2, 1, 4]
    """
    parts = re.split(r"(?<!\\)\$", text)
    if len(parts) == 1:
        return tuple(_maths(text))
    found: list[Box] = []
    for place, part in enumerate(parts):
        found += _maths(part) if place % 2 else [Words(word) for word in re.findall(r"\s*\S+\s*", part)]
    return tuple(found)


def _maths(markup: str) -> Iterator[Box]:
    """Terms, each a row of boxes; brackets are not taken apart."""
    row: list[Box] = []
    rest, depth = "", 0

    def flush() -> None:
        nonlocal rest
        if rest.strip():
            row.append(Maths(rest.strip()))
        rest = ""

    for kind, text in _tokens(markup):
        depth += (text in "([" and kind == "other") - (text in ")]" and kind == "other")
        sign = text.strip()
        if kind in ("relation", "operator"):
            flush()
            box = (relation if kind == "relation" else operator)(_SIGNS.get(sign, sign))
            if depth <= 0 and row and (kind == "relation" or _SIGNS.get(sign, sign) in _BREAKING):
                yield Row(tuple(row))
                row = []
            row.append(box)
        elif kind == "number":
            flush()
            row.append(Words(text))
        else:
            rest += _SIGNS.get(text, text)
    flush()
    if row:
        yield Row(tuple(row))


def _tokens(markup: str) -> Iterator[tuple[str, str]]:
    """(kind, text) of each; what stands in braces is one token, with the braces."""
    at = 0
    while at < len(markup):
        found = _TOKEN.match(markup, at)
        assert found is not None  # the last alternative takes any letter
        if found["open"]:
            end = _closing(markup, at)
            yield "other", markup[at:end]
            at = end
            continue
        if found.lastgroup != "brackets":
            yield found.lastgroup or "other", found[0]
        at = found.end()


def _closing(markup: str, at: int) -> int:
    """Behind the brace that closes the one at ``at``; the end where none does."""
    depth = 0
    for place in range(at, len(markup)):
        if markup[place] in "{}" and markup[place - 1 : place] != "\\":
            depth += 1 if markup[place] == "{" else -1
            if depth == 0:
                return place + 1
    return len(markup)


@lru_cache(maxsize=256)
def laid_out(text: str, size_px: float) -> LaidOut:
    """A whole line in one row."""
    return lay_out(Row(pieces_of(text)), size_px)


def terms_of(piece: Box) -> tuple[Box, ...]:
    """A piece that is wider than a line, taken apart before each sign of addition, within brackets too."""
    return _apart(piece, _BREAKING)


def factors_of(piece: Box) -> tuple[Box, ...]:
    """What still is, before each sign of multiplication."""
    return _apart(piece, _TIMES)


def _apart(piece: Box, signs: set[str]) -> tuple[Box, ...]:
    if not isinstance(piece, Row):
        return (piece,)
    found: list[list[Box]] = [[]]
    for box in piece.boxes:
        if isinstance(box, Maths) and box.space and box.markup in signs and found[-1]:
            found.append([])
        found[-1].append(box)
    return tuple(Row(tuple(boxes)) for boxes in found)
