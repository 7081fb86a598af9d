"""Where the numbers at the cursor come from: y from x by the formula, the slope from y or x by its rule."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import to_digits
from app.kit.origin.facts import Fact, Parent
from app.workspaces.activations.rules import SLOPE, X, Y, markup_of
from app.workspaces.activations.shown import Shown
from engine.activations import ACTIVATIONS
from engine.activations.torch_check import by_torch, torch_code
from engine.activations.typed import typed_by_torch, typed_torch_code

DIGITS, SLOPE_DIGITS = 5, 4


def fact_of(shown: Sequence[Shown], x: float, key: Hashable) -> Fact | None:
    """What there is to say of a number at the cursor: (Y or SLOPE, function), or (X, …) the cursor itself; None where
    that function is compared no more."""
    if not isinstance(key, tuple) or len(key) != 2:
        return None
    kind, name = key
    if kind == X:
        return _cursor(x, key)
    one = next((one for one in shown if one.key == name), None)
    if one is None:
        return None
    return _value(one, x) if kind == Y else _slope(one, x)


def _cursor(x: float, key: Hashable) -> Fact:
    place = QCoreApplication.translate("Origins", "the cursor")
    said = QCoreApplication.translate("Origins", "You have set it: drag the cursor, or click it and type.")
    return Fact(key, "x", place, x, sentence=said)


def _place(one: Shown) -> str:
    return QCoreApplication.translate("Origins", "{function} at the cursor").format(function=one.name)


def _x_parent(one: Shown, x: float) -> Parent:
    return Parent("x", QCoreApplication.translate("Origins", "the cursor"), x, (X, one.key))


def _value(one: Shown, x: float) -> Fact:
    y = one.scalar.at(x)[0]
    worked = f"{filled(one.scalar.formula, x)} = {to_digits(y, DIGITS)}"
    return Fact(
        (Y, one.key),
        "f(x)",
        _place(one),
        y,
        one.scalar.formula.replace("z", "x"),
        worked,
        (_x_parent(one, x),),
        check=_check(one, x, 0),
        code=_code(one, x, slope=False),
    )


def _slope(one: Shown, x: float) -> Fact:
    y, slope = one.scalar.at(x)
    rule = markup_of(one)
    numbers = {"@y": _bracketed(y, DIGITS), "@x": _bracketed(x, DIGITS)}
    worked = rule
    for symbol, number in numbers.items():
        worked = worked.replace(symbol, number)
    parents = [Parent("f(x)", _place(one), y, (Y, one.key))] if "@y" in rule else []
    return Fact(
        (SLOPE, one.key),
        "f'(x)",
        _place(one),
        slope,
        f"f'(x) = {rule.replace('@', '')}",
        f"{worked} = {to_digits(slope, SLOPE_DIGITS)}",
        (*parents, _x_parent(one, x)),
        check=_check(one, x, 1),
        code=_code(one, x, slope=True),
    )


def filled(formula: str, x: float) -> str:
    """A formula in z with a number in its place, in brackets where it is negative.

    >>> filled(r"\\max(0, z)", 1.2)
    '\\\\max(0, 1.2)'
    """
    return formula.replace("z", _bracketed(x, DIGITS))


def _bracketed(value: float, digits: int) -> str:
    text = to_digits(value, digits)
    return f"({text})" if value < 0 else text


def _check(one: Shown, x: float, which: int) -> Callable[[], float | None]:
    """Asks PyTorch for y (0) or the slope (1)."""
    known = one.known
    if known is not None and known.typed is not None:
        typed, given = known.typed, dict(known.parameters)
        return lambda: typed_by_torch(typed, x, given)[which]
    function, alpha = ACTIVATIONS[one.key], one.alpha
    return lambda: by_torch(function, x, alpha)[which]


def _code(one: Shown, x: float, *, slope: bool) -> str:
    known = one.known
    if known is not None and known.typed is not None:
        return typed_torch_code(known.typed, x, known.parameters)
    return torch_code(ACTIVATIONS[one.key], x, one.alpha, slope=slope)
