"""GELU (Hendrycks and Gimpel, 2016), exact."""

from __future__ import annotations

import math
from math import inf

from engine.activations.arithmetic import FloatArray, at_least, at_most, exp, normal_distribution
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register

_FLAT = 30.0  # |z| beyond which GELU equals 0 or z to the last bit of float64
_PER_SQRT_2PI = 1.0 / math.sqrt(2.0 * math.pi)


def value(z: FloatArray, alpha: float) -> FloatArray:
    return z * normal_distribution(z)


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    near = at_least(at_most(z, _FLAT), -_FLAT)
    return normal_distribution(z) + near * _PER_SQRT_2PI * exp(-0.5 * near * near)


def _together(z: FloatArray, alpha: float) -> tuple[FloatArray, FloatArray]:
    """Φ(z), which takes longer than all the rest, is worked out once."""
    share, near = normal_distribution(z), at_least(at_most(z, _FLAT), -_FLAT)
    return z * share, share + near * _PER_SQRT_2PI * exp(-0.5 * near * near)


register(
    Activation(
        key="gelu",
        label="GELU (exact)",
        short_label="GELU",
        formula=r"z\,\Phi(z) = \frac{z}{2}\left(1 + \mathrm{erf}\,\frac{z}{\sqrt{2}}\right)",
        derivative_formula=r"\Phi(z) + \frac{z}{\sqrt{2\pi}}\,e^{-z^2/2}",
        rule=r"\Phi(@x) + @x\,\varphi(@x)",
        output_range=(-0.16997120747990366, inf),
        output_set=r"[-0.170, \infty)",
        derivative_range=(-0.12890414518515479, 1.1289041451851548),
        derivative_set=r"[-0.1289, 1.1289]",
        continuous=True,
        differentiable=True,
        zero_centred=False,
        saturates=Saturation.LEFT,
        fact="Each input is weighted by the probability Φ(z) that a standard normal number is smaller than it.",
        functions=ValueAndSlope(value, slope, _together, is_value_by_number=True, is_slope_by_number=True),
        plain=lambda x, alpha: 0.5 * x * math.erfc(-x / math.sqrt(2.0)),
        twin=lambda torch, z, alpha: torch.nn.functional.gelu(z),
        torch_expression="torch.nn.functional.gelu({z})",
        scalar_expression="0.5*{z}*(1 + erf({z}/sqrt(2)))",
    )
)
