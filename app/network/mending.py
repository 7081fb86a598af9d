"""Tries remedies on copies and does what one does, away from the GUI thread; an edit becomes one undoable step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.kit.background import Background, Job
from app.network.document import Document
from app.network.trainer import Trainer
from engine.problems import EngineError
from engine.training.standing import stands

if TYPE_CHECKING:
    from engine.training.remedies import Case, Edit, Remedy
    from engine.training.verdicts import Verdict


MOST_PROVEN = 2
"""Trials end when so many remedies have cured a copy."""
SHOWN_MS = 500
"""A remedy that takes longer to carry out says so."""


class Mender(QObject):
    """Mends the open network. A remedy for a network that has been edited meanwhile is not carried out.

    ``proven(case, remedies)``: those that cured a copy of this case's network. ``mending(label)``: the remedy that is
    still being tried before it is carried out, empty when that is over.
    """

    proven = Signal(object, object)
    mending = Signal(str)

    def __init__(self, document: Document, trainer: Trainer, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._background = Background("mending", latest_only=True, parent=self)
        self._background.done.connect(self._apply)
        self._background.failed.connect(self._end)
        self._background.failed.connect(document.problem_found)
        # Nobody asked for these trials: one that fails offers nothing and says nothing.
        self._trials = Background("cures", latest_only=True, parent=self)
        self._trials.done.connect(self._tell_proven)
        self._trials.failed.connect(self._tell_none_proven)
        self._question: tuple[Case, tuple[Remedy, ...], tuple[Verdict, ...]] | None = None
        self._label = ""
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SHOWN_MS)
        self._slow.timeout.connect(self._tell_mending)

    def case(self) -> Case | None:
        """The network as it is now, whatever is previewed; None while nothing is known of it."""
        shown, state = self._trainer.snapshot, self._document.state
        if shown is None or not stands(shown, state.graph, self._document.dataset):
            return None
        from engine.training.remedies import Case
        from engine.training.session import Setup

        setup = Setup(state.graph, self._document.dataset, state.hyper, compiled=self._trainer.compiled)
        return Case(setup, shown.actual, data=self._document.data)

    @property
    def is_trying(self) -> bool:
        """Whether remedies are still being tried."""
        return self._trials.busy

    def prove(self, case: Case, remedies: Sequence[Remedy], trouble: Sequence[Verdict] = ()) -> Case:
        """Try remedies on copies until enough have cured one: of ``trouble``, if it is about any. ``proven`` follows,
        with the case that is returned. A question that is under way is not asked twice; another takes its place."""
        question = case, tuple(remedies), tuple(trouble)
        asked = self._question
        if asked is not None and self.is_trying and asked[0].snapshot is case.snapshot and asked[1:] == question[1:]:
            return asked[0]
        self._question = question
        self._trials.request(partial(_prove, *question))
        return case

    def give_up(self, case: Case | None) -> None:
        """Try no more for this case, unless another question has taken its place."""
        if self._question is not None and self._question[0] is case:
            self._trials.cancel()

    @Slot(object)
    def _tell_proven(self, found: tuple[Case, tuple[Remedy, ...]]) -> None:
        self.proven.emit(*found)

    @Slot()
    def _tell_none_proven(self) -> None:
        if self._question is not None:
            self.proven.emit(self._question[0], ())

    def mend(self, label: str, remedy: Remedy) -> None:
        """Carry a remedy out, under this name in the list of undo."""
        case = self.case()
        if case is not None and {node.id for node in case.plan.nodes}.issuperset(remedy.blocks):
            self._label = label
            self._slow.start()
            self._background.request(partial(_work_out, label, case, remedy))

    @Slot()
    def _tell_mending(self) -> None:
        self.mending.emit(self._label)

    @Slot()
    def _end(self) -> None:
        self._slow.stop()
        self.mending.emit("")

    @Slot(object)
    def _apply(self, found: tuple[str, Case, Edit]) -> None:
        self._end()
        label, case, edit = found
        now = self._document.state
        same = case.setup.graph is now.graph and case.setup.dataset is self._document.dataset
        if same and case.setup.hyper is now.hyper and case.snapshot.run == self._trainer.run:
            self._document.apply(label, edit)


def _prove(
    case: Case, remedies: tuple[Remedy, ...], trouble: tuple[Verdict, ...], job: Job
) -> tuple[Case, tuple[Remedy, ...]]:
    """In the background thread."""
    from engine.training.trial import proven_remedies

    return case, proven_remedies(case, remedies, trouble, most=MOST_PROVEN, cancelled=job.cancelled)


def _work_out(label: str, case: Case, remedy: Remedy, job: Job) -> tuple[str, Case, Edit]:
    """In the background thread: the edit, tried on a copy of the network as it is by now."""
    from engine.training.remedies import edit_of
    from engine.training.trial import BREAKS_DOWN, survives

    edit = edit_of(case, remedy)
    if not survives(case, edit, job.cancelled):
        raise EngineError(BREAKS_DOWN(cure=label))
    return label, case, edit
