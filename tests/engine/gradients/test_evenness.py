"""What is said of factors that are not alike, and how far draws of the weights lie apart, against torch."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest

from engine.gradients.draws import start_weights
from engine.gradients.evenness import uneven
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of, shared_rows
from engine.gradients.other_draws import OtherDraws, other_draws
from engine.gradients.predicted import predict


@pytest.mark.parametrize(
    "factors",
    [
        [0.1] * 9,
        [0.095, 0.118, 0.11, 0.113, 0.085, 0.11, 0.067, 0.111, 0.125],  # a scatter, but small against what all do
        [0.98, 1.1, 0.75, 1.0],
        [3.0],
        [],
        [0.0, 1.0, 5.0],
        [math.inf, 1.0, 5.0],
        [math.nan, 1.0, 5.0],
    ],
)
def test_layers_that_are_alike_or_no_numbers_are_left_in_peace(factors: list[float]) -> None:
    assert uneven(np.array(factors)) is None


def test_one_layer_that_makes_the_ratio_is_a_jump() -> None:
    factors = np.array([10.445, 1.47, 0.954, 0.932, 0.684, 0.86, 0.692, 1.084, 1.275])
    found = uneven(factors)
    assert found is not None and found.jump is not None
    assert (found.jump.layer, found.jump.factor) == (1, 10.445)
    assert found.jump.factor * found.jump.others**8 == pytest.approx(factors.prod())
    falls = uneven(np.array([1.0, 1.1, 1e-3, 0.9]))
    assert falls is not None and falls.jump is not None and falls.jump.layer == 3


def test_layers_that_differ_without_one_that_makes_the_ratio_have_no_jump() -> None:
    found = uneven(np.array([0.374, 1.329, 1.603, 2.169, 0.744, 1.068, 1.274, 1.32, 1.351]))
    assert found is not None and found.jump is None
    assert (found.low_layer, found.low, found.high_layer, found.high) == (1, 0.374, 4, 2.169)


@pytest.mark.parametrize(
    "factors",
    [
        [5.0, 0.4, 0.4, 0.4, 0.4],  # the one layer pulls against what becomes of it
        [3.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5],  # all the others together do more
        [10.0, 3.0, 0.4, 0.9],  # the others differ as much from one another
    ],
)
def test_a_layer_that_stands_out_is_no_jump_unless_it_makes_the_ratio(factors: list[float]) -> None:
    found = uneven(np.array(factors))
    assert found is not None and found.high_layer == 1 and found.jump is None


@pytest.mark.parametrize(
    ("changes", "layer"),
    [({"normalisation": "layer"}, 1), ({"scale": 2.37}, None)],
)
def test_the_cures_of_a_deep_logistic_network_are_told_as_they_are(
    changes: dict[str, object], layer: int | None
) -> None:
    c = Configuration().model_copy(update=changes)
    signal = figures_of(Experiment(configurations=(c,)))[0].signal
    found = uneven(signal.steps)
    assert found is not None
    assert (found.jump.layer if found.jump is not None else None) == layer


def test_other_draws_are_networks_of_other_seeds_on_the_same_rows() -> None:
    """Held to autograd with weights of the same seeds; and most of them lie round the prediction, as a mean should."""
    torch = pytest.importorskip("torch")
    experiment, c = Experiment(samples=40), Configuration(depth=4, width=6, activation="tanh", scale=0.5)
    rows = shared_rows(experiment)
    ratios = []
    for seed in range(8, 13):
        hidden = [torch.tensor(one) for one in start_weights(c, seed).hidden]
        output, a, kept = torch.tensor(start_weights(c, seed).output), torch.tensor(rows.x), []
        for matrix in hidden:
            z = (a @ matrix.T).requires_grad_()
            z.retain_grad()
            kept.append(z)
            a = torch.tanh(z)
        wanted = torch.tensor(rows.target).reshape(-1, 1)
        torch.nn.functional.binary_cross_entropy_with_logits(a @ output.T, wanted, reduction="sum").backward()
        norms = [float(one.grad.norm()) for one in kept if one.grad is not None]
        ratios.append(norms[0] / norms[-1])
    found = other_draws(c, rows, 7, count=5)
    assert found is not None and found.count == 5
    assert found.low == pytest.approx(min(ratios)) and found.high == pytest.approx(max(ratios))
    many, predicted = other_draws(c, rows, 7, count=40), predict(c, rows)
    assert many is not None and predicted is not None and many.low < predicted.ratio < many.high


def test_of_draws_whose_ratio_is_no_number_none_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    ratios = {1: math.nan, 2: 2.0, 3: math.inf, 4: 0.5}
    drawn = "engine.gradients.other_draws.signal_of"
    monkeypatch.setattr(drawn, lambda _c, _rows, seed, **_more: SimpleNamespace(ratio=ratios[seed]))
    rows = shared_rows(Experiment(samples=10))
    assert other_draws(Configuration(), rows, 0, count=4) == OtherDraws(2, 0.5, 2.0)
    assert other_draws(Configuration(), rows, 0, count=1) is None


def test_draws_that_are_called_off_or_no_numbers_say_nothing() -> None:
    rows = shared_rows(Experiment(samples=10))
    assert other_draws(Configuration(), rows, 0, cancelled=lambda: True) is None
    assert other_draws(Configuration(activation="step"), rows, 0, count=2) is None  # 0 over 0
    lost = other_draws(Configuration(depth=50, width=1, activation="tanh", scale=10.0), rows, 0, count=5)
    assert lost is not None and lost.low == 0.0
    assert other_draws(Configuration(), rows, 0, count=0) is None
