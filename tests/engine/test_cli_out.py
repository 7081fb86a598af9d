"""What a command is to write is tried before the work, and is not lost where its place takes nothing after it."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pytest

from engine import atomic
from engine.__main__ import main
from engine.cli.commands import train as train_command
from engine.formats import loom, read_network
from engine.recommenders.running.checkpoints import read as read_checkpoint

Captured = pytest.CaptureFixture[str]
TRAIN = ("train", "--data", "circle", "--samples", "20", "--hidden", "2", "--epochs", "2", "--backend", "numpy")


@pytest.fixture(params=["no folder", "a folder", "read-only", "a pipe", "no such name"])
def bad_place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "out.loom"
    if request.param == "no folder":
        place = tmp_path / "none" / "out.loom"
    elif request.param == "a folder":
        place.mkdir()
    elif request.param == "read-only":
        place.write_text("mine")
        place.chmod(0o444)
    elif request.param == "a pipe":
        os.mkfifo(place)
    else:
        place = tmp_path / "\ud800"
    yield place


@pytest.mark.skipif(os.name == "nt", reason="Windows has other places that take nothing")
@pytest.mark.parametrize("command", ["train", "graph", pytest.param("recommend", marks=pytest.mark.torch)])
def test_where_a_result_goes_is_tried_before_the_work(
    bad_place: Path, command: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(bad_place.parent.iterdir()) if bad_place.parent.exists() else None
    monkeypatch.setattr(train_command, "open_project", lambda *_: pytest.fail("the work has begun"))
    begun = {
        "train": TRAIN,
        "graph": ("recommend", "graph", "wide-deep", "--data", "missing.csv", "--label", "y"),
        "recommend": ("recommend", "train", "wide-deep", "--data", "missing.csv", "--label", "y", "--epochs", "1"),
    }[command]
    assert main([*begun, "--out", str(bad_place)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "cannot be written" in said
    assert (sorted(bad_place.parent.iterdir()) if before is not None else None) == before


@pytest.mark.parametrize("how", ["itself", "link", "hard link", "another text"])
@pytest.mark.parametrize("command", ["train", "graph", pytest.param("recommend", marks=pytest.mark.torch)])
def test_no_result_is_written_over_data(
    command: str, how: str, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "d.csv"
    data.write_text("a,b,y\n" + "1,2,0\n2,1,1\n" * 20)
    before, out = data.read_bytes(), tmp_path / "out.bin"
    if how == "itself":
        out = data
    elif how == "link":
        out.symlink_to(data)
    elif how == "hard link":
        os.link(data, out)
    else:
        out.write_text("somebody's")
    theirs = out.read_bytes()
    monkeypatch.setattr(train_command, "open_project", lambda *_: pytest.fail("the work has begun"))
    begun = {
        "train": ("train", "--data", str(data), "--epochs", "1"),
        "graph": ("recommend", "graph", "wide-deep", "--data", str(data), "--label", "y"),
        "recommend": ("recommend", "train", "wide-deep", "--data", str(data), "--label", "y", "--epochs", "1"),
    }[command]
    assert main([*begun, "--out", str(out)]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "Choose another name so that it isn't overwritten" in said
    assert data.read_bytes() == before and out.read_bytes() == theirs


def test_a_result_takes_the_place_of_one_of_its_kind(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "net.loom"
    out.touch()  # as mktemp makes it
    for _ in range(2):
        assert main([*TRAIN, "--out", str(out)]) == 0
    assert read_network(out).weights


def test_an_empty_name_is_a_usage_error(capsys: Captured) -> None:
    for begun in (TRAIN, ("recommend", "graph", "wide-deep"), ("recommend", "data", "app-store")):
        flag = "--get" if "data" in begun and "recommend" in begun else "--out"
        assert main([*begun, f"{flag}="]) == 2
        assert "a name is missing" in capsys.readouterr().err.splitlines()[-1]


def test_a_network_whose_place_takes_nothing_in_the_end_is_beside_it(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.loom"
    real = atomic.write_atomically
    monkeypatch.setattr(loom, "write_atomically", lambda to, content: _full(to == path) or real(to, content))
    assert main([*TRAIN, "--out", str(path), "--json"]) == 1
    told = capsys.readouterr()
    beside = tmp_path / "net-2.loom"
    assert json.loads(told.out)["out"] == str(beside)
    assert told.err == f"“net.loom” cannot be written (No space left on device). The result is in {beside} instead.\n"
    assert read_network(beside).weights and not path.exists()


def test_where_the_whole_folder_takes_nothing_it_is_in_the_temporary_one(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    full, other = tmp_path / "full", tmp_path / "other"
    full.mkdir()
    other.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(other))
    real = atomic.write_atomically
    monkeypatch.setattr(loom, "write_atomically", lambda to, content: _full(to.parent == full) or real(to, content))
    assert main([*TRAIN, "--out", str(full / "net.loom")]) == 1
    assert read_network(other / "net-2.loom").weights
    assert list(full.iterdir()) == []
    assert f"Written to {other / 'net-2.loom'}." in capsys.readouterr().out


def test_where_nothing_takes_it_that_is_the_sentence(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loom, "write_atomically", lambda to, content: _full(True))
    assert main([*TRAIN, "--out", str(tmp_path / "net.loom")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.torch
@pytest.mark.slow
def test_a_checkpoint_whose_place_takes_nothing_in_the_end_is_beside_it(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.recommenders.running import tensor_file

    table = tmp_path / "table.csv"
    table.write_text("age,job,bought\n" + "".join(f"{20 + i % 40},j{i % 5},{i % 2}\n" for i in range(200)))
    path, real = tmp_path / "run.safetensors", atomic.replacing
    monkeypatch.setattr(tensor_file, "replacing", lambda to, **how: _full(to == path) or real(to, **how))
    command = ["recommend", "train", "wide-deep", "--data", str(table), "--label", "bought", "--epochs", "1"]
    assert main([*command, "--out", str(path)]) == 1
    beside = tmp_path / "run-2.safetensors"
    assert read_checkpoint(beside).cursor.epoch == 1 and not path.exists()
    assert str(beside) in capsys.readouterr().out


def test_a_world_that_does_not_fit_on_the_disk_leaves_nothing(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def part(frame: pl.DataFrame, file: BinaryIO) -> None:
        written.append(file.name)
        file.write(b"half")
        _full(len(written) > 1)

    monkeypatch.setattr(pl.DataFrame, "write_parquet", part)
    monkeypatch.setattr("engine.recommenders.data.sources.app_store.FILE_ROWS", 1000)
    folder = tmp_path / "new" / "world"
    assert main(["recommend", "data", "app-store", "--size", "3000", "--get", str(folder)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert len(written) == 2 and list(tmp_path.iterdir()) == []


def test_a_folder_with_something_else_in_it_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pl.DataFrame, "write_parquet", lambda frame, file: _full(True))
    (tmp_path / "mine").write_text("mine")
    assert main(["recommend", "data", "app-store", "--size", "1000", "--get", str(tmp_path)]) == 1
    assert [place.name for place in tmp_path.iterdir()] == ["mine"]


def test_a_world_is_not_written_over_parts_of_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "part-0007.parquet").write_text("mine")
    assert main(["recommend", "data", "app-store", "--size", "1000", "--get", str(tmp_path)]) == 1
    assert "“part-0007.parquet” is in" in capsys.readouterr().err
    assert [place.read_text() for place in tmp_path.iterdir()] == ["mine"]


def _full(where: bool) -> bool:
    """False, unless the disk is full there."""
    if where:
        raise OSError(errno.ENOSPC, "No space left on device")
    return False
