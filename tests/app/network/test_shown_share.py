"""How many pictures of a run at full speed are shown, and what they may take of its time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, cycle, repeat
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from app.network import worker as worker_module
from app.network.kept import KeptState
from app.network.worker import CALM_SECONDS, FIRST_EPOCHS, SHOWN_SHARE, UNASKED_SECONDS, TrainingWorker

PLAIN, COSTLY = 0.0018, 0.009
"""Seconds that pictures of eight layers of 64 take, without a new decision grid and with one."""


class Clock:
    """A run whose pictures cost what they are said to; time passes in nothing else but training."""

    def __init__(
        self, costs: Iterable[float], patch: pytest.MonkeyPatch, answers: Iterable[float] = repeat(0.1)
    ) -> None:
        self.answers, self.observer = iter(answers), SimpleNamespace(target_distance=2.0)
        self.now, self.costs, self.spent = 1000.0, iter(costs), [0.0]
        patch.setattr(worker_module, "perf_counter", lambda: self.now)
        patch.setattr(worker_module, "thread_time", lambda: self.now)
        self.epoch, self.failure, self.finished, self.updates = FIRST_EPOCHS + 1.0, None, False, 0
        self.whole = True

    def run_for(self, seconds: float) -> None:
        self.now += seconds
        self.epoch += 1.0
        self.updates += 1

    def snapshot(self, **_: object) -> object:
        self.spent.append(next(self.costs))
        self.now += self.spent[-1]
        plan, picture = SimpleNamespace(output=SimpleNamespace(id="output-1")), np.full((1, 25, 25), next(self.answers))
        return SimpleNamespace(
            failure=None, weights={}, step=self.updates, solved=False, plan=plan, maps={"output-1": picture}
        )


def worker_of(clock: Clock) -> TrainingWorker:
    """A thread that is not started, which trains this."""

    def nothing(*_: object) -> None:
        """Nobody listens."""

    setup, session = cast(Any, None), cast(Any, clock)
    ears = {"on_trace": nothing, "on_error": nothing, "on_change": nothing, "on_solved": nothing, "on_left": nothing}
    worker = TrainingWorker(setup, KeptState(), **ears)
    worker.session, worker.running = session, True
    return worker


def shown(
    costs: Iterable[float], seconds: float, patch: pytest.MonkeyPatch, answers: Iterable[float] = repeat(0.1)
) -> Clock:
    """What was shown in so many seconds of training."""
    clock = Clock(costs, patch, answers)
    worker, end = worker_of(clock), clock.now + seconds
    while clock.now < end:
        worker._train()
    return clock


def test_pictures_without_a_new_map_make_room_for_those_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = shown(cycle([COSTLY, PLAIN, PLAIN, PLAIN]), 10.0, monkeypatch)
    assert len(clock.spent) - 1 >= 16 * 10
    assert sum(clock.spent) <= 10.0 * SHOWN_SHARE + COSTLY


def test_costly_pictures_alone_take_no_more_than_their_share(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = shown(cycle([0.05]), 10.0, monkeypatch)
    assert 10.0 * SHOWN_SHARE - 2 * 0.05 <= sum(clock.spent) <= 10.0 * SHOWN_SHARE + 0.05


def test_cheap_pictures_save_nothing_for_a_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = shown([*[1e-4] * 1000, *[0.05] * 1000], 60.0, monkeypatch)
    costly = [cost for cost in clock.spent if cost == 0.05]
    assert len(clock.spent) > 1000
    assert sum(costly) <= (60.0 - 1000 * UNASKED_SECONDS) * SHOWN_SHARE + 2 * 0.05


def test_pictures_that_were_asked_for_are_no_debt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever drags a weight for a while sees the run that he then plays."""
    clock = Clock(cycle([0.012]), monkeypatch)
    worker = worker_of(clock)
    for _ in range(200):
        worker.publish(fresh=True)
    before, started = len(clock.spent), clock.now
    while len(clock.spent) == before:
        worker._train()
    assert clock.now - started <= 0.012 / SHOWN_SHARE + 2 * UNASKED_SECONDS


@pytest.mark.parametrize(
    ("answers", "flickers"),
    [
        (repeat(0.1), False),
        (cycle([0.02, 0.03]), False),
        (np.linspace(-1.0, 1.0, 8).tolist() + [1.0] * 2000, False),  # the steep start of a run
        (chain([-0.9, 0.9, -0.9], repeat(-0.9)), False),  # something was changed, and changed back
        (cycle([0.4, -0.4]), True),
        (cycle([-0.5, float("nan"), 0.3, -0.4, 0.6]), True),
    ],
)
def test_a_run_that_flickers_is_shown_no_more_often_than_it_is_read(
    answers: Iterable[float], flickers: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = shown(repeat(PLAIN), 30.0, monkeypatch, answers)
    assert (len(clock.spent) < 30.0 / CALM_SECONDS + 10) is flickers
