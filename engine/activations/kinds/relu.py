"""ReLU, the rectified linear unit (Nair and Hinton, ICML 2010)."""

from __future__ import annotations

from math import inf

from engine.activations.arithmetic import FloatArray, at_least, choose, constant
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    return at_least(z, 0.0)


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return choose(z > 0.0, constant(z, 1.0), constant(z, 0.0))


register(
    Activation(
        key="relu",
        label="ReLU",
        formula=r"\max(0, z)",
        derivative_formula=r"1\ \mathrm{if}\ z > 0,\ \mathrm{else}\ 0",
        rule=("1", "0"),
        output_range=(0.0, inf),
        output_set=r"[0, \infty)",
        derivative_range=(0.0, 1.0),
        derivative_set=r"\{0, 1\}",
        continuous=True,
        differentiable=False,
        zero_centred=False,
        saturates=Saturation.LEFT,
        fact="About half the units are active at a symmetric start; one that is zero for every sample "
        "gets no gradient and is dead.",
        functions=ValueAndSlope(value, slope),
        plain=lambda x, alpha: max(x, 0.0),
        twin=lambda torch, z, alpha: torch.relu(z),
        torch_expression="torch.relu({z})",
        slope_by_hand=("1", "0"),
        scalar_expression="relu({z})",
        exactly_flat=True,
    )
)
