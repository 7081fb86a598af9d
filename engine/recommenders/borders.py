"""What transforms know of the data: the quantiles of every column that they read, fitted on training rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.graph.kinds.transform import TransformParams
from engine.network.plan import Plan
from engine.problems import EngineError, declare
from engine.recommenders.data.columns import Columns
from engine.recommenders.network import RecommenderNetwork
from engine.recommenders.prepared import Floats, prepare, still_nodes

LEARNED_INPUT = declare(
    "recommender.transform-of-learned",
    "“{block}” maps numbers through their quantiles, which change as the blocks before it learn; "
    "wire it to the data's numbers, or set its quantiles to 0.",
)


def fit_borders(network: RecommenderNetwork, columns: Columns) -> None:
    """Fill the borders of every transform from training rows, in place; ties give equal borders, and a column without
    a finite value borders of 0.

    Raises EngineError for a transform that reads what is learned, and whatever :func:`prepare` raises.
    """
    import torch

    plan = network.plan
    for at, node in enumerate(plan.nodes):
        if not isinstance(node.params, TransformParams) or not node.params.quantiles:
            continue
        if node.sources[0] not in still_nodes(plan):
            raise EngineError(LEARNED_INPUT(block=node.block.title or node.id))
        # In topological order: transforms before this one have their borders by now.
        inputs = _inputs(plan, at, columns, network)
        network.view((node.id, "borders")).copy_(torch.from_numpy(quantiles(inputs, node.params.quantiles)))


def quantiles(values: Floats, steps: int) -> Floats:
    """The ``steps`` + 1 quantiles of each column of ``values`` (rows, n), ascending, (n, steps + 1)."""
    at = np.linspace(0.0, 1.0, steps + 1)
    finite = [column[np.isfinite(column)] for column in values.T]
    found = [np.quantile(column, at) if len(column) else np.zeros(steps + 1) for column in finite]
    return np.stack(found).astype(np.float32)


def _inputs(plan: Plan, at: int, columns: Columns, network: RecommenderNetwork) -> Floats:
    """What flows into a node, (rows, width): the plan is cut off behind it, so that its source is what is wanted."""
    source = plan.nodes[at].sources[0]
    before = replace(plan, nodes=(*plan.nodes[: source + 1], plan.nodes[at]))
    prepared = prepare(before, columns, np.zeros(columns.rows, np.float32), buffers=network.buffer_views())
    return prepared.numbers[source]
