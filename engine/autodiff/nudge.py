"""One input moved a little by hand, and how far the output moves with it: the slope before anybody knows calculus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.autodiff.graph import ScalarGraph
from engine.autodiff.kinks import passed_over
from engine.autodiff.tape import forward


@dataclass(frozen=True, slots=True)
class Nudge:
    """An input and the output, before and after; ``passed``: an operation whose kink lies between, written out."""

    input_before: float
    input_after: float
    output_before: float
    output_after: float
    passed: str = ""

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


def nudge(
    graph: ScalarGraph, inputs: Mapping[str, float], name: str, by: float, *, before: float | None = None
) -> Nudge:
    """Move one input, the others held. ``before``: the output as it is, where that is known already. Raises EngineError
    where a variable has no value."""
    after = {**inputs, name: inputs[name] + by}
    known = before if before is not None else forward(graph, inputs).of[graph.output]
    passed = passed_over(graph, inputs, after)
    return Nudge(inputs[name], after[name], known, forward(graph, after).of[graph.output], passed)
