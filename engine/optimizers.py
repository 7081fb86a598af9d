"""Optimisers: one update of all parameters, written into them; and what is done to the gradient before.

Every parameter of a network lies in one flat vector ``theta`` (P,), its gradient in another, and an
optimiser's memory in up to two more (``slots``, (s, P), zero at the start). Conventions are those of
``torch.optim``, which the tests hold every rule to. The rules use arithmetic operators alone, so the torch
backend runs the same rules on its tensors. ``decay_mask`` (P,) is true for weights and false for
biases, which no penalty touches.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from engine.problems import EngineError, declare

if TYPE_CHECKING:
    from engine.hyperparameters import Hyperparameters

Vector = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

UNKNOWN_OPTIMIZER = declare("optimizer.unknown", "There is no optimiser called '{key}'; choose one of {known}.")

CLIP_GUARD = 1e-6
"""Added to the norm that clipping divides by, as in ``torch.nn.utils.clip_grad_norm_``."""

FORGETTING = 64
"""Each time so many steps are done, what an optimiser remembers is searched for subnormal numbers."""


class Step(NamedTuple):
    """What one update is given besides the parameters: the rate ``eta``, its 1-based number, the settings."""

    eta: float
    number: int
    hyper: Hyperparameters
    decay_mask: Mask


Rule = Callable[[Vector, Vector, Vector, Step], None]


@dataclass(frozen=True)
class OptimizerSpec:
    """One optimiser. ``formula`` is mathtext; ``opcode`` is the number that compiled kernels switch on.

    ``slots`` is the number of state vectors, ``settings`` the hyper-parameters it reads besides the learning
    rate.
    """

    key: str
    label: str
    opcode: int
    formula: str
    slots: int
    settings: tuple[str, ...]
    source: str
    rule: Rule = field(repr=False)
    is_adaptive: bool = False
    """A step is about as long as the rate itself, however small the gradient is."""

    def update(
        self,
        theta: Vector,
        gradient: Vector,
        slots: Vector,
        learning_rate: float,
        step: int,
        hyper: Hyperparameters,
        decay_mask: Mask,
    ) -> None:
        """Update ``theta`` (P,) and ``slots`` (s, P) in place; ``step`` counts from 1.

        A run that diverges overflows silently here: the training session finds and names it.
        """
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            self.rule(theta, gradient, slots, Step(learning_rate, step, hyper, decay_mask))


def _sgd(theta: Vector, gradient: Vector, slots: Vector, step: Step) -> None:
    theta -= step.eta * gradient


def _momentum(theta: Vector, gradient: Vector, slots: Vector, step: Step) -> None:
    velocity = slots[0]
    velocity *= step.hyper.momentum
    velocity += gradient
    theta -= step.eta * velocity


def _nesterov(theta: Vector, gradient: Vector, slots: Vector, step: Step) -> None:
    velocity = slots[0]
    velocity *= step.hyper.momentum
    velocity += gradient
    theta -= step.eta * (gradient + step.hyper.momentum * velocity)


def _adagrad(theta: Vector, gradient: Vector, slots: Vector, step: Step) -> None:
    squares = slots[0]
    squares += gradient * gradient
    theta -= step.eta * gradient / (squares**0.5 + step.hyper.epsilon)


def _rmsprop(theta: Vector, gradient: Vector, slots: Vector, step: Step) -> None:
    squares = slots[0]
    squares *= step.hyper.rho
    squares += (1.0 - step.hyper.rho) * gradient * gradient
    theta -= step.eta * gradient / (squares**0.5 + step.hyper.epsilon)


def _adam(theta: Vector, gradient: Vector, slots: Vector, step: Step) -> None:
    hyper = step.hyper
    mean, squares = slots[0], slots[1]
    part = (1.0 - hyper.beta1) * gradient  # what is in between is worked out in place: new room costs more than numbers
    mean *= hyper.beta1
    mean += part
    part = (1.0 - hyper.beta2) * gradient
    part *= gradient
    squares *= hyper.beta2
    squares += part
    size = squares / (1.0 - hyper.beta2**step.number)
    size **= 0.5
    size += hyper.epsilon
    update = step.eta / (1.0 - hyper.beta1**step.number) * mean
    update /= size
    theta -= update


def _adamw(theta: Vector, gradient: Vector, slots: Vector, step: Step) -> None:
    theta[step.decay_mask] *= 1.0 - step.eta * step.hyper.weight_decay
    _adam(theta, gradient, slots, step)


_G2 = r"v \leftarrow \beta_2 v + (1 - \beta_2)\,g^2"
_M = r"m \leftarrow \beta_1 m + (1 - \beta_1)\,g"
_ADAM_STEP = r"\eta\,\frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon}"

_OFFERED = (
    OptimizerSpec("sgd", "SGD", 0, r"\theta \leftarrow \theta - \eta\,g", 0, (), "", _sgd),
    OptimizerSpec(
        "momentum", "momentum", 1,
        r"v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta\,v",
        1, ("momentum",), "Polyak 1964", _momentum,
    ),
    OptimizerSpec(
        "nesterov", "Nesterov momentum", 2,
        r"v \leftarrow \mu v + g,\quad \theta \leftarrow \theta - \eta\,(g + \mu v)",
        1, ("momentum",), "Nesterov 1983; Sutskever et al. 2013", _nesterov,
    ),
    OptimizerSpec(
        "adagrad", "AdaGrad", 3,
        r"v \leftarrow v + g^2,\quad \theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{v} + \epsilon}",
        1, ("epsilon",), "Duchi et al. 2011", _adagrad,
    ),
    OptimizerSpec(
        "rmsprop", "RMSProp", 4,
        r"v \leftarrow \rho v + (1 - \rho)\,g^2,\quad "
        r"\theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{v} + \epsilon}",
        1, ("rho", "epsilon"), "Tieleman & Hinton 2012", _rmsprop, is_adaptive=True,
    ),
    OptimizerSpec(
        "adam", "Adam", 5,
        rf"{_M},\quad {_G2},\quad \theta \leftarrow \theta - {_ADAM_STEP}",
        2, ("beta1", "beta2", "epsilon"), "Kingma & Ba 2015", _adam, is_adaptive=True,
    ),
    OptimizerSpec(
        "adamw", "AdamW", 6,
        rf"{_M},\quad {_G2},\quad \theta \leftarrow (1 - \eta\lambda)\,\theta - {_ADAM_STEP}",
        2, ("beta1", "beta2", "epsilon", "weight_decay"), "Loshchilov & Hutter 2019", _adamw, is_adaptive=True,
    ),
)  # fmt: skip

OPTIMIZERS: Mapping[str, OptimizerSpec] = MappingProxyType({one.key: one for one in _OFFERED})
"""Every optimiser by key, in the order they are offered."""


def optimizer(key: str) -> OptimizerSpec:
    """The optimiser called ``key``; raises EngineError(``optimizer.unknown``) naming those there are."""
    if key not in OPTIMIZERS:
        raise EngineError(UNKNOWN_OPTIMIZER(key=key, known=", ".join(OPTIMIZERS)))
    return OPTIMIZERS[key]


def may_flush(hyper: Hyperparameters, kind: npt.DTypeLike) -> bool:
    """Whether subnormal numbers of this floating-point type may count as 0: whether √v is nothing beside ε where v is
    subnormal, so that no step is divided by another number than it would have been. With the usual ε they may."""
    return bool(hyper.epsilon**2 >= np.finfo(kind).tiny)


def forget_subnormal(slots: Vector, number: int, hyper: Hyperparameters) -> None:
    """Set to 0, at every :data:`FORGETTING`th step, what an optimiser remembers below the smallest normal number, in
    place; not where that would make a difference (:func:`may_flush`).

    Where no gradient comes back any more, averages shrink until they are subnormal and stay so for good, for 0.9 times
    the smallest number is rounded to itself; each then takes a processor a hundred times as long, and a network that
    has died a multiple of its time. Torch's tensors pass too.
    """
    kind = f"f{slots.dtype.itemsize}"
    if number % FORGETTING == 0 and may_flush(hyper, kind):
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
