"""How a layer's own z would fare under a function: which are off, which saturated, and which units are dead."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function
from engine.activations.profile import Profile

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shares:
    """Of all z of a layer (rows × units), kept apart because they mean different things.

    ``off``: the share at which f' is exactly 0, of functions that are flat on a side; None of others. ``dead``: units
    that are off on every row: no gradient comes through them, and none will by itself. ``saturated``: the share beyond
    the bounds at which |f'| falls under 5 % of its largest; None of functions without such a side. ``undefined``: how
    many z have no f; ``overflown``: how many have one that is larger than a double holds.
    ``count``: of all z.
    """

    off: float | None
    dead: int
    saturated: float | None
    units: int
    undefined: int = 0
    overflown: int = 0
    count: int = 0

    @property
    def nowhere(self) -> float | None:
        """The share at which there is no value; None where there is one everywhere."""
        return self.undefined / self.count if self.undefined else None

    @property
    def lost(self) -> float | None:
        """The share through which nothing, or hardly anything, comes: off, saturated and without a value together;
        None where nothing of it can be said."""
        parts = [share for share in (self.off, self.saturated, self.nowhere) if share is not None]
        return sum(parts) if parts else None


def shares_of(profile: Profile, z: Array, value: Function | None = None) -> Shares:
    """Of z (rows, units); a z that is not a number counts as nothing. ``value``: f, of a function that may be without a
    number somewhere."""
    units = int(z.shape[1]) if z.ndim == 2 else 0
    flat = profile.flat_zone(z)
    off = float(flat.mean()) if flat is not None and z.size else None
    dead = int(flat.all(axis=0).sum()) if flat is not None and z.size else 0
    ruled = any(isfinite(bound) for bound in profile.bounds)
    saturated = float(profile.saturated(z).mean()) if ruled and z.size else None
    undefined, overflown = _without_number(profile, z, value) if value is not None else (0, 0)
    return Shares(off, dead, saturated, units, undefined, overflown, int(z.size))


def _without_number(profile: Profile, z: Array, value: Function) -> tuple[int, int]:
    """At how many z there is no f, and at how many it is beyond all numbers; an infinite one is a pole of a function
    that is not continuous."""
    with np.errstate(all="ignore"):
        y = value(z[np.isfinite(z)])
    nowhere, infinite = int(np.isnan(y).sum()), int(np.isinf(y).sum())
    return (nowhere, infinite) if profile.continuous else (nowhere + infinite, 0)
