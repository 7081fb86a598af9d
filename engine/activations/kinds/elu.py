"""ELU (Clevert et al., ICLR 2016); it has a kink unless α = 1, and with α = 0 it is ReLU."""

from __future__ import annotations

import math
from dataclasses import replace
from math import inf

from engine.activations.arithmetic import FloatArray, at_most, choose, exp, expm1
from engine.activations.profile import Profile, Tail
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ActivationParameter, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    return choose(z > 0.0, z, alpha * expm1(at_most(z, 0.0)))


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return choose(z > 0.0, 1.0, alpha * exp(at_most(z, 0.0)))


def _profile_at(declared: Profile, alpha: float) -> Profile:
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


register(
    Activation(
        key="elu",
        label="ELU",
        formula=r"z\ \mathrm{if}\ z > 0,\ \mathrm{else}\ \alpha\,(e^{z} - 1)",
        derivative_formula=r"1\ \mathrm{if}\ z > 0,\ \mathrm{else}\ \alpha\,e^{z}",
        rule=("1", r"@y + \alpha"),
        output_range=(-1.0, inf),
        output_set=r"(-\alpha, \infty)",
        derivative_range=(0.0, 1.0),
        derivative_set=r"(0, \max(1, \alpha)]",
        continuous=True,
        differentiable=True,
        zero_centred=False,
        saturates=Saturation.LEFT,
        fact="It settles at −α on the left, which brings the mean activation nearer to zero than ReLU's; "
        "at α = 1 it has no kink.",
        functions=ValueAndSlope(value, slope),
        plain=lambda x, alpha: x if x > 0.0 else alpha * math.expm1(x),
        twin=lambda torch, z, alpha: torch.nn.functional.elu(z, alpha),
        torch_expression="torch.nn.functional.elu({z}, {alpha!r})",
        slope_by_hand=("1", "alpha*exp(z)"),
        # z − relu(z) is min(0, z) with the slope 1 at 0, so that ELU has α there, as in the pass.
        scalar_expression="relu({z}) + {alpha!r}*(exp({z} - relu({z})) - 1)",
        parameter=ActivationParameter("alpha", "α", default=1.0, minimum=0.0, maximum=3.0),
        profile_at=_profile_at,
    )
)
