"""The optimiser of torch.optim that takes the same step with one parameter, from the same gradient and memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.hyperparameters import Hyperparameters
from engine.training.lines.expression import Source
from engine.training.trace import PassTrace

TOLD = ("step", "new0", "new1")
"""What an optimiser tells: Δw, and its memory after the step."""


@dataclass(frozen=True, slots=True)
class OptimiserTwin:
    """``name``: the class in torch.optim, made with ``settings``. ``memory``: its state before the step, of which the
    first ones, in the order of ours, are ``read`` after it."""

    name: str
    settings: Mapping[str, object]
    memory: Mapping[str, float]
    read: tuple[str, ...]
    weight: float
    gradient: float


def twin_of(trace: PassTrace, source: Source) -> OptimiserTwin | None:
    """The twin of the parameter that a number of an update, such as ``step.W``, belongs to."""
    role, _, name = source.symbol.partition(".")
    update, plan = trace.update, trace.plan
    if update is None or plan is None or role not in TOLD:
        return None
    slot = next(slot for slot in plan.nodes[plan.index_of(source.block_id)].slots if slot.spec.name == name)
    at = slot.offset + int(np.ravel_multi_index(source.index, slot.spec.shape))
    hyper = update.hyper
    torch_name, extra, read = _TWINS[hyper.optimizer]
    settings = {"lr": update.rate, **extra(hyper)}
    if hyper.optimizer == "adamw":
        settings["weight_decay"] = hyper.weight_decay if slot.spec.decays else 0.0
    memory = {key: float(update.slots_before[place, at]) for place, key in enumerate(read)}
    if torch_name != "SGD":
        memory = {"step": float(update.number - 1), **memory}
    return OptimiserTwin(torch_name, settings, memory, read, float(update.before[at]), float(update.clipped[at]))


def _adam(hyper: Hyperparameters) -> dict[str, object]:
    return {"betas": (hyper.beta1, hyper.beta2), "eps": hyper.epsilon}


_Extra = Callable[[Hyperparameters], dict[str, object]]
_TWINS: Mapping[str, tuple[str, _Extra, tuple[str, ...]]] = {
    "sgd": ("SGD", lambda hyper: {}, ()),
    "momentum": ("SGD", lambda hyper: {"momentum": hyper.momentum}, ("momentum_buffer",)),
    "nesterov": ("SGD", lambda hyper: {"momentum": hyper.momentum, "nesterov": True}, ("momentum_buffer",)),
    "adagrad": ("Adagrad", lambda hyper: {"eps": hyper.epsilon}, ("sum",)),
    "rmsprop": ("RMSprop", lambda hyper: {"alpha": hyper.rho, "eps": hyper.epsilon}, ("square_avg",)),
    "adam": ("Adam", _adam, ("exp_avg", "exp_avg_sq")),
    "adamw": ("AdamW", _adam, ("exp_avg", "exp_avg_sq")),
}
