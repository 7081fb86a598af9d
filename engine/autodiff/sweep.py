"""A graph on whatever numpy can compute with, arrays above all: values forward, and the slope along one variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.autodiff.graph import ScalarGraph, ScalarNode


def values_of(graph: ScalarGraph, given: Mapping[str, Any]) -> list[Any]:
    """The value of every node."""
    values: list[Any] = []
    for node in graph.nodes:
        if node.rule is not None:
            values.append(node.rule.value(*[values[parent] for parent in node.parents]))
        else:
            values.append(given[node.name] if node.is_variable else node.value)
    return values


def slope_along(graph: ScalarGraph, values: Sequence[Any], name: str, arrived: float = 1.0) -> Any:
    """``arrived`` · ∂output/∂``name``: the tape's way back, along the edges that lead to that variable alone."""
    variable = graph.variables.get(name)
    if variable is None:
        return 0.0
    gradients: list[Any] = [0.0] * graph.output + [arrived]
    for child, slots in graph.ways_from(name):
        node = graph.nodes[child]
        assert node.rule is not None
        operands = [values[parent] for parent in node.parents]
        for slot in slots:
            parent, local = node.parents[slot], node.rule.slopes[slot](values[child], *operands)
            gradients[parent] = np.add(gradients[parent], handed_on(node, slot, gradients[child], local, operands))
    return gradients[variable]


def handed_on(node: ScalarNode, slot: int, arrived: Any, local: Any, operands: Sequence[Any]) -> Any:
    """E × local; 0 to an operand that is passed over, even where E is ∞, as torch has it."""
    product = np.multiply(arrived, local)
    if np.isfinite(product).all():
        return product
    return np.where(is_passed_over(node, slot, local, operands), 0.0, product)


def is_passed_over(node: ScalarNode, slot: int, local: Any, operands: Sequence[Any]) -> Any:
    """Whether the result is chosen from elsewhere: max(u, v) takes the other operand. A collapsed node passes over
    what no part of it would hand ∞ to."""
    rule = node.rule
    if rule is None or not rule.chooses:
        return False
    if node.inner is None:
        return np.equal(local, 0.0)
    with np.errstate(all="ignore"):
        within = values_of(node.inner, dict(zip(rule.parameters, operands, strict=True)))
        return np.equal(slope_along(node.inner, within, rule.parameters[slot], np.inf), 0.0)
