"""Layer norm and batch norm as they begin, γ = 1 and β = 0: forward, and what they hand back.

The arithmetic of :mod:`engine.graph.kinds.layer_norm` and :mod:`engine.graph.kinds.batch_norm`, which differ in the
axis alone: units of a sample (Ba, Kiros and Hinton 2016), or samples of a unit (Ioffe and Szegedy 2015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.graph.kinds.base import Array
from engine.graph.kinds.batch_norm import BatchNormParams
from engine.graph.kinds.layer_norm import LayerNormParams

EPSILON = {"layer": LayerNormParams().epsilon, "batch": BatchNormParams().epsilon}


@dataclass(frozen=True, slots=True)
class Normalised:
    """``value`` (rows, units); ``inverse``: 1/√(variance + ε), (rows, 1) or (1, units); ``axis``: what it went over."""

    value: Array
    inverse: Array
    axis: int

    @property
    def by_sample(self) -> bool:
        """Whether each sample is normalised by itself, as layer norm does it."""
        return self.axis == 1

    @property
    def count(self) -> int:
        """How many numbers each mean is of."""
        return int(self.value.shape[self.axis])


def normalise(a: Array, kind: str, out: Array | None = None) -> Normalised:
    """``a`` (rows, units) at mean 0 and variance 1, over the units (``layer``) or the rows (``batch``); its values are
    written to ``out``, where that is given."""
    axis = 1 if kind == "layer" else 0
    deviation = np.subtract(a, a.mean(axis=axis, keepdims=True), out=out)
    inverse = 1.0 / np.sqrt(mean_product(deviation, deviation, axis) + EPSILON[kind])
    deviation *= inverse
    return Normalised(deviation, inverse, axis)


def through_norm(norm: Normalised, upstream: Array) -> Array:
    """∂L/∂a from ∂L/∂(normalised), (rows, units): without its mean and its part along the normalised values."""
    inner = norm.value * -mean_product(upstream, norm.value, norm.axis)
    inner += upstream
    inner -= np.add.reduce(upstream, norm.axis, keepdims=True) / norm.count  # the mean, at half the time of ``mean``
    inner *= norm.inverse
    return inner


def mean_product(one: Array, other: Array, axis: int) -> Array:
    """The mean of a product along an axis, which stays, of length 1."""
    product: Array = np.einsum("ij,ij->i" if axis == 1 else "ij,ij->j", one, other) / one.shape[axis]
    return product[:, None] if axis == 1 else product[None, :]
