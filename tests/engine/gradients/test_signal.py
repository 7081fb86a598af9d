"""The figures at the start: held to the session's own, and to torch.autograd on a network written out here."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import numpy as np
import pytest

from engine.activations import activation
from engine.formats import read_network, write_network
from engine.gradients.building import dataset_of, network_file, setup_of
from engine.gradients.check import figures_by_torch
from engine.gradients.draws import start_weights
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of, shared_rows
from engine.gradients.gains import Jacobian, gain_of_step, gain_past
from engine.gradients.norms import normalise, through_norm
from engine.gradients.rows import Rows
from engine.gradients.signal import norm_of, ratio_of, running_products, signal_of
from engine.training.session import Setup, TrainingSession

EXPERIMENT = Experiment(samples=40)
SORTS = (
    Configuration(),
    Configuration(activation="relu", initializer="he_normal", scale=1.0),
    Configuration(activation="gelu", initializer="orthogonal", scale=1.3, width=7),
    Configuration(activation="tanh", initializer="uniform", scale=2.0, depth=3),
    Configuration(normalisation="layer"),
    Configuration(normalisation="batch", activation="elu", initializer="lecun_normal", scale=1.0),
    Configuration(skip=True, activation="softplus"),
    Configuration(skip=True, normalisation="layer", activation="tanh", initializer="xavier_uniform", scale=1.0),
    Configuration(skip=True, normalisation="batch", activation="leaky_relu"),
    Configuration(depth=1, width=1),
    Configuration(initializer="constant", scale=0.2, depth=4),
)


@pytest.fixture(scope="module")
def rows() -> Rows:
    return shared_rows(EXPERIMENT)


@pytest.mark.parametrize("configuration", SORTS, ids=str)
def test_the_figures_are_the_sessions_own(configuration: Configuration, rows: Rows) -> None:
    """Equal to rounding: they come the same way, step by step, without what the session does besides."""
    setup = setup_of(configuration, dataset_of(EXPERIMENT), EXPERIMENT.seed)
    numpy = Setup(setup.graph, setup.dataset, setup.hyper, backend="numpy")
    *hidden, output = TrainingSession(numpy).snapshot(maps=False).layers
    signal = signal_of(configuration, rows, EXPERIMENT.seed)
    np.testing.assert_allclose(signal.delta, [one.delta for one in hidden], rtol=1e-11)
    np.testing.assert_allclose(signal.weight_gradient, [one.weight_gradient for one in hidden], rtol=1e-11)
    assert signal.output_delta == pytest.approx(output.delta, rel=1e-12)


def torch_deltas(configuration: Configuration, rows: Rows, seed: int) -> tuple[list[float], list[float], float]:
    """‖δ‖ and ‖∂L/∂W‖ of every hidden layer and the loss, by autograd over layers written in torch alone."""
    torch = pytest.importorskip("torch")
    weights = start_weights(configuration, seed)
    hidden = [torch.tensor(one, requires_grad=True) for one in weights.hidden]
    function, given, zs = activation(configuration.activation), torch.tensor(rows.x), []
    for number, matrix in enumerate(hidden):
        z = given @ matrix.T
        z.retain_grad()
        zs.append(z)
        a = function.torch(z)
        if configuration.normalisation == "layer":
            a = torch.nn.functional.layer_norm(a, (configuration.width,), eps=1e-5)
        if configuration.normalisation == "batch":
            a = torch.nn.functional.batch_norm(a, None, None, training=True, eps=1e-5)
        given = given + a if configuration.skip and number else a
    output = given @ torch.tensor(weights.output).T
    loss = torch.nn.functional.binary_cross_entropy_with_logits(output, torch.tensor(rows.target))
    loss.backward()
    n = len(rows.x)
    grads = [z.grad for z in zs if z.grad is not None]
    deltas = [float((one * n).square().sum(dim=1).mean().sqrt()) for one in grads]
    return deltas, [float(one.grad.norm()) for one in hidden if one.grad is not None], float(loss.detach())


@pytest.mark.parametrize("configuration", SORTS, ids=str)
def test_the_figures_are_autograds(configuration: Configuration, rows: Rows) -> None:
    signal = signal_of(configuration, rows, 5)
    deltas, gradients, loss = torch_deltas(configuration, rows, 5)
    np.testing.assert_allclose(signal.delta, deltas, rtol=1e-9)
    np.testing.assert_allclose(signal.weight_gradient, gradients, rtol=1e-9)
    assert signal.loss == pytest.approx(loss, rel=1e-12)


def test_the_playground_gets_the_very_same_network(tmp_path: object, rows: Rows) -> None:
    """What Open in playground writes, read back and begun there, has the same numbers."""
    from pathlib import Path

    path = Path(str(tmp_path)) / "network.loom"
    experiment = EXPERIMENT.model_copy(update={"configurations": SORTS[4:6]})
    write_network(path, network_file(experiment, 1, "a title"))
    file = read_network(path)
    from engine.data import load

    session = TrainingSession(Setup(file.graph, load(file.data), file.hyper, backend="numpy"), file.weights)
    deltas = [one.delta for one in session.snapshot(maps=False).layers[:-1]]
    np.testing.assert_allclose(deltas, signal_of(SORTS[5], rows, experiment.seed).delta, rtol=1e-12)
    assert file.title == "a title"


# The factors ----------------------------------------------------------------------------------------------------


def brute_gain(step: Callable[[np.ndarray], np.ndarray], width: int, energy: np.ndarray) -> float:
    """The gain by its meaning: signals of random direction, put through the step. It is linear, so that the mean over
    all of them is the sum over signals of a single number each, by that number's own energy."""
    arrived = 0.0
    for row, unit in product(range(len(energy)), range(width)):
        signal = np.zeros((len(energy), width))
        signal[row, unit] = math.sqrt(energy[row])
        arrived += float(np.square(step(signal)).sum())
    return math.sqrt(arrived / (width * energy.sum()))


@pytest.mark.parametrize("kind", ["none", "layer", "batch"])
@pytest.mark.parametrize("skip", [False, True])
def test_a_factor_is_what_a_layer_does_to_signals_of_random_direction(kind: str, skip: bool) -> None:
    rng = np.random.default_rng(1)
    rows, width = 9, 6
    matrix, slope = rng.standard_normal((width, width)), rng.uniform(0.1, 1.0, (rows, width))
    norm = None if kind == "none" else normalise(rng.standard_normal((rows, width)), kind)
    energy = rng.uniform(0.2, 3.0, rows)
    jacobian = Jacobian(slope, norm)

    def behind(signal: np.ndarray) -> np.ndarray:
        return slope * (signal if norm is None else through_norm(norm, signal))

    if skip:
        expected = brute_gain(lambda e: e + behind(e) @ matrix, width, energy)
        assert gain_past(jacobian, matrix, energy) == pytest.approx(expected, rel=1e-9)
    else:
        expected = brute_gain(lambda d: behind(d @ matrix), width, energy)
        assert gain_of_step(jacobian, matrix, energy) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("configuration", [SORTS[0], SORTS[1], SORTS[4], SORTS[6], SORTS[7]], ids=str)
def test_the_product_of_the_factors_comes_near_to_what_is_measured(configuration: Configuration) -> None:
    """Over ten seeds the median of (product ÷ measured) is near 1: only the direction of δ is left out."""
    wide = configuration.model_copy(update={"width": 32})
    off = []
    for seed in range(10):
        signal = signal_of(wide, shared_rows(EXPERIMENT.model_copy(update={"seed": seed})), seed)
        off.append(math.log10(signal.products[0] / signal.ratio))
    assert abs(float(np.median(off))) < 0.25


def test_with_identity_layers_and_one_sample_the_factor_is_the_frobenius_norm() -> None:
    configuration = Configuration(activation="identity", depth=3, width=5, scale=0.7)
    signal = signal_of(configuration, Rows(np.array([[1.0, 2.0]]), np.array([[1.0]])), 3)
    norms = [np.linalg.norm(one) / math.sqrt(5) for one in start_weights(configuration, 3).hidden[1:]]
    np.testing.assert_allclose(signal.factors, norms, rtol=1e-12)


# Extremes ---------------------------------------------------------------------------------------------------------


def test_what_is_too_small_or_too_large_to_square_is_still_found() -> None:
    assert norm_of(np.array([3e-200, 4e-200])) == pytest.approx(5e-200)
    assert norm_of(np.array([3e200, -4e200])) == pytest.approx(5e200)
    assert norm_of(np.zeros(3)) == 0.0
    assert norm_of(np.array([1.0, math.inf])) == math.inf


def test_ratios_of_nothing_and_beyond_numbers() -> None:
    assert math.isnan(ratio_of(np.array([0.0, 0.0]))) and ratio_of(np.array([0.0, 2.0])) == 0.0
    assert math.isnan(ratio_of(np.array([1.0, 0.0])))
    assert ratio_of(np.array([math.inf, 2.0])) == math.inf
    assert ratio_of(np.array([7.0])) == 1.0
    np.testing.assert_allclose(running_products(np.array([2.0, 3.0])), [6.0, 3.0, 1.0])


def test_overflow_and_silence_are_what_they_are() -> None:
    rows = shared_rows(EXPERIMENT)
    huge = Configuration(activation="identity", scale=10.0, width=128, depth=50, initializer="constant")
    loud = signal_of(huge, rows, 0)
    assert loud.delta[0] > 1e150 and np.isfinite(loud.delta).all() and loud.variance[-1] > 1e300
    silent = signal_of(Configuration(activation="step"), rows, 0)
    assert (silent.delta == 0.0).all() and math.isnan(silent.ratio)


# What is shared ---------------------------------------------------------------------------------------------------


def test_what_acts_on_steps_alone_changes_nothing_at_the_start() -> None:
    first = Configuration()
    other = first.model_copy(update={"rate": 0.001, "clip_norm": 1.0, "optimizer": "adam"})
    one, two = figures_of(EXPERIMENT.model_copy(update={"configurations": (first, other)}))
    assert one.signal is two.signal and two.configuration == other


def test_a_new_scale_draws_nothing_anew_and_a_wider_layer_keeps_its_rows() -> None:
    narrow, wide = (start_weights(Configuration(width=width, scale=0.5), 9) for width in (4, 9))
    np.testing.assert_array_equal(narrow.hidden[1], wide.hidden[1][:4, :4])
    scaled = start_weights(Configuration(width=4, scale=1.0), 9)
    np.testing.assert_array_equal(scaled.hidden[1], 2.0 * narrow.hidden[1])


@pytest.mark.torch
@pytest.mark.parametrize("configuration", SORTS, ids=str)
def test_what_pytorch_is_asked_on_screen_agrees(configuration: Configuration) -> None:
    experiment = EXPERIMENT.model_copy(update={"configurations": (configuration,)})
    signal, theirs = figures_of(experiment)[0].signal, figures_by_torch(experiment, 0)
    np.testing.assert_allclose(signal.delta, theirs.delta, rtol=1e-9)
    np.testing.assert_allclose(signal.weight_gradient, theirs.weight_gradient, rtol=1e-9)
    np.testing.assert_allclose(signal.variance, theirs.variance, rtol=1e-9)
    if configuration.normalisation == "batch":
        assert theirs.factors is None
    else:
        assert theirs.factors is not None
        np.testing.assert_allclose(signal.factors, theirs.factors, rtol=1e-9)


def test_passes_at_the_same_time_and_in_turn_leave_one_another_alone() -> None:
    """They write into memory that is lent again: what has been found is nobody's but the finder's."""
    rows = shared_rows(Experiment(samples=40))
    kinds = [("none", False), ("layer", True), ("batch", False), ("layer", False), ("batch", True)]
    several = [
        Configuration.model_validate({"depth": 12, "width": width, "normalisation": norm, "skip": skip})
        for width in (5, 16)
        for norm, skip in kinds
    ]
    before = [signal_of(one, rows, 3) for one in several]
    with ThreadPoolExecutor(4) as pool:
        after = list(pool.map(lambda one: signal_of(one, rows, 3), several * 5))
    for first, again in zip(before * 5, after, strict=True):
        for name in ("delta", "weight_gradient", "variance", "slope", "factors"):
            np.testing.assert_array_equal(getattr(again, name), getattr(first, name))
