"""Kills a working process at a random moment and judges what comes back."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QObject

from app.shell.leftovers import Leftover, leftovers
from checks.kills.child import FILE, LOG, WRITTEN
from checks.kills.documents import new_document
from checks.kills.signature import content_of, updates_of, weights_of
from engine.formats.snapshot import extract_snapshot

ROOT = Path(__file__).resolve().parent.parent.parent
RHYTHMS = (0.05, 0.1, 0.25, 0.5, 1.0)
OLDEST = 1.0
"""Seconds of training that may be lost."""


STALE = "more than a second of training lost"


@dataclass(frozen=True, slots=True)
class Verdict:
    """``outcome``: ``whole``, ``one lost`` or ``saved`` (nothing to offer, and rightly), else what is wrong.
    ``steps``: how many there were to come back, of so many ``acts``. ``is_late``: what is wrong may be the fault of a
    machine that left the process too little time."""

    outcome: str
    steps: int
    acts: int
    is_late: bool

    @property
    def good(self) -> bool:
        """Whether no more than the last command was lost."""
        return self.outcome in ("whole", "one lost", "saved")


def kill_once(kind: str, seed: int, rhythm: float, folder: Path) -> Verdict:
    """Start a process, kill it at a moment that the seed says, and judge."""
    folder.mkdir(parents=True)
    places = {"XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
    said = {"QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "checks.kills.child", kind, str(seed), str(rhythm), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | places | said, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline().startswith(b"ready"), "the process has ended by itself"
        Event().wait(random.Random(seed).uniform(0.2, 1.0 + 6 * rhythm))
        child.send_signal(signal.SIGKILL)
    with patch.dict(os.environ, places):
        return judged(kind, folder)


def judged(kind: str, folder: Path) -> Verdict:
    """What comes back of the document, against what was written down of it."""
    work = WorkLog.read(folder / LOG)
    found = leftovers()
    if len(found) > 1:
        outcome = f"{len(found)} leftovers of one document"
    elif found and found[0].standing == "sound":
        outcome = _of_snapshot(kind, work, found[0])
    else:
        outcome = _of_none(work, found)
    is_late = work.written < work.before_last or outcome == STALE
    return Verdict(outcome, work.last["index"], work.last["act"], is_late)


@dataclass(frozen=True, slots=True)
class WorkLog:
    """What a process has written down: its ``states``, and of how many the autosave said that they were ``written``."""

    states: list[dict[str, Any]]
    written: int = 0

    @classmethod
    def read(cls, path: Path) -> WorkLog:
        """Read the lines that are whole."""
        entries = [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]
        states = [entry for entry in entries if entry["event"] != WRITTEN]
        return cls(states, max((entry["states"] for entry in entries if entry["event"] == WRITTEN), default=1))

    @property
    def last(self) -> dict[str, Any]:
        """The state when it was killed."""
        return self.states[-1]

    @property
    def before_last(self) -> int:
        """How many states there are up to the last command before the last act, a gesture perhaps."""
        places = [place for place in self._commands if self.states[place]["act"] < self.last["act"]]
        return places[-1] + 1 if places else 1

    @property
    def _commands(self) -> list[int]:
        """The places of what was done, without what training has done by itself."""
        return [place for place, state in enumerate(self.states) if state["event"] != "trained"]

    @property
    def allowed(self) -> list[dict[str, Any]]:
        """The states that may come back: from the last command on that may not be lost."""
        owed = max(self.written, self.before_last)
        return self.states[[place for place in self._commands if place < owed][-1] :]

    @property
    def knows_weights(self) -> bool:
        """Whether the weights are known of every state that may come back: what was set is not told while the training
        thread has not answered, which a busy machine puts off."""
        return all(state["weights"] is not None for state in self.allowed)

    @property
    def since_save(self) -> list[dict[str, Any]]:
        """The states since it was saved last."""
        saves = [place for place, state in enumerate(self.states) if state["event"] == "saved"]
        return self.states[saves[-1] if saves else 0 :]

    def is_just_saved(self) -> bool:
        """Whether a save is one of the last three events, without what training has done by itself."""
        return any(self.states[place]["event"] in ("saving", "saved") for place in self._commands[-3:])

    def is_fresh(self, updates: int) -> bool:
        """Whether no more than a second of training is lost; of a run that another has taken the place of meanwhile,
        nobody knows."""
        before = [state for state in self.states if state["at"] <= self.last["at"] - OLDEST]
        if not before or any(state["run"] != before[-1]["run"] for state in self.states[len(before) :]):
            return True
        return bool(updates >= before[-1]["updates"])


def _of_none(work: WorkLog, found: tuple[Leftover, ...]) -> str:
    """Nothing is offered: what was done last but one is in the person's file, or there was nothing."""
    if found and found[0].standing == "damaged":
        return "a damaged snapshot"
    if found and not work.is_just_saved():
        return "an offer was held back without a save"
    if _is_in_file(work.last):
        return "saved"
    saved = list(filter(_is_in_file, work.allowed))
    if not saved:
        return "all lost"
    return "one lost" if any(work.is_fresh(state["updates"]) for state in saved) else STALE


def _is_in_file(state: dict[str, Any]) -> bool:
    """Whether nothing would be lost then: a save is known by the file's time, even if training goes on."""
    return not state["needed"] or state["event"] in ("saving", "saved")


def _of_snapshot(kind: str, work: WorkLog, found: Leftover) -> str:
    owner = QObject()
    document = new_document(kind, owner)
    folder = found.path.with_suffix(".extracted")
    folder.mkdir()
    header, path = extract_snapshot(found.path, folder)
    document.recover(path, None if header.own is None else Path(header.own), unsaved=header.unsaved)
    sign, weights, updates = content_of(document), weights_of(document), updates_of(document)
    unsaved = document.unsaved
    document.undo_stack.clear()
    if not unsaved:
        return "what has come back counts as saved"
    if not _has("sign", sign, work.since_save):
        return "older than the saved file" if _has("sign", sign, work.states) else "a state that never was"
    if not _has("sign", sign, work.allowed):
        return "more than one lost"
    if work.knows_weights and not _has("weights", weights, work.allowed):
        return "weights that never were"
    if not work.is_fresh(updates):
        return STALE
    return "whole" if sign == work.last["sign"] else "one lost"


def _has(name: str, value: int | None, states: list[dict[str, Any]]) -> bool:
    return value in [state[name] for state in states]


__all__ = ["FILE", "RHYTHMS", "Verdict", "kill_once"]
