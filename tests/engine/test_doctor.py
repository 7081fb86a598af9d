"""The gradient doctor names the step and block where a run began to break down, and its cures go on from there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.data import DataChoice, load
from engine.formats.progress import Cause, Diagnosis
from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.choice import BackendName
from engine.training.footing import CLIMBING, Footing
from engine.training.quality import has_risen
from engine.training.remedies import Case, Remedy, edit_of, remedies_after
from engine.training.session import Setup, TrainingSession
from engine.training.trial import _copy
from engine.training.verdicts import LearningState, RunVerdict, Trouble, Verdict

CIRCLE = load(DataChoice(name="circle", samples=60))
IDENTITY = OutputParams(activation="identity")
LINEAR = feed_forward((), output=IDENTITY)


def session_of(graph: NetworkGraph, backend: BackendName = "numpy", **hyper: object) -> TrainingSession:
    settings = Hyperparameters.model_validate({"optimizer": "sgd", **hyper})
    return TrainingSession(Setup(graph, CIRCLE, settings, backend, device="cpu"))


def broken(session: TrainingSession, chunk: int = 7) -> Diagnosis:
    """Run until it breaks down, with a look now and then."""
    for _ in range(300):
        session.snapshot(maps=False)
        session.run_steps(chunk)
        if session.failure is not None:
            break
    found = session.diagnose()
    assert found is not None
    return found


def by_hand(graph: NetworkGraph, **hyper: object) -> list[dict[str, float]]:
    """‖ΔW‖/‖W‖ of every block at every step until it breaks down, from the weights before and after each."""
    session, found = session_of(graph, **hyper), []
    while session.failure is None:
        before = session.snapshot(maps=False).weights
        session.run_steps(1)
        after = session.snapshot(maps=False).weights
        names = [key for key in before if key[1] == "W"]
        changes = {k[0]: float(np.linalg.norm(after[k] - before[k]) / np.linalg.norm(before[k])) for k in names}
        if session.failure is None:
            found.append(changes)
    return found


@pytest.mark.parametrize("backend", ["numpy", "numba", "torch"])
@pytest.mark.parametrize("chunk", [1, 100])
def test_the_first_update_that_is_too_large_is_found_however_the_run_was_cut(backend: BackendName, chunk: int) -> None:
    found = broken(session_of(LINEAR, backend, learning_rate=1.0, batch_size=5), chunk)
    steps = by_hand(LINEAR, learning_rate=1.0, batch_size=5)
    assert found.cause is Cause.STEPS and found.failure.step == len(steps)
    if chunk == 100:  # no look in between, so it was sound at the start alone
        first = next(step for step, changes in enumerate(steps) if max(changes.values()) > 1.0)
        assert found.began is not None and found.began.step == first
        assert found.began.value == pytest.approx(max(steps[first].values()), rel=1e-9)
        assert found.growth is not None and 2.0 < found.growth.factor < 10.0
        assert found.growth.last == len(steps) - 1


def test_a_deep_stack_with_a_large_start_breaks_at_the_first_step() -> None:
    graph = feed_forward((6,) * 6, activation="identity", initializer="normal", scale=50.0, output=IDENTITY)
    found = broken(session_of(graph, learning_rate=0.01))
    assert found.cause is Cause.START
    assert found.began is not None and found.began.quantity == "z" and found.began.value > 1e8
    assert found.began.block_id.startswith("dense-")


def test_a_rate_of_1e9_is_the_rate_and_not_the_weights() -> None:
    found = broken(session_of(feed_forward((4, 4)), optimizer="adam", learning_rate=1e9))
    assert (found.cause, found.failure.step) == (Cause.START, 0)
    assert found.began is not None and found.began.quantity == "update" and found.began.value > 1e8


def test_a_rate_of_a_thousand_on_relu_breaks_down_in_steps_or_at_once() -> None:
    found = broken(session_of(feed_forward((4,), activation="relu", output=IDENTITY), learning_rate=1e3))
    assert found.cause in (Cause.STEPS, Cause.START)
    assert found.began is not None and found.began.quantity == "update"


def test_a_weight_that_is_no_number_is_named() -> None:
    session = session_of(feed_forward((3, 3)))
    weights = session.snapshot(maps=False).weights["dense-2", "W"].copy()
    weights[1, 2] = np.nan
    session.set_weights({("dense-2", "W"): weights})
    found = broken(session)
    assert found.cause is Cause.WEIGHTS
    assert found.began is not None and found.began.block_id == "dense-2" and np.isnan(found.began.value)
    (remedy,) = remedies_of(session)
    assert (remedy.key, remedy.blocks) == ("restart_smaller", ("dense-2",))
    cured = apply(session, remedy)
    assert cured.run_steps(20).failure is None


def test_data_that_are_infinite_are_named_and_nothing_in_the_network_is_blamed() -> None:
    x = CIRCLE.x.copy()
    x[CIRCLE.train[3], 1] = np.inf
    setup = Setup(feed_forward((3,)), replace(CIRCLE, x=x), Hyperparameters(), "numpy")
    session = TrainingSession(setup)
    found = broken(session)
    assert found.cause is Cause.DATA
    assert found.began is not None and found.began.block_id == "input-1" and found.began.value == np.inf
    assert remedies_of(session) == ()


def test_a_change_of_the_rate_on_the_way_is_not_taken_for_the_rate_before() -> None:
    """The steps are done again from the change on, so that they are the steps that were."""
    session = session_of(LINEAR, learning_rate=0.001, batch_size=5)
    session.run_steps(10)
    session.snapshot(maps=False)
    session.run_steps(5)
    session.change(replace(session.setup, hyper=session.setup.hyper.model_copy(update={"learning_rate": 1.0})))
    session.run_steps(100)
    found = session.diagnose()
    assert found is not None and found.began is not None and found.began.step >= 15
    assert session.failure is not None and found.failure == session.failure


def remedies_of(session: TrainingSession) -> tuple[Remedy, ...]:
    return remedies_after(Case(session.setup, session.snapshot(maps=False)))


def apply(session: TrainingSession, remedy: Remedy) -> TrainingSession:
    case = Case(session.setup, session.snapshot(maps=False))
    return _copy(case, edit_of(case, remedy))


@pytest.mark.parametrize("key", ["back_slower", "back_clipped"])
def test_the_cures_go_on_from_the_last_sound_weights_and_do_not_break_down_again(key: str) -> None:
    session = session_of(LINEAR, learning_rate=1.0, batch_size=5)
    found = broken(session, chunk=100)
    remedy = next(one for one in remedies_of(session) if one.key == key)
    cured = apply(session, remedy)
    now = cured.snapshot(maps=False)
    assert now.failure is None and now.diagnosis is None
    assert all(np.array_equal(now.weights[name], array) for name, array in found.sound.weights.items())
    assert cured.run_steps(500).failure is None


def test_a_loss_that_is_no_number_has_risen() -> None:
    losses = np.array([1.0, 0.5, 1.0, 1.1, np.nan, 0.5])
    risen = has_risen(losses, np.minimum.accumulate(losses))
    assert risen.tolist() == [False, False, False, True, True, True]
    assert has_risen(np.nan, 1.0) and not has_risen(5.0, np.inf)


@pytest.mark.parametrize(("seed", "climb"), [(1, ()), (4, ()), (6, ()), (12, (0.536, 0.712, 0.856))])
def test_weights_whose_loss_climbs_are_none_to_go_back_to(seed: int, climb: tuple[float, ...]) -> None:
    """The losses of seed 12 climbed from the start on; step 2 was called the last sound one."""
    drawn = {"initializer": "he_normal"} if not climb else {}
    graph = feed_forward((3,), activation="relu", output=IDENTITY, **drawn)
    data = CIRCLE if not climb else load(DataChoice(name="circle", samples=250, noise=0.0))
    settings = Hyperparameters(optimizer="sgd", learning_rate=0.8, seed=seed)
    session = TrainingSession(Setup(graph, data, settings, "numpy"))
    losses = [session.snapshot(maps=False).train_loss]
    while session.failure is None:
        session.run_steps(1)
        losses.append(session.snapshot(maps=False).train_loss)
    found = session.diagnose()
    assert found is not None and losses[: len(climb)] == pytest.approx(climb, abs=1e-3)
    at_sound = TrainingSession(session.setup, found.sound.weights).snapshot(maps=False)
    assert at_sound.train_loss <= CLIMBING * min(losses)
    (back,) = [remedy for remedy in remedies_of(session) if remedy.key == "back_slower"]
    cured = apply(session, back)
    assert cured.run_epochs(30).failure is None and cured.snapshot(maps=False).train_loss < losses[0]


def test_a_state_is_kept_while_batches_make_its_loss_waver() -> None:
    session = session_of(LINEAR)
    footing = Footing(session.state, 0, 0)
    for step, loss in enumerate((1.0, 1.09, 1.2, np.nan, 1.05, 1.15, np.inf)):
        footing.keep(session.state, step, step, loss)
    assert footing.updates == 4


def test_weights_that_the_judge_finds_newly_damaged_are_none_to_go_back_to() -> None:
    session = session_of(LINEAR, learning_rate=0.01)
    state, footing = session.state.copy(), Footing(session.state, 0, 0)
    dead = Verdict("dense-1", Trouble.DEAD, 0.5, (0, 1))
    fine, quiet, ill = (
        RunVerdict(LearningState.UNKNOWN, layers, is_well=False)
        for layers in ((), (replace(dead, is_alarm=False),), (dead,))
    )
    footing.keep(state, 0, 0, 1.0, fine)
    footing.keep(state, 1, 1, 0.9, ill)
    assert footing.updates == 0
    footing.keep(state, 2, 2, 0.8, quiet)
    footing.keep(state, 3, 3, 0.8, ill)  # those units were dead before
    assert footing.updates == 3


def test_a_restart_from_smaller_weights_cures_a_start_that_was_too_large() -> None:
    graph = feed_forward((6,) * 6, activation="identity", initializer="normal", scale=5.0, output=IDENTITY)
    session = session_of(graph, learning_rate=0.001)
    broken(session)
    (remedy,) = [one for one in remedies_of(session) if one.key == "restart_smaller"]
    assert apply(session, remedy).run_steps(100).failure is None


def test_without_a_failure_there_is_nothing_to_say() -> None:
    session = session_of(feed_forward((3,)))
    session.run_steps(10)
    assert session.diagnose() is None
    assert remedies_of(session) == ()
