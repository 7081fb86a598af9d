"""A small change of one number beside the derivative: what was measured, and what calculus says."""

from __future__ import annotations

from dataclasses import dataclass

from engine.neuron.sheet import NeuronContent
from engine.neuron.unit import Unit


@dataclass(frozen=True, slots=True)
class NeuronNudge:
    """``measured``: Δy/Δ of the number that was changed; ``derivative``: ∂y/∂ of it before the change."""

    old: float
    new: float
    output_before: float
    output_after: float
    derivative: float

    @property
    def measured(self) -> float:
        """Δy over the change."""
        return (self.output_after - self.output_before) / (self.new - self.old)


def nudge_weight(content: NeuronContent, index: int, old: float, new: float) -> NeuronNudge:
    """What a change of a weight does to the output at the row that is looked at. ``old`` and ``new`` differ."""
    return _nudge(content, index, old, new)


def nudge_bias(content: NeuronContent, old: float, new: float) -> NeuronNudge:
    """The same for the bias."""
    return _nudge(content, len(content.weights), old, new)


def _nudge(content: NeuronContent, index: int, old: float, new: float) -> NeuronNudge:
    parameters = (*content.weights, content.bias)
    x = content.x

    def unit_with(value: float) -> Unit:
        changed = (*parameters[:index], value, *parameters[index + 1 :])
        return Unit(changed[:-1], changed[-1], content.output)

    before, after = unit_with(old), unit_with(new)
    return NeuronNudge(old, new, before.value(x), after.value(x), before.slopes(x)[index])
