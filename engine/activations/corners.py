"""Kinks found from an expression itself: where what stands in an abs, a relu, a max or a min crosses its corner.

Numbers alone do not show them all: a kink may be far smaller than what the slope does about it, or lie between two
others. So every corner within an expression is looked for, and then whether anything is left of it in the whole:
relu(x)² has none at 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function, Jump, round_place
from engine.autodiff import BENDING, Node, ScalarGraph
from engine.autodiff.sweep import values_of

Array = npt.NDArray[np.float64]

REACH = 1000.0
"""As far as an axis goes."""
_FINE = 40.0
_GRID = np.union1d(np.linspace(-_FINE, _FINE, 8001), np.linspace(-REACH, REACH, 8001))
_HALVINGS = 60
MOST_CORNERS = 200
"""Of a function that bends without end, such as abs(sin(100x)), those that are nearest to 0."""
_CLOSER = 100.0
_PERSISTS = 0.5
"""It is a kink when this share of the change of the slope, or more, is left a hundred times as near to it."""
_LEAST = 1e-9
"""A change of less, relative to the slopes, is rounding."""
_AGREES = 1e-6
"""Slopes nearer than this, relative to themselves or to 1, are one."""
_SAME = 1e-8
"""Two places that are nearer than this, relative to themselves, are one."""


def corners_of(graph: ScalarGraph, variable: str, given: Mapping[str, float]) -> tuple[float, ...]:
    """The places, from left to right, at which some operation is at its corner as the variable goes from −1000 to 1000;
    ``given``: the values of the other variables."""
    bending = [index for index, node in enumerate(graph.nodes) if _bends(node)]
    if not bending:
        return ()
    with np.errstate(all="ignore"):
        known = values_of(graph, {**given, variable: _GRID})
        offsets = [np.broadcast_to(_offset(graph.nodes[index], known), _GRID.shape) for index in bending]
        on = [_GRID[_touching(offset)] for offset in offsets]
        passed = [_crossed(offset) for offset in offsets]
        wanted = _nearest_to_0(passed)
        between = [
            _bisected(graph, index, given, variable, intervals[np.isin(intervals, wanted)])
            for index, intervals in zip(bending, passed, strict=True)
        ]
    places = _apart(np.concatenate([*on, *between]))
    nearest = places[np.argsort(np.abs(places), kind="stable")][:MOST_CORNERS]
    return tuple(np.sort(nearest).tolist())


def kinks_at(places: Sequence[float], value: Function, slope: Function) -> tuple[Jump, ...]:
    """Those places at which the whole has one slope to the left and another to the right."""
    at = np.array(places, np.float64)
    near, far = 1e-9 * np.maximum(1.0, np.abs(at)), _CLOSER * 1e-9 * np.maximum(1.0, np.abs(at))
    with np.errstate(all="ignore"):
        left, right = slope(at - near), slope(at + near)
        change, further = np.abs(right - left), np.abs(slope(at + far) - slope(at - far))
        least = _LEAST * np.maximum(np.abs(left), np.abs(right))
        is_kink = np.isfinite(value(at)) & np.isfinite(change) & (change > least) & (change >= _PERSISTS * further)
        found = zip(at, left, right, slope(at), strict=True)
    return tuple(Jump(*map(float, one)) for one, holds in zip(found, is_kink, strict=True) if holds)


def agreed_at(places: Sequence[float], slope: Function) -> tuple[Jump, ...]:
    """Those places at which the slope is said to be a number that it does not come to from either side: each operation
    bends there by itself, and has a slope that is agreed on, while the whole is smooth."""
    at = np.array(places, np.float64)
    near = 1e-9 * np.maximum(1.0, np.abs(at))
    with np.errstate(all="ignore"):
        found = [Jump(*map(float, one)) for one in zip(at, slope(at - near), slope(at + near), slope(at), strict=True)]
    return tuple(one for one in found if is_level(one) and abs(one.at - one.left) > _AGREES * max(1.0, abs(one.left)))


def is_level(one: Jump) -> bool:
    """Whether it comes to the same from both sides."""
    return abs(one.right - one.left) <= _AGREES * max(1.0, abs(one.left))


def with_kinks(known: Sequence[Jump], more: Sequence[Jump]) -> tuple[Jump, ...]:
    """Both together, from left to right, each place once."""
    new = [one for one in more if not any(_is_same(one.x, other.x) for other in known)]
    return tuple(sorted((*known, *new), key=lambda one: one.x))


def _bends(node: Node) -> bool:
    """Whether an operation has a corner, or a jump, where its operand is 0 or its operands are the same."""
    return node.rule is not None and node.rule.key in BENDING


def _offset(node: Node, known: Sequence[Any] | Mapping[int, Any]) -> Any:
    """How far from its corner an operation is."""
    first, *second = (known[parent] for parent in node.parents)
    return first - second[0] if second else first


def _touching(offset: Array) -> npt.NDArray[np.bool_]:
    """Where it is exactly at its corner, and not on both sides of there too."""
    zero = offset == 0.0
    within: npt.NDArray[np.bool_] = np.r_[True, zero[:-1]] & np.r_[zero[1:], True]
    return np.asarray(zero & ~within)


def _crossed(offset: Array) -> npt.NDArray[np.intp]:
    """The intervals within which it passes its corner."""
    sides = np.sign(offset)
    return np.flatnonzero(sides[:-1] * sides[1:] < 0.0)


def _nearest_to_0(passed: Sequence[npt.NDArray[np.intp]]) -> npt.NDArray[np.intp]:
    """The intervals within which there is a corner of any operation: no more than there may be corners, since each has
    one at least."""
    intervals = np.unique(np.concatenate(passed))
    distance = np.minimum(np.abs(_GRID[intervals]), np.abs(_GRID[intervals + 1]))
    return intervals[np.argsort(distance, kind="stable")][:MOST_CORNERS]


def _bisected(
    graph: ScalarGraph, index: int, given: Mapping[str, float], variable: str, intervals: npt.NDArray[np.intp]
) -> Array:
    """Where exactly one operation is at its corner, in each of the intervals that it passes it in: the first number
    that is not on the side that it comes from."""
    if not intervals.size:
        return np.zeros(0)
    node, needed = graph.nodes[index], _needed_by(graph, index)
    low, high = _GRID[intervals], _GRID[intervals + 1]

    def sides(x: Array) -> Array:
        known = _values_of_some(graph, needed, {**given, variable: x})
        return np.asarray(np.sign(np.broadcast_to(_offset(node, known), x.shape)), np.float64)

    width, side = high - low, sides(low)
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        before = sides(middle) == side
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    rounded = [round_place(float(x), float(span)) for x, span in zip(high, width, strict=True)]
    return np.array(rounded, np.float64)


def _needed_by(graph: ScalarGraph, index: int) -> tuple[int, ...]:
    """The nodes that an operation's operands are made of, in the order in which they are worked out."""
    needed, open_ones = set[int](), list(graph.nodes[index].parents)
    while open_ones:
        one = open_ones.pop()
        if one not in needed:
            needed.add(one)
            open_ones += graph.nodes[one].parents
    return tuple(sorted(needed))


def _values_of_some(graph: ScalarGraph, needed: Sequence[int], given: Mapping[str, Any]) -> dict[int, Any]:
    """The values of those nodes alone, by index."""
    known: dict[int, Any] = {}
    for index in needed:
        node = graph.nodes[index]
        if node.rule is not None:
            known[index] = node.rule.value(*[known[parent] for parent in node.parents])
        else:
            known[index] = given[node.name] if node.is_variable else node.value
    return known


def _apart(places: Array) -> Array:
    """Sorted, each once."""
    places = np.sort(places)
    kept = np.r_[True, np.diff(places) > _SAME * np.maximum(1.0, np.abs(places[1:]))] if places.size else []
    return places[np.asarray(kept, np.bool_)] + 0.0


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(1.0, abs(one))
