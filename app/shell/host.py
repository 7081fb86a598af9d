"""What a page has of the window, and no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtWidgets import QWidget

from app.shell.files import Files
from app.shell.messages import PageMessages
from app.shell.pages import Pages
from app.shell.settings import Settings
from app.workspaces.workspace import FileKind, OpenDocument


class Drawer:
    """The settings of one page's layout, as :class:`app.workspaces.workspace.Memory`; ``prefix`` keeps them apart."""

    def __init__(self, settings: Settings, prefix: str) -> None:
        self._settings, self._prefix = settings, prefix

    def layout(self, part: str) -> QByteArray | None:
        """The remembered state of a splitter, None where there is none."""
        return self._settings.layout(self._prefix + part)

    def set_layout(self, part: str, state: QByteArray) -> None:
        """Remember the state of a splitter."""
        self._settings.set_layout(self._prefix + part, state)

    def shown(self, panel: str, usual: bool = True) -> bool:
        """Whether the panel was left open; ``usual`` for one that was neither opened nor closed yet."""
        return self._settings.shown(self._prefix + panel, usual)

    def set_shown(self, panel: str, shown: bool) -> None:
        """Remember whether the panel is open."""
        self._settings.set_shown(self._prefix + panel, shown)

    def noted(self, name: str) -> str:
        """A choice that was noted under a name; empty where there is none."""
        return self._settings.noted(self._prefix + name)

    def note(self, name: str, choice: str) -> None:
        """Remember a choice under a name."""
        self._settings.note(self._prefix + name, choice)


class PageHost:
    """The window as :class:`app.workspaces.workspace.Host` of one page."""

    def __init__(
        self,
        window: QWidget,
        messages: PageMessages,
        memory: Drawer,
        files: Files,
        pages: Pages,
    ) -> None:
        self._window, self._files, self._pages = window, files, pages
        self.messages, self.memory = messages, memory

    def size(self) -> QSize:
        """The window's size in pixels, for first layouts."""
        return self._window.size()

    def window(self) -> QWidget:
        """The window itself, as the parent of a dialog."""
        return self._window

    def open_copy(self, path: Path, then: Callable[[], object] = lambda: None) -> None:
        """Open a file as a start for work of one's own, in the workspace that reads it."""
        self._files.open(path, copy=True, then=then)

    def open_link(self, text: str) -> None:
        """Open the network that a link says."""
        self._files.open_link(text)

    def choose_file(self, kind: FileKind | None = None) -> None:
        """Let the person choose a file of any kind, or of this one."""
        self._files.choose_and_open((kind,) if kind is not None else ())

    def elsewhere(self) -> OpenDocument | None:
        """The document that was in sight last, if there is one."""
        return self._pages.last_document

    def go_back(self) -> None:
        """Show the page of that document again."""
        self._pages.visit(self._pages.last_with_document)

    def documents(self) -> tuple[OpenDocument, ...]:
        """The documents of all pages there are."""
        return tuple(document for _, document in self._pages.with_documents)

    def show(self, document: OpenDocument) -> None:
        """Bring the page of one of those documents into sight."""
        self._pages.visit_document(document)
