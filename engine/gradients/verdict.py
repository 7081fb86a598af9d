"""The verdict on a configuration, by the same bounds as a network's in the playground, with where it starts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from engine.gradients.signal import ratio_of
from engine.graph.kinds.base import Array
from engine.training.verdicts import VANISHING_RATIO, Evidence, Trouble, judge

DECADE = 10.0
"""Within a factor of ten of 1 a ratio counts as kept."""


class Reason(StrEnum):
    """What a verdict goes by."""

    SINGLE = "single"
    """One hidden layer: there is nothing between layers."""
    RATIO = "ratio"
    """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖."""
    STUCK = "stuck"
    """With skip connections: some layers let next to nothing through themselves, and the signal goes round them."""
    SILENT = "silent"
    """Some layer's ‖δ‖ is exactly 0: no signal at all, or one too small for a float."""
    OVERFLOW = "overflow"
    """Some number is not finite any more."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``trouble``: healthy, vanishing, exploding, or saturated where single layers are. ``ratio``: ‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖.
    ``starts_at``: the hidden layer, from 1, at which the signal on its way back first is out of bounds; None where it
    is healthy. ``stuck``: layers, from 1, whose own slope lets next to nothing through while the signal goes round
    them; they are not judged by. ``first``, ``last``: the layers that are judged by, and ``share`` of one over the
    other: layer 1, the last one and ``ratio`` but where those are stuck."""

    trouble: Trouble
    reason: Reason
    ratio: float
    starts_at: int | None = None
    stuck: tuple[int, ...] = ()
    first: int = 1
    last: int = 0
    share: float = math.nan

    @property
    def kept(self) -> bool:
        """Whether the ratio is within a decade of 1."""
        return 1.0 / DECADE <= self.share <= DECADE

    @property
    def judged(self) -> float:
        """What the verdict goes by: ``share``, and ``ratio`` where numbers are not finite."""
        return self.ratio if math.isnan(self.share) else self.share


def stuck_layers(delta: Array) -> tuple[int, ...]:
    """The layers of a network with skip connections, from 1, whose ‖δ‖ is below a thousandth of that beside them.

    What arrives behind layer l, E⁽ˡ⁾, is handed on whole besides what goes through the layer, and δ⁽ˡ⁾ = E⁽ˡ⁾ ⊙ f′. So
    a δ that is far less than its neighbour's is the work of the layer's own slope, and nothing that is lost on the way.
    """
    with np.errstate(invalid="ignore"):
        beside = np.maximum(np.append(delta[1:], 0.0), np.append(0.0, delta[:-1]))
        return tuple(int(one) + 1 for one in np.flatnonzero(delta < VANISHING_RATIO * beside))


def judgement(delta: Array, *, skip: bool = False) -> Judgement:
    """The verdict on ‖δ‖ of the hidden layers (depth,), from the input's side. ``skip``: signals go round layers."""
    ratio = ratio_of(delta)
    broken = np.flatnonzero(~np.isfinite(delta))
    if len(broken):
        return Judgement(Trouble.EXPLODING, Reason.OVERFLOW, ratio, int(broken[-1]) + 1)
    stuck = stuck_layers(delta) if skip else ()
    numbers = [one for one in range(1, len(delta) + 1) if one not in stuck]
    if not stuck:
        return _judged(delta, numbers, ratio)
    rest = _judged(delta[[one - 1 for one in numbers]], numbers, ratio)
    if rest.trouble is Trouble.HEALTHY:
        return replace(rest, trouble=Trouble.SATURATED, reason=Reason.STUCK, starts_at=stuck[-1], stuck=stuck)
    return replace(rest, stuck=stuck)


def _judged(delta: Array, numbers: Sequence[int], ratio: float) -> Judgement:
    """The verdict on these layers alone; ``ratio`` is the whole network's."""
    first, last, share = numbers[0], numbers[-1], ratio_of(delta)
    silent = np.flatnonzero(delta == 0.0)
    if len(silent):
        return Judgement(Trouble.VANISHING, Reason.SILENT, ratio, numbers[int(silent[-1])], (), first, last, share)
    if len(delta) == 1:
        return Judgement(Trouble.HEALTHY, Reason.SINGLE, ratio, None, (), first, last, share)
    # The judge's last block is the output, which it measures nothing by; the reference is the one before it.
    blocks = [Evidence(str(number), float(size)) for number, size in zip(numbers, delta, strict=True)]
    found = [one for one in judge([*blocks, Evidence("output", 1.0)]) if one.trouble is not Trouble.HEALTHY]
    if not found:
        return Judgement(Trouble.HEALTHY, Reason.RATIO, ratio, None, (), first, last, share)
    whole = Trouble.VANISHING if share < 1.0 else Trouble.EXPLODING
    of_kind = [one for one in found if one.trouble is whole] or found
    return Judgement(of_kind[-1].trouble, Reason.RATIO, ratio, int(of_kind[-1].block_id), (), first, last, share)


def decades(ratio: float) -> float:
    """How many powers of ten a ratio is away from 1; infinite where it is 0 or no finite number."""
    return abs(math.log10(ratio)) if ratio > 0.0 and math.isfinite(ratio) else math.inf
