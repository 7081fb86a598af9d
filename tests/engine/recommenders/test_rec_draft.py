"""A run that is yet to be trained, open to questions: counts by polars, sizes by arithmetic, graphs by templates."""

from __future__ import annotations

import json
import subprocess
import sys
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from engine.cli.main import run
from engine.graph.model import NetworkGraph
from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running.plan import RunPlan, write_plan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.known import task_kind
from engine.recommenders.tasks.opening import drafted, opened_as_planned
from engine.recommenders.tasks.wide_deep.draft import DraftWideDeep
from tests.engine.recommenders.asked import asked

ROOT = Path(__file__).parents[3]
SITE = RecommenderData(source="video-site", events=5000, users=300, items=200)
FILMS = RecommenderData(source="movielens-small")
CENSUS = RecommenderData(source="adult")


def plan_of(model: str, data: RecommenderData, graph: NetworkGraph | None = None, **spec: Any) -> RunPlan:
    start = task_kind(model).preset(data.source)
    chosen = start.spec.model_dump(mode="json") | spec
    return RunPlan(name="x", model=model, data=data, spec=chosen, training=start.training, graph=graph)


def draft(model: str, data: RecommenderData, graph: NetworkGraph | None = None, **spec: Any) -> Askable[Any]:
    return drafted(plan_of(model, data, graph, **spec))


FIRST = 2
"""The file's number of the first row, after the header."""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two columns of names with some missing, a bag, a number, an outcome."""
    draw = np.random.default_rng(0)
    colour = draw.choice(["red", "blue", "green", None], 500, p=[0.4, 0.3, 0.2, 0.1])
    shape = draw.choice(["circle", "square"], 500)
    tags = ["|".join(sorted(draw.choice(list("abcd"), draw.integers(0, 4)).tolist())) for _ in range(500)]
    x, bought = draw.normal(size=500).round(1), draw.integers(0, 2, 500)
    path = tmp_path_factory.mktemp("draft") / "toys.csv"
    columns = {"colour": colour.tolist(), "shape": shape, "tags": tags, "x": x, "bought": bought}
    pl.DataFrame(columns).write_csv(path)
    return path


@pytest.fixture(scope="module")
def toys(table: Path) -> Askable[Any]:
    chosen = {"label": "bought", "categories": ["colour", "shape"], "numbers": ["x"], "bags": ["tags"]}
    data = RecommenderData.model_validate({"source": "file", "path": table, "table": chosen})
    return draft("wide-deep", data, crosses=[["colour", "shape"]], buckets=50)


@pytest.fixture(scope="module")
def site() -> Askable[Any]:
    return draft("candidates", SITE, categories=["country"], latest=1)


# about, check ---------------------------------------------------------------------------------------------------------


@pytest.mark.torch
@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "data"), [("wide-deep", CENSUS), ("candidates", SITE), ("candidates", FILMS), ("ranking", SITE)]
)
def test_the_draft_is_of_the_very_network_that_would_be_trained(model: str, data: RecommenderData) -> None:
    plan = plan_of(model, data)
    about, task = asked(drafted(plan), "about"), opened_as_planned(plan, "cpu")
    assert about["model"] == model and about["label"] == task_kind(model).label
    assert NetworkGraph.model_validate(about["graph"]) == task.network.graph
    assert about["template"] == about["graph"] and not about["edited"] and about["problem"] is None
    assert about["rows"]["training"] == task.batches.rows
    checked = asked(drafted(plan), "check")
    sizes = checked["parameters"]
    assert sizes["total"] == task.network.parameter_count() == sum(block["parameters"] for block in checked["blocks"])
    tables = {key[0]: table.numel() for key, table in task.network.tables.items()}
    wide = sum(size for block, size in tables.items() if block.startswith("sparse"))
    assert (sizes["wide"], sizes["tables"]) == (wide, sum(tables.values()) - wide)


def test_columns_are_named_by_their_sort_and_size(toys: Askable[Any]) -> None:
    columns = {one["name"]: (one["sort"], one["size"]) for one in asked(toys, "about")["columns"]}
    bins = columns.pop("x (binned)")
    assert columns == {
        "colour": ("category", 4), "shape": ("category", 3), "tags": ("bag", 5), "x": ("number", None)
    }  # fmt: skip
    assert bins[0] == "bins" and bins[1] > 5
    rows = {"rows": 500, "training": 400, "what": "rows", "file_rows": [[FIRST, 500]]}
    assert asked(toys, "about")["rows"] == rows


def test_a_block_says_what_it_reads_and_what_it_has_anything_of(site: Askable[Any]) -> None:
    blocks = {block["name"]: block for block in asked(site, "check")["blocks"]}
    assert blocks["Watch history"]["reads"] == ["history"]
    pooled = blocks["Mean of watch history"]
    assert pooled["reads"] == [] and pooled["features"] == ["history"] and pooled["parameters"] == 201 * 64
    assert set(blocks["Tower 1"]["features"]) == {"history", "latest", "searches", "country", "example age",
                                                  "example age²"}  # fmt: skip


def test_a_graph_that_does_not_fit_is_said_and_where(site: Askable[Any]) -> None:
    graph = asked(site, "about")["graph"]
    (end,) = (block for block in graph["blocks"] if block["kind"] == "sampled_softmax")
    end["params"]["items"] = 17
    found = asked(site, "check", graph=graph)
    assert found["block"] == end["id"] and found["parameters"] is None and found["blocks"] == []
    assert found["problem"] == {
        "code": "recommender.graph-other-items",
        "sentence": "“Next watch” is over 17 items, and this data has 200; set its items to that.",
        "template": "“{block}” is over {found} items, and this data has {expected}; set its items to that.",
        "parameters": {"block": "Next watch", "found": 17, "expected": 200},
    }
    of_it = draft("candidates", SITE, NetworkGraph.model_validate(graph))
    about = asked(of_it, "about")
    assert found["spec"] is None
    assert about["edited"] and about["problem"] == found["problem"] and about["graph"] == graph
    assert about["template"] != graph and about["features"]


def test_an_edited_graph_says_which_spec_it_agrees_with(site: Askable[Any]) -> None:
    about = asked(site, "about")
    assert asked(site, "check")["spec"] == about["spec"]
    for block in about["graph"]["blocks"]:
        if "dimensions" in block["params"]:
            block["params"]["dimensions"] = 16
    (tower,) = (block for block in about["graph"]["blocks"] if block["title"] == "Tower 1")
    tower["params"]["units"] = 33
    agreed = asked(site, "check", graph=about["graph"])["spec"]
    assert (agreed["dimensions"], agreed["hidden"], agreed["per_user"]) == (16, [33], about["spec"]["per_user"])


# features -------------------------------------------------------------------------------------------------------------


def test_features_say_whether_the_data_have_them(site: Askable[Any]) -> None:
    found = {one["key"]: one for one in asked(site, "about")["features"]}
    assert list(found) == ["history", "latest", "searches", "category:country", "category:language",
                           "category:device", "category:gender", "category:age", "example_age"]  # fmt: skip
    assert {key for key, one in found.items() if one["on"]} == {
        "history", "latest", "searches", "category:country", "example_age"
    }  # fmt: skip
    assert all(one["available"] and one["why_not"] is None and one["what"].endswith(".") for one in found.values())
    films = {one["key"]: one for one in asked(draft("candidates", FILMS), "about")["features"]}
    assert films["searches"]["why_not"]["code"] == "recommender.no-searches" and not films["searches"]["on"]
    assert films["category"]["why_not"]["code"] == "recommender.no-user-features"
    assert films["searches"]["change"] is None and films["history"]["on"]


@pytest.mark.slow
@pytest.mark.parametrize("model", ["candidates", "ranking"])
def test_each_switch_switches_its_feature_and_no_other(model: str) -> None:
    opened = draft(model, SITE)
    features = asked(opened, "about")["features"]
    graph = asked(opened, "about")["graph"]
    for feature in features:
        if feature["change"] is None:
            continue
        for given in ({}, {"graph": graph}):
            drawn = asked(opened, "graph", spec=feature["change"], **given)
            assert drawn["problem"] is None
            now = asked(opened, "check", graph=drawn["graph"])["switches"]
            changed = [one["key"] for one, was in zip(now, features, strict=True) if one["on"] != was["on"]]
            assert changed == [feature["key"]]
            (again,) = (one for one in now if one["key"] == feature["key"])
            back = asked(opened, "graph", spec=again["change"], graph=drawn["graph"])
            switches = asked(opened, "check", graph=back["graph"])["switches"]
            assert [one["on"] for one in switches] == [one["on"] for one in features]


# graph ----------------------------------------------------------------------------------------------------------------


def test_a_changed_spec_keeps_what_a_person_has_edited(site: Askable[Any]) -> None:
    graph = asked(site, "about")["graph"]
    (tower,) = (block for block in graph["blocks"] if block["title"] == "Tower 1")
    tower["params"]["units"], tower["params"]["activation"], tower["y"] = 33, "tanh", 700.0
    found = asked(site, "graph", spec={"latest": 0, "negatives": 10}, graph=graph)
    assert found["problem"] is None and found["spec"]["hidden"] == [33]
    assert tower in found["graph"]["blocks"]
    titles = {block["title"] for block in found["graph"]["blocks"]}
    assert titles == {block["title"] for block in graph["blocks"]} - {"Latest watches", "Mean of latest watches"}
    assert found["spec"]["latest"] == 0 and found["spec"]["negatives"] == 10


def test_what_a_spec_cannot_be_is_said(site: Askable[Any], toys: Askable[Any]) -> None:
    graph = asked(site, "about")["graph"]
    for spec, sentence in (
        ({"dimensions": 0}, "dimensions"),
        ({"wings": 2}, "wings"),
        ({"categories": ["shoe size"]}, "The log has no user feature “shoe size”"),
    ):
        for given in ({}, {"graph": graph}):
            with pytest.raises(EngineError, match=sentence):
                site.answer("graph", {"spec": spec, **given})
    with pytest.raises(EngineError, match="names “size”, which isn't a category"):
        toys.answer("graph", {"spec": {"crosses": [["size", "colour"]]}})
    with pytest.raises(EngineError, match="no end; add a “Softmax over items”"):
        site.answer("graph", {"graph": {"blocks": [], "wires": []}})
    with pytest.raises(EngineError, match="no user feature"):
        draft("candidates", SITE, categories=["shoe size"])
    with pytest.raises(EngineError, match="“shoe size”, which the data does not have"):
        draft("ranking", SITE, numbers=["shoe size"])


# cross ----------------------------------------------------------------------------------------------------------------


def training(toys: Askable[Any]) -> pl.DataFrame:
    opened: DraftWideDeep = toys.opened
    return opened.labelled.table[opened.split.train]


def test_a_cross_is_counted_as_polars_counts_it(toys: Askable[Any]) -> None:
    found = asked(toys, "cross", crosses=[["colour", "shape"]], shown=100)
    (cross,) = found["crosses"]
    names = training(toys).with_columns(pl.col("colour").fill_null("(unknown)"))
    groups = names.group_by("colour", "shape").agg(pl.len(), pl.col("bought").cast(pl.Float64).mean().alias("rate"))
    expected = {(row["colour"], row["shape"]): (row["len"], row["rate"]) for row in groups.to_dicts()}
    assert cross["features"] == 4 * 3 == cross["weights"] and not cross["hashed"] and cross["seen"] == len(expected)
    told = {tuple(one["value"] for one in each["conditions"]): each for each in cross["frequent"]}
    assert told.keys() == expected.keys()
    for values, (rows, rate) in expected.items():
        assert told[values]["rows"] == rows and told[values]["share"] == pytest.approx(rows / 400)
        assert told[values]["rate"] == pytest.approx(rate) and told[values]["unknown"] == ("(unknown)" in values)
    counts = [each["rows"] for each in cross["frequent"]]
    assert counts == sorted(counts, reverse=True)
    assert found["rows"] == 400 and found["rate"] == pytest.approx(training(toys)["bought"].cast(pl.Float64).mean())


def test_phi_is_the_product_of_what_the_row_has(toys: Askable[Any]) -> None:
    table = toys.opened.labelled.table
    known = int(np.flatnonzero(table["colour"].is_not_null().to_numpy())[0])
    phi = asked(toys, "cross", crosses=[["colour", "shape"]], row=known + FIRST)["crosses"][0]["phi"]
    assert [member["x"] for member in phi["members"]] == [1, 1] and phi["product"] == 1
    assert [member["values"] for member in phi["members"]] == [[table["colour"][known]], [table["shape"][known]]]
    (on,) = phi["on"]
    same = training(toys).filter(
        (pl.col("colour") == table["colour"][known]) & (pl.col("shape") == table["shape"][known])
    )
    assert on["rows"] == same.height and not on["unknown"]
    missing = int(np.flatnonzero(table["colour"].is_null().to_numpy())[0])
    phi = asked(toys, "cross", crosses=[["colour", "shape"]], row=missing + FIRST)["crosses"][0]["phi"]
    assert phi["members"][0] == {"column": "colour", "values": [], "x": 0} and phi["product"] == 0
    assert [one["unknown"] for one in phi["on"]] == [True], "the bucket for unknown values has a weight too"


def test_a_cross_of_bags_is_on_once_for_each_pair(toys: Askable[Any]) -> None:
    (cross,) = asked(toys, "cross", crosses=[["tags", "shape"]], shown=100)["crosses"]
    counts: dict[tuple[str, str], int] = {}
    for row in training(toys).to_dicts():
        for tag in set((row["tags"] or "").split("|")) - {""}:
            counts[tag, row["shape"]] = counts.get((tag, row["shape"]), 0) + 1
    told = {tuple(one["value"] for one in each["conditions"]): each["rows"] for each in cross["frequent"]}
    assert told == counts and cross["seen"] == len(counts) and cross["features"] == 5 * 3
    table = toys.opened.labelled.table
    several = next(at for at, tags in enumerate(table["tags"]) if tags and len(set(tags.split("|"))) > 1)
    phi = asked(toys, "cross", crosses=[["tags", "shape"]], row=several + FIRST)["crosses"][0]["phi"]
    assert phi["product"] == 1 and len(phi["on"]) == len(set(table["tags"][several].split("|")))
    empty = next(at for at, tags in enumerate(table["tags"]) if not tags)
    phi = asked(toys, "cross", crosses=[["tags", "shape"]], row=empty + FIRST)["crosses"][0]["phi"]
    assert phi["product"] == 0 and phi["on"] == [] and phi["members"][0] == {"column": "tags", "values": [], "x": 0}


def test_bins_of_numbers_can_be_crossed_and_larger_crosses_are_hashed(toys: Askable[Any]) -> None:
    found = asked(toys, "cross", crosses=[["x (binned)", "shape", "colour"], ["colour"]], row=FIRST)
    large, single = found["crosses"]
    assert large["hashed"] and large["weights"] == 50 < large["features"]
    assert sum(large["phi"]["members"][at]["x"] for at in (0, 1)) == 2
    assert single["features"] == 4 and found["features"] == large["features"] + 4
    (wider,) = asked(toys, "cross", crosses=[["x (binned)", "shape", "colour"]], buckets=10_000)["crosses"]
    assert not wider["hashed"] and wider["weights"] == large["features"]
    sizes = toys.opened.encoder.sizes()
    assert large["features"] == prod(sizes[name] for name in ("x (binned)", "shape", "colour"))


def test_crosses_beyond_all_counters_are_counted_too() -> None:
    """More possible combinations than counters, held to those of pairs that the columns themselves give."""
    census = draft("wide-deep", CENSUS)
    names = ["education", "occupation", "native-country", "age (binned)", "hours-per-week (binned)"]
    (cross,) = asked(census, "cross", crosses=[names], shown=3)["crosses"]
    opened: DraftWideDeep = census.opened
    columns = np.stack([np.asarray(opened.train[name]) for name in names], axis=1)
    rows, counts = np.unique(columns, axis=0, return_counts=True)
    assert cross["features"] > 1 << 22 and cross["seen"] == len(rows)
    assert [one["rows"] for one in cross["frequent"]] == sorted(counts.tolist(), reverse=True)[:3]


def test_what_cannot_be_crossed_is_said(toys: Askable[Any]) -> None:
    with pytest.raises(EngineError, match="no column “x”"):
        toys.answer("cross", {"crosses": [["x", "shape"]]})
    with pytest.raises(EngineError, match="names no column"):
        toys.answer("cross", {"crosses": [[]]})
    with pytest.raises(EngineError, match="names no column"):
        toys.answer("graph", {"spec": {"crosses": [[]]}})
    with pytest.raises(EngineError, match=r"Row 1 of “toys\.csv”, counting any header"):
        toys.answer("cross", {"crosses": [], "row": 1})
    with pytest.raises(EngineError, match="too many combinations to count"):
        toys.opened.counts_of(("tags",) * 64)
    with pytest.raises(EngineError, match=r"names “x \(binned\)” twice"):
        toys.answer("graph", {"spec": {"crosses": [["x (binned)", "colour", "x (binned)"]]}})


# As the command line has it -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    found = RunFolder(tmp_path_factory.mktemp("plans") / "run")
    found.begin(plan_of("candidates", SITE))
    return found


def test_ask_answers_of_a_plan_and_of_a_folder(folder: RunFolder, capsys: pytest.CaptureFixture[str]) -> None:
    for place in (folder.path, folder.plan):
        assert run(["recommend", "ask", str(place), "--draft"]) == 0
        assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["about", "graph", "check"]
    assert run(["recommend", "ask", "--draft", str(folder.plan), "graph", 'spec={"hidden": [8]}']) == 0
    assert json.loads(capsys.readouterr().out)["answer"]["spec"]["hidden"] == [8]


def test_no_plan_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["recommend", "ask", str(tmp_path), "--draft"]) == 1
    assert "doesn't hold a run" in capsys.readouterr().err
    (tmp_path / "plan.json").write_text("{}")
    assert run(["recommend", "ask", str(tmp_path), "--draft"]) == 1
    assert "isn't the plan of a run" in capsys.readouterr().err
    write_plan(tmp_path / "plan.json", plan_of("candidates", SITE).model_copy(update={"spec": {"wings": 2}}))
    assert run(["recommend", "ask", str(tmp_path), "--draft"]) == 1
    assert "wings" in capsys.readouterr().err


@pytest.mark.process
@pytest.mark.slow
def test_a_draft_is_a_child_that_answers_and_does_not_load_torch(folder: RunFolder) -> None:
    program = (
        "import sys; from engine.cli.main import run; "
        "code = run(['recommend', 'answer', sys.argv[1], '--draft']); "
        "assert not [name for name in ('torch', 'numba') if name in sys.modules]; sys.exit(code)"
    )
    lines = b'{"id": 1, "ask": "check"}\n{"id": 2, "ask": "cross"}\n{"ask": "stop"}\n'
    done = subprocess.run([sys.executable, "-c", program, str(folder.path)], cwd=ROOT, capture_output=True, input=lines)
    assert done.returncode == 0, done.stderr
    ready, checked, unknown = map(json.loads, done.stdout.splitlines())
    assert ready["ready"]["model"] == "candidates" and ready["ready"]["asks"] == ["about", "graph", "check"]
    assert checked["id"] == 1 and checked["answer"]["problem"] is None
    assert unknown["problem"]["code"] == "recommender.unknown-ask"
