"""What a change keeps: the place in the epoch, the optimiser's memory, the weights that count as sound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, move_blocks, set_params, set_title
from engine.graph.kinds.output import OutputParams
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters
from engine.network.contract import NonFinite
from engine.training.progress import progress_of
from engine.training.remedies import Case, edit_of, remedies_after
from engine.training.session import Setup, TrainingSession

CIRCLE = load(DataChoice(name="circle", samples=100))  # 50 rows to train on


def session_of(graph: NetworkGraph | None = None, **hyper: object) -> TrainingSession:
    settings = Hyperparameters.model_validate(hyper)
    return TrainingSession(Setup(graph or feed_forward((4, 3)), CIRCLE, settings, "numpy"))


def tuned(session: TrainingSession, **hyper: object) -> Setup:
    return replace(session.setup, hyper=session.setup.hyper.model_copy(update=hyper))


def memory(session: TrainingSession) -> dict[tuple[str, str, int], np.ndarray]:
    """Each optimiser vector's part that belongs to a parameter."""
    vectors = enumerate(session.state.slots)
    return {(*slot.key, n): slot.view(vector).copy() for n, vector in vectors for slot in session.plan.slots()}


@pytest.mark.parametrize("batch_size", [1, 3, 7, 10])
def test_a_change_that_keeps_the_batches_skips_none(batch_size: int) -> None:
    session = session_of(batch_size=batch_size)
    for step in range(1, 200):
        session.run_steps(1)
        session.change(tuned(session, learning_rate=0.01 + step * 1e-4))
        assert session.cursor == step


def test_another_batch_size_goes_on_at_the_border_before() -> None:
    session = session_of(batch_size=10)
    session.run_steps(12)  # 2.4 epochs of five batches
    session.change(tuned(session, batch_size=5))
    assert session.cursor == 24
    session.run_steps(1)  # 2.5 epochs of ten
    session.change(tuned(session, batch_size=20))
    assert session.steps_per_epoch == 3
    assert session.cursor == 7  # 7.5, rounded down


def test_no_epoch_counts_that_was_not_trained() -> None:
    session = session_of(batch_size=10)
    session.run_steps(2)
    session.change(tuned(session, batch_size=5000))
    assert (session.steps_per_epoch, session.epoch) == (1, 0.0)
    session.run_steps(1)
    assert session.epoch == 1.0
    session.change(tuned(session, batch_size=20))
    session.run_steps(1)
    taken_up = TrainingSession(tuned(session, batch_size=30), progress=progress_of(session.snapshot(maps=False)))
    assert (session.cursor, taken_up.cursor) == (4, 2)  # 2.7, rounded down


@pytest.mark.parametrize("optimizer", ["momentum", "adam"])
def test_moving_or_renaming_a_block_does_not_touch_a_run(optimizer: str) -> None:
    moved, alone = session_of(optimizer=optimizer), session_of(optimizer=optimizer)
    for session in (moved, alone):
        session.run_steps(7)
    graph = set_title(move_blocks(moved.setup.graph, {"dense-1": (3.0, 400.0)}), "dense-2", "Second")
    moved.change(replace(moved.setup, graph=graph))
    for session in (moved, alone):
        session.run_steps(7)
    np.testing.assert_array_equal(moved.state.theta, alone.state.theta)
    np.testing.assert_array_equal(moved.state.slots, alone.state.slots)
    assert moved.state.step == alone.state.step == 14
    assert [node.block for node in moved.snapshot().plan.nodes] == list(graph.blocks)
    assert moved.snapshot().history.batch_loss.steps.size == 14
    assert moved.snapshot().history.events == ()


def test_moving_a_block_and_turning_a_knob_at_once_does_both() -> None:
    session = session_of(optimizer="adam")
    session.run_steps(7)
    graph = set_title(session.setup.graph, "dense-1", "First")
    session.change(replace(tuned(session, optimizer="momentum", learning_rate=0.2), graph=graph))
    assert session.plan.nodes[1].block.title == "First"
    assert session.state.slots.shape[0] == 1
    assert session.learning_rate == 0.2


@pytest.mark.parametrize("units", [2, 6])
def test_resizing_keeps_the_optimisers_memory_of_what_stays(units: int) -> None:
    session = session_of(optimizer="adam")
    session.run_steps(9)
    before = memory(session)
    session.change(replace(session.setup, graph=set_params(session.setup.graph, "dense-1", units=units)))
    after, kept = memory(session), min(units, 4)
    assert session.state.step == 9
    for vector in range(2):
        for key in (("dense-2", "b"), ("output-1", "W"), ("output-1", "b")):
            np.testing.assert_array_equal(after[*key, vector], before[*key, vector])
            assert before[*key, vector].any()
        np.testing.assert_array_equal(after["dense-1", "W", vector][:kept], before["dense-1", "W", vector][:kept])
        np.testing.assert_array_equal(after["dense-2", "W", vector][:, :kept], before["dense-2", "W", vector][:, :kept])
        assert not after["dense-1", "W", vector][kept:].any()


def test_a_block_that_is_not_wired_up_changes_no_number() -> None:
    session, alone = session_of(optimizer="adam"), session_of(optimizer="adam")
    for one in (session, alone):
        one.run_epochs(5)
    before = session.snapshot(maps=False)
    session.change(replace(session.setup, graph=add_block(session.setup.graph, "dropout", 0.0, 0.0)[0]))
    after = session.snapshot(maps=False)
    assert (after.verdicts, after.history.events) == (before.verdicts, ())
    for one in (session, alone):
        one.run_steps(5)
    np.testing.assert_array_equal(session.state.theta, alone.state.theta)


def broken() -> TrainingSession:
    session = session_of(optimizer="sgd")
    session.run_steps(3)
    session.failure = NonFinite(3, "dense-1", "z")
    return session


def test_a_step_ends_a_breakdown_and_so_does_another_network() -> None:
    session = broken()
    session.change(tuned(session, learning_rate=0.001))
    assert session.failure is not None
    session.run_steps(1)
    assert session.failure is None
    session = broken()
    session.change(replace(session.setup, graph=set_params(session.setup.graph, "dense-1", units=5)))
    assert session.failure is None


def thrown_off(seed: int = 0) -> TrainingSession:
    """Two epochs at a fair rate, then a rate that throws the weights far off within some steps."""
    graph = feed_forward((3,), activation="relu", output=OutputParams(activation="identity"))
    session = session_of(graph, optimizer="adam", batch_size=10, seed=seed)
    session.run_epochs(2)
    session.snapshot(maps=False)
    session.change(tuned(session, learning_rate=3.0, optimizer="sgd"))
    session.run_epochs(40)
    assert session.failure is not None
    return session


def test_after_a_breakdown_the_sound_run_is_kept_whatever_is_changed() -> None:
    session = thrown_off()
    found = session.diagnose()
    assert found is not None and found.sound.progress is not None
    for change in ({"batch_size": 50}, {"learning_rate": 1e300}, {"optimizer": "adam"}):
        session.change(tuned(session, **change))
        session.failure = None  # as Play does
        session.run_steps(1)
        session.snapshot(maps=False)
    session.change(tuned(session, l2=0.1))
    kept = session.sound_weights()
    assert all(np.array_equal(kept[key], array) for key, array in found.sound.weights.items())
    session.change(tuned(session, optimizer="momentum", learning_rate=1e300))
    session.failure = None
    session.run_steps(1)
    later = session.diagnose()
    assert later is not None and later.sound is found.sound and later.failure == session.failure
    session.change(replace(session.setup, graph=set_params(session.setup.graph, "dense-1", activation="tanh")))
    assert session.failure is None
    present = session.snapshot(maps=False).weights
    assert all(np.array_equal(present[key], array) for key, array in found.sound.weights.items())


def test_a_breakdown_is_one_before_it_is_diagnosed() -> None:
    session = thrown_off()
    sound = session.sound_weights()
    session.failure = None  # as Play does
    session.change(tuned(session, learning_rate=0.1))
    kept = session.sound_weights()
    assert all(np.array_equal(kept[key], array) for key, array in sound.items())


def test_a_loss_that_is_sound_again_ends_what_was_kept() -> None:
    session = thrown_off()
    session.diagnose()
    sound = session.sound_weights()
    session.set_weights(sound)
    session.run_epochs(1)
    session.change(tuned(session, learning_rate=0.001, optimizer="adam"))
    session.run_epochs(3)
    session.snapshot(maps=False)
    now = session.sound_weights()
    assert any(not np.array_equal(now[key], array) for key, array in sound.items())


@pytest.mark.parametrize("whole", [False, True])
def test_weights_set_by_hand_are_the_ones_to_go_back_to(whole: bool) -> None:
    session = session_of(learning_rate=0.1)
    session.run_epochs(40)
    session.snapshot(maps=False)
    if whole:
        session.set_weights({("dense-1", "W"): np.full((4, 2), 5.0)})
        changed = ("dense-1", "W"), (0, 0), 5.0
    else:
        session.set_weight("output-1", "b", (0,), -9.0)
        changed = ("output-1", "b"), (0,), -9.0
    session.snapshot(maps=False)  # its loss is far above the best so far
    key, index, value = changed
    assert session.sound_weights()[key][index] == value


def test_an_evaluation_of_earlier_weights_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Evaluations are paced: what a snapshot shows again must not vouch for weights that it has not seen."""
    session = session_of(learning_rate=0.1)
    session.run_epochs(40)
    old = session.observer.evaluate(session.state, True)
    monkeypatch.setattr(session.observer, "evaluate", lambda _state, _fresh: old)  # however long all this takes
    good = session.snapshot(maps=False)
    session.run_steps(4)  # no epoch ends here, after which all points might be measured
    stale = session.snapshot(fresh=False, maps=False)
    assert stale.test_loss == good.test_loss
    assert stale.history.test_loss.steps.tolist() == good.history.test_loss.steps.tolist()
    np.testing.assert_array_equal(session.sound_weights()["dense-1", "W"], good.weights["dense-1", "W"])


def test_weights_that_are_there_already_change_nothing() -> None:
    session = session_of(optimizer="adam")
    for _ in range(12):
        session.run_epochs(1)
    before, held = session.snapshot(maps=False), memory(session)
    session.change(tuned(session, learning_rate=1e300))
    session.run_steps(1)
    assert session.failure is not None
    session.diagnose()
    (back, *_) = remedies_after(Case(session.setup, session.snapshot(maps=False)))
    edit = edit_of(Case(session.setup, session.snapshot(maps=False)), back)
    assert edit.hyper is not None and edit.back is not None
    session.change(tuned(session, learning_rate=before.learning_rate))
    session.set_weights(edit.back.weights)
    session.set_rows({})
    after = session.snapshot(maps=False)
    assert after.failure is None and after.history.events == before.history.events == ()
    assert (after.learning, after.verdicts) == (before.learning, before.verdicts)
    assert after.train_loss == before.train_loss
    assert all(np.array_equal(array, held[key]) for key, array in memory(session).items())
    session.set_weights({("dense-1", "b"): np.ones(4)})
    assert [event.kind for event in session.snapshot(maps=False).history.events] == ["weights"]
