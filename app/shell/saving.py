"""Save and Save As for every document, with the questions that precede them: what others have made of its file, and
what is unsaved when the window closes. Leftovers of killed saves are swept away from the folders in use."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot

from app.kit.background import Background, Job
from app.kit.file_dialog import ask_where_to_save
from app.kit.folders import sweep_passing_folders
from app.shell.messages import MessageBar
from app.shell.pages import Pages
from app.shell.questions import Button, Questions
from app.workspaces.workspace import FileKind, OpenDocument, Page
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
        document.mark_unsaved()  # what undo brings back is not what the file holds
        text = self.tr("“{name}” has changed on disk since it was opened or saved here.")
        self._questions.ask(
            "changedQuestion",
            text.format(name=printable(changed.name)),
            self.tr("Overwriting it loses those changes."),
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
        to another thread is waited for (:meth:`when_settled`)."""
        words = self.tr("Saving “{name}” as soon as your last edit has been applied …").format(
            name=printable(path.name)
        )
        self.when_settled(document, words, lambda: self._write(document, path, then), give_up or _nothing)

    def when_all_settled(self, documents: Sequence[OpenDocument], words: str, go_on: Then, give_up: Then) -> None:
        """Go on once none of these has an edit under way."""
        if not documents:
            go_on()
            return
        others = partial(self.when_all_settled, documents[1:], words, go_on, give_up)
        self.when_settled(documents[0], words, others, give_up)

    def when_settled(self, document: OpenDocument, words: str, go_on: Then, give_up: Then) -> None:
        """Go on once a document has what is under way to another thread. The window goes on meanwhile; ``words`` are
        said when it takes long, and whoever calls it off or opens another document gives up."""
        number = self.awaiting.begin(words, give_up)

        def end(then: Then) -> None:
            if self.awaiting.end(number):
                then()

        document.when_settled(partial(end, go_on), partial(end, give_up))

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


def as_filter(kind: FileKind) -> str:
    """A kind as file dialogs list it: ``Data (*.csv *.tsv)``."""
    return f"{QCoreApplication.translate('Files', kind.label)} ({kind.patterns})"


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    kept = "".join(letter if letter.isalnum() or letter in "-_ " else " " for letter in title)
    return "-".join(kept.lower().split()) or "untitled"


class Sweeper(QObject):
    """Looks once at what lies round each document's file, in the background: some may lie on a slow disk."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], object]] = deque()
        self._seen: set[Path] = set()
        self._background = Background("sweeper", latest_only=False, parent=self)

    def sweep(self, files: Iterable[Path]) -> None:
        """Look round these files next."""
        new = [file for file in dict.fromkeys(files) if file not in self._seen]
        if new:
            self._seen.update(new)
            self._request(*(partial(_sweep_round, file) for file in new))

    def sweep_temporary(self) -> None:
        """Look among the temporary files for what killed windows have left."""
        self._request(sweep_passing_folders)

    def _request(self, *sweeps: Callable[[], object]) -> None:
        self._waiting += sweeps
        self._background.request(partial(_swept, self._waiting))


def _sweep_round(file: Path) -> None:
    from engine.formats.pairs import sweep

    sweep(file)


def _swept(waiting: deque[Callable[[], object]], job: Job) -> None:
    """In the other thread, one after the other: whoever comes first takes all that waits."""
    while waiting and not job.cancelled():
        waiting.popleft()()


PATIENCE_MS = 500
"""What is quicker shows nothing."""


class Awaiting(QObject):
    """Holds what is yet to be done, each until it is done, called off or of no use any more."""

    def __init__(self, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._messages = messages
        self._waiting: dict[int, tuple[str, Callable[[], object]]] = {}
        self._count = 0
        self._said = ""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._say)

    def begin(self, said: str, called_off: Callable[[], object]) -> int:
        """Wait from now on; ``said`` is the sentence about it. The number that it has."""
        self._count += 1
        self._waiting[self._count] = said, called_off
        if not self._patience.isActive():
            self._patience.start()
        return self._count

    def end(self, number: int) -> bool:
        """It need not be waited for any more; whether it was, until now."""
        was = self._waiting.pop(number, None) is not None
        self._follow()
        return was

    def close(self) -> None:
        """Say nothing more, and do none of it."""
        self._waiting = {}
        self._follow()

    def _call_off(self, said: str) -> None:
        """What a sentence names is not to be done; what else waits is named in its turn."""
        waiting = self._waiting.items()
        named = {number: called_off for number, (sentence, called_off) in waiting if sentence == said}
        self._waiting = {number: one for number, one in waiting if number not in named}
        self._follow()
        for called_off in named.values():
            called_off()

    def _follow(self) -> None:
        """Take away a sentence about what waits no more; another is said after a moment, not under a second click."""
        if self._said and not any(sentence == self._said for sentence, _ in self._waiting.values()):
            if self._shown:
                self._messages.dismiss()
            self._said = ""
            self._patience.start()
        if not self._waiting:
            self._patience.stop()

    @property
    def _shown(self) -> bool:
        """Whether what was said is still in sight: another message may have its place, or somebody has closed it."""
        return bool(self._said) and self._messages.text == self._said

    @Slot()
    def _say(self) -> None:
        """Name the latest, unless something that waits is named already."""
        if not self._shown:
            self._said, _ = next(reversed(self._waiting.values()))
            self._messages.say(self._said, "notice", [(self.tr("Cancel"), partial(self._call_off, self._said))])


Ask = Callable[[Page, Then, Then], object]


class Leaving(QObject):
    """``ask(page, go_on, give_up)``: about one page alone."""

    def __init__(self, pages: Pages, questions: Questions, saving: Saving, ask: Ask, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._questions, self._saving, self._ask = pages, questions, saving, ask

    def when_all_safe(self, unsaved: Sequence[Page], go_on: Then) -> None:
        """Ask about the pages with unsaved work, about several at once; then go on, or go back to where one was."""
        give_up = partial(self._show, self._pages.key)
        if len(unsaved) > 1:
            self._ask_about_all(unsaved, go_on, give_up)
        else:
            self._one_by_one(unsaved, go_on, give_up)

    def _ask_about_all(self, unsaved: Sequence[Page], go_on: Then, give_up: Then) -> None:
        names = "\n".join(f"•  {self._name(page)}" for page in unsaved)
        lost = self.tr("Otherwise they are lost.")
        self._questions.ask(
            "allUnsavedQuestion",
            self.tr("Save the changes to {count} documents?").format(count=len(unsaved)),
            f"{names}\n\n{lost}",
            {
                Button.SaveAll: lambda: self._save_all(unsaved, go_on, give_up),
                Button.Retry: lambda: self._one_by_one(unsaved, go_on, give_up),
                Button.Discard: go_on,
                Button.Cancel: lambda: None,
            },
            usual=Button.SaveAll,
            labels={
                Button.SaveAll: self.tr("&Save all"),
                Button.Retry: self.tr("One by &one…"),
                Button.Discard: self.tr("&Discard all"),
            },
        )

    def _name(self, page: Page) -> str:
        """A document, and the workspace that it lies in."""
        document, declared = page.document, self._pages.workspace_of(page)
        workspace = QCoreApplication.translate("Workspaces", declared.label)
        title = printable(document.title) if document is not None else ""
        return title if title == workspace else f"{workspace}: {title}"

    def _save_all(self, pages: Sequence[Page], go_on: Then, give_up: Then) -> None:
        """One after another; what has no file yet is shown and asks for its name. Where one is not saved after all,
        nothing goes on."""
        if not pages:
            go_on()
            return
        page = pages[0]
        if page.document is not None and page.document.path is None:
            self._show(self._pages.workspace_of(page).key)
        self._saving.save(page, lambda: self._save_all(pages[1:], go_on, give_up), give_up)

    def _one_by_one(self, pages: Sequence[Page], go_on: Then, give_up: Then) -> None:
        """Each in sight."""
        if not pages:
            go_on()
            return
        self._show(self._pages.workspace_of(pages[0]).key)
        self._ask(pages[0], lambda: self._one_by_one(pages[1:], go_on, give_up), give_up)

    def _show(self, key: str) -> None:
        if key != self._pages.key:
            self._pages.visit(key)
