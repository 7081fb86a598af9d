"""Learning-rate schedules: the rate of every step, as one array that any backend can read.

All of them are written in epochs and two numbers, ``epochs`` and ``factor``, which mean the same thing
throughout: how long the schedule takes, and what share of the base rate it comes to in that time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

Rates = npt.NDArray[np.float64]
ScheduleKind = Literal["constant", "step", "exponential", "cosine", "warmup", "inverse_time"]


class Schedule(BaseModel):
    """Which schedule, and its two numbers; :data:`SCHEDULES` says which of them a kind reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: ScheduleKind = "constant"
    epochs: float = Field(default=100.0, gt=0.0, le=1e9)
    factor: float = Field(default=0.1, ge=0.0, le=1.0)


@dataclass(frozen=True, slots=True)
class ScheduleSpec:
    """How a schedule is shown and computed.

    ``formula`` is mathtext, with ``e`` the time in epochs, ``E`` the schedule's epochs and ``c`` its factor.
    ``shape(e, epochs, factor)`` is the share of the base rate at the times ``e`` (count,).
    """

    key: str
    label: str
    formula: str
    settings: tuple[str, ...]
    shape: Callable[[Rates, float, float], Rates] = field(repr=False)


def rates(
    schedule: Schedule, base: float, start_step: int, count: int, steps_per_epoch: int
) -> npt.NDArray[np.float64]:
    """The learning rates (count,) of ``count`` steps from ``start_step``, the number of steps already taken.

    Step ``t`` (from 0) happens at ``t / steps_per_epoch`` epochs; warm-up counts the step itself, so that its
    first rate is not zero. Read-only.
    """
    if schedule.kind == "constant":
        return _constant_rates(base, max(1, count - 1).bit_length())[:count]
    steps = np.arange(start_step, start_step + count, dtype=np.float64)
    if schedule.kind == "warmup":
        steps += 1.0
    found = base * SCHEDULES[schedule.kind].shape(steps / steps_per_epoch, schedule.epochs, schedule.factor)
    found.setflags(write=False)
    return found


@lru_cache(maxsize=4)
def _constant_rates(base: float, doublings: int) -> Rates:
    """2^``doublings`` times the same rate: a fast run asks for thousands of them sixty times a second."""
    same = np.full(1 << doublings, base)
    same.setflags(write=False)
    return same


def forget_rates() -> None:
    """Keep none of the constant ones, until they are asked for again."""
    _constant_rates.cache_clear()


def _constant(time: Rates, epochs: float, factor: float) -> Rates:
    return np.ones_like(time)


def _step(time: Rates, epochs: float, factor: float) -> Rates:
    return np.power(factor, np.floor(time / epochs))


def _exponential(time: Rates, epochs: float, factor: float) -> Rates:
    return np.power(factor, time / epochs)


def _cosine(time: Rates, epochs: float, factor: float) -> Rates:
    """Half a cosine wave from 1 to ``factor`` (Loshchilov & Hutter, ICLR 2017), and constant after it."""
    return factor + 0.5 * (1.0 - factor) * (1.0 + np.cos(np.pi * np.minimum(time / epochs, 1.0)))


def _warmup(time: Rates, epochs: float, factor: float) -> Rates:
    return np.minimum(time / epochs, 1.0)


def _inverse_time(time: Rates, epochs: float, factor: float) -> Rates:
    return 1.0 / (1.0 + time / epochs)


_OFFERED = (
    ScheduleSpec("constant", "constant", r"\eta", (), _constant),
    ScheduleSpec("step", "step decay", r"\eta\,c^{\lfloor e/E \rfloor}", ("epochs", "factor"), _step),
    ScheduleSpec("exponential", "exponential decay", r"\eta\,c^{e/E}", ("epochs", "factor"), _exponential),
    ScheduleSpec(
        "cosine", "cosine annealing",
        r"\eta\left(c + \frac{1 - c}{2}\left(1 + \cos\frac{\pi e}{E}\right)\right)",
        ("epochs", "factor"), _cosine,
    ),
    ScheduleSpec("warmup", "linear warm-up", r"\eta\,\min\left(1, \frac{e}{E}\right)", ("epochs",), _warmup),
    ScheduleSpec("inverse_time", "1/t decay", r"\frac{\eta}{1 + e/E}", ("epochs",), _inverse_time),
)  # fmt: skip

SCHEDULES: Mapping[str, ScheduleSpec] = MappingProxyType({one.key: one for one in _OFFERED})
"""Every schedule by key, in the order they are offered."""
