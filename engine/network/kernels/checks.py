"""Whether the numbers of a step are such that it may be done, and which node is to blame where they are not."""

from __future__ import annotations

import numpy as np

from engine.network.contract import LARGEST_WEIGHT
from engine.network.kernels.layout import COUNT, GRADIENT, UNITS, WEIGHT, A, Z
from engine.network.kernels.options import Array, Index, Number, inner, reordered
from engine.network.kernels.vectors import everywhere, lanes, load

FINE, BAD_Z, BAD_LOSS, BAD_GRADIENT, BAD_WEIGHTS, GROWN_WEIGHTS = range(6)
"""What a run of steps ends with."""

_ZERO = np.uint64(0)


@reordered
def finite(space: Array, start: Index, count: Index) -> Number:
    """Whether every number is finite: 0·v is NaN for an infinite v, and NaN outlasts every sum."""
    nought = space.dtype.type(0.0)
    total = nought
    for k in range(start, start + count):
        total += nought * space[k]
    return total == 0.0


@reordered
def _within(space: Array, start: Index, count: Index) -> Number:
    """Whether no number is NaN or beyond :data:`LARGEST_WEIGHT`, counted because a sum vectorises."""
    beyond = 0.0
    for k in range(start, start + count):
        beyond += 0.0 if abs(space[k]) <= LARGEST_WEIGHT else 1.0
    return beyond == 0.0


@inner
def all_finite(space: Array, start: Index, count: Index) -> Number:
    """Whether every number of whole vectors is finite."""
    fine = abs(load(space, start)) < np.inf
    for k in range(start, start + count, lanes(space)):
        fine = fine & (abs(load(space, k)) < np.inf)
    return everywhere(fine)


@inner
def all_within(space: Array, start: Index, count: Index) -> Number:
    """Whether no number of whole vectors is NaN or beyond :data:`LARGEST_WEIGHT`."""
    fine = abs(load(space, start)) <= LARGEST_WEIGHT
    for k in range(start, start + count, lanes(space)):
        fine = fine & (abs(load(space, k)) <= LARGEST_WEIGHT)
    return everywhere(fine)


@inner
def _first_bad_pass(space: Array, nodes: Array, rows: Index) -> Number:
    """The first node in whose z or a the forward pass stopped being finite."""
    for k in range(nodes.shape[0]):
        count = nodes[k, UNITS] * rows
        if not (finite(space, nodes[k, Z], count) and finite(space, nodes[k, A], count)):
            return k
    return nodes.shape[0] - 1


@inner
def _last_bad_gradient(space: Array, nodes: Array, gradient: Index) -> Number:
    """The first node on the way back whose part of the gradient is not finite."""
    k = nodes.shape[0] - 1
    while k > 0 and finite(space, gradient + nodes[k, WEIGHT], nodes[k, COUNT]):
        k -= 1
    return k


@inner
def _first_bad_update(reason: int, space: Array, nodes: Array, theta: Index) -> Number:
    """The first node with one of those new parameters for which an update is refused."""
    for k in range(nodes.shape[0]):
        start, count = theta + nodes[k, WEIGHT], nodes[k, COUNT]
        fine = _within(space, start, count) if reason == GROWN_WEIGHTS else finite(space, start, count)
        if count > _ZERO and not fine:
            return k
    return nodes.shape[0] - 1


@inner
def to_blame(reason: int, space: Array, nodes: Array, areas: Array, new_theta: Index, rows: Index) -> Number:
    """The node in which the step that was just tried failed; the output where its loss did, or nothing."""
    if reason == BAD_Z:
        return _first_bad_pass(space, nodes, rows)
    if reason == BAD_GRADIENT:
        return _last_bad_gradient(space, nodes, areas[GRADIENT])
    if reason in (BAD_WEIGHTS, GROWN_WEIGHTS):
        return _first_bad_update(reason, space, nodes, new_theta)
    return nodes.shape[0] - 1
