"""Many values at once: the output, and its slope, over one variable; and every node nudged a little to and fro."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.autodiff.graph import ScalarGraph
from engine.autodiff.sweep import slope_along, values_of
from engine.autodiff.tape import forward
from engine.value_check import STEPS, settled_slopes

Array = NDArray[np.float64]

RELATIVE_STEP = float(np.cbrt(np.finfo(np.float64).eps))
"""About 6e-6: where the error of a central difference, h² of truncation against ε/h of rounding, is least (Press et
al., Numerical Recipes, 3rd edition, section 5.7)."""
_AT_ONCE = 256  # nodes that are nudged side by side


@dataclass(frozen=True, slots=True)
class OutputCurve:
    """The output over a variable and its slope there; where there is no number it is ∞ or NaN."""

    values: Array
    slopes: Array


def output_over(graph: ScalarGraph, name: str, xs: Array, inputs: Mapping[str, float] | None = None) -> Array:
    """The output of a graph for many values of a variable, the others held at ``inputs``: where no slope is asked for,
    which takes more than half of the time."""
    points = np.asarray(xs, np.float64)
    with np.errstate(all="ignore"):
        return _like(points, values_of(graph, {**(inputs or {}), name: points})[-1])


def curve(graph: ScalarGraph, name: str, xs: Array, inputs: Mapping[str, float] | None = None) -> OutputCurve:
    """The output of a graph and ∂output/∂``name`` for many values of that variable, the others held at ``inputs``."""
    points = np.asarray(xs, np.float64)
    with np.errstate(all="ignore"):
        values = values_of(graph, {**(inputs or {}), name: points})
        slopes = slope_along(graph, values, name)
    return OutputCurve(_like(points, values[-1]), _like(points, slopes))


def _like(points: Array, found: Any) -> Array:
    """What was found, in the shape of the points, at which it may be the same number throughout; to be read only, as it
    may be the points themselves."""
    if not isinstance(found, np.ndarray) or found.shape != points.shape:
        return np.broadcast_to(found, points.shape)
    view = found.view()
    view.flags.writeable = False
    return view


def finite_differences(
    graph: ScalarGraph, inputs: Mapping[str, float], nodes: Sequence[int] | None = None
) -> dict[int, float]:
    """∂output/∂node measured, for the given nodes or all that depend on a variable: (f(v + h) − f(v − h)) / 2h.

    A node that is no variable is taken out of the hands of its parents and nudged itself. h is :data:`RELATIVE_STEP`
    of the node's value, or of 1 where that is greater.
    """
    wanted = [index for index, live in enumerate(graph.live) if live] if nodes is None else list(nodes)
    base = forward(graph, inputs).of
    found: dict[int, float] = {}
    with np.errstate(all="ignore"):
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            found.update(zip(some, _nudged(graph, base, some), strict=True))
    return found


def settled_differences(graph: ScalarGraph, inputs: Mapping[str, float]) -> dict[int, tuple[float, float]]:
    """∂output/∂node of all nodes that depend on a variable, and how far off it may be: measured with ever smaller
    steps, see :func:`engine.value_check.settled_slopes`. NaN where that settles on nothing."""
    wanted = [index for index, live in enumerate(graph.live) if live]
    base = forward(graph, inputs).of
    found: dict[int, tuple[float, float]] = {}
    with np.errstate(all="ignore"):
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            levels = [_raised_and_lowered(graph, base, some, step) for step in STEPS.tolist()]
            up, down, steps = (np.array(column) for column in zip(*levels, strict=True))
            slopes, errors = settled_slopes(np.full(len(some), base[graph.output]), up, down, steps)
            found.update(zip(some, zip(slopes.tolist(), errors.tolist(), strict=True), strict=True))
    return found


def _nudged(graph: ScalarGraph, base: Sequence[float], some: Sequence[int]) -> list[float]:
    """The slopes along some nodes."""
    up, down, steps = _raised_and_lowered(graph, base, some, RELATIVE_STEP)
    return [float(slope) for slope in (up - down) / (2.0 * steps)]


def _raised_and_lowered(
    graph: ScalarGraph, base: Sequence[float], some: Sequence[int], relative: float
) -> tuple[Array, Array, Array]:
    """The output with each of some nodes alone raised, and lowered, and half of what float64 made of both steps: each
    node has two lanes of its own. The step is ``relative`` to the node's value, or to 1 where that is greater."""
    lane = {index: 2 * place for place, index in enumerate(some)}
    steps = np.empty(len(some))
    values: list[Array] = []
    first = min(some)
    for index, node in enumerate(graph.nodes):
        if index < first or node.rule is None:
            row = np.full(2 * len(some), base[index])
        else:
            made = node.rule.value(*[values[parent] for parent in node.parents])
            row = np.broadcast_to(made, 2 * len(some)).copy()
        if index in lane:
            h = relative * max(1.0, abs(base[index]))
            up, down = base[index] + h, base[index] - h
            row[lane[index] : lane[index] + 2] = up, down
            steps[lane[index] // 2] = 0.5 * (up - down)
        values.append(row)
    return values[-1][::2], values[-1][1::2], steps
