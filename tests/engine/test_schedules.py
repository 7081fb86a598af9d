"""Schedules against torch.optim.lr_scheduler at the epochs' ends, and their own closed forms between."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import numpy as np
import pytest
import torch
from matplotlib.mathtext import MathTextParser
from torch.optim import lr_scheduler

from engine.schedules import SCHEDULES, Schedule, ScheduleKind, rates

BASE = 0.3
Factory = Callable[[torch.optim.Optimizer], lr_scheduler.LRScheduler]
TORCH: dict[str, Factory] = {
    "constant": lambda o: lr_scheduler.ConstantLR(o, factor=1.0),
    "step": lambda o: lr_scheduler.StepLR(o, step_size=4, gamma=0.2),
    "exponential": lambda o: lr_scheduler.ExponentialLR(o, gamma=0.2**0.25),
    "cosine": lambda o: lr_scheduler.CosineAnnealingLR(o, T_max=4, eta_min=0.2 * BASE),
    "inverse_time": lambda o: lr_scheduler.LambdaLR(o, lambda epoch: 1.0 / (1.0 + epoch / 4)),
    "warmup": lambda o: lr_scheduler.LinearLR(o, start_factor=0.25, end_factor=1.0, total_iters=3),
}


def by_torch(kind: str, epochs: int) -> list[float]:
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE)
    scheduler = TORCH[kind](optimizer)
    seen = []
    for _ in range(epochs):
        seen.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return seen


@pytest.mark.parametrize("kind", SCHEDULES)
def test_one_step_an_epoch_as_torch(kind: ScheduleKind) -> None:
    epochs = 5 if kind == "cosine" else 10  # torch's cosine rises again after T_max; ours stays
    ours = rates(Schedule(kind=kind, epochs=4, factor=0.2), BASE, 0, epochs, 1)
    np.testing.assert_allclose(ours, by_torch(kind, epochs), rtol=1e-12)


@pytest.mark.parametrize("kind", SCHEDULES)
def test_many_steps_an_epoch_pass_through_the_same_rates(kind: ScheduleKind) -> None:
    schedule = Schedule(kind=kind, epochs=4, factor=0.2)
    fine = rates(schedule, BASE, 0, 80, 10)
    coarse = rates(schedule, BASE, 0, 8, 1)
    first = 9 if kind == "warmup" else 0  # warm-up counts the step itself
    np.testing.assert_allclose(fine[first::10], coarse, rtol=1e-12)


@pytest.mark.parametrize("kind", SCHEDULES)
def test_in_pieces_as_in_one(kind: ScheduleKind) -> None:
    schedule = Schedule(kind=kind, epochs=3, factor=0.5)
    pieces = [rates(schedule, BASE, start, 7, 5) for start in (0, 7, 14)]
    np.testing.assert_array_equal(np.concatenate(pieces), rates(schedule, BASE, 0, 21, 5))


def test_cosine_stays_at_its_end() -> None:
    ended = rates(Schedule(kind="cosine", epochs=4, factor=0.2), BASE, 40, 20, 10)
    np.testing.assert_allclose(ended, 0.2 * BASE, rtol=1e-12)


@pytest.mark.parametrize("kind", SCHEDULES)
def test_every_rate_is_finite_and_at_most_the_base(kind: ScheduleKind) -> None:
    with np.errstate(all="raise"):
        seen = rates(Schedule(kind=kind, epochs=2, factor=0.0), BASE, 0, 1000, 3)
    assert np.isfinite(seen).all() and (seen >= 0.0).all() and (seen <= BASE).all()


def test_kinds_are_all_declared() -> None:
    assert tuple(SCHEDULES) == get_args(ScheduleKind)
    for one in SCHEDULES.values():
        assert set(one.settings) <= set(Schedule.model_fields)
        MathTextParser("path").parse(f"${one.formula}$")
