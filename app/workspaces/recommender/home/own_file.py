"""A table or log of one's own: a child looks at its head, and what its columns probably are is proposed."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from app.kit.process import ChildProcess, Outcome, State
from app.kit.translation import worded
from app.workspaces.recommender.answers import problem_of
from app.workspaces.recommender.home.starts import Start
from engine.problems import declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.proposal.choosing import choice_of
from engine.recommenders.data.proposal.roles import Proposal

LOOK_LOST = declare(
    "app.own-file-look-lost", "The look at “{path}” broke off ({reason}); try it again, or choose another file."
)
LINE_BYTES = 1 << 24
_MODELS = {"watches": "candidates", "examples": "wide-deep"}
"""What learns from a log, and what from a table of examples."""


class OwnFileLook(QObject):
    """One file at a time. ``proposed(Proposal)``; ``problem_found(Problem)``; ``busy_changed(bool)``."""

    proposed = Signal(object)
    problem_found = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = Path()
        self._told = False
        self._child = ChildProcess(self, line_bytes=LINE_BYTES)
        self._child.received.connect(self._hear)
        self._child.changed.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether a file is being looked at."""
        return self._child.running

    def look(self, path: Path) -> None:
        """Look at a file; nothing happens while another one is looked at."""
        if self.busy:
            return
        self._path, self._told = path, False
        self._child.start_engine(["recommend", "data", str(path), "--propose", "--json"])
        self.busy_changed.emit(True)

    def close(self) -> None:
        """End the child; nothing is heard of it any more."""
        self._child.close()

    @Slot(object)
    def _hear(self, document: object) -> None:
        if not isinstance(document, dict):
            return
        error = document.get("error")
        if isinstance(error, dict):
            self._told = True
            self.problem_found.emit(problem_of(error))
            return
        document.pop("flags", None)
        try:
            found = Proposal.model_validate(document)
        except ValidationError:
            return  # the end of the child says that there was none
        self._told = True
        self.proposed.emit(found)

    @Slot(object)
    def _end(self, outcome: Outcome) -> None:
        if outcome.state is State.STARTED:
            return
        self.busy_changed.emit(False)
        if not self._told:
            self.problem_found.emit(LOOK_LOST(path=self._path.name, reason=outcome.sentence.rstrip(".")))


def start_of(proposal: Proposal) -> Start:
    """The run that a proposal is enough for. Raises EngineError with what is still to be chosen."""
    path = Path(proposal.path).absolute()
    model = _MODELS[proposal.form]
    if proposal.known:
        return Start(model, RecommenderData(source="file", path=path))
    return Start(model, choice_of(path, proposal.form, proposal.roles, proposal.yes))


def proposal_words(proposal: Proposal) -> str:
    """What a file is taken for, column by column."""
    tr = QCoreApplication.translate
    name = Path(proposal.path).name
    if proposal.known:
        return tr("OwnFile", "“{file}” is {known}.").format(file=name, known=proposal.known)
    log = proposal.form == "watches"
    what = tr("OwnFile", "a log of who did what") if log else tr("OwnFile", "a table of examples")
    taken = [
        f"{column.name} = {worded(column.role.replace('_', ' '))}"
        for column in proposal.columns
        if column.role in ("user", "item", "time", "rating", "label")
    ]
    said = tr("OwnFile", "“{file}” is taken as {what}: {columns}.")
    words = said.format(file=name, what=what, columns=", ".join(taken))
    return " ".join([words, *(problem.sentence for problem in proposal.problems)])
