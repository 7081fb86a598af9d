"""The order within each column: medians of the neighbours, sweep by sweep, as long as fewer edges cross."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from statistics import median

from engine.autodiff.layout.layers import MANY, Layers

SWEEPS = 12
SWEEPS_OF_MANY = 4
PATIENCE = 3
"""Sweeps without a gain after which nothing more is hoped for."""

Order = list[list[int]]
"""The items of each column, from the top."""


def ordered(layers: Layers, known: Mapping[int, float]) -> Order:
    """An order with few crossings; ``known``: the rows of nodes that stood there before.

    It begins with the order of the text, or with the one before, and leaves it only for fewer crossings.
    """
    first = best = order = _first(layers, known)
    fewest = crossings(layers, best)
    waited = 0
    for sweep in range(SWEEPS if len(layers.node) < MANY else SWEEPS_OF_MANY):
        if not fewest or waited == PATIENCE:
            break
        order = _swept(layers, order, rightward=sweep % 2 == 1)
        count = crossings(layers, order)
        waited += 1
        if count < fewest:
            best, fewest, waited = order, count, 0
    return _mended(layers, best, _places(layers, first)) if len(layers.node) < MANY else best


def _mended(layers: Layers, order: Order, rank: Sequence[int]) -> Order:
    """Neighbours changed over where that saves a crossing, or costs none and is as it was ``rank``ed at first."""
    result = [list(column) for column in order]
    place = _places(layers, result)
    changed = True
    while changed:  # each change leaves fewer crossings, or as many and fewer pairs turned over
        changed = False
        for column in result:
            for index in range(len(column) - 1):
                upper, lower = column[index], column[index + 1]
                gain = _crossed(layers, place, upper, lower) - _crossed(layers, place, lower, upper)
                if gain > 0 or (gain == 0 and rank[upper] > rank[lower]):
                    column[index], column[index + 1] = lower, upper
                    place[upper], place[lower] = index + 1, index
                    changed = True
    return result


def _crossed(layers: Layers, place: Sequence[int], upper: int, lower: int) -> int:
    """How many edges of two neighbours cross with the one above the other."""
    return sum(
        place[one] > place[other]
        for sides in (layers.left, layers.right)
        for one in sides[upper]
        for other in sides[lower]
    )


def crossings(layers: Layers, order: Order) -> int:
    """How many edges cross between neighbouring columns."""
    place = _places(layers, order)
    count = 0
    for column in order[:-1]:
        ends: list[int] = []
        for item in column:
            targets = sorted(place[target] for target in layers.right[item])
            count += sum(len(ends) - bisect_right(ends, target) for target in targets)
            for target in targets:
                insort(ends, target)
    return count


def _first(layers: Layers, known: Mapping[int, float]) -> Order:
    """The items as one meets them who walks from the output back, operands in their order; those that were there
    before in the order that they had, and new ones beside what they are joined to."""
    met: dict[int, float] = {}
    waiting = [item for item in reversed(layers.columns[-1])]
    while waiting:
        item = waiting.pop()
        if item not in met:
            met[item] = len(met)
            waiting.extend(reversed([*layers.summed.get(item, ()), *layers.left[item]]))
    for item, parents in sorted(layers.summed.items(), key=lambda pair: -met[pair[0]]):
        met[item] = max(met[item], max(met[parent] for parent in parents) + 0.5)  # below what it adds
    columns = layers.columns
    if not known:
        return [sorted(column, key=lambda item: met[item]) for column in columns]
    row: dict[int, float] = {
        item: known[node] for item, node in enumerate(layers.node) if node is not None and node in known
    }
    for item in met:  # a new one stands where the first that uses it does, or what it is made of
        if item not in row:
            beside = [row[other] for other in (*layers.right[item], *layers.left[item]) if other in row]
            row[item] = sum(beside) / len(beside) if beside else 0.0
    return [sorted(column, key=lambda item: (row[item], met[item])) for column in columns]


def _swept(layers: Layers, order: Order, *, rightward: bool) -> Order:
    """Every column in turn put in the order of its neighbours' medians in the column that was done before."""
    result = [list(column) for column in order]
    place = _places(layers, order)
    sides = layers.left if rightward else layers.right
    turns = range(1, len(result)) if rightward else range(len(result) - 2, -1, -1)
    for column in turns:
        items = result[column]
        wanted = {item: _median([place[other] for other in sides[item]], place[item]) for item in items}
        items.sort(key=lambda item: (wanted[item], place[item]))
        for index, item in enumerate(items):
            place[item] = index
    return result


def _median(places: Sequence[int], otherwise: float) -> float:
    return median(places) if places else otherwise


def _places(layers: Layers, order: Order) -> list[int]:
    """How far down its column each item stands."""
    place = [0] * len(layers.node)
    for column in order:
        for index, item in enumerate(column):
            place[item] = index
    return place
