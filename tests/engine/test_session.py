"""A session: the same seed gives the same numbers however it is stepped, and nothing it is told breaks it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.data import DataChoice, Dataset, load
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, remove_blocks, set_params, splice
from engine.graph.kinds.output import OutputParams
from engine.graph.naming import name_of
from engine.hyperparameters import Hyperparameters, Schedule
from engine.network.state import weights_of
from engine.problems import EngineError
from engine.training.divergence import problem_of
from engine.training.orders import batch_offsets, batches, epoch_order
from engine.training.session import Setup, TrainingSession
from engine.training.verdicts import Evidence, LearningState, Trouble, judge

CIRCLE = load(DataChoice(name="circle", samples=60))


def setup_of(graph: NetworkGraph, dataset: Dataset = CIRCLE, **hyper: object) -> Setup:
    return Setup(graph, dataset, Hyperparameters.model_validate(hyper), "numpy")


def with_dropout() -> NetworkGraph:
    graph, block_id = add_block(feed_forward((6, 4)), "dropout", 0, 0)
    graph = splice(graph, block_id, Wire(source="dense-1", target="dense-2"))
    graph, block_id = add_block(graph, "batch_norm", 0, 0)
    return splice(graph, block_id, Wire(source="dense-2", target="output-1"))


# --- the same numbers --------------------------------------------------------------------------------------------


def chunked_session(**hyper: object) -> TrainingSession:
    return TrainingSession(setup_of(with_dropout(), batch_size=7, schedule=Schedule(kind="cosine"), **hyper))


def bits_of(session: TrainingSession) -> bytes:
    return session.state.theta.tobytes() + session.state.buffers.tobytes()


def run_in_chunks(chunks: list[int], **hyper: object) -> tuple[bytes, bytes]:
    session = chunked_session(**hyper)
    losses = [session.run_steps(count).losses for count in chunks]
    return bits_of(session), np.concatenate(losses).tobytes()


def test_the_same_seed_gives_the_same_numbers_and_another_does_not() -> None:
    assert run_in_chunks([40], seed=3) == run_in_chunks([40], seed=3)
    assert run_in_chunks([40], seed=3) != run_in_chunks([40], seed=4)


@pytest.fixture(scope="module")
def step_by_step() -> list[tuple[bytes, bytes]]:
    """What a run has come to after 0, 1, … 200 steps, each of them a call."""
    session, losses = chunked_session(), list[bytes]()
    states = [bits_of(session)]
    for _ in range(200):
        losses.append(session.run_steps(1).losses.tobytes())
        states.append(bits_of(session))
    return [(state, b"".join(losses[:done])) for done, state in enumerate(states)]


@pytest.mark.slow
@settings(max_examples=40)
@given(st.lists(st.integers(0, 25), min_size=1, max_size=8))
@example([200])
def test_how_a_run_is_cut_into_calls_does_not_change_it(
    step_by_step: list[tuple[bytes, bytes]], chunks: list[int]
) -> None:
    assert run_in_chunks(chunks) == step_by_step[sum(chunks)]


def test_looking_does_not_change_a_run() -> None:
    watched, alone = (TrainingSession(setup_of(with_dropout())) for _ in range(2))
    for _ in range(5):
        watched.run_steps(3)
        watched.snapshot()
        watched.trace((0, 1))
        watched.trace_at((1.0, 2.0))
        alone.run_steps(3, probe=False)
    assert watched.state.theta.tobytes() == alone.state.theta.tobytes()
    assert watched.state.buffers.tobytes() == alone.state.buffers.tobytes()


@pytest.mark.parametrize("rows", [1, 2, 9, 10, 11, 21, 30, 31])
@pytest.mark.parametrize("batch_size", [1, 2, 10, 100])
def test_batches_cover_an_epoch_and_none_is_left_with_a_single_row(rows: int, batch_size: int) -> None:
    offsets = batch_offsets(rows, batch_size)
    sizes = np.diff(offsets)
    assert (offsets[0], offsets[-1]) == (0, rows)
    assert sizes.max() <= batch_size + 1
    if batch_size > 1 and rows > 1:
        assert sizes.min() >= 2
    taken = batches(rows, batch_size, seed=5, shuffle=True, first_step=0, count=3 * len(sizes))
    for epoch in range(3):
        assert sorted(taken.order[epoch * rows : (epoch + 1) * rows]) == list(range(rows))


def test_without_shuffling_rows_come_in_the_given_order() -> None:
    assert epoch_order(5, seed=1, epoch=3, shuffle=False).tolist() == [0, 1, 2, 3, 4]
    assert epoch_order(50, 1, 0, True).tolist() != epoch_order(50, 1, 1, True).tolist()


def test_a_run_stops_after_its_epochs() -> None:
    session = TrainingSession(setup_of(feed_forward((3,)), stop_after_epochs=2))
    assert session.run_steps(1).steps == 1
    session.run_epochs(10)
    assert session.epoch == 2.0
    assert session.finished
    assert session.snapshot().finished
    assert session.run_steps(5).steps == 0


def test_running_epochs_ends_on_a_border() -> None:
    session = TrainingSession(setup_of(feed_forward((3,))))
    session.run_steps(2)
    session.run_epochs()
    assert session.epoch == 1.0
    session.run_epochs(2)
    assert session.epoch == 3.0


def test_the_learning_rate_follows_its_schedule() -> None:
    schedule = Schedule(kind="exponential", epochs=4, factor=0.1)
    session = TrainingSession(setup_of(feed_forward((3,)), learning_rate=0.5, schedule=schedule))
    session.run_epochs(4)
    assert session.learning_rate == pytest.approx(0.05)


# --- changes while it runs ---------------------------------------------------------------------------------------


def test_resizing_keeps_the_weights_that_still_fit() -> None:
    session = TrainingSession(setup_of(feed_forward((4,))))
    session.run_epochs(2)
    before = weights_of(session.plan, session.state)
    session.change(setup_of(set_params(session.setup.graph, "dense-1", units=6)))
    after = weights_of(session.plan, session.state)
    assert after["dense-1", "W"].shape == (6, 2)
    np.testing.assert_array_equal(after["dense-1", "W"][:4], before["dense-1", "W"])
    np.testing.assert_array_equal(after["output-1", "W"][:, :4], before["output-1", "W"])
    fresh = TrainingSession(session.setup)
    np.testing.assert_array_equal(after["dense-1", "W"][4:], weights_of(fresh.plan, fresh.state)["dense-1", "W"][4:])


def test_a_stash_brings_back_what_an_edit_removed_and_nothing_else() -> None:
    session = TrainingSession(setup_of(feed_forward((4, 4))))
    session.run_epochs(2)
    whole, stash = session.setup, weights_of(session.plan, session.state)
    session.change(replace(whole, graph=set_params(remove_blocks(whole.graph, ["dense-2"]), "dense-1", units=2)))
    session.run_epochs(2)
    present = weights_of(session.plan, session.state)
    session.change(whole, stash)
    after = weights_of(session.plan, session.state)
    np.testing.assert_array_equal(after["dense-2", "W"], stash["dense-2", "W"])
    np.testing.assert_array_equal(after["dense-1", "W"][:2], present["dense-1", "W"])
    np.testing.assert_array_equal(after["dense-1", "W"][2:], stash["dense-1", "W"][2:])


def test_a_change_that_cannot_be_compiled_leaves_the_session_as_it_was() -> None:
    session = TrainingSession(setup_of(feed_forward((4,))))
    session.run_epochs()
    before = session.state.theta.copy()
    for graph in (remove_blocks(session.setup.graph, ["output-1"]), feed_forward((4,), features=("height",))):
        with pytest.raises(EngineError):
            session.change(setup_of(graph))
    np.testing.assert_array_equal(session.state.theta, before)
    assert session.run_epochs().steps > 0


def test_new_settings_keep_the_weights_and_another_optimizer_starts_afresh() -> None:
    session = TrainingSession(setup_of(feed_forward((4,))))
    session.run_epochs(2)
    theta, slots = session.state.theta.copy(), session.state.slots.copy()
    session.change(setup_of(feed_forward((4,)), learning_rate=0.5))
    np.testing.assert_array_equal(session.state.theta, theta)
    np.testing.assert_array_equal(session.state.slots, slots)
    session.change(setup_of(feed_forward((4,)), optimizer="momentum"))
    np.testing.assert_array_equal(session.state.theta, theta)
    assert session.state.slots.shape[0] == 1
    assert not session.state.slots.any()


def test_another_batch_size_keeps_the_epoch_and_the_curves() -> None:
    session = TrainingSession(setup_of(feed_forward((4,)), batch_size=5))
    session.run_epochs(10)
    session.change(setup_of(feed_forward((4,)), batch_size=30))
    assert session.epoch == 10.0
    session.run_epochs(1)
    snapshot = session.snapshot()
    assert snapshot.epoch == 11.0
    assert snapshot.step == 61
    assert snapshot.history.batch_loss.steps.tolist() == list(range(61))


def test_setting_a_weight_sets_that_one_alone() -> None:
    session = TrainingSession(setup_of(feed_forward((4,))))
    before = session.state.theta.copy()
    session.set_weight("dense-1", "W", (2, 1), 9.0)
    assert np.flatnonzero(session.state.theta != before).size == 1
    assert weights_of(session.plan, session.state)["dense-1", "W"][2, 1] == 9.0
    with pytest.raises(KeyError):
        session.set_weight("dense-1", "gamma", (0,), 1.0)
    with pytest.raises(EngineError, match="no element"):
        session.set_weight("dense-1", "b", (99,), 1.0)


@pytest.mark.parametrize("more", [{"initializer": "zeros"}, {"scale": 3.0}])
def test_other_start_weights_leave_a_run_that_has_begun_as_it_is(more: dict[str, object]) -> None:
    session = TrainingSession(setup_of(feed_forward((4,))))
    session.run_epochs(300)
    before, bits = session.snapshot(), bits_of(session)
    graph = set_params(session.setup.graph, "dense-1", **more)
    session.change(replace(session.setup, graph=graph))
    after = session.snapshot()
    assert before.learning is not LearningState.UNKNOWN
    assert (after.learning, after.verdicts) == (before.learning, before.verdicts)
    assert after.history.events == before.history.events and bits_of(session) == bits
    assert after.plan.nodes[1].params == graph.block("dense-1").params
    assert after.plan.slots()[0].spec != before.plan.slots()[0].spec


# --- divergence --------------------------------------------------------------------------------------------------


def diverging(**hyper: object) -> TrainingSession:
    graph = feed_forward((8, 8), activation="relu", initializer="he_normal", output=OutputParams(activation="identity"))
    return TrainingSession(setup_of(graph, learning_rate=0.3, optimizer="sgd", **hyper))


def test_a_diverging_run_names_layer_and_step() -> None:
    session = diverging()
    session.run_epochs(2)
    failure = session.failure
    assert failure is not None
    assert failure.what in ("z", "loss", "gradient", "weights", "growth")
    assert failure.step == session.updates > 0
    assert np.isfinite(session.state.theta).all()
    sentence = problem_of(failure, session.plan).sentence
    assert name_of(session.setup.graph, failure.block_id) in sentence
    assert f"step {failure.step}" in sentence
    assert session.snapshot().failure == failure


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("activation", ["tanh", "relu", "logistic"])
def test_a_rate_of_1e9_is_always_noticed(optimizer: str, activation: str) -> None:
    graph = feed_forward((4, 4), activation=activation)
    session = TrainingSession(setup_of(graph, learning_rate=1e9, optimizer=optimizer))
    session.run_epochs(3)
    assert session.failure is not None
    assert np.isfinite(session.state.theta).all()


def test_sound_weights_are_those_before_the_divergence() -> None:
    session = TrainingSession(setup_of(feed_forward((4,))))
    session.run_epochs(5)
    sound = session.snapshot().weights
    session.change(setup_of(feed_forward((4,)), learning_rate=1e9, optimizer="sgd"))
    while session.failure is None:
        session.run_steps(1)
        session.snapshot()
    kept = session.sound_weights()
    assert all(np.abs(array).max() < 100.0 for array in kept.values())
    assert kept.keys() == sound.keys()
    session.set_weights(sound)
    assert session.failure is None
    assert session.snapshot().train_loss == pytest.approx(TrainingSession(session.setup, sound).snapshot().train_loss)


# --- what is seen of it ------------------------------------------------------------------------------------------


def test_snapshots_are_read_only_and_do_not_move() -> None:
    session = TrainingSession(setup_of(feed_forward((4,))))
    session.run_epochs()
    snapshot = session.snapshot()
    before = {key: array.copy() for key, array in snapshot.weights.items()}
    for array in snapshot.weights.values():
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0
    with pytest.raises(TypeError):
        snapshot.weights["dense-1", "W"] = np.zeros(1)  # type: ignore[index]
    session.run_epochs()
    for key, array in before.items():
        np.testing.assert_array_equal(snapshot.weights[key], array)


@pytest.mark.torch
def test_scores_agree_with_scikit_learn() -> None:
    from sklearn.metrics import accuracy_score, r2_score

    session = TrainingSession(setup_of(feed_forward((4,))))
    session.run_epochs(5)
    test = CIRCLE.test
    answers = np.array([session.trace((int(row),)).output[0, 0] for row in test])
    assert session.snapshot().accuracy == accuracy_score(CIRCLE.y[test], answers > 0)
    plane = load(DataChoice(name="plane", samples=60))
    graph = feed_forward((4,), output=OutputParams(activation="identity"))
    session = TrainingSession(setup_of(graph, plane))
    session.run_epochs(5)
    answers = np.array([session.trace((int(row),)).output[0, 0] for row in plane.test])
    assert session.snapshot().accuracy == pytest.approx(r2_score(plane.y[plane.test], answers))


def test_the_decision_grid_has_its_largest_second_feature_on_top() -> None:
    session = TrainingSession(setup_of(feed_forward(())))
    session.set_weights({("output-1", "W"): np.array([[0.0, 1.0]]), ("output-1", "b"): np.zeros(1)})
    grid = session.snapshot().decision
    assert grid is not None
    assert (grid.low, grid.high) == ((-6.0, -6.0), (6.0, 6.0))
    np.testing.assert_allclose(grid.outputs[0, 0], np.tanh(6.0), rtol=1e-6)
    np.testing.assert_allclose(grid.outputs[0, -1], np.tanh(-6.0), rtol=1e-6)


def test_every_layer_of_a_changed_run_has_curves() -> None:
    session = TrainingSession(setup_of(feed_forward((4,))))
    session.run_epochs()
    session.change(setup_of(feed_forward((4, 3))))
    session.run_epochs()
    layers = session.snapshot().history.layers
    assert set(layers) == {"weight_gradient", "bias_gradient", "delta", "update_ratio"}
    assert all(set(curves) == {"dense-1", "dense-2", "output-1"} for curves in layers.values())


@pytest.mark.parametrize("value", [0.5, 1e9, -1e300, 0.0])
def test_units_that_never_change_still_have_a_histogram(value: float) -> None:
    session = TrainingSession(setup_of(feed_forward((3,), activation="identity")))
    session.set_weights({("dense-1", "W"): np.zeros((3, 2)), ("dense-1", "b"): np.full(3, value)})
    layer = session.snapshot(maps=False).layers[0]
    assert layer.a_histogram.sum() == 3 * len(CIRCLE.train)
    assert (np.diff(layer.a_edges) > 0.0).all()


# --- verdicts, and the curriculum's facts about deep networks -----------------------------------------------------


def test_the_output_is_where_the_signal_starts_and_is_not_called_exploding() -> None:
    verdicts = judge([Evidence("a", 1.0), Evidence("b", 1.0), Evidence("out", 1e5)]).layers
    assert [v.trouble for v in verdicts] == [Trouble.STEADY, Trouble.REFERENCE, Trouble.STEADY]


def test_a_signal_that_never_leaves_the_output_has_vanished() -> None:
    verdicts = judge([Evidence(block_id, 0.0) for block_id in ("a", "b", "out")]).layers
    assert [v.trouble for v in verdicts] == [Trouble.VANISHING] * 3


def test_dead_and_saturated_shares_are_judged() -> None:
    verdicts = judge(
        [Evidence("a", 1.0, 2, dead=(1,)), Evidence("b", 1.0, 4, saturated=(0, 1, 3)), Evidence("out", 1.0)]
    ).layers
    assert [(v.block_id, v.trouble, v.value) for v in verdicts[:2]] == [
        ("a", Trouble.DEAD, 0.5),
        ("b", Trouble.SATURATED, 0.75),
    ]


def deltas(activation: str, initializer: str, scale: float | None, seed: int) -> tuple[float, Trouble]:
    """‖δ⁽¹⁾‖/‖δ⁽ᴸ⁾‖ between first and last hidden layer of 2-10×(16)-1 at the start, and the first one's verdict."""
    output = OutputParams(loss="binary_cross_entropy")  # its δ never saturates away
    graph = feed_forward((16,) * 10, activation=activation, initializer=initializer, scale=scale, output=output)
    data = load(DataChoice(name="circle", samples=200, seed=seed))
    snapshot = TrainingSession(setup_of(graph, data, batch_size=100, seed=seed)).snapshot(maps=False)
    return snapshot.layers[0].delta / snapshot.layers[-2].delta, snapshot.verdicts[0].trouble


def test_gradients_vanish_in_a_deep_logistic_network() -> None:
    for seed in range(5):
        ratio, trouble = deltas("logistic", "normal", 0.1, seed)
        assert ratio < 1e-4
        assert trouble is Trouble.VANISHING


def test_relu_with_he_initialisation_keeps_gradients_within_a_decade() -> None:
    ratios = [deltas("relu", "he_normal", None, seed)[0] for seed in range(5)]
    assert 0.1 < float(np.median(ratios)) < 10.0
    assert {deltas("relu", "he_normal", None, seed)[1] for seed in range(5)} & {Trouble.STEADY, Trouble.DEAD}


@pytest.mark.parametrize("activation", ["identity", "relu"])
def test_gradients_explode_with_large_weights(activation: str) -> None:
    for seed in range(5):
        ratio, trouble = deltas(activation, "normal", 2.0, seed)
        assert ratio > 1e4
        assert trouble is Trouble.EXPLODING


def test_what_explodes_does_not_show_in_the_weight_gradients() -> None:
    """With zero biases ‖∂L/∂W⁽¹⁾‖/‖∂L/∂W⁽ᴸ⁾‖ does not change with the scale (curriculum 5.2)."""
    found = []
    for scale in (0.5, 2.0):
        graph = feed_forward((16,) * 6, activation="relu", initializer="normal", scale=scale,
                             output=OutputParams(activation="identity", bias=False))  # fmt: skip
        layers = TrainingSession(setup_of(graph, batch_size=100)).snapshot(maps=False).layers
        found.append(layers[0].weight_gradient / layers[-2].weight_gradient)
    assert 0.5 < found[0] / found[1] < 2.0


# --- the first start ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_a_small_network_solves_the_two_spirals(seed: int) -> None:
    """2-8-8-8-1 on the coordinates alone: ≥ 95 % of the test rows within 150 epochs, whatever the seed. Compiled, as a
    person trains it; that the reference backend comes to the same is held elsewhere, and so is that it solves them."""
    data = load(DataChoice(name="two-spirals", noise=0, seed=seed))
    graph = feed_forward((8, 8, 8), activation="silu", initializer="he_uniform")
    hyper = Hyperparameters(learning_rate=0.01, batch_size=25, l2=3e-4, seed=seed)
    session = TrainingSession(Setup(graph, data, hyper, "numba"))
    best = 0.0
    while best < 0.95 and session.epoch < 150:
        session.run_epochs(5)
        best = max(best, session.snapshot(maps=False).accuracy)
    assert best >= 0.95
