"""The plane of two features on which heat maps and the decision boundary are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.dataset import Dataset
from engine.graph.kinds.base import Array

MARGIN = 0.05


@dataclass(frozen=True, slots=True)
class Plane:
    """Two columns of the data set, (first, second), and the corners of what is shown."""

    columns: tuple[int, int]
    low: tuple[float, float]
    high: tuple[float, float]


def plane_of(dataset: Dataset, columns: tuple[int, int] = (0, 1)) -> Plane:
    """The plane of two columns over the data's range, a little wider unless the set names its own bounds."""
    count = len(dataset.columns)
    first, second = (min(column, count - 1) for column in columns)
    low, high = dataset.bounds()
    margin = 0.0 if dataset.view is not None else MARGIN
    room = margin * (high - low)
    return Plane(
        (first, second),
        (float(low[first] - room[first]), float(low[second] - room[second])),
        (float(high[first] + room[first]), float(high[second] + room[second])),
    )


def plane_points(dataset: Dataset, plane: Plane, side: int) -> Array:
    """Raw rows (side², columns) over the plane, row-major from the top left; other columns held at their mean."""
    points = np.tile(dataset.column_means, (side * side, 1))
    across = np.linspace(plane.low[0], plane.high[0], side)
    down = np.linspace(plane.high[1], plane.low[1], side)
    points[:, plane.columns[1]] = np.repeat(down, side)
    points[:, plane.columns[0]] = np.tile(across, side)
    return points
