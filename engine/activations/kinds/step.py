"""The step of the first perceptrons."""

from __future__ import annotations

from engine.activations.arithmetic import FloatArray, choose, constant
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    return choose(z >= 0.0, 1.0, choose(z < 0.0, 0.0, z))  # NaN stays NaN


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return constant(z, 0.0)


register(
    Activation(
        key="step",
        label="step",
        formula=r"1\ \mathrm{if}\ z \geq 0,\ \mathrm{else}\ 0",
        derivative_formula=r"0\ \mathrm{for}\ z \neq 0",
        rule=("0", "0"),
        output_range=(0.0, 1.0),
        output_set=r"\{0, 1\}",
        derivative_range=(0.0, 0.0),
        derivative_set=r"\{0\}",
        continuous=False,
        differentiable=False,
        zero_centred=False,
        saturates=Saturation.BOTH,
        fact="Its derivative is 0 almost everywhere, so gradient descent cannot train the layers before it.",
        functions=ValueAndSlope(value, slope),
        plain=lambda x, alpha: 1.0 if x >= 0.0 else 0.0,
        # By floor, whose gradient torch knows to be 0: heaviside has none and would raise.
        twin=lambda torch, z, alpha: torch.clamp(torch.floor(z) + 1, 0, 1),
        torch_expression="torch.clamp(torch.floor({z}) + 1, 0, 1)",
        slope_by_hand="0",
        exactly_flat=True,
    )
)
