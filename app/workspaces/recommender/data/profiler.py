"""Has a child process look at data, and hears of how far it is and what it found."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QObject, Signal, Slot

from app.kit.process import ChildProcess, Outcome, State
from app.workspaces.recommender.answers import problem_of
from engine.problems import declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.forms import Form
from engine.recommenders.data.profile.shapes import LogProfile, TableProfile

LINE_BYTES: Final = 1 << 26
"""The longest line of a child: the profile of a table of thousands of columns takes some million bytes."""
_PROFILE: Final[TypeAdapter[LogProfile | TableProfile]] = TypeAdapter(LogProfile | TableProfile)

NOT_LOOKED = declare(
    "app.data-not-looked-at", "The data could not be looked at ({reason}); try again, or see the program's log."
)


class Profiler(QObject):
    """One look at a time. ``progressed(float)``; ``found(LogProfile | TableProfile)``; ``failed(Problem)``;
    ``stopped()``: because it was asked to; ``ended()``: another look can begin."""

    progressed = Signal(float)
    found = Signal(object)
    failed = Signal(object)
    stopped = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child = ChildProcess(self, line_bytes=LINE_BYTES)
        self._child.received.connect(self._hear)
        self._child.changed.connect(self._end)
        self._told = self._asked = False

    @property
    def busy(self) -> bool:
        """Whether a child is at work."""
        return self._child.running

    def start(self, data: RecommenderData, form: Form | None = None, checkpoint: Path | None = None) -> None:
        """Look at data; nothing happens while it looks already. ``checkpoint``: of what was trained on them, whose
        own rows are looked at where the file has changed since."""
        if self.busy:
            return
        self._told = self._asked = False
        how = [] if form is None else ["--as", form]
        choice = ["--choice", data.model_dump_json(exclude_defaults=True)]
        trained = [] if checkpoint is None else ["--rows-of", str(checkpoint)]
        self._child.start_engine(["recommend", "data", "--profile", *choice, *trained, *how, "--events", "jsonl"])

    def stop(self) -> None:
        """Ask it to stop."""
        self._asked = True
        self._child.stop()

    def close(self) -> None:
        """End the child, and hear nothing more."""
        self._child.close()

    @Slot(object)
    def _hear(self, line: Any) -> None:
        if not isinstance(line, dict):
            return
        if "progress" in line:
            self.progressed.emit(float(line["progress"]))
        elif "problem" in line:
            self._told = True
            if not self._asked:
                self.failed.emit(problem_of(line["problem"]))
        elif "profile" in line:
            self._take(line["profile"])

    def _take(self, document: object) -> None:
        try:
            found = _PROFILE.validate_python(document)
        except ValidationError:
            return  # the end of the child says that there was none
        self._told = True
        self.found.emit(found)

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        if outcome.state is State.STARTED:
            return
        if outcome.state is State.STOPPED:
            self.stopped.emit()
        elif not self._told:
            reason = outcome.errors.strip().rpartition("\n")[2].rstrip(".") or outcome.sentence.rstrip(".")
            self.failed.emit(NOT_LOOKED(reason=reason))
        self.ended.emit()
