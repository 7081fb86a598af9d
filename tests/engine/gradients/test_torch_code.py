"""The source that people copy is run here, and prints what the window shows."""

from __future__ import annotations

import contextlib
import io

import pytest

from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of
from engine.gradients.torch_code import torch_code
from tests.copied import run_copied

SORTS = (
    Configuration(depth=3, width=5),
    Configuration(depth=3, width=5, activation="leaky_relu", normalisation="layer", skip=True, scale=0.7),
    Configuration(depth=3, width=5, activation="tanh", normalisation="batch", initializer="he_normal"),
)


@pytest.mark.parametrize("number", range(len(SORTS)))
def test_the_source_prints_the_number(number: int) -> None:
    experiment = Experiment(configurations=SORTS, samples=30)
    signal = figures_of(experiment)[number].signal
    for wanted, expected in (
        ("delta[0] / delta[-1]", signal.ratio),
        ("weight_gradient[1]", signal.weight_gradient[1]),
        ("variance[2]", signal.variance[2]),
    ):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            run_copied(torch_code(experiment, number, wanted))
        assert float(printed.getvalue()) == pytest.approx(expected, rel=1e-9)
