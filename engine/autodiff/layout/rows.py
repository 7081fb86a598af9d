"""Rows: every item as near as may be to those it is joined to, in its order and with room between.

A column at a time: with the neighbours held, the best rows in the sense of least squares are an isotonic regression,
found exactly by pooling adjacent violators (Barlow et al., "Statistical Inference under Order Restrictions", 1972).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from engine.autodiff.layout.layers import ABOVE, MANY, Layers
from engine.autodiff.layout.order import Order

ROUNDS = 4
ROUNDS_OF_MANY = 2
SETTLING = 10
SETTLED = 150
"""Rounds more, each of which heeds both sides, of a graph of so few items: it is seen whole. While somebody types,
nodes rather stay where they were."""
NODE_ROOM, LEAF_ROOM, BEND_ROOM, LINE = 1.0, 0.7, 0.5, 0.18
"""How high an operation is with its name above it and its numbers beneath, a variable, an edge, and each line more."""
STRAIGHT = 8.0
"""How much more a bend wants to be in line than a node does."""
YIELDING = 0.05
"""How much of its weight a variable has, and an item that has no wish."""
ANCHOR = 12.0
"""How much a node that was there before wants to stay, against one neighbour's pull."""


def rows_of(layers: Layers, order: Order, known: Mapping[int, float]) -> list[float]:
    """The row of each item; ``known``: the rows of nodes that stood there before."""
    anchors = {item: known[node] for item, node in enumerate(layers.node) if node is not None and node in known}
    rows = _stacked(layers, order)
    offsets = {column: _offsets(layers, items) for column, items in enumerate(order)}
    leftward, rightward = range(len(order) - 1, -1, -1), range(len(order))
    rounds = ROUNDS if len(layers.node) < MANY else ROUNDS_OF_MANY
    passes = [(leftward, False, True), (rightward, True, False)] * rounds + [(leftward, True, True)]
    if len(layers.node) <= SETTLED and not known:
        passes += [(rightward, True, True), (leftward, True, True)] * SETTLING
    for columns, heeds_left, heeds_right in passes:
        for column in columns:
            items = order[column]
            wishes = [_wish(layers, rows, anchors, item, heeds_left, heeds_right) for item in items]
            for item, row in zip(items, _fitted(wishes, offsets[column]), strict=True):
                rows[item] = row
    return rows


def _stacked(layers: Layers, order: Order) -> list[float]:
    """Each column by itself, about the middle."""
    rows = [0.0] * len(layers.node)
    for items in order:
        offsets = _offsets(layers, items)
        middle = offsets[-1] / 2.0
        for item, offset in zip(items, offsets, strict=True):
            rows[item] = offset - middle
    return rows


def _offsets(layers: Layers, items: Sequence[int]) -> list[float]:
    """How far below the first each item of a column stands at least."""
    found = [0.0]
    above = layers.above
    for upper, lower in pairwise(items):
        room = (_room(layers, upper) + _room(layers, lower)) / 2.0
        found.append(found[-1] + room + LINE * layers.listed[upper] + ABOVE * above[lower])
    return found


def _room(layers: Layers, item: int) -> float:
    return BEND_ROOM if layers.node[item] is None else LEAF_ROOM if layers.leaf[item] else NODE_ROOM


def _wish(
    layers: Layers, rows: Sequence[float], anchors: Mapping[int, float], item: int, heeds_left: bool, heeds_right: bool
) -> tuple[float, float]:
    """Where an item wants to be, and how much: the mean of its neighbours on the sides that it heeds.

    A chain runs straight past the variables that join it: what has operations for operands does not heed variables,
    and variables make way.
    """
    left = layers.left[item] if heeds_left else ()
    if any(not layers.leaf[other] for other in left):
        left = [other for other in left if not layers.leaf[other]]
    bent = layers.node[item] is None
    weight = total = 0.0
    for other in (*left, *(layers.right[item] if heeds_right else ()), *layers.mates.get(item, ())):
        pull = STRAIGHT if (bent and layers.node[other] is None) or _is_chain(layers, item, other) else 1.0
        weight += pull
        total += pull * rows[other]
    if item in anchors:
        weight += ANCHOR
        total += ANCHOR * anchors[item]
    if not weight:
        return rows[item], YIELDING
    return total / weight, weight * (YIELDING if layers.leaf[item] else 1.0)


def _is_chain(layers: Layers, one: int, other: int) -> bool:
    """Return whether nothing else comes in or goes out between two neighbours, so that their edge runs level."""
    before, after = (one, other) if layers.column[one] < layers.column[other] else (other, one)
    return len(layers.right[before]) == 1 and len(layers.left[after]) == 1


def _fitted(wishes: Sequence[tuple[float, float]], offsets: Sequence[float]) -> list[float]:
    """The rows nearest to the wishes that keep the offsets between them."""
    blocks: list[tuple[float, float, int]] = []  # mean, weight, how many
    for (wish, weight), offset in zip(wishes, offsets, strict=True):
        mean, count = wish - offset, 1
        while blocks and blocks[-1][0] > mean:
            other, heavy, many = blocks.pop()
            mean = (mean * weight + other * heavy) / (weight + heavy)
            weight += heavy
            count += many
        blocks.append((mean, weight, count))
    flat = [mean for mean, _, count in blocks for _ in range(count)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=True)]
