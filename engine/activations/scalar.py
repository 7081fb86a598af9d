"""An activation as a plain function of one number, ready to be drawn and compared: f, f', jumps, profile, a cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function, Jump, jump_at
from engine.activations.profile import Profile, profile_of
from engine.activations.spec import Activation

Array = npt.NDArray[np.float64]

KINK = 0.0
"""Where all of the catalogue that jump or have a kink have it."""


@dataclass(frozen=True, eq=False)
class ScalarFunction:
    """``value`` and ``slope``: f and f' of x (n,), both (n,). ``formula`` is mathtext without dollars; ``cost`` is what
    is timed, f as a network would compute it. ``jumps``: where f jumps; ``slope_jumps``: where f' does, at kinks.
    ``by_value``: f' from x and y = f(x), where its rule speaks of y."""

    key: str
    label: str
    formula: str
    value: Function = field(repr=False)
    slope: Function = field(repr=False)
    profile: Profile
    cost: Function = field(repr=False)
    jumps: tuple[Jump, ...] = ()
    slope_jumps: tuple[Jump, ...] = ()
    by_value: Callable[[float, float], float] | None = field(default=None, repr=False)

    def at(self, x: float) -> tuple[float, float]:
        """f and f' at one x, which several views ask for at a time."""
        return _at(self, x)


@lru_cache(maxsize=64)
def _at(one: ScalarFunction, x: float) -> tuple[float, float]:
    place = np.array([x])
    with np.errstate(all="ignore"):
        return float(one.value(place)[0]), float(one.slope(place)[0])


def scalar_of(function: Activation, alpha: float | None = None) -> ScalarFunction:
    """An activation of the catalogue. Softmax needs company: it is one unit's share against a single other one whose
    z is 0, which is the logistic function."""

    def paired(x: Array) -> Array:
        return np.stack([x, np.zeros_like(x)], axis=-1)

    def value(x: Array) -> Array:
        if function.elementwise:
            return function.value(x, alpha)
        return np.asarray(function.value(paired(x), alpha)[..., 0])

    def slope(x: Array) -> Array:
        if function.elementwise:
            return function.derivative(x, alpha)
        return np.asarray(function.derivative(paired(x), alpha)[..., 0])

    def by_value(x: float, y: float) -> float:
        parameter = function.alpha_or_default(alpha)
        return float(function.functions.slope(np.array([x]), np.array([y]), parameter)[0])

    profile = profile_of(function, alpha)
    return ScalarFunction(
        function.key,
        function.label,
        function.formula,
        value,
        slope,
        profile,
        lambda x: function.value(x, alpha),
        () if profile.continuous else (jump_at(value, KINK),),
        () if profile.differentiable or not profile.continuous else (jump_at(slope, KINK),),
        by_value,
    )
