"""The activations over a layer's area: a = f(z), and δ = E ⊙ f'(z).

The numbers compared with are :attr:`engine.activations.Activation.opcode`; each branch is one loop over contiguous
memory, and says what :mod:`engine.activations.functions` says.
"""

from __future__ import annotations

import math

import numpy as np

from engine.activations import ACTIVATIONS
from engine.network.kernels import formulas
from engine.network.kernels.formulas import FLAT
from engine.network.kernels.functions import exp, logistic, normal_distribution, softplus, tanh
from engine.network.kernels.options import Array, Index, inner
from engine.network.kernels.vectors import lanes, load, store

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

_PER_SQRT_2PI = 1.0 / math.sqrt(2.0 * math.pi)
_ZERO = np.uint64(0)


@inner
def activate(code: Index, alpha: float, space: Array, z: Index, a: Index, units: Index, rows: Index) -> None:
    """Write a = f(z): ``z`` and ``a`` are where the layer's areas of units × rows begin, which are filled up to whole
    vectors and so worked on by those alone."""
    count, by = units * rows, lanes(space)
    if code == TANH:
        for k in range(_ZERO, count, by):
            store(space, a + k, tanh(load(space, z + k)))
    elif code == RELU:
        for k in range(_ZERO, count, by):
            store(space, a + k, formulas.relu(load(space, z + k)))
    elif code == LOGISTIC:
        for k in range(_ZERO, count, by):
            store(space, a + k, logistic(load(space, z + k)))
    elif code == IDENTITY:
        for k in range(_ZERO, count, by):
            store(space, a + k, load(space, z + k))
    elif code == STEP:
        for k in range(_ZERO, count, by):
            store(space, a + k, formulas.step(load(space, z + k)))
    elif code == LEAKY_RELU:
        for k in range(_ZERO, count, by):
            store(space, a + k, formulas.leaky_relu(load(space, z + k), alpha))
    elif code == ELU:
        for k in range(_ZERO, count, by):
            store(space, a + k, formulas.elu(load(space, z + k), alpha))
    elif code == SILU:
        for k in range(_ZERO, count, by):
            store(space, a + k, formulas.silu(load(space, z + k)))
    elif code == GELU_TANH:
        for k in range(_ZERO, count, by):
            store(space, a + k, formulas.gelu_tanh(load(space, z + k)))
    elif code == SOFTPLUS:
        for k in range(count):
            space[a + k] = softplus(float(space[z + k]))
    elif code == GELU:
        for k in range(count):
            v = float(space[z + k])
            space[a + k] = v * normal_distribution(v)
    else:
        _softmax(space, z, a, units, rows)


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
def backpropagate(
    code: Index, alpha: float, space: Array, z: Index, a: Index, delta: Index, units: Index, rows: Index
) -> None:
    """Turn E = ∂L/∂a in the area at ``delta`` into δ = ∂L/∂z, in place."""
    count, by = units * rows, lanes(space)
    if code == TANH:
        for k in range(_ZERO, count, by):
            store(space, delta + k, formulas.tanh_back(load(space, delta + k), load(space, a + k)))
    elif code == RELU:
        for k in range(_ZERO, count, by):
            store(space, delta + k, formulas.relu_back(load(space, delta + k), load(space, z + k)))
    elif code == LOGISTIC:
        for k in range(_ZERO, count, by):
            store(space, delta + k, formulas.logistic_back(load(space, delta + k), load(space, a + k)))
    elif code == STEP:
        for k in range(_ZERO, count, by):
            store(space, delta + k, formulas.step_back(load(space, delta + k)))
    elif code == LEAKY_RELU:
        for k in range(_ZERO, count, by):
            store(space, delta + k, formulas.leaky_relu_back(load(space, delta + k), load(space, z + k), alpha))
    elif code == ELU:
        for k in range(_ZERO, count, by):
            store(space, delta + k, formulas.elu_back(load(space, delta + k), load(space, z + k), alpha))
    elif code == SOFTPLUS:
        for k in range(_ZERO, count, by):
            store(space, delta + k, formulas.softplus_back(load(space, delta + k), load(space, z + k)))
    elif code == SILU:
        for k in range(_ZERO, count, by):
            store(space, delta + k, formulas.silu_back(load(space, delta + k), load(space, z + k)))
    elif code == GELU:
        for k in range(count):
            v = float(space[z + k])
            v = FLAT if v > FLAT else (-FLAT if v < -FLAT else v)
            space[delta + k] *= normal_distribution(v) + v * _PER_SQRT_2PI * exp(-0.5 * v * v)
    elif code == GELU_TANH:
        for k in range(_ZERO, count, by):
            store(space, delta + k, formulas.gelu_tanh_back(load(space, delta + k), load(space, z + k)))
    elif code == SOFTMAX:
        _backpropagate_softmax(space, a, delta, units, rows)


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
