"""Columns, vocabularies, crosses and the batches that are made of them, held to plain Python."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.columns import Bags, bags_of
from engine.graph.kinds.cross import Cross, CrossParams, cross_ids
from engine.graph.kinds.on_torch import side_by_side
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData, TableChoice
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.proposal.proposing import propose
from engine.recommenders.data.tables.encoding import FARTHEST, Vocabulary, fit_encoder
from engine.recommenders.data.tables.fields import Fields, binned_name
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import read_examples
from engine.recommenders.data.tables.random_split import split_at_random
from engine.recommenders.running.batches import PreparedBatches, epoch_order
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.candidates.example_batches import ExampleBatches
from engine.recommenders.tasks.candidates.model import CandidateModel
from engine.recommenders.tasks.candidates.spec import CandidateSpec
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.wide_deep.spec import WideDeepSpec
from engine.recommenders.tasks.wide_deep.task import WideDeepTask
from tests.engine.recommenders.logs_and_examples import all_examples, ordered, target_counts

LISTS = st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=8)


@given(LISTS, st.data())
@settings(deadline=None)
def test_bags_are_taken_row_by_row(lists: list[list[int]], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(lists) - 1), max_size=10))
    taken = bags_of(lists).take(np.array(rows, np.int64))
    assert [taken.bag(at).tolist() for at in range(taken.rows)] == [lists[row] for row in rows]


@given(LISTS, st.data())
@settings(deadline=None)
def test_ids_and_bags_side_by_side(lists: list[list[int]], data: st.DataObject) -> None:
    ids = np.array(data.draw(st.lists(st.integers(0, 9), min_size=len(lists), max_size=len(lists))), np.int64)
    joined = side_by_side([bags_of(lists), ids, bags_of(lists)], np.array([0, 10, 20]))
    assert isinstance(joined, Bags)
    for at, some in enumerate(lists):
        assert joined.bag(at).tolist() == [*some, 10 + ids[at], *(20 + one for one in some)]


def test_an_exact_cross_gives_every_combination_its_own_id() -> None:
    pairs = np.array(list(product(range(4), range(3), range(5))))
    ids = cross_ids([pairs[:, 0], pairs[:, 1], pairs[:, 2]], [4, 3, 5], 60)
    assert sorted(ids) == list(range(60))


def test_a_large_cross_is_hashed_into_its_buckets_evenly() -> None:
    pairs = np.array(list(product(range(300), range(300))))
    ids = cross_ids([pairs[:, 0], pairs[:, 1]], [300, 300], 1000)
    counts = np.bincount(ids, minlength=1000)
    assert len(counts) == 1000
    assert counts.min() > 60 and counts.max() < 130  # 90 each, with a standard deviation of 9.5
    assert (cross_ids([pairs[:, 1], pairs[:, 0]], [300, 300], 1000) != ids).mean() > 0.99  # the order matters


@given(LISTS, LISTS)
@settings(deadline=None)
def test_bags_are_crossed_with_every_id(first: list[list[int]], second: list[list[int]]) -> None:
    rows = min(len(first), len(second))
    crossed = cross_ids([bags_of(first[:rows]), bags_of(second[:rows])], [10, 10], 100)
    assert isinstance(crossed, Bags)
    for at in range(rows):
        assert crossed.bag(at).tolist() == [10 * one + other for one, other in product(first[at], second[at])]


def test_a_cross_of_a_wire_that_is_not_there_is_refused() -> None:
    with pytest.raises(EngineError, match="names input 3, but only 2 are wired"):
        Cross().sizes(CrossParams(crosses=((0, 2),)), [4, 5])


def test_a_vocabulary_counts_and_keeps_a_place_for_the_unknown() -> None:
    table = pl.DataFrame({"c": ["b", "a", "b", None, "c"], "n": [1.0, 2.0, 3.0, None, float("nan")]})
    encoder = fit_encoder(table, Fields(("c",), ("n",)))
    assert encoder.vocabularies["c"] == Vocabulary(("b", "a", "c"))
    again = encoder.columns(pl.DataFrame({"c": ["a", "never", None, "b"], "n": [2.0, None, 4.0, float("inf")]}))
    assert again["c"].tolist() == [2, 0, 0, 1]
    assert again["n"][[1, 3]].tolist() == [0.0, 0.0]  # what is missing is the mean


def test_bins_hold_equal_shares_and_tell_zero_from_the_rest() -> None:
    draw = np.random.default_rng(0)
    values = np.where(draw.random(4000) < 0.9, 0.0, draw.integers(1, 40, 4000) * 100.0)
    encoder = fit_encoder(pl.DataFrame({"gain": values}), Fields(numbers=("gain",)))
    bins = encoder.columns(pl.DataFrame({"gain": values}))[binned_name("gain")]
    assert set(bins[values == 0.0]) == {0} and 0 not in set(bins[values > 0.0])
    assert len(set(bins)) >= 15
    assert bins.max() < encoder.sizes()[binned_name("gain")]


def test_a_number_too_large_to_compute_with_is_missing_and_tiny_ones_are_scaled() -> None:
    usual = np.arange(40.0)
    table = pl.DataFrame({"huge": [1e300, *usual[1:]], "tiny": usual * 1e-200})
    encoder = fit_encoder(table, Fields(numbers=("huge", "tiny")))
    assert not list(encoder.faults())
    made = encoder.columns(table)
    assert made["huge"][0] == 0.0  # the mean
    assert made["tiny"] == pytest.approx((usual - usual.mean()) / usual.std(), abs=1e-6)


def test_what_is_no_number_and_what_is_not_there_is_said() -> None:
    table = pl.DataFrame({"c": ["x", "y"]})
    with pytest.raises(EngineError, match="does not hold numbers"):
        fit_encoder(table, Fields(numbers=("c",)))
    with pytest.raises(EngineError, match="no column “d”; it has “c”"):
        fit_encoder(table, Fields(("d",)))


@pytest.mark.parametrize("label", ["1", "yes"])
def test_rows_without_an_outcome_are_left_out_and_counted(tmp_path: Path, label: str) -> None:
    """398 of them were refused: leave them out yourself."""
    other = {"1": "0", "yes": "no"}[label]
    lines = [f"c{at % 4},{at},{(label, other, '', 'null')[at % 4]}" for at in range(40)]
    (tmp_path / "t.csv").write_text("c,x,y\n" + "\n".join(lines) + "\n")
    goal = Goal("y", equals=None if label == "1" else label)
    found = read_examples(tmp_path / "t.csv", goal, Fields())
    assert found.table.height == 20 and found.goal.labels(found.table).mean() == 0.5
    (notice,) = [one for one in found.notices if one.code == "data.notice-rows-without-target"]
    assert notice.parameters == {"count": 20, "column": "y"}
    (tmp_path / "t.csv").write_text("c,x,y\na,1,\nb,2,\n")
    with pytest.raises(EngineError, match="no value in any row"):
        read_examples(tmp_path / "t.csv", goal, Fields())


def test_the_columns_of_a_file_are_read_by_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    lines = [f"{n / 7},{n % 3},{'ab'[n % 2]},{n % 2}" for n in range(60)]
    path.write_text("x,few,text,y\n" + "\n".join(lines) + "\n")
    assert read_examples(path, Goal("y"), Fields()).fields == Fields(("few", "text"), ("x",))
    with pytest.raises(EngineError, match="no column “z”"):
        read_examples(path, Goal("z"), Fields())
    with pytest.raises(EngineError, match="doesn't exist"):
        read_examples(tmp_path / "none.csv", Goal("y"), Fields())


def test_columns_that_tell_rows_apart_are_left_out_and_said_as_they_are_proposed(tmp_path: Path) -> None:
    """“Leave it out”, it was said of an ID, which was then trained on."""
    path = tmp_path / "own.csv"
    days = [f"2021-{n // 28 + 1:02d}-{n % 28 + 1:02d}" for n in range(100)]
    rows = [
        f"{7919 * n % 10007 + 10000},{day},{n % 12 + 1}/{n // 12 + 1}/2021,{n % 3},{n % 2}"
        for n, day in enumerate(days)
    ]
    path.write_text("customer,geburt,open,few,y\n" + "\n".join(rows) + "\n")
    found = read_examples(path, Goal("y"), Fields())
    assert found.fields == Fields(("few",), ("geburt",))
    assert {name for name, role in propose(path).roles.items() if role == "unused"} == {"customer", "open"}
    assert [(notice.code, notice.parameters.get("column")) for notice in found.notices] == [
        ("recommender.notice-dates", "geburt"), ("data.notice-column-identifier", "customer"),
        ("recommender.notice-column-different", "open"),
        ("recommender.notice-how-to-keep", None),
    ]  # fmt: skip
    assert "--categories" in found.notices[-1].sentence
    assert propose(path).notices == (found.notices[0], found.notices[-1])
    named = Fields(("customer", "few"))
    assert read_examples(path, Goal("y"), named).fields == named


def test_a_network_that_was_trained_on_an_id_reads_it_still(tmp_path: Path) -> None:
    """Plans without columns were read so that IDs were among them, and an old checkpoint carries no rows."""
    path = tmp_path / "own.csv"
    rows = [f"{7919 * n % 10007 + 10000},{n % 3},{n % 2}" for n in range(100)]
    path.write_text("customer,few,y\n" + "\n".join(rows) + "\n")
    data = RecommenderData(source="file", path=path, table=TableChoice(label="y"))
    before = data.model_copy(update={"table": TableChoice(label="y", categories=("few",), numbers=("customer",))})
    kind, training = task_kind("wide-deep"), Training(epochs=1)
    kept = kind.open(before, WideDeepSpec(), training).document()
    task = kind.reopen(kept, data, training)
    assert isinstance(task, WideDeepTask)
    assert task.labelled.fields == Fields(("few",), ("customer",))


def test_a_table_with_semicolons_and_decimal_commas_in_latin_1_is_read(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    lines = [f"{n / 8:.3f};{n % 3};{('grün', 'weiß')[n % 2]};{('', 'na', '?', 'x')[n % 4]};{n % 2}" for n in range(60)]
    text = "größe;wenige;farbe;kaum;y\n" + "\n".join(lines).replace(".", ",") + "\n"
    path.write_bytes(text.encode("latin-1"))
    found = read_examples(path, Goal("y"), Fields())
    assert found.fields == Fields(("wenige", "farbe", "kaum"), ("größe",))
    assert found.table["größe"].to_list() == [n / 8 for n in range(60)]
    assert found.table["wenige"].to_list() == [n % 3 for n in range(60)]
    assert found.table["farbe"].to_list() == ["grün", "weiß"] * 30
    assert found.table["kaum"].null_count() == 45
    assert [notice.parameters for notice in found.notices] == [
        {"encoding": "latin-1"}, {"columns": "“größe”", "example": "0,000", "value": "0"},
        {"column": "kaum", "words": "“na” (15)"},
    ]  # fmt: skip
    assert found.goal.labels(found.table).tolist() == [0.0, 1.0] * 30


def test_the_words_for_nothing_are_missing_and_named(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    texts = ("NA", "null", "nan", "n/a", "None", "DE", "?", "none")
    lines = [f"{texts[n % 8]},{texts[n % 8]},{('NaN', '1.5', '?')[n % 3]},{n % 2}" for n in range(48)]
    path.write_text("country,named,x,y\n" + "\n".join(lines) + "\n")
    wanted = [text if text in ("DE", "none") else None for text in texts] * 6
    for fields in (Fields(), Fields(("country", "named"), ("x",))):
        found = read_examples(path, Goal("y"), fields)
        assert found.fields == Fields(("country", "named"), ("x",))
        assert found.table["country"].to_list() == wanted
        assert found.table["named"].to_list() == wanted
        assert found.table["x"].to_list() == [None, 1.5, None] * 16
        assert [said.sentence for said in found.notices] == [
            f"Read as missing in “{name}”: “NA” (6), “None” (6), “n/a” (6), “nan” (6), “null” (6)."
            for name in ("country", "named")
        ]


def test_columns_named_as_categories_stay_as_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("zip,sure,y\n" + "\n".join(f"0{n % 9},{('True', 'false')[n % 2]},{n % 2}.0" for n in range(60)))
    found = read_examples(path, Goal("y", equals="1.0"), Fields(("zip",)))
    assert found.table["zip"].to_list()[:3] == ["00", "01", "02"]
    assert found.table["sure"].to_list()[:2] == ["True", "false"], "it is not read"
    assert found.goal.labels(found.table).tolist() == [0.0, 1.0] * 30


def test_a_split_is_of_all_rows_and_the_seeds_own() -> None:
    parts = split_at_random(1000, 3)
    assert sorted([*parts.train, *parts.valid, *parts.test]) == list(range(1000))
    assert (len(parts.train), len(parts.valid), len(parts.test)) == (800, 100, 100)
    assert (split_at_random(1000, 3).test == parts.test).all()
    assert (split_at_random(1000, 4).test != parts.test).any()


def test_every_epoch_has_every_row_once_in_an_order_of_its_own() -> None:
    first, second = (epoch_order(500, Training(), epoch) for epoch in (0, 1))
    assert sorted(first) == sorted(second) == list(range(500))
    assert (first != second).mean() > 0.9
    assert (epoch_order(500, Training(shuffle=False), 1) == np.arange(500)).all()


@pytest.mark.torch
def test_batches_made_when_wanted_are_those_made_beforehand() -> None:
    draw = np.random.default_rng(1)
    users, items = np.sort(draw.integers(0, 30, 400)), draw.integers(0, 50, 400)
    names = tuple(f"i{at}" for at in range(50))
    features = {"country": [("DE", "FR")[at % 2] for at in range(30)]}
    people = tuple(map(str, range(30)))
    log = ordered(Log(users, items, draw.integers(0, 10**6, 400), people, names, user_features=features))
    searches = bags_of([draw.integers(1, 9, 2).tolist() for _ in range(400)])
    training = Training(batch_size=32)
    model = CandidateModel.build(log, CandidateSpec(categories=("country",), repeats=True), training, searches)
    network = model.network()
    lazy = ExampleBatches(network.plan, model.columns, log, training, searches)
    eager = PreparedBatches(all_examples(model, network, log, searches), training)
    assert (lazy.rows, lazy.steps) == (eager.rows, eager.steps)
    np.testing.assert_array_equal(lazy.counts(), target_counts(model, all_examples(model, network, log, searches)))
    for epoch, step in ((0, 0), (1, lazy.steps - 1)):
        one, other = lazy.batch(epoch, step), eager.batch(epoch, step)
        np.testing.assert_array_equal(one.targets, other.targets)
        for at, keys in one.keys.items():
            expected = other.keys[at]
            for part in ("ids", "offsets") if isinstance(keys, Bags) else ():
                np.testing.assert_array_equal(getattr(keys, part), getattr(expected, part))
            if not isinstance(keys, Bags):
                np.testing.assert_array_equal(keys, expected)
        for at, numbers in one.numbers.items():
            np.testing.assert_array_equal(numbers, other.numbers[at])


def _with_extremes(path: Path) -> Path:
    draw = np.random.default_rng(0)
    x = [f"{value:.2f}" for value in draw.normal(size=300)]
    x[5], x[7], x[9], x[11] = "inf", "-inf", "1e155", "NaN"
    lines = [f"{value},{'ab'[at % 2]},{at % 2}" for at, value in enumerate(x)]
    path.write_text("x,c,y\n" + "\n".join(lines) + "\n")
    return path


def test_what_cannot_be_computed_with_is_missing_to_every_reader_and_said(tmp_path: Path) -> None:
    path = _with_extremes(tmp_path / "t.csv")
    found = read_examples(path, Goal("y"), Fields())
    assert found.table["x"].null_count() == 4
    (notice,) = found.notices
    assert notice.code == "recommender.numbers-beyond"
    assert notice.parameters == {"column": "x", "value": "inf", "row": 7, "count": 3}  # NaN says itself that it is none
    choice = RecommenderData(source="file", path=path, table=TableChoice(label="y"))
    (profiled,) = [one for one in profile(choice).columns if one.name == "x"]  # type: ignore[union-attr]  # a table
    proposal = propose(path)
    (proposed,) = [one for one in proposal.columns if one.name == "x"]
    assert (proposed.role, proposed.missing, proposed.distinct) == ("number", 4, profiled.distinct)
    assert profiled.missing == 4 and notice in proposal.notices and notice in profile(choice).warnings
    found.table.with_columns(pl.col("x").fill_null(float("inf"))).write_parquet(tmp_path / "t.parquet")
    again = read_examples(tmp_path / "t.parquet", Goal("y"), Fields())
    assert again.table["x"].null_count() == 4 and again.notices[0].parameters["count"] == 4


def test_a_number_far_from_all_of_training_is_cut_to_what_single_precision_holds() -> None:
    encoder = fit_encoder(pl.DataFrame({"x": [1.0, 2.0, 3.0]}), Fields(numbers=("x",)))
    made = encoder.columns(pl.DataFrame({"x": [1e149, -1e149, 2.0, 1e300]}))["x"]
    assert made.tolist() == [FARTHEST, -FARTHEST, 0.0, 0.0]  # the last one is missing
    assert np.isfinite(np.square(made)).all()
