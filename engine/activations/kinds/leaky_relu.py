"""Leaky ReLU (Maas et al., ICML 2013); with γ = 0 it is ReLU, with γ = 1 the identity."""

from __future__ import annotations

from dataclasses import replace
from math import inf

from engine.activations.arithmetic import FloatArray, choose, constant
from engine.activations.profile import Profile, Tail
from engine.activations.saturation import Saturation
from engine.activations.spec import Activation, ActivationParameter, ValueAndSlope, register


def value(z: FloatArray, alpha: float) -> FloatArray:
    return choose(z > 0.0, z, alpha * z)


def slope(z: FloatArray, a: FloatArray, alpha: float) -> FloatArray:
    return choose(z > 0.0, constant(z, 1.0), alpha)


def _profile_at(declared: Profile, gamma: float) -> Profile:
    ends = (min(gamma, 1.0), max(gamma, 1.0))
    if gamma == 0.0:
        return replace(
            declared, output=(0.0, inf), output_set=r"[0, \infty)", slope=ends, slope_set=r"\{0, 1\}",
            left=Tail.FLAT, flat_below=0.0, silent=True,
        )  # fmt: skip
    is_straight = gamma == 1.0
    whole = r"\{1\}" if is_straight else rf"\{{{gamma:.4g}, 1\}}"
    return replace(declared, slope=ends, slope_set=whole, differentiable=is_straight, zero_centred=is_straight)


register(
    Activation(
        key="leaky_relu",
        label="Leaky ReLU",
        short_label="Leaky",
        formula=r"\max(0, z) + \gamma\,\min(0, z)",
        derivative_formula=r"1\ \mathrm{if}\ z > 0,\ \mathrm{else}\ \gamma",
        rule=("1", r"\gamma"),
        output_range=(-inf, inf),
        output_set=r"(-\infty, \infty)",
        derivative_range=(0.01, 1.0),
        derivative_set=r"\{\gamma, 1\}",
        continuous=True,
        differentiable=False,
        zero_centred=False,
        saturates=Saturation.NONE,
        fact="The slope γ on the left lets a little gradient through, so a dead ReLU unit comes back to life.",
        functions=ValueAndSlope(value, slope),
        plain=lambda x, alpha: x if x > 0.0 else alpha * x,
        twin=lambda torch, z, alpha: torch.nn.functional.leaky_relu(z, alpha),
        torch_expression="torch.nn.functional.leaky_relu({z}, {alpha!r})",
        slope_by_hand=("1", "alpha"),
        # z − relu(z) is min(0, z) to the last bit, and its slope at 0 is 1, as in the pass; min would give half of it.
        scalar_expression="relu({z}) + {alpha!r}*({z} - relu({z}))",
        parameter=ActivationParameter("gamma", "γ", default=0.01, minimum=0.0, maximum=1.0),
        profile_at=_profile_at,
    )
)
