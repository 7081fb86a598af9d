"""Where in a text an error is to be pointed out."""

from __future__ import annotations

from engine.autodiff import ExpressionError
from engine.problems import EngineError


def place_of(error: EngineError) -> tuple[int, int, int]:
    """(line, column, length) of what is wrong with a text, from 0; the end of the first line where it is none place."""
    if isinstance(error, ExpressionError):
        span = error.span
        return max(span.line - 1, 0), span.column, span.end - span.column
    return 0, 0, 0
