"""Optimisers against torch.optim, ten steps each; penalties against autograd; clipping against torch's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import numpy as np
import pytest
import torch
from matplotlib.mathtext import MathTextParser
from torch import Tensor

from engine.hyperparameters import Hyperparameters, OptimizerKey
from engine.optimizers import OPTIMIZERS, clip, optimizer, penalty, regularise
from engine.optimizers.spec import register
from engine.problems import EngineError

SIZE = 12
RATE = 0.05
HYPER = Hyperparameters(
    learning_rate=RATE, momentum=0.8, beta1=0.85, beta2=0.97, rho=0.9, epsilon=1e-6, weight_decay=0.3
)
MASK = np.arange(SIZE) % 3 != 0

Groups = list[dict[str, Any]]
MAKERS: dict[str, Callable[[Groups, Hyperparameters], torch.optim.Optimizer]] = {
    "sgd": lambda groups, hyper: torch.optim.SGD(groups, hyper.learning_rate),
    "momentum": lambda groups, hyper: torch.optim.SGD(groups, hyper.learning_rate, hyper.momentum),
    "nesterov": lambda groups, hyper: torch.optim.SGD(groups, hyper.learning_rate, hyper.momentum, nesterov=True),
    "adagrad": lambda groups, hyper: torch.optim.Adagrad(groups, hyper.learning_rate, eps=hyper.epsilon),
    "rmsprop": lambda groups, hyper: torch.optim.RMSprop(groups, hyper.learning_rate, hyper.rho, hyper.epsilon),
    "adam": lambda groups, hyper: torch.optim.Adam(
        groups, hyper.learning_rate, (hyper.beta1, hyper.beta2), hyper.epsilon
    ),
    "adamw": lambda groups, hyper: torch.optim.AdamW(
        groups, hyper.learning_rate, (hyper.beta1, hyper.beta2), hyper.epsilon, hyper.weight_decay
    ),
}


def torch_optimizer(hyper: Hyperparameters, decaying: list[Tensor], others: list[Tensor]) -> torch.optim.Optimizer:
    """The torch.optim optimiser of these settings; ``others`` never decay."""
    key = hyper.optimizer
    assert key in MAKERS, f"MAKERS of {__name__} has no line “{key}”: how torch.optim makes this optimiser"
    return MAKERS[key]([{"params": decaying}, {"params": others, "weight_decay": 0.0}], hyper)


def gradient_at(theta: np.ndarray) -> np.ndarray:
    """A smooth, uneven landscape: no two coordinates alike."""
    return np.sin(3.0 * theta) + np.linspace(-1.0, 2.0, SIZE) * theta


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_ten_steps_as_torch(key: str) -> None:
    start = np.random.default_rng(0).normal(size=SIZE)
    weights, biases = (torch.tensor(start[mask], requires_grad=True) for mask in (MASK, ~MASK))
    theirs = torch_optimizer(HYPER.model_copy(update={"optimizer": key}), [weights], [biases])
    ours = optimizer(key)
    theta, slots = start.copy(), np.zeros((ours.slots, SIZE))
    for step in range(1, 11):
        ours.update(theta, gradient_at(theta), slots, HYPER.update_numbers(RATE, step), MASK)
        whole = np.empty(SIZE)
        whole[MASK], whole[~MASK] = weights.detach().numpy(), biases.detach().numpy()
        gradient = gradient_at(whole)
        weights.grad, biases.grad = torch.tensor(gradient[MASK]), torch.tensor(gradient[~MASK])
        theirs.step()
    np.testing.assert_allclose(theta[MASK], weights.detach().numpy(), rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(theta[~MASK], biases.detach().numpy(), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_reads_only_the_settings_it_lists(key: str) -> None:
    ours = optimizer(key)
    other = {
        name: 0.5
        for name in ("momentum", "beta1", "beta2", "rho", "epsilon", "weight_decay")
        if name not in ours.settings
    }
    results = []
    for hyper in (HYPER, HYPER.model_copy(update=other)):
        theta, slots = np.ones(SIZE), np.zeros((ours.slots, SIZE))
        for step in (1, 2):
            ours.update(theta, gradient_at(theta), slots, hyper.update_numbers(RATE, step), MASK)
        results.append(theta)
    np.testing.assert_array_equal(*results)


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_diverges_without_a_warning(key: str) -> None:
    ours = optimizer(key)
    theta, slots = np.full(SIZE, 1e300), np.zeros((ours.slots, SIZE))
    with np.errstate(all="raise"):
        for step in (1, 2, 3):
            ours.update(theta, np.full(SIZE, 1e300), slots, HYPER.update_numbers(1e9, step), MASK)


def test_the_gradient_is_left_as_it_was() -> None:
    for ours in OPTIMIZERS.values():
        gradient = np.linspace(-1.0, 1.0, SIZE)
        ours.update(np.ones(SIZE), gradient, np.zeros((ours.slots, SIZE)), HYPER.update_numbers(RATE, 1), MASK)
        np.testing.assert_array_equal(gradient, np.linspace(-1.0, 1.0, SIZE))


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 0.0), (0.1, 0.0), (0.0, 0.2), (0.1, 0.2)])
def test_penalty_and_its_gradient_as_autograd(l1: float, l2: float) -> None:
    theta = np.random.default_rng(1).normal(size=SIZE)
    theta[1] = 0.0
    tensor = torch.tensor(theta, requires_grad=True)
    weights = tensor[torch.tensor(MASK)]
    expected = l1 * weights.abs().sum() + l2 / 2 * (weights**2).sum()
    (slope,) = torch.autograd.grad(expected, tensor)
    gradient = np.linspace(-1.0, 1.0, SIZE)

    regularise(gradient, theta, MASK, l1, l2)

    assert penalty(theta, MASK, l1, l2) == pytest.approx(expected.item(), rel=1e-12)
    np.testing.assert_allclose(gradient, np.linspace(-1.0, 1.0, SIZE) + slope.numpy(), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("max_norm", [0.1, 1.0, 1e3])
def test_clipping_as_torch(max_norm: float) -> None:
    gradient = np.random.default_rng(2).normal(size=SIZE)
    parameters = [torch.zeros(5, dtype=torch.float64), torch.zeros(7, dtype=torch.float64)]
    parameters[0].grad, parameters[1].grad = (torch.tensor(part.copy()) for part in (gradient[:5], gradient[5:]))
    expected = torch.nn.utils.clip_grad_norm_(parameters, max_norm)

    norm = clip(gradient, max_norm)

    assert norm == pytest.approx(expected.item(), rel=1e-12)
    clipped = torch.cat([one.grad for one in parameters if one.grad is not None])
    np.testing.assert_allclose(gradient, clipped.numpy(), rtol=1e-12)


def test_clipping_bounds_a_norm_too_large_to_square() -> None:
    gradient = np.full(4, 1e300)
    assert clip(gradient, 1.0) == pytest.approx(2e300)
    assert np.linalg.norm(gradient) == pytest.approx(1.0)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_clipping_leaves_what_is_not_finite(bad: float) -> None:
    gradient = np.array([1.0, bad, 3.0])
    assert not np.isfinite(clip(gradient, 1.0))
    np.testing.assert_array_equal(gradient, [1.0, bad, 3.0])


def test_clipping_nothing() -> None:
    gradient = np.zeros(3)
    assert clip(gradient, 1.0) == 0.0
    assert not gradient.any()
    assert clip(np.empty(0), 1.0) == 0.0


def test_each_is_declared_whole() -> None:
    assert tuple(OPTIMIZERS) == get_args(OptimizerKey)
    for spec in OPTIMIZERS.values():
        assert set(spec.settings) <= set(Hyperparameters.model_fields)
        names = [line.name for line in spec.lines]
        assert set(spec.memory) <= set(names) and names[-1] == "step"
        for formula in (spec.formula, *(line.symbols.replace("@t", "1") for line in spec.lines)):
            MathTextParser("path").parse(f"${formula}$")


@pytest.mark.parametrize("key", OPTIMIZERS)
def test_its_twin_names_a_class_of_torch_and_what_that_remembers(key: str) -> None:
    twin = optimizer(key).twin
    if twin is None:
        return
    weight = torch.ones(3, requires_grad=True)
    weight.grad = torch.ones(3)
    theirs = getattr(torch.optim, twin.name)([weight], lr=RATE, **twin.settings(HYPER.update_numbers(RATE, 1)))
    theirs.step()
    assert set(twin.state) == set(theirs.state[weight]) - {"step"}
    assert len(twin.state) == optimizer(key).slots


def test_a_key_is_taken_once() -> None:
    with pytest.raises(ValueError, match="two optimisers are called sgd"):
        register(OPTIMIZERS["sgd"])


def test_unknown_key_names_the_known_ones() -> None:
    with pytest.raises(EngineError, match=r"'lion'.*adamw"):
        optimizer("lion")
