"""Wide & Deep as a program drives it: from a table to a network and back; what it says of itself, by brute force."""

from __future__ import annotations

import json
from collections import Counter
from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.columns import Bags
from engine.problems import EngineError
from engine.recommenders.data.tables.encoding import Encoder, fit_encoder
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.judging.metrics import auc
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.settings import AdaGrad, Ftrl, Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.wide_deep.insight import (
    Term,
    answers,
    phi,
    products_of,
    strongest_crosses,
    title,
    value_name,
)
from engine.recommenders.tasks.wide_deep.model import WideDeepModel
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec

FIELDS = Fields(categories=("colour", "shape"), numbers=("weight",), bags=("tags",))
GOAL = Goal("bought", equals="yes")
TRAINING = Training(epochs=6, batch_size=64, deep=AdaGrad(rate=0.03), wide=Ftrl(alpha=0.3, beta=0.01, l1=0.002))
CROSSES = (("colour", "shape"), ("tags", "colour"))


def toys(rows: int = 2_000, seed: int = 0) -> pl.DataFrame:
    """Red cubes sell, whatever else is true of red things and of cubes."""
    draw = np.random.default_rng(seed)
    colour, shape = draw.choice(["red", "green", "blue"], rows), draw.choice(["cube", "ball"], rows)
    tags = ["|".join(draw.choice(["new", "soft", "loud"], draw.integers(0, 4), replace=False)) for _ in range(rows)]
    rate = np.where((colour == "red") & (shape == "cube"), 0.9, 0.15)
    bought = np.where(draw.random(rows) < rate, "yes", "no")
    weight = draw.gamma(2.0, 3.0, rows)
    return pl.DataFrame({"colour": colour, "shape": shape, "weight": weight, "tags": tags, "bought": bought})


def trained(
    spec: WideDeepSpec, table: pl.DataFrame, epochs: int = TRAINING.limit
) -> tuple[WideDeepModel, RecommenderNetwork]:
    """A model of a table, trained: for fewer epochs where it need not know much."""
    model = WideDeepModel.build(table, GOAL, FIELDS, spec, TRAINING)
    network = model.network(model.encoder.columns(table))
    batches, trainer = PreparedBatches(model.prepare(network, table), TRAINING), RecommenderTrainer(network, TRAINING)
    for epoch in range(epochs):
        for step in range(batches.steps):
            trainer.train(batches.batch(epoch, step))
    return model, network


# --- from a table to a network and back -----------------------------------------------------------------------


@pytest.mark.torch
def test_a_new_network_says_the_training_rows_mean_and_knows_their_quantiles() -> None:
    table = toys()
    spec = WideDeepSpec(parts="wide", crosses=CROSSES)
    model = WideDeepModel.build(table, GOAL, FIELDS, spec)
    network = model.network()
    said = answers(network, model.prepare(network, table)).probability
    np.testing.assert_allclose(said, (table["bought"] == "yes").mean(), rtol=1e-5)

    model = WideDeepModel.build(table, GOAL, FIELDS, WideDeepSpec(quantiles=10))
    columns = model.encoder.columns(table)
    (borders,) = model.network(columns).buffer_views().values()
    np.testing.assert_allclose(borders[0], np.quantile(columns["weight"], np.linspace(0, 1, 11)), rtol=1e-5)


@pytest.mark.torch
@pytest.mark.parametrize("parts", ["joint", "wide", "deep"])
def test_the_halves_and_the_bias_add_up_and_a_half_that_is_not_there_is_zero(parts: str) -> None:
    table = toys()
    spec = WideDeepSpec.model_validate({"parts": parts, "crosses": CROSSES, "dimensions": 4, "hidden": (8,)})
    model, network = trained(spec, table)
    prepared = model.prepare(network, table)
    said = answers(network, prepared)
    np.testing.assert_allclose(said.logit, said.wide + said.deep + said.bias, atol=1e-5)
    np.testing.assert_allclose(said.probability, 1 / (1 + np.exp(-said.logit)), rtol=1e-9)
    assert (said.wide == 0).all() == (parts == "deep")
    assert (said.deep == 0).all() == (parts == "wide")
    assert auc(prepared.targets, said.logit) > 0.75  # 0.78 is the best that can be said


@pytest.mark.torch
def test_a_model_goes_to_json_and_back_and_answers_the_same() -> None:
    table = toys()
    model, network = trained(WideDeepSpec(crosses=CROSSES, hidden=(8,), dimensions=4, dropout=0.1), table, 1)
    again = WideDeepModel.from_json(json.loads(json.dumps(model.to_json())))
    assert again == model
    copy = again.network()
    copy.theta.copy_(network.theta)
    copy.buffers.copy_(network.buffers)
    for key, rows in network.tables.items():
        copy.tables[key].copy_(rows)
    expected = answers(network, model.prepare(network, table)).logit
    np.testing.assert_array_equal(answers(copy, again.prepare(copy, table)).logit, expected)


@pytest.mark.torch
def test_names_that_training_did_not_have_and_a_missing_goal_are_served() -> None:
    model, network = trained(WideDeepSpec(crosses=CROSSES, hidden=(8,)), toys(), 1)
    strange = pl.DataFrame(
        {"colour": ["violet", None], "shape": ["cube", "cone"], "weight": [None, 1e9], "tags": ["odd|new", None]}
    )
    prepared = model.prepare(network, strange)
    columns = model.encoder.columns(strange)
    assert np.asarray(columns["colour"]).tolist() == [0, 0]
    assert np.isfinite(answers(network, prepared).logit).all()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ([], "recommender.not-a-model"),
        ({}, "recommender.not-a-model"),
        ({"rate": 1.0}, "recommender.not-a-model"),
        ({"encoder": {"fields": {}, "vocabularies": {}, "scales": {}}, "graph": None}, "recommender.not-a-model"),
    ],
)
def test_what_is_no_model_is_refused(content: object, code: str) -> None:
    with pytest.raises(EngineError) as caught:
        WideDeepModel.from_json(content)
    assert caught.value.problem.code == code


@pytest.mark.parametrize("absent", ["vocabularies", "scales"])
def test_a_model_whose_encoder_lacks_a_column_is_refused(absent: str) -> None:
    content = WideDeepModel.build(toys(), GOAL, FIELDS, WideDeepSpec()).to_json()
    content["encoder"][absent] = {}
    with pytest.raises(EngineError, match="knows nothing of"):
        WideDeepModel.from_json(content)


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        (Goal("price"), "recommender.columns-missing"),
        (Goal("bought"), "recommender.goal-not-numeric"),
        (Goal("bought", equals="perhaps"), "recommender.no-such-outcome"),
        (Goal("weight", at_least=-1.0), "recommender.one-outcome"),
        (Goal("gap", at_least=1.0), "recommender.goal-missing"),
    ],
)
def test_a_goal_that_cannot_be_learned_is_refused(goal: Goal, code: str) -> None:
    table = toys(50).with_columns(gap=pl.lit(None, pl.Float64))
    with pytest.raises(EngineError) as caught:
        WideDeepModel.build(table, goal, FIELDS, WideDeepSpec())
    assert caught.value.problem.code == code


def test_a_no_has_a_word_where_there_is_one_alone() -> None:
    table = pl.DataFrame({"status": ["stayed", "churned", None, "stayed"], "stars": [1, 5, 3, 4]})
    assert Goal("status", "stayed").otherwise(table) == "churned"
    assert Goal("stars", "5").otherwise(table) is None and Goal("stars", at_least=4).otherwise(table) is None


def test_a_goal_is_a_text_or_a_threshold() -> None:
    clicked, income = [True, False, True], ["<=50K", ">50K", "<=50K"]
    table = pl.DataFrame({"rating": [3.5, 4.0, 5.0], "income": income, "clicked": clicked})
    assert Goal("rating", at_least=4.0).labels(table).tolist() == [0, 1, 1]
    assert Goal("income", equals=">50K").labels(table).tolist() == [0, 1, 0]
    assert Goal("clicked").labels(table).tolist() == [1, 0, 1]


# --- §6.2: cross-products -------------------------------------------------------------------------------------


def brute_products(table: pl.DataFrame, cross: tuple[str, ...], row: int) -> list[tuple[Term, ...]]:
    """All combinations of a row's values, written by hand."""
    record = table.row(row, named=True)
    values = [[v for v in record[c].split("|") if v] if c == "tags" else [record[c]] for c in cross]
    return [tuple(Term(c, v) for c, v in zip(cross, one, strict=True)) for one in product(*values)]


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 10_000), st.permutations(["colour", "shape", "tags"]), st.integers(2, 3))
def test_the_products_of_a_row_are_all_combinations_of_its_values(seed: int, order: list[str], members: int) -> None:
    table = toys(8, seed)
    encoder = fit_encoder(table, FIELDS)
    columns = encoder.columns(table)
    cross = tuple(order[:members])
    for row in range(table.height):
        assert Counter(products_of(encoder, cross, columns, row)) == Counter(brute_products(table, cross, row))


def test_phi_is_one_for_what_is_true_of_a_row() -> None:
    table = toys()
    encoder = fit_encoder(table, FIELDS)
    row = table.with_row_index().filter((pl.col("colour") == "red") & (pl.col("tags") == "soft")).row(0, named=True)
    wanted = [
        (Term("colour", "red"), Term("tags", "soft")),
        (Term("tags", "new"), Term("colour", "red")),
        (Term("tags", "soft"), Term("colour", "red"), Term("shape", row["shape"])),
        (Term("colour", "blue"), Term("shape", row["shape"])),
    ]
    values = phi(encoder, encoder.columns(table), row["index"], wanted)
    assert [value for _, value in values] == [1, 0, 1, 0]
    assert values[0][0] == "colour=red × tags=soft"


# --- the strongest crosses by name ----------------------------------------------------------------------------


@pytest.mark.torch
def test_what_sells_is_the_strongest_cross_by_name_and_its_count_is_right() -> None:
    table = toys()
    model, network = trained(WideDeepSpec(parts="wide", crosses=CROSSES, plain_wide=False), table)
    best = strongest_crosses(network, model.encoder, model.encoder.columns(table), top=3)
    assert best[0].name == "colour=red × shape=cube"
    assert best[0].weight > 2.0
    assert best[0].count == table.filter((pl.col("colour") == "red") & (pl.col("shape") == "cube")).height
    assert abs(best[0].weight) >= abs(best[1].weight) >= abs(best[2].weight)


def counted(table: pl.DataFrame, crosses: tuple[tuple[str, ...], ...]) -> Counter[str]:
    """How often each product occurs, by hand."""
    rows = ((cross, row) for cross in crosses for row in range(table.height))
    return Counter(title(p) for cross, row in rows for p in brute_products(table, cross, row))


@pytest.mark.torch
@pytest.mark.parametrize("buckets", [100_000, 4])
def test_every_weight_is_named_exact_or_hashed(buckets: int) -> None:
    table = toys(300)
    spec = WideDeepSpec(parts="wide", crosses=CROSSES, buckets=buckets)
    model, network = trained(spec, table)
    found = strongest_crosses(network, model.encoder, model.encoder.columns(table), top=1_000)
    counts = counted(table, CROSSES)
    names = [title(one) for cross in found for one in cross.products]
    assert len(names) == len(set(names))
    for cross in found:
        assert cross.count == sum(counts[title(one)] for one in cross.products)
        assert counts[title(cross.products[0])] == max(counts[title(one)] for one in cross.products)
    if buckets == 4:
        assert set(names) <= set(counts)
        assert any("more in its bucket" in cross.name for cross in found)
    else:
        assert all(len(cross.products) == 1 for cross in found)


@pytest.mark.torch
@pytest.mark.parametrize("buckets", [100_000, 4])
def test_a_named_weight_is_what_a_row_gets_by_it(buckets: int) -> None:
    """The wide logit of every row is the sum of the named weights of its products."""
    table = toys(200)
    spec = WideDeepSpec(parts="wide", crosses=CROSSES, plain_wide=False, buckets=buckets)
    model, network = trained(spec, table)
    columns = model.encoder.columns(table)
    found = strongest_crosses(network, model.encoder, columns, top=1_000)
    weights = {title(one): cross.weight for cross in found for one in cross.products}
    wide = answers(network, model.prepare(network, table)).wide
    by_hand = [
        sum(weights.get(title(one), 0.0) for cross in CROSSES for one in brute_products(table, cross, row))
        for row in range(table.height)
    ]
    np.testing.assert_allclose(wide, by_hand, atol=1e-5)


@pytest.mark.torch
def test_rare_crosses_can_be_left_out_and_a_deep_half_has_none() -> None:
    table = toys()
    model, network = trained(WideDeepSpec(crosses=CROSSES, hidden=(8,)), table, 1)
    columns = model.encoder.columns(table)
    assert all(cross.count >= 350 for cross in strongest_crosses(network, model.encoder, columns, least=350))
    deep, network = trained(WideDeepSpec(parts="deep", hidden=(8,)), table, 1)
    assert strongest_crosses(network, deep.encoder, columns) == []


def test_bins_are_named_by_their_borders() -> None:
    table = toys(50)
    encoder = fit_encoder(table, FIELDS)
    name = "weight (binned)"
    assert value_name(encoder, name, 0).startswith("< ")
    assert value_name(encoder, name, len(encoder.scales["weight"].borders)).startswith("≥ ")
    assert " … " in value_name(encoder, name, 1)
    assert value_name(encoder, "colour", 0) == "(unknown)"
    flat = Encoder(FIELDS, encoder.vocabularies, fit_encoder(table.with_columns(weight=1.0), FIELDS).scales)
    assert value_name(flat, name, 0) == "any"
    assert isinstance(encoder.columns(table)["tags"], Bags)
