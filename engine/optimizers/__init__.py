"""Optimisers: one update of all parameters, written into them; and what is done to the gradient before.

Every parameter of a network lies in one flat vector ``theta`` (P,), its gradient in another, and an optimiser's memory
in a few more (``slots``, (s, P), zero at the start). Conventions are those of ``torch.optim``, which the tests hold
every rule to. ``decay_mask`` (P,) is true for weights and false for biases, which no penalty touches.

:mod:`engine.optimizers.kinds` has a module for each.
"""

from __future__ import annotations

from engine.optimizers.gradients import (
    CLIP_GUARD,
    FORGETTING,
    clip,
    forget_subnormal,
    may_flush,
    penalty,
    pull_to_zero,
    regularise,
)
from engine.optimizers.kinds import OPTIMIZERS
from engine.optimizers.spec import OptimizerSpec, UpdateNumbers
from engine.problems import EngineError, declare

__all__ = [
    "CLIP_GUARD",
    "FORGETTING",
    "OPTIMIZERS",
    "OptimizerSpec",
    "UpdateNumbers",
    "clip",
    "forget_subnormal",
    "may_flush",
    "optimizer",
    "penalty",
    "pull_to_zero",
    "regularise",
]

UNKNOWN_OPTIMIZER = declare("optimizer.unknown", "There is no optimiser called '{key}'; choose one of {known}.")


def optimizer(key: str) -> OptimizerSpec:
    """The optimiser called ``key``; raises EngineError(``optimizer.unknown``) naming those there are."""
    if key not in OPTIMIZERS:
        raise EngineError(UNKNOWN_OPTIMIZER(key=key, known=", ".join(OPTIMIZERS)))
    return OPTIMIZERS[key]
