"""Verdicts on the gradients' health, by ‖δ‖ across layers (never by ‖∂L/∂W‖ alone)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

VANISHING_RATIO = 1e-3
EXPLODING_RATIO = 1e3
SATURATED_SHARE = 0.5
DEAD_SHARE = 0.1
"""From so many dead units on it is the layer that is in trouble, and not one unit of it."""


class Trouble(StrEnum):
    """What can be wrong with a layer, or that nothing is."""

    HEALTHY = "healthy"
    VANISHING = "vanishing"
    EXPLODING = "exploding"
    DEAD = "dead"
    SATURATED = "saturated"
    OVERGROWN = "overgrown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A layer's state. ``value``: ‖δ⁽ˡ⁾‖/‖δ⁽ᴸ⁾‖ for healthy, vanishing and exploding, the share of units for dead and
    saturated, the greatest |a| for overgrown. ``units``: which units those are, from 0."""

    block_id: str
    trouble: Trouble
    value: float
    units: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a block is judged by: ‖δ‖ (None where it is not recorded), and which of its ``units`` are dead, saturated
    and overgrown; an output's ``saturated`` counts only units that are stuck with wrong answers. ``largest``: |a|."""

    block_id: str
    delta: float | None
    units: int = 1
    dead: tuple[int, ...] = ()
    saturated: tuple[int, ...] = ()
    overgrown: tuple[int, ...] = ()
    largest: float = 0.0


def judge(blocks: Sequence[Evidence]) -> tuple[Verdict, ...]:
    """One or more verdicts per block with a recorded ‖δ‖, those of others only where units are in trouble.

    Blocks come in order from the input; the last is the output, where the signal starts. Exploding and vanishing are
    measured from the last hidden layer backwards: the ratio of a layer's ‖δ‖ to it. A ‖δ‖ of exactly zero, the
    output's too, is a signal that has vanished: nothing that hangs on it can learn.
    """
    deltas = [block.delta for block in blocks if block.delta is not None]
    reference = deltas[-2] if len(deltas) > 1 else (deltas[-1] if deltas else 0.0)
    found: list[Verdict] = []
    for block in blocks:
        ratio = _ratio(block.delta, reference)
        troubles = _signal_troubles(block, ratio, block is blocks[-1]) + _unit_troubles(block)
        if not troubles and block.delta is not None:
            troubles = [Verdict(block.block_id, Trouble.HEALTHY, ratio)]
        found += troubles
    return tuple(found)


def _ratio(delta: float | None, reference: float) -> float:
    """‖δ‖ over the reference, which is zero where no signal reaches the last hidden layer: no gain then."""
    if not delta:
        return 0.0
    return delta / reference if reference > 0.0 else 1.0


def _signal_troubles(block: Evidence, ratio: float, is_output: bool) -> list[Verdict]:
    if block.delta is None:
        return []
    if block.delta == 0.0 or (ratio < VANISHING_RATIO and not is_output):
        return [Verdict(block.block_id, Trouble.VANISHING, ratio)]
    if ratio > EXPLODING_RATIO and not is_output:
        return [Verdict(block.block_id, Trouble.EXPLODING, ratio)]
    return []


def _unit_troubles(block: Evidence) -> list[Verdict]:
    found = []
    if block.dead:
        found.append(Verdict(block.block_id, Trouble.DEAD, len(block.dead) / block.units, block.dead))
    saturated = len(block.saturated) / block.units
    if saturated >= SATURATED_SHARE:
        found.append(Verdict(block.block_id, Trouble.SATURATED, saturated, block.saturated))
    if block.overgrown:
        found.append(Verdict(block.block_id, Trouble.OVERGROWN, block.largest, block.overgrown))
    return found
