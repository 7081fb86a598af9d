"""A map of items: the directions in which a table's vectors are spread most, by principal component analysis."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.recommenders.serving.retrieval import Vectors

Floats = NDArray[np.float64]
MOST_COMPONENTS = 6


@dataclass(frozen=True, slots=True)
class ItemMap:
    """``items`` (n,): what it was fitted to, and ``points`` (n, components) where they lie. ``middle`` (dimensions,):
    the mean that a vector is counted from. ``axes`` (components, dimensions): of length 1, at right angles.
    ``shares`` (components,): of the items' whole variance."""

    items: NDArray[np.int64]
    points: Floats
    middle: Floats
    axes: Floats
    shares: Floats

    def place(self, vectors: Vectors) -> Floats:
        """Where vectors (n, dimensions) of the same space lie, (n, components)."""
        return np.asarray((vectors - self.middle) @ self.axes.T, np.float64)

    def direction(self, vector: Vectors) -> Floats:
        """A vector (dimensions,) as a direction, (components,): along it an inner product with it grows."""
        return np.asarray(self.axes @ vector.astype(np.float64), np.float64)


def fit_map(vectors: Vectors, items: NDArray[np.int64]) -> ItemMap:
    """The principal axes of some rows of ``vectors`` (all items, dimensions), at most six.

    An axis has no sign of its own; its largest component is made positive, so that a map is the same each time.
    """
    some = vectors[items].astype(np.float64)
    middle = some.mean(axis=0)
    spread = (some - middle).T @ (some - middle)
    variances, columns = np.linalg.eigh(spread)
    order = np.argsort(-variances, kind="stable")[:MOST_COMPONENTS]
    axes = columns[:, order].T
    largest = np.abs(axes).argmax(axis=1)
    axes = axes * np.sign(axes[np.arange(len(axes)), largest])[:, None]
    whole = float(variances.sum())
    shares = np.maximum(variances[order], 0.0) / whole if whole > 0.0 else np.zeros(len(order))
    return ItemMap(items, (some - middle) @ axes.T, middle, axes, shares)
