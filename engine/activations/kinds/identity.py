"""The identity."""

from __future__ import annotations

from math import inf

from engine.activations.arithmetic import FloatArray, constant
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    return z * 1.0  # never z itself, which its caller may write over


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return constant(z, 1.0)


register(
    Activation(
        key="identity",
        label="identity",
        formula=r"z",
        derivative_formula=r"1",
        rule="1",
        output_range=(-inf, inf),
        output_set=r"(-\infty, \infty)",
        derivative_range=(1.0, 1.0),
        derivative_set=r"\{1\}",
        continuous=True,
        differentiable=True,
        zero_centred=True,
        saturates=Saturation.NONE,
        fact="A stack of identity layers is still one affine map: without a bend, depth adds nothing.",
        functions=ValueAndSlope(value, slope),
        plain=lambda x, alpha: x,
        twin=lambda torch, z, alpha: z,
        torch_expression="{z}",
        slope_by_hand="1",
        scalar_expression="{z}",
    )
)
