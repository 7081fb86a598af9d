"""What is true of an activation at a value of its parameter, in the form that a comparison needs.

An :class:`~engine.activations.Activation` declares its facts at the default parameter; its ``profile_at`` says how they
change with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import inf

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


class Tail(StrEnum):
    """What becomes of f' far out on a side; where it is measured, at that end of the axis."""

    STEEP = "steep"
    SATURATES = "saturates"
    FLAT = "flat"
    """Exactly 0, not merely near it: nothing comes through at all."""
    NOT_JUDGED = "not judged"
    """f' has no largest value, so none counts as small beside it."""
    UNDEFINED = "undefined"
    """f' has no number there."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Of one function f. ``output``, ``slope``: infimum and supremum of f and f'; the sets are the same as mathtext
    without dollars. ``bounds``: saturated is what lies beyond, infinite on a side that does not saturate.
    ``flat_below``, ``flat_above``: f' is exactly 0 from there on, infinite where it is not; ``silent``: f is 0 there
    too, so that a unit there is off, while a step is flat where it fires as well. ``measured``: the stretch of x on
    which all of it was measured, without bounds; None where it is declared, for every x. ``has_single_values``: beside
    what is measured there are values at places that stand alone."""

    output: tuple[float, float]
    slope: tuple[float, float]
    output_set: str
    slope_set: str
    continuous: bool
    differentiable: bool
    zero_centred: bool
    left: Tail
    right: Tail
    bounds: tuple[float, float] = (-inf, inf)
    flat_below: float = -inf
    flat_above: float = inf
    silent: bool = False
    measured: tuple[float, float] | None = None
    has_single_values: bool = False

    @property
    def flat_everywhere(self) -> bool:
        """Whether f' is 0 at every z, so that nothing can be learnt through it."""
        return self.flat_below >= self.flat_above

    def flat_zone(self, z: Array) -> npt.NDArray[np.bool_] | None:
        """Where f' is exactly 0, in the shape of z; None of a function that is flat nowhere."""
        if self.flat_below == -inf and self.flat_above == inf:
            return None
        return np.asarray((z <= self.flat_below) | (z >= self.flat_above))

    def saturated(self, z: Array) -> npt.NDArray[np.bool_]:
        """Where |f'| is small beside its largest, in the shape of z."""
        low, high = self.bounds
        return np.asarray((z < low) | (z > high))
