"""Settings out of any sensible range: each may be tried, to see what it does, and is named where a run suffers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

from engine.hyperparameters import DEFAULT_RATE, Hyperparameters
from engine.network.plan import Plan
from engine.optimizers import OPTIMIZERS

if TYPE_CHECKING:
    from engine.training.history import History

LARGEST_RATE, LARGEST_ADAPTIVE_RATE, SMALLEST_RATE = 10.0, 1.0, 1e-7
LARGEST_PENALTY = 1.0
LARGEST_GAIN = 100.0
SMALLEST_CLIP = 1e-6
FEWEST_STEPS, BARELY, NOTABLY = 100, 0.01, 0.1
"""So many steps that come to less than the first share of a layer's weights have taught it nothing. The rate is why if
the usual one would have made them more than the second: no rate does where hardly any gradient arrives. Measured with
SGD and Adam at 0.001 to 0.1 on six toy data sets, in batches from 10 to all points: none of 180 runs was named."""


@dataclass(frozen=True, slots=True)
class RangeFault:
    """A setting that lies beyond ``limit``: a field of the hyper-parameters, or ``gain``, the start weights' scale of
    ``blocks``. ``usual``: what it is mostly set to, None for off or an initialiser's own. ``moves_barely``: its steps
    tell that it is too small, at ``limit`` they would have come to :data:`BARELY`."""

    setting: str
    value: float
    limit: float
    usual: float | None
    blocks: tuple[str, ...] = ()
    moves_barely: bool = False

    @property
    def is_too_large(self) -> bool:
        """Above its limit, else below it."""
        return self.value > self.limit


def range_faults(plan: Plan, hyper: Hyperparameters, *, broken: bool, share: float = inf) -> tuple[RangeFault, ...]:
    """Every setting that is out of range; what does not act on these steps is left out.

    ``broken``: the run broke down. A setting that is too small slows a run down and never breaks it. ``share``: see
    :func:`moved`; infinite unless the loss is known to stand.
    """
    faults = (*_of_hyper(hyper, share), *_of_start(plan))
    return tuple(fault for fault in faults if fault.is_too_large or not broken)


def moved(history: History, updates: int) -> float:
    """What the steps since the last change come to at most, as a share of a layer's weights; infinite while few."""
    steps = updates - history.last_change
    return history.largest_update[1] * steps if steps >= FEWEST_STEPS else inf


def _of_hyper(hyper: Hyperparameters, share: float) -> Iterator[RangeFault]:
    is_adaptive = OPTIMIZERS[hyper.optimizer].is_adaptive
    rate, largest = hyper.learning_rate, LARGEST_ADAPTIVE_RATE if is_adaptive else LARGEST_RATE
    if rate > largest or rate < SMALLEST_RATE:
        yield RangeFault("learning_rate", rate, largest if rate > largest else SMALLEST_RATE, DEFAULT_RATE)
    elif share < BARELY and share * DEFAULT_RATE > NOTABLY * rate:
        yield RangeFault("learning_rate", rate, rate * BARELY / share, DEFAULT_RATE, moves_barely=True)
    for name, value in (("l1", hyper.l1), ("l2", hyper.l2)):
        if value > LARGEST_PENALTY:
            yield RangeFault(name, value, LARGEST_PENALTY, 0.0)
    if hyper.optimizer == "adamw" and hyper.weight_decay > LARGEST_PENALTY:
        yield RangeFault("weight_decay", hyper.weight_decay, LARGEST_PENALTY, Hyperparameters().weight_decay)
    if hyper.clip_norm is not None and hyper.clip_norm < SMALLEST_CLIP:
        yield RangeFault("clip_norm", hyper.clip_norm, SMALLEST_CLIP, None)


def _of_start(plan: Plan) -> Iterator[RangeFault]:
    sizes = {node.id: abs(getattr(node.params, "scale", None) or 0.0) for node in plan.nodes}
    blocks = tuple(block_id for block_id, size in sizes.items() if size > LARGEST_GAIN)
    if blocks:
        yield RangeFault("gain", max(sizes[block_id] for block_id in blocks), LARGEST_GAIN, None, blocks)
