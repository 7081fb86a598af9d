"""Squared error classifies with every output activation: its targets are ones that the output can come near to."""

from __future__ import annotations

import numpy as np
import pytest

from engine.activations import ACTIVATIONS
from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.training.session import Setup, TrainingSession

BLOBS = load(DataChoice(name="two-gaussians", samples=120, noise=0))
TRAINABLE = [key for key in ACTIVATIONS if key != "step"]


def session(activation: str, seed: int) -> TrainingSession:
    graph = feed_forward([4], output=OutputParams(activation=activation))
    hyper = Hyperparameters(optimizer="adam", learning_rate=0.05, seed=seed)
    return TrainingSession(Setup(graph, BLOBS, hyper, "numpy"))


@pytest.mark.parametrize("activation", TRAINABLE)
def test_two_hills_apart_are_learnt_with_any_output_activation(activation: str) -> None:
    for seed in range(5):
        run = session(activation, seed)
        run.run_epochs(30)
        assert run.snapshot(maps=False).accuracy > 0.95, seed


def test_a_threshold_unit_set_by_hand_classifies() -> None:
    """A step output on the line between the two centres."""
    graph = feed_forward([], output=OutputParams(activation="step"))
    run = TrainingSession(Setup(graph, BLOBS, Hyperparameters(), "numpy"))
    x, y = BLOBS.x[BLOBS.train], BLOBS.y[BLOBS.train]
    centres = [x[y == label].mean(axis=0) for label in (0, 1)]
    direction = centres[1] - centres[0]
    middle = 0.5 * (centres[0] + centres[1])
    run.set_weights({("output-1", "W"): direction[None], ("output-1", "b"): np.array([-direction @ middle])})
    assert run.snapshot(maps=False).accuracy > 0.95
