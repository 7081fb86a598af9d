"""An operation put round a node, or into the text: what becomes of the expression."""

from __future__ import annotations

from app.workspaces.scalar_graph.operations import HOLE
from engine.autodiff import Node

FILLER = "1"
"""What stands for an operand that is not chosen yet."""


def wrapped(text: str, node: Node, template: str) -> str | None:
    """The text with an operation round what a node stands for; None for a node that nobody typed.

    A hole that is left becomes a 1, so that the expression can be read at once.
    """
    span = node.span
    lines = text.split("\n")
    if not 1 <= span.line <= len(lines) or span.end <= span.column:
        return None
    line = lines[span.line - 1]
    operand = line[span.column : span.end]
    whole = f"({operand})" if node.rule is not None and not _closed(operand) else operand
    made = template.replace(HOLE, operand if f"({HOLE})" in template else whole, 1).replace(HOLE, FILLER)
    lines[span.line - 1] = line[: span.column] + made + line[span.end :]
    return "\n".join(lines)


def _closed(text: str) -> bool:
    """Whether it is one pair of brackets, or a call: nothing outside can reach into it."""
    if not text.endswith(")") or "(" not in text:
        return False
    depth = 0
    start = text.index("(")
    if not all(letter.isalnum() or letter in "_" for letter in text[:start]):
        return False
    for place, letter in enumerate(text[start:], start):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place == len(text) - 1
    return False
