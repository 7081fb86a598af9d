"""What is done to the gradient before an optimiser's step, and to parameters and memory after it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from engine.optimizers.spec import Mask, Vector

CLIP_GUARD = 1e-6
"""Added to the norm that clipping divides by, as in ``torch.nn.utils.clip_grad_norm_``."""

FORGETTING = 64
"""Each time so many steps are done, what an optimiser remembers is searched for subnormal numbers."""


def may_flush(epsilon: float, kind: npt.DTypeLike) -> bool:
    """Whether subnormal numbers of this floating-point type may count as 0: whether √v is nothing beside ε where v is
    subnormal, so that no step is divided by another number than it would have been. With the usual ε they may."""
    return bool(epsilon**2 >= np.finfo(kind).tiny)


def forget_subnormal(slots: Vector, number: int, epsilon: float) -> None:
    """Set to 0, at every :data:`FORGETTING`th step, what an optimiser remembers below the smallest normal number, in
    place; not where that would make a difference (:func:`may_flush`).

    Where no gradient comes back any more, averages shrink until they are subnormal and stay so for good, for 0.9 times
    the smallest number is rounded to itself; each then takes a processor a hundred times as long, and a network that
    has died a multiple of its time. Torch's tensors pass too.
    """
    kind = f"f{slots.dtype.itemsize}"
    if number % FORGETTING == 0 and may_flush(epsilon, kind):
        slots[abs(slots) < float(np.finfo(kind).tiny)] = 0.0


def regularise(gradient: Vector, theta: Vector, decay_mask: Mask, l1: float, l2: float) -> None:
    """Add the gradient of :func:`penalty`, ``l1·sign(w) + l2·w``, to the weights' part of ``gradient``, in
    place.
    """
    if l1 == 0.0 and l2 == 0.0:
        return
    with np.errstate(over="ignore", invalid="ignore"):
        np.add(gradient, l1 * np.sign(theta) + l2 * theta, out=gradient, where=decay_mask)


def pull_to_zero(theta: Vector, before: Vector, stuck: Mask, decay_mask: Mask, pull: float) -> None:
    """L1 that sticks, after the optimiser's own step: take ``pull`` = η·l1 from the size of every weight, in place.

    The direction is that of the weight ``before`` the step. What the pull takes across 0 is set to 0 and is ``stuck``
    from then on. Operators alone, as in the rules, so that torch's tensors pass too.
    """
    pulled = theta + 0.0
    pulled[(before > 0.0) & decay_mask] -= pull
    pulled[(before < 0.0) & decay_mask] += pull
    stuck |= theta * pulled < 0.0
    theta[...] = pulled
    theta[stuck] = 0.0


def penalty(theta: Vector, decay_mask: Mask, l1: float, l2: float) -> float:
    """``l1·Σ|w| + ½·l2·Σw²`` over the weights, which is reported apart from the data's loss."""
    if l1 == 0.0 and l2 == 0.0:
        return 0.0
    weights = theta[decay_mask]
    with np.errstate(over="ignore"):
        return float(l1 * np.abs(weights).sum() + 0.5 * l2 * np.dot(weights, weights))


def clip(gradient: Vector, max_norm: float) -> float:
    """Scale ``gradient`` (P,) in place so that its norm is at most ``max_norm``; return its norm before.

    By global norm, as ``torch.nn.utils.clip_grad_norm_`` (Pascanu, Mikolov & Bengio, ICML 2013). A norm too
    large to square is still found, so a finite gradient is always clipped to a finite one. One that holds NaN
    or infinity is left alone, for the session to find where it began.
    """
    largest = float(np.abs(gradient).max(initial=0.0))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    scaled = gradient / largest
    norm = largest * math.sqrt(float(np.dot(scaled, scaled)))
    if norm + CLIP_GUARD > max_norm:
        gradient *= max_norm / (norm + CLIP_GUARD)
    return norm
