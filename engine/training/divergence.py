"""A run that diverges: the sentence that names where it began."""

from __future__ import annotations

from engine.network.contract import LARGEST_WEIGHT, NonFinite
from engine.network.plan import Plan
from engine.problems import Problem, Word, declare

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

QUANTITIES = {
    "z": Word("pre-activation"),
    "loss": Word("loss"),
    "gradient": Word("gradient"),
    "weights": Word("weight update"),
}
"""What :class:`~engine.network.contract.NonFinite` says has broken, in words."""


def problem_of(failure: NonFinite, plan: Plan) -> Problem:
    """The sentence for a failure of a run of this plan."""
    block = plan.nodes[plan.index_of(failure.block_id)].name
    if failure.what == "growth":
        return RUNAWAY(step=failure.step, block=block, limit=LARGEST_WEIGHT)
    return NON_FINITE(step=failure.step, block=block, what=QUANTITIES[failure.what])
