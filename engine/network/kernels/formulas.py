"""Activations of one vector: a = f(z), and E ⊙ f'(z) of the way back from E = ∂L/∂a.

Each says what :mod:`engine.activations.functions` says. ``tanh`` and ``logistic`` are in
:mod:`~engine.network.kernels.functions`.
"""

from __future__ import annotations

import math

from engine.network.kernels.functions import exp, expm1, logistic, tanh
from engine.network.kernels.options import Number, inner
from engine.network.kernels.vectors import choose

_SQRT_2_OVER_PI = math.sqrt(2.0 / math.pi)
_CUBIC = 0.044715

FLAT = 30.0
"""|z| beyond which both GELUs equal 0 or z to the last bit."""


@inner
def _near(z: Number) -> Number:
    """z, held to where the GELUs are not flat; NaN stays NaN."""
    z = choose(z > FLAT, FLAT, z)
    return choose(z < -FLAT, -FLAT, z)


@inner
def _not_positive(z: Number) -> Number:
    """z where it is not positive, else 0."""
    return choose(z > 0.0, 0.0, z)


@inner
def _gelu_tanh_gate(z: Number) -> Number:
    return tanh(_SQRT_2_OVER_PI * (z + _CUBIC * z * z * z))


@inner
def step(z: Number) -> Number:
    """1 from 0 on, else 0; NaN stays NaN."""
    return choose(z >= 0.0, 1.0, choose(z < 0.0, 0.0, z))


@inner
def relu(z: Number) -> Number:
    """max(z, 0)."""
    return choose(z < 0.0, 0.0, z)


@inner
def leaky_relu(z: Number, alpha: float) -> Number:
    """z, or α z below 0."""
    return choose(z > 0.0, z, alpha * z)


@inner
def elu(z: Number, alpha: float) -> Number:
    """z, or α (e^z − 1) below 0."""
    return choose(z > 0.0, z, alpha * expm1(_not_positive(z)))


@inner
def silu(z: Number) -> Number:
    """z σ(z)."""
    return z * logistic(z)


@inner
def gelu_tanh(z: Number) -> Number:
    """GELU by its approximation with tanh."""
    return 0.5 * z * (1.0 + _gelu_tanh_gate(_near(z)))


@inner
def tanh_back(e: Number, a: Number) -> Number:
    """f' = 1 − a²."""
    return e * (1.0 - a * a)


@inner
def logistic_back(e: Number, a: Number) -> Number:
    """f' = a (1 − a)."""
    return e * (a * (1.0 - a))


@inner
def step_back(e: Number) -> Number:
    """f' = 0; NaN stays NaN."""
    return e * 0.0


@inner
def relu_back(e: Number, z: Number) -> Number:
    """f' = 1 above 0, else 0."""
    return e * choose(z > 0.0, 1.0, 0.0)


@inner
def leaky_relu_back(e: Number, z: Number, alpha: float) -> Number:
    """f' = 1 above 0, else α."""
    return e * choose(z > 0.0, 1.0, alpha)


@inner
def elu_back(e: Number, z: Number, alpha: float) -> Number:
    """f' = 1 above 0, else α e^z."""
    return e * choose(z > 0.0, 1.0, alpha * exp(_not_positive(z)))


@inner
def softplus_back(e: Number, z: Number) -> Number:
    """f' = σ(z)."""
    return e * logistic(z)


@inner
def silu_back(e: Number, z: Number) -> Number:
    """f' = σ(z) (1 + z (1 − σ(z)))."""
    gate = logistic(z)
    return e * (gate * (1.0 + z * (1.0 - gate)))


@inner
def gelu_tanh_back(e: Number, z: Number) -> Number:
    """The derivative of the approximation."""
    v = _near(z)
    gate = _gelu_tanh_gate(v)
    inner = _SQRT_2_OVER_PI * (1.0 + 3.0 * _CUBIC * v * v)
    return e * (0.5 * (1.0 + gate) + 0.5 * v * (1.0 - gate * gate) * inner)
