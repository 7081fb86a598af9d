"""Symbols with indices set in type quickly: letters and figures from the typesetter's cache, put together here.

``w_{41}^{(3)}`` is another formula for every weight; parsing each as maths would take longer than a frame. Their
letters and figures are few.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtGui import QPainterPath

from app.kit.typeset import Typeset, typeset

_PIECE = re.compile(
    r"(?P<base>\\(?:delta|mu|gamma|beta)|(?<![A-Za-z\\])[A-Za-z])_(?:\{(?P<low>[\w,]+)\}|(?P<one>\w))"
    r"(?:\^\{\((?P<high>\d+)\)\})?(?!\^)"
    r"|(?P<relation> (?:=|\\leftarrow) )|(?P<operator> [+-] )"
)
_SCRIPT, _DROP, _LIFT = 0.7, 0.22, 0.42
"""The size of indices, and how far they stand below and above, in em."""
_SPACE, _BESIDE_RELATION = 0.22, 0.06
"""Beside an operator, and beside a relation, which brings its own."""


@dataclass(slots=True)
class _Row:
    size: float
    path: QPainterPath
    x: float = 0.0
    ascent: float = 0.0
    descent: float = 0.0

    def put(self, markup: str, *, at: float | None = None, size: float | None = None, shift: float = 0.0) -> float:
        """Set a piece at ``at`` (None: at the end), ``shift`` pixels lower; where it ends."""
        piece = typeset(markup, self.size if size is None else size)
        left = self.x if at is None else at
        self.path.addPath(piece.path.translated(left, shift))
        self.ascent = max(self.ascent, piece.ascent - shift)
        self.descent = max(self.descent, piece.descent + shift)
        return left + piece.width

    def put_scripts(self, text: str, shift: float) -> float:
        """Small figures and letters one by one from the present end on; where they end."""
        end = self.x
        for character in text:
            markup = "{,}" if character == "," else character
            end = self.put(markup, at=end, size=_SCRIPT * self.size, shift=shift)
        return end


def set_symbols(markup: str, size_px: float) -> Typeset:
    """A line of symbols; what is no indexed letter between them is left to the typesetter, piece by piece."""
    row, at = _Row(size_px, QPainterPath()), 0
    for match in _PIECE.finditer(markup):
        if not _closed(markup[at : match.start()]):
            continue  # inside of a fraction or the like, which stays whole
        _put_rest(row, markup[at : match.start()])
        at = match.end()
        if match["base"]:
            _put_indexed(row, match)
        else:
            space = (_SPACE if match["operator"] else _BESIDE_RELATION) * size_px
            row.x += space
            row.x = row.put(match[0].strip()) + space
    _put_rest(row, markup[at:])
    return Typeset(row.path, row.x, row.ascent, row.descent)


def _closed(text: str) -> bool:
    """Whether every brace that opens in the text closes there too, so that it can be set by itself."""
    return text.count("{") == text.count("}") and not text.rstrip().endswith(("\\frac", "^", "_"))


def _put_rest(row: _Row, text: str) -> None:
    if text.strip():
        row.x = row.put(text.strip())


def _put_indexed(row: _Row, match: re.Match[str]) -> None:
    row.x = row.put(match["base"])
    below = row.put_scripts(match["low"] or match["one"], _DROP * row.size)
    above = row.put_scripts(f"({match['high']})", -_LIFT * row.size) if match["high"] else row.x
    row.x = max(below, above) + 0.06 * row.size
