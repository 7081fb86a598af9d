"""The verdict on a configuration, by the same bounds as a network's in the playground, with where it starts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from engine.gradients.signal import ratio_of
from engine.graph.kinds.base import Array
from engine.training.verdicts import VANISHING_RATIO, WITHIN_BOUNDS, Evidence, LossCourse, Trouble, judge


class Reason(StrEnum):
    """What a verdict goes by."""

    SINGLE = "single"
    """One hidden layer: there is nothing between layers."""
    RATIO = "ratio"
    """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖."""
    STUCK = "stuck"
    """With skip connections: some layers let next to nothing through themselves, and the signal goes round them."""
    SILENT = "silent"
    """Some layer's ‖δ‖ is 0, or next to nothing beside the error: no signal at all, or one too small for a float."""
    OVERFLOW = "overflow"
    """Some number is not finite any more."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """``trouble``: of the network as a whole; saturated where single layers are. ``ratio``: ‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖.
    ``starts_at``: the hidden layer, from 1, at which the signal on its way back first is out of bounds; None where it
    is not. ``stuck``: layers, from 1, whose own slope lets next to nothing through while the signal goes round them;
    they are not judged by. ``first``, ``last``: the layers that are judged by, and ``share`` of one over the other:
    layer 1, the last one and ``ratio`` but where those are stuck. ``size``: ‖δ‖ of the layer that the verdict is about.
    ``is_alarm``: as a verdict's."""

    trouble: Trouble
    reason: Reason
    ratio: float
    starts_at: int | None = None
    stuck: tuple[int, ...] = ()
    first: int = 1
    last: int = 0
    share: float = math.nan
    size: float = math.nan
    is_alarm: bool = False

    @property
    def judged(self) -> float:
        """What the verdict goes by: ``share``, and ``ratio`` where numbers are not finite."""
        return self.ratio if math.isnan(self.share) else self.share


def stuck_layers(delta: Array) -> tuple[int, ...]:
    """The layers of a network with skip connections, from 1, whose ‖δ‖ is vanishing beside that of a neighbour.

    What arrives behind layer l, E⁽ˡ⁾, is handed on whole besides what goes through the layer, and δ⁽ˡ⁾ = E⁽ˡ⁾ ⊙ f′. So
    a δ that is far less than its neighbour's is the work of the layer's own slope, and nothing that is lost on the way.
    """
    with np.errstate(invalid="ignore"):
        beside = np.maximum(np.append(delta[1:], 0.0), np.append(0.0, delta[:-1]))
        return tuple(int(one) + 1 for one in np.flatnonzero(delta < VANISHING_RATIO * beside))


def judgement(delta: Array, *, skip: bool = False, course: LossCourse | None = None) -> Judgement:
    """The verdict on ‖δ‖ of the hidden layers (depth,), from the input's side. ``skip``: signals go round layers.
    ``course``: what is known of the run up to there, nothing at the start."""
    ratio = ratio_of(delta)
    broken = np.flatnonzero(~np.isfinite(delta))
    if len(broken):
        return Judgement(Trouble.EXPLODING, Reason.OVERFLOW, ratio, int(broken[-1]) + 1, is_alarm=True)
    stuck = stuck_layers(delta) if skip else ()
    numbers = [one for one in range(1, len(delta) + 1) if one not in stuck]
    if not stuck:
        return _judged(delta, numbers, ratio, course)
    rest = _judged(delta[[one - 1 for one in numbers]], numbers, ratio, course)
    if rest.trouble in WITHIN_BOUNDS:
        alarm = not judge((), course).is_well
        return replace(
            rest, trouble=Trouble.SATURATED, reason=Reason.STUCK, starts_at=stuck[-1], stuck=stuck, is_alarm=alarm
        )
    return replace(rest, stuck=stuck)


def _judged(delta: Array, numbers: Sequence[int], ratio: float, course: LossCourse | None) -> Judgement:
    """The verdict on these layers alone; ``ratio`` is the whole network's."""
    # The last block is the output, of which nothing is asked here; the reference is the one before it.
    blocks = [Evidence(str(number), float(size)) for number, size in zip(numbers, delta, strict=True)]
    layers = judge([*blocks, Evidence("output", None)], course).layers
    found = [one for one in layers if one.trouble not in WITHIN_BOUNDS]
    silent = [one for one in found if one.is_silent]
    share = ratio_of(delta)
    whole = Trouble.VANISHING if share < 1.0 else Trouble.EXPLODING
    worst = (silent or [one for one in found if one.trouble is whole] or found or layers[:1])[-1]
    reason = Reason.SILENT if silent else Reason.SINGLE if len(delta) == 1 else Reason.RATIO
    return Judgement(
        worst.trouble,
        reason,
        ratio,
        int(worst.block_id) if found else None,
        first=numbers[0],
        last=numbers[-1],
        share=share,
        size=float(worst.delta or 0.0),
        is_alarm=worst.is_alarm,
    )


def decades(ratio: float) -> float:
    """How many powers of ten a ratio is away from 1; infinite where it is 0 or no finite number."""
    return abs(math.log10(ratio)) if ratio > 0.0 and math.isfinite(ratio) else math.inf
