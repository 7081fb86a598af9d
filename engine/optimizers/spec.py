"""What an optimiser is: its rule, its memory, how the pass writes it and PyTorch's twin, as one declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


class UpdateNumbers(NamedTuple):
    """The numbers that a rule reads at one update: the rate η, settings, and β₁ᵗ and β₂ᵗ of update t, from 1."""

    eta: float
    momentum: float
    beta1: float
    beta2: float
    rho: float
    epsilon: float
    weight_decay: float
    beta1_power: float
    beta2_power: float


Rule = Callable[..., tuple[Vector, ...]]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One line of the rule as the pass writes it for a single parameter.

    ``name``: the vector of memory that the line renews, ``step`` for Δw, or another number, which later lines may read.
    ``symbols`` is its right side as mathtext, in which ``@t`` is the number of the update. ``arithmetic`` is the same
    as an expression of :mod:`engine.autodiff` in ``w``, ``g``, ``eta``, ``t``, settings by their names, memory and
    earlier lines. ``symbol`` is the left side where it isn't the name.
    """

    name: str
    symbols: str
    arithmetic: str
    symbol: str = ""


@dataclass(frozen=True, slots=True)
class TorchOptimizer:
    """A class of torch.optim: ``settings`` are its arguments besides lr and weight_decay, ``state`` is what it calls
    our memory."""

    name: str
    settings: Callable[[UpdateNumbers], dict[str, object]] = lambda numbers: {}
    state: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptimizerSpec:
    """One optimiser.

    ``rule(theta, g, *memory, numbers)`` changes θ and the memory by ``-=``, ``*=`` and the like, element by element,
    leaves g as it is, and returns them in that order. It is written with + − × ÷, ``abs`` and
    :func:`engine.activations.arithmetic.root` and calls no other function. So numpy and PyTorch carry it out in place,
    and kernels, whose vectors are values, take what it returns. ``memory`` names the vectors, 0 at the start.
    ``formula`` is mathtext, ``lines`` the same step by step, of which Δw is the last. ``settings`` are the
    hyper-parameters that it reads besides the learning rate. ``twin``: None where torch.optim has none.
    """

    key: str
    label: str
    formula: str
    rule: Rule = field(repr=False)
    lines: tuple[RuleLine, ...] = field(repr=False)
    twin: TorchOptimizer | None = field(repr=False)
    memory: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    source: str = ""
    is_adaptive: bool = False
    """A step is about as long as the rate itself, however small the gradient is."""
    shrinks_weights: bool = False
    """Weights first lose the share η·λ of their size (decoupled weight decay); the rule is given what is left."""

    @property
    def slots(self) -> int:
        """How many vectors of memory there are."""
        return len(self.memory)

    def bare_update(
        self, theta: Vector, gradient: Vector, slots: Vector, numbers: UpdateNumbers, decay_mask: Mask
    ) -> None:
        """:meth:`update` for callers that silence overflow themselves."""
        if self.shrinks_weights:
            theta[decay_mask] *= 1.0 - numbers.eta * numbers.weight_decay
        self.rule(theta, gradient, *slots, numbers)

    def update(self, theta: Vector, gradient: Vector, slots: Vector, numbers: UpdateNumbers, decay_mask: Mask) -> None:
        """Update ``theta`` (P,) and ``slots`` (s, P) in place.

        A run that diverges overflows silently here: the training session finds and names it.
        """
        with np.errstate(over="ignore", invalid="ignore", under="ignore"):
            self.bare_update(theta, gradient, slots, numbers, decay_mask)


_REGISTERED: dict[str, OptimizerSpec] = {}


def register(spec: OptimizerSpec) -> OptimizerSpec:
    """Add an optimiser behind those there are. Raises ValueError for a key that is taken."""
    if spec.key in _REGISTERED:
        raise ValueError(f"two optimisers are called {spec.key}")
    _REGISTERED[spec.key] = spec
    return spec


def registered() -> Mapping[str, OptimizerSpec]:
    """Every optimiser by key, in the order they were added."""
    return MappingProxyType(_REGISTERED)
