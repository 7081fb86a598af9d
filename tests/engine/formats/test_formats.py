"""The registry of formats, and telling what kind of document a file holds."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.formats import FileFormat, NetworkFile, base, can_write, document_kind, formats, read_network, write_network
from engine.formats.loom import write_network_file
from engine.graph.build import feed_forward
from engine.problems import EngineError


@pytest.fixture(autouse=True)
def same_formats_afterwards() -> Iterator[None]:
    before = dict(base._FORMATS)
    yield
    base._FORMATS.clear()
    base._FORMATS.update(before)


def a_format(key: str, suffix: str, title: str, *, recognises: bool = False) -> FileFormat:
    content = NetworkFile(feed_forward((2,)), title=title)
    return FileFormat(key, key.title(), (suffix,), lambda _: recognises, lambda _: content, None)


def test_the_first_format_is_the_program_s_own() -> None:
    first = formats()[0]
    assert (first.key, first.suffixes) == ("network", (".loom",))
    assert first.read and first.write


def test_every_format_can_be_read_or_written_and_has_a_name() -> None:
    for one in formats():
        assert one.read or one.write
        assert one.label and one.suffixes
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in one.suffixes)


def test_a_key_is_taken_once() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        base.register(formats()[0])


def test_what_a_file_holds_counts_before_its_name(tmp_path: Path) -> None:
    base.register(a_format("other", ".other", "the other"))
    path = tmp_path / "net.other"
    write_network_file(path, NetworkFile(feed_forward((3,)), title="mine"))
    assert read_network(path).title == "mine"
    path.write_bytes(b"something else")
    assert read_network(path).title == "the other"
    assert read_network(tmp_path / "NET.OTHER").title == "the other"


def test_a_later_format_reads_what_it_recognises_under_any_name(tmp_path: Path) -> None:
    base.register(a_format("other", ".other", "the other", recognises=True))
    path = tmp_path / "a.loom"
    path.write_bytes(b"\x08\x01")
    assert read_network(path).title == "the other"


def test_what_no_format_claims_is_explained_by_the_first(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("{}")
    with pytest.raises(EngineError) as caught:
        read_network(path)
    assert caught.value.problem.code == "file.not-ours"


def test_a_format_that_is_only_written_is_passed_over(tmp_path: Path) -> None:
    first = formats()[0]
    base._FORMATS.clear()
    base.register(FileFormat("script", "Script", (".py",), lambda _: True, None, lambda *_: None))
    with pytest.raises(LookupError):
        read_network(tmp_path / "a.py")
    base.register(first)
    with pytest.raises(EngineError, match="cannot be read"):
        read_network(tmp_path / "a.py")


def test_a_network_is_written_as_its_name_says_or_by_the_first_format(tmp_path: Path) -> None:
    content, written = NetworkFile(feed_forward((3,)), title="mine"), []
    base.register(FileFormat("script", "Script", (".py",), lambda _: False, None, lambda *told: written.append(told)))
    write_network(tmp_path / "A.PY", content)
    assert written == [(tmp_path / "A.PY", content)]
    for name in ("a.loom", "a.anything"):
        write_network(tmp_path / name, content)
        assert document_kind(tmp_path / name) == "neuroloom-network"
    base._FORMATS.clear()
    with pytest.raises(LookupError):
        write_network(tmp_path / "a.loom", content)


def test_a_format_that_is_only_read_is_not_overwritten(tmp_path: Path) -> None:
    base.register(a_format("other", ".other", "the other"))
    path = tmp_path / "NET.OTHER"
    path.write_bytes(b"theirs")
    with pytest.raises(EngineError, match=r"in \.other files can only be read; .* ends in \.loom\.") as caught:
        write_network(path, NetworkFile(feed_forward((3,))))
    assert caught.value.problem.code == "file.read-only-format"
    assert path.read_bytes() == b"theirs"
    base.register(FileFormat("able", "Able", (".other",), lambda _: False, None, lambda at, _: at.unlink() or None))
    write_network(path, NetworkFile(feed_forward((3,))))
    assert not path.exists()


def test_what_can_be_written_back_is_in_the_format_of_its_name(tmp_path: Path) -> None:
    assert can_write(tmp_path / "new.loom") and can_write(tmp_path / "new.anything")
    base.register(a_format("other", ".other", "the other"))
    base.register(FileFormat("script", "Script", (".py",), lambda _: False, None, lambda *_: None))
    for name in ("a.loom", "a.anything", "a.other", "a.py"):
        write_network_file(tmp_path / name, NetworkFile(feed_forward((3,))))
    assert can_write(tmp_path / "a.loom") and can_write(tmp_path / "a.anything")
    assert not can_write(tmp_path / "a.other")
    assert not can_write(tmp_path / "a.py")
    base.register(a_format("first look", ".look", "theirs", recognises=True))
    (tmp_path / "theirs.loom").write_bytes(b"\x08\x01")
    assert not can_write(tmp_path / "theirs.loom")
    base._FORMATS.clear()
    assert not can_write(tmp_path / "a.loom")


# --- document_kind -----------------------------------------------------------------------------------------------

KINDS: dict[str, tuple[bytes, str | None]] = {
    "ours": (b'{"format": "neuroloom-network", "version": 1}', "neuroloom-network"),
    "another of ours": (b'{\n "format": "neuroloom-scalar-graph"}', "neuroloom-scalar-graph"),
    "cut short after the tag": (b'{"format": "neuroloom-network", "gra', "neuroloom-network"),
    "a byte order mark": (b'\xef\xbb\xbf{"format": "a"}', "a"),
    "the tag at the end": (json.dumps({"filler": "x" * 10_000, "format": "late"}).encode(), "late"),
    "an escape in the tag": (b'{"format": "a\\u0062"}', "ab"),
    "a tag further in": (b'{"graph": {"format": "inner"}}', None),
    "a tag that is no text": (b'{"format": 3}', None),
    "no object": (b"[1, 2]", None),
    "no JSON": (b"a,b\n1,2\n", None),
    "nothing": (b"", None),
    "no text": (bytes(range(256)), None),
    "nested without end": (b"[" * 200_000, None),
    "a number of thousands of digits": (b'{"a": ' + b"9" * 10_000 + b"}", None),
}


@pytest.mark.parametrize(("content", "kind"), KINDS.values(), ids=KINDS)
def test_the_kind_of_a_document_is_its_tag(tmp_path: Path, content: bytes, kind: str | None) -> None:
    path = tmp_path / "a.loom"
    path.write_bytes(content)
    assert document_kind(path) == kind


def test_what_cannot_be_read_is_of_no_kind(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    assert document_kind(tmp_path / "missing") is None
    assert document_kind(tmp_path) is None
    assert document_kind(tmp_path / "pipe") is None
    assert document_kind(Path("nul\0byte")) is None


def test_only_the_head_of_a_huge_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.loom"
    path.write_bytes(b'{"format": "big", "rest": "')
    os.truncate(path, 1 << 36)  # a hole: reading all of it would not end
    assert document_kind(path) == "big"
    path.write_bytes(b'{"rest": "')
    os.truncate(path, 1 << 36)
    assert document_kind(path) is None
