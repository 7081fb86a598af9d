"""The process that is killed: works in one document in a rhythm, kept by an autosave as in the window. It writes down
what it has done before the autosave hears of it, and up to where the autosave says that all is on the disk.
``python -m checks.kills.child KIND SEED SECONDS FOLDER``."""

from __future__ import annotations

import json
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.network.open_network import OpenNetwork
from app.shell.autosave import Autosave
from checks.kills.documents import NetworkWork, SheetWork, new_document
from checks.kills.signature import content_of, weights_of

FILE, LOG = "mine.loom", "log"
WRITTEN = "written"
"""The event that is no state: the autosave says that the commands among the first ``states`` are on the disk."""


class Log:
    """A line for every state, on its way to the file before anything else happens: a kill takes nothing back."""

    def __init__(self, path: Path) -> None:
        self._start = monotonic()
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def say(self, **what: object) -> None:
        """Write a line."""
        os.write(self._file, json.dumps(what | {"at": round(monotonic() - self._start, 3)}).encode() + b"\n")


def main(kind: str, seed: int, seconds: float, folder: Path) -> int:
    """Work until killed."""
    qapp = QApplication([])
    owner = QObject()
    document = new_document(kind, owner)
    log, chance = Log(folder / LOG), random.Random(seed)
    acts, states = count(), count(1)
    act, noted = [next(acts)], [0]

    def note(event: str) -> None:
        needed, index = document.at_stake, document.undo_stack.index()
        weights = weights_of(document)
        run, updates = document.moment or (0, 0) if isinstance(document, OpenNetwork) else (0, 0)
        log.say(event=event, act=act[0], sign=content_of(document), needed=needed, index=index, weights=weights,
                run=run, updates=updates)  # fmt: skip
        noted[0] = next(states)

    note("begun")
    document.undo_stack.indexChanged.connect(lambda _index: note("step"))
    if isinstance(document, OpenNetwork):
        document.trainer.snapshot_published.connect(lambda _snapshot: note("trained"))
    autosave = Autosave(document, kind, owner)
    assert autosave._writer.flush(60.0)  # a window has been open for a while before anybody works in it
    save = document.save

    def saving(path: Path) -> None:
        note("saving")
        save(path)
        note("saved")

    document.save = saving  # type: ignore[method-assign]
    if isinstance(document, OpenNetwork):
        document.trainer.start()
        work: NetworkWork | SheetWork = NetworkWork(document, chance, folder / FILE)
    else:
        work = SheetWork(document, chance, folder / FILE)

    waiting = ThreadPoolExecutor(1)

    def note_written(number: int) -> None:
        if autosave._writer.flush(60.0):
            log.say(event=WRITTEN, states=number)

    def go_on() -> None:
        act[0] = next(acts)
        work.act()
        waiting.submit(note_written, noted[0])

    rhythm = QTimer(owner)
    rhythm.setInterval(round(seconds * 1000))
    rhythm.timeout.connect(go_on)
    rhythm.start()
    print("ready", autosave.path, flush=True)
    return qapp.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])))
