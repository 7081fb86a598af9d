"""A graph on whatever numpy can compute with, arrays above all: values forward, and the slope along one variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.autodiff.graph import ScalarGraph
from engine.autodiff.rules import handed_on


def values_of(graph: ScalarGraph, given: Mapping[str, Any]) -> list[Any]:
    """The value of every node."""
    values: list[Any] = []
    for node in graph.nodes:
        if node.rule is not None:
            values.append(node.rule.value(*[values[parent] for parent in node.parents]))
        else:
            values.append(given[node.name] if node.is_variable else node.value)
    return values


def slope_along(graph: ScalarGraph, values: Sequence[Any], name: str) -> Any:
    """∂output/∂``name``: the tape's way back, along the edges that lead to that variable alone."""
    variable = graph.variables.get(name)
    if variable is None:
        return 0.0
    gradients: list[Any] = [0.0] * graph.output + [1.0]
    for child, slots in graph.ways_from(name):
        node = graph.nodes[child]
        assert node.rule is not None
        operands = [values[parent] for parent in node.parents]
        for slot in slots:
            parent, local = node.parents[slot], node.rule.slopes[slot](values[child], *operands)
            gradients[parent] = np.add(gradients[parent], handed_on(node.rule, gradients[child], local, operands))
    return gradients[variable]
