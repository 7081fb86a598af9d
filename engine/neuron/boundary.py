"""Where z = 0: the point, line or plane between firing and silence, and the settings that move and turn it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from math import atan2, cos, hypot, radians, sin

import numpy as np
from numpy.typing import NDArray

from engine.activations import activation
from engine.neuron.unit import LARGEST_PARAMETER, OutputKey, Unit

Point = tuple[float, ...]
PLACES = 2
"""Decimals of a parameter that is set by dragging."""


def _height(unit: Unit, point: Sequence[float]) -> float:
    """z in floating point: for drawings, where a rounding error is no matter."""
    return sum(weight * value for weight, value in zip(unit.weights, point, strict=True)) + unit.bias


def kept(value: float) -> float:
    """To as many decimals as dragging sets, within bounds, and never −0."""
    return min(LARGEST_PARAMETER, max(-LARGEST_PARAMETER, round(value, PLACES))) + 0.0


def foot(unit: Unit, centre: Sequence[float]) -> Point | None:
    """The point of the boundary that is nearest to ``centre``; None where all weights are 0, so that there is none."""
    length = sum(weight * weight for weight in unit.weights)
    if length == 0.0:
        return None
    z = _height(unit, centre)
    return tuple(c - z * weight / length for c, weight in zip(centre, unit.weights, strict=True))


def bias_through(unit: Unit, point: Sequence[float]) -> float:
    """The bias that puts ``point`` on the boundary, the weights as they are."""
    return kept(-sum(weight * value for weight, value in zip(unit.weights, point, strict=True)))


def turned(
    unit: Unit, towards: tuple[float, float], pivot: Sequence[float]
) -> tuple[tuple[float, float], float] | None:
    """Weights as long as they are but pointing along ``towards``, and the bias that keeps ``pivot`` on the line; None
    for no direction. Two inputs."""
    size = hypot(*towards)
    if size == 0.0:
        return None
    length = hypot(*unit.weights)
    weights = (kept(length * towards[0] / size), kept(length * towards[1] / size))
    if weights == (0.0, 0.0):
        return None
    return weights, bias_through(Unit(weights, 0.0), pivot)


def rotated(unit: Unit, degrees: float, pivot: Sequence[float]) -> tuple[tuple[float, float], float] | None:
    """Weights turned by so many degrees, anticlockwise, and the bias that keeps ``pivot`` on the line; None where all
    weights are 0. Two inputs."""
    x, y = unit.weights
    c, s = cos(radians(degrees)), sin(radians(degrees))
    return turned(unit, (c * x - s * y, s * x + c * y), pivot)


@lru_cache(maxsize=32)
def half_space(unit: Unit, low: float, high: float) -> tuple[Point, ...]:
    """The corners of the part of the square from ``low`` to ``high`` in which z ≥ 0, in order; empty where there is
    none (Sutherland and Hodgman's clipping, 1974). Two inputs."""
    square = ((low, low), (high, low), (high, high), (low, high))
    corners: list[Point] = []
    for start, end in zip(square, (*square[1:], square[0]), strict=True):
        z0, z1 = _height(unit, start), _height(unit, end)
        if z0 >= 0:
            corners.append(start)
        if (z0 >= 0) != (z1 >= 0):
            corners.append(_crossing(start, end, z0, z1))
    return tuple(corners)


@lru_cache(maxsize=32)
def section(unit: Unit, low: float, high: float) -> tuple[Point, ...]:
    """The corners of the boundary within the square or cube from ``low`` to ``high``: the ends of a segment for two
    inputs, a convex polygon in order for three; empty where it passes outside."""
    inputs = unit.inputs
    found: list[Point] = []
    for axis in range(inputs):
        for others in product((low, high), repeat=inputs - 1):
            start = (*others[:axis], low, *others[axis:])
            end = (*others[:axis], high, *others[axis:])
            z0, z1 = _height(unit, start), _height(unit, end)
            if (z0 >= 0) != (z1 >= 0):
                found.append(_crossing(start, end, z0, z1))
    return tuple(found) if inputs < 3 else _in_order(found, unit.weights)


def _crossing(start: Sequence[float], end: Sequence[float], z0: float, z1: float) -> Point:
    share = z0 / (z0 - z1)
    return tuple(a + share * (b - a) for a, b in zip(start, end, strict=True))


def _in_order(points: list[Point], normal: Sequence[float]) -> tuple[Point, ...]:
    """Points of a plane in order round their middle."""
    if len(points) < 3:
        return ()
    array = np.array(points)
    offset = array - array.mean(axis=0)
    along = np.cross(normal, offset[0])
    angles = [atan2(float(vector @ along), float(vector @ offset[0]) * hypot(*normal)) for vector in offset]
    return tuple(points[index] for index in np.argsort(angles))


def field(unit: Unit, low: float, high: float, side: int) -> NDArray[np.float64]:
    """The output over a square as −1 (silent) to 1 (fires), (side, side) with the top row first; tanh as it is, the
    logistic as 2y − 1. For one input it is the same in every row."""
    across = (np.arange(side) + 0.5) / side * (high - low) + low
    z = unit.weights[0] * across[None, :] + unit.bias
    if unit.inputs == 2:
        z = z + unit.weights[1] * across[::-1][:, None]
    y = activation(unit.output).value(np.broadcast_to(z, (side, side)))
    return np.asarray(y if unit.output == "tanh" else 2.0 * y - 1.0)


def curve(output: OutputKey, low: float, high: float, count: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """z from ``low`` to ``high`` and an output function at each, (count,)."""
    z = np.linspace(low, high, count)
    return z, np.asarray(activation(output).value(z))
