"""What is true of an activation at a value of its parameter, in the form that a comparison needs.

An :class:`~engine.activations.Activation` declares its facts at the default parameter; Leaky ReLU with γ = 0 is ReLU,
and ELU has a kink unless α = 1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf

import numpy as np
import numpy.typing as npt

from engine.activations.catalogue import ACTIVATIONS
from engine.activations.spec import Activation

Array = npt.NDArray[np.float64]


class Tail(StrEnum):
    """What becomes of f' far out on a side; where it is measured, at that end of the axis."""

    STEEP = "steep"
    SATURATES = "saturates"
    FLAT = "flat"
    """Exactly 0, not merely near it: nothing comes through at all."""
    UNDEFINED = "undefined"
    """f' has no number there."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Of one function f. ``output``, ``slope``: infimum and supremum of f and f'; the sets are the same as mathtext
    without dollars. ``bounds``: saturated is what lies beyond, infinite on a side that does not saturate.
    ``flat_below``, ``flat_above``: f' is exactly 0 from there on, infinite where it is not; ``silent``: f is 0 there
    too, so that a unit there is off, while a step is flat where it fires as well. ``measured``: the stretch of x on
    which all of it was measured, without bounds; None where it is declared, for every x."""

    output: tuple[float, float]
    slope: tuple[float, float]
    output_set: str
    slope_set: str
    continuous: bool
    differentiable: bool
    zero_centred: bool
    left: Tail
    right: Tail
    bounds: tuple[float, float] = (-inf, inf)
    flat_below: float = -inf
    flat_above: float = inf
    silent: bool = False
    measured: tuple[float, float] | None = None

    @property
    def flat_everywhere(self) -> bool:
        """Whether f' is 0 at every z, so that nothing can be learnt through it."""
        return self.flat_below >= self.flat_above

    def flat_zone(self, z: Array) -> npt.NDArray[np.bool_] | None:
        """Where f' is exactly 0, in the shape of z; None of a function that is flat nowhere."""
        if self.flat_below == -inf and self.flat_above == inf:
            return None
        return np.asarray((z <= self.flat_below) | (z >= self.flat_above))

    def saturated(self, z: Array) -> npt.NDArray[np.bool_]:
        """Where |f'| is under 5 % of its largest, in the shape of z."""
        low, high = self.bounds
        return np.asarray((z < low) | (z > high))


def profile_of(function: Activation, alpha: float | None = None) -> Profile:
    """The facts of an activation at its parameter; softmax's are those of one of its outputs by its own z."""
    parameter = function.alpha_or_default(alpha)
    sides = function.saturates
    smooth = Tail.FLAT if function.exactly_flat else Tail.SATURATES
    declared = Profile(
        function.output_range,
        function.derivative_range,
        function.output_set,
        function.derivative_set,
        function.continuous,
        function.differentiable,
        function.zero_centred,
        smooth if sides.on_left else Tail.STEEP,
        smooth if sides.on_right else Tail.STEEP,
        _bounds_of(function, alpha),
        flat_below=0.0 if function.exactly_flat and sides.on_left else -inf,
        flat_above=0.0 if function.exactly_flat and sides.on_right else inf,
        silent=function.exactly_flat and not sides.on_right,
    )
    if function.key == "leaky_relu":
        return _leaky(declared, parameter)
    return _elu(declared, parameter) if function.key == "elu" else declared


def _bounds_of(function: Activation, alpha: float | None) -> tuple[float, float]:
    if function.elementwise:
        return function.saturation_bounds(alpha)
    return ACTIVATIONS["logistic"].saturation_bounds()  # softmax of (z, 0) is the logistic function


def _leaky(declared: Profile, gamma: float) -> Profile:
    ends = (min(gamma, 1.0), max(gamma, 1.0))
    if gamma == 0.0:
        return replace(
            declared, output=(0.0, inf), output_set=r"[0, \infty)", slope=ends, slope_set=r"\{0, 1\}",
            left=Tail.FLAT, flat_below=0.0, silent=True,
        )  # fmt: skip
    whole = r"\{1\}" if gamma == 1.0 else rf"\{{{gamma:.4g}, 1\}}"
    straight = gamma == 1.0
    return replace(declared, slope=ends, slope_set=whole, differentiable=straight, zero_centred=straight)


def _elu(declared: Profile, alpha: float) -> Profile:
    if alpha == 0.0:
        return replace(
            declared, output=(0.0, inf), output_set=r"[0, \infty)", slope=(0.0, 1.0), slope_set=r"\{0, 1\}",
            differentiable=False, left=Tail.FLAT, bounds=(-inf, inf), flat_below=0.0,
            silent=True,
        )  # fmt: skip
    most = max(1.0, alpha)
    return replace(
        declared, output=(-alpha, inf), output_set=rf"(-{alpha:.4g}, \infty)", slope=(0.0, most),
        slope_set=rf"(0, {most:.4g}]", differentiable=alpha == 1.0,
    )  # fmt: skip
