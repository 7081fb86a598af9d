"""A network that begins by recommending what is popular, to everybody alike.

Where there are few watches, most of what they can teach is how popular each item is, and a network that begins at
nothing spends them on that. One unit of the last layer begins as the constant 1, and the items' numbers for it as the
logarithms of their counts, so that v·u is log P(item) but for a constant and for the small numbers drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation
from engine.graph.kinds.dense import DenseParams
from engine.network.plan import Node
from engine.recommenders.data.logs.log import Log
from engine.recommenders.model.network import RecommenderNetwork

if TYPE_CHECKING:
    from torch import Tensor

Counts = NDArray[np.int64]


def item_counts(log: Log) -> Counts:
    """How often each item is watched, (items,)."""
    return np.bincount(log.items, minlength=log.item_count).astype(np.int64)


def start_popular(network: RecommenderNetwork, counts: Counts) -> None:
    """Let a new network begin so, ``counts`` (items,) being how often each item is watched. A graph whose last block is
    no dense layer with a bias begins as it was drawn."""
    last = _last_layer(network)
    if last is None:
        return
    network.view((last.id, "W"))[0] = 0.0
    network.view((last.id, "b"))[0] = 1.0
    logs = np.log1p(counts) / _constant(last)
    _numbers(network).copy_(_tensor(logs - logs.mean()))  # centred: what all items share says nothing


def count_on(network: RecommenderNetwork, before: Counts, now: Counts) -> None:
    """Let a network that has begun by counts of ``before`` count on to those of ``now``, (items,) both; what it has
    learned besides stays."""
    last = _last_layer(network)
    if last is not None:
        _numbers(network).add_(_tensor((np.log1p(now) - np.log1p(before)) / _constant(last)))


def _last_layer(network: RecommenderNetwork) -> Node | None:
    """The layer that puts the users' vectors out, where a unit of it can begin as a constant that is not 0."""
    last = network.plan.nodes[network.plan.output.sources[0]]
    params = last.params
    if not isinstance(params, DenseParams) or not params.bias or not activation(params.activation).elementwise:
        return None
    return last if _constant(last) else None


def _constant(last: Node) -> float:
    """What a unit with a bias of 1 and no weights puts out: 1 where it is a ReLU, as in the template."""
    return float(activation(last.params.activation).value(np.ones(1), last.params.alpha)[0])


def _numbers(network: RecommenderNetwork) -> Tensor:
    """The items' numbers for the last layer's first unit, (items,), as a view."""
    return network.tables[network.plan.output.id, "V"][:, 0]


def _tensor(values: NDArray[np.float64]) -> Tensor:
    import torch

    return torch.from_numpy(values.astype(np.float32))
