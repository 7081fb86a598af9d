"""The activations as numpy functions, each with its slope; stable for every finite input.

``name(z, alpha)`` is the value ``a``; ``name_slope(z, a, alpha)`` is ``∂a/∂z``, element by element. The slope
is given ``a`` too, because ``tanh'`` and ``σ'`` are cheapest in terms of it. ``alpha`` is the activation's
own parameter, ignored by those that have none. float32 stays float32. An exponential that underflows to zero
is the right answer here, so callers silence that one floating-point flag (see
:class:`engine.activations.Activation`).
"""

from __future__ import annotations

import math

import numpy as np

from engine.activations.spec import FloatArray

_SQRT_2_OVER_PI = math.sqrt(2.0 / math.pi)
_SQRT_2PI = math.sqrt(2.0 * math.pi)
_GELU_CUBIC = 0.044715
_GELU_FLAT = 30.0  # |z| beyond which both GELUs equal 0 or z to the last bit of float64


def identity(z: FloatArray, alpha: float) -> FloatArray:
    return z.copy()


def identity_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return np.ones_like(z)


def step(z: FloatArray, alpha: float) -> FloatArray:
    return np.heaviside(z, np.ones_like(z))


def step_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return np.zeros_like(z)


def logistic(z: FloatArray, alpha: float) -> FloatArray:
    decay = np.exp(-np.abs(z))
    return np.where(z >= 0.0, 1.0, decay) / (1.0 + decay)


def logistic_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return a * (1.0 - a)


def tanh(z: FloatArray, alpha: float) -> FloatArray:
    return np.tanh(z)


def tanh_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return 1.0 - a * a


def relu(z: FloatArray, alpha: float) -> FloatArray:
    return np.maximum(z, 0.0)


def relu_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return (z > 0.0).astype(z.dtype)


def leaky_relu(z: FloatArray, alpha: float) -> FloatArray:
    return np.where(z > 0.0, z, alpha * z)


def leaky_relu_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return np.where(z > 0.0, np.ones_like(z), alpha)


def elu(z: FloatArray, alpha: float) -> FloatArray:
    return np.where(z > 0.0, z, alpha * np.expm1(np.minimum(z, 0.0)))


def elu_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return np.where(z > 0.0, 1.0, alpha * np.exp(np.minimum(z, 0.0)))


def softplus(z: FloatArray, alpha: float) -> FloatArray:
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def softplus_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return logistic(z, alpha)


def silu(z: FloatArray, alpha: float) -> FloatArray:
    return z * logistic(z, alpha)


def silu_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    gate = logistic(z, alpha)
    return gate * (1.0 + z * (1.0 - gate))


def gelu(z: FloatArray, alpha: float) -> FloatArray:
    return z * _normal_distribution(z)


def gelu_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return _gelu_slope(z, _normal_distribution(z))


def gelu_together(z: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
    """Φ(z), which takes longer than all the rest, is worked out once for both."""
    share = _normal_distribution(z)
    return z * share, _gelu_slope(z, share)


def _gelu_slope(z: FloatArray, share: FloatArray) -> FloatArray:
    """Φ(z) + z·φ(z), where ``share`` is Φ(z)."""
    slope = np.clip(z, -_GELU_FLAT, _GELU_FLAT)
    density = slope * slope
    density *= -0.5
    np.exp(density, out=density)
    density /= _SQRT_2PI
    slope *= density
    slope += share
    return slope


def gelu_tanh(z: FloatArray, alpha: float) -> FloatArray:
    return 0.5 * z * (1.0 + _gelu_tanh_gate(z))


def gelu_tanh_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    near = np.clip(z, -_GELU_FLAT, _GELU_FLAT)
    gate = _gelu_tanh_gate(z)
    inner_slope = _SQRT_2_OVER_PI * (1.0 + 3.0 * _GELU_CUBIC * near * near)
    slope: FloatArray = 0.5 * (1.0 + gate) + 0.5 * near * (1.0 - gate * gate) * inner_slope
    return slope


def softmax(z: FloatArray, alpha: float) -> FloatArray:
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    shares: FloatArray = weights / weights.sum(axis=-1, keepdims=True)
    return shares


def softmax_slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    """The diagonal of the Jacobian; its other entries are ``−aᵢaⱼ``."""
    return a * (1.0 - a)


def _normal_distribution(z: FloatArray) -> FloatArray:
    """Φ(z). scipy.special takes a tenth of a second to import: only networks that use GELU pay for it."""
    from scipy.special import ndtr

    result: FloatArray = ndtr(z)
    return result


def _gelu_tanh_gate(z: FloatArray) -> FloatArray:
    near = np.clip(z, -_GELU_FLAT, _GELU_FLAT)
    gate: FloatArray = np.tanh(_SQRT_2_OVER_PI * (near + _GELU_CUBIC * near * near * near))
    return gate
