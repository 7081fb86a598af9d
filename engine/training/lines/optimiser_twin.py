"""The optimiser of torch.optim that takes the same step with one parameter, from the same gradient and memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.optimizers import OPTIMIZERS
from engine.training.lines.expression import Source
from engine.training.trace import PassTrace


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
    """The twin of the parameter that a number of an update, such as ``step.W``, belongs to; None where
    torch.optim has none or doesn't tell that number."""
    role, _, name = source.symbol.partition(".")
    update, plan = trace.update, trace.plan
    twin = None if update is None else OPTIMIZERS[update.hyper.optimizer].twin
    if update is None or plan is None or twin is None:
        return None
    if role not in ("step", *(f"new{place}" for place in range(len(twin.state)))):
        return None
    slot = next(slot for slot in plan.nodes[plan.index_of(source.block_id)].slots if slot.spec.name == name)
    at = slot.offset + int(np.ravel_multi_index(source.index, slot.spec.shape))
    hyper = update.hyper
    settings = {"lr": update.rate, **twin.settings(hyper.update_numbers(update.rate, update.number))}
    if OPTIMIZERS[hyper.optimizer].shrinks_weights:
        settings["weight_decay"] = hyper.weight_decay if slot.spec.decays else 0.0
    memory = {key: float(update.slots_before[place, at]) for place, key in enumerate(twin.state)}
    if twin.name != "SGD":
        memory = {"step": float(update.number - 1), **memory}
    before, gradient = float(update.before[at]), float(update.clipped[at])
    return OptimiserTwin(twin.name, settings, memory, twin.state, before, gradient)
