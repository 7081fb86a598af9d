"""``recommend train --run`` and ``recommend runs``: kept in a folder, killed, stopped, out of time, gone on with."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from engine.cli.main import run
from engine.command import engine_command
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.running import tensor_file
from engine.recommenders.running.checkpoints import read
from engine.recommenders.running.events import EpochEnded, Finished, Kept, Started
from engine.recommenders.running.plan import RunPlan, write_plan
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_lock import RunLock, holder_of
from engine.recommenders.running.run_log import LogReader, RunLog, to_json
from engine.recommenders.running.run_state import state_of
from engine.recommenders.running.runs import new_run
from engine.recommenders.running.settings import Training

pytestmark = pytest.mark.torch

ROOT = Path(__file__).parents[3]
SITE = ["candidates", "--data", "video-site", "--size", "2500", "--users", "125", "--items", "100", "--dimensions", "8"]
SMALL = [*SITE, "--hidden", "8", "--negatives", "20", "--device", "cpu", "--batch-size", "64"]


def recommend(*arguments: object) -> int:
    return run(["recommend", *map(str, arguments)])


def process(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    """The same in a process of its own that nobody talks with. What it prints to a pipe that nobody reads soon fills
    that: a run is then not over before whoever waits for it comes to look, however long that takes."""
    command = engine_command("recommend", "train", *map(str, arguments), "--events", "jsonl")
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, pipesize=16_384, **{**streams, **options})


def wait_until(holds: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    while not holds():
        assert process.poll() is None, "the run has ended early"
        time.sleep(0.01)


def kinds(folder: RunFolder) -> list[str]:
    return [one.event.kind for one in LogReader(folder.log).news()]


def assert_same_checkpoint(one: RunFolder, other: RunFolder) -> None:
    first, second = load_file(one.checkpoint), load_file(other.checkpoint)
    assert first.keys() == second.keys()
    for name, tensor in first.items():
        np.testing.assert_array_equal(tensor, second[name], err_msg=name)


def test_a_run_is_kept_in_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = RunFolder(tmp_path / "runs" / "one")
    assert recommend("train", *SMALL, "--epochs", "2", "--run", folder.path, "--name", "The first") == 0
    assert {path.name for path in folder.path.iterdir()} >= {"plan.json", "events.jsonl", "checkpoint.safetensors"}
    assert not folder.lock.exists()
    plan = folder.read_plan()
    assert (plan.name, plan.model, plan.training.epochs, plan.device) == ("The first", "candidates", 2, "cpu")
    assert plan.spec["hidden"] == [8] and plan.data.events == 2500
    state = state_of(folder)
    assert (state.status, state.epochs) == ("finished", 2) and "HR@50" in state.figures
    capsys.readouterr()
    assert recommend("runs", folder.path.parent, "--json") == 0
    found = json.loads(capsys.readouterr().out)["runs"]
    assert len(found) == 1 and found[0]["state"] == "finished" and found[0]["plan"]["name"] == "The first"
    assert recommend("runs", folder.path.parent, "--rename", "one", "") == 1
    assert "A run's name has 1 to 200 characters, and this one has 0." in capsys.readouterr().err
    assert recommend("runs", folder.path.parent, "--rename", "one", "Renamed") == 0
    (tmp_path / "runs" / "bad").mkdir()
    (tmp_path / "runs" / "bad" / "plan.json").touch()
    assert recommend("runs", folder.path.parent) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Renamed  candidates  finished  2 of 2" in lines[-1] and "damaged" in lines[-2]
    assert recommend("runs", folder.path.parent, "--delete", "one") == 0
    assert not folder.path.exists()
    assert recommend("runs", tmp_path / "none") == 0
    assert "There are no runs in" in capsys.readouterr().out


def test_of_a_run_that_looks_for_its_best_epoch_the_most_there_may_be_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new_run(
        tmp_path,
        RunPlan(name="Looking", model="candidates", data=RecommenderData(source="video-site"), training=Training()),
    )
    assert recommend("runs", tmp_path) == 0
    assert "planned  0 of ≤ 50" in capsys.readouterr().out


def test_figures_stand_beside_the_epoch_that_they_are_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = RunPlan(name="Found", model="wide-deep", data=RecommenderData(source="app-store"), training=Training())
    folder = new_run(tmp_path, plan)
    measured = enumerate(((0.6, 0.8), (0.5, 0.9), (0.4, 0.85)))
    epochs = [EpochEnded(at, 10 * at + 10, loss, 1.0, 1.0, {"auc": auc}) for at, (loss, auc) in measured]
    events = [Started(100, 10, 50, 42, "cpu", 1, auto=True), *epochs, Kept(2, 3, "auc", 0.9, 20), Finished(3, 30, 3.0)]
    folder.log.write_text("".join(to_json(event, 10.0) + "\n" for event in events))
    assert recommend("runs", tmp_path) == 0
    told = capsys.readouterr().out
    assert "finished  best 2 of 3  0.5000" in told and "auc 0.9" in told
    assert recommend("runs", tmp_path, "--json") == 0
    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert (run["epochs"], run["best_epoch"]) == (3, 2)


def test_a_plan_takes_the_place_of_flags(tmp_path: Path) -> None:
    first, second = RunFolder(tmp_path / "first"), RunFolder(tmp_path / "second")
    assert recommend("train", *SMALL, "--epochs", "1", "--run", first.path) == 0
    assert recommend("train", "--plan", first.plan, "--run", second.path) == 0
    assert second.read_plan() == first.read_plan()
    assert_same_checkpoint(first, second)
    third = RunFolder(tmp_path / "third")
    third.begin(first.read_plan())
    assert state_of(third).status == "planned"
    assert recommend("train", "--plan", third.plan, "--run", third.path) == 0  # as the window begins one
    assert_same_checkpoint(first, third)
    fourth = RunFolder(tmp_path / "fourth")
    fourth.begin(first.read_plan())
    assert recommend("train", "--resume", fourth.path, "--epochs", "2") == 0
    assert state_of(fourth).epochs == fourth.read_plan().training.epochs == 2
    assert recommend("train", "--plan", first.plan, "--out", tmp_path / "alone.safetensors") == 0
    assert (tmp_path / "alone.safetensors").exists()


def test_a_run_finds_its_data_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.csv").write_text("colour,bought\n" + "red,1\nblue,0\nred,0\nblue,1\n" * 30, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    own = ["wide-deep", "--data", "own.csv", "--label", "bought", "--epochs", "1", "--device", "cpu"]
    assert recommend("train", *own, "--run", "one") == 0
    monkeypatch.chdir(tmp_path / "one")
    assert recommend("train", "--resume", ".", "--epochs", "2") == 0
    assert state_of(RunFolder(tmp_path / "one")).epochs == 2


def test_more_epochs_go_on_and_are_in_the_plan(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "one")
    assert recommend("train", *SMALL, "--epochs", "1", "--run", folder.path) == 0
    assert recommend("train", "--resume", folder.path, "--epochs", "3", "--time-limit", "3600") == 0
    state = state_of(folder)
    assert (state.epochs, state.plan.training.epochs, state.plan.time_limit) == (3, 3, 3600.0)
    assert kinds(folder).count("resumed") == 1 and kinds(folder).count("epoch") == 3


def test_a_run_whose_checkpoint_is_named_goes_on_in_its_folder(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "one")
    assert recommend("train", *SMALL, "--epochs", "1", "--run", folder.path) == 0
    assert recommend("train", "--resume", folder.checkpoint, "--epochs", "2") == 0
    assert state_of(folder).epochs == 2
    log, out = folder.log.read_bytes(), tmp_path / "elsewhere.safetensors"
    assert recommend("train", "--resume", folder.checkpoint, "--epochs", "3", "--out", out) == 0
    assert folder.log.read_bytes() == log and out.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["train", "candidates", "--plan", "x"], "name a model"),
        (["train", "--resume", "x", "--run", "y"], "--run is for a new run"),
        (["train", "candidates", "--run", "x", "--out", "y"], "leave --out away"),
        (["train", "candidates", "--name", "x"], "--name is for a new run"),
        (["train", "--plan", "x", "--epochs", "3"], "--plan says all"),
        (["train", "--plan", "x", "--device", "cpu"], "--plan says all"),
        (["train", "--plan", "x", "--data", "adult"], "--plan says all"),
        (["train", "candidates", "--time-limit", "0"], "number of seconds above 0"),
        (["train", "candidates", "--time-limit", "soon"], "number of seconds above 0"),
        (["runs", "--rename", "a", "b", "--delete", "c"], "not allowed with"),
    ],
)
def test_wrong_usage_is_said(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert recommend(*arguments) == 2
    assert said in capsys.readouterr().err


def test_what_is_wrong_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = RunFolder(tmp_path / "one")
    assert recommend("train", *SMALL, "--epochs", "1", "--run", folder.path) == 0
    capsys.readouterr()
    for arguments, said in (
        (["train", *SMALL, "--run", folder.path], "already holds a run"),
        (["train", "--resume", tmp_path], "doesn't hold a run"),
        (["train", "--plan", tmp_path / "none.json", "--run", tmp_path / "two"], "“none.json” cannot be read"),
        (["runs", tmp_path, "--delete", "two"], "doesn't hold a run"),
    ):
        assert recommend(*arguments) == 1
        error = capsys.readouterr().err
        assert said in error and error.count("\n") == 1
    plan = folder.read_plan()
    write_plan(folder.plan, plan.model_copy(update={"spec": {"hidden": "wide"}}))
    assert recommend("train", "--plan", folder.plan, "--run", tmp_path / "three") == 1
    assert "isn't the plan of a run (hidden is 'wide'" in capsys.readouterr().err
    assert state_of(RunFolder(tmp_path / "three")).status == "failed"
    with RunLock(folder.lock):
        log = folder.log.read_bytes()
        assert recommend("train", "--resume", folder.path) == 1
        assert "is working on the run" in capsys.readouterr().err
        assert folder.log.read_bytes() == log


@pytest.mark.parametrize("name", ["../secret", "..", ".", "", "inner/run", "linked", "ABSOLUTE"])
@pytest.mark.parametrize("option", ["--delete", "--rename"])
def test_runs_outside_the_folder_are_neither_renamed_nor_deleted(
    option: str, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "runs"
    plan = RunPlan(name="Mine", model="candidates", data=RecommenderData(source="video-site"), training=Training())
    for path in (tmp_path, tmp_path / "secret", root, root / "inner" / "run"):
        RunFolder(path).begin(plan)
    (root / "linked").symlink_to(tmp_path / "secret")
    name = str(tmp_path / "secret") if name == "ABSOLUTE" else name
    plans = {path: path.read_bytes() for path in tmp_path.rglob("plan.json")}
    assert recommend("runs", root, option, name, *(["Theirs"] if option == "--rename" else [])) == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1 and ("is a link to" if name == "linked" else "isn't the name of a folder in") in error
    assert {path: path.read_bytes() for path in tmp_path.rglob("plan.json")} == plans


def test_a_run_is_not_begun_over_somebodys_checkpoint(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = tmp_path / "checkpoint.safetensors"
    theirs.write_bytes(b"somebody's")
    assert recommend("train", *SMALL, "--epochs", 1, "--run", tmp_path) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1 and "A new run would write to" in said.err
    assert [path.name for path in tmp_path.iterdir()] == [theirs.name] and theirs.read_bytes() == b"somebody's"


def test_a_run_that_diverges_says_so_in_its_folder(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "one")
    store = [
        "wide-deep",
        "--data",
        "app-store",
        "--size",
        "4000",
        "--users",
        "400",
        "--items",
        "120",
        "--device",
        "cpu",
    ]
    assert recommend("train", *store, "--lr", "1e5", "--run", folder.path) == 3
    state = state_of(folder)
    assert state.status == "diverged" and "overflowed" in state.problem


def test_a_run_ends_well_when_its_time_is_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = RunFolder(tmp_path / "one")
    assert recommend("train", *SMALL, "--epochs", "2", "--run", folder.path, "--time-limit", "1e-9") == 0
    state = state_of(folder)
    assert (state.status, state.epochs) == ("finished", 0) and "HR@50" in state.figures
    assert "time limit is reached, and the run has ended after 1 update;" in state.problem
    told = capsys.readouterr().out
    assert "epoch 1, after 1 batches: loss " in told and "The time limit is reached" in told
    assert recommend("runs", tmp_path) == 0
    told = capsys.readouterr().out
    assert "stopped by its time limit  0 of 2" in told and "finished" not in told
    assert f"To go on: recommend train --resume {folder.path}" in told
    assert recommend("runs", tmp_path, "--json") == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["ended_early"] is True
    write_plan(folder.plan, folder.read_plan().model_copy(update={"time_limit": None}))
    assert recommend("train", "--resume", folder.path) == 0
    whole = RunFolder(tmp_path / "whole")
    assert recommend("train", *SMALL, "--epochs", "2", "--run", whole.path) == 0
    assert_same_checkpoint(whole, folder)
    capsys.readouterr()
    assert recommend("runs", tmp_path) == 0
    assert "time limit" not in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.process
def test_a_killed_run_goes_on_to_the_same_bits(forked_engine: None, tmp_path: Path) -> None:
    whole, parts = RunFolder(tmp_path / "whole"), RunFolder(tmp_path / "parts")
    longer = [*SMALL, "--epochs", "4", "--every", "7"]
    assert recommend("train", *longer, "--run", whole.path) == 0
    child = process(*longer, "--run", parts.path, stdout=subprocess.PIPE)
    wait_until(lambda: parts.log.exists() and kinds(parts).count("checkpoint") >= 3, child)
    assert state_of(parts).status == "running"
    holder = holder_of(parts.lock)
    assert holder is not None
    os.kill(holder.pid, signal.SIGKILL)
    child.communicate()
    assert state_of(parts).status == "killed" and parts.lock.exists()
    with parts.log.open("ab") as log:
        log.write(b'{"event": "epo')  # as if it had been killed within a line
    assert recommend("train", "--resume", parts.path) == 0
    assert_same_checkpoint(whole, parts)
    assert state_of(parts).status == "finished" and state_of(parts).figures == state_of(whole).figures
    assert state_of(parts).loss == state_of(whole).loss


@pytest.mark.slow
@pytest.mark.process
def test_a_run_is_stopped_by_a_file_and_outlives_whoever_reads_it(forked_engine: None, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "one")
    folder.path.mkdir()
    folder.stop.touch()  # which was meant for somebody before it
    child = process(*SMALL, "--epochs", "500", "--run", folder.path, stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    child.stdout.close()
    wait_until(lambda: folder.log.exists() and kinds(folder).count("epoch") >= 2, child)
    assert recommend("train", "--resume", folder.path) == 1  # it is being worked on
    folder.stop.touch()
    assert child.wait() == 130
    assert state_of(folder).status == "stopped" and state_of(folder).epochs >= 2
    assert recommend("train", "--resume", folder.path, "--epochs", "1") == 0
    assert not folder.stop.exists()


@pytest.mark.slow
def test_a_full_disk_keeps_the_last_good_checkpoint_and_ends_the_run_where_it_has_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, folder = RunFolder(tmp_path / "whole"), RunFolder(tmp_path / "one")
    assert recommend("train", *SMALL, "--epochs", "4", "--run", whole.path) == 0
    written, write = list[str](), tensor_file._write

    def write_two_checkpoints(file: Any, *rest: Any) -> None:
        if "checkpoint" in file.name:
            written.append(file.name)
        if len(written) > 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(file, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(tensor_file, "_write", write_two_checkpoints)
        assert recommend("train", *SMALL, "--epochs", "4", "--run", folder.path) == 1
    assert "“checkpoint.safetensors” cannot be written (No space left on device)" in capsys.readouterr().err
    assert read(folder.checkpoint).cursor.epoch == 2 and kinds(folder).count("epoch") == 4
    assert "notice" in kinds(folder) and kinds(folder)[-1] == "failed"
    state = state_of(folder)
    assert state.status == "failed" and "No space left on device" in state.problem
    assert recommend("train", "--resume", folder.path) == 0
    assert_same_checkpoint(whole, folder)
    assert state_of(folder).status == "finished"


def test_a_run_whose_log_cannot_be_written_trains_to_its_end_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = RunFolder(tmp_path / "one")

    def full(self: RunLog, line: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(RunLog, "_write", full)
        assert recommend("train", *SMALL, "--epochs", "2", "--run", folder.path) == 1
    assert "“events.jsonl” cannot be written (No space left on device)" in capsys.readouterr().err
    assert read(folder.checkpoint).cursor.epoch == 2 and kinds(folder) == []
    assert recommend("train", "--resume", folder.path) == 0
    assert state_of(folder).status == "finished"


def test_a_fault_of_the_program_is_told_in_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError("a fault")

    folder = RunFolder(tmp_path / "one")
    monkeypatch.setattr("engine.cli.recommend.train.ready", broken)
    with pytest.raises(ZeroDivisionError):
        recommend("train", *SMALL, "--run", folder.path)
    assert "ZeroDivisionError: a fault" in state_of(folder).problem
