"""The pass, step by step: what is known after how many steps.

At 0 the variables and constants are known. Then each operation works out its value; then the output is given the seed
∂y/∂y = 1; then each operation that a variable has part in hands its gradient on to its parents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.autodiff.graph import ScalarGraph


@dataclass(frozen=True, slots=True)
class Step:
    """``node`` works out its value (``"forward"``), is given 1 (``"seed"``), or hands its gradient on
    (``"backward"``)."""

    kind: Literal["forward", "seed", "backward"]
    node: int


@dataclass(frozen=True, slots=True)
class StepSchedule:
    """When what is known, in steps done; None: never.

    Of node i the value is known after ``value[i]`` steps, the whole gradient after ``gradient[i]``, and what it hands
    to its parents after ``handed[i]``. ``middle``: how many steps go forward.
    """

    steps: tuple[Step, ...]
    middle: int
    value: tuple[int, ...]
    gradient: tuple[int | None, ...]
    handed: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known at one moment: the nodes with a value, those with their whole gradient, those that have handed
    theirs on; ``last`` is the step that was just done."""

    values: frozenset[int]
    gradients: frozenset[int]
    handed: frozenset[int]
    last: Step | None


def steps(graph: ScalarGraph) -> tuple[Step, ...]:
    """The whole pass."""
    ahead = [Step("forward", index) for index in graph.operations]
    back = [Step("backward", index) for index in reversed(graph.operations) if graph.live[index]]
    return (*ahead, Step("seed", graph.output), *back)


def schedule(graph: ScalarGraph) -> StepSchedule:
    """The whole pass, with when it reaches what."""
    taken = steps(graph)
    value = [0] * len(graph.nodes)
    handed: list[int | None] = [None] * len(graph.nodes)
    gradient: list[int | None] = [None] * len(graph.nodes)
    for done, step in enumerate(taken, start=1):
        if step.kind == "forward":
            value[step.node] = done
        elif step.kind == "seed":
            gradient[step.node] = done
        else:
            handed[step.node] = done
            for parent in graph.nodes[step.node].parents:
                if graph.live[parent]:
                    gradient[parent] = done  # the last one to hand it something completes its sum
    return StepSchedule(taken, len(graph.operations), tuple(value), tuple(gradient), tuple(handed))


def known(graph: ScalarGraph, done: int) -> Known:
    """What is known after so many steps of the pass."""
    when = schedule(graph)

    def reached(moments: tuple[int | None, ...]) -> frozenset[int]:
        return frozenset(index for index, moment in enumerate(moments) if moment is not None and moment <= done)

    last = when.steps[min(done, len(when.steps)) - 1] if done > 0 else None
    return Known(reached(when.value), reached(when.gradient), reached(when.handed), last)
