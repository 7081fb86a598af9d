"""Work that outlives a crash: every open document is kept, and what a crashed window has left is offered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Slot

from app.shell.messages import MessageBar
from app.shell.pages import Pages
from app.workspaces.workspace import OpenDocument, Page
from engine.problems import EngineError, Problem

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
        """Offer the latest work in every workspace of windows that did not close properly, in one message. Where work
        has been recovered, an older one does not take its place: the next start offers it."""
        latest: dict[str, Leftover] = {}
        for one in self.leftovers():
            key = self._pages.reader_of(one.path)
            if key not in self._recovered:
                latest.setdefault(key, one)
        if not latest:
            return
        several = len(latest) > 1
        self._messages.say(
            self._several(latest) if several else self._single(*next(iter(latest.items()))),
            "warning",
            [
                (self.tr("Recover all") if several else self.tr("Recover"), partial(self._recover, latest)),
                (self.tr("Discard all") if several else self.tr("Discard"), partial(self._discard, latest)),
            ],
            lasting=True,
        )

    def _single(self, key: str, leftover: Leftover) -> str:
        text = self.tr("Neuroloom was not closed properly. Unsaved work of {when} can be recovered ({place}).")
        return text.format(when=f"{leftover.when:%Y-%m-%d %H:%M}", place=self._place(key))

    def _several(self, latest: Mapping[str, Leftover]) -> str:
        text = self.tr("Neuroloom was not closed properly. {count} documents of {when} can be recovered: {places}.")
        when = max(one.when for one in latest.values())
        places = ", ".join(self._place(key) for key in latest)
        return text.format(count=len(latest), when=f"{when:%Y-%m-%d %H:%M}", places=places)

    def _place(self, key: str) -> str:
        return QCoreApplication.translate("Workspaces", self._pages.workspaces[key].label)

    def _is_document(self, path: Path) -> bool:
        """Whether a file in the folder is one of a workspace's own documents."""
        kinds = (workspace.files[0] for workspace in self._pages.workspaces.values() if workspace.files)
        return any(path.suffix in kind.suffixes for kind in kinds)

    def _recover(self, latest: Mapping[str, Leftover]) -> None:
        """Bring them back, that of last time last, so that it is in sight; what cannot be read is said and stays."""
        problems = [self._bring_back(key, one) for key, one in reversed([*latest.items()])]
        if problem := next((one for one in problems if one is not None), None):
            self._messages.say_problem(problem)
        else:
            self.offer()

    def _bring_back(self, key: str, leftover: Leftover) -> Problem | None:
        page = self._pages.visit(key)
        if page.document is None:
            return None
        try:
            page.document.recover(leftover.path)
        except EngineError as error:
            return error.problem
        self.keep(page, page.document)
        self._kept[page].save()
        leftover.remove()
        self._recovered.add(key)
        return None

    def _discard(self, latest: Mapping[str, Leftover]) -> None:
        for one in latest.values():
            one.remove()
        self.offer()
