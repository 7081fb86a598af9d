"""The logistic function, σ."""

from __future__ import annotations

import math

from engine.activations import arithmetic
from engine.activations.arithmetic import FloatArray
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    return arithmetic.logistic(z)


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return a * (1.0 - a)


def plain(x: float, alpha: float) -> float:
    """σ(x) by Python's arithmetic."""
    decay = math.exp(-abs(x))
    return (decay if x < 0.0 else 1.0) / (1.0 + decay)


LOGISTIC = register(
    Activation(
        key="logistic",
        label="logistic",
        formula=r"\sigma(z) = \frac{1}{1 + e^{-z}}",
        derivative_formula=r"\sigma(z)\,(1 - \sigma(z))",
        rule="@y(1 - @y)",
        output_range=(0.0, 1.0),
        output_set=r"(0, 1)",
        derivative_range=(0.0, 0.25),
        derivative_set=r"(0, \frac{1}{4}]",
        continuous=True,
        differentiable=True,
        zero_centred=False,
        saturates=Saturation.BOTH,
        fact="Its derivative y(1 − y) never exceeds 1/4, so each logistic layer shrinks the gradient "
        "at least fourfold unless the weights make up for it.",
        functions=ValueAndSlope(value, slope),
        plain=plain,
        twin=lambda torch, z, alpha: torch.sigmoid(z),
        torch_expression="torch.sigmoid({z})",
        slope_by_hand="a*(1 - a)",
        scalar_expression="sigmoid({z})",
        steps="1/(1 + exp(-x))",
    )
)
