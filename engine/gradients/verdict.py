"""The verdict on a configuration, by the same bounds as a network's in the playground, with where it starts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.gradients.signal import ratio_of
from engine.graph.kinds.base import Array
from engine.training.verdicts import Evidence, Trouble, judge

DECADE = 10.0
"""Within a factor of ten of 1 a ratio counts as kept."""


class Reason(StrEnum):
    """What a verdict goes by."""

    SINGLE = "single"
    """One hidden layer: there is nothing between layers."""
    RATIO = "ratio"
    """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖."""
    SILENT = "silent"
    """Some layer's ‖δ‖ is exactly 0: no signal at all, or one too small for a float."""
    OVERFLOW = "overflow"
    """Some number is not finite any more."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``trouble``: healthy, vanishing or exploding. ``ratio``: ‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖. ``starts_at``: the hidden layer, from 1,
    at which the signal on its way back first is out of bounds; None where it is healthy. ``kept``: whether the ratio
    is within one decade."""

    trouble: Trouble
    reason: Reason
    ratio: float
    starts_at: int | None = None

    @property
    def kept(self) -> bool:
        """Whether the ratio is within a decade of 1."""
        return 1.0 / DECADE <= self.ratio <= DECADE


def judgement(delta: Array) -> Judgement:
    """The verdict on ‖δ‖ of the hidden layers (depth,), from the input's side."""
    ratio = ratio_of(delta)
    broken = np.flatnonzero(~np.isfinite(delta))
    if len(broken):
        return Judgement(Trouble.EXPLODING, Reason.OVERFLOW, ratio, int(broken[-1]) + 1)
    silent = np.flatnonzero(delta == 0.0)
    if len(silent):
        return Judgement(Trouble.VANISHING, Reason.SILENT, ratio, int(silent[-1]) + 1)
    if len(delta) == 1:
        return Judgement(Trouble.HEALTHY, Reason.SINGLE, ratio)
    # The judge's last block is the output, which it measures nothing by; the reference is the one before it.
    blocks = [Evidence(str(number), float(size)) for number, size in enumerate(delta, 1)]
    found = [one for one in judge([*blocks, Evidence("output", 1.0)]) if one.trouble is not Trouble.HEALTHY]
    if not found:
        return Judgement(Trouble.HEALTHY, Reason.RATIO, ratio)
    whole = Trouble.VANISHING if ratio < 1.0 else Trouble.EXPLODING
    of_kind = [one for one in found if one.trouble is whole] or found
    return Judgement(of_kind[-1].trouble, Reason.RATIO, ratio, int(of_kind[-1].block_id))


def decades(ratio: float) -> float:
    """How many powers of ten a ratio is away from 1; infinite where it is 0 or no finite number."""
    return abs(math.log10(ratio)) if ratio > 0.0 and math.isfinite(ratio) else math.inf
