"""The fifth section of the curriculum, row by row: each fact that is shown, held to the networks themselves."""

from __future__ import annotations

import math
from statistics import median

import numpy as np
import pytest

from engine.activations import activation
from engine.gradients.building import dataset_of, setup_of
from engine.gradients.doctor import WORKS, CureKey, Trial, Why, cures, try_cures
from engine.gradients.draws import start_weights
from engine.gradients.experiment import Configuration, Experiment
from engine.gradients.figures import figures_of, shared_dataset, shared_rows
from engine.gradients.presets import PRESETS, preset
from engine.gradients.scan import DEPTHS, Map, scales_of, scan, scan_training
from engine.gradients.signal import signal_of
from engine.gradients.training import GradientRun, train
from engine.gradients.verdict import Reason, decades, judgement
from engine.training.session import TrainingSession
from engine.training.verdicts import Trouble

SMALL = Configuration(activation="logistic", initializer="normal", scale=0.1)
HEALTHY = Configuration(activation="relu", initializer="he_normal", scale=1.0)
LARGE = Configuration(activation="identity", initializer="normal", scale=1.0)


def ratio_at(configuration: Configuration, seed: int) -> float:
    experiment = Experiment(seed=seed)
    return signal_of(configuration, shared_rows(experiment), seed).ratio


def trained(configuration: Configuration, steps: int, seed: int = 117) -> GradientRun:
    experiment = Experiment(seed=seed)
    return train(configuration, shared_dataset(experiment), seed, steps, compiled=False)


# 5.1 and 5.2 ------------------------------------------------------------------------------------------------------


def test_5_1_a_logistic_network_with_small_weights_loses_its_signal() -> None:
    assert all(ratio_at(SMALL, seed) < 1e-4 for seed in range(5))


def test_5_1_relu_with_he_keeps_it_within_a_decade() -> None:
    assert 0.1 <= median(ratio_at(HEALTHY, seed) for seed in range(5)) <= 10.0


@pytest.mark.parametrize(("key", "scale"), [("identity", 1.0), ("relu", 1.5)])
def test_5_2_too_large_a_start_explodes_and_the_verdict_names_the_layer(key: str, scale: float) -> None:
    large = LARGE.model_copy(update={"activation": key, "scale": scale})
    for seed in range(5):
        signal = signal_of(large, shared_rows(Experiment(seed=seed)), seed)
        found = judgement(signal.delta)
        assert signal.ratio > 1e4 and found.trouble is Trouble.EXPLODING
        assert found.starts_at is not None
        assert signal.shares[found.starts_at - 1] > 1e3 >= signal.shares[found.starts_at]


def test_5_2_the_gradient_of_the_weights_does_not_show_it() -> None:
    """With zero biases ‖∂L/∂W⁽¹⁾‖/‖∂L/∂W⁽ᴸ⁾‖ is the same at any scale, as long as the error p − t is; ‖δ‖ is not."""
    rows = shared_rows(Experiment())

    def ratios(scale: float) -> tuple[float, float]:
        signal = signal_of(LARGE.model_copy(update={"scale": scale, "depth": 6}), rows, 1)
        return float(signal.weight_gradient[0] / signal.weight_gradient[-1]), signal.ratio

    tiny, small = ratios(1e-3), ratios(1e-2)
    assert tiny[0] == pytest.approx(small[0], rel=1e-6)
    assert small[1] / tiny[1] == pytest.approx(1e5, rel=1e-6)


# 5.3 ----------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_5_3_a_smaller_rate_leaves_the_ratio_where_it_was() -> None:
    """After 200 steps it is within a decade of the start, at η and at η/100."""
    for one in preset("rate").experiment.configurations:
        run = trained(one, 200)
        assert run.steps == 200 and abs(math.log10(run.ratios[-1] / run.ratios[0])) < 1.0


# 5.4 ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trials() -> dict[CureKey, Trial]:
    experiment = Experiment(configurations=(SMALL, HEALTHY))
    found = try_cures(experiment, 0, shared_dataset(experiment), steps=5, compiled=False)
    assert [one.gain for one in found if one.works] == sorted((one.gain for one in found if one.works), reverse=True)
    return {one.key: one for one in found}


@pytest.mark.parametrize(
    "key", [CureKey.RELU, CureKey.START, CureKey.LAYER_NORM, CureKey.BATCH_NORM, CureKey.SKIP, CureKey.RELU_HE]
)
def test_5_4_activation_start_norm_and_skip_each_bring_it_a_hundred_times_nearer(
    trials: dict[CureKey, Trial], key: CureKey
) -> None:
    assert trials[key].gain > WORKS and trials[key].why in (Why.WORKS, Why.HELPS, Why.UNLEARNT)
    assert trials[key].ratio == pytest.approx(ratio_at(trials[key].configuration, 117), rel=1e-9)


def test_a_cure_that_ends_with_more_loss_than_none_is_not_said_to_work(trials: dict[CureKey, Trial]) -> None:
    """Skip connections bring the signal of this network back, and an output so large that its loss is worse."""
    experiment = Experiment(configurations=(SMALL, HEALTHY))
    alone = train(SMALL, shared_dataset(experiment), experiment.seed, 5, compiled=False)
    assert all(one.untreated == pytest.approx(float(alone.loss[-1])) for one in trials.values())
    assert all(one.loss <= one.untreated for one in trials.values() if one.works)
    assert trials[CureKey.SKIP].why is Why.UNLEARNT and trials[CureKey.SKIP].loss > trials[CureKey.SKIP].untreated


def test_a_gain_is_how_far_off_it_was_over_how_far_off_it_is(trials: dict[CureKey, Trial]) -> None:
    before = ratio_at(SMALL, 117)
    over, under = trials[CureKey.SKIP], trials[CureKey.RELU_HE]
    assert over.ratio > 1.0 and over.gain == pytest.approx((1.0 / before) / over.ratio)
    assert under.ratio < 1.0 and under.gain == pytest.approx((1.0 / before) / (1.0 / under.ratio))


def test_5_4_clipping_and_a_smaller_rate_leave_the_ratio_alone_and_say_why(trials: dict[CureKey, Trial]) -> None:
    for key in (CureKey.CLIP, CureKey.SLOWER):
        assert trials[key].gain == 1.0 and trials[key].why is Why.STEP_ONLY and not trials[key].works


def test_5_4_the_weights_at_the_edge_carry_the_signal(trials: dict[CureKey, Trial]) -> None:
    assert trials[CureKey.CRITICAL].gain > WORKS and trials[CureKey.CRITICAL].configuration.scale == pytest.approx(2.37)


def test_5_4_clipping_bounds_the_step_and_keeps_it_finite_where_without_it_training_breaks_down() -> None:
    free, clipped = (trained(one, 40) for one in preset("clipping").experiment.configurations)
    assert free.failure is not None and free.steps < 40
    assert clipped.failure is None and clipped.steps == 40
    assert (clipped.moved <= 0.1 * 1.0 * (1.0 + 1e-9)).all() and clipped.gradient.min() > 1.0
    assert np.isfinite(clipped.delta).all()
    assert clipped.ratios[-1] > 1e3 and clipped.ratios[0] == free.ratios[0]


def test_cures_change_something_and_an_explosion_has_its_own() -> None:
    rows = shared_rows(Experiment())
    assert all(changed != LARGE for _, changed in cures(LARGE, rows))
    assert CureKey.RELU not in dict(cures(LARGE, rows))
    assert CureKey.RELU_HE not in dict(cures(HEALTHY, rows)) and CureKey.CLIP in dict(cures(HEALTHY, rows))


def test_a_gain_from_a_signal_of_0_is_no_number_and_the_nearest_to_1_comes_first() -> None:
    lost = Configuration(depth=20, width=1, activation="tanh", initializer="xavier_normal", scale=10.0)
    found = try_cures(experiment := Experiment(configurations=(lost, lost)), 0, shared_dataset(experiment), steps=1)
    assert ratio_at(lost, experiment.seed) == 0.0
    arrived = [one for one in found if one.ratio > 0.0]
    assert arrived and all(one.gain == math.inf for one in arrived)
    assert all(one.gain == 1.0 for one in found if one.ratio == 0.0)
    off = [decades(one.ratio) for one in arrived]
    assert off == sorted(off) and len(off) > 1 and arrived == list(found[: len(arrived)])


def test_a_doctor_who_is_called_off_tells_what_he_knows() -> None:
    experiment = Experiment(configurations=(SMALL, HEALTHY))
    told: list[tuple[Trial, ...]] = []
    found = try_cures(
        experiment,
        0,
        shared_dataset(experiment),
        steps=1,
        compiled=False,
        cancelled=lambda: len(told) > 1,
        found=told.append,
    )
    assert len(found) == 2 == len(told[-1])


# Training -----------------------------------------------------------------------------------------------------------


def test_training_is_torchs() -> None:
    """Three steps of gradient descent on all rows, by autograd: ‖δ‖ before each and the loss after."""
    torch = pytest.importorskip("torch")
    configuration = Configuration(depth=3, width=5, activation="tanh", scale=0.6, rate=0.3)
    experiment = Experiment(samples=30, configurations=(configuration,))
    rows, start = shared_rows(experiment), start_weights(configuration, experiment.seed)
    weights = [torch.tensor(one) for one in (*start.hidden, start.output)]
    biases = [torch.zeros(len(one), dtype=torch.float64) for one in weights]
    deltas, losses = [], []
    for _ in range(4):
        for one in (*weights, *biases):
            one.requires_grad_(True)
            one.grad = None
        given, first = torch.tensor(rows.x), None
        for number, (matrix, bias) in enumerate(zip(weights, biases, strict=True)):
            z = given @ matrix.T + bias
            if number == 0:
                z.retain_grad()
                first = z
            given = activation("tanh").torch(z) if number < 3 else z
        loss = torch.nn.functional.binary_cross_entropy_with_logits(given, torch.tensor(rows.target))
        loss.backward()
        assert first is not None and first.grad is not None
        deltas.append(float((first.grad * 30).square().sum(dim=1).mean().sqrt()))
        losses.append(float(loss.detach()))
        with torch.no_grad():
            weights = [one - 0.3 * one.grad for one in weights if one.grad is not None]
            biases = [one - 0.3 * one.grad for one in biases if one.grad is not None]
    run = train(configuration, shared_dataset(experiment), experiment.seed, 3, compiled=False)
    np.testing.assert_allclose(run.delta[:, 0], deltas, rtol=1e-9)
    np.testing.assert_allclose(run.loss, losses, rtol=1e-9)


def test_a_run_begins_with_the_figures_of_the_start_and_can_be_called_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.gradients.training.TELLING_SECONDS", 0.0)  # it tells after every step
    seen: list[float] = []
    experiment = Experiment()
    run = train(
        SMALL,
        shared_dataset(experiment),
        117,
        50,
        compiled=False,
        cancelled=lambda: len(seen) > 2,
        progress=seen.append,
        found=lambda part: seen.append(part.steps),
    )
    assert run.steps == 2 and len(run.delta) == run.steps + 1
    np.testing.assert_allclose(run.delta[0], signal_of(SMALL, shared_rows(experiment), 117).delta, rtol=1e-12)


def test_with_sgd_a_step_is_the_rate_times_the_gradient() -> None:
    run = trained(SMALL, 3)
    np.testing.assert_allclose(run.moved, SMALL.rate * run.gradient[:-1], rtol=1e-9)


# Verdicts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delta", "trouble", "reason", "starts_at"),
    [
        ([1.0], Trouble.REFERENCE, Reason.SINGLE, None),
        ([1e-7, 1e-5, 1e-2, 1.0], Trouble.VANISHING, Reason.RATIO, 2),
        ([1e7, 1e5, 10.0, 1.0], Trouble.EXPLODING, Reason.RATIO, 2),
        ([1e-5, 1e6, 1.0], Trouble.VANISHING, Reason.RATIO, 1),  # whatever it is on the way
        ([0.2, 0.0, 0.5, 1.0], Trouble.VANISHING, Reason.SILENT, 2),
        ([math.inf, math.inf, 10.0, 1.0], Trouble.EXPLODING, Reason.OVERFLOW, 2),
        ([0.0, 0.0], Trouble.VANISHING, Reason.SILENT, 2),
        ([3.0, 2.0, 1.0], Trouble.STEADY, Reason.RATIO, None),
    ],
)
def test_verdicts(delta: list[float], trouble: Trouble, reason: Reason, starts_at: int | None) -> None:
    found = judgement(np.array(delta))
    assert (found.trouble, found.reason, found.starts_at) == (trouble, reason, starts_at)


@pytest.mark.parametrize(
    ("delta", "trouble", "stuck", "share"),
    [
        ([3.0, 2.0, 1.0, 1e-9], Trouble.SATURATED, (4,), 3.0),
        ([3.0, 1e-6, 2.0, 1.0], Trouble.SATURATED, (2,), 3.0),
        ([0.0, 2.0, 1.0, 1.0], Trouble.SATURATED, (1,), 2.0),
        ([5e4, 1e3, 20.0, 1e-9], Trouble.EXPLODING, (4,), 2500.0),
        ([3.0, 2.0, 1.0, 1.0], Trouble.STEADY, (), 3.0),
        ([1e-7, 1e-5, 1e-3, 1e-2], Trouble.VANISHING, (), 1e-5),
    ],
)
def test_round_a_saturated_layer_the_signal_goes_on(
    delta: list[float], trouble: Trouble, stuck: tuple[int, ...], share: float
) -> None:
    found = judgement(np.array(delta), skip=True)
    assert (found.trouble, found.stuck) == (trouble, stuck)
    assert found.share == pytest.approx(share)
    with np.errstate(divide="ignore"):
        assert found.ratio == pytest.approx(np.float64(delta[0]) / delta[-1])


def test_a_stuck_layer_is_one_whose_own_slope_is_next_to_nothing() -> None:
    """50 logistic layers with skips and scale 1: layer 50's slope alone is what makes the ratio 10¹³."""
    figures = figures_of(Experiment(configurations=(Configuration(depth=50, scale=1.0, skip=True),)))[0]
    found = figures.judgement
    assert found.trouble is Trouble.SATURATED and found.stuck[-1] == 50 and found.ratio > 1e12
    assert all(figures.signal.slope[layer - 1] < 0.1 for layer in found.stuck) and figures.signal.slope[-1] < 1e-12
    assert 1e-3 < found.share < 1e3 and found.last == 49


def test_dead_units_are_those_that_the_playground_counts() -> None:
    c = Configuration(activation="relu", initializer="he_normal", scale=1.0)
    experiment = Experiment(configurations=(c,))
    dataset = dataset_of(experiment)
    snapshot = TrainingSession(setup_of(c, dataset, experiment.seed)).snapshot()
    hidden = [layer.health.dead for layer in snapshot.layers[: c.depth]]
    assert list(figures_of(experiment)[0].signal.dead) == hidden and any(hidden)
    assert not any(figures_of(Experiment(configurations=(Configuration(),)))[0].signal.dead)


def test_units_that_are_still_dead_after_steps_are_those_that_the_playground_counts() -> None:
    c = Configuration(activation="relu", initializer="he_normal", scale=1.0)
    experiment = Experiment(configurations=(c,))
    dataset = dataset_of(experiment)
    run = train(c, dataset, experiment.seed, 20)
    session = TrainingSession(setup_of(c, dataset, experiment.seed))
    for step in range(21):
        if step in (0, 7, 20):
            hidden = tuple(layer.health.dead for layer in session.snapshot(maps=False).layers[: c.depth])
            assert run.dead[step] == hidden and any(hidden)
        session.run_steps(1)
    assert len(run.dead) == run.steps + 1


def test_decades_count_from_one_on_both_sides() -> None:
    assert decades(1e-3) == pytest.approx(3.0) == decades(1e3)
    assert decades(0.0) == decades(math.nan) == math.inf


# Presets and the map --------------------------------------------------------------------------------------------------


def test_every_preset_shows_what_it_is_about() -> None:
    troubles = {one.key: tuple(f.judgement.trouble.value for f in figures_of(one.experiment)) for one in PRESETS}
    assert troubles == {
        "vanishing": ("vanishing", "steady"),
        "exploding": ("exploding", "steady"),
        "rate": ("vanishing", "vanishing"),
        "cures": ("vanishing", "steady"),
        "clipping": ("exploding", "exploding"),
        "depth": ("steady", "vanishing"),
    }


def test_a_cell_of_the_map_is_the_network_of_that_depth_and_scale() -> None:
    experiment = Experiment(samples=30)
    c, rows = Configuration(activation="tanh", width=8), shared_rows(experiment)
    known = scan(c, rows, experiment.seed)
    assert known.complete and known.depths == DEPTHS
    for row, column in ((0, 0), (4, 17), (24, 30), (12, 10)):
        update = {"depth": known.depths[row], "scale": known.scales[column]}
        ratio = signal_of(c.model_copy(update=update), rows, experiment.seed).ratio
        assert known.values[row, column] == pytest.approx(math.log10(ratio), rel=1e-9)


def test_the_edge_of_the_map_is_hes_for_relu() -> None:
    c = Configuration(activation="relu", initializer="he_normal", scale=1.0, width=8)
    known = scan(c, shared_rows(Experiment(samples=20)), 0)
    np.testing.assert_allclose(known.edge, 1.0, rtol=1e-6)
    assert math.nan not in known.values


def test_the_map_grows_from_the_middle_and_can_be_called_off() -> None:
    told: list[float] = []
    c = Configuration(width=4)
    known = scan(
        c, shared_rows(Experiment(samples=20)), 0, cancelled=lambda: len(told) >= 3, found=lambda m: told.append(m.done)
    )
    middle = len(scales_of(c)) // 2
    assert not known.complete and np.isfinite(known.values[:, middle]).all()
    assert np.isnan(known.values[:, 0]).all() and len(told) == 3
    assert known.known == 3 * len(DEPTHS)


def test_a_map_that_was_called_off_is_gone_on_with_and_does_nothing_twice() -> None:
    c, rows = Configuration(width=4, skip=True), shared_rows(Experiment(samples=20))
    told: list[Map] = []
    half = scan(c, rows, 0, cancelled=lambda: len(told) >= 3, found=told.append)
    rest: list[Map] = []
    whole, again = scan(c, rows, 0), scan(c, rows, 0, begun=half, found=rest.append)
    assert len(rest) == len(scales_of(c)) - 3 and again.complete
    np.testing.assert_array_equal(again.values, whole.values)
    np.testing.assert_array_equal(again.edge, whole.edge)
    assert again.beside is not None and whole.beside is not None
    np.testing.assert_array_equal(again.beside, whole.beside)


def test_a_map_of_training_tells_every_cell_and_the_edge_before_the_first() -> None:
    experiment = Experiment(samples=20, data="two-gaussians")
    c = Configuration(activation="relu", initializer="he_normal", scale=1.0, width=4)
    told: list[Map] = []

    def scanned(most: int, begun: Map | None = None) -> Map:
        told.clear()
        return scan_training(
            c,
            shared_dataset(experiment),
            3,
            steps=2,
            compiled=False,
            begun=begun,
            cancelled=lambda: len(told) >= most,
            found=told.append,
        )

    half = scanned(4)
    assert [one.known for one in told] == [0, 1, 2, 3]
    np.testing.assert_allclose(told[0].edge, 1.0, rtol=1e-6)
    assert half.done == pytest.approx(3 / half.values.size) and half.steps == 2
    more = scanned(3, half)
    assert [one.known for one in told] == [3, 4, 5]
    known = ~np.isnan(half.values)
    np.testing.assert_array_equal(more.values[known], half.values[known])


def test_what_does_not_fit_a_number_is_infinite_on_the_map() -> None:
    c = Configuration(initializer="constant", activation="identity", width=128)
    known = scan(c, shared_rows(Experiment(samples=10)), 0)
    silent = scan(Configuration(activation="step", width=2), shared_rows(Experiment(samples=10)), 0)
    assert (silent.values == -np.inf).all() and not np.isnan(known.values).any()


def test_the_data_are_half_of_the_points_and_the_seed_decides_them() -> None:
    experiment = Experiment(samples=35, seed=4)
    assert len(dataset_of(experiment).train) == 35
    assert not np.array_equal(dataset_of(experiment).x, dataset_of(experiment.model_copy(update={"seed": 5})).x)


def test_training_lives_where_the_signal_arrives() -> None:
    """A cell is the loss of that network after its steps; ReLU learns at He's scale, not far below it."""
    experiment = Experiment(samples=30, data="two-gaussians")
    c = Configuration(activation="relu", initializer="he_normal", scale=1.0, width=8, rate=0.2)
    told: list[float] = []
    known = scan_training(
        c,
        shared_dataset(experiment),
        3,
        steps=10,
        compiled=False,
        cancelled=lambda: len(told) > 13,  # the edge, and the cells of the middle scale
        found=lambda grown: told.append(grown.done),
    )
    middle = len(known.scales) // 2
    assert known.kind == "loss" and known.scales[middle] == 1.0 and not known.complete
    one = c.model_copy(update={"depth": known.depths[2]})
    run = train(one, shared_dataset(experiment), 3, 10, compiled=False)
    assert known.values[2, middle] == pytest.approx(run.loss[-1], rel=1e-12)
    assert known.edge[0] == pytest.approx(1.0) or np.isnan(known.edge[0])
    assert np.isnan(known.values[:, -1]).all()


def test_a_loss_that_was_never_reached_is_none() -> None:
    experiment = preset("exploding").experiment
    found = try_cures(experiment, 0, shared_dataset(experiment), steps=5, compiled=False)
    assert all(math.isnan(one.untreated) for one in found)
    assert all(one.why is not Why.WORKS for one in found if math.isnan(one.loss))
    assert any(one.works and math.isfinite(one.loss) for one in found)


def test_the_doctor_goes_by_the_layers_beside_a_stuck_one() -> None:
    deep = Configuration(depth=50, scale=1.0, skip=True)
    experiment = Experiment(configurations=(deep,), samples=30)
    told = judgement(signal_of(deep, shared_rows(experiment), experiment.seed).delta, skip=True)
    found = try_cures(experiment, 0, shared_dataset(experiment), steps=1, compiled=False)
    same = next(one for one in found if one.key is CureKey.SLOWER)
    assert told.stuck[-1] == 50 and same.ratio == pytest.approx(told.share, rel=1e-6) and same.gain == 1.0


def test_the_map_goes_by_the_layers_beside_a_stuck_one_and_says_so() -> None:
    """50 logistic layers with skips: layer 50 alone makes a ratio of 10¹³ at scale 1 that no signal has."""
    deep = Configuration(depth=50, scale=1.0, skip=True)
    experiment = Experiment(configurations=(deep,), samples=30)
    found = scan(deep, shared_rows(experiment), experiment.seed)
    assert found.beside is not None
    for scale in (0.1, 1.0):
        column = found.scales.index(scale)
        for row in (0, len(DEPTHS) // 2, len(DEPTHS) - 1):
            one = deep.model_copy(update={"depth": DEPTHS[row], "scale": scale})
            judged = figures_of(experiment.model_copy(update={"configurations": (one,)}))[0].judgement
            assert bool(found.beside[row, column]) is bool({1, DEPTHS[row]} & set(judged.stuck))
            assert found.values[row, column] == pytest.approx(math.log10(judged.share))
    assert found.beside[-1, found.scales.index(1.0)] and not found.beside[:, 0].any()
