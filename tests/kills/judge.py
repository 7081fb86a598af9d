"""Kills a working process at a random moment and judges what comes back."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QObject

from app.kit.history import History
from app.shell.journal_reader import read_history
from app.shell.leftovers import Leftover, leftovers
from tests.kills.child import FILE, LOG
from tests.kills.documents import new_network, new_sheet
from tests.kills.signature import Signer

ROOT = Path(__file__).resolve().parent.parent.parent
RHYTHMS = (0.05, 0.1, 0.25, 0.5, 1.0)


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
    command = [sys.executable, "-m", "tests.kills.child", kind, str(seed), str(rhythm), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | places | said, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        Event().wait(random.Random(seed).uniform(0.2, 1.0 + 6 * rhythm))
        child.send_signal(signal.SIGKILL)
    with patch.dict(os.environ, places):
        return judged(kind, folder)


def judged(kind: str, folder: Path) -> Verdict:
    """What comes back of the document, against what was written down of it."""
    log = [json.loads(line) for line in (folder / LOG).read_bytes().split(b"\n")[:-1]]
    found = leftovers(lambda _path: False)
    if len(found) > 1:
        return Verdict(f"{len(found)} leftovers of one document", log[-1]["index"])
    verdict = _of_journal(kind, log, found[0]) if found and found[0].standing == "sound" else _of_none(log, found)
    return Verdict(verdict, log[-1]["index"])


def _of_none(log: list[dict[str, Any]], found: tuple[Leftover, ...]) -> str:
    """Nothing is offered: what was done last but one is in the person's file, or there was nothing."""
    if found and found[0].standing == "damaged":
        return "a damaged journal"
    if found and not any(one["event"] in ("saving", "saved") for one in log[-3:]):
        return "an offer was held back without a save"
    if _is_in_file(log[-1]):
        return "saved"
    return "one lost" if any(map(_is_in_file, _last(log))) else "all lost"


def _last(log: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was written down in the course of the last act, a gesture perhaps, and at the end of that before it."""
    before = [one for one in log if one["act"] < log[-1]["act"]]
    return before[-1:] + log[len(before) :]


def _is_in_file(one: dict[str, Any]) -> bool:
    """Whether nothing would be lost then: a save is known by the file's time, even if training goes on."""
    return not one["needed"] or one["event"] in ("saving", "saved")


def _of_journal(kind: str, log: list[dict[str, Any]], found: Leftover) -> str:
    owner = QObject()
    document = new_network(owner) if kind == "network" else new_sheet(owner)
    try:
        history, problem = read_history(found.path, document.reader())
        if problem is not None:
            return f"not all could be read: {problem}"
        signer = Signer(document.encoded)
        sign = _sign(signer, history)
        document.take_history(history)
        if _sign(signer, document.history(with_run=False)) != sign:
            return "the document has another history than its journal"
        if not document.unsaved:
            return "what has come back counts as saved"
        _walk(document, history.index)
    finally:
        document.undo_stack.clear()
    since = max((place for place, one in enumerate(log) if one["event"] == "saved"), default=0)
    states = [one["sign"] for one in log if one["event"] in ("begun", "step")]
    later = [one["sign"] for one in log[since:]]
    if sign not in later:
        return "older than the saved file" if sign in states else "a history that never was"
    if sign == states[-1]:
        return "whole"
    return "one lost" if sign in [one["sign"] for one in _last(log)] else "more than one lost"


def _walk(document: Any, index: int) -> None:
    """Undo everything and do it again: it must lead back."""
    stack, there = document.undo_stack, document.history(with_run=False).things["opened"]
    for _ in range(index):
        stack.undo()
    for _ in range(index):
        stack.redo()
    if document.history(with_run=False).things["opened"] != there:
        raise AssertionError("undo and redo do not lead back")


def _sign(signer: Signer, history: History) -> int:
    return zlib.crc32(json.dumps(signer.sign(history)).encode())


__all__ = ["FILE", "RHYTHMS", "Verdict", "kill_once"]
