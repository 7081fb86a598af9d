"""Whether one line (or plane) parts a table: a setting that does it, or a proof that there is none.

That a unit does a table is a system of linear inequalities in (w, b). By Farkas' lemma it has no solution exactly where
some of the wishes, added up with whole positive factors, contradict each other: the points that are to fire and those
that are not have then a mixture in common, so that their convex hulls meet. The smallest such combinations have at most
n + 2 points (Radon, 1921), so that all of them can be looked through, in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product
from math import gcd, hypot, lcm

from engine.neuron.tables import Row, Targets, inputs_of, rows
from engine.neuron.unit import Unit

LARGEST = 2
"""Whole weights up to this size do every table of three inputs that one plane can do (held by a test)."""


@dataclass(frozen=True, slots=True)
class Share:
    """A row in a contradiction, and how often its inequality is added."""

    row: int
    times: int


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Why no setting does a table: the two sums have the same ``weights`` and ``bias`` as factors of w₁ …, b, yet the
    wishes of ``fires`` add up to at least 0, and those of ``silent`` to less. ``meeting``: the point in both hulls."""

    fires: tuple[Share, ...]
    silent: tuple[Share, ...]
    weights: tuple[int, ...]
    bias: int
    meeting: tuple[Fraction, ...]


def contradiction(fires: Sequence[Row], silent: Sequence[Row]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """The smallest whole factors with Σ λ·(x, 1) over ``fires`` = Σ μ·(x, 1) over ``silent``, in the order given and 0
    for rows that are not needed; None where the hulls do not meet, and so a line parts them."""
    points = [(*x, 1) for x in (*fires, *silent)]
    if not fires or not silent:
        return None
    signs = [1] * len(fires) + [-1] * len(silent)
    found: list[tuple[int, int, tuple[int, ...]]] = []
    for size in range(2, len(points[0]) + 2):
        for chosen in combinations(range(len(points)), size):
            if chosen[-1] < len(fires) or chosen[0] >= len(fires):
                continue  # rows of one side alone contradict nothing
            factors = _positive_kernel([tuple(signs[i] * v for v in points[i]) for i in chosen])
            if factors is not None:
                whole = [0] * len(points)
                for index, factor in zip(chosen, factors, strict=True):
                    whole[index] = factor
                found.append((max(factors), sum(factors), tuple(whole)))
        if found:
            best = min(found, key=lambda one: one[:2])[2]
            return best[: len(fires)], best[len(fires) :]
    return None


def _positive_kernel(columns: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """The only vector, up to its length, that the columns add up to 0 with, in whole numbers, if all is positive."""
    count, height = len(columns), len(columns[0])
    matrix = [[column[row] for column in columns] for row in range(height)]
    pivots: list[int] = []
    for column in range(count):
        at = len(pivots)
        pivot = next((row for row in range(at, height) if matrix[row][column]), None)
        if pivot is None:
            continue
        matrix[at], matrix[pivot] = matrix[pivot], matrix[at]
        base = matrix[at]
        scale = base[column]
        for row in range(height):  # multiplied crosswise, so that all stays whole
            factor = matrix[row][column]
            if row != at and factor:
                matrix[row] = [scale * value - factor * below for value, below in zip(matrix[row], base, strict=True)]
        pivots.append(column)
    free = [column for column in range(count) if column not in pivots]
    if len(free) != 1:
        return None
    common = lcm(*(matrix[row][column] for row, column in enumerate(pivots)))
    vector = [common] * count
    for row, column in enumerate(pivots):
        vector[column] = -matrix[row][free[0]] * common // matrix[row][column]
    if min(vector) <= 0:
        return None
    shared = gcd(*vector)
    return tuple(value // shared for value in vector)


@lru_cache(maxsize=512)
def why_none(targets: Targets) -> Contradiction | None:
    """Why no setting does the table; None where one does."""
    if targets in answers(inputs_of(targets)):
        return None  # nothing to look for: what is known to be done cannot be contradicted
    points = rows(inputs_of(targets))
    sides = [[index for index, target in enumerate(targets) if target is wanted] for wanted in (True, False)]
    found = contradiction([points[i] for i in sides[0]], [points[i] for i in sides[1]])
    if found is None:
        return None
    fires, silent = (
        tuple(Share(row, times) for row, times in zip(side, factors, strict=True) if times)
        for side, factors in zip(sides, found, strict=True)
    )
    total = sum(one.times for one in fires)
    weights = tuple(sum(one.times * points[one.row][axis] for one in fires) for axis in range(len(points[0])))
    return Contradiction(fires, silent, weights, total, tuple(Fraction(weight, total) for weight in weights))


@lru_cache(maxsize=8)
def answers(inputs: int) -> dict[Targets, Unit]:
    """Every table of so many inputs that one unit can do, with the setting of small whole weights and a half-integer
    bias whose line stays farthest from the points."""
    best: dict[Targets, tuple[float, float, Unit]] = {}
    for weights in product(range(-LARGEST, LARGEST + 1), repeat=inputs):
        sums = [sum(weight for weight, bit in zip(weights, x, strict=True) if bit) for x in rows(inputs)]
        size, length = sum(map(abs, weights)), hypot(*weights)
        for twice in range(-2 * inputs * LARGEST - 1, 2 * inputs * LARGEST + 2, 2):
            doubled = [2 * total + twice for total in sums]  # 2z: whole and odd, so never 0
            targets = tuple(value > 0 for value in doubled)
            constant = all(targets) or not any(targets)
            margin = -length if constant else min(map(abs, doubled)) / length
            rank = (margin, -size - abs(twice))
            if targets not in best or rank > best[targets][:2]:
                best[targets] = (*rank, Unit(tuple(float(weight) for weight in weights), twice / 2))
    return {targets: unit for targets, (_, _, unit) in best.items()}


def answer(targets: Targets) -> Unit | None:
    """A setting that does the table, with the step; None where there is none."""
    return answers(inputs_of(targets)).get(targets)


@lru_cache(maxsize=512)
def hull_edges(points: tuple[Row, ...]) -> tuple[tuple[int, int], ...]:
    """Pairs of corners (their places in ``points``) that are edges of the convex hull: no mixture of the other points
    lies on them."""
    edges = []
    for first, second in combinations(range(len(points)), 2):
        others = [point for index, point in enumerate(points) if index not in (first, second)]
        if contradiction([points[first], points[second]], others) is None:
            edges.append((first, second))
    return tuple(edges)
