"""Where numbers stop meaning anything: division by zero, log of a negative, overflow; and all that comes after it.

The values themselves stay what float64 makes of them, as torch's do: 1/∞ is 0 again, and still means nothing here.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from engine.autodiff import problems as wrong
from engine.autodiff.collapse import opened
from engine.autodiff.graph import ScalarGraph, ScalarNode
from engine.autodiff.sweep import is_passed_over, values_of
from engine.autodiff.trace import Edge, Fault, Values
from engine.problems import ProblemKind


def forward_faults(graph: ScalarGraph, values: Sequence[float]) -> Mapping[int, Fault]:
    """The nodes whose values mean nothing: where one is not finite though its operands are, and all after it."""
    faults: dict[int, Fault] = {}
    for index, node in enumerate(graph.nodes):
        before = next((faults[parent] for parent in node.parents if parent in faults), None)
        if before is not None:
            faults[index] = before
        elif not math.isfinite(values[index]):
            kind = _kind(node, [values[parent] for parent in node.parents])
            faults[index] = Fault(kind(node=graph.labels[index]), index)
    return faults


def backward_faults(
    graph: ScalarGraph, values: Values, edges: Sequence[Edge], gradients: Sequence[float | None]
) -> Mapping[int, Fault]:
    """The nodes whose gradients mean nothing, and all before them."""
    faults: dict[int, Fault] = {}
    if graph.output in values.faults:
        faults[graph.output] = values.faults[graph.output]
    broken = {edge.parent for edge in edges if not math.isfinite(edge.handed)}
    for edge in edges:
        before = faults.get(edge.child)
        if edge.parent in faults or (before is not None and not values.faults and _is_passed_over(graph, values, edge)):
            continue
        if before is not None and edge.local == 0.0 and math.isinf(edge.arrived):
            problem = wrong.INFINITY_TIMES_ZERO(node=graph.labels[edge.parent])
            faults[edge.parent] = Fault(problem, edge.child)
        elif before is not None:
            faults[edge.parent] = before
        elif not math.isfinite(edge.local):
            labels = {"node": graph.labels[edge.child], "parent": graph.labels[edge.parent]}
            faults[edge.parent] = Fault(wrong.ENDLESS_SLOPE(**labels), edge.child)
        elif edge.slot in conventional_slots(graph, values.of, edge.child):
            labels = {"node": graph.labels[edge.child], "exponent": graph.labels[edge.parent]}
            faults[edge.parent] = Fault(wrong.ZERO_TO_ZERO_SLOPE(**labels), edge.child)
        elif edge.parent in broken and math.isfinite(edge.handed):
            continue  # another edge is the one to tell of
        elif not math.isfinite(gradients[edge.parent] or 0.0):
            faults[edge.parent] = Fault(wrong.GRADIENT_OVERFLOW(node=graph.labels[edge.parent]), edge.parent)
    return faults


def _is_passed_over(graph: ScalarGraph, values: Values, edge: Edge) -> bool:
    node, operands = graph.nodes[edge.child], _operands(graph, values.of, edge.child)
    return bool(is_passed_over(node, edge.slot, edge.local, operands))


def conventional_slots(graph: ScalarGraph, values: Sequence[float], index: int) -> Collection[int]:
    """The operands of a node along which the slope is 0 by convention, torch's too, where there is none: along the
    exponent of 0⁰ the rule gives 1·log(0) = −∞, and 0ᵛ jumps. Of a collapsed node: those that lead to such an exponent
    in it."""
    node = graph.nodes[index]
    if node.rule is None or (node.rule.key != "^" if node.inner is None else not _has_power(node.inner)):
        return ()
    operands = _operands(graph, values, index)
    if node.inner is None:
        return (1,) if operands[0] == operands[1] == 0.0 else ()
    inner = opened(node.inner)
    with np.errstate(all="ignore"):
        within = values_of(inner, dict(zip(node.rule.parameters, operands, strict=True)))
    found = {child: conventional_slots(inner, within, child) for child in inner.operations}
    return [
        slot
        for slot, name in enumerate(node.rule.parameters)
        if any(not set(ways).isdisjoint(found[child]) for child, ways in inner.ways_from(name))
    ]


def _has_power(graph: ScalarGraph) -> bool:
    """Whether a power with a moving exponent is among its nodes, or within what is collapsed there."""
    return any(
        _has_power(node.inner) if node.inner is not None else node.rule is not None and node.rule.key == "^"
        for node in graph.nodes
    )


def _operands(graph: ScalarGraph, values: Sequence[float], index: int) -> list[float]:
    return [values[parent] for parent in graph.nodes[index].parents]


def _kind(node: ScalarNode, operands: Sequence[float]) -> ProblemKind:
    """What is wrong with an operation whose result is not finite."""
    key = node.rule.key if node.rule else ""
    if node.inner is not None:
        return wrong.INNER_FAULT
    if key in ("/", "reciprocal") and operands[-1] == 0.0:
        return wrong.DIVISION_BY_ZERO
    if key == "log":
        return wrong.LOG_OF_NEGATIVE if operands[0] < 0.0 else wrong.LOG_OF_ZERO
    if key == "sqrt":
        return wrong.ROOT_OF_NEGATIVE
    if key.startswith("^") and operands[0] == 0.0:
        return wrong.DIVISION_BY_ZERO
    if key.startswith("^") and operands[0] < 0.0:
        return wrong.POWER_OF_NEGATIVE
    return wrong.OVERFLOW if key else wrong.INPUT_NOT_FINITE
