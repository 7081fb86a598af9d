"""A threshold unit: a weighted sum, a threshold, an output.

The threshold is that of McCulloch and Pitts (1943), whose unit has excitatory inputs of equal weight and an absolute
veto of each inhibitory one. Real weights, and learning them, are Rosenblatt's (1958)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

import numpy as np

from engine.activations import activation

OutputKey = Literal["step", "logistic", "tanh"]
LARGEST_PARAMETER = 100.0
"""Largest size of a weight and of the bias."""
OUTPUTS: tuple[OutputKey, ...] = ("step", "logistic", "tanh")


def exactly(value: float) -> Fraction:
    """The decimal number that a float is written as: 0.1 is one tenth, and 0.1 + 0.2 − 0.3 is 0, as on paper."""
    return Fraction(repr(float(value)))


@dataclass(frozen=True)
class Unit:
    """Weights (n,), a bias and the key of the output function. It fires where ``z = w·x + b ≥ 0``.

    The threshold is ``θ = −b``: it fires where ``w·x ≥ θ``.
    """

    weights: tuple[float, ...]
    bias: float
    output: OutputKey = "step"

    @cached_property
    def _exact(self) -> tuple[tuple[Fraction, ...], Fraction]:
        return tuple(exactly(weight) for weight in self.weights), exactly(self.bias)

    @property
    def inputs(self) -> int:
        """How many inputs it has."""
        return len(self.weights)

    @property
    def threshold(self) -> float:
        """``θ = −b``, never a negative zero."""
        return -self.bias if self.bias else 0.0

    def weighted(self, x: Sequence[float]) -> float:
        """``w·x`` as on paper, rounded once."""
        return float(self._sum(x))

    def z(self, x: Sequence[float]) -> float:
        """``w·x + b`` as on paper, rounded once: a sum of decimals that is 0 is 0."""
        return float(self._sum(x) + self._exact[1])

    def binary_z(self, x: Sequence[float]) -> float:
        """The same in binary floating point, as most programs have it: a sum that is 0 on paper may miss it there."""
        total = 0.0
        for weight, value in zip(self.weights, x, strict=True):
            total += weight * value
        return total + self.bias

    def _sum(self, x: Sequence[float]) -> Fraction:
        total = Fraction(0)
        for weight, value in zip(self._exact[0], x, strict=True):
            if value:
                total += weight if value == 1 else weight * exactly(value)
        return total

    def fires(self, x: Sequence[float]) -> bool:
        """Whether ``z ≥ 0``: the step's output, and the logistic's being at least a half."""
        return self.z(x) >= 0.0

    def value(self, x: Sequence[float]) -> float:
        """The output ``f(z)``."""
        return output_value(self.output, self.z(x))

    def slope(self, x: Sequence[float]) -> float:
        """``∂y/∂z = f′(z)``; for the step 0, at its jump too."""
        return output_slope(self.output, self.z(x))

    def slopes(self, x: Sequence[float]) -> tuple[float, ...]:
        """``∂y/∂wᵢ = f′(z)·xᵢ`` for each weight, then ``∂y/∂b = f′(z)``."""
        slope = self.slope(x)
        return (*(slope * value for value in x), slope)


def output_values(output: OutputKey, zs: Sequence[float]) -> list[float]:
    """``f(z)`` of an output function at each z."""
    return [float(y) for y in activation(output).value(np.array(zs, float))]


def output_value(output: OutputKey, z: float) -> float:
    """``f(z)`` of an output function."""
    return output_values(output, [z])[0]


def output_slope(output: OutputKey, z: float) -> float:
    """``f′(z)`` of an output function."""
    return float(activation(output).derivative(np.array([z]))[0])


def target_value(output: OutputKey, fires: bool) -> float:
    """The target in the output's own terms: 1 where it is to fire, else 0, for tanh −1."""
    if fires:
        return 1.0
    return -1.0 if output == "tanh" else 0.0
