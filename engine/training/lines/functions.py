"""Activations and their slopes as expressions, so that each can be worked out by hand from a printed z."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

import numpy as np

from engine.activations import Activation
from engine.autodiff import Apply, Constant, Name, Tree, parse
from engine.autodiff.operations import FUNCTIONS
from engine.training.lines.expression import (
    Expression,
    FunctionCall,
    Negated,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    evaluate,
)

ONE = Number(1.0, exact=True)


def call(function: Activation, alpha: float | None, of: Expression) -> Expression:
    """f of an expression; a parameter that the function has is written behind its name."""
    parameter = function.parameter
    name = function.label
    if parameter is not None:
        name += f"[{function.alpha_or_default(alpha):.12g}]"
    return FunctionCall(name, (of,), lambda z: float(function.value(np.array([[z]]), alpha)[0, 0]))


def exp(of: Expression) -> FunctionCall:
    """e to the power of an expression."""
    return FunctionCall("exp", (of,), math.exp)


def ln(of: Expression) -> FunctionCall:
    """The natural logarithm."""
    return FunctionCall("ln", (of,), math.log)


def root(of: Expression) -> FunctionCall:
    """The square root."""
    return FunctionCall("√", (of,), math.sqrt)


@cache
def _tree(rule: str) -> Tree:
    return parse(rule).result


def written(rule: str, names: Mapping[str, Number]) -> Expression:
    """A rule as an expression of numbers."""
    return _expression(_tree(rule), names)


def _expression(tree: Tree, names: Mapping[str, Number]) -> Expression:
    """A factor of 1 is left out, and one minus a setting is written as the number that it is."""
    match tree:
        case Constant(value):
            return Number(value, exact=True)
        case Name(name):
            return names[name]
    assert isinstance(tree, Apply)  # rules have no calls of several results
    first, *others = (_expression(operand, names) for operand in tree.operands)
    match tree.operation:
        case "neg":
            return Negated(first)
        case "exp":
            return exp(first)
        case "log":
            return ln(first)
        case "sqrt":
            return root(first)
        case "+":
            return Sum((first, *others))
        case "-":
            if first == ONE and isinstance(others[0], Number) and others[0].exact:
                return Number(float(f"{1.0 - others[0].value:.12g}"), exact=True)
            return Sum((first, Negated(*others)))
        case "*":
            return Product((first, *others)) if first != ONE else others[0]
        case "/":
            return Quotient(first, *others)
        case "^":
            return Power(first, round(evaluate(others[0])))
    return FunctionCall(tree.operation, (first, *others), FUNCTIONS[tree.operation])


def slope(function: Activation, alpha: float | None, z: Number, a: Number) -> Expression:
    """f'(z) as it is worked out by hand: from a where that is shorter; by the function's name with a prime where the
    formula would fill a line."""
    rule = function.slope_by_hand
    if isinstance(rule, tuple):
        above, below = rule
        rule = above if z.value > 0.0 else below
    if rule:
        parameter = Number(function.alpha_or_default(alpha), exact=True)
        return written(rule, {"z": z, "a": a, "alpha": parameter})
    return FunctionCall(f"{function.label}′", (z,), lambda x: float(function.derivative(np.array([[x]]), alpha)[0, 0]))
