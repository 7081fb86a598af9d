"""A graph on whatever numpy can compute with, arrays above all: values forward, and the slope along one variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.autodiff.graph import ScalarGraph


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
    leads = [index == variable for index in range(len(graph.nodes))]
    for index, node in enumerate(graph.nodes):
        leads[index] |= any(leads[parent] for parent in node.parents)
    gradients: list[Any] = [0.0] * graph.output + [1.0]
    for child in reversed(graph.operations):
        node = graph.nodes[child]
        operands = [values[parent] for parent in node.parents]
        for slot, parent in enumerate(node.parents):
            if leads[parent] and node.rule is not None:
                local = node.rule.slopes[slot](values[child], *operands)
                gradients[parent] = np.add(gradients[parent], np.multiply(gradients[child], local))
    return gradients[variable]
