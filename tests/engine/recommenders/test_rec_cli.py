"""``neuroloom-engine recommend``: trained, judged and asked; stopped and resumed; in one process and in two."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from socket import socket

import numpy as np
import polars as pl
import pytest
from safetensors.numpy import load_file

from engine.cli.main import run
from engine.command import engine_command
from tests.engine.recommenders.asked import trained
from tests.forks import EngineForks

pytestmark = pytest.mark.torch

ROOT = Path(__file__).parents[3]
SMALL = ["--size", "4000", "--users", "400", "--items", "120"]
STORE = ["wide-deep", "--data", "app-store", *SMALL, "--epochs", "2", "--batch-size", "256", "--device", "cpu"]


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    """What ``--json`` prints."""
    capsys.readouterr()
    assert run(["recommend", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_wide_deep_is_trained_judged_and_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "store.safetensors")
    told = asked(capsys, "train", *STORE, "--out", out)
    assert told["ending"] == "finished" and len(told["epochs"]) == 2
    assert 0.0 < told["epochs"][-1]["metrics"]["auc"] < 1.0
    figures = asked(capsys, "evaluate", out)["figures"]
    assert figures.keys() == {"this network", "the mean for all", "logistic regression", "boosted trees"}
    answer = asked(capsys, "query", out, "--rows", "0,7")
    for example in answer["examples"]:
        assert example["wide"] + example["deep"] + answer["bias"] == pytest.approx(example["logit"], abs=1e-5)
        assert example["probability"] == pytest.approx(1 / (1 + np.exp(-example["logit"])), abs=1e-6)


def test_candidates_are_trained_judged_and_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "watches.safetensors")
    size = ["--size", "5000", "--users", "300", "--items", "200"]
    data = ["--data", "video-site", *size, "--user-categories", "country,device"]
    asked(capsys, "train", "candidates", *data, "--epochs", "2", "--out", out, "--device", "cpu")
    figures = asked(capsys, "evaluate", out)["figures"]
    assert {"this network", "popular", "recently popular", "ItemKNN", "EASE"} == figures.keys()
    cold = asked(capsys, "query", out, "--category", "country=DE", "--shown", "7")
    assert len(cold["items"]) == 7 and cold["funnel"]["catalogue"] == 200
    first = cold["items"][0]["item"]
    warm = asked(capsys, "query", out, "--history", f"{first},never heard of", "--shown", "7")
    assert first not in {item["item"] for item in warm["items"]}
    assert len(warm["unknown"]) == 1 and "“never heard of”" in warm["unknown"][0]
    assert run(["recommend", "query", out, "--history", "vidoe 3"]) == 1
    assert "“video 3”" in capsys.readouterr().err  # the nearest
    assert run(["recommend", "query", out, "--category", "planet=Mars"]) == 1
    assert "country, device" in capsys.readouterr().err


def test_ranking_is_trained_judged_and_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "times.safetensors")
    data = ["--data", "video-site", "--size", "6000", "--users", "300", "--items", "200"]
    asked(capsys, "train", "ranking", *data, "--epochs", "1", "--out", out, "--device", "cpu")
    figures = asked(capsys, "evaluate", out)["figures"]
    assert figures["the truth itself"]["predicted ÷ true"] == pytest.approx(1.0)
    assert all(one["predicted"] > 0.0 for one in asked(capsys, "query", out, "--rows", "0,1")["impressions"])


def test_a_table_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw = np.random.default_rng(0)
    colours, numbers = draw.choice(["red", "blue"], 400), draw.normal(size=400)
    rows = [(c, f"{x:.3f}", int(x + (c == "red") > 0.5)) for c, x in zip(colours, numbers, strict=True)]
    path = tmp_path / "own.csv"
    path.write_text("colour,x,bought\n" + "\n".join(",".join(map(str, row)) for row in rows) + "\n")
    told = asked(
        capsys, "train", "wide-deep", "--data", str(path), "--label", "bought", "--epochs", "30", "--device", "cpu",
        "--batch-size", "64",
    )  # fmt: skip
    assert told["epochs"][-1]["metrics"]["auc"] > 0.95


def test_a_table_of_ones_own_as_a_spreadsheet_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw = np.random.default_rng(0)
    colours, numbers = draw.choice(["weiß", "blau"], 400), draw.normal(size=400)
    rows = [(c, f"{x:.3f}", int(x + (c == "weiß") > 0.5)) for c, x in zip(colours, numbers, strict=True)]
    rows[7] = ("weiß", "viel", 1)
    path = tmp_path / "own.csv"
    text = "farbe;x;gekauft\n" + "\n".join(";".join(map(str, row)) for row in rows).replace(".", ",") + "\n"
    path.write_bytes(text.encode("latin-1"))
    told = asked(
        capsys, "train", "wide-deep", "--data", str(path), "--label", "gekauft", "--epochs", "30", "--device", "cpu",
        "--batch-size", "64",
    )  # fmt: skip
    assert told["epochs"][-1]["metrics"]["auc"] > 0.95
    assert run(["recommend", "train", "wide-deep", "--data", str(path), "--label", "gekauft", "--epochs", "1"]) == 0
    said = capsys.readouterr().err
    assert (
        "read as latin-1" in said and "Values of “x” that aren't numbers (such as “viel”) count as missing: 1." in said
    )


def test_a_yes_that_no_row_has_is_said_with_those_that_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "people.csv"
    rows = [f"{20 + n % 40},{('<=50K', '<=50K', '>50K')[n % 3]}" for n in range(200)]
    path.write_text("\n".join(["age,income", *rows]) + "\n")
    label = ["--label", "income", "--equals", ">50k", "--epochs", "1"]
    assert run(["recommend", "train", "wide-deep", "--data", str(path), *label]) == 1
    said = capsys.readouterr().err
    assert "“income” is “>50k” in no training row" in said and "“<=50K”, “>50K”" in said and said.count("\n") == 1


def test_no_checkpoint_of_another_recommender_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.safetensors"
    size = ["--size", "2500", "--users", "125", "--items", "100", "--device", "cpu"]
    films = ["train", "candidates", "--data", "video-site", *size, "--epochs", "1", "--out", str(path)]
    asked(capsys, *films)
    before = path.read_bytes()
    assert run(["recommend", "train", *STORE, "--out", str(path)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "“mine.safetensors” is a checkpoint of YoutubeDNN" in said
    assert path.read_bytes() == before
    asked(capsys, *films)


def test_events_are_json_lines_and_event_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())  # listened to for "stop"
    assert run(["recommend", "train", *STORE, "--events", "jsonl", "--tensorboard", str(tmp_path)]) == 0
    kinds = [json.loads(line)["event"] for line in capsys.readouterr().out.splitlines() if line]
    assert kinds[0] == "started" and kinds[-1] == "finished" and kinds.count("epoch") == 2
    assert list(tmp_path.glob("events.out.tfevents.*"))


LONGER = ["wide-deep", "--data", "app-store", *SMALL, "--epochs", "3", "--batch-size", "64", "--device", "cpu"]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The checkpoint of a run that nobody stopped."""
    return trained(tmp_path_factory.mktemp("whole") / "whole.safetensors", *LONGER)


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("by", ["stdin", "signal"])
def test_a_stopped_run_goes_on_to_the_same_bits(
    tmp_path: Path, engine_forks: EngineForks, whole: Path, by: str
) -> None:
    """A process as anybody starts it is sent the signal; the other has torch already. Its pipe is too small for what it
    has to say of a whole epoch: it cannot be over before it is told to stop, however long that takes."""
    parts = tmp_path / "parts.safetensors"
    with engine_forks.used() if by == "stdin" else nullcontext():
        command = engine_command("recommend", "train", *LONGER, "--out", str(parts), "--events", "jsonl")
        run_ = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, pipesize=4096
        )
    assert run_.stdin is not None and run_.stdout is not None
    for line in run_.stdout:
        if json.loads(line)["event"] == "epoch":
            break
    if by == "stdin":
        run_.stdin.write("stop\n")
        run_.stdin.flush()
    else:
        run_.send_signal(signal.SIGTERM)
    rest = [json.loads(line)["event"] for line in run_.stdout]
    assert run_.wait() == 130 and rest[-1] == "stopped"
    assert run(["recommend", "train", "--resume", str(parts), "--device", "cpu"]) == 0
    one, other = load_file(whole), load_file(parts)
    assert one.keys() == other.keys()
    for name, tensor in one.items():
        np.testing.assert_array_equal(tensor, other[name], err_msg=name)


def by_torchrun(forks: EngineForks, arguments: list[str]) -> str:
    """What two processes of torchrun print that do this."""
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "--no-python"]
    with forks.used():
        command = engine_command(*arguments)
    done = subprocess.run(
        [*torchrun, *command],
        cwd=ROOT, check=True, stdin=subprocess.DEVNULL, env={**os.environ, "OMP_NUM_THREADS": "1"}, timeout=120,
        capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def by_forks(forks: EngineForks, arguments: list[str]) -> str:
    """What two forks print that do this together."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    both = {**os.environ, "WORLD_SIZE": "2", "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    with forks.used():
        ranks = [
            subprocess.Popen(
                engine_command(*arguments), cwd=ROOT, env={**both, "RANK": rank, "LOCAL_RANK": rank},
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
            )
            for rank in ("0", "1")
        ]  # fmt: skip
    printed = [rank.communicate(timeout=120)[0] for rank in ranks]
    assert [rank.returncode for rank in ranks] == [0, 0]
    return "".join(printed)


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("model", ["wide-deep", "candidates"])
def test_two_processes_learn_what_one_does(
    tmp_path: Path, engine_forks: EngineForks, capsys: pytest.CaptureFixture[str], model: str
) -> None:
    """Wide & Deep under torchrun itself; the other finds in its environment what torchrun would say."""
    world = ["--data", "app-store"] if model == "wide-deep" else ["--data", "video-site", "--per-user", "10"]
    size = ["--size", "4000", "--users", "400", "--items", "300"]
    arguments = [model, *world, *size, "--epochs", "1", "--batch-size", "250", "--device", "cpu"]
    told = asked(capsys, "train", *arguments, "--out", str(tmp_path / "one"))
    train = ["recommend", "train", *arguments, "--out", str(tmp_path / "two"), "--events", "jsonl"]
    printed = by_torchrun(engine_forks, train) if model == "wide-deep" else by_forks(engine_forks, train)
    events = [json.loads(line) for line in printed.splitlines()]
    losses = [event["loss"] for event in events if event["event"] == "epoch"]
    assert len(losses) == 1
    np.testing.assert_allclose(losses, [epoch["loss"] for epoch in told["epochs"]], rtol=1e-5)
    one, two = load_file(tmp_path / "one"), load_file(tmp_path / "two")
    assert one.keys() == two.keys()
    for name, tensor in one.items():
        if tensor.dtype == np.float32:
            np.testing.assert_allclose(two[name], tensor, rtol=1e-5, atol=1e-5, err_msg=name)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["train"], 2, "name a model"),
        (["train", "wide-deep", "--data", "nowhere.csv"], 1, "label"),
        (
            ["train", "wide-deep", "--data", "nowhere.csv", "--label", "y"],
            1,
            "“nowhere.csv” can't be found. Put it back",
        ),
        (["train", "candidates", "--data", "adult"], 1, "who watched what and when, which “adult” can't give"),
        (["train", "ranking", "--data", "movielens-small"], 1, "which “movielens-small” can't give"),
        (["train", "wide-deep", "--device", "cuda:9"], 1, "There is no cuda:9 device"),
        (["train", "wide-deep", "--precision", "bf16", "--device", "cpu"], 1, "bf16 needs a CUDA device"),
        (["train", "wide-deep", "--cross", "race,shoe size"], 1, "shoe size"),
        (["train", "candidates", "--user", "u"], 2, "--user and --item"),
        (["train", *STORE, "--lr", "1e5"], 3, "overflowed"),
        (["train", *STORE, "--out", "/no/such/folder/x"], 1, "there is no folder"),
        (["evaluate", "nowhere.safetensors"], 1, "nowhere.safetensors"),
        (["data", "movielens-1m", "--get", "here"], 1, "research"),
        (
            ["train", "wide-deep", "--data", "caf\udce9.csv", "--label", "y"],
            1,
            "isn't UTF-8, so a run can't store it",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["recommend", *arguments]) == code
    error = capsys.readouterr().err
    assert said in error and "Traceback" not in error


def test_data_are_listed_with_their_licences(capsys: pytest.CaptureFixture[str]) -> None:
    found = {one["name"]: one for one in asked(capsys, "data")["data"]}
    assert found["adult"]["shipped"] and found["adult"]["commercial"]
    assert found["movielens-small"]["shipped"] and not found["movielens-small"]["commercial"]
    assert not found["movielens-1m"]["shipped"]
    assert "research" in asked(capsys, "data", "movielens-small")["terms"].lower()


@pytest.mark.parametrize("world", ["app-store", "video-site"])
def test_a_generated_world_is_written_and_read_back(
    world: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = asked(capsys, "data", world, "--get", str(tmp_path / world), *SMALL)
    table = pl.read_parquet(tmp_path / world)
    assert told["rows"] == table.height == 4000
    if world == "video-site":
        mapping = ["--user", "user", "--item", "item", "--time", "time"]
        path = str(next((tmp_path / world).iterdir()))
        asked(capsys, "train", "candidates", "--data", path, *mapping, "--epochs", "1", "--device", "cpu")
    else:
        assert table["rate"].min() > 0.0 and table["rate"].max() < 1.0
        assert abs(table["installed"].mean() - table["rate"].mean()) < 4 * np.sqrt(table["rate"].mean() / 4000)


def test_a_pass_is_shown_stage_by_stage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "store.safetensors")
    asked(capsys, "train", *STORE, "--out", out)
    passed = asked(capsys, "query", out, "--rows", "3", "--trace")
    assert {stage["phase"] for stage in passed["stages"]} == {"forward", "loss", "backward", "update"}
    logit = asked(capsys, "query", out, "--rows", "3")["examples"][0]["logit"]
    last = [stage for stage in passed["stages"] if stage["phase"] == "forward"][-1]
    assert last["values"]["z"][0][0] == pytest.approx(logit, abs=1e-5)


def test_a_cross_of_a_column_with_itself_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    cross = ["--cross", "workclass,workclass", "--epochs", "1", "--device", "cpu"]
    assert run(["recommend", "train", "wide-deep", *cross]) == 1
    assert "The cross workclass × workclass names “workclass” twice" in capsys.readouterr().err


def test_what_a_ranking_learns_from_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "watches.csv"
    path.write_text("user,item\na,b\n")
    assert run(["recommend", "train", "ranking", "--data", str(path), "--device", "cpu"]) == 1
    told = capsys.readouterr().err
    assert "what was shown to whom and for how long it was watched, which “watches.csv” can't give" in told
