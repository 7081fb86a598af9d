"""The facts a learner is shown (activations, one neuron, backpropagation, vanishing and exploding gradients), held to
oracles that are not ours: sympy, torch's autograd, and sums written out by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
import sympy
import torch
from numpy.typing import NDArray
from torch.nn import functional

from engine.activations import ACTIVATIONS
from engine.activations.saturation import SATURATED_BELOW, SATURATED_ROWS
from engine.data import DataChoice, Dataset, InputColumn, Task, load
from engine.graph.build import feed_forward
from engine.graph.edit import set_params
from engine.graph.kinds.output import OutputParams
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters
from engine.network.plan import WeightKey
from engine.training.session import Setup, TrainingSession
from engine.training.trace import PassTrace, Phase, Stage
from engine.training.verdicts import Trouble

Array = NDArray[np.float64]

TORCH_ACTIVATIONS = {
    "identity": lambda z: z,
    "logistic": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda z: functional.leaky_relu(z, 0.01),
    "elu": functional.elu,
    "softplus": functional.softplus,
    "silu": functional.silu,
    "gelu": functional.gelu,
    "gelu_tanh": lambda z: functional.gelu(z, approximate="tanh"),
}


def truth_table(x: list[list[float]], classes: list[int]) -> Dataset:
    """A data set whose rows are all trained on and all tested on."""
    rows = np.arange(len(x), dtype=np.int64)
    columns = ("x1", "x2")
    return Dataset(
        "table", "Truth table", Task.BINARY, columns, np.array(x), np.array(classes, float), ("0", "1"),
        rows, rows.copy(), inputs=tuple(InputColumn(name) for name in columns), view=(-0.5, 1.5),
    )  # fmt: skip


CORNERS = [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
XOR = truth_table(CORNERS, [0, 1, 1, 0])
CIRCLE = load(DataChoice(name="circle", samples=200))


def session(graph: NetworkGraph, dataset: Dataset = CIRCLE, **hyper: object) -> TrainingSession:
    """On the reference backend, with plain gradient descent unless told otherwise."""
    settings = Hyperparameters.model_validate({"optimizer": "sgd", **hyper})
    return TrainingSession(Setup(graph, dataset, settings, "numpy"))


def arrays(run: TrainingSession) -> dict[WeightKey, Array]:
    return dict(run.snapshot(maps=False).weights)


def stage(trace: PassTrace, phase: Phase, block_id: str) -> Stage:
    return next(one for one in trace.stages if one.phase is phase and one.block_id == block_id)


# Threshold units and XOR ---------------------------------------------------------------------------------------------


def test_two_layers_of_thresholds_set_by_hand_solve_xor() -> None:
    run = session(feed_forward([2], activation="step"), XOR)
    run.set_weights(
        {
            ("dense-1", "W"): np.array([[1.0, 1.0], [-1.0, -1.0]]),  # OR and NAND; the threshold is −b
            ("dense-1", "b"): np.array([-0.5, 1.5]),
            ("output-1", "W"): np.array([[1.0, 1.0]]),  # AND of the two
            ("output-1", "b"): np.array([-1.5]),
        }
    )
    hidden = stage(run.trace((0, 1, 2, 3)), Phase.FORWARD, "dense-1").values["a"]
    np.testing.assert_array_equal(hidden, [[0, 1], [1, 1], [1, 1], [1, 0]])
    assert run.snapshot(maps=False).accuracy == 1.0


def test_training_a_2_2_1_network_solves_xor() -> None:
    """In the middle of five seeds: with two hidden units, a start may end in a minimum that gets half of XOR right."""
    solved = []
    for seed in range(5):
        run = session(feed_forward([2]), XOR, optimizer="adam", learning_rate=0.1, batch_size=4, seed=seed)
        run.run_epochs(400)
        solved.append(run.snapshot(maps=False).accuracy)
    assert np.median(solved) == 1.0


def test_without_a_hidden_layer_no_training_solves_xor() -> None:
    for seed in range(5):
        run = session(feed_forward([]), XOR, optimizer="adam", learning_rate=0.1, batch_size=4, seed=seed)
        run.run_epochs(300)
        assert run.snapshot(maps=False).accuracy <= 0.75


def test_gradient_descent_cannot_train_what_lies_before_a_step() -> None:
    run = session(feed_forward([4, 4], activation="step"), learning_rate=0.5)
    before = arrays(run)
    report = run.run_epochs(5)
    after = arrays(run)
    assert not report.weight_gradients[:, :2].any()
    assert not report.bias_gradients[:, :2].any()
    assert not report.deltas[:, :2].any()
    assert report.weight_gradients[:, 2].all()
    for block in ("dense-1", "dense-2"):
        np.testing.assert_array_equal(before[block, "W"], after[block, "W"])
    assert (before["output-1", "W"] != after["output-1", "W"]).any()


# Activations ---------------------------------------------------------------------------------------------------------

# As the lessons state them: range of f, range of f', zero-centred, the sides on which f saturates.
TAUGHT: dict[str, tuple[tuple[float, float], tuple[float, float], bool, str]] = {
    "step": ((0, 1), (0, 0), False, "both"),
    "logistic": ((0, 1), (0, 0.25), False, "both"),
    "tanh": ((-1, 1), (0, 1), True, "both"),
    "relu": ((0, math.inf), (0, 1), False, "left"),
    "leaky_relu": ((-math.inf, math.inf), (0.01, 1), False, "none"),
    "identity": ((-math.inf, math.inf), (1, 1), True, "none"),
    "softplus": ((0, math.inf), (0, 1), False, "left"),
    "elu": ((-1, math.inf), (0, 1), False, "left"),
}


@pytest.mark.parametrize("key", TAUGHT)
def test_an_activation_is_described_as_it_is_taught(key: str) -> None:
    one = ACTIVATIONS[key]
    described = (one.output_range, one.derivative_range, one.zero_centred, one.saturates.value)
    assert described == TAUGHT[key]


Z = sympy.Symbol("z", real=True)
SMOOTH = {
    "logistic": 1 / (1 + sympy.exp(-Z)),
    "tanh": sympy.tanh(Z),
    "softplus": sympy.log(1 + sympy.exp(Z)),
    "silu": Z / (1 + sympy.exp(-Z)),
    "gelu": Z / 2 * (1 + sympy.erf(Z / sympy.sqrt(2))),
}


@pytest.mark.parametrize("key", SMOOTH)
def test_an_activation_saturates_where_its_slope_has_the_limit_zero(key: str) -> None:
    slope = sympy.diff(SMOOTH[key], Z)
    one = ACTIVATIONS[key]
    assert one.saturates.on_left == (sympy.limit(slope, Z, -sympy.oo) == 0)
    assert one.saturates.on_right == (sympy.limit(slope, Z, sympy.oo) == 0)


def test_tanh_is_the_logistic_stretched() -> None:
    z = np.linspace(-20.0, 20.0, 401)
    np.testing.assert_allclose(
        ACTIVATIONS["tanh"].value(z), 2.0 * ACTIVATIONS["logistic"].value(2.0 * z) - 1.0, atol=1e-15
    )


def test_about_half_the_relu_units_are_active_at_a_symmetric_start() -> None:
    active = []
    for seed in range(5):
        run = session(feed_forward([64], activation="relu", initializer="he_normal"), seed=seed)
        a = stage(run.trace(tuple(range(100))), Phase.FORWARD, "dense-1").values["a"]
        active.append(float((a > 0.0).mean()))
    assert 0.4 < np.mean(active) < 0.6


def test_a_dead_relu_unit_gets_no_gradient_and_comes_back_as_leaky_relu() -> None:
    dataset = truth_table([[-1.0, -0.8], [-0.6, -1.0], [0.7, 1.0], [1.0, 0.5]], [0, 0, 1, 1])
    graph = feed_forward([1], activation="relu", output=OutputParams(activation="identity"))
    run = session(graph, dataset, learning_rate=0.1, batch_size=4)
    run.set_weights(
        {
            ("dense-1", "W"): np.array([[1.0, 1.0]]),
            ("dense-1", "b"): np.array([-3.0]),  # z < 0 for every sample
            ("output-1", "W"): np.array([[1.0]]),
        }
    )
    dead = arrays(run)
    report = run.run_epochs(50)
    assert run.snapshot(maps=False).layers[0].dead == 1.0
    assert not report.weight_gradients[:, 0].any()
    np.testing.assert_array_equal(arrays(run)["dense-1", "W"], dead["dense-1", "W"])

    run.change(
        Setup(set_params(graph, "dense-1", activation="leaky_relu", alpha=0.1), dataset, run.setup.hyper, "numpy")
    )
    assert run.run_epochs(300).weight_gradients[:, 0].all()
    run.change(Setup(graph, dataset, run.setup.hyper, "numpy"))
    assert run.snapshot(maps=False).layers[0].dead == 0.0
    assert run.run_steps(1).weight_gradients[0, 0] > 0.0


@pytest.mark.parametrize(("key", "spread"), [("logistic", 3.0), ("tanh", 1.0)])
def test_the_saturated_share_counts_units_with_little_slope_for_most_samples(key: str, spread: float) -> None:
    run = session(feed_forward([16], activation=key, initializer="normal", scale=spread))
    z = torch.tensor(CIRCLE.x[CIRCLE.train] @ arrays(run)["dense-1", "W"].T, requires_grad=True)
    (slope,) = torch.autograd.grad(TORCH_ACTIVATIONS[key](z).sum(), z)
    steepest = {"logistic": 0.25, "tanh": 1.0}[key]
    expected = ((slope < SATURATED_BELOW * steepest).double().mean(dim=0) > SATURATED_ROWS).double().mean()
    assert 0.0 < expected.item() < 1.0
    assert run.snapshot(maps=False).layers[0].saturated == pytest.approx(expected.item())


# One neuron's line ---------------------------------------------------------------------------------------------------


def line_by_hand(weights: Iterable[float], inputs: Iterable[float], bias: float) -> float:
    """z = Σ w·a + b, summed without rounding error."""
    return math.fsum([*(w * a for w, a in zip(weights, inputs, strict=True)), bias])


def test_every_neuron_shows_its_line_with_its_own_numbers() -> None:
    run = session(feed_forward([4, 3]))
    run.run_epochs(2)
    weights = arrays(run)
    trace = run.trace((7, 150))
    np.testing.assert_array_equal(trace.inputs["input-1"], CIRCLE.x[[7, 150]])
    before = trace.inputs["input-1"]
    for block in ("dense-1", "dense-2", "output-1"):
        shown = stage(trace, Phase.FORWARD, block).values
        for row in range(2):
            for unit, w in enumerate(weights[block, "W"]):
                z = line_by_hand(w, before[row], weights[block, "b"][unit])
                assert shown["z"][row, unit] == pytest.approx(z, abs=1e-14)
                assert shown["a"][row, unit] == pytest.approx(math.tanh(z), abs=1e-14)
        before = shown["a"]
    np.testing.assert_array_equal(trace.output, before)


@pytest.mark.parametrize("block", ["dense-1", "output-1"])
def test_a_weight_or_bias_set_by_hand_moves_the_line_by_just_that_much(block: str) -> None:
    run = session(feed_forward([4]))
    before = stage(run.trace((3,)), Phase.FORWARD, block).values["z"][0, 0]
    fed = CIRCLE.x[3] if block == "dense-1" else stage(run.trace((3,)), Phase.FORWARD, "dense-1").values["a"][0]
    old = arrays(run)[block, "W"][0, 1]

    run.set_weight(block, "W", (0, 1), old + 0.25)
    run.set_weight(block, "b", (0,), -1.5)

    after = stage(run.trace((3,)), Phase.FORWARD, block).values["z"][0, 0]
    assert after - before == pytest.approx(0.25 * fed[1] - 1.5, abs=1e-14)


# Backpropagation -----------------------------------------------------------------------------------------------------


def test_a_pass_happens_forward_loss_backward_update() -> None:
    trace = session(feed_forward([4, 3])).trace((0,))
    forward = ["input-1", "dense-1", "dense-2", "output-1"]
    assert [(one.phase, one.block_id) for one in trace.stages] == [
        *((Phase.FORWARD, block) for block in forward),
        (Phase.LOSS, "output-1"),
        *((Phase.BACKWARD, block) for block in reversed(forward[1:])),
        *((Phase.UPDATE, block) for block in forward[1:]),
    ]


def test_a_1_1_1_networks_pass_is_sympys() -> None:
    w, b, v, c, x, t = sympy.symbols("w b v c x t", real=True)
    hidden = w * x + b
    end = v / (1 + sympy.exp(-hidden)) + c
    loss = (sympy.tanh(end) - t) ** 2 / 2
    at = {w: 0.8, b: -0.3, v: -1.7, c: 0.4, x: CIRCLE.x[5, 0], t: 2.0 * CIRCLE.y[5] - 1.0}
    run = session(feed_forward([1], features=("x1",), activation="logistic"))
    run.set_weights(
        {
            ("dense-1", "W"): np.array([[at[w]]]),
            ("dense-1", "b"): np.array([at[b]]),
            ("output-1", "W"): np.array([[at[v]]]),
            ("output-1", "b"): np.array([at[c]]),
        }
    )
    trace = run.trace((5,))
    assert trace.loss == pytest.approx(float(loss.evalf(30, subs=at)), rel=1e-13)
    for block, weight, bias in (("dense-1", w, b), ("output-1", v, c)):
        shown = stage(trace, Phase.BACKWARD, block).values
        assert shown["W"].item() == pytest.approx(float(loss.diff(weight).evalf(30, subs=at)), rel=1e-12)
        # A bias enters z alone and with the factor 1, so ∂L/∂b is δ.
        for name in ("b", "delta"):
            assert shown[name].item() == pytest.approx(float(loss.diff(bias).evalf(30, subs=at)), rel=1e-12)


def torch_pass(
    weights: dict[WeightKey, Array], x: Array, key: str, blocks: list[str]
) -> tuple[dict[str, torch.Tensor], dict[WeightKey, torch.Tensor]]:
    """Every layer's z and the leaves it hangs on, of a plain chain in torch; the last layer is left at z."""
    leaves = {name: torch.tensor(array, requires_grad=True) for name, array in weights.items()}
    z: dict[str, torch.Tensor] = {}
    a = torch.tensor(x)
    for block in blocks:
        z[block] = a @ leaves[block, "W"].T + leaves[block, "b"]
        a = TORCH_ACTIVATIONS[key](z[block])
    return z, leaves


LOSSES = {
    "squared_error": lambda z, t: 0.5 * (torch.tanh(z) - t).square().sum(dim=1).mean(),
    "binary_cross_entropy": lambda z, t: functional.binary_cross_entropy(torch.sigmoid(z), t),
    "softmax_cross_entropy": lambda z, t: functional.nll_loss(functional.log_softmax(z, dim=1), t.argmax(dim=1)),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("key", TORCH_ACTIVATIONS)
def test_a_layers_backward_pass_is_autograds(key: str, loss: str) -> None:
    blocks = ["dense-1", "dense-2", "output-1"]
    rows = (4, 9, 33, 101, 180)
    run = session(feed_forward([4, 3], activation=key, output=OutputParams(loss=loss)))
    run.run_steps(3)
    trace = run.trace(rows)
    weights = arrays(run)
    z, leaves = torch_pass(weights, CIRCLE.x[list(rows)], key, blocks)
    mean = LOSSES[loss](z["output-1"], torch.tensor(trace.target))
    wanted = [*z.values(), *leaves.values()]
    found = dict(zip([*z, *leaves], torch.autograd.grad(mean, wanted), strict=True))

    assert trace.loss == pytest.approx(mean.item(), rel=1e-9)
    for block in blocks:
        shown = stage(trace, Phase.BACKWARD, block).values
        np.testing.assert_allclose(shown["delta"], found[block].numpy(), rtol=1e-9, atol=1e-12)
        for name in ("W", "b"):
            np.testing.assert_allclose(shown[name], found[block, name].numpy(), rtol=1e-9, atol=1e-12)
            change = stage(trace, Phase.UPDATE, block).values[name]
            np.testing.assert_allclose(change, -trace.learning_rate * shown[name], rtol=1e-9, atol=1e-12)


def test_the_lines_of_backpropagation_hold_between_the_stages() -> None:
    run = session(feed_forward([4, 3]))
    trace, weights = run.trace((2, 60, 61)), arrays(run)
    blocks = ["dense-1", "dense-2", "output-1"]
    shown = {block: stage(trace, Phase.BACKWARD, block).values for block in blocks}
    a = {"dense-1": trace.inputs["input-1"]}
    for before, block in pairwise(blocks):
        a[block] = stage(trace, Phase.FORWARD, before).values["a"]
    for block, after in pairwise(blocks):
        z = stage(trace, Phase.FORWARD, block).values["z"]
        for row in range(3):
            delta = weights[after, "W"].T @ shown[after]["delta"][row] / np.cosh(z[row]) ** 2
            np.testing.assert_allclose(shown[block]["delta"][row], delta, rtol=1e-12)
    for block in blocks:
        outer = sum(np.outer(shown[block]["delta"][row], a[block][row]) for row in range(3))
        np.testing.assert_allclose(shown[block]["W"], outer, rtol=1e-12)
        np.testing.assert_allclose(shown[block]["b"], shown[block]["delta"].sum(axis=0), rtol=1e-12)


def test_the_update_shown_is_the_one_that_training_makes() -> None:
    run = session(feed_forward([4]), optimizer="adam", l2=0.01, shuffle=False, batch_size=5)
    trace = run.trace(tuple(int(row) for row in CIRCLE.train[:5]))
    before = arrays(run)
    run.run_steps(1)
    after = arrays(run)
    for block, name in before:
        change = stage(trace, Phase.UPDATE, block).values[name]
        np.testing.assert_allclose(after[block, name] - before[block, name], change, rtol=1e-9, atol=1e-15)


# Vanishing and exploding gradients -----------------------------------------------------------------------------------


def deep(activation: str, initializer: str, scale: float | None, seed: int = 0) -> TrainingSession:
    """Ten hidden layers of ten units. The output is linear: a saturated one would silence every δ behind it."""
    output = OutputParams(activation="identity")
    graph = feed_forward([10] * 10, activation=activation, initializer=initializer, scale=scale, output=output)
    return session(graph, seed=seed)


def delta_ratio(run: TrainingSession) -> float:
    """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖ between the first and the last hidden layer."""
    layers = run.snapshot(maps=False).layers
    return layers[0].delta / layers[-2].delta


def troubles(run: TrainingSession) -> dict[str, set[Trouble]]:
    found: dict[str, set[Trouble]] = {}
    for verdict in run.snapshot(maps=False).verdicts:
        found.setdefault(verdict.block_id, set()).add(verdict.trouble)
    return found


def test_ten_logistic_layers_from_a_small_start_vanish() -> None:
    ratios = [delta_ratio(deep("logistic", "normal", 0.3, seed)) for seed in range(5)]
    assert np.median(ratios) < 1e-4
    badges = troubles(deep("logistic", "normal", 0.3))
    assert Trouble.VANISHING in badges["dense-1"]
    assert badges["dense-10"] == {Trouble.REFERENCE}


def test_relu_and_he_stay_within_a_decade() -> None:
    ratios = [delta_ratio(deep("relu", "he_normal", None, seed)) for seed in range(5)]
    assert 0.1 < np.median(ratios) < 10.0


def test_each_logistic_layer_passes_on_at_most_a_quarter_of_its_weights_norm() -> None:
    run = deep("logistic", "normal", 0.3)
    weights, trace = arrays(run), run.trace((0,))
    norms = [np.linalg.norm(stage(trace, Phase.BACKWARD, f"dense-{n}").values["delta"]) for n in range(1, 11)]
    for number, (before, after) in enumerate(pairwise(norms), 2):
        assert before <= 0.25 * np.linalg.norm(weights[f"dense-{number}", "W"], ord=2) * after * (1.0 + 1e-12)


def test_the_norms_of_a_layer_are_autograds() -> None:
    run = deep("logistic", "normal", 0.3)
    snapshot = run.snapshot(maps=False)
    blocks = [f"dense-{n}" for n in range(1, 11)] + ["output-1"]
    report = session(run.setup.graph, shuffle=False, batch_size=8).run_steps(1)
    rows = CIRCLE.train[:8]
    z, leaves = torch_pass(dict(snapshot.weights), CIRCLE.x[rows], "logistic", blocks)
    t = torch.tensor(2.0 * CIRCLE.y[rows] - 1.0)[:, None]
    losses = 0.5 * (z["output-1"] - t).square().sum(dim=1)
    for column, block in enumerate(blocks):
        (delta,) = torch.autograd.grad(losses.sum(), z[block], retain_graph=True)
        gradients = torch.autograd.grad(losses.mean(), [leaves[block, "W"], leaves[block, "b"]], retain_graph=True)
        expected = [delta.square().sum(dim=1).mean().sqrt(), *(one.norm() for one in gradients)]
        shown = (report.deltas, report.weight_gradients, report.bias_gradients)
        for array, value in zip(shown, expected, strict=True):
            assert array[0, column] == pytest.approx(value.item(), rel=1e-9)


@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_too_large_a_start_explodes_and_the_verdict_says_where(activation: str) -> None:
    run = deep(activation, "normal", 2.0)
    assert delta_ratio(run) > 1e4
    badges = troubles(run)
    assert Trouble.EXPLODING in badges["dense-1"]
    exploding = [Trouble.EXPLODING in badges[f"dense-{n}"] for n in range(1, 11)]
    start = exploding.index(False)
    assert exploding == [True] * start + [False] * (10 - start)


@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_the_weight_gradients_ratio_does_not_change_with_the_scale(activation: str) -> None:
    """δ grows towards the input just as a grows towards the output, so that ‖∂L/∂W‖ alone would show nothing."""
    weight_ratios, delta_ratios = [], []
    for scale in (0.1, 1.0, 10.0):
        trace = deep(activation, "normal", scale).trace((0,))
        first, last = (stage(trace, Phase.BACKWARD, block).values for block in ("dense-1", "dense-10"))
        weight_ratios.append(np.linalg.norm(first["W"]) / np.linalg.norm(last["W"]))
        delta_ratios.append(np.linalg.norm(first["delta"]) / np.linalg.norm(last["delta"]))
    np.testing.assert_allclose(weight_ratios, weight_ratios[0], rtol=1e-9)
    np.testing.assert_allclose(delta_ratios, delta_ratios[0] * np.array([1.0, 1e9, 1e18]), rtol=1e-9)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_clipping_keeps_an_exploding_run_finite(optimizer: str) -> None:
    """Under plain descent the step's norm is at most η·c; the ratio between the layers stays as it is."""
    graph = deep("relu", "normal", 2.0).setup.graph
    wild = session(graph, learning_rate=0.1)
    wild.run_steps(50)
    assert wild.failure is not None

    first = session(graph, learning_rate=1e-9)
    first.run_steps(1)
    ratio = delta_ratio(first)
    clipped = session(graph, learning_rate=0.1, clip_norm=1.0, optimizer=optimizer)
    before = clipped.state.theta.copy()
    clipped.run_steps(1)
    if optimizer == "sgd":
        assert np.linalg.norm(clipped.state.theta - before) <= 0.1 * (1.0 + 1e-9)
    assert delta_ratio(clipped) == pytest.approx(ratio)
    clipped.run_steps(50)
    assert clipped.failure is None
