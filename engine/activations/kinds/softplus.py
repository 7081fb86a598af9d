"""Softplus (Dugas et al., NIPS 2000)."""

from __future__ import annotations

import math
from math import inf

from engine.activations.arithmetic import FloatArray, at_least, exp, log1p, logistic
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    return at_least(z, 0.0) + log1p(exp(-abs(z)))


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return logistic(z)


register(
    Activation(
        key="softplus",
        label="softplus",
        formula=r"\ln(1 + e^{z})",
        derivative_formula=r"\sigma(z)",
        rule=r"\sigma(@x)",
        output_range=(0.0, inf),
        output_set=r"(0, \infty)",
        derivative_range=(0.0, 1.0),
        derivative_set=r"(0, 1)",
        continuous=True,
        differentiable=True,
        zero_centred=False,
        saturates=Saturation.LEFT,
        fact="It is ReLU with the corner rounded off, and its derivative is the logistic function.",
        functions=ValueAndSlope(value, slope, is_value_by_number=True),
        plain=lambda x, alpha: max(x, 0.0) + math.log1p(math.exp(-abs(x))),
        # Torch's default threshold of 20 would cut off 2e-9, more than the backends may differ by.
        twin=lambda torch, z, alpha: torch.nn.functional.softplus(z, threshold=40.0),
        torch_expression="torch.nn.functional.softplus({z}, threshold=40.0)",
        slope_by_hand="1/(1 + exp(-z))",
        scalar_expression="max(0, {z}) + log(1 + exp(-abs({z})))",
        steps="log(1 + exp(x))",
    )
)
