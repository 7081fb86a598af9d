"""Heat maps: a of every unit at many points, in single precision, which is more than a colour can show.

The points go through the network in blocks that stay in the cache, units × lanes.
"""

from __future__ import annotations

import numpy as np

from engine.network.kernels.activations import LOGISTIC, RELU, TANH, activate
from engine.network.kernels.layout import ACTIVATION, BIAS, BIASED, INPUTS, UNITS, WEIGHT
from engine.network.kernels.options import Array, Index, exact

LANES = np.uint64(256)
"""Points of a block. The last one is filled up to a multiple of 16, so that whole vectors are worked on."""

_VECTOR = np.uint64(16)
_ZERO, _ONE, _TWO, _THREE, _FOUR = (np.uint64(k) for k in range(5))

_PER_LN2 = np.float32(1.4426950408889634)
_LN2_HIGH, _LN2_LOW = np.float32(0.693359375), np.float32(-2.12194440e-4)  # Cody & Waite's split for 24 bits
_C2, _C3, _C4, _C5, _C6, _C7 = (np.float32(c) for c in (1 / 2, 1 / 6, 1 / 24, 1 / 120, 1 / 720, 1 / 5040))
_F0, _F1, _F2, _HALF = (np.float32(c) for c in (0.0, 1.0, 2.0, 0.5))
_TANH_END, _EXP_END = np.float32(20.0), np.float32(87.0)


@exact
def _expm1(x: float, k: int) -> float:
    """e^x − 1, where k is the integer nearest to x ÷ ln 2."""
    whole = np.float32(k)
    r = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
    q = ((((_C7 * r + _C6) * r + _C5) * r + _C4) * r + _C3) * r + _C2
    scale = np.int32((np.int32(k) + np.int32(127)) << np.int32(23)).view(np.float32)
    return scale * (r + r * r * q) + (scale - _F1)


@exact
def _tanh(x: float) -> float:
    y = _F2 * abs(x)
    y = _TANH_END if y > _TANH_END else y
    t = _expm1(y, np.int32(y * _PER_LN2 + _HALF))
    size = t / (t + _F2)
    return -size if x < _F0 else size


@exact
def _logistic(x: float) -> float:
    y = -abs(x)
    y = -_EXP_END if y < -_EXP_END else y
    decay = _expm1(y, np.int32(y * _PER_LN2 - _HALF)) + _F1
    return (decay if x < _F0 else _F1) / (_F1 + decay)


@exact
def _multiply(block: Array, theta: Array, weight: Index, source: Index, target: Index, inputs: Index, lanes: Index,
              start: float) -> None:  # fmt: skip
    """One unit's z in all lanes: ``start`` + Σ wᵢ aᵢ, four inputs at a time."""
    for k in range(lanes):
        block[target + k] = start
    fours = inputs - inputs % _FOUR
    for i in range(_ZERO, fours, _FOUR):
        w0, w1 = theta[weight + i], theta[weight + i + _ONE]
        w2, w3 = theta[weight + i + _TWO], theta[weight + i + _THREE]
        a = source + i * lanes
        b, c, d = a + lanes, a + _TWO * lanes, a + _THREE * lanes
        for k in range(lanes):
            block[target + k] += w0 * block[a + k] + w1 * block[b + k] + w2 * block[c + k] + w3 * block[d + k]
    for i in range(fours, inputs):
        w, a = theta[weight + i], source + i * lanes
        for k in range(lanes):
            block[target + k] += w * block[a + k]


@exact
def _apply(code: Index, alpha: float, block: Array, area: Index, units: Index, lanes: Index, wide: Array) -> None:
    """a = f(z) in place; activations that are rare in hidden layers go through double precision."""
    count = units * lanes
    if code == TANH:
        for k in range(area, area + count):
            block[k] = _tanh(block[k])
    elif code == RELU:
        for k in range(area, area + count):
            block[k] = _F0 if block[k] < _F0 else block[k]
    elif code == LOGISTIC:
        for k in range(area, area + count):
            block[k] = _logistic(block[k])
    else:
        for k in range(count):
            wide[k] = block[area + k]
        activate(code, alpha, wide, _ZERO, _ZERO, units, lanes)
        for k in range(count):
            block[area + k] = wide[k]


@exact
def _load(inputs: Array, first: Index, rows: Index, lanes: Index, width: Index, block: Array) -> None:
    """A block's points, (rows, width) of the flat inputs, as width × lanes; lanes without a point are zero."""
    for i in range(width):
        for k in range(rows):
            block[i * lanes + k] = inputs[(first + k) * width + i]
        for k in range(rows, lanes):
            block[i * lanes + k] = _F0


@exact
def _store(
    block: Array, area: Index, units: Index, lanes: Index, rows: Index, maps: Array, start: Index, points: Index
) -> None:
    """Copy units × rows of a block to where they belong in a layer's maps, (units, points)."""
    for j in range(units):
        for k in range(rows):
            maps[start + j * points + k] = block[area + j * lanes + k]


@exact
def draw_maps(
    layers: Array, alphas: Array, theta: Array, inputs: Array, points: Index, all_layers: bool,
    block: Array, wide: Array, maps: Array,
) -> None:  # fmt: skip
    """Write each layer's a, (units, points), one after the other into the flat float32 ``maps``; without
    ``all_layers`` only the last layer's.

    ``theta`` (P,) float32, ``inputs`` (points · width,) float64; ``block`` (float32) has room for two, ``wide``
    (float64) for one of the widest layer's units × ``LANES``.
    """
    half, last = np.uint64(block.size) // _TWO, layers.shape[0] - 1
    for first in range(_ZERO, points, LANES):
        rows = min(LANES, points - first)
        lanes = (rows + _VECTOR - _ONE) // _VECTOR * _VECTOR
        source, target, start = _ZERO, half, first
        _load(inputs, first, rows, lanes, layers[0, INPUTS], block)
        for layer in range(layers.shape[0]):
            width, units, weight = layers[layer, INPUTS], layers[layer, UNITS], layers[layer, WEIGHT]
            for j in range(units):
                bias = theta[layers[layer, BIAS] + j] if layers[layer, BIASED] else _F0
                _multiply(block, theta, weight + j * width, source, target + j * lanes, width, lanes, bias)
            _apply(layers[layer, ACTIVATION], alphas[layer], block, target, units, lanes, wide)
            if all_layers or layer == last:
                _store(block, target, units, lanes, rows, maps, start, points)
                start += units * points
            source, target = target, source
