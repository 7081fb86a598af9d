"""Messages of the playground: problems, divergence, data that are loaded or changed, what undo takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QUndoCommand

from app.builder.canvas.words import connection_removed, layer_name
from app.kit.listing import listed
from app.kit.numbers import counted, epoch_text, percent
from app.kit.translation import sentence_of
from app.network.commands import RunCommand, WeightCommand
from app.network.document import Document
from app.network.mending import Mender
from app.network.trainer import Trainer
from app.workspaces.workspace import Messages
from engine.graph import Wire
from engine.graph.validation import GraphProblem
from engine.network.contract import NonFinite
from engine.problems import Problem

if TYPE_CHECKING:
    from engine.training.remedies import Case, Remedy


MOST_NAMES, LONGEST_NAME = 5, 24
"""Of columns in one message, and of one column's name in letters."""


class Announcements(QObject):
    """Listens to the document and its trainer, and speaks through the window's messages."""

    def __init__(
        self,
        document: Document,
        trainer: Trainer,
        mender: Mender,
        messages: Messages,
        is_verdict_in_sight: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._is_verdict_in_sight = is_verdict_in_sight
        self._document, self._trainer, self._messages = document, trainer, messages
        self._mender = mender
        mender.proven.connect(self._offer_cure)
        self._offers_undo, self._said_of_data = False, ""
        self._uncured = ""
        """What was said of a breakdown, until a cure is offered with it."""
        self._refused: GraphProblem | None = None
        """Why the network could not run, as it was said."""
        document.problem_found.connect(messages.say_problem)
        trainer.failed.connect(self._say_failure)
        document.graph_changed.connect(self._follow_refusal)
        trainer.non_finite.connect(self._say_non_finite)
        trainer.solved.connect(self._say_solved)
        document.loading_changed.connect(self._say_loading)
        document.loading_progress.connect(self._say_progress)
        document.dataset_loaded.connect(self._say_data)
        document.imported.connect(self._say_import)
        document.undo_stack.indexChanged.connect(self._note_edit)
        document.replaced.connect(self._say_replaced, Qt.ConnectionType.QueuedConnection)  # after all that opening says

    @Slot(str)
    def warn(self, text: str) -> None:
        """Something that was tried cannot be done."""
        self._messages.say(text, "warning", passing=True)

    @Slot(object)
    def say_unwired(self, wire: Wire) -> None:
        """A wire was deleted: it looked like one weight's."""
        graph = self._document.graph
        text = connection_removed(layer_name(graph, wire.source), layer_name(graph, wire.target))
        undo = (self.tr("Undo"), self._document.undo_stack.undo)
        self._messages.say(text, "notice", [undo], passing=True)
        self._offers_undo = True

    def say_copied(self, notices: Iterable[Problem]) -> None:
        """A link is on the clipboard; ``notices``: what it does not hold."""
        said = " ".join(map(sentence_of, notices))
        self._messages.say(self.tr("The link is on the clipboard. {more}").format(more=said), "success", passing=True)

    @Slot(object)
    def _say_failure(self, problem: Problem) -> None:
        """What broke the run off, or why there can be none."""
        self._messages.say_problem(problem)
        self._refused = next((found for found in self._document.problems if found.problem == problem), None)

    @Slot()
    def _follow_refusal(self) -> None:
        """Why the network could not run is said as long as it is true, by the names that things have by now."""
        before = self._refused
        if before is None:
            return
        self._refused = next((found for found in self._document.problems if _is_same(found, before)), None)
        if self._messages.text != sentence_of(before.problem):
            self._refused = None
        elif self._refused is None:
            self._messages.dismiss()
        else:
            self._messages.amend(sentence_of(self._refused.problem))

    @Slot(float)
    def _say_solved(self, epoch: float) -> None:
        text = self.tr("Solved at epoch {epoch}, so training paused. Play continues anyway.")
        self._messages.say(text.format(epoch=epoch_text(epoch)), "success", passing=True)

    @Slot(object)
    def _say_non_finite(self, _failure: NonFinite) -> None:
        """Where the numbers broke down, and the way back, unless the verdict says so before one's eyes. What lets the
        run go on is offered once it is proven."""
        if self._is_verdict_in_sight() or (case := self._mender.case()) is None:
            return
        from app.workspaces.playground.plots.verdict import in_short
        from engine.training.remedies import remedies_after

        self._uncured = in_short(case.snapshot)
        back = [(self.tr("Restore last good weights"), self._document.undo_stack.undo)]
        self._messages.say(self._uncured, "problem", back if case.snapshot.can_go_back else [])
        self._offers_undo = True
        self._mender.prove(case, remedies_after(case))

    @Slot(object, object)
    def _offer_cure(self, case: Case, proven: tuple[Remedy, ...]) -> None:
        """Add the best cure to what is said of the breakdown, if that is still to be read."""
        broke, said = case.snapshot.failure is not None, self._uncured
        if not (broke and proven and said) or self._trainer.run != case.snapshot.run or self._messages.text != said:
            return
        from app.workspaces.playground.plots.remedy_words import label_of

        self._uncured, label = "", label_of(proven[0], case.snapshot)
        self._messages.amend(said, [(label, partial(self._mender.mend, label, proven[0]))])

    @Slot(int)
    def _note_edit(self, _index: int) -> None:
        """After another edit, undo would no longer do what was offered: withdraw the offer."""
        self._uncured = ""
        if self._offers_undo:
            self._offers_undo = False
            self._messages.dismiss()

    @Slot(str, float)
    def _say_replaced(self, title: str, epoch: float) -> None:
        """What was open is not lost."""
        text = self.tr("Undo brings “{title}” back, with what it learnt in {epochs}.")
        said = self._messages.text  # what opening has said is not known yet; what came in with its data is
        if epoch >= 1.0 and said in ("", self._said_of_data):
            back = (self.tr("Go back"), self._document.undo_stack.undo)
            epochs = counted(int(epoch), self.tr("{count} {count:epoch|epochs}"))
            lost = text.format(title=title, epochs=epochs)
            self._messages.say(f"{said} {lost}".strip(), "notice", [back], passing=not said)
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
    def _say_data(self) -> None:
        """Say what was done to data on the way in; what was said of the data before is taken back."""
        is_file = self._document.data.source == "file"
        text = "" if is_file else self._notices_in_short(self._document.dataset.notices)
        if text and text != self._said_of_data:
            self._messages.say(text, "notice")
        elif not text and self._said_of_data and self._messages.text == self._said_of_data:
            self._messages.dismiss()
        self._said_of_data = text

    @Slot()
    def _say_import(self) -> None:
        """Say what came in with a table."""
        self._said_of_data = self._came_in()
        self._messages.say(self._said_of_data, "success")

    def _notices_in_short(self, notices: tuple[Problem, ...]) -> str:
        if not notices:
            return ""
        more = self.tr(" The data panel says {count} more.").format(count=len(notices) - 1) if notices[1:] else ""
        return sentence_of(notices[0]) + more

    def _came_in(self) -> str:
        """Rows, columns used, what was left out, and what else there is to know."""
        from engine.data.incoming import incoming  # not before the first frame

        dataset = self._document.dataset
        found = incoming(dataset)
        said = self.tr(
            "“{name}” was imported with {rows}. “{target}” is predicted from {columns} ({names}). Left out: {left_out}."
        )
        out = [
            *([self.tr("the rows that were not drawn")] if found.sampled else ()),
            *([counted(found.rows_out, self.tr("{count} {count:row|rows}"))] if found.rows_out else ()),
            *([_few(tuple(map(self._column_out, found.columns_out)))] if found.columns_out else ()),
        ]
        sentence = said.format(
            name=dataset.name,
            rows=counted(found.rows, self.tr("{count} {count:row|rows}")),
            columns=counted(len(found.columns), self.tr("{count} {count:column|columns}")),
            target=dataset.target_name,
            names=_few(tuple(map(_short, found.columns))),
            left_out=listed(out) or self.tr("nothing"),
        )
        return " ".join(filter(None, (sentence, self._notices_in_short(found.more))))

    def _column_out(self, notice: Problem) -> str:
        """A column that was left out, and why."""
        why = {
            "data.notice-column-constant": self.tr("always the same"),
            "data.notice-column-empty": self.tr("empty"),
            "data.notice-column-identifier": self.tr("like an identifier"),
            "data.notice-column-unusable": self.tr("neither numbers nor texts"),
            "data.notice-dates-left-out": self.tr("dates"),
            "data.notice-column-not-chosen": self.tr("not chosen"),
        }[notice.code]
        return self.tr("“{column}” ({reason})").format(column=_short(str(notice.parameters["column"])), reason=why)


def _few(names: tuple[str, ...]) -> str:
    """The first of some names."""
    return listed((*names[:MOST_NAMES], "…" if len(names) > MOST_NAMES else ""))


def _short(name: str) -> str:
    """A name no longer than it has room."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _is_same(one: GraphProblem, other: GraphProblem) -> bool:
    """Whether it is the same problem in the same place, however its block is called and whatever else is wrong."""
    return (one.problem.code, one.block_id, one.port) == (other.problem.code, other.block_id, other.port)


class UndoNotice(QObject):
    """An epoch and curves that jump back would pass for a loss."""

    def __init__(self, document: Document, messages: Messages, parent: QObject) -> None:
        super().__init__(parent)
        self._stack, self._messages, self._said = document.undo_stack, messages, ""
        self._index = self._stack.index()
        self._stack.indexChanged.connect(self._follow)

    @Slot(int)
    def _follow(self, index: int) -> None:
        """Replace the notice of the step before, or take it away where there is none of this one."""
        back, self._index = index < self._index, index
        command = self._stack.command(index if back else index - 1)
        said, before = self._notice(command, back=back), self._said
        self._said = said.format(edit=command.text()) if command is not None else ""
        if self._said:
            dropped = isinstance(command, RunCommand) and command.found_dropped
            self._messages.say(self._said, "warning" if dropped else "notice", passing=not dropped)
        elif before and self._messages.text == before:
            self._messages.dismiss()

    def _notice(self, command: QUndoCommand | None, *, back: bool) -> str:
        """What there is to say of the step that was done, or taken ``back``; empty for nothing."""
        if not isinstance(command, RunCommand):
            return ""
        if command.found_dropped and isinstance(command, WeightCommand):
            return self.tr("The weights around “{edit}” were dropped to save memory, so only this weight changes.")
        if command.found_dropped and command.changes_settings_only:
            return self.tr("The weights around “{edit}” were dropped to save memory, so only the setting changes.")
        if command.found_dropped:
            return self.tr("The weights around “{edit}” were dropped to save memory, so the network starts untrained.")
        if back and command.was_trained_on:
            return self.tr("“{edit}” and the training since are undone. Redo restores both.")
        return ""
