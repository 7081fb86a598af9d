"""How a layer's own z would fare under a function: which are off, which saturated, and which units are dead."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from engine.activations.profile import Profile
from engine.activations.saturation import saturation_limit
from engine.activations.scalar import ScalarFunction

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shares:
    """Of all z of a layer (rows × units), kept apart because they mean different things.

    ``off``: the share at which f' is exactly 0, of functions that are flat on a side; None of others. ``dead``: units
    that are off on every row: no gradient comes through them, and none will by itself. ``saturated``: the share beyond
    the bounds of the function or, of a typed one, with a slope small beside the steepest that is shown; None of
    functions without such a side. ``undefined``: how many z have no f; ``overflown``: how many have one that is larger
    than a double holds. ``count``: of all z.
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


def shares_of(profile: Profile, z: Array) -> Shares:
    """Of z (rows, units) by the declared bounds of a function; a z that is not a number counts as nothing."""
    flat = profile.flat_zone(z)
    off = float(flat.mean()) if flat is not None and z.size else None
    ruled = any(isfinite(bound) for bound in profile.bounds)
    saturated = float(profile.saturated(z).mean()) if ruled and z.size else None
    return Shares(off, _dead(flat), saturated, _units(z), count=int(z.size))


def measured_shares(function: ScalarFunction, z: Array) -> Shares:
    """Of z (rows, units) by the values and slopes of a typed function at every z itself."""
    with np.errstate(all="ignore"):
        y, slopes = (found(z.ravel()).reshape(z.shape) for found in (function.value, function.slope))
    flat, limit = slopes == 0.0, saturation_limit(function.profile.slope)
    known = np.isfinite(z)
    return Shares(
        float(flat.mean()) if flat.any() else None,
        _dead(flat),
        float((~flat & (np.abs(slopes) < limit)).mean()) if z.size and limit is not None else None,
        _units(z),
        undefined=int((np.isnan(y) & known).sum()),
        overflown=int((np.isinf(y) & known).sum()),
        count=int(z.size),
    )


def _dead(flat: npt.NDArray[np.bool_] | None) -> int:
    return int(flat.all(axis=0).sum()) if flat is not None and flat.size else 0


def _units(z: Array) -> int:
    return int(z.shape[1]) if z.ndim == 2 else 0
