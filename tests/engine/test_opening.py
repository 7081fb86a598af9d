"""Whatever is pointed at is a regular file, or is refused at once in a sentence, by every reader alike."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.data.choice import DataChoice
from engine.data.files import load_file
from engine.data.sampling import Limits, Watch
from engine.formats import document_kind, read_network
from engine.formats.loom import MOST_PARTS
from engine.formats.sheet import SheetFormat
from engine.neuron.sheet import NeuronContent
from engine.opening import is_file, open_file, read_file
from engine.problems import EngineError
from engine.recommenders.data.logs.loaders import columns_at, load_log
from engine.recommenders.data.proposal.proposing import propose
from engine.recommenders.running.checkpoints import read as read_checkpoint
from engine.recommenders.running.plan import read_plan
from engine.recommenders.running.run_log import LogReader, RunLog

SHEET = SheetFormat("test-sheet", 1, NeuronContent)
READERS: dict[str, Callable[[Path], object]] = {
    "network": read_network,
    "sheet": SHEET.read,
    "table": lambda path: load_file(DataChoice(source="file", path=str(path)), Limits(), Watch("x")),
    "log": load_log,
    "columns": columns_at,
    "proposal": propose,
    "checkpoint": read_checkpoint,
    "plan": read_plan,
    "run's log": lambda path: LogReader(path).news(),
    "run's log, to go on with": RunLog.at,
}
FOLDERS = ("log", "columns", "proposal")
"""Readers that a folder is something to."""


@pytest.fixture(params=["pipe", "socket", "device", "folder"])
def odd(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Something in a folder that is no file; a reader that opened it as one would wait, or read for ever."""
    path = tmp_path / "odd.csv"
    if request.param == "socket":
        with socket.socket(socket.AF_UNIX) as listening:
            monkeypatch.chdir(tmp_path)  # the system's own limit on the length of a socket's name
            listening.bind(path.name)
            yield path
        return
    if request.param == "pipe":
        os.mkfifo(path)
    elif request.param == "device":
        path.symlink_to("/dev/zero")
    else:
        path.mkdir()
    yield path


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_file_is_refused_at_once(odd: Path, reader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(odd.parent)
    if odd.is_dir() and reader in FOLDERS:
        pytest.skip("a folder is something to this one")
    with pytest.raises(EngineError) as error:
        READERS[reader](odd)
    assert error.value.problem.code.split(".")[1] in ("unreadable", "unwritable", "file-not-regular", "file-unreadable")
    assert "it is a" in error.value.problem.sentence


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 5000, "", "\udcff"])
@pytest.mark.parametrize("reader", READERS)
def test_names_that_no_file_can_have_are_a_sentence(tmp_path: Path, reader: str, name: str) -> None:
    if not name and reader in FOLDERS:
        pytest.skip("no name is the folder itself")
    if reader == "run's log" and name == "\udcff":
        assert LogReader(tmp_path / name).news() == ()  # a log that has not begun
        return
    if reader == "run's log, to go on with" and name == "\udcff":
        return
    with pytest.raises(EngineError) as error:
        READERS[reader](tmp_path / name)
    error.value.problem.sentence.encode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among its files")
def test_a_pipe_among_the_files_of_a_folder_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "movies.csv").write_text("movieId,title,genres\n1,A (1990),Drama\n")
    os.mkfifo(tmp_path / "ratings.csv")
    with pytest.raises(EngineError, match="it is a pipe") as error:
        load_log(tmp_path)
    assert "permission" not in error.value.problem.sentence and "Put the file back" in error.value.problem.sentence


def test_what_a_kind_of_document_is_told_from_is_a_file(tmp_path: Path) -> None:
    assert document_kind(tmp_path) is None
    assert document_kind(Path("/dev/zero")) is None
    assert document_kind(tmp_path / "\ud800") is None


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.loom"
    with huge.open("wb") as file:
        file.truncate(1 << 40)  # sparse: it takes no room
    with pytest.raises(OSError, match="more than 64 MB"):
        read_file(huge, 64 << 20)
    for reader in ("network", "sheet", "plan", "checkpoint"):
        with pytest.raises(EngineError):
            READERS[reader](huge)


def test_a_file_of_countless_values_is_refused_before_they_are_made(tmp_path: Path) -> None:
    path = tmp_path / "many.loom"
    path.write_text('{"format": "neuroloom-network", "weights": [' + "[]," * (MOST_PARTS // 2) + "[]]}")
    with pytest.raises(EngineError) as error:
        read_network(path)
    assert error.value.problem.code == "file.too-many-parts"


def test_regular_files_open(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"content")
    link = tmp_path / "link"
    link.symlink_to(path)
    with open_file(link) as file:
        assert file.read() == b"content"
    assert is_file(link) and not is_file(tmp_path) and not is_file(tmp_path / "a\0b")
