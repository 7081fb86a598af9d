"""What a layer does to a signal of no particular direction: the factor ‖f′(z)·W‖ of the curriculum, as a gain.

Going back, δ⁽ˡ⁾ = J δ⁽ˡ⁺¹⁾ with J = diag(f′(z⁽ˡ⁾)) W⁽ˡ⁺¹⁾ᵀ for each sample. For a δ whose n parts are independent
and of one size, the mean of ‖J δ‖² is ‖J‖_F²/n times that of ‖δ‖² (as E[ξᵀJᵀJξ] = tr JᵀJ = ‖J‖_F²). The gain is the
root of its mean over the samples, each counting by the ‖δᵢ‖² that really arrives at it: only the direction is left
open. So a product of gains differs from what is measured by as much as δ is shaped by the layers behind.

With a normalisation N behind the activation J = diag(f′(z)) Nᵀ Wᵀ. Batch norm ties the samples to one another: there
the mean is over signals whose samples are independent too. With skip connections what is handed back is the gradient E
behind a layer's sum, E⁽ˡ⁾ = (1 + Wᵀ diag(f′) Nᵀ) E⁽ˡ⁺¹⁾, of which δ takes its share.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.gradients.norms import Normalised
from engine.graph.kinds.base import Array


@dataclass(frozen=True, slots=True)
class Jacobian:
    """diag(f′(z)) Nᵀ of one layer, for every sample: ``slope`` (rows, units), ``norm`` None where there is none."""

    slope: Array
    norm: Normalised | None

    def passed(self, energy: Array) -> Array:
        """Nᵀ's result for an independent signal whose parts have the mean square ``energy`` (rows,): its parts' mean
        squares, (rows, units).

        Nᵀ = s(1 − 11ᵀ/n − ννᵀ/n), ν the normalised values of a group of n; ‖ν‖²/n falls short of 1 by what ε takes.
        """
        v = energy[:, None]
        if self.norm is None:
            return v
        value, n = self.norm.value, self.norm.count
        if self.norm.by_sample:
            power = (value * value).mean(axis=1, keepdims=True)
            left = v * (1.0 - 1.0 / n - (2.0 - power) * value * value / n)
        else:
            others = v.mean() + 2.0 * value * (v * value).mean(axis=0) + value**2 * (v * value**2).mean(axis=0)
            left = v * (1.0 - 2.0 / n - 2.0 * value**2 / n) + others / n
        return np.asarray(np.maximum(left, 0.0) * self.norm.inverse**2)


def gain_of_signal(jacobian: Jacobian, energy: Array) -> float:
    """What becomes of a gradient behind the layer on its way to the layer's z."""
    return _root(_summed(jacobian.slope**2, jacobian.passed(energy)), energy, jacobian.slope.shape[1])


def gain_of_step(jacobian: Jacobian, matrix: Array, energy: Array) -> float:
    """The gain of J = diag(f′) Nᵀ Wᵀ from z of a layer, whose W is ``matrix`` (out, in), to z of the one before it,
    whose ``jacobian`` it is. ``energy`` (rows,): ‖δᵢ‖² as it arrives."""
    slope, norm = jacobian.slope**2, jacobian.norm
    if norm is None or not norm.by_sample:
        columns = (matrix * matrix).sum(axis=0)
        return _root(_summed(slope * columns, jacobian.passed(energy)), energy, matrix.shape[0])
    centred = matrix - matrix.mean(axis=1, keepdims=True)
    along = norm.value @ matrix.T / norm.count
    own = slope @ (centred * centred).sum(axis=0)
    crossed = np.einsum("ij,ij,ij->i", slope, norm.value, along @ centred)
    removed = np.einsum("ij,ij,ij->i", slope, norm.value, norm.value) * np.einsum("ij,ij->i", along, along)
    return _root((own - 2.0 * crossed + removed) * norm.inverse[:, 0] ** 2 * energy, energy, matrix.shape[0])


def gain_past(jacobian: Jacobian, matrix: Array, energy: Array) -> float:
    """The gain of 1 + M, M = Wᵀ diag(f′) Nᵀ, from behind a layer's sum to before the layer; ``jacobian`` and ``matrix``
    are that layer's own. As a mean square it is 1 + 2 tr M/n + ‖M‖_F²/n."""
    squares, trace = _squares_and_trace(jacobian, matrix, energy)
    width = matrix.shape[0]
    return _root(squares + 2.0 * trace + width * energy, energy, width)


def _squares_and_trace(jacobian: Jacobian, matrix: Array, energy: Array) -> tuple[Array, Array]:
    """‖M‖_F² and tr M of every sample, times its energy, (rows,) each."""
    rows, diagonal = (matrix * matrix).sum(axis=1), np.diagonal(matrix)
    slope, norm = jacobian.slope, jacobian.norm
    if norm is None:
        return energy * (slope**2 @ rows), energy * (slope @ diagonal)
    if norm.by_sample:
        inverse, turned = norm.inverse[:, 0], slope * norm.value
        power = np.einsum("ij,ij->i", norm.value, norm.value) / norm.count
        lost = _row_squares(slope @ matrix) + (2.0 - power) * _row_squares(turned @ matrix)
        squares = energy * inverse**2 * (slope**2 @ rows - lost / norm.count)
        along = norm.value @ matrix.T / norm.count
        trace = slope @ (diagonal - matrix.mean(axis=1)) - np.einsum("ij,ij->i", turned, along)
        return squares, energy * inverse * trace
    left = (1.0 - 1.0 / norm.count - norm.value**2 / norm.count) * slope
    return _summed(slope**2 * rows, jacobian.passed(energy)), energy * (left @ (norm.inverse[0] * diagonal))


def _row_squares(array: Array) -> Array:
    return np.asarray(np.einsum("ij,ij->i", array, array))


def _summed(array: Array, factors: Array) -> Array:
    """Σ over units of two arrays' products, (rows,); ``factors`` are (rows, units), or (rows, 1) for all units."""
    if factors.shape[1] == 1:
        return np.asarray(array.sum(axis=1) * factors[:, 0])
    return np.asarray(np.einsum("ij,ij->i", array, factors))


def _root(squares: Array, energy: Array, width: int) -> float:
    """The root of a sum over samples, as a share of ``width`` times the whole energy."""
    return math.sqrt(max(float(squares.sum()), 0.0) / (width * float(energy.sum())))


def energies(array: Array) -> Array:
    """Each sample's share of the sum of squares, (rows,), the largest being 1; all alike where there is nothing, or
    what is no number any more."""
    largest = max(float(array.max(initial=0.0)), -float(array.min(initial=0.0)))
    if not 0.0 < largest < math.inf:
        return np.ones(len(array))
    scaled = array / largest
    squares = np.einsum("ij,ij->i", scaled, scaled)
    return np.asarray(squares / squares.max())
