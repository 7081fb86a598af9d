"""What the playground says by itself: problems, divergence, data that are being loaded or were changed on the way."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QObject, Slot

from app.kit.numbers import epoch_text, grouped, percent
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of, worded_name
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.workspace import Messages
from engine.graph.naming import name_of
from engine.network.contract import LARGEST_WEIGHT, NonFinite
from engine.problems import Problem
from engine.training.divergence import RUNAWAY

BROKEN_DOWN = {
    "z": QT_TRANSLATE_NOOP("Announcements", "weighted sums z"),
    "loss": QT_TRANSLATE_NOOP("Announcements", "loss"),
    "gradient": QT_TRANSLATE_NOOP("Announcements", "gradients"),
    "weights": QT_TRANSLATE_NOOP("Announcements", "updated weights"),
}
"""What a :class:`NonFinite` names, in words; weights that have only grown have a sentence of the engine's."""


class Announcements(QObject):
    """Listens to the document and its trainer, and speaks through the window's messages."""

    def __init__(self, document: Document, trainer: Trainer, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._messages = document, messages
        self._diverged = False
        document.problem_found.connect(messages.say_problem)
        trainer.failed.connect(messages.say_problem)
        trainer.non_finite.connect(self._say_non_finite)
        trainer.solved.connect(self._say_solved)
        document.loading_changed.connect(self._say_loading)
        document.loading_progress.connect(self._say_progress)
        document.dataset_loaded.connect(self._say_notices)
        document.undo_stack.indexChanged.connect(self._note_edit)
        document.replaced.connect(self._say_replaced)

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
    def _say_non_finite(self, failure: NonFinite) -> None:
        """Where the numbers broke down, and the way back."""
        graph = self._document.graph
        block = worded_name(name_of(graph, failure.block_id))
        back = (self.tr("Restore last finite weights"), self._document.undo_stack.undo)
        self._messages.say(self._divergence(failure, block), "problem", [back])
        self._diverged = True

    def _divergence(self, failure: NonFinite, block: str) -> str:
        step = grouped(failure.step)
        if failure.what not in BROKEN_DOWN:
            return sentence_of(RUNAWAY(step=step, block=block, limit=LARGEST_WEIGHT))
        what = QCoreApplication.translate("Announcements", BROKEN_DOWN[failure.what])
        return self.tr(
            "Training paused: NaN or infinity first appeared in the {what} of “{block}” at step {step}."
            " A smaller learning rate or gradient clipping helps."
        ).format(what=what, block=block, step=step)

    @Slot(int)
    def _note_edit(self, _index: int) -> None:
        """After another edit, undo would no longer bring the finite weights back: withdraw the offer."""
        if self._diverged:
            self._diverged = False
            self._messages.dismiss()

    @Slot(str, float)
    def _say_replaced(self, title: str, epoch: float) -> None:
        """What was open is not lost."""
        text = self.tr("“{title}” is one Undo away, with what it has learnt in {epochs} epochs.")
        if epoch >= 1.0:
            back = (self.tr("Go back"), self._document.undo_stack.undo)
            self._messages.say(text.format(title=title, epochs=grouped(int(epoch))), "notice", [back], passing=True)

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
