"""What a layer is called: vanished where nothing can learn, dead only where the function is flat, stuck when wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.activations.saturation import SATURATED_BELOW
from engine.data import DataChoice, load
from engine.formats import read_link
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file, write_network_file
from engine.graph import NetworkGraph, Wire
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, set_params, splice
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.state import weights_of
from engine.training import verdicts as verdicts_module
from engine.training.health import layer_health
from engine.training.progress import progress_of
from engine.training.remedies import Case, Remedy, edit_of, remedies_for, troubles
from engine.training.session import Setup, TrainingSession
from engine.training.signal import over_rows
from engine.training.trial import proven_remedies
from engine.training.verdicts import STANDS, Evidence, LearningState, LossCourse, Trouble, Verdict, judge
from engine.training.walk import walk

CIRCLE = load(DataChoice(name="circle", samples=60))


def session_of(graph: NetworkGraph, **hyper: object) -> TrainingSession:
    return TrainingSession(Setup(graph, CIRCLE, Hyperparameters.model_validate(hyper), "numpy"))


def verdicts(session: TrainingSession) -> dict[str, set[Trouble]]:
    found: dict[str, set[Trouble]] = {}
    for verdict in session.snapshot(maps=False).verdicts:
        found.setdefault(verdict.block_id, set()).add(verdict.trouble)
    return found


def normed(activation: str) -> tuple[NetworkGraph, str]:
    """2-6-batch norm-activation-1."""
    graph, norm = add_block(feed_forward((6,), activation="identity"), "batch_norm", 0, 0)
    graph = splice(graph, norm, Wire(source="dense-1", target="output-1"))
    graph, act = add_block(graph, "activation", 0, 0)
    graph = splice(set_params(graph, act, activation=activation), act, Wire(source=norm, target="output-1"))
    return graph, act


def test_step_layers_let_no_gradient_through() -> None:
    found = verdicts(session_of(feed_forward((4, 4), activation="step")))
    assert Trouble.VANISHING in found["dense-1"]
    assert Trouble.VANISHING in found["dense-2"]
    assert Trouble.STEADY not in found["dense-1"] | found["dense-2"]
    assert found["output-1"] == {Trouble.STEADY}


def test_a_step_output_cannot_learn_at_all() -> None:
    found = verdicts(session_of(feed_forward((4,), output=OutputParams(activation="step"))))
    assert Trouble.VANISHING in found["dense-1"] & found["output-1"]


def test_an_output_saturated_on_the_wrong_side_is_stuck() -> None:
    session = session_of(feed_forward((4,)))
    session.set_weights({("output-1", "W"): np.zeros((1, 4)), ("output-1", "b"): np.array([12.0])})
    assert Trouble.SATURATED in verdicts(session)["output-1"]  # before the first step as after it
    session.run_epochs(1)
    found = verdicts(session)
    assert Trouble.SATURATED in found["output-1"]
    session.set_weights({("output-1", "b"): np.array([400.0])})  # 1 − tanh² is exactly zero
    found = verdicts(session)
    assert found["output-1"] == {Trouble.SATURATED, Trouble.VANISHING}
    assert Trouble.VANISHING in found["dense-1"]


def test_an_output_is_stuck_where_a_few_points_that_it_cannot_leave_carry_the_loss() -> None:
    torch = pytest.importorskip("torch")
    dataset = load(DataChoice(name="circle", samples=400))
    session = TrainingSession(Setup(feed_forward((8, 8)), dataset, Hyperparameters(learning_rate=0.03), "numpy"))
    session.run_epochs(60)
    assert not session.snapshot(maps=False).layers[-1].health.stuck
    flipped = dataset.y.copy()
    wrong = dataset.train[::8]
    flipped[wrong] = 1 - flipped[wrong]  # an eighth of the points: fewer than a quarter, and nearly all of the loss
    session.change(replace(session.setup, dataset=replace(dataset, y=flipped)))
    snapshot = session.snapshot(maps=False)
    (z,) = [result.z for node, result in walk(session.plan, session.state, session.observer.train.inputs)][-1:]
    answers = torch.tanh(torch.tensor(z))
    errors = answers - torch.tensor(session.observer.train.targets)
    is_wrong = errors.abs() > 1.0
    assert 0.1 < float(is_wrong.double().mean()) < 0.15
    assert float((1 - answers**2)[is_wrong].median()) < SATURATED_BELOW
    assert float((errors**2)[is_wrong].sum() / (errors**2).sum()) > 0.9
    assert snapshot.layers[-1].health.stuck == (0,)
    assert Verdict("output-1", Trouble.SATURATED, 1.0, (0,), is_alarm=False) in snapshot.verdicts  # steps may free it


def test_single_wrong_points_do_not_make_an_output_stuck() -> None:
    session = session_of(feed_forward((8,)), learning_rate=0.05)
    session.run_epochs(200)
    flipped = CIRCLE.y.copy()
    flipped[CIRCLE.train[0]] = 1 - flipped[CIRCLE.train[0]]
    session.change(replace(session.setup, dataset=replace(CIRCLE, y=flipped)))
    assert session.snapshot(maps=False).layers[-1].health.stuck == ()


@pytest.mark.parametrize(("activation", "is_held"), [("identity", True), ("tanh", False)])
def test_linear_units_are_named_where_the_loss_does_not_fall(activation: str, is_held: bool) -> None:
    xor = load(DataChoice(name="exclusive-or", samples=60))
    graph = feed_forward((2, 2), activation=activation)
    session = TrainingSession(Setup(graph, xor, Hyperparameters(learning_rate=0.03), "numpy"))
    for _ in range(300):
        session.run_epochs(1)
        session.judge()
    assert session.snapshot(maps=False).is_held_by_lines is is_held
    graph, norm = add_block(graph, "layer_norm", 0, 0)
    graph = splice(graph, norm, Wire(source="dense-1", target="dense-2"))
    session.change(replace(session.setup, graph=graph))
    session.run_epochs(1)
    assert not session.plan.is_linear_inside and not session.snapshot(maps=False).is_held_by_lines  # a layer norm bends


@pytest.mark.parametrize("epochs", [100, 3000])
def test_units_made_linear_are_named_at_once_however_long_the_network_was_trained(epochs: int) -> None:
    graph = feed_forward((6, 3), activation="silu")
    session = TrainingSession(Setup(graph, load(DataChoice(name="circle")), Hyperparameters(learning_rate=0.03)))
    for _ in range(epochs):
        session.run_epochs(1)
        session.judge()
    assert session.snapshot(maps=False).mastered
    for block_id in ("dense-1", "dense-2"):
        graph = set_params(graph, block_id, activation="identity")
    session.change(replace(session.setup, graph=graph))
    for _ in range(8):
        snapshot = session.snapshot(maps=False)
        assert snapshot.is_held_by_lines
        case = Case(session.setup, snapshot)
        offered = [remedy.key for trouble in troubles(snapshot) for remedy in remedies_for(case, trouble)]
        assert offered and "layer_norm" not in offered
        session.run_epochs(1)
    assert session.snapshot(maps=False).learning is not LearningState.UNKNOWN  # eight losses are enough


def test_linear_units_on_a_problem_that_a_line_solves_are_no_matter_while_too_little_is_known() -> None:
    for name, is_solvable in (("two-gaussians", True), ("circle", False)):
        dataset = load(DataChoice(name=name, samples=100))
        session = TrainingSession(Setup(feed_forward((3,), activation="identity"), dataset, Hyperparameters(), "numpy"))
        session.set_weights({("output-1", "W"): np.zeros((1, 3)), ("output-1", "b"): np.array([12.0])})
        session.run_epochs(1)
        snapshot = session.snapshot(maps=False)
        assert snapshot.learning is LearningState.UNKNOWN
        assert session.observer.do_lines_suffice is is_solvable and snapshot.is_held_by_lines is not is_solvable


def test_a_change_that_makes_the_loss_far_worse_sets_the_run_back() -> None:
    session = session_of(feed_forward((8,)), learning_rate=0.05)
    for _ in range(60):
        session.run_epochs(1)
        assert not session.snapshot(maps=False).is_set_back
    least, trained = min(session.snapshot(maps=False).history.train_loss.low), weights_of(session.plan, session.state)
    session.set_weights({key: 0.01 * array for key, array in trained.items()})
    session.run_epochs(1)
    snapshot = session.snapshot(maps=False)
    assert snapshot.is_set_back and snapshot.history.least_before_change == least
    session.set_weights(trained)
    assert not session.snapshot(maps=False).is_set_back
    session.change(replace(session.setup, dataset=load(DataChoice(name="exclusive-or", samples=60))))
    assert session.snapshot(maps=False).history.least_before_change == np.inf  # of other data


def test_whether_the_loss_falls_is_asked_once_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[LossCourse] = []

    def is_falling(course: LossCourse, stands: int) -> bool:
        asked.append(course)
        return False

    monkeypatch.setattr(verdicts_module, "_is_falling", is_falling)
    judge([Evidence(f"dense-{number}", 1e-9, 4, dead=(0, 1)) for number in range(20)] + [Evidence("output-1", 0.1)])
    assert len(asked) == 1


def test_an_output_saturated_where_it_is_right_has_learnt() -> None:
    session = session_of(feed_forward((8,)), learning_rate=0.05)
    session.run_epochs(200)
    snapshot = session.snapshot(maps=False)
    assert snapshot.train_accuracy == 1.0
    assert snapshot.layers[-1].saturated == 1.0
    assert Trouble.SATURATED not in verdicts(session)["output-1"]


@pytest.mark.parametrize("loss", ["binary_cross_entropy", "softmax_cross_entropy"])
def test_a_cross_entropy_is_never_stuck(loss: str) -> None:
    session = session_of(feed_forward((4,), output=OutputParams(loss=loss)))
    bias = np.full(1 if loss == "binary_cross_entropy" else 2, 12.0)
    session.set_weights({("output-1", "b"): bias})
    assert Trouble.SATURATED not in verdicts(session)["output-1"]


@pytest.mark.parametrize("activation", ["tanh", "identity", "elu", "leaky_relu", "silu", "gelu"])
def test_units_that_are_zero_at_a_slope_are_not_dead(activation: str) -> None:
    session = session_of(feed_forward((4,), activation=activation, initializer="zeros"))
    assert session.snapshot(maps=False).layers[0].dead == 0.0


def test_relu_units_that_never_fire_are_dead() -> None:
    session = session_of(feed_forward((4,), activation="relu"))
    session.set_weights({("dense-1", "b"): np.array([0.0, -100.0, 0.0, -100.0])})
    assert session.snapshot(maps=False).layers[0].dead == 0.5
    assert Trouble.DEAD in verdicts(session)["dense-1"]


def test_an_activation_block_is_judged_dead_and_listed_in_the_plans_order() -> None:
    graph, act = normed("relu")
    session = session_of(graph)
    assert act not in verdicts(session)
    session.set_weights({("batch_norm-1", "beta"): np.array([-50.0, 0.0, 0.0, 0.0, 0.0, 0.0])})
    snapshot = session.snapshot(maps=False)
    assert Verdict(act, Trouble.DEAD, 1 / 6, (0,)) in snapshot.verdicts
    assert [v.block_id for v in snapshot.verdicts][-1] == "output-1"
    assert [layer.block_id for layer in snapshot.layers] == ["dense-1", "output-1"]


def test_an_activation_block_is_judged_saturated() -> None:
    graph, act = normed("logistic")
    session = session_of(graph)
    session.set_weights({("batch_norm-1", "gamma"): np.full(6, 100.0)})
    assert verdicts(session)[act] == {Trouble.SATURATED}


def test_no_verdict_on_signals_where_none_could_be_measured() -> None:
    session = session_of(feed_forward((4, 4), activation="identity", output=OutputParams(activation="identity")))
    session.set_weights({("dense-1", "W"): np.full((4, 2), 1e200), ("dense-2", "W"): np.full((4, 4), 1e200)})
    assert set.union(*verdicts(session).values()) == {Trouble.OVERGROWN}


def test_a_signal_past_a_silent_last_layer_is_no_vanishing() -> None:
    """A skip connection: the first layer's δ reaches it round the second one."""
    found = judge([Evidence("a", 0.5), Evidence("b", 0.0), Evidence("out", 1.0)])
    assert [v.trouble for v in found.layers] == [Trouble.STEADY, Trouble.VANISHING, Trouble.STEADY]


def test_one_batch_in_which_every_unit_is_off_is_no_verdict() -> None:
    session = session_of(feed_forward((2,), activation="relu"), batch_size=5, learning_rate=1e-4)
    rows = session.setup.dataset.x[session.setup.dataset.train]
    far = float(np.sort(rows[:, 0])[-4])
    session.set_weights({("dense-1", "W"): np.array([[1.0, 0.0]] * 2), ("dense-1", "b"): np.full(2, -far)})  # 3 rows
    assert "dense-1" in verdicts(session)
    silent, seen = 0, set()
    for _step in range(2 * session.steps_per_epoch):
        session.run_steps(1)
        silent += session.snapshot(maps=False).layers[0].delta == 0.0
        seen |= verdicts(session)["dense-1"]
    assert silent > 0  # there were batches that no gradient came back from
    assert Trouble.VANISHING not in seen


def test_the_signal_is_judged_over_an_epoch_as_one_batch_of_all_its_rows_has_it() -> None:
    session = session_of(feed_forward((4, 3), activation="tanh"), batch_size=6, learning_rate=1e-12)
    session.run_epochs(2)
    job = session._job(0, probe=True)
    over_steps = session._signal.norms(session.plan, session.state, session.backend, job, session.updates)
    whole = over_rows(session.plan, session.state, session.backend, job)
    assert over_steps is not None
    assert whole is not None
    np.testing.assert_allclose(over_steps, whole, rtol=1e-9)
    table = session.observer.train
    z = torch_delta_norms(session, table.inputs["input-1"], table.targets)
    np.testing.assert_allclose(whole, z, rtol=1e-9)


def torch_delta_norms(session: TrainingSession, x: np.ndarray, targets: np.ndarray) -> list[float]:
    """The root of the mean over rows of ‖∂Lᵢ/∂z‖² of every layer, by torch.autograd."""
    torch = pytest.importorskip("torch")
    weights = session.snapshot(maps=False).weights
    a, zs = torch.tensor(x), []
    for block_id in ("dense-1", "dense-2", "output-1"):
        w, b = (torch.tensor(np.array(weights[block_id, name])) for name in ("W", "b"))
        z = a @ w.T + b
        z = z if z.requires_grad else z.requires_grad_()
        zs.append(z)
        a = torch.tanh(z)
    loss = (0.5 * (a - torch.tensor(targets)) ** 2).sum()
    return [float(g.square().sum(dim=1).mean().sqrt()) for g in torch.autograd.grad(loss, zs)]


# Is it learning? ------------------------------------------------------------------------------------------------------


def falling(*, constant: float = 0.5) -> LossCourse:
    return LossCourse(np.geomspace(0.45, 0.1, 20), constant)


STANDING = LossCourse(np.full(20, 0.5), 1.0)
ILL = [Evidence("a", 1e-6, 4, saturated=(0, 1, 2, 3)), Evidence("b", 1.0, 4, dead=(2,)), Evidence("out", 1.0)]


def test_nothing_is_an_alarm_while_the_loss_falls_or_once_all_is_learnt() -> None:
    for course, learning in (
        (falling(), LearningState.FALLING),
        (LossCourse(np.full(20, 0.01), 0.5, is_learnt=True), LearningState.LEARNT),
    ):
        found = judge(ILL, course)
        assert found.learning is learning
        assert {v.trouble for v in found.layers} >= {Trouble.VANISHING, Trouble.SATURATED, Trouble.DEAD}
        assert not any(v.is_alarm for v in found.layers)
    assert all(v.is_alarm for v in judge(ILL, STANDING).layers if v.block_id != "out")


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0.59704", "0.2", "0.3", "0.5", "0.7"])
def test_a_loss_that_only_wavers_with_dropout_is_not_learning_and_no_alarm(seed: str) -> None:
    """The least of all losses measured was often one of the latest quarter."""
    link = f"https://playground.tensorflow.org/#dataset=circle&learningRate=0.02&networkShape=4,2&seed={seed}"
    content = read_link(link).content
    graph, dropout = add_block(content.graph, "dropout", 0, 0)
    graph = splice(set_params(graph, dropout, rate=0.2), dropout, Wire(source="dense-1", target="dense-2"))
    session = TrainingSession(Setup(graph, load(content.data), content.hyper), content.weights)
    for _ in range(60):
        session.run_epochs()
        session.judge()
    while session.epoch < 10_000:
        session.run_steps(200 * session.steps_per_epoch, probe=False)
        snapshot = session.snapshot(maps=False)
        if session.epoch > 5000:
            assert snapshot.learning in (LearningState.STANDING, LearningState.LEARNT), session.epoch
            assert not any(verdict.is_alarm for verdict in snapshot.verdicts)


@pytest.mark.parametrize("count", [8, 20, 64])
def test_losses_that_waver_about_a_level_do_not_fall_and_those_that_waver_on_their_way_down_do(count: int) -> None:
    states = {True: list[LearningState](), False: list[LearningState]()}
    for draw in range(200):
        wavering = 0.04 * np.random.default_rng(draw).lognormal(0.0, 0.1, count)
        for falls, found in states.items():
            losses = wavering * np.geomspace(1.0, 0.2, count) if falls else wavering
            found.append(judge(ILL, LossCourse(np.append(0.5, losses), 0.5)).learning)
    assert states[True].count(LearningState.FALLING) > 190
    assert states[False].count(LearningState.FALLING) < (20 if count > 8 else 40)


def test_a_spike_of_a_run_that_learns_is_no_alarm_and_what_stands_is() -> None:
    course = falling()
    for spikes, is_well in ((1, True), (2, True), (3, False)):
        spiked = replace(course, losses=np.append(course.losses, np.full(spikes, 0.6)))
        found = judge(ILL, spiked)
        assert found.learning is LearningState.STANDING  # which is what the loss says at this moment
        assert found.is_well is is_well and any(v.is_alarm for v in found.layers) is not is_well


def test_a_loss_that_stands_since_a_layer_gets_no_gradient_at_all_is_no_spike() -> None:
    killed = [ILL[0], Evidence("b", 0.0, 4, dead=(0, 1, 2, 3)), ILL[2]]
    course = falling()
    assert judge(killed, course).is_well
    found = judge(killed, replace(course, losses=np.append(course.losses, 0.5)))
    assert not found.is_well and all(v.is_alarm for v in found.layers if v.block_id != "out")


def test_a_network_that_stands_near_the_answer_raises_no_alarm() -> None:
    """Two points of 250 are wrong, and so the last layer's units are sure and its neighbours' signals far larger."""
    near = judge([Evidence("a", 5e3), *ILL], LossCourse(np.full(20, 0.005), 0.5))
    assert near.learning is LearningState.STANDING and not any(v.is_alarm for v in near.layers)
    unknown = judge(ILL, LossCourse(np.full(1, 0.005)))  # beside what, nobody knows
    assert all(v.is_alarm for v in unknown.layers if v.block_id != "out")
    broken = judge(ILL, LossCourse(np.full(20, 0.005), 0.5, has_failed=True))
    assert all(v.is_alarm for v in broken.layers)


def test_what_was_no_alarm_before_a_change_is_none_until_enough_losses_are_known() -> None:
    before = judge(ILL, falling())
    new = [ILL[0], replace(ILL[1], dead=(1, 2)), ILL[2]]
    few = LossCourse(np.full(3, 0.4), 0.5)
    assert all(v.is_alarm for v in judge(ILL, few).layers if v.block_id != "out")
    assert not any(v.is_alarm for v in judge(ILL, few, before).layers) and judge(ILL, few, before).is_well
    found = judge(new, few, before)
    assert [(v.block_id, v.units) for v in found.layers if v.is_alarm] == [("b", (1, 2))] and not found.is_well
    known = judge(ILL, STANDING, before)
    assert all(v.is_alarm for v in known.layers if v.block_id != "out")


def opened_again(session: TrainingSession, folder: Path) -> TrainingSession:
    """The session as a file of this moment, or its recovery copy, brings it back."""
    shown = session.snapshot(maps=False)
    progress = progress_of(shown)
    file = NetworkFile(session.setup.graph, session.setup.hyper, DataChoice(), shown.weights, "", progress)
    write_network_file(folder / "a.loom", file)
    file = read_network_file(folder / "a.loom")
    return TrainingSession(session.setup, file.weights, progress=file.progress)


def alarms(session: TrainingSession) -> set[tuple[str, Trouble, tuple[int, ...]]]:
    return {(v.block_id, v.trouble, v.units) for v in session.snapshot(maps=False).verdicts if v.is_alarm}


@pytest.fixture
def half_dead() -> TrainingSession:
    """A network that learns although units 1 and 2 of its first layer are dead."""
    graph = feed_forward((12,), activation="relu", initializer="he_normal")
    session = session_of(graph, learning_rate=0.003, seed=3)
    session.set_weights({("dense-1", "b"): np.array([-20.0, -20.0, *np.zeros(10)])})
    for _ in range(30):
        session.run_epochs(1)
        snapshot = session.snapshot(maps=False)
    assert snapshot.learning is LearningState.FALLING and not alarms(session)
    assert Trouble.DEAD in verdicts(session)["dense-1"]
    return session


def test_a_cure_of_one_unit_makes_no_alarm_of_another(half_dead: TrainingSession, tmp_path: Path) -> None:
    case = Case(half_dead.setup, half_dead.snapshot(maps=False))
    revive = next(remedy for remedy in remedies_for(case, troubles(case.snapshot)[0]) if remedy.key == "revive")
    half_dead.set_rows(edit_of(case, replace(revive, units=(0,))).rows)
    snapshot = half_dead.snapshot(maps=False)
    assert snapshot.learning is LearningState.UNKNOWN and not alarms(half_dead)
    assert [v.units for v in snapshot.verdicts if v.trouble is Trouble.DEAD] == [(1,)]
    hyper = half_dead.setup.hyper.model_copy(update={"learning_rate": 0.005})
    half_dead.change(replace(half_dead.setup, hyper=hyper))
    assert not alarms(half_dead)
    again = TrainingSession(half_dead.setup, snapshot.weights, curves=half_dead.curves_put_by())  # as undo does
    assert not alarms(again)
    assert not alarms(opened_again(half_dead, tmp_path))
    half_dead.set_weight("dense-1", "b", (5,), -20.0)
    assert alarms(half_dead) == {("dense-1", Trouble.DEAD, (1, 5))}


def test_dead_units_of_layers_that_a_cure_drew_anew_are_no_alarm_before_they_are_trained(tmp_path: Path) -> None:
    """ReLU and He's start weights in nine stalled logistic layers leave single units of some dead."""
    graph = feed_forward((8,) * 9, activation="logistic")
    session = session_of(graph, learning_rate=0.01)
    session.run_epochs(60)
    case = Case(session.setup, session.snapshot(maps=False))
    edit = edit_of(case, Remedy("relu_he", tuple(node.id for node in case.hidden)))
    assert edit.graph is not None
    session.change(replace(session.setup, graph=edit.graph))
    session.set_rows(edit.rows)
    for _ in range(3):
        dead = [v for v in session.snapshot(maps=False).verdicts if v.trouble is Trouble.DEAD and v.value < 1.0]
        assert len(dead) >= 3 and not any(v.is_alarm for v in dead)
        assert opened_again(session, tmp_path).snapshot(maps=False).verdicts == session.snapshot(maps=False).verdicts
        session.run_steps(1)
    snapshot = session.snapshot(maps=False)
    again = TrainingSession(  # as undo and redo do
        session.setup, snapshot.weights, progress=progress_of(snapshot), curves=session.curves_put_by()
    )
    assert not any(v.is_alarm for v in again.snapshot(maps=False).verdicts if v.trouble is Trouble.DEAD)
    alive = next(unit for unit in range(8) if unit not in dead[0].units)
    session.set_weight(dead[0].block_id, "b", (alive,), -50.0)
    named = [v for v in session.snapshot(maps=False).verdicts if v.trouble is Trouble.DEAD and v.is_alarm]
    assert (dead[0].block_id, alive) in [(v.block_id, unit) for v in named for unit in v.units]


def test_layers_that_a_cure_drew_anew_behind_an_output_of_zeros_are_no_alarm_before_its_first_step() -> None:
    graph = feed_forward((4, 4), initializer="zeros", output=OutputParams(initializer="zeros"))
    session = session_of(graph, learning_rate=0.03)
    session.run_epochs(20)
    case = Case(session.setup, session.snapshot(maps=False))
    assert any(verdict.is_alarm for verdict in case.snapshot.verdicts)
    edit = edit_of(case, Remedy("relu_he", tuple(node.id for node in case.hidden)))
    assert edit.graph is not None
    session.change(replace(session.setup, graph=edit.graph))
    session.set_rows(edit.rows)
    for _ in range(3):
        assert not any(verdict.is_alarm for verdict in session.snapshot(maps=False).verdicts)
        session.run_steps(1)
    silent = TrainingSession(session.setup, {key: 0.0 * array for key, array in case.snapshot.weights.items()})
    silent.run_epochs(20)
    assert any(verdict.is_alarm for verdict in silent.snapshot(maps=False).verdicts)


def test_weights_that_a_run_goes_back_to_are_judged_as_they_were(half_dead: TrainingSession) -> None:
    setup, sound = half_dead.setup, half_dead.snapshot(maps=False).weights
    half_dead.change(replace(setup, hyper=setup.hyper.model_copy(update={"learning_rate": 1e200, "optimizer": "sgd"})))
    half_dead.run_epochs(3)
    assert half_dead.failure is not None and half_dead.snapshot(maps=False).learning is LearningState.BROKEN
    half_dead.change(setup)
    half_dead.snapshot(maps=False)
    half_dead.set_weights(half_dead.sound_weights())
    np.testing.assert_equal(dict(half_dead.snapshot(maps=False).weights), dict(sound))
    assert Trouble.DEAD in verdicts(half_dead)["dense-1"] and not alarms(half_dead)


def test_a_layer_that_gets_no_gradient_at_all_is_an_alarm_though_the_loss_falls() -> None:
    cut_off = [Evidence("a", 0.0), Evidence("b", 0.5), Evidence("out", 1.0)]
    found = judge(cut_off, falling())
    assert found.learning is LearningState.FALLING and [v.block_id for v in found.layers if v.is_alarm] == ["a"]
    nearly = judge(cut_off, LossCourse(np.geomspace(0.45, 0.01, 20), 0.5))
    assert not any(v.is_alarm for v in nearly.layers)


def test_a_saturated_output_is_an_alarm_once_the_loss_is_known_not_to_fall() -> None:
    stuck = [Evidence("a", 0.5), Evidence("out", 1.0, saturated=(0,))]
    for losses, is_alarm in ((np.full(3, 1.0), False), (np.geomspace(1.0, 0.3, 20), False), (np.full(20, 1.0), True)):
        found = judge(stuck, LossCourse(losses, 0.5)).layers[-1]
        assert (found.trouble, found.is_alarm) == (Trouble.SATURATED, is_alarm)


def test_coming_down_to_the_best_constant_answer_is_not_learning() -> None:
    """The last bias gets there alone: a network whose layers all learn nothing does."""
    to_constant = np.concatenate([np.linspace(1.5, 0.505, 15), np.linspace(0.505, 0.5, 5)])
    assert judge(ILL, LossCourse(to_constant, 0.5)).learning is LearningState.NO_BETTER
    assert judge(ILL, falling(constant=0.05)).learning is LearningState.NO_BETTER


def test_a_loss_far_above_one_answer_for_all_points_has_been_thrown_off_whether_it_falls_or_not() -> None:
    for losses in (np.full(20, 1.5e6), np.linspace(2e6, 1e6, 20)):
        found = judge(ILL, LossCourse(losses, 0.5))
        assert found.learning is LearningState.THROWN and not found.is_well
    assert judge(ILL, LossCourse(np.geomspace(1.5e6, 0.3, 20), 0.5)).learning is LearningState.FALLING  # back again


def test_a_layer_whose_own_signal_is_next_to_nothing_is_not_well_by_its_neighbours() -> None:
    found = judge([Evidence("a", 2e-9), Evidence("b", 1e-9), Evidence("out", 0.7)], STANDING).layers
    assert [v.trouble for v in found] == [Trouble.VANISHING, Trouble.VANISHING, Trouble.STEADY]
    assert found[0].is_silent and found[0].delta == 2e-9
    solved = judge([Evidence("a", 2e-9), Evidence("b", 1e-9), Evidence("out", 1e-8)], replace(STANDING, is_learnt=True))
    assert [v.trouble for v in solved.layers] == [Trouble.STEADY, Trouble.REFERENCE, Trouble.STEADY]


@pytest.mark.parametrize(("delta", "said"), [(0.5, []), (0.01, [Trouble.FADING]), (50.0, [Trouble.GROWING])])
def test_a_dead_unit_does_not_hide_that_a_signal_is_weak(delta: float, said: list[Trouble]) -> None:
    found = judge([Evidence("a", delta, 8, dead=(3,)), Evidence("b", 1.0, 8), Evidence("out", 1.0)]).layers
    assert [verdict.trouble for verdict in found if verdict.block_id == "a"] == [*said, Trouble.DEAD]


def test_some_units_in_trouble_are_no_alarm_before_anything_was_trained() -> None:
    wide = [Evidence("a", 0.9, 32, dead=(1, 13, 14)), Evidence("b", 1.0, 4), Evidence("out", 1.0, saturated=(0,))]
    start, later = LossCourse(np.full(1, 1.1), 0.5, is_untrained=True), LossCourse(np.full(3, 1.1), 0.5)
    assert not any(v.is_alarm for v in judge(wide, start).layers)
    assert [v.trouble for v in judge(wide, later).layers if v.is_alarm] == [Trouble.DEAD]
    whole = [Evidence("a", 0.5, 2, saturated=(0, 1)), Evidence("out", 1.0)]
    assert [v.trouble for v in judge(whole, start).layers if v.is_alarm] == [Trouble.SATURATED]


def test_a_loss_that_comes_down_from_the_first_epochs_on_is_learning_as_far_as_is_known() -> None:
    course = LossCourse(np.array([1.1, 0.4]), 0.5)
    found = judge(ILL, course)
    assert found.learning is LearningState.UNKNOWN and found.is_well and not any(v.is_alarm for v in found.layers)
    assert not judge(ILL, replace(course, constant_loss=0.39)).is_well  # no better than one answer for all


def test_a_run_whose_loss_is_back_where_it_began_is_not_learning_however_low_it_was_on_the_way() -> None:
    on_the_way = np.array([0.49, *np.full(11, 0.46), 0.45, 0.44, 0.43])
    for latest, learning in ((0.42, LearningState.FALLING), (0.494, LearningState.STANDING)):
        found = judge(ILL, LossCourse(np.append(on_the_way, np.full(STANDS, latest)), 0.52))
        assert found.learning is learning and found.is_well is (learning is LearningState.FALLING)


def test_the_layer_that_others_are_measured_by_is_never_called_well() -> None:
    found = judge([Evidence("a", 0.05), Evidence("b", 20.0), Evidence("c", 1.0), Evidence("out", 5.0)], STANDING).layers
    assert [v.trouble for v in found] == [Trouble.FADING, Trouble.GROWING, Trouble.REFERENCE, Trouble.STEADY]


def test_an_output_that_hands_back_next_to_nothing_silences_all_layers() -> None:
    session = session_of(feed_forward((4, 3)), learning_rate=1e-9)
    weights = session.snapshot(maps=False).weights
    session.set_weights({**weights, ("output-1", "W"): np.full((1, 3), 1e-9)})
    for _ in range(10):
        session.run_epochs(1)
        snapshot = session.snapshot(maps=False)
    hidden = [v for v in snapshot.verdicts if v.block_id != "output-1"]
    assert snapshot.learning is LearningState.NO_BETTER
    assert {v.trouble for v in hidden} == {Trouble.VANISHING} and all(v.is_alarm for v in hidden)


def test_saturated_units_of_a_network_that_is_learning_raise_no_alarm() -> None:
    """What four wide-open tanh units of a small network look like on the way to the answer."""
    session = session_of(feed_forward((4,), initializer="normal", scale=6.0), learning_rate=0.02, seed=1)
    seen = set()
    for _ in range(12):
        session.run_epochs(10)
        snapshot = session.snapshot(maps=False)
        saturated = [v for v in snapshot.verdicts if v.trouble is Trouble.SATURATED and v.block_id == "dense-1"]
        if saturated and snapshot.learning is LearningState.FALLING:
            seen.add(snapshot.train_accuracy < 1.0)
            assert not any(v.is_alarm for v in saturated)
    assert True in seen


@pytest.mark.parametrize("loss", ["squared_error", "binary_cross_entropy", "softmax_cross_entropy"])
def test_no_constant_answer_costs_less_than_the_best_one(loss: str) -> None:
    rare = replace(CIRCLE, y=np.where(np.arange(len(CIRCLE.y)) % 5 == 0, 1, 0))
    session = TrainingSession(Setup(feed_forward((), output=OutputParams(loss=loss)), rare, Hyperparameters(), "numpy"))
    weights = {key: np.zeros_like(array) for key, array in session.snapshot(maps=False).weights.items()}
    costs = []
    for bias in np.linspace(-4.0, 4.0, 4001):
        array = np.zeros_like(weights["output-1", "b"])
        array[-1] = bias
        session.set_weights({**weights, ("output-1", "b"): array})
        costs.append(session.observer.measure(session.state)[0].loss)
    assert session.observer.constant_loss == pytest.approx(min(costs), abs=1e-5)


def test_an_error_that_a_loss_bounds_is_not_measured_by_a_loss_that_was_thrown_off() -> None:
    """|p − t| is at most 1, whatever cross-entropy comes to: a signal that explodes has not vanished beside that."""
    blocks = [Evidence("a", 1e49), Evidence("b", 1e5), Evidence("out", 0.7)]
    course = LossCourse(np.array([7.9e52]), 0.69, steepest=1.0)
    assert [v.trouble for v in judge(blocks, course).layers] == [Trouble.EXPLODING, Trouble.REFERENCE, Trouble.STEADY]
    squared = judge(blocks, LossCourse(np.array([7.9e52]), 0.69)).layers
    assert squared[2].trouble is Trouble.VANISHING  # an error of 10²⁶ hands back 0.7
    assert squared[1].trouble is Trouble.REFERENCE  # and 10⁵ moves any weight


def test_layers_of_a_run_that_explodes_have_no_vanishing_signal() -> None:
    """The latest step throws the loss off, and ‖δ‖ is over the steps before it."""
    graph = feed_forward((6, 6), activation="leaky_relu", output=OutputParams(activation="identity"))
    session = session_of(graph, optimizer="sgd", learning_rate=2.0, seed=1)
    session.run_steps(3)
    snapshot = session.snapshot(maps=False)
    assert snapshot.signal is not None
    assert snapshot.train_loss > 1e40 and min(snapshot.signal.norms.values()) > 1e4
    assert Trouble.VANISHING not in set.union(*verdicts(session).values())


def test_a_signal_as_large_as_a_whole_error_has_not_vanished_beside_a_larger_one() -> None:
    course = LossCourse(np.array([0.4, 5e17]), 0.5)
    for delta, trouble in ((7473.0, Trouble.FADING), (1.01, Trouble.FADING), (0.99, Trouble.VANISHING)):
        first = judge([Evidence("a", delta), Evidence("b", 1e9), Evidence("out", 1e9)], course).layers[0]
        assert first.trouble is trouble and first.value < 1e-3


def test_a_signal_smaller_than_the_error_does_not_explode_however_faint_the_last_layers_is() -> None:
    """As after a cure by skip connections, which carry a signal past last layers that are saturated."""
    course = LossCourse(np.full(4, 0.6), 0.5)
    for delta, trouble in ((0.15, Trouble.GROWING), (15.0, Trouble.EXPLODING)):
        found = judge([Evidence("a", delta), Evidence("b", 1e-5), Evidence("out", 1.0)], course)
        assert found.layers[0].trouble is trouble


def test_a_signal_is_measured_by_the_error_of_its_own_steps() -> None:
    blocks = [Evidence("a", 0.5), Evidence("b", 0.4), Evidence("out", 0.7)]
    for losses, trouble in (([0.4, 5e17], Trouble.STEADY), ([5e17, 5e17], Trouble.VANISHING)):
        assert {v.trouble for v in judge(blocks, LossCourse(np.array(losses), 0.5)).layers} >= {trouble}


@pytest.mark.parametrize(
    ("shape", "activation", "output"),
    [((4,), "tanh", "constant"), ((3, 8), "tanh", "xavier_uniform"), ((2, 6, 4), "elu", "constant")],
)
def test_units_that_start_alike_and_stay_so_are_named_once_the_loss_stands_and_are_cured(
    shape: tuple[int, ...], activation: str, output: str
) -> None:
    graph = feed_forward(
        shape, activation=activation, initializer="constant", scale=0.5, output=OutputParams(initializer=output)
    )
    xor = load(DataChoice(name="exclusive-or", samples=200))
    session = TrainingSession(Setup(graph, xor, Hyperparameters(optimizer="adam", learning_rate=0.02), "numpy"))
    assert not any(v.trouble is Trouble.ALIKE for v in session.snapshot(maps=False).verdicts)  # steps may part them
    for _ in range(150):
        session.run_epochs(1)
        snapshot = session.snapshot(maps=False)
        told = [v for v in snapshot.verdicts if v.trouble is Trouble.ALIKE]
        assert not (snapshot.is_well and any(v.is_alarm for v in told))
    named = next(v for v in told if v.block_id == "dense-1")
    assert named.is_alarm and named.units == tuple(range(shape[0]))
    z = walk(session.plan, session.state, session.observer.train.inputs)
    of_layer = next(result.z for node, result in z if node.id == "dense-1")
    np.testing.assert_allclose(of_layer, np.repeat(of_layer[:, :1], shape[0], axis=1), rtol=1e-6)
    case, trouble = Case(session.setup, snapshot), next(t for t in troubles(snapshot) if named in t)
    assert "initialise" in {remedy.key for remedy in remedies_for(case, trouble)}
    (best, *_) = proven_remedies(case, remedies_for(case, trouble), trouble, most=1)
    edit = edit_of(case, best)
    session.change(replace(session.setup, graph=edit.graph or graph, hyper=edit.hyper or session.setup.hyper))
    session.set_rows(edit.rows)
    session.run_epochs(150)
    after = session.snapshot(maps=False)
    assert after.train_loss < 0.7 * snapshot.train_loss
    assert not any(v.trouble is Trouble.ALIKE for v in after.verdicts)


@pytest.mark.parametrize("initializer", ["xavier_uniform", "he_normal", "normal", "orthogonal"])
@pytest.mark.parametrize("activation", ["tanh", "relu", "logistic", "identity"])
def test_units_drawn_at_random_are_never_alike(initializer: str, activation: str) -> None:
    session = session_of(feed_forward((2, 3), activation=activation, initializer=initializer), l2=0.1)
    for _ in range(40):
        session.run_epochs(2)
        assert Trouble.ALIKE not in set.union(*verdicts(session).values())


def test_units_are_alike_by_what_they_give_and_one_or_silent_ones_are_not() -> None:
    rows = np.linspace(-2.0, 2.0, 40)[:, None]
    node = session_of(feed_forward((3,))).plan.nodes[1]
    for z, are_alike in (
        (np.repeat(rows, 3, axis=1) * np.array([1.0, 1.0 + 1e-9, 1.0]), True),
        (np.repeat(rows, 3, axis=1) * np.array([1.0, 1.0 + 1e-4, 1.0]), False),
        (np.where(rows < 1.5, rows, rows * [1.0, 1.0, 1.1]), False),
        (rows, False),
        (np.zeros((40, 3)), False),
        (np.full((40, 3), np.nan), False),
    ):
        assert layer_health(node, z, np.tanh(z), np.zeros((40, 1))).are_alike is are_alike
