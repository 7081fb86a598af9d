"""Everything that one stage works out for one unit, line by line."""

from __future__ import annotations

from dataclasses import dataclass

from engine.network.plan import Node
from engine.training.lines.backward import backward_lines, gradient_lines, gradient_rule
from engine.training.lines.expression import WorkedLine
from engine.training.lines.forward import forward_lines
from engine.training.lines.losses import loss_lines
from engine.training.lines.reading import Reading
from engine.training.lines.update import strongest, update_lines
from engine.training.trace import PassTrace, Phase, Stage

MOST_GRADIENTS = 6
"""So many weights of a unit have their gradients worked out one by one."""


@dataclass(frozen=True, slots=True)
class Working:
    """``lines``: the stage's own. In a backward stage ``gradients`` has ∂L/∂ of the first weights of the unit and of
    its bias, ``rule`` (mathtext) says them all at once, and ``left_out`` how many weights more there are.

    ``parameter``: whose update the lines are of, by name and index, in an update stage.
    """

    lines: tuple[WorkedLine, ...]
    gradients: tuple[WorkedLine, ...] = ()
    rule: str = ""
    left_out: int = 0
    parameter: tuple[str, tuple[int, ...]] | None = None


def work_out(trace: PassTrace, stage: Stage, unit: int, *, most: int = 4) -> Working:
    """The stage for one unit of the first row; ``most`` terms of a sum are written out. Nothing for a recommender's
    pass, whose trace does not bring its network along."""
    if trace.plan is None or trace.update is None:
        return Working(())
    reading = Reading(trace, 0, most)
    node = reading.node(stage.block_id)
    if stage.phase is Phase.FORWARD:
        return Working(forward_lines(reading, node, unit))
    if stage.phase is Phase.LOSS:
        return Working(loss_lines(reading))
    if stage.phase is Phase.BACKWARD:
        return _backward(reading, node, unit)
    slot, index = strongest(reading, node, unit)
    return Working(update_lines(reading, slot, index), parameter=(slot.spec.name, index))


def _backward(reading: Reading, node: Node, unit: int) -> Working:
    lines = backward_lines(reading, node, unit)
    inputs = reading.sources(node)[0].width if len(node.sources) == 1 else 0
    shown = inputs if inputs <= MOST_GRADIENTS + 1 else MOST_GRADIENTS
    gradients = gradient_lines(reading, node, unit, range(shown))
    if not gradients:
        return Working(lines)
    return Working(lines, gradients, gradient_rule(reading, node, unit), inputs - shown)
