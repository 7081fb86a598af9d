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
    many z have no f, or one with no slope; ``overflown``: how many have one that is larger than a double holds.
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


def shares_of(profile: Profile, z: Array, value: Function | None = None, slope: Function | None = None) -> Shares:
    """Of z (rows, units); a z that is not a number counts as nothing. ``value``, ``slope``: f and f', of functions that
    may be without a number somewhere."""
    units = int(z.shape[1]) if z.ndim == 2 else 0
    flat = profile.flat_zone(z)
    off = float(flat.mean()) if flat is not None and z.size else None
    dead = int(flat.all(axis=0).sum()) if flat is not None and z.size else 0
    ruled = any(isfinite(bound) for bound in profile.bounds)
    saturated = float(profile.saturated(z).mean()) if ruled and z.size else None
    undefined, overflown = _without_number(z, value, slope) if value is not None and slope is not None else (0, 0)
    return Shares(off, dead, saturated, units, undefined, overflown, int(z.size))


def _without_number(z: Array, value: Function, slope: Function) -> tuple[int, int]:
    """How many z have no f or no f', and how many have one that is beyond all numbers."""
    z = z[np.isfinite(z)]
    with np.errstate(all="ignore"):
        y, steepness = value(z), slope(z)
    undefined = np.isnan(y) | (np.isfinite(y) & np.isnan(steepness))
    return int(undefined.sum()), int((~undefined & ~(np.isfinite(y) & np.isfinite(steepness))).sum())
