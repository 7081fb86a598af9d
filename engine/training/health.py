"""How the units of a layer fare over the whole training set: what they give, how often they are on, which are dead,
saturated, stuck or overgrown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.activations import Activation, Saturation
from engine.activations.saturation import SATURATED_ROWS, saturation_limit
from engine.graph.kinds.base import Array
from engine.losses import Loss
from engine.network.contract import HISTOGRAM_RANGE
from engine.network.function_gaps import FunctionGap, function_gap
from engine.network.plan import Node
from engine.network.probes import histogram as z_histogram

HISTOGRAM_BINS = 32
FEW_ROWS = 8
"""So many rows tell most units apart."""
LARGEST_EDGE = 1e300
"""Histograms end here: the distance between their edges must itself be finite."""

STUCK_ROWS, STUCK_LOSS = 0.05, 0.5
"""An output unit is stuck when more than these shares of the rows, and of its loss, are saturated on the wrong side."""
ALIKE = 1e-6
"""Units whose z differ by no more than this share of the largest are alike: rounding is all that tells them apart."""
OVERGROWN = 1e4
"""A unit that gives more than so many times the largest number of the data, or 1, on some row is overgrown."""


@dataclass(frozen=True, slots=True)
class LayerHealth:
    """Of one node with an activation: histogram of a (32,), its edges (33,), and which of its units are what.

    ``z_histogram`` (32,): of z, over :data:`engine.network.contract.HISTOGRAM_RANGE`, beyond which lie ``z_beyond``;
    ``z_broken`` are no numbers.
    ``on`` (units,): the share of rows that switch each unit on, see :func:`switched_on`. The others are indices.
    ``dead``: zero on every row, of functions that are exactly flat on a side (ReLU, step), so that no gradient comes
    through. ``saturated``: by :data:`engine.activations.saturation.SATURATED_BELOW` on more than
    :data:`SATURATED_ROWS` of the rows; None where saturation can't be counted. ``stuck``, of a
    squared error's output alone: most of its loss comes from rows on which it is saturated and nearer to the wrong
    target; a saturated one that is right is where it should be. The cross-entropies' δ = p − t does not die down.
    ``are_alike``: all units, of two at least, have the same z on every row, by :data:`ALIKE`, and not 0 alone.
    ``overgrown``: by :data:`OVERGROWN`, or infinite, on some row; ``largest`` is the greatest |a| of them all.
    ``gap``: where its function has no number. ``undefined`` (units,): on how many rows each unit has none.
    """

    histogram: NDArray[np.int64]
    edges: Array
    on: Array
    undefined: NDArray[np.int64]
    z_histogram: NDArray[np.int64]
    z_beyond: int
    z_broken: int
    dead: tuple[int, ...] = ()
    saturated: tuple[int, ...] | None = ()
    stuck: tuple[int, ...] = ()
    overgrown: tuple[int, ...] = ()
    are_alike: bool = False
    largest: float = 0.0
    gap: FunctionGap | None = None

    @property
    def z_total(self) -> int:
        """Number of all z."""
        return int(self.z_histogram.sum()) + self.z_beyond + self.z_broken

    @property
    def units(self) -> int:
        """Number of units."""
        return len(self.on)


def switched_on(function: Activation, z: Array, alpha: float | None = None) -> NDArray[np.bool_]:
    """Where a unit is on, in the shape of z: above its threshold or, where the function flattens out on both sides,
    between them, where it tells one point from another."""
    if function.saturates is Saturation.BOTH and not function.exactly_flat:
        low, high = function.saturation_bounds(alpha)
        return np.asarray((z >= low) & (z <= high))
    return np.asarray(z > 0.0)


def dead_units(function: Activation, a: Array) -> tuple[int, ...]:
    """Return which units of a (rows, units) give 0 on every row, where the function is exactly flat on a side."""
    return _indices((a == 0.0).all(axis=0)) if function.exactly_flat and len(a) else ()


def layer_health(node: Node, z: Array, a: Array, targets: Array, data: float = 1.0) -> LayerHealth:
    """The health of a node from its z and a (rows, units); ``targets`` (rows, outputs) count for the output alone.
    ``data``: the largest number of the data."""
    function, criterion = node.kind.function(node.params), node.kind.criterion(node.params)
    assert function is not None  # a node without an activation has no health
    finite = a[np.isfinite(a)]
    low, high = _histogram_range(finite, function.output_range)
    counts, edges = np.histogram(finite, bins=HISTOGRAM_BINS, range=(low, high))
    far_out, dead = _judged(function, z, a, node.params.alpha)
    if not len(a):
        none = np.zeros(a.shape[1])
        return LayerHealth(counts.astype(np.int64), edges, none, none.astype(np.int64), *z_histogram(z))
    sizes = np.abs(a).max(axis=0)
    return LayerHealth(
        counts.astype(np.int64),
        edges,
        switched_on(function, z, node.params.alpha).mean(axis=0),
        (np.isfinite(z) & np.isnan(a)).sum(axis=0),
        *z_histogram(z),
        dead=dead,
        saturated=_indices(far_out.mean(axis=0) > SATURATED_ROWS) if far_out is not None else None,
        stuck=_stuck(criterion, function, far_out, a, targets) if criterion and far_out is not None else (),
        overgrown=_indices(sizes > OVERGROWN * max(data, 1.0)),
        are_alike=_are_alike(z[:FEW_ROWS]) and _are_alike(z),
        largest=float(sizes.max()),
        gap=function_gap(node, z, a),
    )


def _are_alike(z: Array) -> bool:
    with np.errstate(invalid="ignore"):
        return z.shape[1] > 1 and bool(z.any()) and bool(np.ptp(z, axis=1).max() <= ALIKE * np.abs(z).max())


def _judged(
    function: Activation, z: Array, a: Array, alpha: float | None
) -> tuple[NDArray[np.bool_] | None, tuple[int, ...]]:
    """Where a function is saturated, in the shape of z, and its dead units. Of a typed one the slopes at these z say:
    small beside the steepest over :data:`HISTOGRAM_RANGE`, if there is one, and 0 on every row."""
    if not function.is_typed:
        return function.saturated(z, alpha), dead_units(function, a)
    slopes, limit = np.abs(function.derivative(z)), saturation_limit(_typed_slopes(function.key))
    return slopes < limit if limit is not None else None, _indices((slopes == 0.0).all(axis=0)) if len(z) else ()


@lru_cache(maxsize=64)
def _typed_slopes(text: str) -> tuple[float, float]:
    """The least and the greatest slope of a typed function."""
    from engine.activations.typed import read, scalar_of_typed  # parsing is loaded where it is needed

    return scalar_of_typed(read(text), text, text, {}, *HISTOGRAM_RANGE).profile.slope


def _indices(chosen: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(np.flatnonzero(chosen).tolist())


def _stuck(
    criterion: Loss, function: Activation, far_out: NDArray[np.bool_], a: Array, targets: Array
) -> tuple[int, ...]:
    if criterion.fixed_activation is not None:
        return ()
    off, on = criterion.levels(function)
    errors = np.abs(a - targets)
    hopeless, squares = far_out & (errors > 0.5 * (on - off)), np.square(errors)
    lost = squares.sum(axis=0, where=hopeless) > STUCK_LOSS * squares.sum(axis=0)
    return _indices(lost & (hopeless.mean(axis=0) > STUCK_ROWS))


def _histogram_range(finite: Array, output_range: tuple[float, float]) -> tuple[float, float]:
    """The function's own range where it is bounded, else the range of the values, wide enough to tell bins apart."""
    if np.isfinite(output_range).all():
        return output_range
    if not finite.size:
        return 0.0, 1.0
    low, high = np.clip((finite.min(), finite.max()), -LARGEST_EDGE, LARGEST_EDGE).tolist()
    narrow = 1e-12 * max(abs(low), abs(high), 1e-12)
    return (low, high) if high - low > narrow else (low - 0.5 * max(abs(low), 1.0), high + 0.5 * max(abs(high), 1.0))
