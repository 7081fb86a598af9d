"""A graph's numbers by somebody else: PyTorch where it is installed, else Python's ``math`` and finite differences."""

from __future__ import annotations

import math
import operator
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.autodiff.collapse import opened
from engine.autodiff.curves import settled_differences
from engine.autodiff.evaluate import compiled
from engine.autodiff.graph import ScalarGraph
from engine.autodiff.kinks import kinks
from engine.autodiff.operations import Function
from engine.autodiff.tape import backward, forward
from engine.autodiff.torch_twin import by_torch
from engine.extras import has_torch
from engine.value_check import CheckedValue, Oracle


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """Values and gradients by node, None where there is nothing to say of one; who says so; and how far off each
    gradient may be by its own account."""

    values: tuple[float | None, ...]
    gradients: tuple[float | None, ...]
    values_by: Oracle
    gradients_by: Oracle
    errors: tuple[float, ...]

    def value(self, index: int) -> CheckedValue[float] | None:
        """A node's value."""
        value = self.values[index]
        return None if value is None else CheckedValue(value, self.values_by)

    def gradient(self, index: int) -> CheckedValue[float] | None:
        """∂output/∂node."""
        value = self.gradients[index]
        return None if value is None else CheckedValue(value, self.gradients_by, self.errors[index])


def check_graph(graph: ScalarGraph, inputs: Mapping[str, float]) -> GradientCheck:
    """Every node's value and gradient. It may load torch: for a background. Without torch, a node whose gradient is a
    convention, as at a kink, has none here, and none has one where a value on the way means nothing."""
    if has_torch():
        found = by_torch(graph, inputs)
        exact = (0.0,) * len(graph.nodes)
        return GradientCheck(found.values, found.gradients, Oracle.TORCH, Oracle.TORCH, exact)
    whole = opened(graph)
    values = forward(whole, inputs)
    slopes = {} if values.faults else settled_differences(graph, inputs)
    told = backward(whole, values).of
    untold = {i for i, node in enumerate(graph.nodes) if not math.isfinite(told[whole.index[node.key]] or 0.0)}
    untold.update(kinks(graph, inputs))
    settled = [slopes.get(index, (math.nan, 0.0)) for index in range(len(graph.nodes))]
    gradients = tuple(
        slope if math.isfinite(slope) and index not in untold else None for index, (slope, _) in enumerate(settled)
    )
    errors = tuple(error for _, error in settled)
    return GradientCheck(values_by_math(graph, inputs), gradients, Oracle.ARITHMETIC, Oracle.DIFFERENCES, errors)


def values_by_math(graph: ScalarGraph, inputs: Mapping[str, float]) -> tuple[float | None, ...]:
    """Every node's value by Python's ``math``; None where that refuses, as a logarithm of 0, and behind it. What is
    collapsed is worked out part by part."""
    whole = opened(graph)
    values: list[float | None] = []
    for node in whole.nodes:
        if node.rule is not None:
            operands = [values[parent] for parent in node.parents]
            values.append(_applied(compiled(node.rule.formula, node.rule.parameters, _MATH), operands))
        else:
            values.append(node.value if node.value is not None else float(inputs[node.name]))
    return tuple(values[whole.index[node.key]] for node in graph.nodes)


def _applied(function: Function, operands: Sequence[float | None]) -> float | None:
    if None in operands:
        return None
    try:
        value = function(*operands)
    except (ArithmeticError, ValueError):
        return None
    return float(value) if isinstance(value, int | float) and math.isfinite(value) else None


def _sigmoid(u: float) -> float:
    decay = math.exp(-abs(u))
    return (decay if u < 0.0 else 1.0) / (1.0 + decay)


_SINGLE = ("exp", "log", "sin", "cos", "tan", "atan", "sinh", "cosh", "tanh", "erf", "sqrt")
_MATH: Mapping[str, Function] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": operator.pow,
    "neg": operator.neg,
    "sigmoid": _sigmoid,
    "relu": lambda u: max(u, 0.0),
    "abs": abs,
    "sign": lambda u: float((u > 0.0) - (u < 0.0)),
    "max": max,
    "min": min,
    **{name: getattr(math, name) for name in _SINGLE},
}
"""Python's function for each of our operations."""
