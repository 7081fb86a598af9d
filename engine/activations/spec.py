"""What an activation is: its facts, its numpy functions and its PyTorch twin, as one declaration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from engine.activations.saturation import Saturation, crossings

if TYPE_CHECKING:
    from torch import Tensor


FloatArray = npt.NDArray[Any]
"""float32 or float64; a function keeps which of them it is given."""

NOT_COMPILED = -1
"""The opcode of a typed activation, which no kernel knows."""


@dataclass(frozen=True, slots=True)
class ActivationParameter:
    """The one number some activations have (Leaky ReLU's γ, ELU's α) and the bounds a slider gives it."""

    name: str
    label: str
    default: float
    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class NumpyFunctions:
    """``value(z, alpha)`` and ``slope(z, a, alpha)``; see :mod:`engine.activations.functions`. ``together(z, alpha)``,
    the pair of both: where what is dear is common to them."""

    value: Callable[[FloatArray, float], FloatArray]
    slope: Callable[[FloatArray, FloatArray, float], FloatArray]
    together: Callable[[FloatArray, float], tuple[FloatArray, FloatArray]] | None = None

    def both(self, z: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
        """The value and the slope, each to the last bit as by itself."""
        if self.together is not None:
            return self.together(z, alpha)
        a = self.value(z, alpha)
        return a, self.slope(z, a, alpha)


@dataclass(frozen=True)
class Activation:
    """One activation function ``a = f(z)``.

    Formulas and sets are mathtext without dollars. Ranges are the infimum and supremum at the
    default parameter; ``output_set`` and ``derivative_set`` write them with their open and closed ends.
    ``opcode`` is the number that compiled kernels switch on. ``torch_expression`` is how PyTorch source
    writes it, with ``{z}`` and, for activations with a parameter, ``{alpha}`` to fill in.
    """

    key: str
    label: str
    opcode: int
    formula: str
    derivative_formula: str
    output_range: tuple[float, float]
    output_set: str
    derivative_range: tuple[float, float]
    derivative_set: str
    continuous: bool
    differentiable: bool
    zero_centred: bool
    saturates: Saturation
    fact: str
    torch_expression: str
    functions: NumpyFunctions = field(repr=False)
    twin: Callable[[Tensor, float], Tensor] = field(repr=False)
    parameter: ActivationParameter | None = None
    elementwise: bool = True
    exactly_flat: bool = False
    """f' is exactly zero on a whole side (ReLU, step): units there count as inactive, not as saturated."""

    @property
    def is_typed(self) -> bool:
        """Whether it is an expression rather than one of the catalogue: nothing is declared of it but f and f'."""
        return self.opcode == NOT_COMPILED

    def alpha_or_default(self, alpha: float | None) -> float:
        """The parameter to use: ``alpha`` if given, else the declared default (0 without a parameter)."""
        if alpha is not None:
            return float(alpha)  # a numpy scalar would turn float32 arrays into float64
        return self.parameter.default if self.parameter else 0.0

    def value(self, z: FloatArray, alpha: float | None = None) -> FloatArray:
        """``f(z)``, in the shape and dtype of ``z``; softmax works along the last axis."""
        with np.errstate(under="ignore"):
            return self.bare_value(z, alpha)

    def bare_value(self, z: FloatArray, alpha: float | None = None) -> FloatArray:
        """:meth:`value` for callers that silence underflow themselves, once for many calls."""
        return self.functions.value(z, self.alpha_or_default(alpha))

    def derivative(self, z: FloatArray, alpha: float | None = None) -> FloatArray:
        """``∂aᵢ/∂zᵢ`` in the shape of ``z``.

        At kinks it is what PyTorch says: ReLU'(0) = 0, Leaky'(0) = γ, ELU'(0) = α. For softmax it
        is the Jacobian's diagonal only: backpropagation must go through :meth:`backward`.
        """
        parameter = self.alpha_or_default(alpha)
        with np.errstate(under="ignore"):
            return self.functions.slope(z, self.functions.value(z, parameter), parameter)

    def backward(self, z: FloatArray, a: FloatArray, upstream: FloatArray, alpha: float | None = None) -> FloatArray:
        """``δ = ∂L/∂z`` from ``E = ∂L/∂a`` (``upstream``), all (batch, units).

        Elementwise: ``E ⊙ f'(z)``. Softmax: ``a ⊙ (E − Σⱼ Eⱼaⱼ)``, its Jacobian applied to ``E``.
        """
        with np.errstate(under="ignore"):
            return self.bare_backward(z, a, upstream, alpha)

    def bare_backward(
        self, z: FloatArray, a: FloatArray, upstream: FloatArray, alpha: float | None = None
    ) -> FloatArray:
        """:meth:`backward` for callers that silence underflow themselves, once for many calls."""
        if not self.elementwise:
            centred: FloatArray = upstream - (upstream * a).sum(axis=-1, keepdims=True)
            return a * centred
        return upstream * self.functions.slope(z, a, self.alpha_or_default(alpha))

    def torch(self, z: Tensor, alpha: float | None = None) -> Tensor:
        """The same function on a PyTorch tensor, differentiable by autograd."""
        return self.twin(z, self.alpha_or_default(alpha))

    def torch_source(self, z: str, alpha: float | None = None) -> str:
        """PyTorch source for ``f`` of the expression ``z``, such as ``torch.tanh(z)``."""
        return self.torch_expression.format(z=z, alpha=self.alpha_or_default(alpha))

    def saturation_bounds(self, alpha: float | None = None) -> tuple[float, float]:
        """``(low, high)``: saturated is where ``z < low`` or ``z > high``; infinite on a side without."""
        return _saturation_bounds(self, self.alpha_or_default(alpha))

    def saturated(self, z: FloatArray, alpha: float | None = None) -> npt.NDArray[np.bool_]:
        """Where ``z`` is so far out that ``|f'|`` stays below 5 % of its largest; ReLU and step: nowhere."""
        low, high = self.saturation_bounds(alpha)
        mask: npt.NDArray[np.bool_] = (z < low) | (z > high)
        return mask


@lru_cache(maxsize=256)
def _saturation_bounds(activation: Activation, alpha: float) -> tuple[float, float]:
    if activation.exactly_flat or not activation.elementwise or activation.is_typed:
        return -np.inf, np.inf
    steepest = max(abs(end) for end in activation.derivative_range)
    return crossings(lambda z: activation.derivative(z, alpha), steepest, activation.saturates)
