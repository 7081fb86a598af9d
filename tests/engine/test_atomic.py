"""A file is there whole or not at all, and nothing else is left beside it."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from engine.atomic import ABANDONED, remove_abandoned, replacing, write_atomically


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
