"""How a layer's own z would fare under a function: which are off, which saturated, and which units are dead."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from engine.activations.profile import Profile

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shares:
    """Of all z of a layer (rows × units), kept apart because they mean different things.

    ``off``: the share at which f' is exactly 0, of functions that are flat on a side; None of others. ``dead``: units
    that are off on every row: no gradient comes through them, and none will by itself. ``saturated``: the share beyond
    the bounds at which |f'| falls under 5 % of its largest; None of functions without such a side.
    """

    off: float | None
    dead: int
    saturated: float | None
    units: int


def shares_of(profile: Profile, z: Array) -> Shares:
    """Of z (rows, units); what is not a number counts as neither."""
    units = int(z.shape[1]) if z.ndim == 2 else 0
    flat = profile.flat_zone(z)
    off = float(flat.mean()) if flat is not None and z.size else None
    dead = int(flat.all(axis=0).sum()) if flat is not None and z.size else 0
    ruled = any(isfinite(bound) for bound in profile.bounds)
    saturated = float(profile.saturated(z).mean()) if ruled and z.size else None
    return Shares(off, dead, saturated, units)
