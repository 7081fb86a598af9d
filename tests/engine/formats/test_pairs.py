"""Networks with weights beside them: saved by several at once, killed, copied, through links, on full disks."""

from __future__ import annotations

import errno
import json
import multiprocessing
import os
import stat
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from engine.atomic import ABANDONED, BEING_MADE, replacing, write_atomically
from engine.formats import loom, pairs, read_network, write_network
from engine.formats.base import NetworkFile
from engine.formats.pairs import sweep
from engine.graph.build import feed_forward
from engine.problems import EngineError

on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")


@pytest.fixture(autouse=True)
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loom, "INLINE_LIMIT", 0)


def a_network(seed: int) -> NetworkFile:
    weights = {
        ("dense-1", "W"): np.full((3, 2), float(seed)),
        ("dense-1", "b"): np.zeros(3),
        ("output-1", "W"): np.zeros((1, 3)),
        ("output-1", "b"): np.zeros(1),
    }
    return NetworkFile(feed_forward((3,)), weights=weights, title=f"number {seed}")


def seed_of(path: Path) -> float:
    read = read_network(path)
    assert read.title == f"number {read.weights['dense-1', 'W'][0, 0]:g}"  # the weights are those of the network
    return float(read.weights["dense-1", "W"][0, 0])


def names_in(folder: Path) -> list[str]:
    return sorted(place.name for place in folder.iterdir())


def age(path: Path, seconds: float = ABANDONED + 60) -> Path:
    """Let a file have been written so long ago."""
    os.utime(path, (time.time() - seconds,) * 2, follow_symlinks=False)
    return path


def save_often(path: Path, first: int, times: int) -> None:
    """What one of several savers does: two networks in turn, so that one's former weights are the other's new ones."""
    loom.INLINE_LIMIT = 0
    for at in range(times):
        write_network(path, a_network((first + at) % 3))


def test_savers_in_several_threads_always_leave_a_whole_pair(tmp_path: Path) -> None:
    path = tmp_path / "a.loom"
    write_network(path, a_network(0))
    savers = [threading.Thread(target=save_often, args=(path, first, 25)) for first in range(3)]
    for saver in savers:
        saver.start()
    while any(saver.is_alive() for saver in savers):
        seed_of(path)  # a reader is never without weights either
    assert seed_of(path) in (0, 1, 2)
    assert len(names_in(tmp_path)) == 2


@pytest.mark.slow
@pytest.mark.process
def test_savers_in_several_processes_always_leave_a_whole_pair(tmp_path: Path) -> None:
    path = tmp_path / "a.loom"
    start = multiprocessing.get_context("spawn")
    savers = [start.Process(target=save_often, args=(path, first, 60)) for first in range(2)]
    for saver in savers:
        saver.start()
    for saver in savers:
        saver.join()
        assert saver.exitcode == 0
    assert seed_of(path) in (0, 1, 2)
    assert len(names_in(tmp_path)) == 2


@pytest.mark.parametrize("moment", ["before the network", "after the network"])
def test_what_a_killed_save_leaves_goes_with_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    path = tmp_path / "a.loom"
    write_network(path, a_network(0))

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as kill:
        kill.setattr(pairs, "_settle", lambda path: None)  # nothing is tidied up by who is killed
        if moment == "before the network":
            kill.setattr(
                loom, "write_atomically", lambda to, content: killed() if to == path else write_atomically(to, content)
            )
            with pytest.raises(Killed):
                write_network(path, a_network(1))
        else:
            write_network(path, a_network(1))
    assert len(names_in(tmp_path)) == 4  # both files of weights, and the note
    age(tmp_path / ".a.loom.saving", BEING_MADE + 5)
    sweep(path)
    assert seed_of(path) == (0 if moment == "before the network" else 1)
    assert len(names_in(tmp_path)) == 2


def test_weights_that_a_copy_names_stay(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.loom", tmp_path / "copy.loom"
    write_network(path, a_network(0))
    copy.write_bytes(path.read_bytes())
    write_network(path, a_network(1))
    assert (seed_of(path), seed_of(copy)) == (1, 0)


def test_a_disk_that_is_full_leaves_the_old_pair_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.loom"
    write_network(path, a_network(0))
    before = names_in(tmp_path)

    def full(to: Path, content: bytes) -> None:
        if to == path:
            raise OSError(errno.ENOSPC, "No space left on device")
        write_atomically(to, content)

    monkeypatch.setattr(loom, "write_atomically", full)
    with pytest.raises(EngineError, match="No space left"):
        write_network(path, a_network(1))
    assert names_in(tmp_path) == before and seed_of(path) == 0


@on_posix
def test_a_link_stays_one_and_what_it_leads_to_is_saved(tmp_path: Path) -> None:
    real, link = tmp_path / "real" / "a.loom", tmp_path / "link.loom"
    real.parent.mkdir()
    write_network(real, a_network(0))
    link.symlink_to(real)
    write_network(link, a_network(1))
    assert link.is_symlink() and seed_of(link) == seed_of(real) == 1
    assert names_in(tmp_path) == ["link.loom", "real"] and len(names_in(real.parent)) == 2


@on_posix
def test_permissions_are_kept_and_read_only_is_respected(tmp_path: Path) -> None:
    path = tmp_path / "a.loom"
    write_network(path, a_network(0))
    path.chmod(0o640)
    write_network(path, a_network(1))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o444)
    before = names_in(tmp_path)
    with pytest.raises(EngineError, match="read-only"):
        write_network(path, a_network(2))
    assert names_in(tmp_path) == before and seed_of(path) == 1


@on_posix
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.loom"
    os.mkfifo(pipe)
    for place in (pipe, tmp_path, Path("/dev/full"), tmp_path / "none" / "a.loom", tmp_path / "\ud800.loom"):
        with pytest.raises(EngineError) as error:
            write_network(place, a_network(0))
        assert error.value.problem.code == "file.unwritable"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_title_that_is_no_utf_8_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.loom"
    write_network(path, NetworkFile(feed_forward((3,)), title="a\ud800b"))
    assert read_network(path).title == "a\ud800b"


def test_a_torn_note_and_names_that_are_not_ours_harm_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.loom"
    write_network(path, a_network(0))
    other = tmp_path / "b-0123456789ab.safetensors"
    other.write_bytes(b"")
    note = tmp_path / ".a.loom.saving"
    for content in ("[", '"a"', json.dumps(["../a-0123456789ab.safetensors", other.name, 7, "a.loom"])):
        note.write_text(content)
        age(note)
        sweep(path)
        assert not note.exists() and other.exists() and seed_of(path) == 0
    sweep(tmp_path / "none" / "a.loom")


def killed_while_saving(path: Path) -> None:
    """What a killed save leaves of a network that nobody has heard of since: the note, weights, and half of it."""
    weights = path.with_name(f"{path.stem}-0123456789ab.safetensors")
    weights.write_bytes(b"weights")
    path.with_name(f".{path.name}.01234567.part").write_bytes(b"half")
    path.with_name(f".{weights.name}.89abcdef.part").write_bytes(b"half")
    path.with_name(f".{path.name}.saving").write_text(json.dumps([weights.name]))


def test_what_killed_saves_of_other_networks_have_half_written_goes_too(tmp_path: Path) -> None:
    path = tmp_path / "a.loom"
    write_network(path, a_network(0))
    whole = names_in(tmp_path)
    killed_while_saving(tmp_path / "never [1]*.loom")
    for seconds in (ABANDONED - 60, ABANDONED + 60):
        left = set(names_in(tmp_path)) - set(whole)
        assert len(left) == 4
        for name in left:
            age(tmp_path / name, seconds)
        sweep(path)
    left = set(names_in(tmp_path)) - set(whole)
    assert len(left) == 2 and not any(name.endswith(".part") for name in left), "whose weights these are, who knows"
    sweep(tmp_path / "never [1]*.loom")
    assert names_in(tmp_path) == whole and seed_of(path) == 0


@pytest.mark.parametrize("away", ["b.loom.bak", "old/b.loom"])
def test_weights_of_a_network_that_is_elsewhere_meanwhile_are_there_when_it_is_back(tmp_path: Path, away: str) -> None:
    path, other, place = tmp_path / "a.loom", tmp_path / "b.loom", tmp_path / away
    for number, one in enumerate((path, other)):
        write_network(one, a_network(number))
    note = tmp_path / ".b.loom.saving"
    note.write_text(json.dumps([pairs.named_beside(other)]))
    age(note)
    place.parent.mkdir(exist_ok=True)
    other.rename(place)
    sweep(path)
    place.rename(other)
    assert seed_of(other) == 1


def test_weights_that_somebody_may_name_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, copy = tmp_path / "a.loom", tmp_path / "COPY.LOOM"
    write_network(path, a_network(0))
    (weights,) = pairs.weights_beside(path)
    path.rename(copy)
    assert pairs._is_named(path, weights.name)
    copy.write_bytes(b"{}")
    assert not pairs._is_named(path, weights.name)
    monkeypatch.setattr(pairs, "_MOST_NEIGHBOURS", 0)
    assert pairs._is_named(path, weights.name), "too many to be asked: who knows"


def test_nothing_is_swept_that_may_be_another_s_or_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "a.loom"
    write_network(path, a_network(0))
    ours = ".b.loom.01234567.part"
    for name in (
        "b.loom.01234567.part",
        ".b.loom.0123456.part",
        ".b.loom.0123456g.part",
        ".b.png.01234567.part",
        ".b.loom.01234567.part.bak",
        ".loom.01234567.part",
        "b-0123456789ab.safetensors",
        ".b-0123456789.safetensors.01234567.part",
        ".b.json.saving",
        "b.loom.saving",
    ):
        (tmp_path / name).write_text('["b-0123456789ab.safetensors"]')
    (tmp_path / ".c.loom.01234567.part").mkdir()
    (tmp_path / ".d.loom.01234567.part").symlink_to(path)
    (tmp_path / ".d.loom.saving").symlink_to(path)
    (tmp_path / ".young.loom.01234567.part").write_bytes(b"half")
    (tmp_path / ".young.loom.saving").write_text('["young-0123456789ab.safetensors"]')
    (tmp_path / "young-0123456789ab.safetensors").write_bytes(b"weights")
    for name in names_in(tmp_path):
        if "young" not in name:
            age(tmp_path / name)
    with replacing(tmp_path / "long.loom") as file:
        file.write(b"for hours")
        (written,) = tmp_path.glob(".long.loom.*.part")
        age(written)
        before = names_in(tmp_path)
        (tmp_path / ours).write_bytes(b"half")
        age(tmp_path / ours)
        sweep(path)
        assert names_in(tmp_path) == before
    assert (tmp_path / "long.loom").read_bytes() == b"for hours"
