"""The rules of the tape: what each operation computes, and the slope of its result along each of its operands.

A rule is written as one reads it: ``u`` and ``v`` are what goes in, ``y`` is what comes out. The slopes are trees like
any other, so a view can show ``E × y(1 − y)`` with the numbers in, and what is shown is what is computed (but for uᵛ at
u = 0 or v = 0, where the formula has no value and torch says 0, and for a squared denominator, by whose root one
divides twice: −u/v² as −u/v/v, for the square of more than 10¹⁵⁴ is no float).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from engine.autodiff.evaluate import compiled
from engine.autodiff.grammar import CONSTANTS
from engine.autodiff.grammar import FUNCTIONS as TYPED
from engine.autodiff.operations import AT_ZERO, FUNCTIONS, Function
from engine.autodiff.parser import parse_formula
from engine.autodiff.tree import Apply, Constant, Name, Tree, fold, with_parts
from engine.autodiff.writing import exactly, number_text

OUTPUT = "y"
"""What a rule calls its own result."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One operation. ``formula`` is over ``parameters``; ``partials``, a tree for each, are over these and ``y``.

    ``symbol`` is what stands on its node; ``value`` and ``slopes`` are the functions: the operands' values to a float,
    and the result with the operands' values to the local derivatives. They take arrays as well.

    A rule of several nodes collapsed into one may have names for parts of it, ``where``, which its partials use; it has
    no partials where they are too long to be written.

    ``chooses``: its result is one of its operands or a constant, so that a slope of 0 cuts an operand off and hands it
    0 even where ∞ arrives, as torch does; of a collapsed one, whether a part of it chooses. ``abs`` multiplies.
    """

    key: str
    symbol: str
    parameters: tuple[str, ...]
    formula: Tree
    partials: tuple[Tree, ...]
    value: Function
    slopes: tuple[Function, ...]
    where: tuple[tuple[str, Tree], ...] = ()
    chooses: bool = False


_UNTYPED = {"step": (1, 1), "beats": (2, 2)}
"""Functions of our slopes that nobody types, and how many operands each has."""


def _rule(key: str, symbol: str, formula: str, *partials: str, chooses: bool = False) -> Rule:
    """A rule from its texts, with one or two parameters."""
    functions = {**TYPED, **_UNTYPED}
    trees = tuple(parse_formula(partial, functions) for partial in partials)
    return make_rule(key, symbol, ("u", "v")[: len(partials)], parse_formula(formula, functions), trees, chooses)


def make_rule(
    key: str, symbol: str, parameters: tuple[str, ...], formula: Tree, partials: tuple[Tree, ...], chooses: bool = False
) -> Rule:
    """A rule from its trees."""
    value = FUNCTIONS.get(key) or compiled(formula, parameters)
    slopes = AT_ZERO.get(key) or tuple(slope_function(partial, parameters) for partial in partials)
    return Rule(key, symbol, parameters, formula, partials, value, slopes, chooses=chooses)


def slope_function(partial: Tree, parameters: tuple[str, ...]) -> Function:
    """A partial as a function of the result and the operands that divides by no square."""
    return compiled(fold(partial, _divided_twice), (OUTPUT, *parameters))


def _divided_twice(part: Tree, new: tuple[Tree, ...]) -> Tree:
    """a/b/b for a/b²."""
    match part, new:
        case Apply(operation="/"), (above, Apply(operation="^", operands=(root, Constant(value=2.0)))):
            return Apply("/", (Apply("/", (above, root)), root))
    return with_parts(part, new)


RULES: Mapping[str, Rule] = {
    rule.key: rule
    for rule in (
        _rule("+", "+", "u + v", "1", "1"),
        _rule("-", "−", "u - v", "1", "-1"),
        _rule("*", "×", "u*v", "v", "u"),
        _rule("/", "÷", "u/v", "1/v", "-u/v^2"),
        _rule("^", "uᵛ", "u^v", "v*u^(v - 1)", "y*log(u)"),
        _rule("neg", "×(−1)", "-u", "-1"),
        _rule("reciprocal", "1/u", "1/u", "-1/u^2"),
        _rule("exp", "exp", "exp(u)", "y"),
        _rule("log", "log", "log(u)", "1/u"),
        _rule("sin", "sin", "sin(u)", "cos(u)"),
        _rule("cos", "cos", "cos(u)", "-sin(u)"),
        _rule("tan", "tan", "tan(u)", "1 + y^2"),
        _rule("atan", "arctan", "atan(u)", "1/(1 + u^2)"),
        _rule("sinh", "sinh", "sinh(u)", "cosh(u)"),
        _rule("cosh", "cosh", "cosh(u)", "sinh(u)"),
        _rule("tanh", "tanh", "tanh(u)", "1 - y^2"),
        _rule("sigmoid", "σ", "sigmoid(u)", "y*(1 - y)"),
        _rule("erf", "erf", "erf(u)", "2/sqrt(pi)*exp(-u^2)"),
        _rule("relu", "relu", "relu(u)", "step(u)", chooses=True),
        _rule("sqrt", "√", "sqrt(u)", "1/(2*y)"),
        _rule("abs", "abs", "abs(u)", "sign(u)"),
        _rule("max", "max", "max(u, v)", "beats(u, v)", "beats(v, u)", chooses=True),
        _rule("min", "min", "min(u, v)", "beats(v, u)", "beats(u, v)", chooses=True),
        *(_rule(name, name, f"{name}(u)", "0", chooses=True) for name in ("step", "sign")),
        _rule("beats", "beats", "beats(u, v)", "0", "0", chooses=True),
    )
}
"""Every rule by its key."""


@cache
def power_rule(exponent: float, text: str) -> Rule:
    """``uⁿ`` with a number written out for n, which belongs to the operation and is no node of its own."""
    u = Name("u")
    slopes: dict[float, Tree] = {0.0: Constant(0.0), 1.0: Constant(1.0), 2.0: Apply("*", (Constant(2.0, "2"), u))}
    lowered = _one_less(exponent, text)
    general = Apply("*", (Constant(exponent, text), Apply("^", (u, lowered))))
    formula = Apply("^", (u, Constant(exponent, text)))
    return make_rule(f"^{exponent!r}", f"u^{text}", ("u",), formula, (slopes.get(exponent, general),))


def _one_less(exponent: float, text: str) -> Tree:
    """n − 1 as exactly as n is written: −2/3 for 1/3, π − 1 for π."""
    if text.lstrip("-") in CONSTANTS:
        return Apply("-", (Constant(exponent, text), Constant(1.0, "1")))
    if not math.isfinite(exponent):
        return Constant(exponent)
    exact = exactly(text, exponent) - 1
    return Constant(float(exact), str(exact) if "/" in text else number_text(float(exact)))


def rule_of(tree: Apply) -> tuple[Rule, tuple[int, ...]]:
    """The rule by which an operation goes, and which of its operands that takes: 1/u, uⁿ and eᵘ take u alone."""
    match tree.operation, tree.operands:
        case "^", (_, Constant(value=exponent, text=text)):
            return power_rule(exponent, text or repr(exponent)), (0,)
        case "^", (Constant(text="e"), _):
            return RULES["exp"], (1,)
        case "/", (Constant(value=1.0, text="1"), _):
            return RULES["reciprocal"], (1,)
    return RULES[tree.operation], tuple(range(len(tree.operands)))
