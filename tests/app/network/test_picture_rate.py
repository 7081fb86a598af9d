"""How many pictures of a run at full speed are shown, and what they may take of its time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, cycle, repeat

import numpy as np
import pytest

from app.network.picture_rate import CALM_SECONDS, SHOWN_SHARE, PictureRate
from app.network.worker import UNASKED_SECONDS

PLAIN, COSTLY = 0.0018, 0.009
"""Seconds that pictures of eight layers of 64 take, without a new decision grid and with one."""


class Run:
    """One that takes time for its steps and for its pictures, and for nothing else."""

    def __init__(self, costs: Iterable[float], answers: Iterable[float] = repeat(0.1)) -> None:
        self.costs, self.answers, self.spent = iter(costs), iter(answers), list[float]()
        self.rate, self.now = PictureRate(), 1000.0

    def show(self) -> None:
        self.spent.append(next(self.costs))
        self.now += self.spent[-1]
        self.rate.note(np.full((1, 25, 25), next(self.answers)), 2.0, self.now, self.spent[-1])

    def train(self) -> None:
        self.now += UNASKED_SECONDS
        if self.rate.allows(self.now):
            self.show()

    def train_for(self, seconds: float) -> list[float]:
        """What its pictures cost in this time."""
        end = self.now + seconds
        while self.now < end:
            self.train()
        return self.spent


def test_pictures_without_a_new_map_make_room_for_those_with_one() -> None:
    spent = Run(cycle([COSTLY, PLAIN, PLAIN, PLAIN])).train_for(10.0)
    assert len(spent) >= 16 * 10
    assert sum(spent) <= 10.0 * SHOWN_SHARE + COSTLY


def test_costly_pictures_alone_take_no_more_than_their_share() -> None:
    spent = Run(cycle([0.05])).train_for(10.0)
    assert 10.0 * SHOWN_SHARE - 2 * 0.05 <= sum(spent) <= 10.0 * SHOWN_SHARE + 0.05


def test_cheap_pictures_save_nothing_for_a_burst() -> None:
    spent = Run([*[1e-4] * 1000, *[0.05] * 1000]).train_for(60.0)
    costly = [cost for cost in spent if cost == 0.05]
    assert len(spent) > 1000
    assert sum(costly) <= (60.0 - 1000 * UNASKED_SECONDS) * SHOWN_SHARE + 2 * 0.05


def test_pictures_that_were_asked_for_are_no_debt() -> None:
    """Whoever drags a weight for a while sees the run that he then plays."""
    run = Run(cycle([0.012]))
    for _ in range(200):
        run.show()
    before, started = len(run.spent), run.now
    while len(run.spent) == before:
        run.train()
    assert run.now - started <= 0.012 / SHOWN_SHARE + 2 * UNASKED_SECONDS


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
def test_a_run_that_flickers_is_shown_no_more_often_than_it_is_read(answers: Iterable[float], flickers: bool) -> None:
    spent = Run(repeat(PLAIN), answers).train_for(30.0)
    assert (len(spent) < 30.0 / CALM_SECONDS + 10) is flickers
