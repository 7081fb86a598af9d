"""A process that is killed just after an edit of what it has trained: it writes down the loss that was reached, does
the edit, and says so; and again when that is in its journal. ``python -m tests.kills.trained FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.shell.autosave import Autosave
from engine.graph.edit import set_params
from tests.kills.documents import new_network

LOSS = "loss"
EPOCHS = 30


def main(folder: Path) -> int:
    """Work until killed."""
    qapp = QApplication([])
    owner = QObject()
    opened = new_network(owner)
    document, trainer = opened.network, opened.trainer
    keeping = Autosave(opened, "playground", owner)
    keeping._thread.flush(60.0)  # a window has been open for a while before anybody works in it

    def pause() -> None:
        if trainer.snapshot is not None and trainer.snapshot.epoch >= EPOCHS:
            trainer.pause()

    def edit(running: bool) -> None:
        if running:
            return
        (folder / LOSS).write_text(float(trainer.snapshot.train_loss).hex())  # type: ignore[union-attr]
        features = document.graph.block("input-1").params.features[1:]  # type: ignore[attr-defined]
        document.edit("Without x", graph=set_params(document.graph, "input-1", features=features))
        print("edited", flush=True)
        keeping._thread.flush(60.0)
        print("written", flush=True)

    trainer.snapshot_published.connect(pause)
    trainer.running_changed.connect(edit)
    trainer.start()
    trainer.play()
    return qapp.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
