"""How far units are saturated, and where that parts a prediction from what is measured."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.activations.saturation import SATURATED_BELOW
from engine.gradients.draws import start_weights
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import Figures, figures_of, shared_rows
from engine.gradients.saturation import closed_in, far_apart

LOST = Configuration(depth=38, activation="tanh", scale=10.0)


def figures(configuration: Configuration) -> Figures:
    return figures_of(Experiment(configurations=(configuration,)))[0]


@pytest.mark.parametrize("key", ["tanh", "logistic"])
def test_what_is_closed_is_what_torch_says_of_the_slopes(key: str) -> None:
    torch = pytest.importorskip("torch")
    c = Configuration(depth=6, width=5, activation=key, scale=3.0)
    experiment = Experiment(configurations=(c,))
    function, steepest = {"tanh": (torch.tanh, 1.0), "logistic": (torch.sigmoid, 0.25)}[key]
    given, shut = torch.tensor(shared_rows(experiment).x), []
    for matrix in start_weights(c, experiment.seed).hidden[:-1]:
        z = (given @ torch.tensor(matrix).T).detach().requires_grad_(True)
        given = function(z)
        (slope,) = torch.autograd.grad(given.sum(), z)
        shut.append((slope < SATURATED_BELOW * steepest).numpy())
    closed = figures(c).signal.closed
    assert closed is not None and 0.2 < closed.share < 1.0
    assert closed.share == pytest.approx(np.mean(shut), abs=1e-12)
    assert closed.none == pytest.approx(np.mean(np.all(shut, axis=2)), abs=1e-12) and closed.none > 0.0


def test_saturation_is_said_where_it_parts_the_prediction_from_what_is_measured() -> None:
    found = figures(LOST)
    assert found.prediction is not None and found.prediction.ratio > 1e20 and found.signal.ratio < 1e-10
    parted = found.parted
    assert parted is not None and parted.closed.share > 0.9 and parted.closed.none > 0.3
    assert parted.measured == pytest.approx(np.mean(found.signal.slope[:-1] ** 2))
    assert parted.measured == pytest.approx(parted.predicted, rel=0.1) and parted.predicted < 0.02


@pytest.mark.parametrize(
    "configuration",
    [
        Configuration(),  # far from saturated
        Configuration(depth=20, activation="tanh", scale=1.0),  # half saturated, and near what is predicted
        Configuration(activation="relu", initializer="he_normal", scale=1.0),
        Configuration(activation="tanh", scale=10.0, normalisation="batch"),  # nothing is predicted
        Configuration(depth=1, activation="tanh", scale=10.0),
    ],
)
def test_it_is_not_said_elsewhere(configuration: Configuration) -> None:
    assert figures(configuration).parted is None


def test_functions_that_do_not_saturate_on_both_sides_are_left_out() -> None:
    z = [np.full((3, 2), -100.0)] * 3
    assert closed_in(Configuration(activation="relu"), z) is None
    assert closed_in(Configuration(activation="step"), z) is None
    closed = closed_in(Configuration(activation="tanh"), z)
    assert closed is not None and (closed.share, closed.none) == (1.0, 1.0)


def test_what_is_no_number_is_far_from_one() -> None:
    assert far_apart(0.0, 1.0) and far_apart(math.nan, 1.0) and far_apart(1e-3, 1.0) and far_apart(30.0, 1.0)
    assert not far_apart(0.0, 0.0) and not far_apart(5.0, 1.0)
