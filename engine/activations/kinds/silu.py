"""SiLU, also called Swish (Elfwing et al., 2017; Ramachandran et al., 2017)."""

from __future__ import annotations

from math import inf

from engine.activations.arithmetic import FloatArray, logistic
from engine.activations.kinds.logistic import LOGISTIC
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    return z * logistic(z)


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    gate = logistic(z)
    return gate * (1.0 + z * (1.0 - gate))


register(
    Activation(
        key="silu",
        label="SiLU",
        formula=r"z\,\sigma(z)",
        derivative_formula=r"\sigma(z)\,(1 + z\,(1 - \sigma(z)))",
        rule=r"@y + \sigma(@x)(1 - @y)",
        output_range=(-0.2784645427610738, inf),
        output_set=r"[-0.278, \infty)",
        derivative_range=(-0.09983932012886692, 1.0998393201288669),
        derivative_set=r"[-0.0998, 1.0998]",
        continuous=True,
        differentiable=True,
        zero_centred=False,
        saturates=Saturation.LEFT,
        fact="Each unit gates itself, z times its own logistic; it dips below zero before it flattens out.",
        functions=ValueAndSlope(value, slope),
        plain=lambda x, alpha: x * LOGISTIC.plain(x, alpha),
        twin=lambda torch, z, alpha: torch.nn.functional.silu(z),
        torch_expression="torch.nn.functional.silu({z})",
        scalar_expression="{z}*sigmoid({z})",
    )
)
