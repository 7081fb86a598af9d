"""The tape: values go forward along the graph, then gradients backward, ``E × local derivative`` on each edge.

With ``y`` the output and E = ∂y/∂v what has arrived at a node v, each of its parents u is handed E·∂v/∂u. A node that
several others use adds up what they hand it (the chain rule of several variables). That is reverse accumulation; see
Baydin et al., "Automatic Differentiation in Machine Learning: a Survey", JMLR 2018, section 3.2.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

import numpy as np

from engine.autodiff.faults import backward_faults, forward_faults
from engine.autodiff.graph import ScalarGraph
from engine.autodiff.problems import NO_VALUE
from engine.autodiff.sweep import handed_on
from engine.autodiff.trace import Edge, Gradients, Values
from engine.problems import EngineError


def forward(graph: ScalarGraph, inputs: Mapping[str, float]) -> Values:
    """Every node's value. Raises EngineError where a variable is given none; further inputs are passed over."""
    values: list[float] = []
    with np.errstate(all="ignore"):
        for node in graph.nodes:
            if node.rule is not None:
                values.append(float(node.rule.value(*[values[parent] for parent in node.parents])))
            elif node.value is not None:
                values.append(node.value)
            elif node.name in inputs:
                values.append(float(inputs[node.name]))
            else:
                raise EngineError(NO_VALUE(name=node.name))
    return Values(tuple(values), forward_faults(graph, values))


def backward(graph: ScalarGraph, values: Values) -> Gradients:
    """Every node's gradient, and what goes along every edge that leads to a variable."""
    gradients: list[float | None] = [None] * len(graph.nodes)
    gradients[graph.output] = 1.0
    edges: list[Edge] = []
    with np.errstate(all="ignore"):
        for child in reversed(graph.operations):
            arrived = gradients[child]
            if arrived is None:
                continue
            node = graph.nodes[child]
            operands = [values.of[parent] for parent in node.parents]
            for slot, parent in enumerate(node.parents):
                if graph.live[parent] and node.rule is not None:
                    local = float(node.rule.slopes[slot](values.of[child], *operands))
                    if not isfinite(handed := arrived * local):
                        handed = float(handed_on(node, slot, arrived, local, operands))
                    edges.append(Edge(parent, child, slot, arrived, local, handed))
                    gradients[parent] = handed + (gradients[parent] or 0.0)
    return Gradients(tuple(gradients), tuple(edges), backward_faults(graph, values, edges, gradients))
