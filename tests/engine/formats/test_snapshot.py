"""Snapshots: a header and files in one, read back as they were or refused in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.formats.snapshot import SnapshotHeader, encode_snapshot, extract_snapshot, read_header
from engine.problems import EngineError

FILES = {"document.loom": b'{"a": 1}\n', "document-0123456789ab.safetensors": bytes(range(256))}
HEADER = SnapshotHeader(
    workspace="playground", title="Näme", time=12.5, unsaved=True, own="/tmp/mine\udcff.loom", own_changed=2**61
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a.snapshot"
    path.write_bytes(encode_snapshot(HEADER, FILES))
    (tmp_path / "inside").mkdir()
    return path


def test_what_was_put_in_comes_out(path: Path) -> None:
    header, document = extract_snapshot(path, path.parent / "inside")
    assert header == read_header(path)
    assert header.model_copy(update={"files": []}) == HEADER
    assert document.name == "document.loom"
    assert {file.name: file.read_bytes() for file in document.parent.iterdir()} == FILES


def test_wherever_it_is_cut_it_is_refused_in_a_sentence(path: Path) -> None:
    data = path.read_bytes()
    for end in range(len(data)):
        path.write_bytes(data[:end])
        with pytest.raises(EngineError, match=r"“a.snapshot” is damaged"):
            extract_snapshot(path, path.parent / "inside")


@pytest.mark.parametrize("name", ["../evil.loom", "/evil.loom", "..", ".loom", "a/b.loom", "a\\\\b.loom", "a", "a\n.b"])
def test_no_file_leads_out_of_the_folder(path: Path, name: str) -> None:
    path.write_bytes(encode_snapshot(HEADER, {name: b"evil"}))
    with pytest.raises(EngineError, match="damaged"):
        extract_snapshot(path, path.parent / "inside")
    assert not list((path.parent / "inside").iterdir())


WRONG = [b"", b"\n", b"{}\n", b"[" * 50_000 + b"\n", b'{"version": 1' + b"9" * 5000 + b"}\n", b"\xff\n", b"1" * 70_000]


@pytest.mark.parametrize("data", WRONG, ids=range(len(WRONG)))
def test_what_is_none_is_refused(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    for read in (read_header, lambda path: extract_snapshot(path, path.parent / "inside")):
        with pytest.raises(EngineError, match="damaged"):
            read(path)


def test_a_newer_one_is_known_as_such(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"version": 2', b'"version": 3', 1))
    with pytest.raises(EngineError, match="newer"):
        read_header(path)


def test_one_without_files_is_damaged(path: Path) -> None:
    path.write_bytes(encode_snapshot(HEADER, {}))
    with pytest.raises(EngineError, match="damaged"):
        extract_snapshot(path, path.parent / "inside")
