"""Whether one figure is better than another, by what is known of their errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot
from typing import Literal

Standing = Literal["better", "level", "worse"]
SURE = 2.0
"""A difference of so many standard errors is no accident: about one in twenty would be."""
ERROR = ".error"
"""Behind a figure's name: that of its standard error."""


@dataclass(frozen=True, slots=True)
class Rival:
    """The best of those that a network is compared with, by one figure. ``gain``: by how much of the rival's figure the
    network is better, below 0 where it is worse. ``error``: of the difference of the two figures, None where theirs are
    not known; ``standing`` likewise."""

    name: str
    value: float
    gain: float
    error: float | None = None
    standing: Standing | None = None


def rival_of(
    own: Mapping[str, float | None], others: Mapping[str, Mapping[str, float | None]], figure: str, *, higher: bool
) -> Rival | None:
    """The best of the others by a figure, of which ``higher`` values are better or lower ones; None where nobody has
    it.

    The errors are added as those of figures from different rows. Both are measured on the very same ones, on which
    they go up and down together: a paired error would be smaller, so that who is called better here is so there.
    """
    value = own.get(figure)
    found = {name: one for name, figures in others.items() if (one := figures.get(figure)) is not None}
    if value is None or not found:
        return None
    name = (max if higher else min)(found, key=lambda key: found[key])
    better = value - found[name] if higher else found[name] - value
    mine, theirs = own.get(figure + ERROR), others[name].get(figure + ERROR)
    error = None if mine is None or theirs is None else hypot(mine, theirs)
    gain = better / abs(found[name]) if found[name] else 0.0
    return Rival(name, found[name], gain, error, None if error is None else _standing(better, error))


def _standing(better: float, error: float) -> Standing:
    if abs(better) <= SURE * error:
        return "level"
    return "better" if better > 0 else "worse"
