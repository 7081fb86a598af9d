"""The question before the window closes while runs train: they can go on without it, or stop and be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.workspaces.recommender.launching import ask_to_stop
from engine.problems import EngineError, Problem
from engine.recommenders.running.run_folder import RunFolder


def ask_about(
    training: Mapping[Path, str], window: QWidget, close: Callable[[], object], say: Callable[[Problem], object]
) -> None:
    """Ask about the runs, by folder with their names; ``close`` after either answer but Cancel, where none failed."""
    tr = QCoreApplication.translate
    box = QMessageBox(window)
    box.setObjectName("trainingQuestion")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    names = "”, “".join(training.values())
    one, more = tr("Closing", "“{names}” is training."), tr("Closing", "“{names}” are training.")
    box.setText((one if len(training) == 1 else more).format(names=names))
    box.setInformativeText(
        tr(
            "Closing",
            "Training needs no window: it can go on, and stands under Earlier runs when you come back. Or it stops"
            " after the present batch and keeps a checkpoint, from which it can go on.",
        )
    )
    leave = box.addButton(tr("Closing", "Go on without the window"), QMessageBox.ButtonRole.AcceptRole)
    stop = box.addButton(tr("Closing", "Stop and keep"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(leave)

    def answered(_result: int) -> None:
        box.deleteLater()
        chosen = box.clickedButton()
        if chosen not in (leave, stop):
            return
        try:
            for path in training if chosen is stop else ():
                ask_to_stop(RunFolder(path))
        except EngineError as error:
            say(error.problem)
            return
        close()

    box.finished.connect(answered)
    box.open()
