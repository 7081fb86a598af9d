"""What is known of a graph at one moment of its playback, as plain data: what is not there is not known yet."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from app.kit.numbers import to_digits

DIGITS = 6
"""Of values, slopes and gradients alike: a number that is handed on looks as it did, and every product on screen can be
checked by hand, but for a unit of its last digit."""


class Phase(Enum):
    """Which way the step at hand goes."""

    START = "start"
    FORWARD = "forward"
    SEED = "seed"
    BACKWARD = "backward"


@dataclass(frozen=True, slots=True)
class Handed:
    """What goes back along an edge: ``upstream`` · ``local`` = ``product``."""

    upstream: float
    local: float
    product: float


@dataclass(frozen=True, slots=True)
class PassState:
    """``values``, ``gradients``: by node, None for what is not known yet. ``handed``: by (target, slot). ``current``:
    the node at work, and in which ``phase``. ``faulty``: nodes whose value means nothing, and why; where all values do,
    those whose gradient does not. ``hollow``: nodes whose gradient means nothing, and why."""

    values: Sequence[float | None] = ()
    gradients: Sequence[float | None] = ()
    handed: Mapping[tuple[int, int], Handed] = field(default_factory=dict)
    current: int | None = None
    phase: Phase = Phase.START
    faulty: Mapping[int, str] = field(default_factory=dict)
    hollow: Mapping[int, str] = field(default_factory=dict)
    step: int = 0
    steps: int = 0

    @property
    def complete(self) -> bool:
        """Whether all of it is known."""
        return self.steps > 0 and self.step >= self.steps

    @property
    def largest(self) -> float:
        """The gradient that the thickest lane stands for, without its sign: all others are drawn by it."""
        known = [abs(one) for one in self.gradients if one is not None]
        if math.isfinite(sum(known)):
            return max(known, default=0.0)
        return max(filter(math.isfinite, known), default=0.0)

    @property
    def broken(self) -> Collection[int]:
        """The nodes whose value means nothing: one that is not finite, and all that rest on it."""
        return self.faulty if self.faulty is not self.hollow else ()


@lru_cache(maxsize=8192)
def value_text(value: float) -> str:
    """A value, as everywhere here."""
    return to_digits(value, DIGITS)


gradient_text = value_text
"""A gradient too: where one is a value or a slope as it was, it reads the same."""


def marked_gradient(value: float, *, hollow: bool) -> str:
    """A gradient; with a mark where it means nothing and is finite all the same."""
    text = gradient_text(value)
    return f"! {text}" if hollow and math.isfinite(value) else text


def bracketed(text: str) -> str:
    """A factor of a product: a negative one in brackets."""
    return f"({text})" if text.startswith("−") else text


@dataclass(frozen=True, slots=True)
class ValueOf:
    """The key of a node's value."""

    node: str


@dataclass(frozen=True, slots=True)
class GradientOf:
    """The key of a node's gradient."""

    node: str


@dataclass(frozen=True, slots=True)
class ShareOf:
    """The key of what one node hands to one of its operands."""

    node: str
    slot: int


@dataclass(frozen=True, slots=True)
class SlopeOf:
    """The key of a collapsed node's local derivative along one of its operands. ``group``: what is to be collapsed into
    the node, where that has not been done."""

    node: str
    slot: int
    group: frozenset[str] = frozenset()


NumberKey = ValueOf | GradientOf | ShareOf | SlopeOf
