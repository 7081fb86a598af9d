"""What a layer does to a signal of no particular direction: the factor ‖f′(z)·W‖, as a gain.

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
from functools import cached_property

import numpy as np

from engine.gradients.norms import Normalised
from engine.graph.kinds.base import Array

SAFE = 1e-200


@dataclass(frozen=True)
class Jacobian:
    """diag(f′(z)) Nᵀ of one layer, for every sample: ``slope`` (rows, units), ``norm`` None where there is none."""

    slope: Array
    norm: Normalised | None

    @cached_property
    def squares(self) -> Array:
        """f′(z)², (rows, units)."""
        return np.asarray(self.slope * self.slope)

    @cached_property
    def turned(self) -> Array:
        """f′(z) times the normalised values, (rows, units)."""
        assert self.norm is not None
        return np.asarray(self.slope * self.norm.value)

    @cached_property
    def power(self) -> Array:
        """‖ν‖²/n of each sample, (rows,), which falls short of 1 by what ε takes."""
        assert self.norm is not None
        return np.asarray(_row_squares(self.norm.value) / self.norm.count)

    def passed(self, energy: Array) -> Array:
        """Nᵀ's result for an independent signal whose parts have the mean square ``energy`` (rows,): its parts' mean
        squares, (rows, units).

        Nᵀ = s(1 − 11ᵀ/n − ννᵀ/n), ν the normalised values of a group of n; ‖ν‖²/n falls short of 1 by what ε takes.
        """
        v = energy[:, None]
        if self.norm is None:
            return v
        value, n = self.norm.value, self.norm.count
        power = value * value
        if self.norm.by_sample:
            left = v * (1.0 - 1.0 / n) - (v * (2.0 - self.power[:, None]) / n) * power
        else:
            others = v.mean() + 2.0 * value * (energy @ value / n) + power * (energy @ power / n)
            left = v * (1.0 - 2.0 / n) - (2.0 * v / n) * power + others / n
        return np.asarray(np.maximum(left, 0.0) * self.norm.inverse**2)


def gain_of_signal(jacobian: Jacobian, energy: Array) -> float:
    """What becomes of a gradient behind the layer on its way to the layer's z."""
    slope, norm = jacobian.slope, jacobian.norm
    if norm is None or not norm.by_sample:
        return _root(_summed(jacobian.squares, jacobian.passed(energy)), energy, slope.shape[1])
    n = norm.count
    kept = (1.0 - 1.0 / n) * _row_squares(slope) - (2.0 - jacobian.power) / n * _row_squares(jacobian.turned)
    return _root(np.maximum(kept, 0.0) * norm.inverse[:, 0] ** 2 * energy, energy, n)


def gain_of_step(jacobian: Jacobian, matrix: Array, energy: Array) -> float:
    """The gain of J = diag(f′) Nᵀ Wᵀ from z of a layer, whose W is ``matrix`` (out, in), to z of the one before it,
    whose ``jacobian`` it is. ``energy`` (rows,): ‖δᵢ‖² as it arrives."""
    norm = jacobian.norm
    if norm is None or not norm.by_sample:
        columns = (matrix * matrix).sum(axis=0)
        if norm is None:
            return _root((jacobian.squares @ columns) * energy, energy, matrix.shape[0])
        return _root(_summed(jacobian.squares * columns, jacobian.passed(energy)), energy, matrix.shape[0])
    centred = matrix - matrix.mean(axis=1, keepdims=True)
    along = norm.value @ matrix.T
    along /= norm.count
    weighed = jacobian.turned * jacobian.slope
    own = jacobian.squares @ (centred * centred).sum(axis=0)
    crossed = np.einsum("ij,ij->i", weighed, along @ centred)
    removed = _row_squares(jacobian.turned) * _row_squares(along)
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
        return energy * (jacobian.squares @ rows), energy * (slope @ diagonal)
    if norm.by_sample:
        inverse, turned = norm.inverse[:, 0], jacobian.turned
        lost = _row_squares(slope @ matrix) + (2.0 - jacobian.power) * _row_squares(turned @ matrix)
        squares = energy * inverse**2 * (jacobian.squares @ rows - lost / norm.count)
        along = np.einsum("ij,ij->i", turned, norm.value @ matrix.T) / norm.count
        return squares, energy * inverse * (slope @ (diagonal - matrix.mean(axis=1)) - along)
    left = (1.0 - 1.0 / norm.count - norm.value**2 / norm.count) * slope
    return _summed(jacobian.squares * rows, jacobian.passed(energy)), energy * (left @ (norm.inverse[0] * diagonal))


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
    squares = _row_squares(array)
    most = float(squares.max(initial=0.0))
    if not SAFE < most < 1.0 / SAFE:  # squares of what is so large or small are lost
        largest = float(np.abs(array).max(initial=0.0))
        if not 0.0 < largest < math.inf:
            return np.ones(len(array))
        squares = _row_squares(array / largest)
        most = float(squares.max())
    return np.asarray(squares / most)
