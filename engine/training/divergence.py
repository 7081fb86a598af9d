"""A run that diverges: how it is noticed beyond NaN and infinity, and the sentence that names where it began."""

from __future__ import annotations

import numpy as np

from engine.graph.validation import name_of
from engine.network.contract import NonFinite
from engine.network.plan import Plan
from engine.network.state import NetworkState
from engine.problems import Problem, declare

LARGEST_WEIGHT = 1e8
"""A weight beyond this size is taken for divergence. Saturated units can keep a hopeless run finite for ever."""

NON_FINITE = declare(
    "training.non-finite",
    "Training stopped at step {step}: the {what} of “{block}” is no longer finite;"
    " lower the learning rate, clip the gradient or start from smaller weights.",
)
RUNAWAY = declare(
    "training.runaway",
    "Training stopped at step {step}: the weights of “{block}” have grown beyond {limit:g};"
    " lower the learning rate, clip the gradient or start from smaller weights.",
)

_NAMES = {"z": "pre-activation", "loss": "loss", "gradient": "gradient", "weights": "weight update"}


def runaway(plan: Plan, state: NetworkState) -> NonFinite | None:
    """Where a weight has grown beyond :data:`LARGEST_WEIGHT`: the block with the largest, or None."""
    if not plan.size or max(state.theta.max(), -state.theta.min()) <= LARGEST_WEIGHT:
        return None
    largest = int(np.abs(state.theta).argmax())
    owner = next(slot.block_id for slot in plan.slots() if largest < slot.offset + slot.size)
    return NonFinite(state.step, owner, "growth")


def problem_of(failure: NonFinite, plan: Plan) -> Problem:
    """The sentence for a failure of a run of this plan."""
    block = name_of(plan.nodes[plan.index_of(failure.block_id)].block)
    if failure.what == "growth":
        return RUNAWAY(step=failure.step, block=block, limit=LARGEST_WEIGHT)
    return NON_FINITE(step=failure.step, block=block, what=_NAMES[failure.what])
