"""What an activation is: its facts, its formulas and how others write it, as one declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from engine.activations.arithmetic import FloatArray
from engine.activations.profile import Profile, Tail
from engine.activations.saturation import Saturation, crossings

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class ActivationParameter:
    """The one number some activations have (Leaky ReLU's γ, ELU's α) and the bounds a slider gives it."""

    name: str
    label: str
    default: float
    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class ValueAndSlope:
    """The formulas of an activation, for numpy and for the compiled kernels alike.

    ``value(z, alpha)`` is a and ``slope(z, a, alpha)`` is ∂a/∂z, element by element, for every finite z; the slope is
    given a as well, in which tanh' and σ' are cheapest. Both are written with + − × ÷, comparisons, ``abs`` and
    :mod:`engine.activations.arithmetic`, and call no other function. ``alpha`` is the activation's own parameter.
    ``together(z, alpha)`` is the pair of both, for numpy, where what takes long is common to them.
    ``is_value_by_number``, ``is_slope_by_number``: kernels work it out one number at a time, in float64, because it
    takes an operation that they have no vectors of.
    """

    value: Callable[[FloatArray, float], FloatArray]
    slope: Callable[[FloatArray, FloatArray, float], FloatArray]
    together: Callable[[FloatArray, float], tuple[FloatArray, FloatArray]] | None = None
    is_value_by_number: bool = False
    is_slope_by_number: bool = False

    def both(self, z: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
        """The value and the slope, each to the last bit as by itself."""
        if self.together is not None:
            return self.together(z, alpha)
        a = self.value(z, alpha)
        return a, self.slope(z, a, alpha)


@dataclass(frozen=True)
class Activation:
    """One activation function ``a = f(z)``.

    Formulas, sets and the rule are mathtext without dollars. Ranges are the infimum and supremum at the default
    parameter; ``output_set`` and ``derivative_set`` write them with their open and closed ends. ``zero_centred``:
    whether f(−z) = −f(z). ``rule`` is f' in terms of y = f(x) where that is how it is computed, else of x, with ``@``
    before a symbol that can be pointed at; of two, the first holds above 0, the second below, and PyTorch takes that
    at 0 as well.

    ``plain(x, alpha)`` is f by Python's ``math``, to check the others by. ``twin(torch, z, alpha)`` is f of a tensor.
    ``torch_expression`` writes that as source, with ``{z}`` and, for activations with a parameter, ``{alpha!r}`` to
    fill in; ``scalar_expression`` does as an expression of :mod:`engine.autodiff`, and is empty where no gradient comes
    through. ``slope_by_hand`` writes f' as one of z, a and alpha, where that is short; of two, as with ``rule``.
    ``steps`` writes f(x) in small steps whose slopes make the short rule, and is empty where that shows nothing.
    ``profile_at(declared, alpha)``: what is true at another parameter.
    """

    key: str
    label: str
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
    functions: ValueAndSlope = field(repr=False)
    twin: Callable[[Any, Tensor, float], Tensor] = field(repr=False)
    torch_expression: str
    rule: str | tuple[str, str]
    plain: Callable[[float, float], float] = field(repr=False)
    scalar_expression: str = ""
    slope_by_hand: str | tuple[str, str] = ""
    steps: str = ""
    short_label: str = ""
    """Where there is little room; empty where the label is short."""
    parameter: ActivationParameter | None = None
    profile_at: Callable[[Profile, float], Profile] | None = field(default=None, repr=False)
    elementwise: bool = True
    exactly_flat: bool = False
    """f' is exactly zero on a whole side (ReLU, step): units there count as inactive, not as saturated."""
    is_typed: bool = False
    """An expression rather than one of the catalogue: nothing is declared of it but f and f'."""

    @property
    def is_linear(self) -> bool:
        """Whether f is a straight line."""
        least, steepest = self.derivative_range
        return self.continuous and least == steepest

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
        import torch

        return self.twin(torch, z, self.alpha_or_default(alpha))

    def torch_source(self, z: str, alpha: float | None = None) -> str:
        """PyTorch source for ``f`` of the expression ``z``, such as ``torch.tanh(z)``."""
        return self.torch_expression.format(z=z, alpha=self.alpha_or_default(alpha))

    def profile(self, alpha: float | None = None) -> Profile:
        """What is true of it at its parameter; softmax's are the facts of one of its outputs by its own z."""
        sides, smooth = self.saturates, Tail.FLAT if self.exactly_flat else Tail.SATURATES
        declared = Profile(
            self.output_range,
            self.derivative_range,
            self.output_set,
            self.derivative_set,
            self.continuous,
            self.differentiable,
            self.zero_centred,
            smooth if sides.on_left else Tail.STEEP,
            smooth if sides.on_right else Tail.STEEP,
            self.saturation_bounds(alpha),
            flat_below=0.0 if self.exactly_flat and sides.on_left else -inf,
            flat_above=0.0 if self.exactly_flat and sides.on_right else inf,
            silent=self.exactly_flat and not sides.on_right,
        )
        return declared if self.profile_at is None else self.profile_at(declared, self.alpha_or_default(alpha))

    def saturation_bounds(self, alpha: float | None = None) -> tuple[float, float]:
        """``(low, high)``: saturated is where ``z < low`` or ``z > high``; infinite on a side without."""
        return _saturation_bounds(self, self.alpha_or_default(alpha))

    def saturated(self, z: FloatArray, alpha: float | None = None) -> npt.NDArray[np.bool_]:
        """Where ``z`` is so far out that ``|f'|`` stays small beside its largest; ReLU and step: nowhere."""
        low, high = self.saturation_bounds(alpha)
        mask: npt.NDArray[np.bool_] = (z < low) | (z > high)
        return mask


@lru_cache(maxsize=256)
def _saturation_bounds(activation: Activation, alpha: float) -> tuple[float, float]:
    if activation.exactly_flat or not activation.elementwise or activation.is_typed:
        return -np.inf, np.inf
    steepest = max(abs(end) for end in activation.derivative_range)
    return crossings(lambda z: activation.derivative(z, alpha), steepest, activation.saturates)


_REGISTERED: dict[str, Activation] = {}


def register(activation: Activation) -> Activation:
    """Add an activation to the catalogue, behind those there are. Raises ValueError for a key that is taken."""
    if activation.key in _REGISTERED:
        raise ValueError(f"two activations are called {activation.key}")
    _REGISTERED[activation.key] = activation
    return activation


def registered() -> Mapping[str, Activation]:
    """Every activation by key, in the order they were added."""
    return MappingProxyType(_REGISTERED)
