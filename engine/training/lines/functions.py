"""Activations and their slopes as expressions, so that each can be worked out by hand from a printed z."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from engine.activations import Activation
from engine.training.lines.expression import Call, Expression, Negated, Number, Power, Product, Quotient, Sum

ONE = Number(1.0, exact=True)


def call(function: Activation, alpha: float | None, of: Expression) -> Expression:
    """f of an expression; a parameter that the function has is written behind its name."""
    parameter = function.parameter
    name = function.label
    if parameter is not None:
        name += f"[{function.alpha_or_default(alpha):.12g}]"
    return Call(name, of, lambda z: float(function.value(np.array([[z]]), alpha)[0, 0]))


def exp(of: Expression) -> Call:
    """e to the power of an expression."""
    return Call("exp", of, math.exp)


def ln(of: Expression) -> Call:
    """The natural logarithm."""
    return Call("ln", of, math.log)


def root(of: Expression) -> Call:
    """The square root."""
    return Call("√", of, math.sqrt)


def _tanh(z: Number, a: Number, alpha: float) -> Expression:
    return Sum((ONE, Negated(Power(a, 2))))


def _logistic(z: Number, a: Number, alpha: float) -> Expression:
    return Product((a, Sum((ONE, Negated(a)))))


def _relu(z: Number, a: Number, alpha: float) -> Expression:
    return Number(1.0 if z.value > 0.0 else 0.0, exact=True)


def _leaky_relu(z: Number, a: Number, alpha: float) -> Expression:
    return Number(1.0 if z.value > 0.0 else alpha, exact=True)


def _elu(z: Number, a: Number, alpha: float) -> Expression:
    if z.value > 0.0:
        return ONE
    return exp(z) if alpha == 1.0 else Product((Number(alpha, exact=True), exp(z)))


def _share(of: Expression) -> Expression:
    """σ of an expression, as e makes it."""
    return Quotient(ONE, Sum((ONE, exp(Negated(of)))))


_SLOPES: dict[str, Callable[[Number, Number, float], Expression]] = {
    "identity": lambda z, a, alpha: ONE,
    "step": lambda z, a, alpha: Number(0.0, exact=True),
    "logistic": _logistic,
    "tanh": _tanh,
    "relu": _relu,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    "softplus": lambda z, a, alpha: _share(z),
}


def slope(function: Activation, alpha: float | None, z: Number, a: Number) -> Expression:
    """f'(z) as it is worked out by hand: from a where that is shorter; by the function's name with a prime where the
    formula would fill a line."""
    written = _SLOPES.get(function.key)
    if written is not None:
        return written(z, a, function.alpha_or_default(alpha))
    return Call(f"{function.label}′", z, lambda x: float(function.derivative(np.array([[x]]), alpha)[0, 0]))
