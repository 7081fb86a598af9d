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

_SEVEN, _EIGHT = np.uint64(7), np.uint64(8)  # areas begin at multiples of eight: see ``layout.ALIGNMENT``
_SQRT_2_OVER_PI = math.sqrt(2.0 / math.pi)
_PER_SQRT_2PI = 1.0 / math.sqrt(2.0 * math.pi)
_CUBIC = 0.044715
_FLAT = 30.0  # |z| beyond which both GELUs equal 0 or z to the last bit


@exact
def _near(z: float) -> Number:
    """z, held to where the GELUs are not flat; NaN stays NaN."""
    z = _FLAT if z > _FLAT else z
    return -_FLAT if z < -_FLAT else z


@exact
def _not_positive(z: float) -> Number:
    """z where it is not positive, else 0: exponentials taken of all elements, needed or not, are vectorised."""
    return 0.0 if z > 0.0 else z


@exact
def _gelu_tanh_gate(z: float) -> Number:
    return tanh(_SQRT_2_OVER_PI * (z + _CUBIC * z * z * z))


@exact
def _filled(count: Index) -> Index:
    return (count + _SEVEN) // _EIGHT * _EIGHT


@exact
def activate(code: Index, alpha: float, space: Array, z: Index, a: Index, units: Index, rows: Index) -> None:
    """Write a = f(z): ``z`` and ``a`` are where the layer's areas of units × rows begin, which are filled up to whole
    vectors and so worked on by those alone."""
    count = _filled(units * rows)
    if code == TANH:
        for k in range(count):
            space[a + k] = tanh(space[z + k])
    elif code == RELU:
        for k in range(count):
            v = space[z + k]
            space[a + k] = 0.0 if v < 0.0 else v
    elif code == LOGISTIC:
        for k in range(count):
            space[a + k] = logistic(space[z + k])
    elif code == IDENTITY:
        for k in range(count):
            space[a + k] = space[z + k]
    elif code == STEP:
        for k in range(count):
            v = space[z + k]
            space[a + k] = 1.0 if v >= 0.0 else (0.0 if v < 0.0 else v)
    elif code == LEAKY_RELU:
        for k in range(count):
            v = space[z + k]
            space[a + k] = v if v > 0.0 else alpha * v
    elif code == ELU:
        for k in range(count):
            v = space[z + k]
            tail = alpha * expm1(_not_positive(v))
            space[a + k] = v if v > 0.0 else tail
    elif code == SOFTPLUS:
        for k in range(count):
            space[a + k] = softplus(space[z + k])
    elif code == SILU:
        for k in range(count):
            v = space[z + k]
            space[a + k] = v * logistic(v)
    elif code == GELU:
        for k in range(count):
            v = space[z + k]
            space[a + k] = v * normal_distribution(v)
    elif code == GELU_TANH:
        for k in range(count):
            v = space[z + k]
            space[a + k] = 0.5 * v * (1.0 + _gelu_tanh_gate(_near(v)))
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
            share = exp(space[z + j * rows + n] - largest)
            space[a + j * rows + n] = share
            total += share
        for j in range(units):
            space[a + j * rows + n] /= total


@exact
def backpropagate(
    code: Index, alpha: float, space: Array, z: Index, a: Index, delta: Index, units: Index, rows: Index
) -> None:
    """Turn E = ∂L/∂a in the area at ``delta`` into δ = ∂L/∂z, in place."""
    count = _filled(units * rows)
    if code == TANH:
        for k in range(count):
            v = space[a + k]
            space[delta + k] *= 1.0 - v * v
    elif code == RELU:
        for k in range(count):
            space[delta + k] *= 1.0 if space[z + k] > 0.0 else 0.0
    elif code == LOGISTIC:
        for k in range(count):
            v = space[a + k]
            space[delta + k] *= v * (1.0 - v)
    elif code == STEP:
        for k in range(count):
            space[delta + k] *= 0.0
    elif code == LEAKY_RELU:
        for k in range(count):
            space[delta + k] *= 1.0 if space[z + k] > 0.0 else alpha
    elif code == ELU:
        for k in range(count):
            v = space[z + k]
            tail = alpha * exp(_not_positive(v))
            space[delta + k] *= 1.0 if v > 0.0 else tail
    elif code == SOFTPLUS:
        for k in range(count):
            space[delta + k] *= logistic(space[z + k])
    elif code == SILU:
        for k in range(count):
            v = space[z + k]
            gate = logistic(v)
            space[delta + k] *= gate * (1.0 + v * (1.0 - gate))
    elif code == GELU:
        for k in range(count):
            v = _near(space[z + k])
            space[delta + k] *= normal_distribution(v) + v * _PER_SQRT_2PI * exp(-0.5 * v * v)
    elif code == GELU_TANH:
        for k in range(count):
            v = _near(space[z + k])
            gate = _gelu_tanh_gate(v)
            inner = _SQRT_2_OVER_PI * (1.0 + 3.0 * _CUBIC * v * v)
            space[delta + k] *= 0.5 * (1.0 + gate) + 0.5 * v * (1.0 - gate * gate) * inner
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
