"""What theory says: the Gaussian integrals against quadrature, closed forms of the papers, and measured networks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.activations import activation
from engine.gradients.arithmetic import arithmetic
from engine.gradients.experiment import ACTIVATION_KEYS, Configuration, Experiment
from engine.gradients.figures import shared_rows
from engine.gradients.gaussian import moments
from engine.gradients.predicted import (
    Silence,
    critical_scale,
    predict,
    predict_depths,
    silence_of,
    weight_variance,
)
from engine.gradients.rows import Rows
from engine.gradients.signal import signal_of
from engine.initializers import INITIALIZERS, initializer

PIECES = ((-12.0, -1.0), (-1.0, -0.1), (-0.1, 0.0), (0.0, 0.1), (0.1, 1.0), (1.0, 12.0))


NODES, WEIGHTS = np.polynomial.legendre.leggauss(128)


def by_quadrature(key: str, q: float, part: str) -> float:
    """By Gauss and Legendre's rule on each piece, exact for polynomials of degree 255."""
    one, total = activation(key), 0.0
    for low, high in PIECES:
        x = 0.5 * (low + high) + 0.5 * (high - low) * NODES
        z = math.sqrt(q) * x
        value = {"mean": one.value, "square": lambda z: one.value(z) ** 2, "slope": lambda z: one.derivative(z) ** 2}
        density = np.exp(-x * x / 2.0) / math.sqrt(2.0 * math.pi)
        total += 0.5 * (high - low) * float((WEIGHTS * value[part](z) * density).sum())
    return total


@pytest.mark.parametrize("key", ACTIVATION_KEYS)
@pytest.mark.parametrize("q", [1e-6, 0.013, 0.37, 1.0, 9.0, 400.0])
def test_gaussian_means_are_those_of_quadrature(key: str, q: float) -> None:
    found = moments(key, np.array([q]))
    for part in ("mean", "square", "slope"):
        assert float(getattr(found, part)[0]) == pytest.approx(by_quadrature(key, q, part), rel=1e-4, abs=1e-12)


@pytest.mark.parametrize("q", [1e-250, 1e-9, 1.0, 1e12, 1e280])
def test_relu_and_identity_have_their_closed_forms_at_any_size(q: float) -> None:
    """He et al. 2015, eq. 8 and 12; Glorot & Bengio 2010: f near the identity."""
    relu, identity = moments("relu", np.array([q])), moments("identity", np.array([q]))
    assert relu.square[0] == pytest.approx(q / 2.0, rel=1e-9) and relu.slope[0] == pytest.approx(0.5)
    assert identity.square[0] == pytest.approx(q, rel=1e-9) and identity.slope[0] == pytest.approx(1.0)


def test_a_dead_input_is_the_activation_at_zero() -> None:
    found = moments("logistic", np.array([0.0]))
    assert (found.mean[0], found.square[0], found.slope[0]) == pytest.approx((0.5, 0.25, 1.0 / 16.0))


@pytest.mark.parametrize("key", [key for key in INITIALIZERS if key != "constant"])
@pytest.mark.parametrize("shape", [(200, 200), (300, 120), (120, 300)])
def test_weight_variances_are_those_of_drawn_weights(key: str, shape: tuple[int, int]) -> None:
    drawn = initializer(key).draw(shape, np.random.default_rng(0), 0.7)
    known = weight_variance(key, shape, 0.7)
    assert known == pytest.approx(float(np.mean(drawn**2)), rel=0.02)


def test_every_initialiser_has_a_variance_or_a_reason() -> None:
    assert {key for key in INITIALIZERS if weight_variance(key, (3, 3), 0.5) is None} == {"constant"}


def test_silence_has_its_reason() -> None:
    assert silence_of(Configuration(normalisation="batch")) is Silence.BATCH_NORM
    assert silence_of(Configuration(initializer="constant")) is Silence.CONSTANT
    assert silence_of(Configuration(initializer="constant", scale=0.0)) is None
    assert predict(Configuration(normalisation="batch"), shared_rows(Experiment())) is None


# The papers' own results ------------------------------------------------------------------------------------------


ROWS = Rows(np.array([[1.0, 2.0], [0.3, -0.4]]), np.array([[1.0], [0.0]]))


def test_he_keeps_relus_signal_and_xavier_keeps_that_of_identity() -> None:
    """He et al. 2015, eq. 10 and 14: ½ n Var W = 1; Glorot & Bengio 2010, eq. 12: n Var W = 1 where n_in = n_out."""
    he = predict(Configuration(activation="relu", initializer="he_normal", scale=1.0, depth=20), ROWS)
    xavier = predict(Configuration(activation="identity", initializer="xavier_normal", scale=1.0, depth=20), ROWS)
    assert he is not None and xavier is not None
    np.testing.assert_allclose(he.factors, 1.0, rtol=1e-9)
    np.testing.assert_allclose(xavier.factors, 1.0, rtol=1e-9)
    np.testing.assert_allclose(he.variance[1:], he.variance[1], rtol=1e-9)


def test_the_first_variance_is_that_of_the_inputs_times_the_weights() -> None:
    found = predict(Configuration(scale=0.3), ROWS)
    assert found is not None
    assert found.variance[0] == pytest.approx(0.09 * (5.0 + 0.25) / 2.0)


def test_small_logistic_weights_pass_on_a_quarter_of_them() -> None:
    """5.1: each factor is at most ¼ · √(n Var W)."""
    found = predict(Configuration(scale=0.01, width=64, depth=12), ROWS)
    assert found is not None
    np.testing.assert_allclose(found.factors, 0.25 * 0.01 * 8.0, rtol=2e-3)
    line = arithmetic(found)
    assert line.slope * line.weights == pytest.approx(line.factor)
    assert line.factor**line.steps == pytest.approx(found.ratio, rel=1e-9)
    assert line.weights == pytest.approx(0.08)


def test_skip_connections_add_to_what_comes_back() -> None:
    """Identity with skips: (1 + n Var W)^½ a layer, and E[h²] grows by the same factor squared."""
    found = predict(Configuration(activation="identity", skip=True, scale=0.1, width=25, depth=6), ROWS)
    assert found is not None
    np.testing.assert_allclose(found.factors, math.sqrt(1.25), rtol=1e-9)
    np.testing.assert_allclose(found.variance[2:] / found.variance[1:-1], 1.25, rtol=1e-9)


def test_one_line_comes_to_the_predicted_ratio() -> None:
    for update in ({}, {"skip": True}, {"normalisation": "layer"}, {"skip": True, "normalisation": "layer"}):
        found = predict(Configuration(activation="tanh", scale=0.4, depth=7).model_copy(update=update), ROWS)
        assert found is not None
        line = arithmetic(found)
        jump = 1.0 if line.jump is None else line.jump.factor
        assert line.factor**line.steps * line.ends * jump == pytest.approx(found.ratio, rel=1e-9)
        assert line.ends == (pytest.approx(line.first / line.last) if found.skip else 1.0)
        inner = line.slope * line.weights * line.norm
        assert line.factor == pytest.approx(math.sqrt(1.0 + inner**2) if found.skip else inner)


def test_a_prediction_with_one_odd_layer_is_no_power_of_one_mean() -> None:
    """Small logistic weights under a layer norm: layer 1 alone multiplies, and the others pass on as much."""
    found = predict(Configuration(normalisation="layer"), ROWS)
    assert found is not None and found.factors[0] > 5.0 and np.all(np.abs(found.factors[1:] - 1.0) < 0.1)
    line = arithmetic(found)
    assert line.jump is not None and line.jump.layer == 1 and line.steps == 8
    assert line.jump.factor == found.factors[0] and abs(line.factor - 1.0) < 0.1
    assert line.factor == pytest.approx(np.exp(np.log(found.factors[1:]).mean()))
    assert line.factor == pytest.approx(line.slope * line.weights * line.norm)
    assert line.factor**8 * line.jump.factor == pytest.approx(found.ratio, rel=1e-9)


@pytest.mark.parametrize("normalisation", ["none", "layer"])
@pytest.mark.parametrize("skip", [False, True])
def test_every_factor_is_what_its_slopes_and_weights_come_to(normalisation: str, skip: bool) -> None:
    """The formula of the docstring, layer by layer: nothing of a factor is left unsaid."""
    c = Configuration(activation="tanh", scale=0.4, depth=7).model_copy(
        update={"skip": skip, "normalisation": normalisation}
    )
    found = predict(c, ROWS)
    assert found is not None
    gain = found.slope * found.norm
    expected = gain[:-1] * found.weights
    if skip:
        expected = np.sqrt(1.0 + (gain[1:] * found.weights) ** 2) * gain[:-1] / gain[1:]
    np.testing.assert_allclose(found.factors, expected, rtol=1e-9)


def test_layer_norm_makes_the_scale_of_the_weights_cancel() -> None:
    """Identity layers with a norm: what the weights multiply the norm divides, but for two of n directions."""
    for scale in (0.05, 2.0):
        c = Configuration(activation="identity", normalisation="layer", scale=scale, width=64, depth=5)
        found = predict(c, ROWS)
        assert found is not None
        np.testing.assert_allclose(found.factors[2:], math.sqrt(62.0 / 63.0), rtol=1e-3)


# Predicted and measured -------------------------------------------------------------------------------------------

SORTS = (
    Configuration(width=64),
    Configuration(width=64, activation="relu", initializer="he_normal", scale=1.0),
    Configuration(width=64, activation="tanh", initializer="xavier_uniform", scale=1.5),
    Configuration(width=64, activation="silu", initializer="orthogonal", scale=1.2),
    Configuration(width=64, activation="elu", initializer="lecun_normal", scale=1.0, skip=True, depth=6),
    Configuration(width=64, activation="tanh", initializer="uniform", scale=0.2, normalisation="layer"),
    Configuration(width=64, activation="relu", initializer="he_uniform", scale=0.5, normalisation="layer", skip=True),
)


@pytest.mark.parametrize("configuration", SORTS, ids=str)
def test_predicted_variances_and_factors_are_those_of_drawn_networks(configuration: Configuration) -> None:
    """The mean over twenty seeds is within a fifth, in every layer: 64 units are not infinitely many."""
    experiment = Experiment(samples=60)
    rows = shared_rows(experiment)
    found = predict(configuration, rows)
    assert found is not None
    signals = [signal_of(configuration, rows, seed) for seed in range(20)]
    variance = np.mean([one.variance for one in signals], axis=0)
    factors = np.mean([one.factors for one in signals], axis=0)
    np.testing.assert_allclose(variance, found.variance, rtol=0.2)
    np.testing.assert_allclose(factors, found.factors, rtol=0.2)


def test_every_depth_at_once_is_every_depth_by_itself() -> None:
    deep = Configuration(depth=12, skip=True, activation="tanh", scale=0.5)
    for depth, one in zip((2, 7, 12), predict_depths(deep, ROWS, (2, 7, 12)), strict=True):
        alone = predict(deep.model_copy(update={"depth": depth}), ROWS)
        assert alone is not None and alone.ratio == one.ratio


def test_the_critical_scale_is_where_the_ratio_is_one() -> None:
    c = Configuration(activation="relu", initializer="normal", width=50, depth=10)
    scale = critical_scale(c, ROWS, 1e-3, 10.0)
    assert scale == pytest.approx(math.sqrt(2.0 / 50.0), rel=1e-6)
    assert critical_scale(c, ROWS, 1e-3, 1e-2) is None


def test_nothing_of_nothing_is_zero() -> None:
    for c in (Configuration(scale=0.0), Configuration(initializer="zeros"), Configuration(activation="step")):
        found = predict(c, ROWS)
        assert found is not None and found.ratio == 0.0 and not np.isnan(found.factors).any()
