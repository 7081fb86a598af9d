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
from checks.kills.child import FILE, LOG
from checks.kills.documents import new_document
from checks.kills.signature import content_of, updates_of, weights_of
from engine.formats.snapshot import extract_snapshot

ROOT = Path(__file__).resolve().parent.parent.parent
RHYTHMS = (0.05, 0.1, 0.25, 0.5, 1.0)
OLDEST = 1.0
"""Seconds of training that may be lost."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``outcome``: ``whole``, ``one lost`` or ``saved`` (nothing to offer, and rightly), else what is wrong.
    ``steps``: how many there were to come back."""

    outcome: str
    steps: int

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
    log = [json.loads(line) for line in (folder / LOG).read_bytes().split(b"\n")[:-1]]
    found = leftovers()
    if len(found) > 1:
        return Verdict(f"{len(found)} leftovers of one document", log[-1]["index"])
    verdict = _of_snapshot(kind, log, found[0]) if found and found[0].standing == "sound" else _of_none(log, found)
    return Verdict(verdict, log[-1]["index"])


def _of_none(log: list[dict[str, Any]], found: tuple[Leftover, ...]) -> str:
    """Nothing is offered: what was done last but one is in the person's file, or there was nothing."""
    if found and found[0].standing == "damaged":
        return "a damaged snapshot"
    if found and not any(one["event"] in ("saving", "saved") for one in _steps(log)[-3:]):
        return "an offer was held back without a save"
    if _is_in_file(log[-1]):
        return "saved"
    return "one lost" if any(map(_is_in_file, _last(log))) else "all lost"


def _steps(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was done, without what training has done by itself."""
    return [one for one in log if one["event"] != "trained"]


def _last(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was written down in the course of the last act, a gesture perhaps, and at the end of that before it."""
    before = [one for one in log if one["act"] < log[-1]["act"]]
    return before[-1:] + log[len(before) :]


def _is_in_file(one: dict[str, Any]) -> bool:
    """Whether nothing would be lost then: a save is known by the file's time, even if training goes on."""
    return not one["needed"] or one["event"] in ("saving", "saved")


def _of_snapshot(kind: str, log: list[dict[str, Any]], found: Leftover) -> str:
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
    since = max((place for place, one in enumerate(log) if one["event"] == "saved"), default=0)
    if sign not in [one["sign"] for one in log[since:]]:
        return "older than the saved file" if sign in [one["sign"] for one in log] else "a state that never was"
    last = _last(log)
    if sign not in [one["sign"] for one in last]:
        return "more than one lost"
    if None not in (last[0]["weights"], last[-1]["weights"]) and weights not in [one["weights"] for one in last]:
        return "weights that never were"
    if not _are_fresh(log, updates):
        return f"weights of {updates} updates, which are older than a second"
    return "whole" if sign == log[-1]["sign"] else "one lost"


def _are_fresh(log: list[dict[str, Any]], updates: int) -> bool:
    """Whether no more than a second of training is lost; of a run that another has taken the place of meanwhile, nobody
    knows."""
    before = [one for one in log if one["at"] <= log[-1]["at"] - OLDEST]
    if not before or any(one["run"] != before[-1]["run"] for one in log[len(before) :]):
        return True
    return updates >= before[-1]["updates"]


__all__ = ["FILE", "RHYTHMS", "Verdict", "kill_once"]
