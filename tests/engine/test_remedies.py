"""Remedies fit the network, do what they say, and are not offered for what has been done already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.data import DataChoice, Dataset, load
from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.graph.edit import set_params
from engine.graph.kinds.output import OutputParams
from engine.graph.validation import validate
from engine.hyperparameters import Hyperparameters
from engine.training.quality import Quality, is_by_heart, is_mostly_learnt
from engine.training.remedies import (
    Case,
    Edit,
    Remedy,
    edit_of,
    remedies_by_heart,
    remedies_for,
    remedies_for_large_steps,
    troubles,
)
from engine.training.remedies.base import cure
from engine.training.session import Setup, TrainingSession
from engine.training.tables import target_of
from engine.training.trial import try_remedies
from engine.training.verdicts import LearningState, Trouble

CIRCLE = load(DataChoice(name="circle", samples=80))


class Patient:
    """A session, what is wrong with it, and hands to mend it."""

    def __init__(self, graph: NetworkGraph, steps: int = 20, **hyper: object) -> None:
        self.session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters.model_validate(hyper), "numpy"))
        self.session.run_steps(steps)

    @property
    def case(self) -> Case:
        return Case(self.session.setup, self.session.snapshot(maps=False))

    def remedies(self, kind: Trouble) -> dict[str, Remedy]:
        """What is offered for the first trouble of this kind; nothing without one."""
        case = self.case
        for trouble in troubles(case.snapshot):
            if trouble[0].trouble is kind:
                return {remedy.key: remedy for remedy in remedies_for(case, trouble)}
        return {}

    def apply(self, remedy: Remedy) -> Edit:
        setup, edit = self.session.setup, edit_of(self.case, remedy)
        graph, hyper = edit.graph or setup.graph, edit.hyper or setup.hyper
        assert not [problem for problem in validate(graph, target_of(CIRCLE)) if problem.blocking]
        self.session.change(Setup(graph, CIRCLE, hyper, "numpy"))
        self.session.set_rows(edit.rows)
        return edit


def deep(activation: str, **more: object) -> NetworkGraph:
    return feed_forward((6,) * 8, activation=activation, **more)  # type: ignore[arg-type]


def with_dead_units(*units: int, width: int = 8) -> Patient:
    patient = Patient(feed_forward((width, 4), activation="relu", initializer="he_normal"), learning_rate=0.001)
    bias = np.zeros(width)
    bias[list(units)] = -100.0
    patient.session.set_weights({("dense-1", "b"): bias})
    return patient


def test_a_revived_unit_is_on_for_half_of_the_points_and_nothing_else_changes() -> None:
    torch = pytest.importorskip("torch")
    patient = with_dead_units(2, 5)
    patient.session.run_steps(3)
    before = patient.case.snapshot.weights
    remedy = patient.remedies(Trouble.DEAD)["revive"]
    assert (remedy.blocks, remedy.units) == (("dense-1",), (2, 5))
    patient.apply(remedy)
    after = patient.case.snapshot.weights
    x = torch.tensor(CIRCLE.x[CIRCLE.train])
    z = torch.nn.functional.linear(x, torch.tensor(after["dense-1", "W"]), torch.tensor(after["dense-1", "b"]))
    for unit in (2, 5):
        assert float((z[:, unit] > 0).double().mean()) == pytest.approx(0.5, abs=0.02)
    others = [unit for unit in range(8) if unit not in (2, 5)]
    assert np.array_equal(after["dense-1", "W"][others], before["dense-1", "W"][others])
    assert np.array_equal(after["dense-2", "W"], before["dense-2", "W"])
    assert patient.case.snapshot.layers[0].health.dead == ()
    assert patient.session.state.step > 0  # the optimiser remembers the others


def test_a_unit_without_a_bias_is_revived_too() -> None:
    graph = set_params(feed_forward((4,), activation="relu"), "dense-1", bias=False)
    graph = set_params(graph, "input-1", features=("x1^2", "x2^2"))
    patient = Patient(graph, learning_rate=0.0001)
    patient.session.set_rows({("dense-1", "W"): {1: np.array([-1.0, -1.0])}})
    patient.apply(patient.remedies(Trouble.DEAD)["revive"])
    assert patient.case.snapshot.layers[0].health.on[1] > 0.1


def test_a_unit_that_is_fed_nothing_but_zeros_is_opened_by_its_bias() -> None:
    patient = Patient(feed_forward((3, 3), activation="relu"), learning_rate=0.0001)
    patient.session.set_weights({("dense-1", "b"): np.full(3, -100.0), ("dense-2", "b"): np.array([1.0, -1.0, 1.0])})
    case = patient.case
    second = next(t for t in troubles(case.snapshot) if t[0].block_id == "dense-2")
    revive = next(remedy for remedy in remedies_for(case, second) if remedy.key == "revive")
    patient.apply(revive)
    assert patient.case.snapshot.layers[1].health.on.tolist() == [1.0, 1.0, 1.0]


def test_a_layer_that_is_dead_throughout_is_drawn_anew() -> None:
    patient = with_dead_units(*range(8))
    offered = patient.remedies(Trouble.DEAD)
    assert "revive" not in offered
    patient.apply(offered["reinitialise"])
    assert patient.case.snapshot.layers[0].dead < 0.5


def test_leaky_relu_brings_dead_units_back_and_keeps_every_weight() -> None:
    patient = with_dead_units(2)
    before = patient.case.snapshot.weights
    edit = patient.apply(patient.remedies(Trouble.DEAD)["leaky"])
    assert edit.rows == {}
    snapshot = patient.case.snapshot
    assert all(np.array_equal(snapshot.weights[key], before[key]) for key in before)
    assert snapshot.layers[0].health.dead == ()


@pytest.mark.parametrize("key", ["relu_he", "leaky_he", "tanh_xavier", "layer_norm", "skip"])
def test_every_cure_of_vanishing_gradients_cures_and_is_not_offered_again(key: str) -> None:
    patient = Patient(deep("logistic"), optimizer="sgd", learning_rate=0.1)
    first = patient.case.snapshot.layers
    patient.apply(patient.remedies(Trouble.VANISHING)[key])
    layers = patient.case.snapshot.layers
    assert layers[0].delta / layers[-2].delta > 30 * first[0].delta / first[-2].delta
    assert key not in patient.remedies(Trouble.VANISHING)


def test_what_is_set_already_is_not_advised() -> None:
    relu = Patient(deep("relu", initializer="he_normal", scale=0.2), steps=0)
    offered = relu.remedies(Trouble.VANISHING)
    assert "initialise" in offered and "relu_he" not in offered
    relu.apply(offered["initialise"])
    assert relu.session.setup.graph.block("dense-1").params.scale is None
    assert relu.remedies(Trouble.VANISHING) == {}
    large = Patient(
        deep("identity", initializer="normal", scale=5.0, output=OutputParams(activation="identity")),
        steps=0,
        clip_norm=1.0,
    )
    offered = large.remedies(Trouble.EXPLODING)
    assert {"initialise", "layer_norm"} <= offered.keys() and "clip" not in offered
    large.apply(offered["layer_norm"])
    assert "layer_norm" not in large.remedies(Trouble.EXPLODING)


def test_initialisation_is_more_than_a_setting() -> None:
    """A change of the setting alone would leave the weights as they are."""
    graph = deep("relu", initializer="normal", scale=6.0, output=OutputParams(activation="identity"))
    patient = Patient(graph, steps=0)
    patient.apply(patient.remedies(Trouble.EXPLODING)["initialise"])
    weights = patient.case.snapshot.weights["dense-3", "W"]
    assert patient.session.setup.graph.block("dense-3").params.initializer == "he_normal"
    assert float(weights.std()) == pytest.approx(np.sqrt(2 / 6), rel=0.5)


def test_fitting_start_weights_bring_a_gradient_back_to_a_network_of_zeros() -> None:
    patient = Patient(deep("tanh", initializer="zeros", output=OutputParams(initializer="zeros")), steps=0)
    remedy = patient.remedies(Trouble.VANISHING)["initialise"]
    assert "output-1" in remedy.blocks
    patient.apply(remedy)
    after = patient.case.snapshot
    assert all(after.weights[block, "W"].all() for block in remedy.blocks)
    assert after.plan.output.params.initializer == "xavier_uniform"
    assert not [verdict for verdict in after.verdicts if verdict.trouble is Trouble.VANISHING]


def test_an_overgrown_unit_is_drawn_anew_or_its_steps_made_smaller() -> None:
    patient = with_dead_units()
    patient.session.set_weights({("dense-1", "b"): np.full(8, 1e6)})
    offered = patient.remedies(Trouble.OVERGROWN)
    assert set(offered) == {"reinitialise", "lower_rate", "clip"}
    patient.apply(offered["clip"])
    assert patient.session.setup.hyper.clip_norm == 1.0
    patient.apply(patient.remedies(Trouble.OVERGROWN)["lower_rate"])
    assert patient.session.setup.hyper.learning_rate == 0.0005
    patient.apply(patient.remedies(Trouble.OVERGROWN)["reinitialise"])
    assert patient.remedies(Trouble.OVERGROWN) == {}


def test_a_saturated_layer_is_drawn_anew_or_made_relu() -> None:
    patient = Patient(feed_forward((6,), activation="tanh", initializer="normal", scale=9.0))
    offered = patient.remedies(Trouble.SATURATED)
    assert set(offered) >= {"initialise", "reinitialise", "relu"}
    patient.apply(offered["relu"])
    assert patient.remedies(Trouble.SATURATED) == {}


def test_units_that_steps_have_saturated_are_given_smaller_ones_first() -> None:
    for scale, first in ((9.0, "initialise"), (None, "lower_rate")):
        initializer = "normal" if scale else "xavier_uniform"
        patient = Patient(feed_forward((6,), activation="tanh", initializer=initializer, scale=scale))
        weights = patient.session.snapshot(maps=False).weights
        pushed = weights["dense-1", "b"] + np.where(np.arange(6) % 2, 30.0, -30.0)
        patient.session.set_weights({**weights, ("dense-1", "b"): pushed})
        assert next(iter(patient.remedies(Trouble.SATURATED))) == first


def test_one_that_knows_most_points_all_the_same_is_not_drawn_anew() -> None:
    patient = Patient(feed_forward((6,), activation="tanh"), steps=600, learning_rate=0.03)
    weights = patient.session.snapshot(maps=False).weights
    patient.session.set_weights({key: (20.0 if key[0] == "dense-1" else 1.0) * array for key, array in weights.items()})
    case = patient.case
    assert case.snapshot.train_accuracy == pytest.approx(0.95) and not case.snapshot.mastered
    ((verdict,),) = troubles(case.snapshot)
    assert not verdict.is_alarm
    assert set(patient.remedies(Trouble.SATURATED)) == {"lower_rate"}
    anew = Remedy("reinitialise", ("dense-1",))
    as_it_is, drawn = try_remedies(case, [anew])
    assert drawn.remedy == anew and drawn.loss > 2.0 * as_it_is.loss


@pytest.mark.parametrize(
    ("score", "common", "mostly"),
    [
        (0.8, 0.5, True),
        (0.79, 0.5, False),
        (0.94, 0.88, False),
        (0.96, 0.88, True),
        (0.6, 0.0, True),
        (0.5, 0.0, False),
    ],
)
def test_most_is_learnt_by_the_way_from_the_most_common_class(score: float, common: float, mostly: bool) -> None:
    assert is_mostly_learnt(Quality(0.0, score), common) is mostly


def test_who_only_says_the_most_common_class_has_learnt_nothing() -> None:
    rare = replace(CIRCLE, y=np.where(np.arange(len(CIRCLE.y)) % 8 == 0, 1, 0))
    session = TrainingSession(Setup(feed_forward((6,), activation="tanh"), rare, Hyperparameters(), "numpy"))
    session.run_steps(1)
    session.set_weights({("dense-1", "b"): np.full(6, 50.0), ("output-1", "W"): np.full((1, 6), -1.0)})
    snapshot = session.snapshot(maps=False)
    verdict = next(one for one in snapshot.verdicts if one.trouble is Trouble.SATURATED)
    assert verdict.block_id == "dense-1" and snapshot.train_accuracy == rare.common_share > 0.8
    assert verdict.is_alarm


def test_an_output_that_lets_nothing_through_gets_another_function() -> None:
    patient = Patient(feed_forward((4,), output=OutputParams(activation="step")))
    patient.apply(patient.remedies(Trouble.VANISHING)["output_tanh"])
    assert patient.remedies(Trouble.VANISHING) == {}


def test_a_solved_network_is_left_alone() -> None:
    graph = feed_forward((12,), activation="relu", initializer="he_normal")
    patient = Patient(graph, steps=800, learning_rate=0.005, seed=3)
    patient.session.set_rows({("dense-1", "b"): {5: np.array(-100.0)}})  # the unit that counts least
    case = patient.case
    assert case.snapshot.mastered
    ((dead, *_), *_) = troubles(case.snapshot)
    assert (dead.trouble, dead.units) == (Trouble.DEAD, (5,))
    assert remedies_for(case, (dead,)) == ()


def _many_columns(path: Path) -> Dataset:
    """Columns of noise, and a target that has nothing to do with them."""
    draw = np.random.default_rng(3)
    rows = [",".join(f"{value:.4f}" for value in draw.normal(size=200)) + f",{'ab'[row % 2]}" for row in range(48)]
    path.write_text("\n".join([",".join([*(f"c{at}" for at in range(200)), "kind"]), *rows]))
    return load(DataChoice(source="file", path=str(path)))


def test_points_learnt_by_heart_are_told_by_the_test_points_and_its_remedies_are_offered_once(tmp_path: Path) -> None:
    dataset = _many_columns(tmp_path / "noise.csv")
    hyper = Hyperparameters(l2=0.0001)  # too little to count
    session = TrainingSession(Setup(feed_forward((8,), features=dataset.columns), dataset, hyper, "numpy"))
    session.run_epochs(60)
    case = Case(session.setup, session.snapshot(maps=False))
    assert case.snapshot.mastered and case.snapshot.by_heart and case.snapshot.accuracy < 0.85
    small, dropout = remedies_by_heart(case)
    assert (small.key, dropout.blocks) == ("l2", ("dense-1",))
    mended, graph = edit_of(case, small).hyper, edit_of(case, dropout).graph
    assert mended is not None and mended.l2 == small.value and graph is not None
    (wire,) = graph.wires_from("dense-1")
    assert graph.block(wire.target).kind == "dropout"
    assert not [problem for problem in validate(graph, target_of(dataset)) if problem.blocking]
    session.change(Setup(graph, dataset, mended, "numpy"))
    again = Case(session.setup, session.snapshot(maps=False))
    assert again.snapshot.by_heart and remedies_by_heart(again) == ()


@pytest.mark.parametrize(
    ("train", "test", "classes", "rows", "by_heart"),
    [
        (1.0, 0.67, 2, 24, True),
        (1.0, 0.95, 2, 24, False),
        (0.8, 0.6, 2, 24, False),  # not learnt
        (1.0, 0.8, 2, 10, False),  # two rows say little
        (1.0, 0.7, 2, 10, True),
        (1.0, float("nan"), 2, 0, False),
        (0.99, 0.3, 0, 10, True),
        (0.99, 0.95, 0, 10, False),
    ],
)
def test_by_heart_is_what_the_test_rows_clearly_do_not_bear_out(
    train: float, test: float, classes: int, rows: int, by_heart: bool
) -> None:
    assert is_by_heart(Quality(0.0, train), Quality(0.0, test), classes, rows, 0.5) is by_heart


@pytest.mark.parametrize(
    ("train", "test", "score", "by_heart"),
    [
        (1.1e-5, 0.1893, 0.9, True),  # the gallery's too many units at epoch 382
        (0.0, 0.09, 0.93, False),
        (0.02, 0.19, 0.9, False),  # not far above
        (1e-5, 0.2, 0.99, False),  # one row of 60
        (1e-5, float("nan"), float("nan"), False),
    ],
)
def test_by_heart_is_a_test_loss_far_above_the_training_loss(
    train: float, test: float, score: float, by_heart: bool
) -> None:
    assert is_by_heart(Quality(train, 1.0), Quality(test, score), 2, 60, 0.5) is by_heart


def test_new_blocks_stand_where_there_is_room() -> None:
    patient = Patient(deep("logistic"), optimizer="sgd", learning_rate=0.1)
    edit = edit_of(patient.case, patient.remedies(Trouble.VANISHING)["skip"])
    assert edit.graph is not None
    places = [(block.x, block.y) for block in edit.graph.blocks]
    assert len(set(places)) == len(places)
    assert max(x for x, _ in places) == edit.graph.block("output-1").x


@pytest.mark.parametrize(("activation", "rate"), [("tanh", 10.0), ("relu", 10.0)])
def test_where_steps_were_too_large_the_first_remedy_is_the_one_that_trials_find_best(
    activation: str, rate: float
) -> None:
    patient = Patient(feed_forward((8, 8), activation=activation), 60, optimizer="sgd", learning_rate=rate, seed=4)
    case = patient.case
    trouble = troubles(case.snapshot)[0]
    first, *others = remedies_for(case, trouble)
    assert first.key == "start_slower" and others
    assert first.value is not None and first.value < rate / 5
    base, best, *_ = try_remedies(case, (first, *others), epochs=40)
    assert best.remedy == first and best.helps and best.score > base.score
    patient.apply(first)
    patient.session.run_steps(10)
    assert patient.case.snapshot.history.largest_update[1] < 0.7


def test_a_loss_that_was_thrown_far_off_is_brought_back_though_no_layer_is_in_trouble() -> None:
    graph = feed_forward((3, 3), activation="leaky_relu", output=OutputParams(activation="identity"))
    patient = Patient(graph, 0, optimizer="adam", learning_rate=30.0, seed=1)
    for _ in range(15):  # each a look, from which the course of the loss is known
        patient.session.run_epochs(4)
        case = patient.case
    assert case.snapshot.learning is LearningState.THROWN and not troubles(case.snapshot)
    _, best, *_ = try_remedies(case, remedies_for_large_steps(case), epochs=80)
    assert best.helps and best.score > 0.95


@pytest.mark.parametrize(("optimizer", "rate"), [("sgd", 0.1), ("adam", 0.03)])
def test_a_fair_rate_is_not_blamed(optimizer: str, rate: float) -> None:
    patient = Patient(deep("logistic"), 60, optimizer=optimizer, learning_rate=rate)
    assert "start_slower" not in patient.remedies(Trouble.VANISHING)


def test_a_rate_is_not_blamed_where_weights_begin_at_nothing() -> None:
    patient = Patient(feed_forward((8, 8), activation="logistic", initializer="zeros"), 4, optimizer="sgd",
                      learning_rate=0.001)  # fmt: skip
    case = patient.case
    for trouble in troubles(case.snapshot):
        assert "start_slower" not in [remedy.key for remedy in remedies_for(case, trouble)]


def test_a_rate_is_not_blamed_where_the_loss_has_come_down() -> None:
    for seed in range(5):
        patient = Patient(feed_forward((8, 8), activation="relu"), 400, optimizer="sgd", learning_rate=0.7, seed=seed)
        case = patient.case
        assert case.snapshot.train_loss < 0.1, seed
        for trouble in troubles(case.snapshot):
            assert "start_slower" not in [remedy.key for remedy in remedies_for(case, trouble)], seed


@pytest.mark.parametrize(("units", "is_offered"), [(2, False), (3, False), (4, True)])
def test_layer_norm_is_offered_where_it_leaves_units_something_to_say(units: int, is_offered: bool) -> None:
    case = Patient(feed_forward((units,), activation="logistic")).case
    assert (cure("layer_norm").offer(case, ()) is not None) is is_offered
