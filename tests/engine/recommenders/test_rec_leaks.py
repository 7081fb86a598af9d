"""Columns that decide the label alone: found on held-out rows, and said wherever a table is looked at or judged."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from sklearn.metrics import roc_auc_score
from sklearn.tree import DecisionTreeClassifier

from engine.cli.main import run
from engine.recommenders.data.data_choice import RecommenderData, TableChoice
from engine.recommenders.data.profile.leaks import LEAK, ColumnAucs, leaks_among
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.profile.table_profile import CONSTANT, UNIQUE
from engine.recommenders.data.proposal.proposing import propose
from engine.recommenders.data.sources import data_source
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.random_split import split_at_random
from engine.recommenders.running.events import Noticed, told_by
from engine.recommenders.running.plan import RunPlan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_log import LogReader
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.opening import drafted
from tests.engine.recommenders.asked import asked

ROWS = 2000
IDLE = {CONSTANT.code, UNIQUE.code}
HONEST, LEAKING = ("x", "city"), ("stage", "refund", "amount", "tags", "distance")


@pytest.fixture(scope="module")
def table() -> pl.DataFrame:
    """Two honest columns; and a category, one that is missing for every no, a number with a threshold, a bag, and a
    number whose yes lies between two noes."""
    draw = np.random.default_rng(0)
    x = draw.normal(size=ROWS)
    y = x + draw.normal(size=ROWS) > 0
    names = [draw.choice(list("abcd"), 2).tolist() + (["won"] if yes else []) for yes in y]
    return pl.DataFrame(
        {
            "x": x.round(3),
            "city": draw.choice(list("mnop"), ROWS),
            "stage": np.where(y, draw.choice(["won", "paid"], ROWS), draw.choice(["lost", "open"], ROWS)),
            "refund": [f"2024-03-{at % 28 + 1:02d}" if yes else None for at, yes in enumerate(y)],
            "amount": np.where(y, draw.uniform(100, 200, ROWS), draw.uniform(0, 99, ROWS)).round(2),
            "tags": ["|".join(dict.fromkeys(each)) for each in names],
            "distance": np.where(y, draw.uniform(-1, 1, ROWS), draw.choice([-1, 1], ROWS) * draw.uniform(2, 9, ROWS)),
            "y": y.astype(int),
        }
    )


@pytest.fixture(scope="module")
def path(table: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("leaks") / "deals.csv"
    table.write_csv(path)
    return path


FIELDS = Fields(("city", "stage", "refund"), ("x", "amount", "distance"), ("tags",))


def chosen(path: Path, *without: str) -> RecommenderData:
    kept = [tuple(name for name in names if name not in without) for names in (
        FIELDS.categories, FIELDS.numbers, FIELDS.bags)]  # fmt: skip
    choice = TableChoice(label="y", categories=kept[0], numbers=kept[1], bags=kept[2])
    return RecommenderData(source="file", path=path, table=choice)


def test_each_sort_of_column_is_found_and_no_honest_one(table: pl.DataFrame) -> None:
    alone = ColumnAucs(table, Goal("y"), FIELDS)
    assert {str(leak.parameters["column"]) for leak in alone.leaks()} == set(LEAKING)
    assert all(alone.of(name) > 0.9999 for name in LEAKING) and all(alone.of(name) < 0.85 for name in HONEST)


def test_a_number_s_auc_is_what_a_tree_of_it_has_on_the_same_rows(table: pl.DataFrame) -> None:
    rows = split_at_random(ROWS, 0)
    kept = np.concatenate([rows.valid, rows.test])
    x, y = table["x"].to_numpy()[:, None], table["y"].to_numpy()
    tree = DecisionTreeClassifier(max_leaf_nodes=16, min_samples_leaf=20).fit(x[rows.train], y[rows.train])
    expected = roc_auc_score(y[kept], tree.predict_proba(x[kept])[:, 1])
    assert ColumnAucs(table, Goal("y"), FIELDS).of("x") == pytest.approx(expected, abs=0.03)


def test_the_census_has_none_and_its_values_are_held_out(table: pl.DataFrame) -> None:
    census = data_source("adult").examples(RecommenderData(source="adult"), None)
    alone = ColumnAucs(census.table, census.goal, census.fields)
    assert not alone.leaks() and 0.7 < alone.of("education") < 0.72
    lone = table.with_columns(number=pl.int_range(pl.len()).cast(pl.String))
    assert ColumnAucs(lone, Goal("y"), Fields(("number",))).of("number") == 0.5, "what is known by heart helps nobody"


def test_too_few_rows_are_no_evidence_and_a_few_wrong_ones_no_excuse(table: pl.DataFrame) -> None:
    assert not ColumnAucs(table.head(30), Goal("y"), FIELDS).leaks()
    stray = table.with_columns(y=pl.when(pl.int_range(pl.len()) % 500 == 0).then(1 - pl.col("y")).otherwise("y"))
    found = {str(leak.parameters["column"]) for leak in ColumnAucs(stray, Goal("y"), FIELDS).leaks()}
    assert "stage" in found


def test_profile_and_proposal_name_them(path: Path) -> None:
    for found in (profile(chosen(path), "examples").warnings, propose(path).problems):
        assert {str(leak.parameters["column"]) for leak in leaks_among(found)} == set(LEAKING)
    assert not leaks_among(profile(chosen(path, *LEAKING), "examples").warnings)


def test_the_proposal_leaves_them_out_and_so_does_its_command(
    path: Path, table: pl.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = propose(path)
    assert {name for name, role in found.roles.items() if role == "unused"} == set(LEAKING)
    assert {one.name: one.readable_as for one in found.columns if one.readable_as} == {
        "stage": "category", "refund": "number", "amount": "number", "tags": "bag", "distance": "number",
    }  # fmt: skip
    assert not found.leaks_read(found.roles) and len(found.leaks_read({**found.roles, "stage": "category"})) == 1
    assert run(["recommend", "data", str(path), "--propose"]) == 0
    told = capsys.readouterr().out
    assert "--numbers x" in told and "--categories city" in told and "learns little else" not in told
    assert "is left out, as it alone predicts “y” on held-out rows (AUC 1.0000)" in told
    table.select("stage", "y").write_csv(tmp_path / "one.csv")
    alone = propose(tmp_path / "one.csv")
    assert alone.roles["stage"] == "category" and len(alone.leaks_read(alone.roles)) == 1, "else nothing is read"


def test_a_plan_is_warned_of_what_its_graph_reads(path: Path) -> None:
    start = task_kind("wide-deep").preset("file")
    spec = start.spec.model_dump(mode="json")
    for without, expected in (((), set(LEAKING)), (LEAKING[1:], {"stage"}), (LEAKING, set())):
        plan = RunPlan(name="x", model="wide-deep", data=chosen(path, *without), spec=spec, training=start.training)
        warnings = asked(drafted(plan), "check")["warnings"]
        assert {warning["parameters"]["column"] for warning in warnings} == expected
        assert {warning["code"] for warning in warnings} <= {LEAK.code}


def test_training_says_it_first_and_the_verdict_again(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = RunFolder(tmp_path / "run")
    small = ["--hidden", "4", "--dimensions", "2", "--epochs", "1", "--device", "cpu"]
    data = ["--data", str(path), "--label", "y", "--categories", "stage,city", "--numbers", "x"]
    assert run(["recommend", "train", "wide-deep", *data, *small, "--run", str(folder.path)]) == 0
    printed = capsys.readouterr()
    assert "“stage” alone predicts “y”" in printed.err.split("\n")[0] and "“city”" not in printed.err
    assert printed.out.index("boosted trees") < printed.out.index("“stage” alone predicts “y”")
    events = [one.event for one in LogReader(folder.log).news()]
    assert [told_by(event).code for event in events if isinstance(event, Noticed)] == [LEAK.code]
    assert run(["recommend", "evaluate", str(folder.checkpoint), "--json"]) == 0
    (leak,) = json.loads(capsys.readouterr().out)["leaks"]
    assert leak.startswith("“stage” alone predicts “y” on held-out rows (AUC 1.0000)")


def test_training_names_columns_that_teach_nothing(
    table: pl.DataFrame, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shop.csv"
    constant = pl.lit("AT").alias("country")
    table.with_columns(constant, ("C" + pl.int_range(pl.len()).cast(pl.String)).alias("customer")).write_csv(path)
    small = ["--hidden", "4", "--dimensions", "2", "--epochs", "1", "--device", "cpu"]
    data = ["--data", str(path), "--label", "y", "--numbers", "x", "--categories"]
    for names, expected in (("city,customer,country", 2), ("city", 0)):
        out = str(tmp_path / "run.safetensors")
        assert run(["recommend", "train", "wide-deep", *data, names, *small, "--out", out]) == 0
        printed = capsys.readouterr().err
        assert printed.lower().count("leave it out") == expected
        assert ("“customer” is different in 100 % of the rows" in printed) is bool(expected)
        assert ("“country” is “AT” in every row, which tells nothing. Leave it out." in printed) is bool(expected)
        if expected:
            choice = TableChoice(label="y", categories=tuple(names.split(",")), numbers=("x",))
            told = profile(RecommenderData(source="file", path=path, table=choice), "examples").warnings
            assert sum(said.code in IDLE and said.sentence in printed for said in told) == expected
