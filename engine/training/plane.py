"""The plane of two features on which heat maps and the decision boundary are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.data.dataset import Dataset, Task
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


def off_plane(dataset: Dataset, plane: Plane) -> Array:
    """How far every row is off a slice through the other columns' means, (n,): the root of the mean squared deviation
    of those columns, each in standard deviations over the training rows. 0 where there are no other columns."""
    others = list(held_columns(dataset, plane))
    if not others:
        return np.zeros(len(dataset.x))
    spread = dataset.x[dataset.train][:, others].std(axis=0)
    away = (dataset.x[:, others] - dataset.column_means[others]) / np.where(spread > 0.0, spread, 1.0)
    return np.asarray(np.sqrt(np.square(away).mean(axis=1)))


def held_columns(dataset: Dataset, plane: Plane) -> tuple[int, ...]:
    """The columns that a plane holds at their mean: a slice of the data's space has some."""
    return tuple(column for column in range(len(dataset.columns)) if column not in plane.columns)


def telling_columns(dataset: Dataset) -> tuple[int, int]:
    """The two columns, in the data's order, that by themselves tell most of the target: by the share of a column's
    variance that lies between classes (η²), or by its squared correlation with the value. Numbers come before levels,
    which are only ever 0 or 1."""
    count = len(dataset.columns)
    if count <= 2:
        return 0, count - 1
    x, y = dataset.x[dataset.train], dataset.y[dataset.train]
    spread = x.var(axis=0)
    if dataset.task is Task.REGRESSION:
        between = ((x - x.mean(axis=0)) * (y - y.mean())[:, None]).mean(axis=0) ** 2 / max(float(y.var()), 1e-300)
    else:
        means = [(np.mean(y == label), x[y == label].mean(axis=0)) for label in np.unique(y)]
        between = sum(share * (mean - x.mean(axis=0)) ** 2 for share, mean in means)
    told = np.where(spread > 0.0, between / np.where(spread > 0.0, spread, 1.0), 0.0)
    levels = np.array([bool(source.levels) for source in dataset.inputs for _ in source.columns] or [False] * count)
    first, second = sorted(np.lexsort((-told, levels))[:2])
    return int(first), int(second)
