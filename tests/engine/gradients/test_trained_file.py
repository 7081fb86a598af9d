"""A network that is handed to the playground in the middle of its training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.data import load
from engine.formats import read_network, write_network
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import shared_dataset
from engine.gradients.trained_file import trained_file
from engine.gradients.training import train
from engine.training.session import Setup, TrainingSession

STEPS = 30


@pytest.mark.parametrize(
    "configuration",
    [
        Configuration(depth=3, width=5, activation="tanh", initializer="xavier_normal", scale=1.0, rate=0.5),
        Configuration(depth=3, width=5, scale=1.0, normalisation="layer", skip=True, optimizer="adam", rate=0.01),
        Configuration(depth=3, width=5, scale=1.0, normalisation="batch", clip_norm=0.1),
    ],
)
def test_the_playground_goes_on_where_the_run_was(configuration: Configuration, tmp_path: Path) -> None:
    experiment = Experiment(configurations=(configuration,), samples=40)
    run = train(configuration, shared_dataset(experiment), experiment.seed, STEPS, compiled=False)
    content = trained_file(experiment, 0, "title", 25, compiled=False)
    assert content is not None
    write_network(path := tmp_path / "trained.loom", content)
    opened = read_network(path)
    setup = Setup(opened.graph, load(opened.data), opened.hyper, device="cpu", compiled=False)
    session = TrainingSession(setup, opened.weights, progress=opened.progress)
    report = session.run_steps(STEPS - 25)
    assert session.updates == STEPS
    np.testing.assert_allclose(report.losses, run.loss[25:STEPS], rtol=1e-12)
    np.testing.assert_allclose(report.deltas[:, :-1], run.delta[25:STEPS], rtol=1e-9)
    assert not np.allclose(run.delta[25], run.delta[0], rtol=1e-3)  # training has moved it


def test_the_playground_judges_the_moment_that_was_shown(tmp_path: Path) -> None:
    """Where ‖δ‖ leaps from step to step, what the last step measured before its update is another ratio."""
    leaping = Configuration(depth=8, activation="tanh", scale=1.0, clip_norm=0.1)
    experiment = Experiment(configurations=(leaping,), samples=40)
    run = train(leaping, shared_dataset(experiment), experiment.seed, STEPS, compiled=False)
    assert abs(run.ratios[-1] / run.ratios[-2] - 1.0) > 0.05
    content = trained_file(experiment, 0, "", STEPS, compiled=False)
    assert content is not None
    write_network(path := tmp_path / "leaping.loom", content)
    opened = read_network(path)
    setup = Setup(opened.graph, load(opened.data), opened.hyper, device="cpu", compiled=False)
    snapshot = TrainingSession(setup, opened.weights, progress=opened.progress).snapshot(maps=False)
    told = {one.block_id: one.value for one in snapshot.verdicts if one.delta is not None}
    assert told["dense-1"] == pytest.approx(run.ratios[-1], rel=1e-9)
    np.testing.assert_allclose([one.delta for one in snapshot.layers[:-1]], run.delta[-1], rtol=1e-9)
    assert snapshot.step == STEPS


def test_a_run_that_breaks_down_is_handed_on_as_far_as_it_came() -> None:
    broken = Configuration(activation="identity", depth=10, scale=1.0)
    experiment = Experiment(configurations=(broken,), samples=40)
    run = train(broken, shared_dataset(experiment), experiment.seed, STEPS, compiled=False)
    assert run.failure is not None
    content = trained_file(experiment, 0, "", STEPS, compiled=False)
    assert content is not None and (content.progress.updates if content.progress else 0) == run.steps


def test_what_is_not_wanted_any_more_is_not_made() -> None:
    assert trained_file(Experiment(samples=20), 0, "", STEPS, compiled=False, cancelled=lambda: True) is None
