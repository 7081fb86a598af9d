"""What a nudge passes on its way: kinks, and jumps, which the output's own values tell from kinks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from engine.autodiff.going import HAIRS, leaps
from engine.autodiff.graph import ScalarGraph, ScalarNode
from engine.autodiff.kinks import BENDING, written
from engine.autodiff.sweep import values_of

_PARTS = 65
_ROUNDS = 12
"""A 64th of the way each time: after so many nothing is left that float64 has numbers in."""


def passed_over(
    graph: ScalarGraph, inputs: Mapping[str, float], name: str, to: float, ends: Sequence[Sequence[float]]
) -> tuple[str, bool]:
    """Of the operations that are on one side of their kink before an input goes ``to`` another value and on the other
    after that, the first at which the output jumps, or else the first of all, written out; and whether the output jumps
    there. Empty where there is none. ``ends``: the values of all nodes before and after. Nothing may be collapsed."""
    passed = [one for one in graph.operations if _passes(graph.nodes[one], *ends)]
    for one in passed:
        rule = graph.nodes[one].rule
        if rule is not None and rule.key == "sign" and _jumps(graph, one, inputs, name, to):
            return written(graph, one), True
    return (written(graph, passed[0]), False) if passed else ("", False)


def _passes(node: ScalarNode, before: Sequence[float], after: Sequence[float]) -> bool:
    """Whether the operands are on two sides of a kink."""
    if node.rule is None or node.rule.key not in BENDING:
        return False
    first, *second = node.parents
    here, there = (values[first] - (values[second[0]] if second else 0.0) for values in (before, after))
    return here < 0.0 < there or there < 0.0 < here


def _jumps(graph: ScalarGraph, sign: int, inputs: Mapping[str, float], name: str, to: float) -> bool:
    """Whether the output jumps where the operand of a sign passes 0 on the way."""
    low, high = inputs[name], to
    (operand,) = graph.nodes[sign].parents
    with np.errstate(all="ignore"):
        for _ in range(_ROUNDS):
            x = np.linspace(low, high, _PARTS)
            sides = np.sign(values_of(graph, {**inputs, name: x})[operand])
            passed = int(np.argmax(sides != sides[0]))
            low, high = float(x[passed - 1]), float(x[passed])
        hairs = np.array(HAIRS) * max(1.0, abs(high))
        before, after = (values_of(graph, {**inputs, name: high + way * hairs})[graph.output] for way in (-1.0, 1.0))
        return leaps(before, after)
