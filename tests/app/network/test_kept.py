"""A run that was put by is judged as it was before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.network.kept import KeptState
from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.graph.edit import set_params
from engine.hyperparameters import Hyperparameters
from engine.training.progress import progress_of
from engine.training.session import Setup, TrainingSession


@pytest.mark.parametrize(("rate", "batch", "noise"), [(0.3, 10, 30.0), (0.03, 1, 30.0), (0.001, 30, 0.0)])
def test_a_run_is_judged_the_same_with_coarse_curves(rate: float, batch: int, noise: float) -> None:
    data = load(DataChoice(noise=noise, samples=60))
    graph = feed_forward((4,))
    setup = Setup(graph, data, Hyperparameters(learning_rate=rate, batch_size=batch), "numpy")
    session = TrainingSession(setup)
    for look in range(10):
        for _ in range(40):
            session.run_steps(session.steps_per_epoch)
            session.judge()
        if look == 7:
            setup = replace(setup, graph=set_params(graph, "dense-1", units=5))
            session.change(setup)
        now = session.snapshot(maps=False)
        whole = KeptState(now.weights, progress_of(now))
        for kept in (whole, whole.in_brief()):
            again = TrainingSession(setup, kept.weights, progress=kept.progress).snapshot(maps=False)
            losses, known = again.history.losses_since_change, now.history.losses_since_change
            assert (len(losses), losses[-1]) == (len(known), known[-1])
            assert list(losses[:-2]) == list(known[:-2])  # the latest may have joined the one before it
            assert (again.learning, again.verdicts) == (now.learning, now.verdicts)
