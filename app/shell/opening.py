"""Files that take long to read are read in the background, with progress and Cancel; a missing table is looked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from app.kit.background import Background, Work
from app.kit.file_dialog import ask_for_file
from app.shell.messages import MessageBar
from app.shell.pages import Pages
from app.shell.questions import Questions
from app.shell.saving import as_filter
from app.workspaces.workspace import Page
from engine.data.problems import FILE_MISSING
from engine.formats.data_beside import OTHER_COLUMNS
from engine.problems import Problem, printable

PATIENCE_MS = 300
"""What is quicker shows nothing."""


class Opening(QObject):
    """Reads one file at a time, the latest that was asked for. Until it is read nothing of what is open changes."""

    def __init__(self, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._messages = messages
        self._path: Path | None = None
        self._then: Callable[[Any], object] = _nothing
        self._failed: Callable[[Problem], object] = _nothing
        self._said = ""
        self._background = Background("file-opener", latest_only=True, tells=True, parent=self)
        self._background.done.connect(self._finish)
        self._background.failed.connect(self._fail)
        self._background.progressed.connect(self._advance)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._say)

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._path is not None

    def read(self, path: Path, work: Work, then: Callable[[Any], object], failed: Callable[[Problem], object]) -> None:
        """Do ``work`` in the background; ``then`` takes what comes of it, ``failed`` what is wrong. Neither is called
        after :meth:`cancel`, or where another file is asked for meanwhile."""
        self.cancel()
        self._path, self._then, self._failed = path, then, failed
        self._patience.start()
        self._background.request(work)

    @Slot()
    def cancel(self) -> None:
        """Forget the file; what is open stays."""
        self._background.cancel()
        self._end()

    def close(self) -> None:
        """Read nothing more."""
        self._background.close()
        self._end()

    def _end(self) -> None:
        self._path, self._then, self._failed = None, _nothing, _nothing
        self._patience.stop()
        if self._said and self._messages.text == self._said:
            self._messages.dismiss()
        self._said = ""

    @Slot()
    def _say(self) -> None:
        assert self._path is not None
        self._said = self.tr("Reading “{name}” …").format(name=printable(self._path.name))
        self._messages.say(self._said, "notice", [(self.tr("Cancel"), self.cancel)])

    @Slot(float)
    def _advance(self, share: float) -> None:
        if self._path is None or not self._said or self._messages.text != self._said:
            return
        text = self.tr("Reading “{name}”: {share} %").format(name=printable(self._path.name), share=round(100 * share))
        self._said = text
        self._messages.amend(text)

    @Slot(object)
    def _finish(self, read: object) -> None:
        then = self._then
        self._end()
        then(read)

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        failed = self._failed
        self._end()
        failed(problem)


def _nothing(_: object) -> None:
    """Nobody waits."""


Again = Callable[[], object]


class MissingDataFinder(QObject):
    """Says what is missing, with a button that asks for it."""

    def __init__(self, pages: Pages, questions: Questions, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._questions, self._messages = pages, questions, messages

    def offer(self, page: Page, path: Path, problem: Problem, again: Again) -> bool:
        """Whether a problem with the file at ``path`` is that its data are gone, or others than it reads, and has been
        said so; ``again`` opens the file."""
        if not page.may_find_data or not path.exists():
            return False
        if problem.code not in (FILE_MISSING.code, OTHER_COLUMNS.code):
            return False
        self._messages.say_problem(problem, [(self.tr("Find the data…"), lambda: self._ask(page, path, again))])
        return True

    def _ask(self, page: Page, path: Path, again: Again) -> None:
        kinds = self._pages.workspace_of(page).files[1:]
        filters = (*(as_filter(kind) for kind in reversed(kinds)), self.tr("All files (*)"))
        dialog = ask_for_file(self._questions.window, self.tr("Find the data"), path.parent, filters)
        dialog.fileSelected.connect(lambda name: self._open(page, path, Path(name), again))
        self._questions.show(dialog)

    @staticmethod
    def _open(page: Page, path: Path, table: Path, again: Again) -> None:
        page.find_data(path, table)
        again()
