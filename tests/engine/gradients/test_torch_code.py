"""The source that people copy is run here, and prints what the window shows."""

from __future__ import annotations

import contextlib
import io

import pytest

from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of
from engine.gradients.torch_code import torch_code
from engine.graph.kinds.names import InitializerName
from engine.initializers import INITIALIZERS
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
        assert printed_by(torch_code(experiment, number, wanted)) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("key", INITIALIZERS)
def test_the_source_draws_the_weights_of_every_initialiser(key: InitializerName) -> None:
    """It imported our own package, which whoever pastes it need not have."""
    sort = Configuration(depth=3, width=3, initializer=key, scale=0.7, activation="softplus")
    experiment = Experiment(configurations=(sort,), samples=20, data="moons", seed=5)
    expected = figures_of(experiment)[0].signal.variance[2]
    assert printed_by(torch_code(experiment, 0, "variance[2]")) == pytest.approx(expected, rel=1e-9)


def printed_by(program: str) -> float:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        run_copied(program)
    return float(printed.getvalue())


def test_a_program_that_needs_ours_would_be_seen() -> None:
    with pytest.raises(ModuleNotFoundError, match="engine"):
        run_copied("from engine.gradients.draws import start_weights")
