"""A pass outside training whose results are let go of as soon as nothing that follows reads them.

A deep network's results together are megabytes, for which memory is asked of the system anew at every pass; one after
the other they stay in the processor's cache.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

import numpy as np

from engine.graph.kinds.base import Array, Context, Forward
from engine.network.numpy_passes import node_inputs, views_of
from engine.network.plan import Node, Plan
from engine.network.state import NetworkState

_LET_GO = Forward(np.zeros(0), np.zeros(0))


def walk(plan: Plan, state: NetworkState, inputs: Mapping[str, Array]) -> Iterator[tuple[Node, Forward]]:
    """Every node with its z and a of these rows, in the plan's order; the same numbers as those of
    :func:`engine.network.numpy_passes.forward_pass`. Whoever goes through it silences numpy's warnings."""
    last_reader = {source: index for index, node in enumerate(plan.nodes) for source in node.sources}
    results: list[Forward] = []
    for index, (node, weights) in enumerate(zip(plan.nodes, views_of(plan, state), strict=True)):
        sources = node_inputs(node, results, inputs)
        results.append(node.kind.forward(node.params, sources, weights, Context(node.id)))
        yield node, results[-1]
        for source in node.sources:
            if last_reader[source] == index:
                results[source] = _LET_GO


def last_z(plan: Plan, state: NetworkState, inputs: Mapping[str, Array]) -> Array:
    """z of the output block, (rows, outputs)."""
    ((_, output),) = deque(walk(plan, state, inputs), maxlen=1)
    return output.z
