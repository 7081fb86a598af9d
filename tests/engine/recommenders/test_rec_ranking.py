"""YoutubeDNN's ranking: what weighted logistic regression overestimates by, its cure, and a truth that is known."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import spearmanr

from engine.graph.columns import Columns, bags_of
from engine.graph.edit import set_params
from engine.graph.kinds.transform import TransformParams
from engine.graph.model import Wire
from engine.graph.validation import validate
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.worlds.generated import joined
from engine.recommenders.data.worlds.video_site.impressions import RankingChunk
from engine.recommenders.data.worlds.video_site.site import VideoSite, VideoSiteSpec
from engine.recommenders.judging.metrics import weighted_per_user_loss
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.model.transform_borders import borders_of, fit_borders, quantiles
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.events import EpochEnded, Kept
from engine.recommenders.running.run import Run
from engine.recommenders.running.settings import AdaGrad, Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.base import TRUTH
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.ranking.graph import POWERS, ranking_graph, site_sizes, targets_and_weights
from engine.recommenders.tasks.ranking.model import RankingModel
from engine.recommenders.tasks.ranking.spec import RankingSpec
from engine.recommenders.tasks.ranking.task import Impressions, RankingTask, mean_by_video

TRAINING = Training(epochs=3, batch_size=1024, deep=AdaGrad(rate=0.02))


def trained(model: RankingModel, columns: Columns, clicked: np.ndarray, seconds: np.ndarray) -> RecommenderNetwork:
    network = model.network()
    prepared = model.prepare(network, columns, clicked, seconds)
    trainer, batches = RecommenderTrainer(network, model.training), PreparedBatches(prepared, model.training)
    for epoch in range(model.training.epochs):
        for step in range(batches.steps):
            trainer.train(batches.batch(epoch, step))
    model.settle(network, prepared)
    return network


# What it overestimates by -----------------------------------------------------------------------------------------

CELLS = {1: (0.05, 300.0), 2: (0.5, 20.0), 3: (0.2, 1000.0)}
"""By category: click rate, mean seconds of a click."""


def cells() -> tuple[Columns, np.ndarray, np.ndarray]:
    """100 impressions of each cell, of which exactly its rate are clicked, for the mean exactly."""
    draw = np.random.default_rng(0)
    ids, clicked, seconds = [], [], []
    for cell, (rate, mean) in CELLS.items():
        clicks = round(100 * rate)
        times = draw.exponential(size=clicks)
        ids.append(np.full(100, cell))
        clicked.append(np.arange(100) < clicks)
        seconds.append(np.r_[times * mean / times.mean(), np.zeros(100 - clicks)])
    return Columns({"cell": np.concatenate(ids)}, 300), np.concatenate(clicked), np.concatenate(seconds)


@pytest.mark.parametrize("unit", [None, 1.0, 500.0])
@pytest.mark.parametrize("cure", [False, True])
def test_it_overestimates_by_1_over_1_minus_p_and_the_cure_is_exact(cure: bool, unit: float | None) -> None:
    columns, clicked, seconds = cells()
    spec = RankingSpec(
        video=False, history=False, categories=("cell",), numbers=(), hidden=(), cure=cure, unit=unit, scale=0.5
    )
    training = Training(epochs=150, batch_size=300, deep=AdaGrad(rate=0.5))
    model = RankingModel.build(columns, clicked, seconds, {"cell": 4}, spec, training)
    network = trained(model, columns, clicked, seconds)
    found = model.expected_seconds(network, model.prepare(network, columns))
    for cell, (rate, mean) in CELLS.items():
        factor = found[columns["cell"] == cell][0] / (rate * mean)
        assert factor == pytest.approx(1.0 if cure else 1.0 / (1.0 - rate), rel=2e-3)


def test_one_soft_target_is_a_click_and_its_negative() -> None:
    """Against the loss with a row of its own for each negative, and for what a logit's gradient comes to."""
    clicked, seconds = np.array([True, False, True]), np.array([120.0, 0.0, 0.0])
    targets, weights = targets_and_weights(clicked, seconds, 60.0, RankingSpec())
    z = torch.tensor([0.3, -1.0, 2.0], dtype=torch.float64)
    losses = torch.nn.functional.binary_cross_entropy_with_logits
    soft = losses(z, torch.tensor(targets).double(), torch.tensor(weights).double(), reduction="sum")
    twice = torch.cat([z, z[[0, 2]]])
    rows = losses(twice, torch.tensor([1.0, 0, 1, 0, 0]), torch.tensor([2.0, 1, 0, 1, 1]), reduction="sum")
    assert soft.item() == pytest.approx(rows.item(), rel=1e-6)


def test_without_weights_every_click_is_worth_the_same() -> None:
    clicked, seconds = np.array([True, False, True]), np.array([120.0, 0.0, 0.0])
    spec = RankingSpec(weighted=False, cure=False)
    targets, weights = targets_and_weights(clicked, seconds, 60.0, spec)
    assert targets.tolist() == [1.0, 0.0, 1.0] and weights.tolist() == [1.0, 1.0, 1.0]


# Transforms -------------------------------------------------------------------------------------------------------


def transformed(values: np.ndarray, shown: np.ndarray, steps: int, powers: bool = True) -> np.ndarray:
    """What the template's transform makes of ``shown`` after it was fitted on ``values``."""
    spec = RankingSpec(video=False, history=False, categories=(), numbers=("x",), hidden=(), quantiles=steps,
                       powers=powers)  # fmt: skip
    network = RecommenderNetwork(ranking_graph({}, spec))
    fit_borders(network, Columns({"x": values}, len(values)))
    clicked = np.zeros(len(shown), bool)
    model = RankingModel(network.graph, spec, {}, Training(), {}, 1.0, 1.0)
    prepared = model.prepare(network, Columns({"x": shown}, len(shown)), clicked, np.zeros(len(shown)))
    return prepared.numbers[network.plan.index_of("transform-1")]


@given(arrays(np.float32, st.integers(2, 60), elements=st.floats(-1e3, 1e3, width=16), unique=True))
@settings(deadline=None, max_examples=30)
def test_numbers_come_to_their_place_between_quantiles(values: np.ndarray) -> None:
    shown = np.r_[values, values.mean(), values.min() - 1, values.max() + 1].astype(np.float32)
    found = transformed(values, shown, 10)
    borders = np.quantile(values, np.linspace(0, 1, 11)).astype(np.float32)
    place = np.interp(shown, borders, np.linspace(0, 1, 11))
    assert ((found >= 0.0) & (found <= 1.0)).all()
    np.testing.assert_allclose(found[:, 0], place, atol=2e-3)
    np.testing.assert_allclose(found, np.stack([found[:, 0], found[:, 0] ** 2, np.sqrt(found[:, 0])], 1), rtol=1e-6)


def test_quantiles_make_a_skewed_number_uniform() -> None:
    draw = np.random.default_rng(0)
    values = draw.lognormal(3.0, 2.0, 20_000).astype(np.float32)
    found = transformed(values, draw.lognormal(3.0, 2.0, 5000).astype(np.float32), 100, powers=False)
    assert found.shape == (5000, 1)
    assert np.abs(np.quantile(found, np.linspace(0, 1, 11)) - np.linspace(0, 1, 11)).max() < 0.03


def test_ties_constants_and_missing_values_have_borders_too() -> None:
    ties = np.r_[np.zeros(60), np.arange(40)].astype(np.float32)
    assert transformed(ties, np.zeros(1, np.float32), 10, powers=False)[0, 0] == pytest.approx(0.6, abs=0.01)
    assert 0.0 <= transformed(np.full(5, 7.0, np.float32), np.full(1, 7.0, np.float32), 10)[0, 0] <= 1.0
    borders = quantiles(np.array([[1.0, np.nan], [np.inf, np.nan], [3.0, np.nan]], np.float32), 2)
    np.testing.assert_array_equal(borders, [[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]])


def test_a_transform_of_what_is_learned_has_no_borders() -> None:
    spec = RankingSpec(video=False, history=False, categories=("cell",), numbers=("x",), hidden=())
    graph = ranking_graph({"cell": 3}, spec)
    wires = [w for w in graph.wires if w.target != "transform-1"]
    wrong = graph.with_wires([*wires, Wire(source="embedding-1", target="transform-1")])
    network = RecommenderNetwork(wrong)
    with pytest.raises(EngineError, match="change as the blocks before it learn"):
        borders_of(network.plan, Columns({"cell": np.ones(2, np.int64)}, 2))
    fit_borders(RecommenderNetwork(set_params(wrong, "transform-1", quantiles=0)),
                Columns({"cell": np.ones(2, np.int64)}, 2))  # fmt: skip


# The graph and its model ------------------------------------------------------------------------------------------

SIZES = {"video": 9, "history": 9, "language": 3}


def a_model(spec: RankingSpec | None = None) -> tuple[RankingModel, Columns]:
    draw = np.random.default_rng(0)
    columns = Columns(
        {
            "video": draw.integers(0, 9, 50),
            "history": bags_of([draw.integers(0, 9, draw.integers(0, 4)).tolist() for _ in range(50)]),
            "language": draw.integers(0, 3, 50),
            "hours": draw.exponential(size=50).astype(np.float32),
        },
        50,
    )
    clicked = np.arange(50) % 3 == 0
    spec = spec or RankingSpec(categories=("language",), numbers=("hours",), hidden=(8, 4), quantiles=5)
    return RankingModel.build(columns, clicked, np.where(clicked, 60.0, 0.0), SIZES, spec), columns


def test_the_template_is_a_valid_graph_whatever_is_switched_off() -> None:
    base = {"categories": ("language",), "numbers": ("hours",), "hidden": (8,)}
    for off in ({}, {"video": False}, {"history": False}, {"categories": ()}, {"numbers": ()}, {"hidden": ()}):
        graph = ranking_graph(SIZES, RankingSpec.model_validate({**base, **off}))
        assert validate(graph, None) == ()
    transform = ranking_graph(SIZES, RankingSpec.model_validate(base)).block("transform-1").params
    assert isinstance(transform, TransformParams) and transform.powers == POWERS


def test_a_model_comes_back_from_json_and_says_the_same() -> None:
    model, columns = a_model()
    again = RankingModel.from_json(json.loads(json.dumps(model.to_json())))
    assert again == model
    found = [m.expected_seconds(n := m.network(), m.prepare(n, columns)) for m in (model, again)]
    np.testing.assert_array_equal(*found)


@pytest.mark.parametrize("changes", [{"unit": 0.0}, {"odds": -1.0}, {"borders": {}}, {"graph": 3}, {"spec": None}])
def test_what_is_no_model_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="doesn't contain a ranking model"):
        RankingModel.from_json({**a_model()[0].to_json(), **changes})


def test_impossible_watch_times_are_refused() -> None:
    model, columns = a_model()
    clicked, seconds = np.ones(50, bool), np.full(50, 3.0)
    for wrong in (np.nan, -1.0, np.inf):
        with pytest.raises(EngineError, match="1 watch time is negative or no number"):
            model.prepare(model.network(), columns, clicked, np.r_[wrong, seconds[1:]])
    with pytest.raises(EngineError, match="None of the training impressions"):
        RankingModel.build(columns, ~clicked, seconds, SIZES, model.spec)


def test_settling_the_bias_ends_where_its_gradient_is_zero() -> None:
    model, columns = a_model()
    clicked = np.arange(50) % 5 == 0
    network = model.network()
    network.view((network.plan.output.id, "b")).add_(4.0)
    prepared = model.prepare(network, columns, clicked, np.where(clicked, 90.0, 0.0))
    model.settle(network, prepared)
    gradient = RecommenderTrainer(network, model.training).gradients(prepared).gradient
    slot = next(slot for slot in network.plan.slots() if slot.key == (network.plan.output.id, "b"))
    assert abs(float(gradient[slot.offset])) < 1e-6


def test_who_is_new_is_ranked_too() -> None:
    model, columns = a_model()
    network = model.network()
    of = {**columns.take(np.arange(2)).of, "history": bags_of([[], []]), "video": np.array([999, -1])}
    found = model.expected_seconds(network, model.prepare(network, Columns(of, 2)))
    assert np.isfinite(found).all() and (found > 0.0).all()


# A truth that is known --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    test: RankingChunk
    predicted: dict[str, np.ndarray]


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    """Models of 160,000 impressions by 8,000 users, judged on those by 2,000 others."""
    site = VideoSite(VideoSiteSpec(users=10_000, items=300, events=200_000, impressions=200_000, seed=3))
    shown = joined(list(site.impressions(100_000)))
    train, test = shown.take(np.flatnonzero(shown.users < 8000)), shown.take(np.flatnonzero(shown.users >= 8000))
    specs = {"cured": RankingSpec(), "not cured": RankingSpec(cure=False), "log-linear": RankingSpec(hidden=())}
    predicted = {}
    for name, spec in specs.items():
        outcomes = train.clicked, train.watch_seconds
        model = RankingModel.build(train.columns, *outcomes, site_sizes(site, spec), spec, TRAINING)
        network = trained(model, train.columns, *outcomes)
        predicted[name] = model.expected_seconds(network, model.prepare(network, test.columns))
    return Outcome(test, predicted)


def ratios(predicted: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Predicted ÷ true expected seconds of each tenth of the predictions, lowest first."""
    tenths = np.array_split(np.argsort(predicted), 10)
    return np.array([predicted[rows].sum() / truth[rows].sum() for rows in tenths])


@pytest.mark.slow
@pytest.mark.parametrize("which", ["cured", "not cured", "log-linear"])
def test_hidden_layers_order_nearly_as_the_truth_does(outcome: Outcome, which: str) -> None:
    """Over five seeds 0.88 to 0.91 with hidden layers, 0.71 to 0.79 without."""
    reached = spearmanr(outcome.predicted[which], outcome.test.expected_seconds).statistic
    assert (reached >= 0.85) == (which != "log-linear")


@pytest.mark.slow
def test_expected_times_are_calibrated_by_the_cure_alone(outcome: Outcome) -> None:
    """A band of 15 % at this size; the 5 % that a million impressions reach are the benchmark's to show."""
    truth = outcome.test.expected_seconds
    assert np.abs(ratios(outcome.predicted["cured"], truth) - 1.0).max() < 0.15
    assert outcome.predicted["cured"].sum() / truth.sum() == pytest.approx(1.0, abs=0.07)
    # Without it each tenth is too long by what its click rates say, the highest more than twice.
    wrong = outcome.predicted["not cured"]
    over = ratios(wrong, truth / (1.0 - outcome.test.click_rates))
    assert np.abs(over - 1.0).max() < 0.25
    assert ratios(wrong, truth)[-1] > 1.8


@pytest.mark.slow
def test_hidden_layers_mispredict_less_of_the_watch_time(outcome: Outcome) -> None:
    test = outcome.test
    place = np.arange(len(test)) - np.searchsorted(test.users, test.users)
    pages = test.users * 1_000_000 + place // 10
    losses = {
        name: weighted_per_user_loss(pages, test.clicked, test.watch_seconds, predicted)
        for name, predicted in {**outcome.predicted, "truth": test.expected_seconds}.items()
    }
    assert losses["truth"] < losses["cured"] < losses["log-linear"] - 0.01


# The task ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small() -> Impressions:
    return Impressions.of(VideoSite(VideoSiteSpec(users=400, items=200, events=8_000, seed=3)))


def a_task(small: Impressions, training: Training) -> RankingTask:
    spec = RankingSpec(dimensions=4, category_dimensions=2, hidden=(16,))
    return RankingTask(RecommenderData(source="video-site"), small, spec, training)


def test_users_are_learned_from_chosen_by_or_judged_on(small: Impressions) -> None:
    parts = [set(part.users.tolist()) for part in (small.learned, small.valid, small.test)]
    assert not parts[0] & parts[1] and not parts[1] & parts[2] and not parts[0] & parts[2]
    assert len(set().union(*parts)) == 400 and len(small.train) == len(small.learned) + len(small.valid)
    shares = np.array([len(small.valid), len(small.test)]) / 8_000
    np.testing.assert_allclose(shares, [0.1, 0.2], atol=0.02)


def test_the_best_epoch_is_kept_and_the_withheld_are_learned_from_at_last(small: Impressions) -> None:
    training = Training(most_epochs=4, patience=1, batch_size=256)
    task, kept, epochs = a_task(small, training), [], []

    def take(event: object) -> None:
        kept.extend([event] if isinstance(event, Kept) else [])
        epochs.extend([event.metrics["explained"]] if isinstance(event, EpochEnded) else [])

    figure = task_kind("ranking").best[0]
    run = Run(task.trainer, task.batches, training, task.document(), task.figures, take, choose_by=figure,
              withheld=task.withheld)  # fmt: skip
    ending = run.go()
    assert kept[0].value == max(epochs) and kept[0].epochs == 1 + epochs.index(max(epochs))
    assert ending.cursor.updates == kept[0].epochs * task.batches.steps + task.withheld.steps


def test_what_is_explained_is_most_for_the_truth_and_nothing_for_the_mean(small: Impressions) -> None:
    task = a_task(small, Training())
    figures = dict(task.baselines("test"))
    assert figures[TRUTH]["explained"] == max(one["explained"] for one in figures.values()) > 0.1
    assert figures["the mean for all"]["explained"] == pytest.approx(0.0, abs=0.05)
    means = mean_by_video(small.train, small.test)
    video = small.test.columns["video"][0]
    own = small.train.watch_seconds[small.train.columns["video"] == video]
    overall = small.train.watch_seconds.mean()
    assert means[0] == pytest.approx((own.sum() + 20 * overall) / (len(own) + 20))


def test_the_level_is_settled_on_impressions_that_are_not_learned_from(small: Impressions) -> None:
    task = a_task(small, Training())
    predicted = task.predicted(small.valid)
    # Where the bias is settled, Σ w σ(z) = Σ w t over those rows: with the cure, of the cured targets and weights.
    unit = task.model.unit
    targets, weights = targets_and_weights(small.valid.clicked, small.valid.watch_seconds, unit, task.model.spec)
    odds = predicted / unit
    assert (weights * odds / (1.0 + odds)).sum() == pytest.approx((weights * targets).sum(), rel=1e-4)
