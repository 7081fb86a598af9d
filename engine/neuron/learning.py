"""The perceptron rule (Rosenblatt, 1958), one row at a time: ``w ← w + η·(t − y)·x``, ``b ← b + η·(t − y)``.

With the step it changes only what is wrong, and ends after finitely many steps where a line does it (Novikoff, 1962).
With the logistic and tanh the same line is a step down the gradient: of the cross-entropy with y = σ(z), and of that of
(1 + y)/2 with y = tanh(z) and targets ±1.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from engine.neuron.tables import Row, Targets, right_count, rows
from engine.neuron.unit import LARGEST_PARAMETER, Unit, exactly, target_value

End = Literal["learnt", "cycles", "limit", "beyond"]
LIMIT = 400
"""Steps after which it stops by itself."""


@dataclass(frozen=True, slots=True)
class LearningStep:
    """One row shown. ``error``: t − y. ``change``: what is added to each weight (n,), ``bias_change`` to the bias."""

    row: int
    x: Row
    z: float
    output: float
    target: float
    error: float
    change: tuple[float, ...]
    bias_change: float
    before: Unit
    after: Unit
    right: int
    """Rows done right after it."""

    @property
    def moved(self) -> bool:
        """Whether anything has changed."""
        return self.after != self.before

    @property
    def output_after(self) -> float:
        """The output in the same row with the weights after it."""
        return self.after.value(self.x)


@dataclass(frozen=True, slots=True)
class Learning:
    """A whole run. ``learnt``: all rows are right. ``cycles``: with the step, the weights are at a row again that they
    have been at, so that it goes round for ever; ``since`` is the step after which they were there first. ``limit``:
    there were so many steps. ``beyond``: the next one would take a weight or the bias beyond its bounds."""

    start: Unit
    rate: float
    steps: tuple[LearningStep, ...]
    end: End
    since: int | None = None

    def unit_after(self, steps: int) -> Unit:
        """The unit as it is after so many steps."""
        return self.steps[steps - 1].after if steps else self.start


def learn(start: Unit, targets: Targets, rate: float, limit: int = LIMIT) -> Learning:
    """Show the rows in turn, over and over, until all are right, the weights go round in a circle, would grow
    beyond their bounds, or ``limit``."""
    seen: dict[tuple[int, Unit], int] = {}
    steps: list[LearningStep] = []
    unit = start
    while right_count(unit, targets) < len(targets):
        row = len(steps) % len(targets)
        if start.output == "step" and (row, unit) in seen:
            return Learning(start, rate, tuple(steps), "cycles", seen[row, unit])
        seen[row, unit] = len(steps)
        if len(steps) == limit:
            return Learning(start, rate, tuple(steps), "limit")
        step = show_row(unit, targets, row, rate)
        if max(map(abs, (*step.after.weights, step.after.bias))) > LARGEST_PARAMETER:
            return Learning(start, rate, tuple(steps), "beyond")
        steps.append(step)
        unit = step.after
    return Learning(start, rate, tuple(steps), "learnt")


def show_row(unit: Unit, targets: Targets, row: int, rate: float) -> LearningStep:
    """One step of the rule, in decimals as on paper while the output is a whole number."""
    x = rows(unit.inputs)[row]
    output = unit.value(x)
    target = target_value(unit.output, targets[row])
    push = exactly(rate) * (exactly(target) - exactly(output))
    weights = tuple(float(exactly(weight) + push * bit) for weight, bit in zip(unit.weights, x, strict=True))
    after = Unit(weights, float(exactly(unit.bias) + push), unit.output)
    change = tuple(float(push * Fraction(bit)) for bit in x)
    error = float(exactly(target) - exactly(output))
    right = right_count(after, targets)
    return LearningStep(row, x, unit.z(x), output, target, error, change, float(push), unit, after, right)
