"""What Wide & Deep is judged by: scikit-learn's models on the same rows, and its own halves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

from engine.cli.recommend.telling import disagreement_lines, part_lines, verdict_lines
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import data_source
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import LabelledTable
from engine.recommenders.data.tables.random_split import RandomSplit, split_at_random
from engine.recommenders.judging.standing import disagreement, part_without_loss
from engine.recommenders.tasks.wide_deep.opponents import REGRESSION, TREES, Opponents


def scores(labelled: LabelledTable, rows: RandomSplit, name: str) -> tuple[float, float]:
    labels = labelled.goal.labels(labelled.table[rows.test])
    predicted = Opponents(labelled, rows).predictions[name]()["test"]
    return float(roc_auc_score(labels, predicted)), float(log_loss(labels, predicted))


@pytest.mark.slow
def test_on_the_census_they_are_scikit_learn_s_with_exact_numbers() -> None:
    """Capital gains of 7298 are of rich people, of 7443 of poor ones: a straight line through them says nothing."""
    everyone = data_source("adult").examples(RecommenderData(source="adult"), None)
    census = replace(everyone, table=everyone.table[:6000])
    table, fields = census.table, census.fields
    rows = split_at_random(table.height, 0)
    names = table.select(fields.categories).fill_null("").to_numpy().astype(object)
    numbers = table.select(fields.numbers).to_numpy().astype(np.float64)
    labels = census.goal.labels(table)
    whole = np.column_stack([names, numbers.astype(object)])
    count = len(fields.categories)
    places = list(range(count)), list(range(count, whole.shape[1]))
    straight = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), places[0]), (StandardScaler(), places[1])
    )
    exact = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), places[0]),
        (OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=2), places[1]),
        (StandardScaler(), places[1]),
    )
    found = {}
    for key, columns in (("straight", straight), ("exact", exact)):
        model = make_pipeline(columns, LogisticRegression(max_iter=1000)).fit(whole[rows.train], labels[rows.train])
        found[key] = log_loss(labels[rows.test], model.predict_proba(whole[rows.test])[:, 1])
    area, loss = scores(census, rows, REGRESSION)
    assert loss == pytest.approx(found["exact"], abs=2e-4) and loss < found["straight"] - 0.03 and area > 0.92
    codes = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan).fit(names[rows.train])
    columns = np.column_stack([codes.transform(names), numbers])
    trees = HistGradientBoostingClassifier(categorical_features=list(range(count)), random_state=0)
    trees.fit(columns[rows.train], labels[rows.train])
    expected = log_loss(labels[rows.test], trees.predict_proba(columns[rows.test])[:, 1])
    assert scores(census, rows, TREES)[1] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("names", [("item",), ()])
def test_logistic_regression_is_no_weaker_than_scikit_learn_s_on_the_same_rows(names: tuple[str, ...]) -> None:
    """A column per exact number learned a table of few rows by heart: AUC 0.606 for 0.654."""
    draw, count = np.random.default_rng(0), 3000
    item, age, price = draw.integers(0, 60, count), draw.integers(18, 80, count), draw.lognormal(3, 1, count).round(2)
    z = draw.normal(0, 0.6, 60)[item] + 0.03 * (age - 45) - 0.3 * (np.log(price) - 3)
    yes = (draw.random(count) < 1 / (1 + np.exp(-z))).astype(int)
    table = pl.DataFrame({"item": [f"i{one}" for one in item], "age": age, "price": price, "y": yes})
    fields, rows = Fields(names, ("age", "price")), split_at_random(count, 0)
    area, loss = scores(LabelledTable(table, Goal("y"), fields), rows, REGRESSION)
    columns = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), list(names)), (StandardScaler(), list(fields.numbers))
    )
    model = make_pipeline(columns, LogisticRegression()).fit(table[rows.train], yes[rows.train])
    expected = model.predict_proba(table[rows.test])[:, 1]
    assert area >= roc_auc_score(yes[rows.test], expected) - 1e-4
    assert loss <= log_loss(yes[rows.test], expected) + 1e-4


def made(rows: int = 600, **columns: Any) -> pl.DataFrame:
    draw = np.random.default_rng(3)
    x = draw.normal(size=rows)
    return pl.DataFrame({"x": x, "y": (x + draw.normal(size=rows) > 0).astype(int), **columns})


@pytest.mark.parametrize("name", [REGRESSION, TREES])
def test_they_read_bags_and_what_is_missing(name: str) -> None:
    draw = np.random.default_rng(0)
    bags = ["|".join(draw.choice(list("abcdef"), draw.integers(0, 4), replace=False)) for _ in range(600)]
    table = made(bag=bags, empty=[""] * 600, city=draw.choice(["n", "s", None], 600).tolist())
    table = table.with_columns(
        x=pl.when(pl.int_range(pl.len()) % 7 == 0).then(None).otherwise(pl.col("x")),
        nothing=pl.lit(None, pl.Float64),
        y=pl.col("bag").str.contains("a").cast(pl.Int64),
    )
    fields = Fields(("city",), ("x", "nothing"), ("bag", "empty"))
    area, _ = scores(LabelledTable(table, Goal("y"), fields), split_at_random(600, 0), name)
    assert area > 0.99, "whether a name is in the bag is a column of its own"


@pytest.mark.parametrize("name", [REGRESSION, TREES])
def test_a_number_beyond_computing_spoils_none_of_them(name: str) -> None:
    """One 1e155 left logistic regression at 0.5; one 1e300 made it fail."""
    fields, rows = Fields(numbers=("x",)), split_at_random(600, 0)
    at = pl.int_range(pl.len())
    for huge in (1e155, 1e300, float("inf")):
        spoiled = pl.when(at.is_in(rows.train[:3].tolist())).then(pl.lit(huge)).otherwise(pl.col("x"))
        area, _ = scores(LabelledTable(made().with_columns(x=spoiled), Goal("y"), fields), rows, name)
        assert area > 0.8


def test_names_of_a_bag_that_are_noise_are_left_out() -> None:
    draw = np.random.default_rng(5)
    bags = ["|".join(f"n{at}" for at in draw.choice(300, 12, replace=False)) for _ in range(600)]
    table, rows = made(bag=bags), split_at_random(600, 0)
    with_bag, without = (
        Opponents(LabelledTable(table, Goal("y"), Fields((), ("x",), of)), rows).predictions[REGRESSION]()
        for of in (("bag",), ())
    )
    assert np.array_equal(with_bag["test"], without["test"])


def test_more_values_than_trees_can_tell_apart_and_a_single_outcome_are_no_trouble() -> None:
    table = made(1000, user=[f"u{at % 700}" for at in range(1000)], always=[1] * 1000)
    rows = split_at_random(1000, 0)
    assert scores(LabelledTable(table, Goal("y"), Fields(("user",), ("x",))), rows, TREES)[0] > 0.6
    opponents = Opponents(LabelledTable(table, Goal("always"), Fields(("user",), ("x",))), rows)
    for predictions in opponents.predictions.values():
        assert set(predictions()["test"].tolist()) == {1.0}


def test_each_is_fitted_once_and_no_sooner_than_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    fitted: list[object] = []
    fit = Opponents._fitted
    monkeypatch.setattr(Opponents, "_fitted", lambda self, *rest: fitted.append(rest[0]) or fit(self, *rest))
    predictions = Opponents(
        LabelledTable(made(), Goal("y"), Fields(numbers=("x",))), split_at_random(600, 0)
    ).predictions
    assert not fitted
    assert predictions[REGRESSION]().keys() == {"valid", "test"} and len(fitted) == 1
    assert len(predictions[REGRESSION]()["valid"]) == 60 and len(fitted) == 1
    predictions[TREES]()
    assert len(fitted) == 2


# --- The better half -------------------------------------------------------------------------------------------------

JOINT = {"log_loss": 0.2951, "auc": 0.920}
BEST = ("auc", "log_loss")


def half(log_loss: float, auc: float, apart: float = 0.001) -> dict[str, float | None]:
    return {"log_loss": log_loss, "auc": auc, "log_loss.apart": apart, "auc.apart": apart}


def test_a_half_that_is_surely_better_alone_is_named() -> None:
    halves = {"wide": half(0.31, 0.91), "deep": half(0.2907, 0.9205)}
    figure, rival = part_without_loss(JOINT, halves, BEST) or ("", None)
    assert rival is not None and (figure, rival.name, rival.standing) == ("log_loss", "deep", "worse")
    judged = {"this network": JOINT, **halves, "boosted trees": half(0.28, 0.93)}
    (line,) = part_lines(judged, {"wide", "deep"}, BEST)
    assert line == (
        "“deep” by itself is better than this network: log_loss 0.2907 against 0.2951 (difference -0.0044 ± 0.0010)"
    )


def test_a_half_is_level_within_two_paired_errors_and_unnamed_where_the_whole_is_better() -> None:
    level = {"wide": half(0.31, 0.91), "deep": half(0.2945, 0.9205)}
    figure, rival = part_without_loss(JOINT, level, BEST) or ("", None)
    assert rival is not None and (figure, rival.name, rival.standing) == ("auc", "deep", "level")
    assert "“deep” by itself is level with this network" in part_lines({"this network": JOINT, **level}, level, BEST)[0]
    assert part_without_loss(JOINT, {"deep": half(0.2980, 0.9205)}, BEST) is None
    assert part_without_loss(JOINT, {"deep": {"log_loss": 0.2, "auc": 0.99}}, BEST) is None, "no error is known"
    assert part_without_loss(JOINT, {}, BEST) is None


def test_a_half_that_is_surely_better_goes_before_one_of_a_better_figure_that_may_be_level() -> None:
    halves = {"wide": half(0.2931, 0.9205, apart=0.002), "deep": half(0.2941, 0.9205, apart=0.0004)}
    figure, rival = part_without_loss(JOINT, halves, ("log_loss", "auc")) or ("", None)
    assert rival is not None and (figure, rival.name, rival.standing) == ("log_loss", "deep", "worse")


# --- Measures that disagree -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("log_loss", "auc", "said"),
    [
        (
            0.31,
            0.93,
            "better by log_loss (0.2951 against 0.31 of trees), but worse by auc (0.92 against 0.93 of trees)",
        ),
        (
            0.28,
            0.91,
            "better by auc (0.92 against 0.91 of trees), but worse by log_loss (0.2951 against 0.28 of trees)",
        ),
        (0.31, 0.921, ""),  # level by the second
        (0.31, 0.91, ""),
    ],
)
def test_measures_that_disagree_beyond_the_error_are_told(log_loss: float, auc: float, said: str) -> None:
    judged = {"this network": JOINT, "deep": half(0.2, 0.99), "trees": half(log_loss, auc)}
    told = [f"The measures disagree: this network is {said}."] if said else []
    assert disagreement_lines(judged, {"deep"}, BEST) == told, "a companion is no simpler model"
    assert disagreement(JOINT, {"trees": {"log_loss": log_loss, "auc": auc}}, BEST) is None, "no error is known"


def test_each_measure_has_the_best_model_by_it() -> None:
    """The mean of all ranks nothing, and may still have the better probabilities."""
    others = {"mean": {"log_loss": 0.28, "log_loss.apart": 0.001}, "trees": half(0.4, 0.91)}
    better, worse = disagreement(JOINT, others, BEST) or (None, None)
    assert better is not None and worse is not None
    assert (better[0], better[1].name, worse[0], worse[1].name) == ("auc", "trees", "log_loss", "mean")


def test_the_rule_of_the_bins_is_told_beside_the_calibration_error() -> None:
    lines = verdict_lines({"network": {"auc": 0.8, "auc.error": 0.1, "calibration_error": 0.02}})
    assert lines[-1].startswith("calibration_error: ") and "ten bins of equally many rows" in lines[-1]


@pytest.mark.parametrize(
    ("value", "error", "said"),
    [
        (0.0001, 0.00003, "0.00010 ± 0.00003"),
        (0.0001, 0.0012, "0.0001 ± 0.0012"),
        (4e-9, 1.364e-7, "(0.0 ± 1.4)e-07"),
        (0.25, 1.364e-7, "0.2500000 ± 0.0000001"),
        (-0.00001, 0.0, "(-1.0 ± 0.0)e-05"),
    ],
)
def test_a_figure_and_its_error_end_at_the_same_place(value: float, error: float, said: str) -> None:
    _, line = verdict_lines({"network": {"auc": value, "auc.error": error}})
    assert line.endswith(f"  {said}")
