"""Exponentials that the compiler can vectorise, unlike a call into the C library; accurate to a few ulp.

All are ours for the arguments an activation needs: ``exp`` and ``expm1`` of x ≤ 0, ``tanh`` of anything. Each
passes NaN on. The comparisons are written so that NaN falls through them.
"""

from __future__ import annotations

import math

import numpy as np

from engine.network.kernels.options import Number, exact

_PER_LN2 = 1.0 / math.log(2.0)
_LN2_HIGH = 6.93147180369123816490e-01  # Cody & Waite's split: high has zeros enough for k·high to be exact
_LN2_LOW = 1.90821492927058770002e-10
_LOWEST = -708.0  # below, e^x would be subnormal; 2^-1021 stands for it


@exact
def _power_of_two(k: Number) -> Number:
    """2^k for −1022 ≤ k ≤ 1023, by writing the exponent's bits."""
    return np.int64((np.int64(k) + np.int64(1023)) << np.int64(52)).view(np.float64)


@exact
def _expm1_near_zero(r: Number) -> Number:
    """e^r − 1 for |r| ≤ ½ ln 2 by its Taylor series, whose first term left out is below 2^-56 of the sum."""
    q = 1.0 / 6227020800.0
    q = q * r + 1.0 / 479001600.0
    q = q * r + 1.0 / 39916800.0
    q = q * r + 1.0 / 3628800.0
    q = q * r + 1.0 / 362880.0
    q = q * r + 1.0 / 40320.0
    q = q * r + 1.0 / 5040.0
    q = q * r + 1.0 / 720.0
    q = q * r + 1.0 / 120.0
    q = q * r + 1.0 / 24.0
    q = q * r + 1.0 / 6.0
    q = q * r + 0.5
    return r + r * r * q


@exact
def exp(x: Number) -> Number:
    """e^x for x ≤ 0."""
    x = _LOWEST if x < _LOWEST else x
    k = np.int32(x * _PER_LN2 - 0.5)
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    return _power_of_two(k) * (1.0 + _expm1_near_zero(r))


@exact
def expm1(x: Number) -> Number:
    """e^x − 1 for x ≤ 0."""
    x = _LOWEST if x < _LOWEST else x
    k = np.int32(x * _PER_LN2 - 0.5)
    r = (x - k * _LN2_HIGH) - k * _LN2_LOW
    scale = _power_of_two(k)
    return scale * _expm1_near_zero(r) + (scale - 1.0)


@exact
def tanh(x: Number) -> Number:
    """tanh x = t / (t + 2) with t = e^2|x| − 1, and the sign of x; 1 from |x| = 20 on."""
    y = 2.0 * abs(x)
    y = 40.0 if y > 40.0 else y
    k = np.int32(y * _PER_LN2 + 0.5)
    r = (y - k * _LN2_HIGH) - k * _LN2_LOW
    scale = _power_of_two(k)
    t = scale * _expm1_near_zero(r) + (scale - 1.0)
    size = t / (t + 2.0)
    return -size if x < 0.0 else size


@exact
def logistic(x: Number) -> Number:
    """1 / (1 + e^−x)."""
    decay = exp(-abs(x))
    return (decay if x < 0.0 else 1.0) / (1.0 + decay)


@exact
def softplus(x: Number) -> Number:
    """ln(1 + e^x)."""
    return (0.0 if x < 0.0 else x) + math.log1p(exp(-abs(x)))


@exact
def normal_distribution(x: Number) -> Number:
    """Φ(x)."""
    return 0.5 * math.erfc(-x * math.sqrt(0.5))
