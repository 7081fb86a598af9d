"""Arithmetic set in type quickly: numbers glyph by glyph, the words between them from the typesetter's cache.

A line of live numbers is another one at every step; parsing it as maths would take longer than a frame. Its digits,
signs and names are few, so that after the first lines every piece comes out of the cache.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QPainterPath

from app.kit.typeset import Typeset, typeset

_TOKEN = re.compile(
    r"(?P<number>(?:\{-\}|-)?\d+(?:,\d{3})*(?:\.\d+)?)"
    r"|(?P<relation>=|\\leftarrow(?![A-Za-z]))"
    r"|(?P<operator>[+-](?=\s)|\\cdot(?![A-Za-z]))"
    r"|(?P<gap>\\quad(?![A-Za-z]))"
    r"|(?P<comma>,\s)"
    r"|(?P<space>\s+)"
    r"|(?P<word>(?:\\[A-Za-z]+|\\.|[\^_](?:\{[^{}]*\}|.)|\{[^{}]*\}|[^\s\d\\{},=^_])+)"
)

_SPACES = {"relation": (0.0, 0.0), "operator": (0.2, 0.2), "comma": (0.0, 0.17)}
"""Space before and after, in em; relations bring their own."""

_GLYPHS = re.compile(r"\{-\}|\d\.\d|.")
"""A number's pieces: a decimal point is set with both its digits, else it would be set as a full stop."""


@dataclass(slots=True)
class _Line:
    size: float
    path: QPainterPath
    x: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0

    def put(self, markup: str, before: float = 0.0, after: float = 0.0) -> None:
        piece = typeset(markup, self.size)
        self.x += before * self.size
        self.path.addPath(piece.path.translated(self.x, 0.0))
        self.x += piece.width + after * self.size
        self.ascent, self.descent = max(self.ascent, piece.ascent), max(self.descent, piece.descent)


def set_arithmetic(markup: str, size_px: float) -> Typeset:
    """A line of arithmetic as :func:`app.kit.typeset.typeset` would set it; what is no arithmetic is left to that."""
    tokens = list(_tokens(markup))
    if sum(len(text) for _, text in tokens) != len(markup):
        return typeset(markup, size_px)
    line = _Line(size_px, QPainterPath())
    for kind, text in tokens:
        if kind == "number":
            for piece in _GLYPHS.findall(text):
                line.put("{,}" if piece == "," else piece)
        elif kind == "gap":
            line.x += size_px
        elif kind != "space":
            line.put(f"{{{text.strip()}}}" if kind in _SPACES else text, *_SPACES.get(kind, (0.0, 0.0)))
    return Typeset(line.path, line.x, line.ascent, line.descent)


def _tokens(markup: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(markup):
        yield str(match.lastgroup), match[0]
