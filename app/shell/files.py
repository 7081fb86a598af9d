"""New, Open, Save and what belongs to them: recent files, drops, and the question before unsaved work is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.kit.folders import likely_folder, path_of_url
from app.shell.messages import MessageBar
from app.shell.pages import Pages
from app.shell.settings import Settings
from app.workspaces.workspace import FileKind, OpenDocument, Page
from engine.problems import EngineError, Problem, declare, printable

if TYPE_CHECKING:  # loaded after the first frame
    from app.shell.opening import MissingDataFinder, Opening
    from app.shell.questions import Questions
    from app.shell.saving import Leaving, Saving

NOT_A_LINK = declare("app.not-a-link", "No workspace opens this link. Check that you copied all of it.")


class Files(QObject):
    """Opens and saves by the page that is shown. Questions are sheets of the window: training goes on behind them."""

    problem_found = Signal(object)
    """A :class:`engine.problems.Problem`; what was open stays open."""
    saved = Signal(Path)
    opened = Signal()
    """A document has been put in place of the open one."""
    noticed = Signal(object)
    """A tuple of :class:`engine.problems.Problem`: what is to be said about the document just opened."""

    def __init__(self, pages: Pages, settings: Settings, messages: MessageBar, window: QWidget) -> None:
        super().__init__(window)
        self._pages, self._settings, self._window = pages, settings, window
        self._messages = messages

    # What is made when it is first needed -------------------------------------------------------------------------

    @cached_property
    def opening(self) -> Opening:
        """Reads in the background what takes long."""
        from app.shell.opening import Opening

        return Opening(self._messages, self)

    @cached_property
    def saving(self) -> Saving:
        """Writes documents, and knows what their files were when they were opened or saved."""
        from app.shell.saving import Saving

        saving = Saving(self._pages, self.questions, self._messages, self._folder, self)
        saving.problem_found.connect(self.problem_found)
        saving.saved.connect(self._note_saved)
        return saving

    @cached_property
    def questions(self) -> Questions:
        """Shows the window's dialogs."""
        from app.shell.questions import Questions

        return Questions(self._window)

    @cached_property
    def _finding(self) -> MissingDataFinder:
        from app.shell.opening import MissingDataFinder

        return MissingDataFinder(self._pages, self.questions, self._messages, self)

    def close(self) -> None:
        """The window closes: nothing is read any more."""
        self.opening.close()
        if "saving" in vars(self):  # made when something is first saved
            self.saving.awaiting.close()

    # What is unsaved ----------------------------------------------------------------------------------------------

    @property
    def unsaved(self) -> tuple[Page, ...]:
        """The pages whose work closing now would lose."""
        return tuple(page for page, document in self._pages.with_documents if document.unsaved)

    def when_safe(
        self,
        page: Page,
        go_on: Callable[[], object],
        give_up: Callable[[], object] | None = None,
        *,
        closing: bool = False,
    ) -> None:
        """Go on at once where nothing of the page would be lost; else ask, and go on after Save or Discard, or give up
        after Cancel. ``closing``: not even undo brings back what is not saved."""
        document = page.document
        if document is None or not document.unsaved:
            go_on()
            return
        from app.shell.questions import Button

        until = self.tr("Otherwise only Undo can restore them, and only until the window closes.")
        lost, meanwhile = self.tr("Otherwise they are lost."), self.tr("Training continues meanwhile.")
        lost = lost if closing else until
        self.questions.ask(
            "unsavedQuestion",
            self.tr("Save the changes to “{title}”?").format(title=printable(document.title)),
            f"{lost} {meanwhile}" if document.changing else lost,
            {
                Button.Save: lambda: self.saving.save(page, go_on, give_up),
                Button.Discard: go_on,
                Button.Cancel: give_up or _stay,
            },
            usual=Button.Save,
        )

    def when_undo_may_end(self, go_on: Callable[[], object], give_up: Callable[[], object]) -> None:
        """Go on at once where no page has a step to undo or redo; else ask whether that may be lost."""
        if not any(stack.count() for page in self._pages if (stack := page.undo_stack) is not None):
            go_on()
            return
        from app.shell.questions import Button

        self.questions.ask(
            "undoQuestion",
            self.tr("Undo starts afresh in the new window. Change anyway?"),
            self.tr(
                "What is open comes along as it is. Earlier steps can't be undone or redone any more, and a run "
                "can't be taken back to epochs before its latest."
            ),
            {Button.Ok: go_on, Button.Cancel: give_up},
            usual=Button.Cancel,
            labels={Button.Ok: self.tr("C&hange")},
        )

    def when_all_settled(self, go_on: Callable[[], object], give_up: Callable[[], object]) -> None:
        """Go on once no document has an edit under way; a wait that takes long is said, and can be called off."""
        documents = [page.document for page in self._pages if page.document is not None]
        words = self.tr("Restarting as soon as your last edit has been applied …")
        self.saving.when_all_settled(documents, words, go_on, give_up)

    def when_all_safe(self, go_on: Callable[[], object]) -> None:
        """Ask about all unsaved work; then go on, or go back to where one was."""
        self._leaving.when_all_safe(self.unsaved, go_on)

    @cached_property
    def _leaving(self) -> Leaving:
        from app.shell.saving import Leaving

        ask = partial(self.when_safe, closing=True)
        return Leaving(self._pages, self.questions, self.saving, ask, self)

    def _show_page(self, key: str) -> None:
        if key != self._pages.key:
            self._pages.visit(key)

    # New and open -------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Start over in the workspace that is shown, or at home where it has no document."""
        key = self._pages.key if self._pages.current.document is not None else self._pages.home
        page = self._pages.page(key)
        document = page.document
        if document is not None:
            self.when_safe(page, lambda: self._renew(key, document))

    def _renew(self, key: str, document: OpenDocument) -> None:
        document.new()
        self._show_page(key)
        self.opened.emit()

    def choose_and_open(self, kinds: Sequence[FileKind] = ()) -> None:
        """Let the person choose a file of any kind that some workspace opens; or of these kinds, as a start for work of
        one's own."""
        from app.kit.file_dialog import ask_for_file
        from app.shell.saving import as_filter

        copy = bool(kinds)
        kinds = kinds or list(dict.fromkeys(kind for one in self._pages.workspaces.values() for kind in one.files))
        everything = " ".join(dict.fromkeys(f"*{suffix}" for kind in kinds for suffix in kind.suffixes))
        filters = (
            self.tr("All files that can be opened ({patterns})").format(patterns=everything),
            *(as_filter(kind) for kind in kinds),
            self.tr("All files (*)"),
        )
        dialog = ask_for_file(self._window, self.tr("Open"), self._folder(), filters)
        dialog.fileSelected.connect(lambda name: self.open(Path(name), copy=copy))
        self.questions.show(dialog)

    def open(self, path: Path, *, copy: bool = False, then: Callable[[], object] = lambda: None) -> None:
        """Open a file in the workspace that reads it, and go there; one that takes long is read in the background.
        Where that takes the place of unsaved work, ask first. Nobody is asked for the sake of a file that cannot be
        opened. ``then`` is called once it is open."""
        self.opening.cancel()
        key = self._pages.reader_of(path)
        page = self._pages.page(key)
        work = page.reading(path, copy=copy)
        go_on = partial(self._open, key, page, path, copy=copy, then=then)
        if work is not None:
            self.opening.read(
                path,
                work,
                lambda read: self._open_read(page, read, go_on),
                lambda problem: self._say_unopened(path, problem, page, copy=copy),
            )
        elif not page.replaces(path):
            go_on()
        elif page.document is None or not page.document.unsaved or self._opens(page.document, path):
            self.when_safe(page, go_on)

    def _open_read(self, page: Page, read: object, go_on: Callable[[], object]) -> None:
        """Open a file that has been read: there is nothing wrong with it."""
        page.take_read(read)
        self.when_safe(page, go_on)

    def _opens(self, document: OpenDocument, path: Path) -> bool:
        """Whether a file can be opened in place of a document; what is wrong with it is said."""
        try:
            document.check(path)
        except EngineError as error:
            self._say_unopened(path, error.problem)
            return False
        return True

    def _say_unopened(self, path: Path, problem: Problem, page: Page | None = None, *, copy: bool = False) -> None:
        if page is None or not self._finding.offer(page, path, problem, partial(self.open, path, copy=copy)):
            self.problem_found.emit(problem)
        if not self.saving.look_at(path):
            self._settings.remove_recent(path)

    def open_url(self, url: QUrl) -> None:
        """Open a file that was dropped on the window."""
        self.open(path_of_url(url))

    def _open(self, key: str, page: Page, path: Path, *, copy: bool, then: Callable[[], object]) -> None:
        look = self.saving.look_at(path)
        try:
            notices = page.open_file(path, copy=copy)
        except EngineError as error:
            self._say_unopened(path, error.problem, page, copy=copy)
            return
        self._show_page(key)
        if page.document is not None and page.document.path == path:
            self._settings.add_recent(path)
            self.saving.note(page.document, look)
        if page.replaces(path):
            self.opened.emit()
        if notices:
            self.noticed.emit(notices)
        then()

    def ask_for_link(self) -> None:
        """Let the person give a link; the one on the clipboard, if there is one, stands there already."""
        from app.shell.dialogs.link import LinkDialog

        example = next((start for one in self._pages.workspaces.values() for start in one.links), "")
        dialog = LinkDialog(self.link_problem, example, self._window)
        dialog.accepted.connect(lambda: self.open_link(dialog.text))
        self.questions.show(dialog)

    def link_problem(self, text: str) -> Problem | None:
        """What is wrong with a link; None where it can be opened."""
        key = self._pages.reader_of_link(text)
        try:
            if key is None:
                raise EngineError(NOT_A_LINK())
            self._pages.workspaces[key].check_link(text)
        except EngineError as error:
            return error.problem
        return None

    def open_link(self, text: str) -> None:
        """Open a link in the workspace that reads it; unsaved work there is asked about first."""
        problem = self.link_problem(text)
        key = self._pages.reader_of_link(text)
        if problem is not None or key is None:
            self.problem_found.emit(problem)
            return
        page = self._pages.page(key)
        self.when_safe(page, lambda: self._open_link(key, page, text))

    def _open_link(self, key: str, page: Page, text: str) -> None:
        try:
            notices = page.open_link(text)
        except EngineError as error:
            self.problem_found.emit(error.problem)
            return
        self._show_page(key)
        self.opened.emit()
        if notices:
            self.noticed.emit(notices)

    # Save ---------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the document of the page that is shown to its own file; one that has none asks for a name first."""
        self.saving.save(self._pages.current)

    def save_as(self) -> None:
        """Ask for a name and save under it."""
        self.saving.save_as(self._pages.current)

    def write(self, document: OpenDocument, path: Path) -> None:
        """Save a document under a path; what fails is said."""
        self.saving.write(document, path)

    @Slot(object)
    def know(self, document: OpenDocument) -> None:
        """A document has been brought back: what others do to its file from now on is noticed."""
        if document.path is not None:
            self.saving.note(document, self.saving.look_at(document.path))

    @Slot(object)
    def _note_saved(self, path: Path) -> None:
        self._settings.add_recent(path)
        self.saved.emit(path)

    def _folder(self) -> str:
        """Where dialogs begin: beside the open file, or the one opened last."""
        document = self._pages.current.document
        own = () if document is None or document.path is None else (document.path,)
        for path in (*own, *self._settings.recent_files):
            if path.parent.is_dir():
                return str(path.parent)
        return str(likely_folder())


def _stay() -> None:
    """Nothing is done."""
