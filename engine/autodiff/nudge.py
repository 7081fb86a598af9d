"""One input moved a little by hand, and how far the output moves with it: the slope before anybody knows calculus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.autodiff.collapse import opened
from engine.autodiff.graph import ScalarGraph
from engine.autodiff.passing import passed_over
from engine.autodiff.tape import forward
from engine.autodiff.trace import Values


@dataclass(frozen=True, slots=True)
class Nudge:
    """An input and the output, before and after; ``passed``: an operation whose kink lies between, written out;
    ``jumps``: it is no kink but a jump."""

    input_before: float
    input_after: float
    output_before: float
    output_after: float
    passed: str = ""
    jumps: bool = False

    @property
    def input_change(self) -> float:
        """Δinput, as float64 took it."""
        return self.input_after - self.input_before

    @property
    def output_change(self) -> float:
        """Δoutput."""
        return self.output_after - self.output_before

    @property
    def slope(self) -> float | None:
        """Δoutput/Δinput; None where the input did not move."""
        return self.output_change / self.input_change if self.input_change else None


SMALLER = (0.5, 2.0**-4, 2.0**-10, 2.0**-20)
"""Parts of a nudge that are tried where the whole of it leads to no number."""


@dataclass(frozen=True, slots=True)
class FiniteNudges:
    """Which other nudges lead to a finite result where one doesn't: as far the other way, less far, or both."""

    other_way: bool
    less: bool
    less_the_other_way: bool


def finite_nudges(graph: ScalarGraph, inputs: Mapping[str, float], name: str, by: float) -> FiniteNudges:
    """Try them. Raises EngineError where a variable has no value."""

    def is_finite(step: float) -> bool:
        return not forward(graph, {**inputs, name: inputs[name] + step}).faults

    less, other = (any(is_finite(way * by * part) for part in SMALLER) for way in (1.0, -1.0))
    return FiniteNudges(is_finite(-by), less, other)


def nudge(
    graph: ScalarGraph, inputs: Mapping[str, float], name: str, by: float, *, before: Values | None = None
) -> Nudge:
    """Move one input, the others held. ``before``: the values as they are, where they are known already. Raises
    EngineError where a variable has no value."""
    moved = {**inputs, name: inputs[name] + by}
    here, there = before or forward(graph, inputs), forward(graph, moved)
    whole = opened(graph)
    ends = (here, there) if whole is graph else (forward(whole, inputs), forward(whole, moved))
    passed, jumps = passed_over(whole, inputs, name, moved[name], [end.of for end in ends])
    return Nudge(inputs[name], moved[name], here.of[graph.output], there.of[graph.output], passed, jumps)
