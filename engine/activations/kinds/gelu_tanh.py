"""GELU by its approximation with tanh (Hendrycks and Gimpel, 2016), as many language models have it."""

from __future__ import annotations

import math
from math import inf

from engine.activations.arithmetic import FloatArray, at_least, at_most, tanh
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register

_FLAT = 30.0  # |z| beyond which it equals 0 or z to the last bit of float64
_SQRT_2_OVER_PI = math.sqrt(2.0 / math.pi)
_CUBIC = 0.044715


def value(z: FloatArray, alpha: float) -> FloatArray:
    near = at_least(at_most(z, _FLAT), -_FLAT)
    return 0.5 * z * (1.0 + tanh(_SQRT_2_OVER_PI * (near + _CUBIC * near * near * near)))


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    near = at_least(at_most(z, _FLAT), -_FLAT)
    gate = tanh(_SQRT_2_OVER_PI * (near + _CUBIC * near * near * near))
    inner = _SQRT_2_OVER_PI * (1.0 + 3.0 * _CUBIC * near * near)
    return 0.5 * (1.0 + gate) + 0.5 * near * (1.0 - gate * gate) * inner


register(
    Activation(
        key="gelu_tanh",
        label="GELU (tanh)",
        short_label="GELU≈",
        formula=r"\frac{z}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(z + 0.044715\,z^3)\right)\right)",
        derivative_formula=r"\frac{1 + t}{2} + \frac{z\,(1 - t^2)}{2}\sqrt{2/\pi}\,(1 + 0.134145\,z^2)"
        r",\ t = \tanh\left(\sqrt{2/\pi}\,(z + 0.044715\,z^3)\right)",
        rule=r"\frac{1 + t}{2} + \frac{@x}{2}(1 - t^2)\,u'",
        output_range=(-0.17004075057125405, inf),
        output_set=r"[-0.170, \infty)",
        derivative_range=(-0.12899306866877177, 1.1289930686687718),
        derivative_set=r"[-0.1290, 1.1290]",
        continuous=True,
        differentiable=True,
        zero_centred=False,
        saturates=Saturation.LEFT,
        fact="The tanh approximation of GELU differs from the exact one by less than 0.0005 everywhere.",
        functions=ValueAndSlope(value, slope),
        plain=lambda x, alpha: 0.5 * x * (1.0 + math.tanh(_SQRT_2_OVER_PI * (x + _CUBIC * x**3))),
        twin=lambda torch, z, alpha: torch.nn.functional.gelu(z, approximate="tanh"),
        torch_expression='torch.nn.functional.gelu({z}, approximate="tanh")',
        scalar_expression="0.5*{z}*(1 + tanh(sqrt(2/pi)*({z} + 0.044715*{z}^3)))",
    )
)
