"""Journals: what was written is read again up to the first line that is torn or false, and nothing else is believed."""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.formats import journal
from engine.formats.journal import (
    JournalFile,
    Said,
    Unfit,
    encoded,
    ends_of,
    lines_of,
    packed,
    parsed,
    read_journal,
    unpacked,
)
from engine.problems import EngineError

LINES: list[Said] = [
    ("journal", {"version": 1}),
    ("thing", {"key": 0, "data": ["a\nb", "Δ\udcff"]}),
    ("state", {"n": 1.5}),
]


def written(path: Path, *later: Said) -> bytes:
    file = JournalFile(path)
    file.begin(LINES)
    for line in later:
        file.append([line])
    file.close()
    return path.read_bytes()


def told(data: bytes) -> list[tuple[str, object]]:
    return [(line.kind, line.parsed()) for line in lines_of(data)]


def test_what_was_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    written(path, ("state", {"n": 2}))
    assert [(line.kind, line.parsed()) for line in read_journal(path)] == [*LINES, ("state", {"n": 2})]


def test_a_torn_tail_is_ignored_wherever_it_is_torn(tmp_path: Path) -> None:
    data = written(tmp_path / "a.journal", ("state", {"n": 2}))
    ends = [at + 1 for at, byte in enumerate(data) if byte == ord("\n")]
    for end in range(len(data) + 1):
        assert told(data[:end]) == told(data)[: sum(one <= end for one in ends)]


def test_what_is_written_after_a_torn_line_is_not_read(tmp_path: Path) -> None:
    data = written(tmp_path / "a.journal")
    torn = data[:-5] + b"\n"
    assert told(torn + written(tmp_path / "b.journal")) == LINES[:2]


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_a_changed_byte_ends_what_is_believed(tmp_path_factory: pytest.TempPathFactory, at: int, byte: int) -> None:
    data = bytearray(written(tmp_path_factory.mktemp("journal") / "a.journal", ("state", {"n": 2})))
    at %= len(data)
    same, data[at] = data[at] == byte, byte
    whole = [*LINES, ("state", {"n": 2})]
    assert told(bytes(data)) == (whole if same else whole[: bytes(data[:at]).count(b"\n")])


def test_lines_out_of_turn_are_not_believed(tmp_path: Path) -> None:
    lines = written(tmp_path / "a.journal").splitlines(keepends=True)
    assert told(lines[0] + lines[2]) == LINES[:1]
    assert told(lines[1]) == []


@given(st.binary(max_size=200))
def test_any_bytes_can_be_looked_at(data: bytes) -> None:
    assert isinstance(list(lines_of(data)), list)


def false_line(number: int, kind: str, content: bytes) -> bytes:
    said = b"%d %s %s" % (number, kind.encode(), content)
    return b"%08x %s\n" % (zlib.crc32(said), said)


@pytest.mark.parametrize("content", [b"{", b"[" * 100_000, b"[" + b"0," * 2_000_001 + b"0]", b"9" * 5000, b"\xff"])
def test_json_that_is_none_is_said_to_be_so(content: bytes) -> None:
    (line,) = lines_of(false_line(0, "thing", content))
    with pytest.raises(Unfit):
        line.parsed()


@pytest.mark.parametrize("make", [lambda path: path.mkdir(), lambda path: os.mkfifo(path), lambda path: None])
def test_what_is_no_journal_is_one_sentence(tmp_path: Path, make) -> None:
    path = tmp_path / "a.journal"
    make(path)
    with pytest.raises(EngineError, match=r"a\.journal"):
        read_journal(path)
    with pytest.raises(EngineError, match=r"a\.journal"):
        ends_of(path)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "a.journal")
    monkeypatch.setattr(journal, "MOST_BYTES", 50)
    with pytest.raises(EngineError, match="more than"):
        read_journal(tmp_path / "a.journal")


@pytest.mark.parametrize("size", [10, 100_000])
def test_the_ends_are_seen_without_what_lies_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    path = tmp_path / "a.journal"
    data = written(path, ("thing", "x" * size), ("state", {"n": 2}))
    path.write_bytes(data + b"torn")
    monkeypatch.setattr(journal, "END_BYTES", 1000)
    (first,), last = ends_of(path)
    assert first.parsed() == {"version": 1}
    assert next(last).parsed() == {"n": 2}


def test_a_new_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    file = JournalFile(path)
    assert not file.begun
    file.begin(LINES)
    file.append([("state", {"n": 2})])
    assert file.size == path.stat().st_size
    file.begin(LINES[:1])
    file.append([("state", {"n": 3})])
    assert [line.kind for line in read_journal(path)] == ["journal", "state"]
    assert file.size == path.stat().st_size
    file.remove()
    assert not list(tmp_path.iterdir()) and not file.begun


def test_content_that_is_no_json_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    file = JournalFile(path)
    file.begin(LINES)
    with pytest.raises(TypeError):
        file.append([("state", {"n": object()})])
    file.append([("state", {"n": 2})])
    assert len(read_journal(path)) == 4
    file.close()


def plain(array: np.ndarray) -> Any:
    """An array as it is written, among what else a line says."""
    data, _ = encoded([("thing", {"text": "\0" + "0", "array": packed(array), "also": [packed(array)]})], 0)
    (line,) = lines_of(data)
    assert line.parsed()["text"] == "\0" + "0"
    return line.parsed()["array"]


@given(
    st.lists(st.integers(0, 3), max_size=3).flatmap(
        lambda shape: st.lists(
            st.floats(allow_nan=True, allow_infinity=True), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))
        ).map(lambda values: np.array(values).reshape(shape))
    )
)
def test_arrays_come_back_to_the_bit(array: np.ndarray) -> None:
    back = unpacked(plain(array))
    assert back.shape == array.shape and back.tobytes() == array.tobytes() and back.flags.writeable


def test_truth_values_come_back() -> None:
    array = np.array([[True, False]])
    assert unpacked(plain(array)).tolist() == [[True, False]]
    with pytest.raises(Unfit):
        unpacked(plain(array) | {"data": "AgA="})


@pytest.mark.parametrize(
    "change",
    [
        {"type": "O8"},
        {"type": "f4"},
        {"shape": [3]},
        {"shape": [2**62, 2**62]},
        {"shape": [-2, -1]},
        {"shape": [True, 2]},
        {"shape": 2},
        {"shape": [1] * 9},
        {"data": "AAAA"},
        {"data": "?"},
        {"data": "é"},
        {"data": None},
        {"more": 1},
    ],
)
def test_an_array_that_is_none_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(Unfit):
        unpacked(plain(np.array([1.0, 2.0])) | change)


def test_plain_json_is_bounded() -> None:
    assert parsed(b"[1, 2]") == [1, 2]
