"""An activation as a plain function of one number, ready to be drawn and compared: f, f', jumps, profile; with how
many digits it is printed, and how far two are apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from math import isfinite, isinf, nan

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function, Jump, jump_at
from engine.activations.kinds import ACTIVATIONS
from engine.activations.profile import Profile
from engine.activations.spec import Activation

Array = npt.NDArray[np.float64]

KINK = 0.0
"""Where all of the catalogue that jump or have a kink have it."""


HERE = 1e-12
"""The cursor is at a jump when it is as near as this."""
BESIDE, FURTHER, SETTLED, PERSISTS = 1e-9, 1e-7, 1e-3, 0.5
"""The slopes to both sides are looked at so far beside, and are limits if they are much the same further away."""
SAME = 1e-6
"""Two slopes that are nearer than this are one."""

MOST_DIGITS = 17
"""A float has no more."""
_POINTS, _ZOOMS = 2001, 6


@dataclass(frozen=True, slots=True)
class Sides:
    """f at a kink: its slope to the left and to the right, and what f' is said to be there."""

    left: float
    right: float
    at: float

    @property
    def at_one_side(self) -> bool:
        """Whether f' is the slope to one of both sides, as that of ReLU at 0 is 0."""
        return any(abs(self.at - side) <= SAME * max(1.0, abs(side)) for side in (self.left, self.right))


@dataclass(frozen=True, eq=False)
class ScalarFunction:
    """``value`` and ``slope``: f and f' of x (n,), both (n,). ``formula`` is mathtext without dollars.
    ``jumps``: where f jumps; ``slope_jumps``: where f' does, at kinks; of a typed one, those that are shown.
    ``by_value``: f' from x and y = f(x), where its rule speaks of y."""

    key: str
    label: str
    formula: str
    value: Function = field(repr=False)
    slope: Function = field(repr=False)
    profile: Profile
    jumps: tuple[Jump, ...] = ()
    slope_jumps: tuple[Jump, ...] = ()
    by_value: Callable[[float, float], float] | None = field(default=None, repr=False)

    def at(self, x: float) -> tuple[float, float]:
        """f and f' at one x, which several views ask for at a time."""
        return _at(self, x)

    def sides_at(self, x: float) -> Sides | None:
        """The slopes to both sides of a kink; None where there is none at x."""
        return _sides(self, x)


def is_same_place(place: float, x: float) -> bool:
    """Whether a cursor at x is at a jump."""
    return abs(place - x) <= HERE * max(1.0, abs(x))


@lru_cache(maxsize=64)
def _at(one: ScalarFunction, x: float) -> tuple[float, float]:
    """A pole, such as that of 1/x at 0, is no value: there is one right beside it, while an overflow goes on."""
    near = BESIDE * max(1.0, abs(x))
    with np.errstate(all="ignore"):
        here, *neighbours = one.value(np.array([x, x - near, x + near])).tolist()
        if isinf(here) and any(map(isfinite, neighbours)):
            return nan, nan
        return here, float(one.slope(np.array([x]))[0])


@lru_cache(maxsize=64)
def _sides(one: ScalarFunction, x: float) -> Sides | None:
    """A slope that still grows as one comes nearer, as that of √|x| does, has no limit, and f no kink there."""
    near, far = BESIDE * max(1.0, abs(x)), FURTHER * max(1.0, abs(x))
    with np.errstate(all="ignore"):
        left, right, *further = one.slope(np.array([x - near, x + near, x - far, x + far])).tolist()
    if not (isfinite(left) and isfinite(right)) or abs(right - left) <= SAME * max(1.0, abs(left), abs(right)):
        return None
    settled = np.allclose(further, (left, right), rtol=SETTLED, atol=SETTLED)
    persists = abs(right - left) > PERSISTS * abs(further[1] - further[0])  # a bend has less of it nearer by
    return Sides(left, right, one.at(x)[1]) if settled and persists and isfinite(one.at(x)[0]) else None


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

    profile = function.profile(alpha)
    return ScalarFunction(
        function.key,
        function.label,
        function.formula,
        value,
        slope,
        profile,
        () if profile.continuous else (jump_at(value, KINK),),
        () if profile.differentiable or not profile.continuous else (jump_at(slope, KINK),),
        by_value,
    )


def digits_for(slope_from: Callable[[float], float], y: float, slope: float, least: int, shown: int) -> int:
    """The fewest significant digits of y, ``least`` or more, from which the slope comes out as it is printed with
    ``shown`` digits: 1 − y² needs more of a y that is near to 1."""
    wanted = f"{slope:.{shown}g}"
    fitting = (n for n in range(least, MOST_DIGITS) if f"{slope_from(float(f'{y:.{n}g}')):.{shown}g}" == wanted)
    return next(fitting, MOST_DIGITS)


def largest_difference(first: Function, second: Function, low: float, high: float) -> tuple[float, float]:
    """(x, first − second) where that is greatest in size from ``low`` to ``high``; the leftmost of several. Found on
    a grid that is drawn together about the best point until it is a billionth wide."""
    for _ in range(_ZOOMS):
        x = np.linspace(low, high, _POINTS)
        gap = first(x) - second(x)
        at = int(np.abs(gap).argmax())
        best = float(x[at]), float(gap[at])
        low, high = float(x[max(at - 1, 0)]), float(x[min(at + 1, _POINTS - 1)])
    return best


@lru_cache(maxsize=1)
def gelu_difference() -> tuple[float, float]:
    """(x, exact − tanh approximation) where the two GELUs are furthest apart: by symmetry at −x too."""
    exact, approximate = (scalar_of(ACTIVATIONS[key]) for key in ("gelu", "gelu_tanh"))
    return largest_difference(exact.value, approximate.value, 0.0, 12.0)
