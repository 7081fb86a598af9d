"""With how many digits a value is printed so that the slope beside it can be worked out from it by hand."""

from __future__ import annotations

from collections.abc import Callable

MOST = 17


def decimals_for(slope_from: Callable[[float], float], y: float, slope: float, least: int, shown: int) -> int:
    """The fewest decimals of y, ``least`` or more, from which the slope comes out as it is printed with ``shown``
    decimals: 1 − y² needs more of a y that is near to 1."""
    wanted = f"{slope:.{shown}f}"
    fitting = (n for n in range(least, MOST) if f"{slope_from(round(y, n)):.{shown}f}" == wanted)
    return next(fitting, MOST)


def digits_for(slope_from: Callable[[float], float], y: float, slope: float, least: int, shown: int) -> int:
    """The same with significant digits of both."""
    wanted = f"{slope:.{shown}g}"
    fitting = (n for n in range(least, MOST) if f"{slope_from(float(f'{y:.{n}g}')):.{shown}g}" == wanted)
    return next(fitting, MOST)
