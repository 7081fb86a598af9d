"""Work that outlives a crash: every open document is kept, and what a crashed window has left is offered."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot

from app.shell.messages import MessageBar
from app.shell.pages import Pages
from app.workspaces.workspace import OpenDocument, Page
from engine.problems import EngineError

if TYPE_CHECKING:  # loaded after the first frame
    from app.shell.autosave import Autosave, Leftover


class Recovery(QObject):
    """An :class:`Autosave` for each page's document, and the way back for those of other windows."""

    def __init__(self, pages: Pages, messages: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._messages = pages, messages
        self._kept: dict[Page, Autosave] = {}
        self._recovered: set[str] = set()

    def keep(self, page: Page, document: OpenDocument) -> None:
        """Keep a recovery copy of a page's document from now on."""
        if page in self._kept:
            return
        from app.shell.autosave import Autosave

        suffix = self._pages.workspace_of(page).files[0].suffixes[0]
        self._kept[page] = Autosave(document, suffix, self)

    def of(self, page: Page) -> Autosave:
        """The keeper of a page's document. Raises KeyError for a page without one."""
        return self._kept[page]

    def save_now(self) -> None:
        """Write every copy before returning, whatever goes wrong with one of them."""
        self._each(lambda autosave: autosave.save_now())

    def close(self) -> None:
        """The window closes properly: nothing is left behind."""
        self._each(lambda autosave: autosave.close())

    def _each(self, act: Callable[[Autosave], None]) -> None:
        with ExitStack() as stack:
            for autosave in self._kept.values():
                stack.callback(act, autosave)

    def leftovers(self) -> tuple[Leftover, ...]:
        """What windows that did not close properly have left, the latest first."""
        from app.shell.autosave import leftovers

        return leftovers(self._is_document)

    @Slot()
    def offer(self) -> None:
        """Offer the latest work of a window that did not close properly; once that is answered, what else it has left:
        every workspace may have had some. Where work has been recovered, an older one does not take its place: the next
        start offers it."""
        found = [(one, self._pages.reader_of(one.path)) for one in self.leftovers()]
        found = [(one, key) for one, key in found if key not in self._recovered]
        if not found:
            return
        latest, key = found[0]
        label = self._pages.workspaces[key].label
        self._messages.say(
            self.tr("Neuroloom was not closed properly. Unsaved work of {when} can be recovered ({place}).").format(
                when=f"{latest.when:%Y-%m-%d %H:%M}", place=QCoreApplication.translate("Workspaces", label)
            ),
            "warning",
            [
                (self.tr("Recover"), partial(self._recover, latest, key)),
                (self.tr("Discard"), partial(self._discard, latest)),
            ],
            lasting=True,
        )

    def _is_document(self, path: Path) -> bool:
        """Whether a file in the folder is one of a workspace's own documents."""
        kinds = (workspace.files[0] for workspace in self._pages.workspaces.values() if workspace.files)
        return any(path.suffix in kind.suffixes for kind in kinds)

    def _recover(self, leftover: Leftover, key: str) -> None:
        page = self._pages.visit(key)
        if page.document is None:
            return
        try:
            page.document.recover(leftover.path)
        except EngineError as error:
            self._messages.say_problem(error.problem)
            return
        self._messages.dismiss()
        self.keep(page, page.document)
        self._kept[page].save()
        leftover.remove()
        self._recovered.add(key)
        self.offer()

    def _discard(self, leftover: Leftover) -> None:
        leftover.remove()
        self.offer()
