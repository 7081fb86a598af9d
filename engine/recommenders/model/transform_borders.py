"""What transforms know of the data: the quantiles of every column that they read, fitted on training rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from engine.graph.columns import Columns
from engine.graph.kinds.transform import TransformParams
from engine.network.plan import Plan, WeightKey
from engine.problems import EngineError, declare
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import Floats, prepare, still_nodes

if TYPE_CHECKING:
    from torch import Tensor

LEARNED_INPUT = declare(
    "recommender.transform-of-learned",
    "“{block}” uses the quantiles of its input, which change as the blocks before it learn. Wire it to the "
    "data's numbers, or set its quantiles to 0.",
)

Borders = tuple[tuple[float, ...], ...]
"""Per column of a transform its quantiles, from the least to the greatest."""


def fit_borders(network: RecommenderNetwork, columns: Columns) -> None:
    """Fill the borders of every transform from training rows, in place; raises what :func:`borders_of` raises."""
    fill_borders(network, borders_of(network.plan, columns))


def borders_of(plan: Plan, columns: Columns) -> dict[str, Borders]:
    """The borders of every transform by its block's id, from training rows. Ties give equal borders, and a column
    without a finite value borders of 0.

    Raises EngineError for a transform that reads what is learned, and whatever :func:`prepare` raises.
    """
    import torch

    found: dict[str, Borders] = {}
    buffers: dict[WeightKey, Tensor] = {}
    still = still_nodes(plan)
    for at, node in enumerate(plan.nodes):
        if not isinstance(node.params, TransformParams) or not node.params.quantiles:
            continue
        if node.sources[0] not in still:
            raise EngineError(LEARNED_INPUT(block=node.block.title or node.id))
        borders = quantiles(_inputs(plan, at, columns, buffers), node.params.quantiles)
        found[node.id] = tuple(tuple(row) for row in borders.tolist())
        buffers[node.id, "borders"] = torch.from_numpy(borders)  # for transforms of this one's output
    return found


def fill_borders(network: RecommenderNetwork, borders: Mapping[str, Borders]) -> None:
    """Set the borders of transforms by their blocks' ids, in place. Raises KeyError for an id that is none."""
    import torch

    for block_id, rows in borders.items():
        network.view((block_id, "borders")).copy_(torch.tensor(rows, dtype=torch.float32))


def quantiles(values: Floats, steps: int) -> Floats:
    """The ``steps`` + 1 quantiles of each column of ``values`` (rows, n), ascending, (n, steps + 1)."""
    at = np.linspace(0.0, 1.0, steps + 1)
    finite = [column[np.isfinite(column)] for column in values.T]
    found = [np.quantile(column, at) if len(column) else np.zeros(steps + 1) for column in finite]
    return np.stack(found).astype(np.float32)


def _inputs(plan: Plan, at: int, columns: Columns, buffers: Mapping[WeightKey, Tensor]) -> Floats:
    """What flows into a node, (rows, width): the plan is cut off behind it, so that its source is what is wanted."""
    source = plan.nodes[at].sources[0]
    before = replace(plan, nodes=(*plan.nodes[: source + 1], plan.nodes[at]))
    return prepare(before, columns, np.zeros(columns.rows, np.float32), buffers=buffers).numbers[source]
