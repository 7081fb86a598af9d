"""Verdicts on the gradients' health, by ‖δ‖ across layers (never by ‖∂L/∂W‖ alone)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

VANISHING_RATIO = 1e-3
EXPLODING_RATIO = 1e3
SATURATED_SHARE = 0.5
DEAD_SHARE = 0.1


class Trouble(StrEnum):
    """What can be wrong with a layer, or that nothing is."""

    HEALTHY = "healthy"
    VANISHING = "vanishing"
    EXPLODING = "exploding"
    DEAD = "dead"
    SATURATED = "saturated"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A layer's state. ``value``: ‖δ⁽ˡ⁾‖/‖δ⁽ᴸ⁾‖ for healthy, vanishing and exploding, else the share of units."""

    block_id: str
    trouble: Trouble
    value: float


def judge(
    block_ids: Sequence[str], deltas: Sequence[float], dead: Sequence[float], saturated: Sequence[float]
) -> tuple[Verdict, ...]:
    """One or more verdicts per layer, layers in order from the input; the last delta is the output's.

    Exploding and vanishing are measured from the last hidden layer backwards: the ratio of a layer's ‖δ‖ to it.
    The output is only ever judged dead: its δ is where the signal starts, and it is meant to saturate in the end.
    """
    found: list[Verdict] = []
    reference = deltas[-2] if len(deltas) > 1 else (deltas[-1] if deltas else 0.0)
    for block_id, delta, dead_share, saturated_share in zip(block_ids, deltas, dead, saturated, strict=True):
        ratio = delta / reference if reference > 0.0 else 0.0  # no signal leaves the output: it has vanished at once
        troubles = _troubles(block_id, ratio, dead_share, saturated_share)
        if block_id == block_ids[-1]:
            troubles = [verdict for verdict in troubles if verdict.trouble is Trouble.DEAD]
        found += troubles or [Verdict(block_id, Trouble.HEALTHY, ratio)]
    return tuple(found)


def _troubles(block_id: str, ratio: float, dead: float, saturated: float) -> list[Verdict]:
    found = []
    if ratio < VANISHING_RATIO:
        found.append(Verdict(block_id, Trouble.VANISHING, ratio))
    if ratio > EXPLODING_RATIO:
        found.append(Verdict(block_id, Trouble.EXPLODING, ratio))
    if dead >= DEAD_SHARE:
        found.append(Verdict(block_id, Trouble.DEAD, dead))
    if saturated >= SATURATED_SHARE:
        found.append(Verdict(block_id, Trouble.SATURATED, saturated))
    return found
