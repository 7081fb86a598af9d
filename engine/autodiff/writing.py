"""Trees as plain text that reads back to the same tree, and as a line of Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from engine.autodiff.tree import Apply, Composite, Constant, Name, Tree, fold

_SUM, _PRODUCT, _NEGATION, _POWER, _ATOM = 1, 2, 3, 4, 5
_SIGNS = {"+": (" + ", _SUM), "-": (" - ", _SUM), "*": ("*", _PRODUCT), "/": ("/", _PRODUCT)}

_Written = tuple[str, int]
"""A text, and how tightly it holds together."""


def text_of(tree: Tree) -> str:
    """The tree as one would type it, with no bracket more than it needs."""
    return _written(tree, "^", lambda name, parts: f"{name}({', '.join(parts)})", _number_text)


def text_in_brackets(tree: Tree) -> str:
    """The same for a slope, with Iverson's brackets for what nobody types: ``[u > 0]``, ``[u > v]`` (½ at a tie)."""

    def call(name: str, parts: list[str]) -> str:
        if name in ("step", "beats"):
            return f"[{parts[0]} > {parts[1] if name == 'beats' else 0}]"
        return f"{name}({', '.join(parts)})"

    return _written(tree, "^", call, _number_text)


def python_of(tree: Tree, functions: Mapping[str, str], number: Callable[[float], str]) -> str:
    """The tree as Python, with the names of ``functions`` there; ``number`` writes a number that one is applied to."""

    def call(name: str, parts: list[str]) -> str:
        return f"{functions[name]}({', '.join(parts)})"

    return _written(tree, "**", call, lambda one: repr(one.value), number)


def number_text(value: float) -> str:
    """A number in all its digits: ``2`` and not ``2.0``."""
    whole = value == int(value) if abs(value) < 1e15 else False
    return str(int(value)) if whole else repr(value)


def exactly(text: str, value: float) -> Fraction:
    """The finite number that is written as ``text``, without rounding. What is too small for a float is 0, as it
    counts: ten to the power of 9,999,999, which ``1e-9999999`` divides by, takes minutes."""
    return Fraction(text) if text and value else Fraction(value)


def _number_text(one: Constant) -> str:
    return one.text or number_text(one.value)


def _written(
    tree: Tree,
    power: str,
    call: Callable[[str, list[str]], str],
    plain: Callable[[Constant], str],
    argument: Callable[[float], str] | None = None,
) -> str:
    """The text of a tree. ``power`` is the sign for one; ``argument`` writes a number that stands alone in a call."""

    def combine(part: Tree, made: tuple[_Written, ...]) -> _Written:
        match part:
            case Constant():
                text = plain(part)
                return text, _PRODUCT if "/" in text else _NEGATION if text.startswith("-") else _ATOM
            case Name():
                return part.name, _ATOM
            case Apply(operation="neg"):
                return f"-{_within(made[0], _NEGATION)}", _NEGATION
            case Apply(operation="^"):
                return f"{_within(made[0], _ATOM)}{power}{_within(made[1], _NEGATION)}", _POWER
            case Apply(operation=operation) if operation in _SIGNS:
                sign, strength = _SIGNS[operation]
                return f"{_within(made[0], strength)}{sign}{_within(made[1], strength + 1)}", strength
            case Apply():
                parts = [
                    argument(of.value) if argument and isinstance(of, Constant) else text
                    for of, (text, _) in zip(part.operands, made, strict=True)
                ]
                return call(part.operation, parts), _ATOM
            case Composite():
                return _composite(part, [text for text, _ in made]), _ATOM

    return fold(tree, combine)[0]


def _within(part: _Written, strength: int) -> str:
    """A part where something holds as tightly as ``strength``: in brackets if it holds less tightly itself."""
    text, own = part
    return text if own >= strength else f"({text})"


def _composite(part: Composite, items: list[str]) -> str:
    count = len(part.lists[0])
    logits = f"[{', '.join(items[:count])}]"
    if part.kind == "softmax":
        return f"softmax({logits})[{part.index}]"
    target = str(part.index) if part.index is not None else f"[{', '.join(items[count:])}]"
    return f"cross_entropy({logits}, {target})"
