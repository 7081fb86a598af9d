"""How fast a run is said to go."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from engine.recommenders.running.throughput import Throughput


def test_what_is_done_between_two_epochs_slows_no_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of 18,000 samples a second ended at “7,800”: the models beside it had been trained meanwhile."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr("engine.recommenders.running.throughput.perf_counter", lambda: clock.now)
    throughput = Throughput(remaining=400)
    throughput.count(100)
    clock.now += 1.0
    with throughput.resting():
        clock.now += 7.0
    throughput.count(100)
    clock.now += 1.0
    assert throughput.mark() == pytest.approx(100.0)
    assert throughput.remaining() == pytest.approx(200.0 * 9.0 / 100.0), "the forecast has to know of it"
