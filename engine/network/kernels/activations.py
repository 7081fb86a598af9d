"""The activations over a layer's area, or of one vector: a = f(z), and δ = E ⊙ f'(z).

Each is compiled from the formulas of its module in :mod:`engine.activations.kinds`. What branches by an activation's
code is written here, one branch for each that there is.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.activations import ACTIVATIONS
from engine.network.kernels.functions import exp
from engine.network.kernels.layout import ACTIVATION_CODES
from engine.network.kernels.options import Array, Index, Kernel, inner, laid_in
from engine.network.kernels.vectors import lanes, load, store

IDENTITY, TANH, RELU, LOGISTIC, SOFTMAX = (
    np.uint64(ACTIVATION_CODES[key]) for key in ("identity", "tanh", "relu", "logistic", "softmax")
)

_FORMULAS = {key: one.functions for key, one in ACTIVATIONS.items() if one.elementwise}
_BY_VECTOR = [key for key, one in _FORMULAS.items() if not (one.is_value_by_number or one.is_slope_by_number)]

KNOWN = frozenset(ACTIVATION_CODES[key] for key in _BY_VECTOR)
"""The activations whose value and slope are worked out a vector at a time."""

_ZERO = np.uint64(0)


@laid_in
def _values_by_vector(value: Kernel, alpha: float, space: Array, z: Index, a: Index, count: Index) -> None:
    for k in range(_ZERO, count, lanes(space)):
        store(space, a + k, value(load(space, z + k), alpha))


@laid_in
def _values_by_number(value: Kernel, alpha: float, space: Array, z: Index, a: Index, count: Index) -> None:
    for k in range(count):
        space[a + k] = value(float(space[z + k]), alpha)


@laid_in
def _errors_by_vector(
    slope: Kernel, alpha: float, space: Array, z: Index, a: Index, delta: Index, count: Index
) -> None:
    for k in range(_ZERO, count, lanes(space)):
        error = load(space, delta + k) * slope(load(space, z + k), load(space, a + k), alpha)
        store(space, delta + k, error)


@laid_in
def _errors_by_number(
    slope: Kernel, alpha: float, space: Array, z: Index, a: Index, delta: Index, count: Index
) -> None:
    for k in range(count):
        space[delta + k] *= slope(float(space[z + k]), float(space[a + k]), alpha)


def _by_code(header: str, branches: Mapping[str, str], otherwise: str = "None") -> Kernel:
    """A kernel of this header that does what the branch of the activation with that ``code`` says.

    It is written as source, in which the formulas stand by name: numba keeps no compiled function that closes over
    another from one process to the next.
    """
    scope = globals().copy()
    lines = [f"def {header}:"]
    for key, branch in branches.items():
        scope |= {f"code_{key}": np.uint64(ACTIVATION_CODES[key])}
        scope |= {f"value_{key}": inner(_FORMULAS[key].value), f"slope_{key}": inner(_FORMULAS[key].slope)}
        lines += [f"    if code == code_{key}:", f"        return {branch}"]
    exec("\n".join([*lines, f"    return {otherwise}"]), scope)
    return inner(scope[header.partition("(")[0]])


value_of = _by_code("value_of(code, alpha, z)", {key: f"value_{key}(z, alpha)" for key in _BY_VECTOR}, "z")
"""``value_of(code, alpha, z)``: f of a vector, for the activations that are :data:`KNOWN`."""

error_of = _by_code("error_of(code, alpha, e, z, a)", {key: f"e * slope_{key}(z, a, alpha)" for key in _BY_VECTOR}, "e")
"""``error_of(code, alpha, e, z, a)``: δ of a vector of E = ∂L/∂a, for the same."""

_fill_values = _by_code(
    "_fill_values(code, alpha, space, z, a, count)",
    {
        key: f"_values_by_{'number' if one.is_value_by_number else 'vector'}(value_{key}, alpha, space, z, a, count)"
        for key, one in _FORMULAS.items()
    },
)

_fill_errors = _by_code(
    "_fill_errors(code, alpha, space, z, a, delta, count)",
    {
        key: f"_errors_by_{'number' if one.is_slope_by_number else 'vector'}"
        f"(slope_{key}, alpha, space, z, a, delta, count)"
        for key, one in _FORMULAS.items()
        if key != "identity"
    },
)


@inner
def activate(code: Index, alpha: float, space: Array, z: Index, a: Index, units: Index, rows: Index) -> None:
    """Write a = f(z): ``z`` and ``a`` are where the layer's areas of units × rows begin, which are filled up to whole
    vectors and so worked on by those alone."""
    if code == SOFTMAX:
        _softmax(space, z, a, units, rows)
    else:
        _fill_values(code, alpha, space, z, a, units * rows)


@inner
def backpropagate(
    code: Index, alpha: float, space: Array, z: Index, a: Index, delta: Index, units: Index, rows: Index
) -> None:
    """Turn E = ∂L/∂a in the area at ``delta`` into δ = ∂L/∂z, in place."""
    if code == SOFTMAX:
        _backpropagate_softmax(space, a, delta, units, rows)
    elif code != IDENTITY:
        _fill_errors(code, alpha, space, z, a, delta, units * rows)


@inner
def _softmax(space: Array, z: Index, a: Index, units: Index, rows: Index) -> None:
    """Over the units of each row, the largest z taken out."""
    for n in range(rows):
        largest = space[z + n]
        for j in range(units):
            v = space[z + j * rows + n]
            largest = largest if v <= largest else v
        total = 0.0
        for j in range(units):
            share = exp(float(space[z + j * rows + n] - largest))
            space[a + j * rows + n] = share
            total += share
        for j in range(units):
            space[a + j * rows + n] /= total


@inner
def _backpropagate_softmax(space: Array, a: Index, delta: Index, units: Index, rows: Index) -> None:
    """δ = a ⊙ (E − Σⱼ Eⱼaⱼ), the Jacobian applied to E."""
    for n in range(rows):
        mean = 0.0
        for j in range(units):
            mean += space[delta + j * rows + n] * space[a + j * rows + n]
        for j in range(units):
            k = j * rows + n
            space[delta + k] = space[a + k] * (space[delta + k] - mean)
