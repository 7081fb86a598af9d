"""Softmax, the one activation that takes all z of a layer together; kernels have it by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.activations.arithmetic import FloatArray
from engine.activations.kinds.logistic import LOGISTIC
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    weights = np.exp(z - z.max(axis=-1, keepdims=True))
    shares: FloatArray = weights / weights.sum(axis=-1, keepdims=True)
    return shares


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    """The diagonal of the Jacobian; its other entries are −aᵢaⱼ."""
    return a * (1.0 - a)


register(
    Activation(
        key="softmax",
        label="softmax",
        formula=r"a_i = \frac{e^{z_i}}{\sum_j e^{z_j}}",
        derivative_formula=r"\frac{\partial a_i}{\partial z_j} = a_i\,([i = j] - a_j)",
        rule="@y(1 - @y)",
        output_range=(0.0, 1.0),
        output_set=r"(0, 1)",
        derivative_range=(0.0, 0.25),
        derivative_set=r"(0, \frac{1}{4}]\ \mathrm{on\ the\ diagonal}",
        continuous=True,
        differentiable=True,
        zero_centred=False,
        saturates=Saturation.BOTH,
        fact="The outputs are positive and sum to one, so each one depends on every z of the layer.",
        functions=ValueAndSlope(value, slope),
        # Of two units, of which the other has z = 0, it is the logistic function.
        plain=LOGISTIC.plain,
        profile_at=lambda declared, alpha: replace(declared, bounds=LOGISTIC.saturation_bounds()),
        twin=lambda torch, z, alpha: torch.softmax(z, dim=-1),
        torch_expression="torch.softmax({z}, dim=-1)",
        elementwise=False,
    )
)
