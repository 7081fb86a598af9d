"""The judge lets the last command be lost, at any speed of the machine, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from app.kit.folders import data_folder
from checks.kills.child import LOG, WRITTEN
from checks.kills.documents import new_network
from checks.kills.judge import Verdict, judged
from checks.kills.signature import content_of
from engine.formats.snapshot import SnapshotHeader, encode_snapshot


class Killed:
    """A run that has ended, of a network with one edit, whose weights are still those of its seed."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._owner, self._entries = folder, QObject(), list[dict[str, object]]()
        self._opened = new_network(self._owner)
        self.first = content_of(self._opened)
        hyper = self._opened.network.hyper.model_copy(update={"learning_rate": 0.5})
        self._opened.network.edit("Rate", hyper=hyper)
        self.edited = content_of(self._opened)
        self.note("begun", 0, self.first, needed=False)

    def note(self, event: str, act: int, sign: int, *, weights: int | None = None, needed: bool = True) -> None:
        place = len(self._entries)
        state = {"event": event, "act": act, "sign": sign, "weights": weights, "needed": needed, "at": place / 10}
        self._entries.append(state | {"index": act, "run": 0, "updates": 0})

    def judge(self, *, written: int | None = None, is_kept: bool = True) -> Verdict:
        """``written``: how many states the autosave said were on the disk. ``is_kept``: the edit is there."""
        entries = self._entries if written is None else [*self._entries, {"event": WRITTEN, "states": written}]
        (self._folder / LOG).write_text("".join(f"{json.dumps(entry)}\n" for entry in entries))
        if is_kept:
            header = SnapshotHeader(workspace="network", title="", time=1.0, unsaved=True)
            content = encode_snapshot(header, self._opened.snapshot()())
            (data_folder("recovery") / "a.snapshot").write_bytes(content)
        self._opened.undo_stack.clear()
        return judged("network", self._folder)


@pytest.fixture
def killed(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Killed:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Killed(tmp_path)


def test_a_run_begun_anew_comes_back_before_its_weights_are_drawn(killed: Killed) -> None:
    """The seed says them, and the command after it was the last."""
    killed.note("step", 1, killed.edited)
    killed.note("trained", 1, killed.edited, weights=11)
    killed.note("step", 2, killed.edited, weights=0)
    killed.note("trained", 2, killed.edited, weights=12)
    killed.note("step", 3, killed.edited, weights=11)
    assert killed.judge().good


def test_weights_that_no_state_had_are_wrong(killed: Killed) -> None:
    killed.note("step", 1, killed.edited, weights=11)
    killed.note("step", 2, killed.edited, weights=12)
    verdict = killed.judge(written=2)
    assert verdict.outcome == "weights that never were" and not verdict.is_late


def test_weights_that_were_on_their_way_are_not_judged(killed: Killed) -> None:
    killed.note("step", 1, killed.edited, weights=None)
    killed.note("step", 2, killed.edited, weights=12)
    assert killed.judge(written=2).good


def test_what_was_saved_before_the_last_command_is_in_the_file(killed: Killed) -> None:
    """Also where the training thread has answered since."""
    killed.note("step", 1, killed.edited)
    killed.note("saving", 2, killed.edited)
    killed.note("saved", 2, killed.edited)
    killed.note("trained", 2, killed.edited)
    killed.note("step", 3, killed.first)
    assert killed.judge(is_kept=False).outcome == "one lost"


def test_nothing_may_be_lost_of_what_is_said_to_be_written(killed: Killed) -> None:
    killed.note("step", 1, killed.edited)
    killed.note("step", 2, killed.first)
    verdict = killed.judge(written=3)
    assert verdict.outcome == "more than one lost" and not verdict.is_late


def test_one_command_may_be_lost_before_it_is_written(killed: Killed) -> None:
    killed.note("step", 1, killed.edited)
    killed.note("step", 2, killed.first)
    verdict = killed.judge(written=2)
    assert verdict.outcome == "one lost" and not verdict.is_late


@pytest.mark.parametrize("is_kept", [True, False])
def test_two_commands_are_lost_by_a_writer_that_is_late(killed: Killed, is_kept: bool) -> None:
    killed.note("step", 1, killed.edited)
    killed.note("step", 2, killed.first + 1)
    killed.note("step", 3, killed.first + 2)
    verdict = killed.judge(written=2, is_kept=is_kept)
    assert not verdict.good and verdict.is_late


def test_nothing_is_there_of_what_is_said_to_be_written(killed: Killed) -> None:
    killed.note("step", 1, killed.edited)
    verdict = killed.judge(written=2, is_kept=False)
    assert verdict.outcome == "all lost" and not verdict.is_late
