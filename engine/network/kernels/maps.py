"""Heat maps: a of every unit at many points, in single precision, which is more than a colour can show.

The points go through the network in blocks that stay in the cache, units × lanes.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import numpy as np

from engine.network.kernels.activations import IDENTITY, LOGISTIC, RELU, SOFTMAX, TANH, activate
from engine.network.kernels.layout import ACTIVATION, BIAS, BIASED, INPUTS, UNITS, WEIGHT
from engine.network.kernels.options import Array, Index, Number, exact, inner

LANES = np.uint64(512)
"""Points of a block. The last one is filled up to a multiple of 16, so that whole vectors are worked on."""

STRIDE = LANES + np.uint64(16)
"""From one unit to the next. At a power of two they would all compete for the same lines of the cache."""

_VECTOR = np.uint64(16)
_ZERO, _ONE, _TWO, _THREE, _FOUR = (np.uint64(k) for k in range(5))

_PER_LN2 = np.float32(1.4426950408889634)
_LN2_HIGH, _LN2_LOW = np.float32(0.693359375), np.float32(-2.12194440e-4)  # Cody & Waite's split for 24 bits
_C2, _C3, _C4, _C5, _C6, _C7 = (np.float32(c) for c in (1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040))
_F0, _F1, _F2, _HALF = (np.float32(c) for c in (0.0, 1.0, 2.0, 0.5))
_EXP_END = np.float32(87.0)
_NO_FLOOR = np.float32(-np.inf)

# Fitted to tanh over (0, 8) by least squares whose weights followed the largest errors; from 8 on tanh is 1 to 24 bits.
_TANH_END = np.float32(8.0)
_P0, _P1, _P2, _P3 = (np.float32(c) for c in (9.99999627e-01, 1.29190338e-01, 2.94428084e-03, 1.13628484e-05))
_Q1, _Q2, _Q3, _Q4 = (np.float32(c) for c in (4.62521911e-01, 2.37869973e-02, 2.37760541e-04, 2.43955393e-07))


@inner
def _expm1(x: Number, k: Number) -> Number:
    """e^x − 1, where k is the integer nearest to x ÷ ln 2."""
    whole = np.float32(k)
    r = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
    q = ((((_C7 * r + _C6) * r + _C5) * r + _C4) * r + _C3) * r + _C2
    scale = np.int32((np.int32(k) + np.int32(127)) << np.int32(23)).view(np.float32)
    return scale * (r + r * r * q) + (scale - _F1)


@inner
def _tanh(x: Number) -> Number:
    """x P(x²) ÷ Q(x²), within 5e-7 of tanh x: half the work of its exponentials."""
    x = _TANH_END if x > _TANH_END else x
    x = -_TANH_END if x < -_TANH_END else x
    y = x * x
    p = ((_P3 * y + _P2) * y + _P1) * y + _P0
    q = (((_Q4 * y + _Q3) * y + _Q2) * y + _Q1) * y + _F1
    return x * p / q


@inner
def _logistic(x: Number) -> Number:
    y = -abs(x)
    y = -_EXP_END if y < -_EXP_END else y
    decay = _expm1(y, np.int32(y * _PER_LN2 - _HALF)) + _F1
    return (decay if x < _F0 else _F1) / (_F1 + decay)


@inner
def _pack(layers: Array, theta: Array, packed: Array) -> None:
    """Weights and biases in the order :func:`_multiply` reads them; what is filled up to fours and pairs is zero."""
    at = _ZERO
    for layer in range(layers.shape[0]):
        inputs, units, weight = layers[layer, INPUTS], layers[layer, UNITS], layers[layer, WEIGHT]
        for pair in range(_ZERO, units, _TWO):
            for j in range(pair, pair + _TWO):
                biased = j < units and layers[layer, BIASED] != _ZERO
                packed[at] = theta[layers[layer, BIAS] + j] if biased else 0.0
                at += _ONE
            for four in range(_ZERO, inputs, _FOUR):
                for j in range(pair, pair + _TWO):
                    for i in range(four, four + _FOUR):
                        packed[at] = theta[weight + j * inputs + i] if j < units and i < inputs else 0.0
                        at += _ONE


@inner
def _multiply(
    block: Array, packed: Array, at: Index, source: Index, target: Index, inputs: Index, lanes: Index, floor: Number
) -> Index:
    """z of two neighbouring units, from the packed weights at ``at``; returns where the next pair's begin.

    Four inputs and two units at a time make one load and a quarter of a store do for four products. Rows stand
    ``STRIDE`` apart, a constant, by which the compiler sees that they do not overlap. What is below ``floor`` in the
    end is that: ReLU's 0, which so needs no pass of its own.
    """
    b0, b1 = packed[at], packed[at + _ONE]
    at += _TWO
    other = target + STRIDE
    for four in range(_ZERO, inputs, _FOUR):
        u0, u1, u2, u3 = packed[at], packed[at + _ONE], packed[at + _TWO], packed[at + _THREE]
        at += _FOUR
        v0, v1, v2, v3 = packed[at], packed[at + _ONE], packed[at + _TWO], packed[at + _THREE]
        at += _FOUR
        a = source + four * STRIDE
        b, c, d = a + STRIDE, a + _TWO * STRIDE, a + _THREE * STRIDE
        least = floor if four + _FOUR >= inputs else _NO_FLOOR
        for k in range(lanes):
            u = u0 * block[a + k] + u1 * block[b + k] + u2 * block[c + k] + u3 * block[d + k]
            v = v0 * block[a + k] + v1 * block[b + k] + v2 * block[c + k] + v3 * block[d + k]
            u += b0 if four == _ZERO else block[target + k]
            v += b1 if four == _ZERO else block[other + k]
            block[target + k] = least if u < least else u
            block[other + k] = least if v < least else v
    return at


@inner
def _apply(code: Index, alpha: float, block: Array, area: Index, units: Index, lanes: Index, wide: Array) -> None:
    """a = f(z) in place, row by row; activations that are rare in hidden layers go through double precision."""
    if code in (RELU, IDENTITY):  # which are done with the product
        return
    for row in range(area, area + units * STRIDE, STRIDE):
        if code == TANH:
            for k in range(row, row + lanes):
                block[k] = _tanh(block[k])
        elif code == LOGISTIC:
            for k in range(row, row + lanes):
                block[k] = _logistic(block[k])
        elif code != SOFTMAX:
            for k in range(lanes):
                wide[k] = block[row + k]
            activate(code, alpha, wide, _ZERO, _ZERO, _ONE, lanes)
            for k in range(lanes):
                block[row + k] = wide[k]
    if code == SOFTMAX:
        for j in range(units):
            for k in range(lanes):
                wide[j * lanes + k] = block[area + j * STRIDE + k]
        activate(code, alpha, wide, _ZERO, _ZERO, units, lanes)
        for j in range(units):
            for k in range(lanes):
                block[area + j * STRIDE + k] = wide[j * lanes + k]


@inner
def _load(inputs: Array, first: Index, rows: Index, lanes: Index, width: Index, block: Array) -> None:
    """A block's points, (rows, width) of the flat inputs, as width × lanes; lanes without a point are zero."""
    if width == _TWO:  # the usual case, and a loop of its own, for the compiler can shuffle what it knows the width of
        for k in range(rows):
            block[k] = inputs[(first + k) * _TWO]
            block[STRIDE + k] = inputs[(first + k) * _TWO + _ONE]
    else:
        for i in range(width):
            for k in range(rows):
                block[i * STRIDE + k] = inputs[(first + k) * width + i]
    for i in range(width):
        for k in range(rows, lanes):
            block[i * STRIDE + k] = _F0


@inner
def _store(block: Array, area: Index, units: Index, rows: Index, maps: Array, start: Index, points: Index) -> None:
    """Copy units × rows of a block to where they belong in a layer's maps, (units, points)."""
    for j in range(units):
        for k in range(rows):
            maps[start + j * points + k] = block[area + j * STRIDE + k]


@exact
def draw_maps(
    layers: Array, alphas: Array, theta: Array, inputs: Array, points: Index, all_layers: bool,
    packed: Array, block: Array, wide: Array, maps: Array,
) -> None:  # fmt: skip
    """Write each layer's a, (units, points), one after the other into the flat float32 ``maps``; without
    ``all_layers`` only the last layer's.

    ``theta`` (P,) and ``inputs`` (points · width,) are float64. :func:`rooms` says how long ``packed`` and ``block``
    (float32) and ``wide`` (float64) must be, and that ``block`` must hold zeros.
    """
    _pack(layers, theta, packed)
    half, last = np.uint64(block.size) // _TWO, layers.shape[0] - 1
    for first in range(_ZERO, points, LANES):
        rows = min(LANES, points - first)
        lanes = (rows + _VECTOR - _ONE) // _VECTOR * _VECTOR
        source, target, start, at = _ZERO, half, first, _ZERO
        _load(inputs, first, rows, lanes, layers[0, INPUTS], block)
        for layer in range(layers.shape[0]):
            width, units = layers[layer, INPUTS], layers[layer, UNITS]
            floor = _F0 if layers[layer, ACTIVATION] == RELU else _NO_FLOOR
            for pair in range(_ZERO, units, _TWO):
                at = _multiply(block, packed, at, source, target + pair * STRIDE, width, lanes, floor)
            _apply(layers[layer, ACTIVATION], alphas[layer], block, target, units, lanes, wide)
            if all_layers or layer == last:
                _store(block, target, units, rows, maps, start, points)
                start += units * points
            source, target = target, source


@lru_cache(maxsize=16)
def rooms(widths: tuple[int, ...]) -> tuple[int, int, int]:
    """The lengths of ``packed``, ``block`` and ``wide`` for the widths of a chain, input and output included."""
    packed = sum(_filled(units, 2) * (1 + _filled(inputs, 4)) for inputs, units in pairwise(widths))
    widest = max(widths)
    return packed, 2 * _filled(widest, 4) * int(STRIDE), widest * int(LANES)


def _filled(count: int, by: int) -> Number:
    return -(-count // by) * by
