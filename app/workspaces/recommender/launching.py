"""Starting runs as processes of their own, which go on when the window closes, and asking them to stop."""

from __future__ import annotations

from PySide6.QtCore import QProcess

from engine.command import engine_command
from engine.problems import UNWRITABLE, EngineError, declare
from engine.recommenders.running.process_start import started
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.running.run_lock import Holder

NOT_STARTED = declare(
    "app.run-not-started", "The run could not be started; see whether Python is still there and may be run."
)


def start(folder: RunFolder) -> Holder:
    """Begin the run that is planned in a folder. Raises EngineError."""
    return _launch(folder, "--plan", str(folder.plan), "--run", str(folder.path))


def resume(folder: RunFolder) -> Holder:
    """Go on with the run in a folder from its checkpoint. Raises EngineError."""
    return _launch(folder, "--resume", str(folder.path))


def ask_to_stop(folder: RunFolder) -> None:
    """Ask for a stop after the present batch, with a checkpoint. Raises EngineError."""
    try:
        folder.stop.touch()
    except OSError as error:
        raise EngineError(UNWRITABLE(path=folder.stop.name, reason=error.strerror or "error")) from error


def _launch(folder: RunFolder, *what: str) -> Holder:
    """The process, which is nobody's child: its events go to the log alone, its standard error to a file."""
    program, *arguments = engine_command("recommend", "train", *what, "--events", "jsonl")
    process = QProcess()
    process.setProgram(program)
    process.setArguments(arguments)
    process.setStandardInputFile(QProcess.nullDevice())
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(str(folder.errors))
    begun, pid = process.startDetached()
    if not begun:
        raise EngineError(NOT_STARTED())
    return Holder(pid, started(pid) or "")
