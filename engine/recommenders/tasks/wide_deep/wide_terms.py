"""The wide half as a sum that can be read: which weights are on for a row, each by the names that it stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Columns, Ids
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.cross import Cross, CrossParams, cross_ids
from engine.graph.kinds.on_torch import as_bags
from engine.graph.kinds.sparse_linear import SparseLinear
from engine.network.plan import Node
from engine.recommenders.data.tables.encoding import Encoder
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.tasks.wide_deep.insight import Product, Term, column_of, title, value_name

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WideTerm:
    """A weight that is on. ``product``: the conditions that switch it on, one alone or the several of a cross.
    ``node``: the index of the block whose table the weight is in, and ``row``: which row of it."""

    product: Product
    weight: float
    node: int
    row: int

    @property
    def name(self) -> str:
        """``education=Doctorate × occupation=Exec-managerial``."""
        return title(self.product)


@dataclass(frozen=True, slots=True)
class WideCross:
    """A cross that the wide half reads: its ``columns``, and where its weights lie: rows ``begin`` to ``begin + size``
    of the table of block ``node``. ``widths``: ids of each column."""

    columns: tuple[str, ...]
    widths: tuple[int, ...]
    node: int
    begin: int
    size: int

    @property
    def features(self) -> int:
        """One for each combination of ids."""
        return prod(self.widths)

    @property
    def hashed(self) -> bool:
        """There are more features than weights."""
        return self.features > self.size


def wide_nodes(network: RecommenderNetwork) -> list[int]:
    """The sparse linear blocks that go into the joint logit."""
    plan = network.plan
    return [source for source in plan.output.sources if isinstance(plan.nodes[source].kind, SparseLinear)]


def wide_crosses(network: RecommenderNetwork) -> list[WideCross]:
    """The crosses of columns that the wide half reads, in the order of the graph."""
    found: list[WideCross] = []
    for at in wide_nodes(network):
        wide, begin = network.plan.nodes[at], 0
        for source, width in zip(wide.sources, wide.in_widths, strict=True):
            node, shift = network.plan.nodes[source], begin
            begin += width
            if not isinstance(node.params, CrossParams) or not isinstance(node.kind, Cross):
                continue
            names = [column_of(network.plan.nodes[member]) for member in node.sources]
            for slots, size in zip(node.params.crosses, node.kind.sizes(node.params, node.in_widths), strict=True):
                columns, widths = tuple(names[slot] for slot in slots), tuple(node.in_widths[slot] for slot in slots)
                found.append(WideCross(columns, widths, at, shift, size))
                shift += size
    return found


def wide_weights(network: RecommenderNetwork, node: int) -> Floats:
    """All weights of a block of the wide half, (ids,)."""
    table = network.tables[network.plan.nodes[node].id, "W"]
    return np.asarray(table[:, 0].cpu().numpy(), np.float64)


def wide_terms(network: RecommenderNetwork, encoder: Encoder, columns: Columns, row: int) -> list[WideTerm]:
    """All weights that are on for a row of ``columns``, in the order of the graph; their sum is the wide logit."""
    one = columns.take(np.array([row]))
    found: list[WideTerm] = []
    for at in wide_nodes(network):
        node, begin = network.plan.nodes[at], 0
        table = wide_weights(network, at)
        for source, width in zip(node.sources, node.in_widths, strict=True):
            for conditions, id_ in _ids(network, encoder, source, one):
                found.append(WideTerm(conditions, float(table[begin + id_]), at, begin + id_))
            begin += width
    return found


def _ids(network: RecommenderNetwork, encoder: Encoder, at: int, one: Columns) -> Iterator[tuple[Product, int]]:
    """What a block of ids gives for a single row: each id, and the conditions that it stands for."""
    node = network.plan.nodes[at]
    if isinstance(node.params, CategoricalParams | BagParams):
        name = node.params.column
        for id_ in as_bags(one[name]).ids.tolist():
            yield (Term(name, value_name(encoder, name, id_)),), id_
    elif isinstance(node.params, CrossParams) and isinstance(node.kind, Cross):
        members = [list(_ids(network, encoder, source, one)) for source in node.sources]
        yield from _crossed(node, node.params, node.kind, members)


def _crossed(
    node: Node, params: CrossParams, kind: Cross, inputs: list[list[tuple[Product, int]]]
) -> Iterator[tuple[Product, int]]:
    """Every combination of each cross, in the order in which the cross numbers them: the last input runs fastest."""
    shift = 0
    for slots, size in zip(params.crosses, kind.sizes(params, node.in_widths), strict=True):
        members = [inputs[slot] for slot in slots]
        bags = [_alone([id_ for _, id_ in member]) for member in members]
        ids = as_bags(cross_ids(bags, [node.in_widths[slot] for slot in slots], size)).ids.tolist()
        for combination, id_ in zip(product(*members), ids, strict=True):
            yield tuple(term for conditions, _ in combination for term in conditions), shift + id_
        shift += size


def _alone(ids: list[int]) -> Bags:
    """The ids of a single row."""
    return Bags(np.array(ids, np.int64), np.array([0, len(ids)], np.int64))


def counts_of(network: RecommenderNetwork, keys: dict[int, Ids | Bags]) -> dict[int, Ids]:
    """In how many places of some prepared rows each weight is on, (rows of the table,), by the block's index."""
    found = {}
    for at in wide_nodes(network):
        node, ids = network.plan.nodes[at], keys[at]
        flat = ids.ids if isinstance(ids, Bags) else ids.reshape(-1)
        found[at] = np.bincount(flat, minlength=sum(node.in_widths)).astype(np.int64)
    return found
