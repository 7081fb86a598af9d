"""Remedies tried on copies: fair to each other, no trace of it in the run, and applied they give what was shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations, product
from math import inf
from pathlib import Path
from time import sleep

import numpy as np
import pytest

from engine.data import DataChoice, Dataset, load
from engine.gradients.building import setup_of
from engine.gradients.figures import shared_dataset
from engine.gradients.presets import PRESETS
from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.graph.edit import set_params
from engine.graph.kinds.base import Array
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import DEFAULT_RATE, Hyperparameters
from engine.network.contract import LARGEST_WEIGHT, TrainReport
from engine.network.plan import WeightKey
from engine.training import trial
from engine.training.divergence import problem_of
from engine.training.remedies import (
    MOST_PAIRED,
    Case,
    Edit,
    Remedy,
    edit_of,
    further_remedies,
    gentler,
    remedies_after,
    remedies_for,
    remedies_for_large_steps,
    remedies_for_linear,
    remedies_for_outliers,
    remedies_for_raw_numbers,
    remedies_for_settings,
    troubles,
)
from engine.training.remedies.rates import CLIP
from engine.training.session import Setup, TrainingSession
from engine.training.trial import (
    SECONDS,
    TrialOutcome,
    _copy,
    _helps,
    _Trial,
    proven_remedies,
    recommended_first,
    survives,
    try_remedies,
)
from engine.training.verdicts import LearningState, Trouble, Verdict

CIRCLE = load(DataChoice(name="circle", samples=100))
EASY = load(DataChoice(name="two-gaussians", samples=100))


def a_run(optimizer: str = "sgd") -> TrainingSession:
    """A session in the middle of an epoch."""
    graph = feed_forward((6,) * 6, activation="logistic")
    hyper = Hyperparameters(optimizer=optimizer, learning_rate=0.1, stop_after_epochs=3, batch_size=25)
    session = TrainingSession(Setup(graph, CIRCLE, hyper))
    session.run_steps(5)
    return session


def case_of(session: TrainingSession) -> Case:
    return Case(session.setup, session.snapshot(maps=False))


@pytest.fixture(scope="module")
def case() -> Case:
    return case_of(a_run())


def test_cures_of_vanishing_stand_by_their_scores_and_those_that_fail_come_last(case: Case) -> None:
    before = {key: array.copy() for key, array in case.snapshot.weights.items()}
    remedies = remedies_for(case, troubles(case.snapshot)[0])
    shares: list[float] = []
    base, *tried = try_remedies(case, remedies, epochs=60, progress=shares.append)
    assert base.remedy is None and base.score < 0.8 and base.signal < 1e-2
    assert {one.remedy for one in tried} == set(remedies)
    helped = [one.helps for one in tried]
    assert helped == sorted(helped, reverse=True) and helped[0]
    best = tried[0]
    assert best.score > 0.95 and best.signal > 0.05
    assert all(one.score > other.score - 0.02 for one, other in combinations([one for one in tried if one.helps], 2))
    failing = [one.remedy for one in tried if not one.helps]
    assert failing == [remedy for remedy in remedies if remedy in failing]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert all(np.array_equal(case.snapshot.weights[key], before[key]) for key in before)


def test_what_scores_clearly_best_is_recommended_and_else_what_is_offered_first(case: Case) -> None:
    base = try_remedies(case, ())[0]

    def recommended(**scores: float) -> list[str]:
        found = [replace(base, remedy=Remedy(key), score=score, helps=score > 0.5) for key, score in scores.items()]
        return [one.remedy.key for one in recommended_first(found) if one.remedy is not None]

    assert recommended(relu_he=0.712, layer_norm=0.8) == ["layer_norm", "relu_he"]
    assert recommended(relu_he=0.79, layer_norm=0.8) == ["relu_he", "layer_norm"]
    assert recommended(revive=0.2, relu_he=0.79, skip=0.3, layer_norm=0.9) == [
        "layer_norm",
        "relu_he",
        "revive",
        "skip",
    ]


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_what_was_shown_is_what_the_run_itself_gives(optimizer: str) -> None:
    session = a_run(optimizer)
    case = case_of(session)
    remedy = remedies_for(case, troubles(case.snapshot)[0])[0]
    base, shown = try_remedies(case, [remedy], epochs=10)
    endless = case.setup.hyper.model_copy(update={"stop_after_epochs": None})
    for outcome in (base, shown):
        session = a_run(optimizer)
        session.change(Setup(outcome.edit.graph or case.graph, CIRCLE, endless))
        session.set_rows(outcome.edit.rows)
        session.run_steps(10 * session.steps_per_epoch - session.cursor % session.steps_per_epoch)
        snapshot = session.snapshot(maps=False)
        assert (snapshot.train_loss, snapshot.accuracy) == (outcome.loss, outcome.score)


def test_it_can_be_given_up(case: Case) -> None:
    remedies = remedies_for(case, troubles(case.snapshot)[0])
    shares = [0.0]
    two = 2 / (1 + len(remedies))
    found = try_remedies(case, remedies, epochs=5, cancelled=lambda: shares[-1] >= two, progress=shares.append)
    assert len(found) == 2


def test_what_the_doctor_says_helps_is_what_is_offered(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "SECONDS", inf)
    monkeypatch.setattr(trial, "EPOCHS", 40)
    (trouble,) = (found for found in troubles(case.snapshot) if found[0].trouble is Trouble.VANISHING)
    offered = remedies_for(case, trouble)
    listed = [one.remedy for one in try_remedies(case, offered, trouble, epochs=40) if one.helps]
    proven = proven_remedies(case, offered, trouble, most=9)
    assert len(listed) > 2 and set(proven) == set(listed)
    assert list(proven) == [remedy for remedy in offered if remedy in listed]


def dying(seed: int = 14) -> TrainingSession:
    """Circle, three ReLU units, identity output, SGD: a unit has died, and a new draw of it makes the run explode."""
    graph = feed_forward((3,), activation="relu", initializer="he_normal", output=OutputParams(activation="identity"))
    hyper = Hyperparameters(optimizer="sgd", learning_rate=0.2, seed=seed)
    session = TrainingSession(Setup(graph, load(DataChoice(name="circle")), hyper))
    session.run_epochs(40)
    return session


def test_a_cure_that_explodes_is_not_offered() -> None:
    case = case_of(dying())
    (trouble,) = (found for found in troubles(case.snapshot) if found[0].trouble is Trouble.DEAD)
    offered = remedies_for(case, trouble)
    revive = next(remedy for remedy in offered if remedy.key == "revive")
    assert revive.units == (2,) and not survives(case, edit_of(case, revive))
    proven = proven_remedies(case, offered, trouble, most=9)
    assert revive not in proven
    for remedy in proven:
        session = _copy(case, edit_of(case, remedy))
        session.run_epochs(80)
        assert session.failure is None
        kept = session.snapshot(maps=False).verdicts
        assert not any(v.trouble is Trouble.DEAD and v.block_id == "dense-1" and v.is_alarm for v in kept)


@pytest.mark.parametrize(
    ("graph", "hyper", "setting"),
    [
        (feed_forward((4, 2)), {"learning_rate": 1e300}, "learning_rate"),
        (feed_forward((4, 2)), {"learning_rate": 1e9, "optimizer": "sgd"}, "learning_rate"),
        (feed_forward((4, 2)), {"learning_rate": 100.0}, "learning_rate"),
        (feed_forward((6, 3)), {"learning_rate": 1e-300, "optimizer": "sgd"}, "learning_rate"),
        (feed_forward((6, 3)), {"learning_rate": 1e-6, "optimizer": "sgd"}, "learning_rate"),
        (feed_forward((6, 3)), {"learning_rate": 1e-6}, "learning_rate"),
        (feed_forward((4, 2)), {"l2": 1e300, "optimizer": "sgd"}, "l2"),
        (feed_forward((4, 2)), {"l2": 50.0}, "l2"),
        (feed_forward((4, 2)), {"l1": 50.0}, "l1"),
        (feed_forward((4, 2)), {"weight_decay": 1e6, "optimizer": "adamw"}, "weight_decay"),
        (feed_forward((4, 2), initializer="normal", scale=1e200), {}, "gain"),
        (feed_forward((4, 2), initializer="xavier_uniform", scale=1e9), {}, "gain"),
    ],
)
def test_a_setting_out_of_any_range_is_named_and_mended_first(
    graph: NetworkGraph, hyper: dict[str, object], setting: str
) -> None:
    session = TrainingSession(Setup(graph, load(DataChoice(name="circle")), Hyperparameters.model_validate(hyper)))
    for _ in range(10):
        session.run_epochs()
        session.judge()
    session.diagnose()
    case = case_of(session)
    assert [fault.setting for fault in case.snapshot.range_faults] == [setting]
    offered = remedies_after(case) if session.failure is not None else remedies_for_settings(case)
    (first,) = proven_remedies(case, offered, most=1)
    assert first.key in ("usual_settings", "usual_anew")
    copy = _copy(case, edit_of(case, first))
    copy.run_epochs(100)
    mended = copy.snapshot(maps=False)
    assert mended.range_faults == () and mended.learning in (LearningState.FALLING, LearningState.LEARNT)
    assert mended.accuracy > 0.9


def test_two_settings_out_of_range_are_mended_together() -> None:
    hyper = Hyperparameters(learning_rate=1e300, l2=1e300)
    session = TrainingSession(Setup(feed_forward((4, 2)), CIRCLE, hyper))
    session.run_epochs()
    session.diagnose()
    case = case_of(session)
    (first,) = proven_remedies(case, remedies_after(case), most=1)
    mended = edit_of(case, first).hyper
    assert mended is not None and (mended.learning_rate, mended.l2) == (DEFAULT_RATE, 0.0)


def test_a_setting_that_is_far_out_but_does_no_harm_is_not_blamed() -> None:
    hyper = Hyperparameters(learning_rate=1.5, optimizer="adam")
    session = TrainingSession(Setup(feed_forward((), output=OutputParams(loss="binary_cross_entropy")), EASY, hyper))
    for _ in range(20):
        session.run_epochs()
    snapshot = session.snapshot(maps=False)
    assert snapshot.mastered and snapshot.range_faults == ()


def test_a_setting_far_out_is_named_of_a_solved_network_before_a_step_tries_it() -> None:
    session = TrainingSession(Setup(feed_forward((6, 3)), CIRCLE, Hyperparameters(learning_rate=0.02)))
    for _ in range(80):
        session.run_epochs()
    assert session.snapshot(maps=False).learning is LearningState.LEARNT
    session.change(replace(session.setup, hyper=session.setup.hyper.model_copy(update={"learning_rate": 1e300})))
    case = case_of(session)
    (fault,) = case.snapshot.range_faults
    assert fault.value == 1e300 and case.snapshot.learning is LearningState.LEARNT
    (cure, *_) = proven_remedies(case, remedies_for_settings(case), most=1)
    hyper = edit_of(case, cure).hyper
    assert cure.key == "usual_settings" and hyper is not None and hyper.learning_rate == DEFAULT_RATE


USUAL_RATES = (0.001, 0.003, 0.01, 0.1, 0.3)


@pytest.mark.parametrize("name", ["circle", "exclusive-or", "two-spirals", "multi-gaussian"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_usual_rate_is_never_called_too_small(name: str, optimizer: str) -> None:
    """However long the loss stands: after each of its epochs, in small batches and in one of all points."""
    for rate, batch_size in product(USUAL_RATES, (10, 1000)):
        hyper = Hyperparameters(learning_rate=rate, optimizer=optimizer, batch_size=batch_size)
        session = TrainingSession(Setup(feed_forward((6, 3)), load(DataChoice(name=name)), hyper))
        for _ in range(30):
            session.run_epochs()
            assert not any(fault.moves_barely for fault in session.snapshot(maps=False).range_faults)


def test_a_tiny_rate_is_not_blamed_where_no_gradient_arrives() -> None:
    dead = TrainingSession(Setup(feed_forward((6, 3), activation="relu"), CIRCLE, Hyperparameters(learning_rate=1e-5)))
    dead.set_weights({("dense-1", "b"): np.full(6, -50.0), ("dense-2", "b"): np.full(3, -50.0)})
    for _ in range(40):
        dead.run_epochs()
        dead.judge()
    snapshot = dead.snapshot(maps=False)
    assert snapshot.learning is LearningState.NO_BETTER and snapshot.range_faults == ()


def test_a_rate_that_was_lowered_too_far_is_told_by_the_steps_since() -> None:
    session = TrainingSession(
        Setup(feed_forward((6, 3)), CIRCLE, Hyperparameters(optimizer="sgd", learning_rate=0.003))
    )
    for _ in range(3):
        session.run_epochs()
    session.change(replace(session.setup, hyper=session.setup.hyper.model_copy(update={"learning_rate": 1e-6})))
    assert session.snapshot(maps=False).range_faults == ()
    for _ in range(40):
        session.run_epochs()
        session.judge()
    (fault,) = session.snapshot(maps=False).range_faults
    assert fault.moves_barely and fault.value == 1e-6 < fault.limit < DEFAULT_RATE == fault.usual


def test_a_setting_that_is_too_small_is_not_blamed_for_a_breakdown() -> None:
    graph = feed_forward((4, 2), initializer="normal", scale=1e10)
    session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters(learning_rate=1e-8)))
    session.set_weight("dense-1", "b", (0,), 2 * LARGEST_WEIGHT)
    session.run_steps(3)
    assert session.failure is not None
    snapshot = session.snapshot(maps=False)
    assert [fault.setting for fault in snapshot.range_faults] == ["gain"]
    said = problem_of(session.failure, session.plan, snapshot.range_faults).sentence
    assert "the scale of the start weights is 1e+10" in said and "above 100" in said


def test_usual_settings_are_set_though_the_run_has_recovered() -> None:
    session = TrainingSession(Setup(feed_forward((4, 2)), CIRCLE, Hyperparameters(learning_rate=100.0)))
    for _ in range(10):
        session.run_epochs()
    case = case_of(session)
    (remedy,) = remedies_for_settings(case)
    recovered = replace(case, snapshot=replace(case.snapshot, range_faults=()))
    hyper = edit_of(recovered, remedy).hyper
    assert hyper is not None and hyper.learning_rate == DEFAULT_RATE


def set_by_hand(change: Callable[[WeightKey, Array], Array], *, epochs: int = 0) -> Case:
    """Circle, two layers of tanh, their weights changed before the first step."""
    session = TrainingSession(
        Setup(feed_forward((6, 6)), load(DataChoice(name="circle")), Hyperparameters(learning_rate=0.02))
    )
    weights = session.snapshot(maps=False).weights
    session.set_weights({key: change(key, array) for key, array in weights.items()})
    session.run_steps(epochs * session.steps_per_epoch)
    return case_of(session)


ALL_LAYERS = ("dense-1", "dense-2", "output-1")


@pytest.mark.parametrize("epochs", [0, 1, 3])
def test_layers_that_are_all_saturated_are_drawn_anew_by_one_cure_and_nothing_else_is_offered(epochs: int) -> None:
    case = set_by_hand(lambda key, array: 1000.0 * array if key[1] == "W" else array, epochs=epochs)
    found = [trouble for trouble in troubles(case.snapshot) if trouble[0].is_alarm]
    assert {trouble[0].trouble for trouble in found} == {Trouble.VANISHING, Trouble.SATURATED}
    for trouble in found:
        (proven,) = proven_remedies(case, remedies_for(case, trouble), trouble, most=9)
        assert (proven.key, set(proven.blocks)) == ("reinitialise", set(ALL_LAYERS))
        _base, best, *rest = try_remedies(case, remedies_for(case, trouble), trouble)
        assert best.remedy == proven and best.helps and best.score > 0.95 and not any(one.helps for one in rest)


def test_layers_that_are_all_overgrown_are_drawn_anew_by_one_cure() -> None:
    session = TrainingSession(Setup(feed_forward((6, 6), activation="relu"), CIRCLE, Hyperparameters()))
    weights = session.snapshot(maps=False).weights
    session.set_weights({key: 1e6 * array if key[1] == "W" else array for key, array in weights.items()})
    case = case_of(session)
    overgrown = [trouble for trouble in troubles(case.snapshot) if trouble[0].trouble is Trouble.OVERGROWN]
    ill = {verdict.block_id for (verdict,) in overgrown}
    assert {"dense-1", "dense-2"} <= ill
    for trouble in overgrown:
        (anew,) = (remedy for remedy in remedies_for(case, trouble) if remedy.key == "reinitialise")
        assert ill <= set(anew.blocks) and anew in proven_remedies(case, [anew], trouble, most=1)


@pytest.mark.parametrize(("score", "loss", "lasting", "helps"), [
    (0.60, 0.90, {("dense-2", Trouble.SATURATED)}, False),  # some more points are right, by chance
    (0.60, 0.40, {("dense-2", Trouble.SATURATED)}, True),
    (0.60, 0.90, {("dense-2", Trouble.DEAD)}, True),
    (0.60, 1.10, set(), False),  # right oftener and, where it is wrong, more so
    (0.45, 0.40, set(), False),
])  # fmt: skip
def test_what_helps_is_clear_where_the_trouble_lasts_in_other_layers(
    score: float, loss: float, lasting: set[tuple[str, Trouble]], helps: bool
) -> None:
    base = TrialOutcome(None, Edit(), 1.0, 0.5, 1.0, 1.0, {("dense-1", Trouble.SATURATED): 6})
    one = replace(base, score=score, loss=loss, test_loss=loss, troubles=dict.fromkeys(lasting, 6))
    assert _helps(one, base, [Verdict("dense-1", Trouble.SATURATED, 1.0)]) is helps


def test_a_smaller_loss_is_no_help_where_hardly_a_point_is_left_to_gain() -> None:
    base = TrialOutcome(None, Edit(), 1.0, 0.9, 1e-3, 1e-3, {})
    assert _helps(replace(base, loss=1e-4), base, ())
    solved = replace(base, score=1.0)
    assert solved.is_nearly_solved and not _helps(replace(solved, loss=1e-4), solved, ())


def test_weights_that_nobody_has_drawn_are_drawn_anew_before_the_first_step() -> None:
    def stuck(key: WeightKey, array: Array) -> Array:
        return np.full_like(array, 50.0) if key == ("output-1", "b") else array

    case = set_by_hand(stuck)
    trouble = troubles(case.snapshot)[0]
    offered = {remedy.key: remedy for remedy in remedies_for(case, trouble)}
    assert case.snapshot.step == 0 and "output-1" in offered["reinitialise"].blocks
    assert offered["reinitialise"] in proven_remedies(case, tuple(offered.values()), trouble, most=9)
    drawn = set_by_hand(lambda _key, array: array)
    verdicts = tuple(replace(verdict, trouble=Trouble.SATURATED) for verdict in drawn.snapshot.verdicts)
    drawn = replace(drawn, snapshot=replace(drawn.snapshot, verdicts=verdicts))
    assert "reinitialise" not in {remedy.key for remedy in remedies_for(drawn, verdicts[:1])}


def test_a_trial_ends_in_time_however_long_an_epoch_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    session = TrainingSession(Setup(feed_forward((4,)), CIRCLE, Hyperparameters(batch_size=1)))
    run_steps = session.run_steps

    def slow(count: int, *, probe: bool) -> TrainReport:
        sleep(0.01 * count)
        return run_steps(count, probe=probe)

    monkeypatch.setattr(session, "run_steps", slow)
    shares = list(_Trial(80, SECONDS, lambda: False).run(session))
    assert shares[-1] == 1.0 and session.epoch < 20


def test_a_first_step_that_loads_the_kernels_does_not_cut_the_trial_short(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = _copy(case, Edit())
    run_steps, loaded = session.run_steps, []

    def cold(count: int, *, probe: bool) -> TrainReport:
        if not loaded:
            loaded.append(True)
            sleep(2 * SECONDS)
        return run_steps(count, probe=probe)

    monkeypatch.setattr(session, "run_steps", cold)
    before = session.cursor
    list(_Trial(4, SECONDS, lambda: False).run(session))
    assert session.cursor - before == 4 * session.steps_per_epoch - before % session.steps_per_epoch


def test_a_copy_takes_as_many_steps_as_one_that_ran_out_of_time() -> None:
    trial = _Trial(80, 0.0, lambda: False)
    steps = []
    for _ in range(2):
        session = a_run()
        before = session.cursor
        assert before % session.steps_per_epoch
        list(trial.run(session))
        steps.append(session.cursor - before)
    assert steps == [1, 1]


def test_no_cure_leaves_the_loss_thrown_far_off() -> None:
    """Ten identity layers whose weights a step has made 10⁵: a layer norm brings the loss from 10⁵² to 10⁴."""
    experiment = next(one.experiment for one in PRESETS if one.key == "exploding")
    session = TrainingSession(setup_of(experiment.configurations[0], shared_dataset(experiment), experiment.seed))
    session.run_steps(1)
    case = Case(session.setup, session.snapshot(maps=False))
    assert case.snapshot.train_loss > 1e10
    trouble = troubles(case.snapshot)[0]
    assert trouble[0].trouble is Trouble.EXPLODING
    _base, *tried = try_remedies(case, remedies_for(case, trouble), trouble)
    for one in tried:
        assert one.helps == (one.loss < 10 * session.observer.constant_loss and not one.broken), one.remedy
    assert tried[0].helps and tried[0].remedy is not None and tried[0].remedy.key == "initialise"


def test_a_cure_under_a_stuck_output_draws_the_output_too() -> None:
    """Layers drawn anew under an output that is sure of wrong answers get no gradient back."""
    dataset = load(DataChoice(name="circle", samples=200))
    graph = set_params(feed_forward((8, 8), activation="silu"), "dense-2", activation="x^x")
    session = TrainingSession(Setup(graph, dataset, Hyperparameters(learning_rate=0.01), "numpy"))
    weights = session.snapshot(maps=False).weights["output-1", "W"]
    session.set_weights({("output-1", "W"): 60 * weights, ("output-1", "b"): np.array([40.0])})
    session.run_steps(1)
    case = case_of(session)
    remedies = remedies_after(case)
    (proven,) = proven_remedies(case, remedies, most=1)
    assert (proven.key, proven.redrawn) == ("relu_instead", ("output-1",))
    alone, whole = (edit_of(case, remedy) for remedy in (remedies[0], proven))
    assert {block for block, _ in whole.rows} - {block for block, _ in alone.rows} == {"output-1"}
    scores = []
    for edit in (alone, whole):
        copy = _copy(case, edit)
        copy.run_epochs(80)
        scores.append(copy.snapshot(maps=False).train_accuracy)
    assert scores[0] < 0.9 and scores[1] > 0.95


def test_linear_units_are_cured_by_a_bend() -> None:
    xor = load(DataChoice(name="exclusive-or", samples=120))
    setup = Setup(feed_forward((4,), activation="identity"), xor, Hyperparameters(learning_rate=0.03), "numpy")
    session = TrainingSession(setup)
    session.run_epochs(40)
    case = case_of(session)
    offered = remedies_for_linear(case)
    assert [remedy.key for remedy in offered] == ["bend_tanh", "bend_relu"]
    assert proven_remedies(case, offered, most=2)
    session.change(replace(setup, graph=feed_forward((4,), activation="tanh")))
    assert remedies_for_linear(case_of(session)) == ()


def test_a_rate_that_is_too_low_is_raised_and_the_weights_stay() -> None:
    setup = Setup(feed_forward((8,)), CIRCLE, Hyperparameters(learning_rate=1e-300), "numpy")
    session = TrainingSession(setup)
    for _ in range(40):
        session.run_epochs(1)
    case = case_of(session)
    (remedy,) = remedies_for_settings(case)
    edit = edit_of(case, remedy)
    assert edit.hyper is not None and edit.hyper.learning_rate == remedy.value == DEFAULT_RATE
    assert not edit.rows and edit.back is None
    assert proven_remedies(case, (remedy,), most=1) == (remedy,)


@pytest.fixture(scope="module", params=["classes", "regression"])
def raw(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Age and income in their own units."""
    rng = np.random.default_rng(0)
    age, income = rng.uniform(17, 90, 240).round(), 10 ** rng.uniform(4, 6, 240)
    sums = (age - 50) / 20 + 2 * (np.log10(income) - 5)
    answers = [("yes" if each > 0 else "no") if request.param == "classes" else f"{1e4 * each:.1f}" for each in sums]
    path = tmp_path_factory.mktemp("raw") / "t.csv"
    rows = (f"{a:.0f},{i:.0f},{y}" for a, i, y in zip(age, income, answers, strict=True))
    path.write_text("\n".join(["age,income,y", *rows]))
    return load(DataChoice(source="file", path=str(path), standardise=False))


def test_raw_numbers_are_cured_by_standardising_and_the_weights_stay(raw: Dataset) -> None:
    session = TrainingSession(Setup(feed_forward((4,), features=raw.columns), raw, Hyperparameters(), "numpy"))
    session.run_epochs(20)
    case = case_of(session)
    (remedy,) = remedies_for_raw_numbers(case)
    edit = edit_of(case, remedy)
    assert not edit.rows and edit.back is None
    assert proven_remedies(case, (remedy,), most=1) == (remedy,)
    assert edit.dataset is not None
    session.change(replace(session.setup, dataset=edit.dataset))
    assert remedies_for_raw_numbers(case_of(session)) == ()


def test_a_breakdown_on_raw_numbers_is_cured_by_standardising(raw: Dataset) -> None:
    hyper = Hyperparameters(optimizer="sgd", learning_rate=0.1)
    graph = feed_forward((4,), features=raw.columns, activation="relu")
    output = {"loss": "squared_error", "activation": "identity"}
    session = TrainingSession(Setup(set_params(graph, "output-1", **output), raw, hyper, "numpy"))
    session.run_epochs(20)
    case = case_of(session)
    assert session.failure is not None
    first, *_ = proven_remedies(case, remedies_after(case), most=2)
    assert first.key == "standardise"


def deep_and_fast() -> Case:
    """Ten layers of eight ReLU units from tiny weights, at a rate that is too high for ten layers."""
    graph = feed_forward((8,) * 10, activation="relu", initializer="normal", scale=0.1)
    hyper = Hyperparameters(learning_rate=0.03)
    session = TrainingSession(Setup(graph, load(DataChoice(name="circle", samples=60)), hyper))
    session.run_epochs(60)
    return case_of(session)


def test_where_no_single_cure_is_enough_one_is_paired_with_a_lower_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "SECONDS", inf)
    case = deep_and_fast()
    found = troubles(case.snapshot)
    assert len(found) > 5 and {trouble[0].trouble for trouble in found} == {Trouble.VANISHING, Trouble.DEAD}
    for trouble in (found[0], found[1], found[4]):
        offered = remedies_for(case, trouble)
        assert not any(one.helps for one in try_remedies(case, offered, trouble) if one.remedy in offered)
        (proven,) = proven_remedies(case, offered, trouble, most=2)
        assert proven.setting is not None and proven.setting.key == "lower_rate"
        edit = edit_of(case, proven)
        assert edit.hyper is not None and edit.hyper.learning_rate == proven.setting.value < 0.03
        assert edit.graph is not None and edit.graph != case.graph
        copy = _copy(case, edit)
        copy.run_epochs(80)
        assert copy.snapshot(maps=False).train_accuracy > 0.9
        _base, first, *rest = try_remedies(case, offered, trouble)
        assert first.remedy == proven and first.helps and {one.remedy for one in rest} == set(offered)


def test_further_cures_are_few_and_only_for_what_is_an_alarm(case: Case) -> None:
    trouble = troubles(case.snapshot)[0]
    tried = remedies_for(case, trouble)
    further = further_remedies(case, tried, trouble)
    assert 0 < len(further) <= 3 * MOST_PAIRED and all(remedy.setting is not None for remedy in further)
    quiet = tuple(replace(verdict, is_alarm=False) for verdict in trouble)
    assert further_remedies(case, tried, quiet) == further_remedies(case, tried, ()) == ()


def learnt_and_thrown(seed: int, rate: float) -> Case:
    """Three ReLU units under an identity that have learnt at a rate of 0.1, broken down at another one."""
    hyper = Hyperparameters(optimizer="sgd", learning_rate=0.1, batch_size=10, seed=seed)
    graph = set_params(feed_forward((3,), activation="relu"), "output-1", loss="squared_error", activation="identity")
    session = TrainingSession(Setup(graph, load(DataChoice(name="circle", samples=250)), hyper))
    session.run_epochs(60)
    session.change(replace(session.setup, hyper=hyper.model_copy(update={"learning_rate": rate})))
    while session.failure is None and session.epoch < 120:
        session.run_steps(25)
        session.failure or session.snapshot(maps=False)
    assert session.diagnose() is not None
    return case_of(session)


@pytest.mark.parametrize(("seed", "rate"), [(4, 0.8), (4, 3.0)])
def test_back_goes_to_the_first_rate_that_keeps_what_was_learnt(seed: int, rate: float) -> None:
    case = learnt_and_thrown(seed, rate)
    offered = next(remedy for remedy in remedies_after(case) if remedy.key == "back_slower")
    proven = proven_remedies(case, remedies_after(case), most=2)
    assert proven[0].key == "back_slower" and proven[0].value < offered.value  # type: ignore[operator]
    assert len({remedy.key for remedy in proven}) == len(proven)
    copy = _copy(case, edit_of(case, proven[0]))
    before, _ = copy.observer.measure(copy.state)
    copy.run_epochs(100)
    assert copy.failure is None and copy.snapshot(maps=False).train_loss < 1.1 * before.loss


def test_a_cure_that_nothing_gentler_mends_keeps_its_own_rate() -> None:
    case = learnt_and_thrown(4, 0.8)
    broken = replace(try_remedies(case, ())[0], holds=False, broken=True)  # so is the network as it is
    tried: list[Remedy | None] = []

    def alone(_case: Case, remedy: Remedy | None, *_rest: object) -> TrialOutcome:
        tried.append(remedy)
        return replace(broken, remedy=remedy)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial, "_alone", alone)
        offered = next(remedy for remedy in remedies_after(case) if remedy.key == "back_slower")
        assert trial._tried(case, offered, broken, (), _Trial(1, inf, lambda: False)).remedy == offered
    assert len(tried) == 1 + trial.MOST_GENTLER and len({one.value for one in tried if one}) == len(tried)


def thrown_by_adam(seed: int) -> Case:
    """Two layers of ReLU on the spirals that steps of Adam as large as the weights have driven off."""
    hyper = Hyperparameters(optimizer="adam", learning_rate=1.0, seed=seed)
    session = TrainingSession(
        Setup(feed_forward((8, 8), activation="relu"), load(DataChoice(name="two-spirals")), hyper)
    )
    for _epoch in range(12):
        session.run_epochs(1)
        session.snapshot(maps=False)
    return case_of(session)


def test_most_networks_that_steps_drove_off_are_offered_a_rate_at_which_they_learn() -> None:
    cured = 0
    for seed in range(20, 26):
        case = thrown_by_adam(seed)
        alarms = tuple(verdict for verdict in case.snapshot.verdicts if verdict.is_alarm)
        for remedy in proven_remedies(case, remedies_for_large_steps(case), alarms, most=1):
            copy = _copy(case, edit_of(case, remedy))
            copy.run_epochs(100)
            assert copy.failure is None and copy.snapshot(maps=False).train_loss < 0.9 * case.snapshot.train_loss
            cured += 1
    assert cured >= 4


AFTERWARDS: tuple[dict[str, object], ...] = (
    {"learning_rate": 1e-6},
    {"learning_rate": 0.1},
    {"learning_rate": 3.0},
    {"learning_rate": 1e300},
    {"batch_size": 1},
    {"batch_size": 5000},
    {"optimizer": "adam"},
    {"optimizer": "sgd"},
    {"clip_norm": 1.0},
    {"l2": 0.1},
)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_after_a_breakdown_a_cure_is_proven_whatever_is_set(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "SECONDS", inf)
    monkeypatch.setattr(trial, "EPOCHS", 20)
    rng = np.random.default_rng(seed)
    graph = feed_forward((3,), activation="relu", output=OutputParams(activation="identity"))
    hyper = Hyperparameters(optimizer="sgd", learning_rate=3.0, batch_size=10, seed=seed)
    session = TrainingSession(Setup(graph, CIRCLE, hyper, "numpy"))
    session.snapshot(maps=False)  # as a window shows it first
    session.run_epochs(30)
    assert session.diagnose() is not None
    for _ in range(5):
        change = AFTERWARDS[rng.integers(len(AFTERWARDS))]
        session.change(replace(session.setup, hyper=session.setup.hyper.model_copy(update=change)))
        if rng.random() < 0.6:  # Play
            session.failure = None
            session.run_steps(int(rng.integers(1, 40)))
            session.diagnose()
        case = case_of(session)
        if case.snapshot.failure is not None:
            assert proven_remedies(case, remedies_after(case), most=1), case.setup.hyper
        elif case.snapshot.train_loss > 10 * session.observer.constant_loss:
            assert any(
                proven_remedies(case, remedies_for(case, each), each, most=1) for each in troubles(case.snapshot)
            )


def test_after_a_breakdown_no_cure_is_offered_that_loses_what_was_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over several seeds: how a run breaks down, and which cures then lose much, differs with a machine's rounding."""
    monkeypatch.setattr(trial, "SECONDS", inf)
    graph = feed_forward((6,), activation="relu", output=OutputParams(activation="identity"))

    def after(case: Case, remedy: Remedy) -> float:
        copy = _copy(case, edit_of(case, remedy))
        copy.run_epochs(trial.EPOCHS)
        return copy.snapshot(maps=False).train_loss if copy.failure is None else inf

    broken, losing = 0, 0
    for seed in range(6):
        hyper = Hyperparameters(optimizer="sgd", batch_size=10, seed=seed)
        session = TrainingSession(Setup(graph, CIRCLE, hyper, "numpy"))
        session.run_epochs(20)
        learnt = session.snapshot(maps=False).train_loss
        session.change(replace(session.setup, hyper=hyper.model_copy(update={"learning_rate": 1.0})))
        session.run_epochs(60)
        if session.diagnose() is None:
            continue
        case = case_of(session)
        offered = remedies_after(case)
        proven = proven_remedies(case, offered, most=9)
        assert proven and all(after(case, remedy) < learnt for remedy in proven)
        broken += 1
        losing += any(learnt < after(case, remedy) < session.observer.constant_loss for remedy in offered)
    assert broken and losing


def test_a_cure_that_leaves_the_network_stuck_gives_way_to_one_that_learns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "SECONDS", inf)
    graph = feed_forward((8,) * 5, activation="relu", initializer="normal", scale=2.0)
    graph = set_params(graph, "output-1", loss="squared_error", activation="identity")
    session = TrainingSession(Setup(graph, CIRCLE, Hyperparameters(optimizer="sgd", learning_rate=0.03)))
    session.run_epochs(1)
    assert session.diagnose() is not None
    case = case_of(session)
    offered = remedies_after(case)
    outcomes = {one.remedy.key: one for one in try_remedies(case, offered) if one.remedy is not None}
    assert outcomes["back_clipped"].has_vanished and outcomes["back_clipped"].holds
    assert [remedy.key for remedy in proven_remedies(case, offered, most=2)] == ["restart_smaller"]
    stuck = [remedy for remedy in offered if remedy.key == "back_clipped"]
    (anew,) = proven_remedies(case, stuck, most=2)
    assert anew.key == "initialise" and anew.setting is not None
    monkeypatch.setattr(trial, "further_remedies", lambda *_: ())
    assert proven_remedies(case, stuck, most=2) == tuple(stuck)  # better than none


def dead(*, activation: str, depth: int, optimizer: str, rate: float, data: str) -> TrainingSession:
    """Layers of eight units that learn nothing from weights that are too small, or at a rate that is too high."""
    start = (
        {"activation": activation, "initializer": "normal", "scale": 0.1} if depth > 3 else {"activation": activation}
    )
    output = OutputParams(activation="tanh" if depth > 3 else "identity")
    graph = feed_forward((8,) * depth, output=output, **start)  # type: ignore[arg-type]
    hyper = Hyperparameters(optimizer=optimizer, learning_rate=rate)
    session = TrainingSession(Setup(graph, load(DataChoice(name=data)), hyper))
    session.run_epochs(20)
    return session


@pytest.mark.parametrize("steps", [2518, 2851, 3850])
def test_what_was_tried_is_what_is_drawn_however_late_it_is_done(steps: int) -> None:
    """At these steps a draw of ten layers of ReLU is dead within sixty epochs."""
    session = dead(activation="logistic", depth=10, optimizer="sgd", rate=0.1, data="circle")
    case = case_of(session)
    trouble = troubles(case.snapshot)[0]
    first, *_ = proven_remedies(case, remedies_for(case, trouble), trouble, most=2)
    assert first.key == "relu_he"
    session.run_steps(steps)
    late = case_of(session)
    arrays = {key: np.stack(list(rows.values())) for key, rows in edit_of(case, first).rows.items()}
    done = edit_of(late, first)
    assert all(np.array_equal(arrays[key], np.stack(list(rows.values()))) for key, rows in done.rows.items())
    copy = _copy(late, done)
    copy.run_epochs(60)
    assert copy.snapshot(maps=False).train_accuracy > 0.9


@pytest.mark.parametrize("epochs", [5, 20, 60])
def test_layers_that_steps_have_killed_have_a_cure_that_learns(epochs: int) -> None:
    session = dead(activation="relu", depth=3, optimizer="momentum", rate=0.3, data="two-spirals")
    session.run_epochs(epochs)
    case = case_of(session)
    constant = session.observer.constant_loss
    assert case.snapshot.train_loss > constant
    for trouble in troubles(case.snapshot):
        first, *_ = proven_remedies(case, remedies_for(case, trouble), trouble, most=2)
        copy = _copy(case, edit_of(case, first))
        copy.run_epochs(80)
        assert copy.failure is None and copy.snapshot(maps=False).train_loss < 0.98 * constant
        assert not any(v.is_alarm and v.trouble is Trouble.VANISHING for v in copy.snapshot(maps=False).verdicts)


def test_a_loss_that_sinks_to_that_of_one_answer_is_no_cure() -> None:
    base = TrialOutcome(None, Edit(), 1.0, 0.5, 1.0, 1.0, {("output-1", Trouble.SATURATED): 1})
    trouble = [Verdict("output-1", Trouble.SATURATED, 1.0)]
    one = replace(base, loss=0.5, test_loss=0.5, troubles={})
    assert trial._cures(one, base, trouble) and not trial._cures(replace(one, is_no_better=True), base, trouble)


def test_a_pair_becomes_gentler_by_its_setting_and_keeps_its_draw() -> None:
    pair = Remedy("initialise", ("dense-1",), setting=Remedy("lower_rate", value=0.1), seed=7)
    milder = gentler(pair)
    assert milder is not None and milder.setting is not None
    assert (milder.setting.value, milder.seed, milder.blocks) == (0.025, 7, ("dense-1",))
    assert gentler(replace(pair, setting=None)) is None


def test_rows_with_outliers_are_left_out_by_a_cure(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=200)
    x[7] = x[8] = x[9] = 1e6
    path = tmp_path / "t.csv"
    path.write_text("x,y\n" + "\n".join(f"{each:.3f},{3 * each:.3f}" for each in x))
    choice = DataChoice(source="file", path=str(path), standardise=False)
    data = load(choice)
    graph = set_params(
        feed_forward((4,), features=data.columns), "output-1", loss="squared_error", activation="identity"
    )
    session = TrainingSession(Setup(graph, data, Hyperparameters(), "numpy"))
    session.run_epochs(5)
    assert remedies_for_outliers(case_of(session)) == ()  # nobody knows where the rows come from
    case = replace(case_of(session), data=choice)
    (remedy,) = remedies_for_outliers(case)
    assert remedy in remedies_for_raw_numbers(case)
    assert proven_remedies(case, (remedy,), most=1) == (remedy,)
    edit = edit_of(case, remedy)
    assert edit.dataset is not None and len(edit.dataset.y) == 197 and not edit.rows
    assert choice.model_copy(update=edit.data) == choice.model_copy(update={"outliers": "drop", "standardise": True})


def test_a_rate_that_has_done_no_step_yet_is_mended_with_the_weights_as_they_are() -> None:
    """A learnt network was offered only to be drawn anew until it had broken down."""
    session = TrainingSession(
        Setup(feed_forward((4,)), load(DataChoice(name="circle", samples=100)), Hyperparameters())
    )
    session.run_epochs(12)
    session.change(replace(session.setup, hyper=session.setup.hyper.model_copy(update={"learning_rate": 1e300})))
    case = case_of(session)
    keeping, anew = proven_remedies(case, remedies_for_settings(case), most=2)
    assert (keeping.key, keeping.value) == ("usual_settings", DEFAULT_RATE) and edit_of(case, keeping).rows == {}
    assert (anew.key, anew.value) == ("usual_anew", DEFAULT_RATE)


def test_one_rate_is_proposed_whatever_finding_is_read() -> None:
    session = a_run("sgd")
    session.change(replace(session.setup, hyper=session.setup.hyper.model_copy(update={"learning_rate": 20.0})))
    session.run_epochs(2)
    case = case_of(session)
    assert case.snapshot.range_faults
    offered = [remedy for trouble in troubles(case.snapshot) for remedy in remedies_for(case, trouble)]
    offered += [*remedies_for_settings(case), *remedies_for_large_steps(case)]
    assert {remedy.value for remedy in offered if remedy.value is not None} - {CLIP} == {DEFAULT_RATE}
