"""How far units are saturated at the start, which is what parts a measured ratio from a predicted one.

The prediction has E[f′²] over a Gaussian z of any size, so that it knows of saturation; but it is a mean over layers of
any width. Where nearly all units are saturated, that mean is made by the few that are not. A sample that meets none of
these in a layer loses its signal there, and the product of the means is one that a network of this width hardly has.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.activations import Saturation, activation
from engine.gradients.experiment import Configuration
from engine.graph.kinds.base import Array

MOST = 0.5
"""From so large a share of saturated units on it is a reason."""
FAR = 10.0
"""A measured ratio that is so many times the predicted one, or less than that, wants a reason."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Of the hidden layers that a signal goes back through, all but the last: the ``share`` of f′(z), over units and
    samples, of saturated units; and in which share of the pairs of a layer and a sample ``none`` of the
    layer's units is another."""

    share: float
    none: float


@dataclass(frozen=True, slots=True)
class Parted:
    """Why a prediction and a measurement are far apart: what is ``closed``, and the mean of f′² of those layers as
    ``predicted`` and as ``measured``."""

    closed: Closed
    predicted: float
    measured: float


def closed_in(configuration: Configuration, z: Sequence[Array]) -> Closed | None:
    """What is closed in the layers whose z, (rows, units) each, these are; None for functions that do not saturate on
    both sides, and where there is nothing between layers."""
    function = activation(configuration.activation)
    if function.saturates is not Saturation.BOTH or function.exactly_flat or len(z) < 2:
        return None
    low, high = function.saturation_bounds()
    inner = z[:-1]
    shut, none = 0, 0
    for one in inner:
        open_ = (one >= low) & (one <= high)
        shut += one.size - int(np.count_nonzero(open_))
        none += len(one) - int(np.count_nonzero(open_.any(axis=1)))
    return Closed(shut / (len(inner) * inner[0].size), none / (len(inner) * len(inner[0])))


def parted_by_saturation(
    closed: Closed | None, slope: Array, ratio: float, predicted_slope: Array, predicted_ratio: float
) -> Parted | None:
    """Whether it is saturation that parts a measured ``ratio`` from the predicted one; None where they are near one
    another, or where most units are not saturated. Slopes (depth,): the root of the mean of f′² of each layer."""
    if closed is None or closed.share < MOST or not far_apart(ratio, predicted_ratio):
        return None
    predicted, measured = (float(np.square(one[:-1]).mean()) for one in (predicted_slope, slope))
    return Parted(closed, predicted, measured)


def far_apart(ratio: float, predicted: float) -> bool:
    """Whether a ratio is more than :data:`FAR` times the predicted one, or less; one that is 0 or no number is."""
    if ratio > 0.0 and predicted > 0.0 and math.isfinite(ratio) and math.isfinite(predicted):
        return abs(math.log10(ratio) - math.log10(predicted)) > math.log10(FAR)
    return ratio != predicted
