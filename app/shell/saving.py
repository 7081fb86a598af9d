"""Save and Save As for every document; what others have done to its file meanwhile is asked about."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.kit.file_dialog import ask_where_to_save
from app.shell.awaiting import Awaiting
from app.shell.messages import MessageBar
from app.shell.names import as_filter, file_name
from app.shell.pages import Pages
from app.shell.questions import Button, Questions
from app.shell.sweeping import Sweeper
from app.workspaces.workspace import OpenDocument, Page
from engine.problems import EngineError, printable

if TYPE_CHECKING:
    from app.kit.stamps import Look

Then = Callable[[], object]


class Saving(QObject):
    """``folder``: where dialogs begin."""

    problem_found = Signal(object)
    """A :class:`engine.problems.Problem`; the file is as it was."""
    saved = Signal(Path)

    def __init__(
        self, pages: Pages, questions: Questions, messages: MessageBar, folder: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pages, self._questions, self._folder = pages, questions, folder
        self.awaiting = Awaiting(messages, self)
        self._known: dict[tuple[OpenDocument, Path], Look] = {}
        self.sweeper = Sweeper(self)

    @staticmethod
    def look_at(path: Path) -> Look:
        """As :func:`app.kit.stamps.look_at`, which the first frame does without."""
        from app.kit.stamps import look_at

        return look_at(path)

    def note(self, document: OpenDocument, look: Look) -> None:
        """What is open in a document is its own file as it was at this look."""
        if document.path is not None and look:
            self._known[document, document.path] = look
            self.sweeper.sweep([document.path])

    def save(self, page: Page, then: Then | None = None, give_up: Then | None = None) -> None:
        """Save a page's document to its own file; one that has none asks for a name first, and ``give_up`` is where
        none is given. Where somebody else has written to the file since it was opened or saved, that is asked about."""
        document = page.document
        if document is None:
            return
        path = document.path
        if path is None:
            self.save_as(page, then, give_up)
        elif (changed := self._changed(document, path)) is not None:
            self._ask_about_change(changed, page, document, path, then, give_up)
        else:
            self.write(document, path, then, give_up)

    def _changed(self, document: OpenDocument, path: Path) -> Path | None:
        """What is another one by now: a document's file, or what belongs to it beside it."""
        from app.kit.stamps import changed_since

        return changed_since(self._known.get((document, path), {}))

    def _ask_about_change(
        self, changed: Path, page: Page, document: OpenDocument, path: Path, then: Then | None, give_up: Then | None
    ) -> None:
        text = self.tr("“{name}” has been changed on the disk since it was opened or saved here.")
        self._questions.ask(
            "changedQuestion",
            text.format(name=printable(changed.name)),
            self.tr("Overwriting it loses what was changed there."),
            {
                Button.Save: lambda: self.write(document, path, then, give_up),
                Button.Discard: lambda: self.save_as(page, then, give_up),
                Button.Cancel: give_up or _nothing,
            },
            usual=Button.Cancel,
            labels={Button.Save: self.tr("&Overwrite"), Button.Discard: self.tr("Save &as…")},
        )

    def save_as(self, page: Page, then: Then | None = None, give_up: Then | None = None) -> None:
        """Ask for a name and save a page's document under it; the dialog asks before it overwrites."""
        document = page.document
        if document is None:
            return
        kind = self._pages.workspace_of(page).files[0]
        suffix = kind.suffixes[0]
        suggested = Path(self._folder()) / f"{file_name(document.title)}{suffix}"
        window, ending = self._questions.window, suffix.removeprefix(".")
        dialog = ask_where_to_save(window, self.tr("Save"), suggested, as_filter(kind), ending)
        dialog.fileSelected.connect(lambda name: self.write(document, Path(name), then, give_up))
        if give_up is not None:
            dialog.rejected.connect(give_up)
        self._questions.show(dialog)

    def write(self, document: OpenDocument, path: Path, then: Then | None = None, give_up: Then | None = None) -> None:
        """Save a document under a path without a question, then go on; what fails is said. An edit that is under way
        to another thread is waited for, while the window goes on; that is said when it takes long, and whoever calls it
        off gives up."""
        words = self.tr("Saving “{name}” as soon as the run has taken in your last edit …")
        number = self.awaiting.begin(words.format(name=printable(path.name)), give_up or _nothing)
        document.when_settled(
            lambda: self._write(document, path, then) if self.awaiting.end(number) else None,
            lambda: self.awaiting.end(number),
        )

    def _write(self, document: OpenDocument, path: Path, then: Then | None) -> None:
        try:
            document.save(path)
        except EngineError as error:
            self.problem_found.emit(error.problem)
            return
        self.note(document, self.look_at(path))
        self.saved.emit(path)
        if then is not None:
            then()


def _nothing() -> None:
    """Nobody waits."""
