"""A file is there whole or not at all, and nothing else is left beside it."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from engine import atomic
from engine.atomic import (
    ABANDONED,
    BEING_MADE,
    alone_in,
    remove_abandoned,
    replacing,
    write_at_once,
    write_atomically,
)


def test_a_file_is_put_in_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a longer old one")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_file_is_there_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with replacing(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def test_an_interrupted_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), replacing(path) as file:
        file.write(b"half of the n")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_goes_wrong_first_is_what_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "no folder" / "a"):
        pytest.fail("there is nothing to write to")


def test_only_what_a_killed_run_left_long_ago_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "run [1]"
    old, young, other = (tmp_path / name for name in (".run [1].1.part", ".run [1].2.part", ".run 1.1.part"))
    for left in (old, young, other):
        left.write_bytes(b"x")
    long_ago = time.time() - ABANDONED - 60
    for left in (old, other):
        os.utime(left, (long_ago, long_ago))
    remove_abandoned(path)
    assert not old.exists() and young.exists() and other.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has neither")
def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "a", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o600)
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink() and path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="root of Windows is asked otherwise")
def test_what_may_not_be_written_to_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(OSError, match="read-only"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_the_longest_name_that_there_may_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    write_atomically(path, b"new")
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="files that are being written cannot be removed there anyway")
def test_what_nobody_writes_to_any_more_is_removed_much_sooner(tmp_path: Path) -> None:
    path = tmp_path / "a"
    killed = tmp_path / ".a.1.part"
    killed.write_bytes(b"half")
    a_while_ago = time.time() - BEING_MADE - 5
    with replacing(path) as file:
        file.write(b"being written")
        (written,) = (left for left in tmp_path.glob(".a.*.part") if left != killed)
        for left in (killed, written):
            os.utime(left, (a_while_ago, a_while_ago))
        remove_abandoned(path)
        assert not killed.exists() and written.exists()
    assert path.read_bytes() == b"being written"


def test_one_waits_for_the_other_and_then_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "PATIENCE", 0.05)
    with alone_in(tmp_path), pytest.raises(OSError, match="another program"), alone_in(tmp_path):
        pytest.fail("it is taken")
    with alone_in(tmp_path):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among files")
def test_a_pipe_by_the_name_of_a_half_written_file_keeps_nobody(tmp_path: Path) -> None:
    pipe = tmp_path / ".a.01234567.part"
    os.mkfifo(pipe)
    os.utime(pipe, (1e9, 1e9))
    remove_abandoned(tmp_path / "a")
    assert pipe.is_fifo()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_private_file_is_its_owners_alone_whatever_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o644)
    write_atomically(path, b"new", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_of_the_programs_own_is_put_there_at_once_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.snapshot"
    for content in (b"old", b"new" * 100_000):
        write_at_once(path, content)
        assert path.read_bytes() == content and [one.name for one in tmp_path.iterdir()] == ["a.snapshot"]
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0

    def no_room(_file: int, _data: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", no_room)
    with pytest.raises(OSError, match="No space"):
        write_at_once(path, b"newer")
    assert path.read_bytes() == content and [one.name for one in tmp_path.iterdir()] == ["a.snapshot"]
