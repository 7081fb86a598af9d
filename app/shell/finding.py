"""A document whose data are gone: the person is asked where they are, and it is opened with those."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from app.kit.file_dialog import ask_for_file
from app.shell.messages import MessageBar
from app.shell.names import as_filter
from app.shell.pages import Pages
from app.shell.questions import Questions
from app.workspaces.workspace import Page
from engine.data.problems import FILE_MISSING
from engine.formats.data_beside import OTHER_COLUMNS
from engine.problems import Problem

Again = Callable[[], object]


class Finding(QObject):
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
