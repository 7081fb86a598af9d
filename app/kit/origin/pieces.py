"""Mathtext taken apart into pieces that may stand on lines of their own.

Numbers are set in the interface's letters, with figures of one width: they change many times a second, and are read as
those beside them are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from app.kit.formula.boxes import Box, Fenced, LaidOut, Maths, Row, Words, lay_out, operator, relation
from app.kit.formula.laid_out import MOST_BYTES, formula_bytes
from app.kit.kept_within import kept_within

_SIGNS = {"·": r"\cdot", "÷": r"\div", "−": "-", "×": r"\times"}
_TOKEN = re.compile(
    r"(?P<relation>\s*(?:[=<>]|\\(?:leftarrow|approx|leq|geq)(?![A-Za-z]))\s*)"
    r"|(?P<number>(?<![\w^_.\\])\d+(?:\.\d+)?(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?(?![\w^_.]))"
    r"|(?P<operator>\s+[+\-−]\s+|\s*(?:[·÷×]|\\(?:cdot|times|div)(?![A-Za-z]))\s*)"
    r"|(?P<brackets>\\(?:left|right)(?![A-Za-z]))"
    r"|(?P<open>\{)|(?P<other>\\[A-Za-z]+\s?|\\?.)",
    re.DOTALL,
)
_BREAKING, _RELATIONS = frozenset({"+", "-"}), frozenset({"=", "<", ">"})
_TIMES = frozenset({r"\cdot", r"\times", r"\div"})


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
        if bare := rest.strip():
            row.append(Maths(bare + " " if bare.endswith("\\") else bare))  # a space that is written stays one
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


@kept_within(MOST_BYTES, formula_bytes)
def laid_out(text: str, size_px: float) -> LaidOut:
    """A whole line in one row."""
    return lay_out(Row(pieces_of(text)), size_px)


def terms_of(piece: Box) -> tuple[Box, ...]:
    """A piece that is wider than a line, taken apart before each relation and each sign of addition."""
    return _apart(piece, _BREAKING | _RELATIONS)


def factors_of(piece: Box) -> tuple[Box, ...]:
    """What still is, before each sign of multiplication."""
    return _apart(piece, _TIMES)


def opened(piece: Box) -> tuple[Box, ...]:
    """What still is, with its brackets opened, before each sign within them."""
    boxes = list(_flat(piece))
    if not any(isinstance(box, Fenced) for box in boxes):
        return (piece,)
    row: list[Box] = []
    for box in boxes:
        row += [Maths(box.left), *_flat(box.inside), Maths(box.right)] if isinstance(box, Fenced) else [box]
    return _apart(Row(tuple(row)), _BREAKING | _RELATIONS | _TIMES)


def _apart(piece: Box, signs: Collection[str]) -> tuple[Box, ...]:
    found: list[list[Box]] = [[]]
    for box in _flat(piece):
        if isinstance(box, Maths) and box.space and box.markup in signs and found[-1]:
            found.append([])
        found[-1].append(box)
    return tuple(Row(tuple(boxes)) for boxes in found) if len(found) > 1 else (piece,)


def _flat(piece: Box) -> Iterator[Box]:
    """The boxes of a row, and of the rows in it."""
    if isinstance(piece, Row) and not piece.gap:
        for box in piece.boxes:
            yield from _flat(box)
    else:
        yield piece
