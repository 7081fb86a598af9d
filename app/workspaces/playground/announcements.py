"""What the playground says by itself: problems, divergence, data that are being loaded or were changed on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot

from app.kit.numbers import epoch_text, grouped, percent
from app.kit.translation import sentence_of
from app.network.document import Document
from app.network.mending import Mender
from app.network.trainer import Trainer
from app.workspaces.workspace import Messages
from engine.network.contract import NonFinite
from engine.problems import Problem


class Announcements(QObject):
    """Listens to the document and its trainer, and speaks through the window's messages."""

    def __init__(self, document: Document, trainer: Trainer, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._trainer, self._messages = document, trainer, messages
        self._mender = Mender(document, trainer, self)
        self._offers_undo = False
        document.problem_found.connect(messages.say_problem)
        trainer.failed.connect(messages.say_problem)
        trainer.non_finite.connect(self._say_non_finite)
        trainer.solved.connect(self._say_solved)
        document.loading_changed.connect(self._say_loading)
        document.loading_progress.connect(self._say_progress)
        document.dataset_loaded.connect(self._say_notices)
        document.undo_stack.indexChanged.connect(self._note_edit)
        document.replaced.connect(self._say_replaced, Qt.ConnectionType.QueuedConnection)  # after all that opening says

    @Slot(str)
    def warn(self, text: str) -> None:
        """Something that was tried cannot be done."""
        self._messages.say(text, "warning", passing=True)

    def say_copied(self, notices: Iterable[Problem]) -> None:
        """A link is on the clipboard; ``notices``: what it does not hold."""
        said = " ".join(map(sentence_of, notices))
        self._messages.say(self.tr("The link is on the clipboard. {more}").format(more=said), "success", passing=True)

    @Slot(float)
    def _say_solved(self, epoch: float) -> None:
        text = self.tr("Solved at epoch {epoch}, so training has paused. Play goes on all the same.")
        self._messages.say(text.format(epoch=epoch_text(epoch)), "success", passing=True)

    @Slot(object)
    def _say_non_finite(self, _failure: NonFinite) -> None:
        """Where the numbers broke down and how it came to that, and the ways back."""
        snapshot, case = self._trainer.snapshot, self._mender.case()
        if snapshot is None:
            return
        from app.workspaces.playground.plots.breakdown import breakdown, in_short
        from app.workspaces.playground.plots.remedy_words import label_of

        ways: list[tuple[str, Callable[[], object]]] = [
            (self.tr("Restore last finite weights"), self._document.undo_stack.undo)
        ]
        for one in breakdown(snapshot, case).remedies[:1]:
            label = label_of(one, snapshot)
            ways.append((label, partial(self._mender.mend, label, one)))
        self._messages.say(in_short(snapshot), "problem", ways)
        self._offers_undo = True

    @Slot(int)
    def _note_edit(self, _index: int) -> None:
        """After another edit, undo would no longer do what was offered: withdraw the offer."""
        if self._offers_undo:
            self._offers_undo = False
            self._messages.dismiss()

    @Slot(str, float)
    def _say_replaced(self, title: str, epoch: float) -> None:
        """What was open is not lost."""
        text = self.tr("“{title}” is one Undo away, with what it has learnt in {epochs} epochs.")
        if epoch >= 1.0 and not self._messages.text:  # what opening has said is not known yet
            back = (self.tr("Go back"), self._document.undo_stack.undo)
            self._messages.say(text.format(title=title, epochs=grouped(int(epoch))), "notice", [back], passing=True)
            self._offers_undo = True

    @Slot(bool)
    def _say_loading(self, loading: bool) -> None:
        if loading:
            cancel = (self.tr("Cancel"), self._document.cancel_loading)
            self._messages.say(self.tr("Loading data …"), "notice", [cancel])
        elif self._messages.text.startswith(self.tr("Loading data …")):
            self._messages.dismiss()

    @Slot(float)
    def _say_progress(self, share: float) -> None:
        if self._document.loading:
            self._messages.amend(f"{self.tr('Loading data …')} {percent(share)}")

    @Slot()
    def _say_notices(self) -> None:
        """What was done to the data on the way in."""
        notices = self._document.dataset.notices
        if notices:
            more = self.tr(" The data panel says {count} more.").format(count=len(notices) - 1) if notices[1:] else ""
            self._messages.say(sentence_of(notices[0]) + more, "notice")
