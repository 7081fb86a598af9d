"""Losses against PyTorch's autograd, and the coding of targets and decisions."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.mathtext import MathTextParser

from engine.activations import ACTIVATIONS
from engine.losses import LOSSES, Loss, loss, sample_shares
from engine.problems import EngineError

PAIRS = [("squared_error", key) for key in ACTIVATIONS]
PAIRS += [("binary_cross_entropy", "logistic"), ("softmax_cross_entropy", "softmax")]


def targets_for(chosen: Loss, n: int, k: int) -> np.ndarray:
    rng = np.random.default_rng(3)
    if chosen.key == "squared_error":
        return rng.normal(size=(n, k))
    drawn = rng.random((n, k))
    return drawn / drawn.sum(axis=1, keepdims=True) if chosen.key == "softmax_cross_entropy" else drawn


@pytest.mark.parametrize(("key", "activation"), PAIRS)
def test_loss_and_delta_agree_with_autograd(key: str, activation: str) -> None:
    torch = pytest.importorskip("torch")
    chosen, output = loss(key), ACTIVATIONS[activation]
    z = np.random.default_rng(2).normal(0.0, 3.0, (20, 4))
    target = targets_for(chosen, *z.shape)
    tensor = torch.tensor(z, requires_grad=True)
    expected = chosen.torch(tensor, torch.tensor(target), output, 0.7)
    (gradient,) = torch.autograd.grad(expected.sum(), tensor)

    per_sample = chosen.per_sample(z, target, output, 0.7)

    assert per_sample.shape == (20,)
    np.testing.assert_allclose(per_sample, expected.detach().numpy(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(chosen.delta(z, target, output, 0.7), gradient.numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("key", ["binary_cross_entropy", "softmax_cross_entropy"])
def test_cross_entropies_bring_their_own_activation(key: str) -> None:
    chosen = loss(key)
    z = np.random.default_rng(4).normal(size=(5, 3))
    own = ACTIVATIONS[chosen.fixed_activation or ""]
    assert chosen.output_activation(ACTIVATIONS["tanh"]) is own
    np.testing.assert_array_equal(chosen.output(z, ACTIVATIONS["tanh"]), own.value(z))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("chosen", LOSSES.values(), ids=lambda one: one.key)
def test_stable_far_out(chosen: Loss, dtype: type) -> None:
    z = np.array([[1e4, -1e4], [-1e4, 1e4], [0.0, 0.0], [1e4, 1e4]], dtype=dtype)
    target = np.array([[1.0, 0.0]] * 4, dtype=dtype)
    tanh = ACTIVATIONS["tanh"]
    with np.errstate(all="raise"):
        per_sample = chosen.per_sample(z, target, tanh)
        delta = chosen.delta(z, target, tanh)
    assert per_sample.dtype == delta.dtype == dtype
    assert np.isfinite(per_sample).all() and np.isfinite(delta).all()
    if chosen.key != "squared_error":
        assert per_sample[0] == 0.0  # certain and right
        assert per_sample[1] == 2e4  # certain and wrong


def test_width_follows_the_classes() -> None:
    tanh = ACTIVATIONS["tanh"]
    widths = {key: [one.width(classes, tanh) for classes in (0, 2, 3, 10)] for key, one in LOSSES.items()}
    assert widths == {
        "squared_error": [1, 1, 3, 10],
        "binary_cross_entropy": [1, 1, 3, 10],
        "softmax_cross_entropy": [1, 2, 3, 10],
    }


def test_encoded_targets() -> None:
    squared, binary, softmax = LOSSES.values()
    two, three, tanh = np.array([0, 1, 1]), np.array([2, 0, 1]), ACTIVATIONS["tanh"]
    assert squared.encode(np.array([0.5, -2.0]), 0, ACTIVATIONS["relu"]).tolist() == [[0.5], [-2.0]]
    assert squared.encode(two, 2, tanh).tolist() == [[-1.0], [1.0], [1.0]]
    assert squared.encode(three, 3, tanh).tolist() == [[-1, -1, 1], [1, -1, -1], [-1, 1, -1]]
    assert binary.encode(two, 2, tanh).tolist() == [[0.0], [1.0], [1.0]]
    assert binary.encode(three, 3, tanh).tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]
    assert softmax.encode(two, 2, tanh).tolist() == [[1, 0], [0, 1], [0, 1]]


@pytest.mark.parametrize("key", ["step", "logistic", "relu", "softplus"])
def test_an_output_that_is_never_negative_is_told_apart_by_zero_and_one(key: str) -> None:
    squared, output = LOSSES["squared_error"], ACTIVATIONS[key]
    assert squared.encode(np.array([0, 1]), 2, output).tolist() == [[0.0], [1.0]]
    assert squared.decide(output.value(np.array([[-5.0], [5.0]])), output).tolist() == [0, 1]


def test_softmax_with_squared_error_has_an_output_for_each_of_two_classes() -> None:
    squared, output = LOSSES["squared_error"], ACTIVATIONS["softmax"]
    assert squared.encode(np.array([0, 1]), 2, output).tolist() == [[1.0, 0.0], [0.0, 1.0]]
    assert squared.decide(output.value(np.array([[2.0, 0.0], [0.0, 2.0]])), output).tolist() == [0, 1]


@pytest.mark.parametrize("classes", [2, 3, 5])
@pytest.mark.parametrize("key", ACTIVATIONS)
@pytest.mark.parametrize("chosen", LOSSES.values(), ids=lambda one: one.key)
def test_a_perfect_output_is_decided_right(chosen: Loss, key: str, classes: int) -> None:
    y, output = np.arange(classes).repeat(2), ACTIVATIONS[key]
    target = chosen.encode(y, classes, output)
    assert target.shape == (2 * classes, chosen.width(classes, output))
    np.testing.assert_array_equal(chosen.decide(target, output), y)


def test_cross_entropy_refuses_a_regression_and_says_what_to_choose() -> None:
    assert LOSSES["squared_error"].supports(0) is None
    for key in ("binary_cross_entropy", "softmax_cross_entropy"):
        problem = LOSSES[key].supports(0)
        assert problem is not None and "choose squared error" in problem.sentence
        assert LOSSES[key].supports(2) is None


def test_a_batch_s_mean_weighs_samples() -> None:
    losses, weights = np.array([1.0, 2.0, 6.0]), np.array([1.0, 0.0, 3.0])
    assert losses @ sample_shares(3) == pytest.approx(3.0)
    assert losses @ sample_shares(3, weights) == pytest.approx(np.average(losses, weights=weights))


@pytest.mark.parametrize("weights", [[0.0, 0.0], [-1.0, 2.0], [np.nan, 1.0]])
def test_weights_that_weigh_nothing_are_a_problem(weights: list[float]) -> None:
    with pytest.raises(EngineError, match="positive weight"):
        sample_shares(2, np.array(weights))


def test_every_loss_has_a_formula_that_can_be_typeset() -> None:
    for one in LOSSES.values():
        for formula in (one.formula, one.delta_formula):
            MathTextParser("path").parse(f"${formula}$")


def test_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(EngineError, match=r"'mse'.*squared_error"):
        loss("mse")
