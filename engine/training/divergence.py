"""A run that diverges: the sentence that names where it began."""

from __future__ import annotations

from collections.abc import Sequence

from engine.network.contract import LARGEST_WEIGHT, NonFinite
from engine.network.function_gaps import Lack
from engine.network.plan import Plan
from engine.problems import Problem, Word, declare
from engine.training.ranges import RangeFault

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

NO_VALUE = declare(
    "training.no-value",
    "Training stopped at step {step}: {function} has no value at {z:.3g}, a weighted sum of “{block}”;"
    " choose another function there.",
)
NO_BOUND = declare(
    "training.no-bound",
    "Training stopped at step {step}: {function} isn't finite at {z:.3g}, a weighted sum of “{block}”;"
    " choose another function there, a lower learning rate or smaller start weights.",
)
NO_SLOPE = declare(
    "training.no-slope",
    "Training stopped at step {step}: the slope of {function} isn't finite at {z:.3g}, a weighted sum of “{block}”;"
    " choose another function there.",
)
FAR_OUT = declare(
    "training.far-out",
    "Training stopped at step {step}: the {setting} is {value:g}."
    " Hardly any network learns above {limit:g}; set it back.",
)

QUANTITIES = {
    "z": Word("pre-activation"),
    "loss": Word("loss"),
    "gradient": Word("gradient"),
    "weights": Word("weight update"),
}
"""What :class:`~engine.network.contract.NonFinite` says has broken, in words."""


SETTINGS = {
    "learning_rate": Word("learning rate"),
    "l1": Word("L1 penalty"),
    "l2": Word("L2 penalty"),
    "weight_decay": Word("weight decay"),
    "clip_norm": Word("clipping bound"),
    "gain": Word("scale of the start weights"),
}
"""What a :class:`~engine.training.ranges.RangeFault` is about, in words."""


def problem_of(failure: NonFinite, plan: Plan, faults: Sequence[RangeFault] = ()) -> Problem:
    """The sentence for a failure of a run of this plan; ``faults``: the settings that are to blame."""
    if faults:
        (fault, *_) = faults
        setting = SETTINGS[fault.setting]
        return FAR_OUT(step=failure.step, setting=setting, value=fault.value, limit=fault.limit)
    if (gap := failure.gap) is not None:
        sentence = {Lack.VALUE: NO_VALUE, Lack.BOUND: NO_BOUND, Lack.SLOPE: NO_SLOPE}[gap.lack]
        block = plan.nodes[plan.index_of(gap.block_id)].name
        return sentence(step=failure.step, function=gap.function, z=gap.z, block=block)
    block = plan.nodes[plan.index_of(failure.block_id)].name
    if failure.what == "growth":
        return RUNAWAY(step=failure.step, block=block, limit=LARGEST_WEIGHT)
    return NON_FINITE(step=failure.step, block=block, what=QUANTITIES[failure.what])
