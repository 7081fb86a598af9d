"""The toy sets point for point as TensorFlow Playground draws them from the text of a seed.

A data choice whose seed is a text asks for these. The order of the draws is part of the set: the points one after
another, then a shuffle of all of them; whoever goes on drawing from the same stream gets that page's first weights.
``noise`` is a fraction, 0 to 0.8. Facts from the page's source (Smilkov et al. 2017, Apache 2.0).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engine.data.seedrandom import SeededRandom

Point = tuple[float, float, float]  # x, y and the label: −1 or 1, or the value of a regression
Draw = Callable[[int, float, SeededRandom], list[Point]]
Floats = NDArray[np.float64]

_RADIUS = 5.0
_WIDE = 6.0
_HILLS = ((-4.0, 2.5, 1.0), (0.0, 2.5, -1.0), (4.0, 2.5, 1.0), (-4.0, -2.5, -1.0), (0.0, -2.5, 1.0), (4.0, -2.5, -1.0))


def draw_shuffled(name: str, samples: int, noise: float, stream: SeededRandom) -> list[Point]:
    """Draw the set ``name`` of :data:`DRAWS`, then shuffle it from the last place to the first."""
    points = DRAWS[name](samples, noise, stream)
    for left in range(len(points), 0, -1):
        chosen = math.floor(stream.random() * left)
        points[left - 1], points[chosen] = points[chosen], points[left - 1]
    return points


def text_seeded(name: str, samples: int, noise: float, seed: str, *, classes: bool) -> tuple[Floats, Floats]:
    """Points (n, 2) in their shuffled order, and class indices (−1 is class 0, 1 class 1) or values (n,)."""
    points = np.array(draw_shuffled(name, samples, noise, SeededRandom(seed)))
    labels = points[:, 2]
    return np.ascontiguousarray(points[:, :2]), (labels > 0).astype(np.float64) if classes else labels.copy()


def rows_trained_on(rows: int, train_share: float) -> int:
    """How many of the first rows are trained on. The page counts in per cent, and 29 % is 0.29 only nearly."""
    percent = round(100 * train_share, 9)
    return min(max(math.floor(rows * percent / 100), 1), rows - 1)


def _circle(samples: int, noise: float, stream: SeededRandom) -> list[Point]:
    """A disc, then a ring round it; a point's label is that of the place that the noise moves it to."""
    points = []
    for low, high in ((0.0, 0.5 * _RADIUS), (0.7 * _RADIUS, _RADIUS)):
        for _ in range(math.ceil(samples / 2)):
            radius = stream.uniform(low, high)
            angle = stream.uniform(0.0, 2 * math.pi)
            x, y = radius * math.sin(angle), radius * math.cos(angle)
            moved_x = x + stream.uniform(-_RADIUS, _RADIUS) * noise
            moved_y = y + stream.uniform(-_RADIUS, _RADIUS) * noise
            inside = math.sqrt(moved_x * moved_x + moved_y * moved_y) < 0.5 * _RADIUS
            points.append((x, y, 1.0 if inside else -1.0))
    return points


def _exclusive_or(samples: int, noise: float, stream: SeededRandom) -> list[Point]:
    """Opposite quadrants, kept 0.3 clear of the axes before the noise moves the label's place."""
    points = []
    for _ in range(samples):
        x = stream.uniform(-_RADIUS, _RADIUS)
        x += 0.3 if x > 0 else -0.3
        y = stream.uniform(-_RADIUS, _RADIUS)
        y += 0.3 if y > 0 else -0.3
        moved_x = x + stream.uniform(-_RADIUS, _RADIUS) * noise
        moved_y = y + stream.uniform(-_RADIUS, _RADIUS) * noise
        points.append((x, y, 1.0 if moved_x * moved_y >= 0 else -1.0))
    return points


def _two_gaussians(samples: int, noise: float, stream: SeededRandom) -> list[Point]:
    """Two clouds, the positive one first; the variance runs from 0.5 without noise to 4 at a half."""
    share = noise / 0.5
    variance = 0.5 * (1 - share) + 4.0 * share
    points = []
    for centre, label in ((2.0, 1.0), (-2.0, -1.0)):
        for _ in range(math.ceil(samples / 2)):
            x = _normal(centre, variance, stream)
            points.append((x, _normal(centre, variance, stream), label))
    return points


def _normal(mean: float, variance: float, stream: SeededRandom) -> float:
    """Marsaglia's polar method, of whose two numbers the page keeps the first."""
    while True:
        first, second = 2 * stream.random() - 1, 2 * stream.random() - 1
        square = first * first + second * second
        if 0.0 < square <= 1.0:
            return mean + math.sqrt(variance) * (math.sqrt(-2 * math.log(square) / square) * first)


def _two_spirals(samples: int, noise: float, stream: SeededRandom) -> list[Point]:
    """Two arms of 1.75 turns, the positive one first; the noise moves the points themselves."""
    half = samples / 2
    points = []
    for turned, label in ((0.0, 1.0), (math.pi, -1.0)):
        for i in range(math.ceil(half)):
            radius = i / half * 5
            angle = 1.75 * i / half * 2 * math.pi + turned
            x = radius * math.sin(angle) + stream.uniform(-1.0, 1.0) * noise
            points.append((x, radius * math.cos(angle) + stream.uniform(-1.0, 1.0) * noise, label))
    return points


def _plane(samples: int, noise: float, stream: SeededRandom) -> list[Point]:
    """The value runs from −1 to 1 while the sum of the coordinates runs from −10 to 10."""

    def value(x: float, y: float) -> float:
        share = (x + y + 10.0) / 20.0
        return -(1.0 - share) + share

    return _wide(samples, noise, stream, value)


def _multi_gaussian(samples: int, noise: float, stream: SeededRandom) -> list[Point]:
    """Six cones of height ±1 and radius 2; of two that reach a place the larger one counts."""

    def value(x: float, y: float) -> float:
        found = 0.0
        for centre_x, centre_y, sign in _HILLS:
            across, along = x - centre_x, y - centre_y
            share = min(max(math.sqrt(across * across + along * along) / 2.0, 0.0), 1.0)
            height = sign * (1.0 - share)
            found = height if abs(height) > abs(found) else found
        return found

    return _wide(samples, noise, stream, value)


def _wide(samples: int, noise: float, stream: SeededRandom, value: Callable[[float, float], float]) -> list[Point]:
    """Points all over the plane; a point has the value of the place that the noise moves it to."""
    points = []
    for _ in range(samples):
        x, y = stream.uniform(-_WIDE, _WIDE), stream.uniform(-_WIDE, _WIDE)
        moved_x = x + stream.uniform(-_WIDE, _WIDE) * noise
        moved_y = y + stream.uniform(-_WIDE, _WIDE) * noise
        points.append((x, y, value(moved_x, moved_y)))
    return points


DRAWS: Mapping[str, Draw] = MappingProxyType(
    {
        "circle": _circle,
        "exclusive-or": _exclusive_or,
        "two-gaussians": _two_gaussians,
        "two-spirals": _two_spirals,
        "plane": _plane,
        "multi-gaussian": _multi_gaussian,
    }
)
"""How each set that the page has is drawn, by the key that it has in the catalogue."""
