"""The hyperbolic tangent."""

from __future__ import annotations

import math

from engine.activations import arithmetic
from engine.activations.arithmetic import FloatArray
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    return arithmetic.tanh(z)


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return 1.0 - a * a


register(
    Activation(
        key="tanh",
        label="tanh",
        formula=r"\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
        derivative_formula=r"1 - \tanh^2(z)",
        rule="1 - @y^2",
        output_range=(-1.0, 1.0),
        output_set=r"(-1, 1)",
        derivative_range=(0.0, 1.0),
        derivative_set=r"(0, 1]",
        continuous=True,
        differentiable=True,
        zero_centred=True,
        saturates=Saturation.BOTH,
        fact="It is the logistic function stretched, 2σ(2z) − 1: centred on zero, with a derivative 1 − y² of up to 1.",
        functions=ValueAndSlope(value, slope),
        plain=lambda x, alpha: math.tanh(x),
        twin=lambda torch, z, alpha: torch.tanh(z),
        torch_expression="torch.tanh({z})",
        slope_by_hand="1 - a^2",
        scalar_expression="tanh({z})",
        steps="(exp(x) - exp(-x))/(exp(x) + exp(-x))",
    )
)
