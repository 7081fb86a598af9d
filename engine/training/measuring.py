"""How often all points are measured while a run goes on, and the reports of the stretches between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from math import ceil
from time import perf_counter

import numpy as np

from engine.network.contract import TrainReport

SHARE = 0.02
"""Measuring between epochs takes no more than this share of the time: every epoch of a small network at the speeds at
which one watches, every so many of a wide one and where thousands pass in a second."""

STALE_SECONDS = 0.25
"""While epochs end more often than that, what is measured at their ends alone stays in the curves."""


class MeasuringPace:
    """Knows what a measurement costs and when the next one may be."""

    def __init__(self) -> None:
        self._cost = self._done = 0.0

    def epochs_to_wait(self, epoch_seconds: float) -> int:
        """Which epoch's end, counted from the present one, is the next to measure after; ``epoch_seconds``: how long
        one takes."""
        return max(1, ceil(self._rest / epoch_seconds)) if epoch_seconds > 0.0 else 1

    @property
    def due(self) -> bool:
        """Whether the next measurement may be now."""
        return self._rest <= 0.0

    @property
    def _rest(self) -> float:
        """The seconds until then."""
        return self._cost / SHARE - (perf_counter() - self._done)

    @property
    def lately(self) -> bool:
        """Whether the last measurement is young enough for the curves to wait for the next."""
        return perf_counter() - self._done < STALE_SECONDS

    @contextmanager
    def measuring(self) -> Iterator[None]:
        """Round a measurement."""
        started = perf_counter()
        yield
        self._done = perf_counter()
        self._cost = self._done - started


def in_one(reports: Sequence[TrainReport]) -> TrainReport:
    """The reports of stretches that follow each other as one."""
    if len(reports) == 1:
        return reports[0]
    joined = {
        one.name: np.concatenate([getattr(report, one.name) for report in reports])
        for one in fields(TrainReport)
        if one.name != "failure"
    }
    return TrainReport(**joined, failure=reports[-1].failure)
