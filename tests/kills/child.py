"""The process that is killed: works in one document in a rhythm, kept by an autosave as in the window, and writes down
what it has done before the autosave hears of it. ``python -m tests.kills.child KIND SEED SECONDS FOLDER``."""

from __future__ import annotations

import json
import os
import random
import sys
import zlib
from itertools import count
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.network.open_network import OpenNetwork
from app.shell.autosave import Autosave
from tests.kills.documents import NetworkWork, SheetWork, new_network, new_sheet
from tests.kills.signature import Signer

FILE, LOG = "mine.loom", "log"


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
    document = new_network(owner) if kind == "network" else new_sheet(owner)
    log, signer, chance = Log(folder / LOG), Signer(document.encoded), random.Random(seed)
    acts = count()
    act = [next(acts)]

    def note(event: str) -> None:
        sign = json.dumps(signer.sign(document.history(with_run=False)))
        needed = document.unsaved or document.changing
        log.say(
            event=event, act=act[0], sign=zlib.crc32(sign.encode()), needed=needed, index=document.undo_stack.index()
        )

    note("begun")
    document.undo_stack.indexChanged.connect(lambda _index: note("step"))
    document.step_amended.connect(lambda: note("step"))
    autosave = Autosave(document, kind, owner)
    autosave._thread.flush(60.0)  # a window has been open for a while before anybody works in it
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

    def go_on() -> None:
        act[0] = next(acts)
        work.act()

    rhythm = QTimer(owner)
    rhythm.setInterval(round(seconds * 1000))
    rhythm.timeout.connect(go_on)
    rhythm.start()
    print("ready", autosave.path, flush=True)
    return qapp.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), Path(sys.argv[4])))
