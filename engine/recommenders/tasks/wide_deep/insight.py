"""What a Wide & Deep network has learned, in words: each half's logit per example, and the strongest crosses by name.

A cross-product is told from the data and not from its number: a hashed number says nothing of the names behind it, and
an exact one that no training row has is one whose weight has never moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from engine.graph.columns import UNKNOWN, Bags, Column, Columns, Ids
from engine.graph.kinds.bag import BagParams
from engine.graph.kinds.categorical import CategoricalParams
from engine.graph.kinds.cross import Cross, CrossParams, cross_ids
from engine.graph.kinds.on_torch import EndKind, as_bags
from engine.graph.kinds.sparse_linear import SparseLinear
from engine.network.plan import Node
from engine.recommenders.data.tables.encoding import Encoder, Scale
from engine.recommenders.data.tables.fields import binned_name
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.prepared_rows import PreparedRows

ROWS_AT_ONCE = 65_536
Floats = NDArray[np.float64]


# Per example ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WideDeepAnswers:
    """Cheng et al. 2016, equation 3, all arrays (rows,): ``logit`` = ``wide`` + ``deep`` + ``bias``, ``probability``
    its logistic. A half that the graph does not have gives zeros."""

    wide: Floats
    deep: Floats
    bias: float
    logit: Floats
    probability: Floats


def answers(network: RecommenderNetwork, prepared: PreparedRows) -> WideDeepAnswers:
    """What the network says of each row."""
    plan = network.plan
    end = plan.output
    assert isinstance(end.kind, EndKind)
    is_wide = {source: isinstance(plan.nodes[source].kind, SparseLinear) for source in end.sources}
    halves = np.zeros((3, prepared.rows))
    for begin in range(0, prepared.rows, ROWS_AT_ONCE):
        rows = np.arange(begin, min(begin + ROWS_AT_ONCE, prepared.rows))
        z, _ = network.outputs(prepared.take(rows))
        for source in end.sources:
            halves[0 if is_wide[source] else 1, rows] += z[source][:, 0].cpu().numpy()
        halves[2, rows] = z[len(plan.nodes) - 1][:, 0].cpu().numpy()
    wide, deep, logit = halves
    return WideDeepAnswers(wide, deep, float(network.view((end.id, "b"))[0]), logit, expit(logit))


# Cross-products ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """One condition of a cross-product: that a column holds a value."""

    column: str
    value: str

    def __str__(self) -> str:
        return f"{self.column}={self.value}"


Product = tuple[Term, ...]
"""AND(column=value, …): 1 for the rows of which all conditions are true, else 0."""


def title(product: Product) -> str:
    """``education=Doctorate × occupation=Exec-managerial``."""
    return " × ".join(str(term) for term in product)


def products_of(encoder: Encoder, cross: Sequence[str], columns: Columns, row: int) -> list[Product]:
    """The products of a cross, a set of columns by name, that are 1 on a row: one, or with bags any number."""
    one = columns.take(np.array([row]))
    members = [one[name] for name in cross]
    every = np.arange(len(_places(members).ids))
    return [_product(encoder, cross, combination) for combination in _met(members, every)]


def phi(encoder: Encoder, columns: Columns, row: int, products: Sequence[Product]) -> list[tuple[str, int]]:
    """φ of one row: n products give n new features, each its title and 0 or 1."""
    crosses = {tuple(term.column for term in product) for product in products}
    true = {product for cross in crosses for product in products_of(encoder, cross, columns, row)}
    return [(title(product), int(product in true)) for product in products]


# What weighs most -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StrongCross:
    """A weight of the wide part and the ``products`` that share it, the most frequent first: more than one only where
    the cross is hashed. ``count``: how often they occur in the rows that the names were looked for in."""

    products: tuple[Product, ...]
    weight: float
    count: int

    @property
    def name(self) -> str:
        """The most frequent product's title, and how many others share its bucket."""
        others = len(self.products) - 1
        return title(self.products[0]) + (f" (and {others} more in its bucket)" if others else "")


def strongest_crosses(
    network: RecommenderNetwork, encoder: Encoder, columns: Columns, top: int = 20, least: int = 1
) -> list[StrongCross]:
    """The ``top`` crosses of the largest absolute weight that is not 0, strongest first, of those that occur ``least``
    times in ``columns``, the training rows."""
    found: list[StrongCross] = []
    for node, weights in _crosses(network):
        assert isinstance(node.params, CrossParams) and isinstance(node.kind, Cross)
        names = [column_of(network.plan.nodes[source]) for source in node.sources]
        begin = 0
        for slots, size in zip(node.params.crosses, node.kind.sizes(node.params, node.in_widths), strict=True):
            widths = [node.in_widths[slot] for slot in slots]
            here = weights[begin : begin + size]
            found += _strongest(encoder, [names[slot] for slot in slots], widths, here, columns, top, least)
            begin += size
    return sorted(found, key=lambda one: -abs(one.weight))[:top]


def _crosses(network: RecommenderNetwork) -> Iterator[tuple[Node, Floats]]:
    """Every Cross block that a sparse linear block reads, with its ids' weights."""
    for wide in network.plan.nodes:
        if not isinstance(wide.kind, SparseLinear):
            continue
        begin = 0
        table = network.tables[wide.id, "W"][:, 0].cpu().numpy()
        for source, width in zip(wide.sources, wide.in_widths, strict=True):
            node = network.plan.nodes[source]
            if isinstance(node.params, CrossParams):
                yield node, table[begin : begin + width]
            begin += width


def column_of(node: Node) -> str:
    """The data's column that a block of ids reads, or the block's title where it makes its ids itself."""
    if isinstance(node.params, CategoricalParams | BagParams):
        return node.params.column
    return node.block.title or node.id


def _strongest(
    encoder: Encoder,
    cross: Sequence[str],
    widths: Sequence[int],
    weights: Floats,
    columns: Columns,
    top: int,
    least: int,
) -> list[StrongCross]:
    counts = np.zeros(len(weights), np.int64)
    for ids, _ in _numbered(cross, widths, len(weights), columns):
        counts += np.bincount(ids, minlength=len(weights))
    strength = np.where(counts >= max(least, 1), np.abs(weights), 0.0)
    chosen = np.argsort(-strength, kind="stable")[:top]
    chosen = chosen[strength[chosen] > 0.0]
    wanted = np.zeros(len(weights), bool)
    wanted[chosen] = True
    members: dict[int, Counter[tuple[int, ...]]] = {int(at): Counter() for at in chosen}
    for ids, portion in _numbered(cross, widths, len(weights), columns):
        occurrences = np.flatnonzero(wanted[ids])
        combinations = _met([portion[name] for name in cross], occurrences)
        for at, combination in zip(ids[occurrences].tolist(), combinations, strict=True):
            members[at][combination] += 1
    return [
        StrongCross(
            tuple(_product(encoder, cross, combination) for combination, _ in members[at].most_common()),
            float(weights[at]),
            int(counts[at]),
        )
        for at in members
    ]


def _numbered(
    cross: Sequence[str], widths: Sequence[int], size: int, columns: Columns
) -> Iterator[tuple[Ids, Columns]]:
    """The cross's ids of all combinations, portion by portion of the rows, and the portion."""
    for begin in range(0, columns.rows, ROWS_AT_ONCE):
        portion = columns.take(np.arange(begin, min(begin + ROWS_AT_ONCE, columns.rows)))
        yield as_bags(cross_ids([portion[name] for name in cross], widths, size)).ids, portion


def _places(members: Sequence[Column]) -> Bags:
    """For each row a bag with, for each of its combinations, where its ids stand in the members' own bags: one number,
    mixed-radix. The same rule makes these as makes the ids, so that both stand in the same order."""
    bags = [as_bags(column) for column in members]
    within = [Bags(np.arange(len(bag.ids)) - np.repeat(bag.offsets[:-1], bag.lengths), bag.offsets) for bag in bags]
    radix = _radix(bags)
    return as_bags(cross_ids(within, radix, prod(radix)))


def _radix(bags: Sequence[Bags]) -> list[int]:
    return [int(bag.lengths.max(initial=1)) for bag in bags]


def _met(members: Sequence[Column], occurrences: Ids) -> list[tuple[int, ...]]:
    """The members' ids of some occurrences of a cross, numbered through all rows."""
    bags = [as_bags(column) for column in members]
    places = _places(members)
    rows = np.repeat(np.arange(places.rows), places.lengths)[occurrences]
    rest = places.ids[occurrences]
    ids = []
    for bag, base in zip(reversed(bags), reversed(_radix(bags)), strict=True):
        rest, place = np.divmod(rest, base)
        ids.append(bag.ids[bag.offsets[rows] + place].tolist())
    return list(zip(*reversed(ids), strict=True))


# Names ------------------------------------------------------------------------------------------------------------


def _product(encoder: Encoder, cross: Sequence[str], ids: Sequence[int]) -> Product:
    return tuple(Term(name, value_name(encoder, name, at)) for name, at in zip(cross, ids, strict=True))


def value_name(encoder: Encoder, column: str, at: int) -> str:
    """What an id of a column stands for: a name, or the borders of a bin in the number's own unit."""
    if column in encoder.vocabularies:
        return encoder.vocabularies[column].name(at) if at != UNKNOWN else "(unknown)"
    scales = {binned_name(name): scale for name, scale in encoder.scales.items()}
    return _bin_name(scales[column], at) if column in scales else str(at)


def _bin_name(scale: Scale, at: int) -> str:
    if not scale.borders:
        return "any"
    if at == 0:
        return f"< {scale.borders[0]:g}"
    if at == len(scale.borders):
        return f"≥ {scale.borders[-1]:g}"
    return f"{scale.borders[at - 1]:g} … {scale.borders[at]:g}"


def rows_with(encoder: Encoder, product: Product, columns: Columns) -> NDArray[np.bool_]:
    """Whether all conditions hold, (rows,); of a bag, that the value is among its names."""
    held = np.ones(columns.rows, np.bool_)
    for term in product:
        bags = as_bags(columns[term.column])
        wanted = np.array(
            [value_name(encoder, term.column, at) == term.value for at in range(_size(bags.ids))], np.bool_
        )
        owners = np.repeat(np.arange(bags.rows), bags.lengths)
        held &= np.bincount(owners, wanted[bags.ids], minlength=bags.rows) > 0
    return held


def _size(ids: NDArray[np.int64]) -> int:
    return int(ids.max(initial=-1)) + 1
