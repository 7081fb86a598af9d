"""The window's questions and dialogs as sheets: one at a time, and nothing behind them stops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from app.shell.pages import Pages
from app.workspaces.workspace import Page
from engine.problems import printable

if TYPE_CHECKING:
    from app.shell.saving import Saving

Button = QMessageBox.StandardButton


class Questions(QObject):
    """Shows them over a window; each takes itself away."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.window = window
        self._dialog: QWidget | None = None

    def show(self, dialog: QDialog) -> None:
        """Open a sheet, in place of the one there is."""
        if self._dialog is not None:
            self._dialog.close()
        self._dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    @Slot(int)
    def _forget(self, _result: int) -> None:
        dialog = self.sender()
        if dialog is self._dialog:
            self._dialog = None
        if isinstance(dialog, QWidget):
            dialog.deleteLater()

    def ask(
        self,
        name: str,
        text: str,
        about: str,
        answers: Mapping[Button, Callable[[], object]],
        *,
        usual: Button,
        labels: Mapping[Button, str] | None = None,
    ) -> None:
        """Ask something. ``answers``: the buttons and what each does, Escape the last one; ``usual``: what Enter says;
        ``labels``: of buttons that are to be called otherwise than Qt calls them. ``name``: of the box, for tests."""
        box = QMessageBox(self.window)
        box.setObjectName(name)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(text)
        box.setInformativeText(about)
        for button in answers:
            box.addButton(button)
        for button, label in (labels or {}).items():
            box.button(button).setText(label)
            box.button(button).setIcon(QIcon())  # it says what the button was called
        box.setDefaultButton(usual)
        box.setEscapeButton(list(answers)[-1])

        def answered(result: int) -> None:
            answers.get(Button(result), _nothing)()

        box.finished.connect(answered)
        self.show(box)


def _nothing() -> None:
    """The box was closed for another one."""


Then = Callable[[], object]
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
        lost = self.tr("They are lost otherwise.")
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
