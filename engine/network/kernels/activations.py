"""The activations over a layer's area: a = f(z), and δ = E ⊙ f'(z).

The numbers compared with are :attr:`engine.activations.Activation.opcode`; each branch is one loop over contiguous
memory, and says what :mod:`engine.activations.functions` says.
"""

from __future__ import annotations

import math

import numpy as np

from engine.activations import ACTIVATIONS
from engine.network.kernels.functions import exp, expm1, logistic, normal_distribution, softplus, tanh
from engine.network.kernels.options import Array, Index, Number, exact
from engine.network.kernels.vectors import choose, lanes, load, store

IDENTITY = ACTIVATIONS["identity"].opcode
STEP = ACTIVATIONS["step"].opcode
LOGISTIC = ACTIVATIONS["logistic"].opcode
TANH = ACTIVATIONS["tanh"].opcode
RELU = ACTIVATIONS["relu"].opcode
LEAKY_RELU = ACTIVATIONS["leaky_relu"].opcode
ELU = ACTIVATIONS["elu"].opcode
SOFTPLUS = ACTIVATIONS["softplus"].opcode
SILU = ACTIVATIONS["silu"].opcode
GELU = ACTIVATIONS["gelu"].opcode
GELU_TANH = ACTIVATIONS["gelu_tanh"].opcode
SOFTMAX = ACTIVATIONS["softmax"].opcode

_SQRT_2_OVER_PI = math.sqrt(2.0 / math.pi)
_PER_SQRT_2PI = 1.0 / math.sqrt(2.0 * math.pi)
_CUBIC = 0.044715
_FLAT = 30.0  # |z| beyond which both GELUs equal 0 or z to the last bit
_ZERO = np.uint64(0)


@exact
def _near(z: Number) -> Number:
    """z, held to where the GELUs are not flat; NaN stays NaN."""
    z = choose(z > _FLAT, _FLAT, z)
    return choose(z < -_FLAT, -_FLAT, z)


@exact
def _not_positive(z: Number) -> Number:
    """z where it is not positive, else 0."""
    return choose(z > 0.0, 0.0, z)


@exact
def _gelu_tanh_gate(z: Number) -> Number:
    return tanh(_SQRT_2_OVER_PI * (z + _CUBIC * z * z * z))


@exact
def activate(code: Index, alpha: float, space: Array, z: Index, a: Index, units: Index, rows: Index) -> None:
    """Write a = f(z): ``z`` and ``a`` are where the layer's areas of units × rows begin, which are filled up to whole
    vectors and so worked on by those alone."""
    count, by = units * rows, lanes(space)
    if code == TANH:
        for k in range(_ZERO, count, by):
            store(space, a + k, tanh(load(space, z + k)))
    elif code == RELU:
        for k in range(_ZERO, count, by):
            v = load(space, z + k)
            store(space, a + k, choose(v < 0.0, 0.0, v))
    elif code == LOGISTIC:
        for k in range(_ZERO, count, by):
            store(space, a + k, logistic(load(space, z + k)))
    elif code == IDENTITY:
        for k in range(_ZERO, count, by):
            store(space, a + k, load(space, z + k))
    elif code == STEP:
        for k in range(_ZERO, count, by):
            v = load(space, z + k)
            store(space, a + k, choose(v >= 0.0, 1.0, choose(v < 0.0, 0.0, v)))
    elif code == LEAKY_RELU:
        for k in range(_ZERO, count, by):
            v = load(space, z + k)
            store(space, a + k, choose(v > 0.0, v, alpha * v))
    elif code == ELU:
        for k in range(_ZERO, count, by):
            v = load(space, z + k)
            store(space, a + k, choose(v > 0.0, v, alpha * expm1(_not_positive(v))))
    elif code == SILU:
        for k in range(_ZERO, count, by):
            v = load(space, z + k)
            store(space, a + k, v * logistic(v))
    elif code == GELU_TANH:
        for k in range(_ZERO, count, by):
            v = load(space, z + k)
            store(space, a + k, 0.5 * v * (1.0 + _gelu_tanh_gate(_near(v))))
    elif code == SOFTPLUS:
        for k in range(count):
            space[a + k] = softplus(float(space[z + k]))
    elif code == GELU:
        for k in range(count):
            v = float(space[z + k])
            space[a + k] = v * normal_distribution(v)
    else:
        _softmax(space, z, a, units, rows)


@exact
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


@exact
def backpropagate(
    code: Index, alpha: float, space: Array, z: Index, a: Index, delta: Index, units: Index, rows: Index
) -> None:
    """Turn E = ∂L/∂a in the area at ``delta`` into δ = ∂L/∂z, in place."""
    count, by = units * rows, lanes(space)
    if code == TANH:
        for k in range(_ZERO, count, by):
            v = load(space, a + k)
            store(space, delta + k, load(space, delta + k) * (1.0 - v * v))
    elif code == RELU:
        for k in range(_ZERO, count, by):
            store(space, delta + k, load(space, delta + k) * choose(load(space, z + k) > 0.0, 1.0, 0.0))
    elif code == LOGISTIC:
        for k in range(_ZERO, count, by):
            v = load(space, a + k)
            store(space, delta + k, load(space, delta + k) * (v * (1.0 - v)))
    elif code == STEP:
        for k in range(_ZERO, count, by):
            store(space, delta + k, load(space, delta + k) * 0.0)
    elif code == LEAKY_RELU:
        for k in range(_ZERO, count, by):
            store(space, delta + k, load(space, delta + k) * choose(load(space, z + k) > 0.0, 1.0, alpha))
    elif code == ELU:
        for k in range(_ZERO, count, by):
            v = load(space, z + k)
            store(space, delta + k, load(space, delta + k) * choose(v > 0.0, 1.0, alpha * exp(_not_positive(v))))
    elif code == SOFTPLUS:
        for k in range(_ZERO, count, by):
            store(space, delta + k, load(space, delta + k) * logistic(load(space, z + k)))
    elif code == SILU:
        for k in range(_ZERO, count, by):
            v = load(space, z + k)
            gate = logistic(v)
            store(space, delta + k, load(space, delta + k) * (gate * (1.0 + v * (1.0 - gate))))
    elif code == GELU:
        for k in range(count):
            v = float(space[z + k])
            v = _FLAT if v > _FLAT else (-_FLAT if v < -_FLAT else v)
            space[delta + k] *= normal_distribution(v) + v * _PER_SQRT_2PI * exp(-0.5 * v * v)
    elif code == GELU_TANH:
        for k in range(_ZERO, count, by):
            v = _near(load(space, z + k))
            gate = _gelu_tanh_gate(v)
            inner = _SQRT_2_OVER_PI * (1.0 + 3.0 * _CUBIC * v * v)
            slope = 0.5 * (1.0 + gate) + 0.5 * v * (1.0 - gate * gate) * inner
            store(space, delta + k, load(space, delta + k) * slope)
    elif code == SOFTMAX:
        _backpropagate_softmax(space, a, delta, units, rows)


@exact
def _backpropagate_softmax(space: Array, a: Index, delta: Index, units: Index, rows: Index) -> None:
    """δ = a ⊙ (E − Σⱼ Eⱼaⱼ), the Jacobian applied to E."""
    for n in range(rows):
        mean = 0.0
        for j in range(units):
            mean += space[delta + j * rows + n] * space[a + j * rows + n]
        for j in range(units):
            k = j * rows + n
            space[delta + k] = space[a + k] * (space[delta + k] - mean)
