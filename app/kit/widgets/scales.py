"""How a slider's whole positions stand for values: even steps, even ratios, or a list."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.kit.numbers import rounded


class Scale(Protocol):
    """Positions 0 … ``last`` of a slider and the values they stand for."""

    @property
    def last(self) -> int:
        """The rightmost position."""

    def value_at(self, position: int) -> float:
        """The value at a position."""

    def position_of(self, value: float) -> int:
        """The position nearest to a value, which may lie outside."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Even steps from ``low`` to ``high``."""

    low: float
    high: float
    step: float = 1.0

    @property
    def last(self) -> int:
        return round((self.high - self.low) / self.step)

    def value_at(self, position: int) -> float:
        return round(self.low + position * self.step, 10)

    def position_of(self, value: float) -> int:
        return min(max(round((value - self.low) / self.step), 0), self.last)


@dataclass(frozen=True, slots=True)
class Log:
    """Even ratios from ``low`` to ``high``, each value cut to two significant digits.

    With ``zero`` the leftmost position stands for 0.
    """

    low: float
    high: float
    per_decade: int = 20
    zero: bool = False

    @property
    def last(self) -> int:
        return round(math.log10(self.high / self.low) * self.per_decade) + int(self.zero)

    def value_at(self, position: int) -> float:
        if self.zero and position == 0:
            return 0.0
        return rounded(self.low * 10 ** ((position - int(self.zero)) / self.per_decade))

    def position_of(self, value: float) -> int:
        if value < self.low:
            return 0
        position = round(math.log10(value / self.low) * self.per_decade) + int(self.zero)
        return min(max(position, 0), self.last)


@dataclass(frozen=True, slots=True)
class Listed:
    """The values of a list in ascending order."""

    values: Sequence[float]

    @property
    def last(self) -> int:
        return len(self.values) - 1

    def value_at(self, position: int) -> float:
        return self.values[position]

    def position_of(self, value: float) -> int:
        held = min(max(value, self.values[0]), self.values[-1])  # far beyond, all would be as near as each other
        return min(range(len(self.values)), key=lambda at: abs(self.values[at] - held))
