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


def normalise(a: Array, kind: str) -> Normalised:
    """``a`` (rows, units) at mean 0 and variance 1, over the units (``layer``) or the rows (``batch``)."""
    axis = 1 if kind == "layer" else 0
    deviation = a - a.mean(axis=axis, keepdims=True)
    inverse = 1.0 / np.sqrt((deviation * deviation).mean(axis=axis, keepdims=True) + EPSILON[kind])
    return Normalised(deviation * inverse, inverse, axis)


def through_norm(norm: Normalised, upstream: Array) -> Array:
    """∂L/∂a from ∂L/∂(normalised), (rows, units): without its mean and its part along the normalised values."""
    inner = upstream - upstream.mean(axis=norm.axis, keepdims=True)
    inner -= norm.value * (upstream * norm.value).mean(axis=norm.axis, keepdims=True)
    return np.asarray(inner * norm.inverse)
