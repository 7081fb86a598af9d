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
from engine.network.kernels.vectors import choose, load, spread, store

LANES = np.uint64(512)
"""Points of a block. The last one is filled up, so that four whole vectors at a time are worked on."""

STRIDE = LANES + np.uint64(16)
"""From one unit to the next. At a power of two they would all compete for the same lines of the cache."""

_VECTOR, _FILLED = np.uint64(16), np.uint64(64)
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
    """x P(x²) ÷ Q(x²), within 5e-7 of tanh x for x ≥ −8: half the work of its exponentials."""
    x = _TANH_END if x > _TANH_END else x
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
    """Biases and weights in the order :func:`_multiply` and :func:`_multiply_one` read them: four units at a time, what
    comes in from one input side by side, then those that are left, one by one."""
    at = _ZERO
    for layer in range(layers.shape[0]):
        inputs, units = layers[layer, INPUTS], layers[layer, UNITS]
        weight, bias, biased = layers[layer, WEIGHT], layers[layer, BIAS], layers[layer, BIASED] != _ZERO
        j, group = _ZERO, _FOUR
        while j < units:
            if units - j < _FOUR:
                group = _ONE
            for k in range(j, j + group):
                packed[at] = theta[bias + k] if biased else 0.0
                at += _ONE
            for i in range(inputs):
                for k in range(j, j + group):
                    packed[at] = theta[weight + k * inputs + i]
                    at += _ONE
            j += group


@inner
def _multiply(
    block: Array, packed: Array, begin: Index, source: Index, target: Index, inputs: Index, lanes: Index, floor: Number
) -> None:
    """z of four neighbouring units, from the packed weights from ``begin`` on.

    Their sums stay in registers until they are done: a load of the inputs serves four products. What is below ``floor``
    in the end is that.
    """
    b0, b1, b2, b3 = packed[begin], packed[begin + _ONE], packed[begin + _TWO], packed[begin + _THREE]
    weights, end = begin + _FOUR, begin + _FOUR * (_ONE + inputs)
    for k in range(_ZERO, lanes, _VECTOR):
        s, t, u, v = spread(block, b0), spread(block, b1), spread(block, b2), spread(block, b3)
        at = source + k
        for w in range(weights, end, _FOUR):
            a = load(block, at)
            s = s + packed[w] * a
            t = t + packed[w + _ONE] * a
            u = u + packed[w + _TWO] * a
            v = v + packed[w + _THREE] * a
            at += STRIDE
        store(block, target + k, choose(s < floor, floor, s))
        store(block, target + STRIDE + k, choose(t < floor, floor, t))
        store(block, target + _TWO * STRIDE + k, choose(u < floor, floor, u))
        store(block, target + _THREE * STRIDE + k, choose(v < floor, floor, v))


@inner
def _multiply_one(
    block: Array, packed: Array, begin: Index, source: Index, target: Index, inputs: Index, lanes: Index, floor: Number
) -> None:
    """The same of a single unit, four vectors at a time: one alone would wait for each of its sums."""
    bias = packed[begin]
    for k in range(_ZERO, lanes, _FILLED):
        s, t, u, v = spread(block, bias), spread(block, bias), spread(block, bias), spread(block, bias)
        at = source + k
        for w in range(begin + _ONE, begin + _ONE + inputs):
            s = s + packed[w] * load(block, at)
            t = t + packed[w] * load(block, at + _VECTOR)
            u = u + packed[w] * load(block, at + _TWO * _VECTOR)
            v = v + packed[w] * load(block, at + _THREE * _VECTOR)
            at += STRIDE
        to = target + k
        store(block, to, choose(s < floor, floor, s))
        store(block, to + _VECTOR, choose(t < floor, floor, t))
        store(block, to + _TWO * _VECTOR, choose(u < floor, floor, u))
        store(block, to + _THREE * _VECTOR, choose(v < floor, floor, v))


@inner
def _floor(code: Index) -> Number:
    """Below which z may be taken to be that: ReLU then needs no pass of its own, and tanh is -1 to 24 bits there."""
    if code == RELU:
        return _F0
    return -_TANH_END if code == TANH else _NO_FLOOR


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
    (float32) and ``wide`` (float64) must be.
    """
    _pack(layers, theta, packed)
    half, last = np.uint64(block.size) // _TWO, layers.shape[0] - 1
    for first in range(_ZERO, points, LANES):
        rows = min(LANES, points - first)
        lanes = (rows + _FILLED - _ONE) // _FILLED * _FILLED
        source, target, start, at = _ZERO, half, first, _ZERO
        _load(inputs, first, rows, lanes, layers[0, INPUTS], block)
        for layer in range(layers.shape[0]):
            width, units = layers[layer, INPUTS], layers[layer, UNITS]
            floor = _floor(layers[layer, ACTIVATION])
            rest = units % _FOUR
            for four in range(_ZERO, units - rest, _FOUR):
                _multiply(block, packed, at, source, target + four * STRIDE, width, lanes, floor)
                at += _FOUR * (_ONE + width)
            for one in range(units - rest, units):
                _multiply_one(block, packed, at, source, target + one * STRIDE, width, lanes, floor)
                at += _ONE + width
            _apply(layers[layer, ACTIVATION], alphas[layer], block, target, units, lanes, wide)
            if all_layers or layer == last:
                _store(block, target, units, rows, maps, start, points)
                start += units * points
            source, target = target, source


@lru_cache(maxsize=16)
def rooms(widths: tuple[int, ...]) -> tuple[int, int, int]:
    """The lengths of ``packed``, ``block`` and ``wide`` for the widths of a chain, input and output included."""
    packed = sum(units * (1 + inputs) for inputs, units in pairwise(widths))
    widest = max(widths)
    return packed, 2 * widest * int(STRIDE), widest * int(LANES)
