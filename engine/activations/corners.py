"""Kinks found from an expression itself: where what stands in an abs, a relu, a max or a min crosses its corner.

Numbers alone do not show them all: a kink may be far smaller than what the slope does about it, or lie between two
others. So every corner within an expression is looked for, and then whether anything is left of it in the whole:
relu(x)² has none at 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from engine.activations.jumps import Function, Jump, jump_at, round_place
from engine.autodiff import Node, ScalarGraph
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
_SAME = 1e-8
"""Two places that are nearer than this, relative to themselves, are one."""


def corners_of(graph: ScalarGraph, variable: str, given: Mapping[str, float]) -> tuple[float, ...]:
    """The places, from left to right, at which some operation is at its corner as the variable goes from −1000 to 1000;
    ``given``: the values of the other variables."""
    bending = [node for node in graph.nodes if _parts_from(node) is not None]
    if not bending:
        return ()
    with np.errstate(all="ignore"):
        known = values_of(graph, {**given, variable: _GRID})
        offsets = [np.broadcast_to(_offset(node, known), _GRID.shape) for node in bending]
        on = [_GRID[_touching(offset)] for offset in offsets]
        passed = [(at, place) for at, offset in enumerate(offsets) for place in _crossed(offset).tolist()]
        between = _bisected(graph, variable, given, bending, passed)
    places = _apart(np.concatenate([*on, between]))
    nearest = places[np.argsort(np.abs(places), kind="stable")][:MOST_CORNERS]
    return tuple(np.sort(nearest).tolist())


def kinks_at(places: Sequence[float], value: Function, slope: Function) -> tuple[Jump, ...]:
    """Those places at which the whole has one slope to the left and another to the right."""
    found = []
    for place in places:
        near = jump_at(slope, place)
        beside = _CLOSER * 1e-9 * max(1.0, abs(place))
        with np.errstate(all="ignore"):
            here, wide = value(np.array([place])), slope(np.array([place - beside, place + beside]))
        change, further = abs(near.right - near.left), abs(float(wide[1] - wide[0]))
        least = _LEAST * max(abs(near.left), abs(near.right))
        if np.isfinite(here).all() and np.isfinite(change) and change > least and change >= _PERSISTS * further:
            found.append(near)
    return tuple(found)


def with_kinks(known: Sequence[Jump], more: Sequence[Jump]) -> tuple[Jump, ...]:
    """Both together, from left to right, each place once."""
    new = [one for one in more if not any(_is_same(one.x, other.x) for other in known)]
    return tuple(sorted((*known, *new), key=lambda one: one.x))


def _parts_from(node: Node) -> int | None:
    """How many operands are held against one another at the corner; None of what has no corner."""
    return {"relu": 1, "abs": 1, "max": 2, "min": 2}.get(node.rule.key if node.rule is not None else "")


def _offset(node: Node, known: Sequence[Array]) -> Array:
    """How far from its corner an operation is."""
    first, *second = (known[parent] for parent in node.parents)
    return np.asarray(first - second[0] if second else first, np.float64)


def _touching(offset: Array) -> npt.NDArray[np.bool_]:
    """Where it is exactly at its corner, and not on both sides of there too."""
    zero = offset == 0.0
    within: npt.NDArray[np.bool_] = np.r_[True, zero[:-1]] & np.r_[zero[1:], True]
    return np.asarray(zero & ~within)


def _crossed(offset: Array) -> npt.NDArray[np.intp]:
    """The intervals within which it passes its corner."""
    sides = np.sign(offset)
    return np.flatnonzero(sides[:-1] * sides[1:] < 0.0)


def _bisected(
    graph: ScalarGraph,
    variable: str,
    given: Mapping[str, float],
    bending: Sequence[Node],
    passed: list[tuple[int, int]],
) -> Array:
    """Where exactly, of all (operation, interval) at once."""
    start = np.array([place for _, place in passed], np.intp)
    which = np.array([at for at, _ in passed], np.intp)
    low, high = _GRID[start], _GRID[start + 1]
    lane = np.arange(len(passed))

    def offsets(x: Array) -> Array:
        known = values_of(graph, {**given, variable: x})
        return np.array([np.broadcast_to(_offset(node, known), x.shape) for node in bending])[which, lane]

    width, side = high - low, np.sign(offsets(low)) if passed else low
    for _ in range(_HALVINGS if passed else 0):
        middle = 0.5 * (low + high)
        before = np.sign(offsets(middle)) == side
        low, high = np.where(before, middle, low), np.where(before, high, middle)
    rounded = [round_place(float(x), float(span)) for x, span in zip(0.5 * (low + high), width, strict=True)]
    return np.array(rounded, np.float64)


def _apart(places: Array) -> Array:
    """Sorted, each once."""
    places = np.sort(places)
    kept = np.r_[True, np.diff(places) > _SAME * np.maximum(1.0, np.abs(places[1:]))] if places.size else []
    return places[np.asarray(kept, np.bool_)] + 0.0


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME * max(1.0, abs(one))
