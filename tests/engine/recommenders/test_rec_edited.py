"""Edited graphs are trained, go on, and are asked: what they answer is held to a pass worked out by hand in PyTorch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from torch.nn.functional import layer_norm

from engine.cli.main import run
from engine.formats import NetworkFile, read_network, write_network
from engine.graph.edit import add_block, connect, remove_blocks, splice
from engine.graph.kinds.dense import DenseParams
from engine.graph.model import NetworkGraph
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.plan import read_plan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.opening import reopened
from engine.recommenders.tasks.ranking.opened import OpenedRanking
from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
from tests.engine.recommenders.asked import SITE, asked, opened

pytestmark = pytest.mark.slow  # every fixture is a run
Tensors = dict[str, NDArray[np.float32]]
STORE = ["--data", "app-store", "--size", "6000", "--users", "300", "--items", "100"]


def recommend(*arguments: object) -> int:
    return run(["recommend", *map(str, arguments)])


def drawn(path: Path, *arguments: str) -> NetworkGraph:
    """The template, as ``recommend graph`` writes it."""
    assert recommend("graph", *arguments, "--out", path) == 0
    return read_network(path).graph


def titled(graph: NetworkGraph, title: str) -> str:
    (found,) = (block.id for block in graph.blocks if block.title == title)
    return found


def before(graph: NetworkGraph, block_id: str, kind: str, params: DenseParams | None = None) -> NetworkGraph:
    """One more block in the only wire that ends at a block."""
    (wire,) = graph.wires_into(block_id)
    graph, new = add_block(graph, kind, 0.0, 500.0, params)
    return splice(graph, new, wire)


def trained(folder: Path, graph: NetworkGraph, *arguments: str) -> RunFolder:
    """A run on an edited graph."""
    write_network(folder / "mine.loom", NetworkFile(graph))
    run_folder = RunFolder(folder / "run")
    arguments = (*arguments, "--graph", str(folder / "mine.loom"), "--device", "cpu", "--no-progress")
    assert recommend("train", *arguments, "--run", run_folder.path) == 0
    return run_folder


def same(one: Path, other: Path) -> None:
    first, second = load_file(one), load_file(other)
    assert first.keys() == second.keys()
    for name, tensor in first.items():
        if name != "model.json":
            np.testing.assert_array_equal(tensor, second[name], err_msg=name)


# Wide & Deep ----------------------------------------------------------------------------------------------------------


TOYS_MODEL = ["--label", "bought", "--hidden", "8", "--cross", "colour,shape", "--dropout", "0", "--quantiles", "0"]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path, draw = tmp_path_factory.mktemp("toys") / "toys.csv", np.random.default_rng(0)
    colour, shape = draw.choice(["red", "blue", "green"], 2000), draw.choice(["circle", "square", "star"], 2000)
    x = draw.normal(size=2000).round(2)
    bought = ((colour == "red") & (shape == "circle")) | (x > 1.0)
    pl.DataFrame({"colour": colour, "shape": shape, "x": x, "bought": bought.astype(int)}).write_csv(path)
    return path


@pytest.fixture(scope="module")
def toys(table: Path) -> RunFolder:
    """Normalised, with a layer more, of another function; the colour's bins in a cross and a table of their own."""
    model = ["wide-deep", "--data", str(table), *TOYS_MODEL, "--no-straight"]
    graph = drawn(table.parent / "template.loom", *model)
    graph = before(graph, titled(graph, "Deep 1"), "layer_norm")
    graph = before(graph, titled(graph, "Deep logit"), "dense", DenseParams(units=5, activation="tanh"))
    graph, cross = add_block(graph, "cross", 0.0, 700.0)
    for column in ("shape", "x (binned)"):
        graph = connect(graph, titled(graph, column), cross)
    graph, wide = add_block(graph, "sparse_linear", 0.0, 800.0)
    graph = connect(connect(graph, cross, wide), wide, graph.outputs[0].id)
    return trained(table.parent, graph, *model, "--epochs", "3", "--batch-size", "64", "--companions")


@pytest.fixture(scope="module")
def of_toys(toys: RunFolder) -> Askable[Any]:
    return opened(toys.checkpoint)


def by_hand(opened: OpenedWideDeep, tensors: Tensors, row: int) -> tuple[float, float]:
    """The two halves' logits of a row."""
    t = {name: torch.from_numpy(tensor) for name, tensor in tensors.items()}
    columns = opened.encoder.columns(opened.row(row))
    sizes = opened.encoder.sizes()
    ids = {name: int(np.asarray(columns[name])[0]) for name in ("colour", "shape", "x (binned)")}
    first, starts = 0, {}
    for name in ids:
        starts[name], first = first, first + sizes[name]
    crossed = ids["colour"] * sizes["shape"] + ids["shape"]
    wide = t["sparse-linear-1/W"][[*(starts[name] + at for name, at in ids.items()), first + crossed]].sum()
    wide = wide + t["sparse_linear-1/W"][ids["shape"] * sizes["x (binned)"] + ids["x (binned)"], 0]
    vectors = [t["embedding-1/W"][starts[name] + at] for name, at in ids.items()]
    a = torch.cat([*vectors, torch.from_numpy(np.asarray(columns["x"], np.float32))])
    a = layer_norm(a, a.shape, t["layer_norm-1/gamma"].view(-1), t["layer_norm-1/beta"].view(-1), 1e-5)
    a = torch.relu(t["dense-1/W"] @ a + t["dense-1/b"])
    a = torch.tanh(t["dense-3/W"] @ a + t["dense-3/b"])
    return float(wide), float((t["dense-2/W"] @ a)[0])


def test_an_edited_wide_and_deep_says_of_a_row_what_its_blocks_say(toys: RunFolder, of_toys: Askable[Any]) -> None:
    tensors = load_file(toys.checkpoint)
    for row in (2, 7, 2001):  # of the file, after its header
        wide, deep = by_hand(of_toys.opened, tensors, row)
        found = asked(of_toys, "row", row=row)["sum"]
        assert found["wide"] == pytest.approx(wide, abs=1e-5) and found["deep"] == pytest.approx(deep, abs=1e-5)
        assert found["logit"] == pytest.approx(wide + deep + float(tensors["joint-logit-1/b"][0]), abs=1e-5)
        assert sum(term["weight"] for term in found["terms"]) == pytest.approx(wide, abs=1e-6)
        assert [term["kind"] for term in found["terms"]].count("cross") == 2
    assert np.abs(tensors["dense-3/W"]).max() > 0.0


def test_what_a_value_would_change_is_what_it_does_change(of_toys: Askable[Any]) -> None:
    tables: OpenedWideDeep = of_toys.opened
    other = "red" if tables.table["colour"][3] != "red" else "blue"
    found = asked(of_toys, "change", row=5, values={"colour": other})  # the file's number of the row at 3
    like = tables.table.with_columns(pl.Series("colour", [other] * tables.table.height))
    prepared = tables.model.prepare(tables.network, like[3])
    z = tables.network.outputs(prepared)[0][len(tables.network.plan.nodes) - 1]
    assert found["after"]["logit"] == pytest.approx(float(z[0, 0]), abs=1e-5)


def test_spec_and_asks_tell_of_the_edited_graph(toys: RunFolder, of_toys: Askable[Any]) -> None:
    about = asked(of_toys, "about")
    assert about["crosses"] == [["colour", "shape"], ["shape", "x (binned)"]]
    assert about["spec"]["hidden"] == [8, 5] and about["spec"]["parts"] == "joint"
    assert [cross["columns"] for cross in asked(of_toys, "crosses", row=2)["crosses"]] == about["crosses"]
    assert read_plan(toys.plan).spec["hidden"] == [8], "the plan stays what was asked for"


def test_companions_are_halves_of_the_edited_graph(toys: RunFolder) -> None:
    whole = {block.id for block in read(toys.checkpoint).graph.blocks}
    halves = {half: read(toys.companions / f"{half}.safetensors") for half in ("wide", "deep")}
    kinds = {half: [block.kind for block in one.graph.blocks] for half, one in halves.items()}
    assert kinds["wide"].count("sparse_linear") == 2 and "dense" not in kinds["wide"]
    assert kinds["deep"].count("dense") == 3 and "layer_norm" in kinds["deep"] and "cross" not in kinds["deep"]
    assert all({block.id for block in one.graph.blocks} < whole for one in halves.values())


def test_a_run_on_an_edited_graph_goes_on_to_the_same_bits(table: Path, toys: RunFolder, tmp_path: Path) -> None:
    graph = read_plan(toys.plan).graph
    assert graph is not None
    model = ["wide-deep", "--data", str(table), *TOYS_MODEL, "--no-straight", "--batch-size", "64"]
    short = trained(tmp_path, graph, *model, "--epochs", "1")
    assert recommend("train", "--resume", short.path, "--epochs", "3", "--no-progress") == 0
    same(short.checkpoint, toys.checkpoint)


def test_the_template_trained_as_a_graph_gives_the_same_bits(tmp_path: Path) -> None:
    for model in (["wide-deep", *STORE], ["candidates", *SITE, "--user-categories", "country"], ["ranking", *SITE]):
        folder = tmp_path / model[0]
        folder.mkdir()
        by_graph = trained(folder, drawn(folder / "template.loom", *model), *model, "--epochs", "1")
        out = folder / "plain.safetensors"
        assert recommend("train", *model, "--epochs", "1", "--device", "cpu", "--no-progress", "--out", out) == 0
        same(by_graph.checkpoint, out)


# Candidate generation -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def watches(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Without searches, with a plane at the end that is no ReLU: items and users can be drawn as they are."""
    folder, model = tmp_path_factory.mktemp("site"), ["candidates", *SITE]
    graph = drawn(folder / "template.loom", *model, "--user-categories", "device", "--latest", "2", "--hidden", "8")
    graph = remove_blocks(graph, [titled(graph, "Searches"), titled(graph, "Mean of searches")])
    graph = before(graph, graph.outputs[0].id, "dense", DenseParams(units=2, activation="tanh"))
    return trained(folder, graph, *model, "--latest", "2", "--epochs", "2")


@pytest.fixture(scope="module")
def of_watches(watches: RunFolder) -> Askable[Any]:
    return opened(watches.checkpoint)


def test_spec_and_columns_of_candidates_are_the_edited_graph_s(of_watches: Askable[Any]) -> None:
    spec = asked(of_watches, "about")["spec"]
    assert spec["searches"] is False and spec["latest"] == 2 and spec["categories"] == ["device"]
    assert spec["hidden"] == [8, 2]


def test_a_user_s_vector_is_what_the_edited_tower_makes_of_it(watches: RunFolder, of_watches: Askable[Any]) -> None:
    graph, opened = read(watches.checkpoint).graph, of_watches.opened
    t = {name: torch.from_numpy(tensor) for name, tensor in load_file(watches.checkpoint).items()}
    user = opened.user("user 5")
    history = torch.from_numpy(
        opened.train.items[slice(*opened.offsets[user : user + 2])][-opened.model.columns.spec.history :] + 1
    )
    device = opened.model.columns.vocabularies["device"].names.index(str(opened.log.user_features["device"][user])) + 1
    parts = [
        t[f"{titled(graph, 'Mean of watch history')}/W"][history].mean(0),
        t[f"{titled(graph, 'Mean of latest watches')}/W"][history[-2:]].mean(0),
        t[f"{titled(graph, 'device vector')}/W"][device],
    ]
    if any(block.title == "Example age" for block in graph.blocks):
        parts.append(torch.zeros(2))
    a = torch.relu(t["dense-1/W"] @ torch.cat(parts) + t["dense-1/b"])
    u = torch.tanh(t["dense-2/W"] @ a + t["dense-2/b"]).numpy()
    answer = asked(of_watches, "recommend", user="user 5")
    np.testing.assert_allclose(answer["vector"], u, atol=1e-5)
    first = answer["shown"][0]["item"]["item"]
    v = t["sampled-softmax-1/V"][int(first.removeprefix("video "))].numpy()
    why = asked(of_watches, "why", user="user 5", item=first)
    assert why["score"] == pytest.approx(float(v @ u), abs=1e-5) and len(why["parts"]) == 2
    alone = asked(of_watches, "what_if", user="user 5", item=first)
    assert alone["scores"][0] == pytest.approx(float(v @ u), abs=1e-5)


def test_items_in_a_plane_are_shown_as_they_are(watches: RunFolder, of_watches: Askable[Any]) -> None:
    table = load_file(watches.checkpoint)["sampled-softmax-1/V"]
    mapped = asked(of_watches, "item_map", limit=50)
    rows = [int(name.removeprefix("video ")) for name in mapped["items"]]
    assert mapped["dimensions"] == 2
    np.testing.assert_array_equal(np.array(mapped["vectors"], np.float32), table[rows])
    placed = asked(of_watches, "place", user="user 5", items=mapped["items"][:2])
    np.testing.assert_array_equal(np.array([one["vector"] for one in placed["items"]], np.float32), table[rows[:2]])
    np.testing.assert_allclose(placed["vector"], asked(of_watches, "recommend", user="user 5")["vector"], atol=1e-6)
    history = asked(of_watches, "item_map", table="history")
    assert history["dimensions"] == 64 and history["vectors"] is None
    assert asked(of_watches, "place", table="history", user="user 5")["vector"] is None


def test_a_tower_of_another_function_begins_with_what_is_popular(watches: RunFolder) -> None:
    task = reopened(read(watches.checkpoint))
    counts = np.bincount(task.split.train.items, minlength=200)  # type: ignore[attr-defined]
    before = np.bincount(task.choice.train.items, minlength=200)  # type: ignore[attr-defined]
    logs = np.log1p(before) - np.log1p(before).mean()
    numbers = task.network.tables["sampled-softmax-1", "V"][:, 0].numpy()
    np.testing.assert_allclose(numbers * np.tanh(1.0), logs, atol=1e-5)
    task.withheld.join()  # type: ignore[union-attr]
    np.testing.assert_allclose(numbers * np.tanh(1.0) - logs, np.log1p(counts) - np.log1p(before), atol=1e-5)


def test_candidates_that_read_no_history_say_what_they_cannot_tell(tmp_path: Path) -> None:
    model = ["candidates", *SITE, "--user-categories", "country", "--latest", "0"]
    graph = drawn(tmp_path / "template.loom", *model)
    graph = remove_blocks(graph, [titled(graph, "Watch history"), titled(graph, "Mean of watch history")])
    of = opened(trained(tmp_path, graph, *model, "--epochs", "1").checkpoint)
    assert asked(of, "tables")["history_table"] is None
    same_country = asked(of, "recommend", categories={"country": "DE"})["vector"]
    other_history = asked(of, "recommend", categories={"country": "DE"}, history=["video 1"])["vector"]
    assert same_country == other_history


# Ranking --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    folder, model = tmp_path_factory.mktemp("shown"), ["ranking", *SITE]
    graph = drawn(folder / "template.loom", *model, "--hidden", "6")
    graph = remove_blocks(graph, [titled(graph, name) for name in ("Watch history", "Mean of watch history", "topic")])
    graph = before(graph, titled(graph, "Tower 1"), "layer_norm")
    return trained(folder, graph, *model, "--epochs", "2", "--companions")


def test_an_edited_ranking_is_trained_and_told(shown: RunFolder) -> None:
    of = opened(shown.checkpoint)
    about = asked(of, "about")
    assert "topic" not in about["categories"] and about["spec"]["history"] is False and about["spec"]["hidden"] == [6]
    ranking: OpenedRanking = of.opened
    impression = asked(of, "impressions", rows=[4])["impressions"][0]
    assert impression["predicted"] == pytest.approx(float(ranking.task.predicted(ranking.test)[4]))
    assert "topic" not in impression["categories"]


def test_a_ranking_s_companions_are_of_the_edited_graph(shown: RunFolder) -> None:
    graph = read(shown.checkpoint).graph
    uncured, linear = (read(shown.companions / f"{name}.safetensors") for name in ("uncured", "linear"))
    assert uncured.graph == graph and uncured.model["model"]["spec"]["cure"] is False
    kinds = [block.kind for block in linear.graph.blocks]
    assert "layer_norm" not in kinds and "dense" not in kinds and linear.model["model"]["spec"]["hidden"] == []


# What does not go together --------------------------------------------------------------------------------------------


def test_a_graph_that_does_not_fit_is_a_failed_run_with_its_sentence(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = drawn(tmp_path / "mine.loom", "wide-deep", "--data", str(table), *TOYS_MODEL)
    (column,) = (block for block in graph.blocks if block.title == "colour")
    wrong = column.model_copy(update={"params": column.params.model_copy(update={"size": 77})})
    graph = graph.with_blocks(wrong if block == column else block for block in graph.blocks)
    write_network(tmp_path / "mine.loom", NetworkFile(graph))
    command = ["wide-deep", "--data", str(table), *TOYS_MODEL, "--graph", str(tmp_path / "mine.loom")]
    sentence = "“colour” has 77 ids for “colour”, whose vocabulary has 4 in this data; set its size to that."
    assert recommend("train", *command, "--run", tmp_path / "run", "--no-progress") == 1
    assert sentence in capsys.readouterr().err
    assert sentence in (tmp_path / "run" / "events.jsonl").read_text(encoding="utf-8")
    assert recommend("graph", *command) == 1
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--resume", "{run}", "--graph", "{loom}"), "a run goes on with the network that it has"),
        (("--plan", "{run}/plan.json", "--graph", "{loom}"), "--plan says all that is asked for"),
        (("wide-deep", "--graph", "{run}/plan.json"), "is JSON but not a Neuroloom document"),
    ],
)
def test_a_graph_is_for_a_new_run_that_flags_ask_for(
    toys: RunFolder, arguments: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    places = {"run": toys.path, "loom": toys.path.parent / "mine.loom"}
    assert recommend("train", *(one.format(**places) for one in arguments)) in (1, 2)
    assert sentence in capsys.readouterr().err


def test_the_template_is_shown_with_what_there_is_to_learn(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["graph", "wide-deep", "--data", str(table), *TOYS_MODEL]
    assert recommend(*command) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["block", "kind", "width", "to", "learn", "reads"]
    assert lines[-1].split()[1:3] == ["to", "learn:"]
    assert recommend(*command, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    graph, sizes = NetworkGraph.model_validate(told["graph"]), told["parameters"]
    assert sizes["total"] == sizes["tables"] + sizes["wide"] + sizes["tower"]
    assert told["spec"]["crosses"] == [["colour", "shape"]] and told["file"] is None
    assert [block.title for block in graph.blocks][:3] == ["colour", "shape", "x (binned)"]
