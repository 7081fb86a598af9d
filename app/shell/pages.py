"""The workspaces and the pages of those that have been visited: built late, shown one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from app.workspaces.workspace import Host, OpenDocument, Page, Workspace


class Pages(QObject):
    """``made(page)`` on the first visit, ``shown(page)`` on every one, ``complete(page)`` once all its parts are there.

    The first workspace is the home: what nobody else takes goes there. Its parts are built after the first frame, one
    at a time: built before it, they make a start 2.1 times as long. A page that is visited later is built at once.
    """

    made = Signal(object)
    shown = Signal(object)
    complete = Signal(object)

    def __init__(self, workspaces: Sequence[Workspace], host_of: Callable[[str], Host], parent: QObject) -> None:
        """``host_of``: what the window offers the page of a workspace, by its key."""
        super().__init__(parent)
        self.workspaces = {workspace.key: workspace for workspace in workspaces}
        self.stack = QStackedWidget()
        self._host_of = host_of
        self._pages: dict[str, Page] = {}
        self._later: dict[str, Iterator[Callable[[], object]]] = {}
        self._opened = False
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.timeout.connect(self._take_turn)
        self.key = workspaces[0].key
        self.last_with_document = self.key
        """The workspace with a document that was shown last."""

    @property
    def current(self) -> Page:
        """The page that is shown."""
        return self._pages[self.key]

    @property
    def home(self) -> str:
        """The first workspace."""
        return next(iter(self.workspaces))

    def __iter__(self) -> Iterator[Page]:
        """The pages there are, in the order of their first visits."""
        return iter(tuple(self._pages.values()))

    def workspace_of(self, page: Page) -> Workspace:
        """Where a page belongs."""
        return next(self.workspaces[key] for key, one in self._pages.items() if one is page)

    @property
    def with_documents(self) -> tuple[tuple[Page, OpenDocument], ...]:
        """The pages that have a document, with it, in the order of the workspaces."""
        pages = (self._pages[key] for key in self.workspaces if key in self._pages)
        return tuple((page, page.document) for page in pages if page.document is not None)

    @property
    def last_document(self) -> OpenDocument | None:
        """The document that was in sight last, if there is one."""
        page = self._pages.get(self.last_with_document)
        return page.document if page is not None else None

    def reader_of(self, path: Path) -> str:
        """The workspace that opens a file: the one that is shown if it does, else the first that does; else the one
        that is shown if it has a document, else the home, which will say what is wrong with the file."""
        for key in dict.fromkeys((self.key, *self.workspaces)):
            if self.workspaces[key].reads(path):
                return key
        return self.key if self.current.document is not None else self.home

    def reader_of_link(self, text: str) -> str | None:
        """The workspace that opens a link, the one that is shown first; None where there is none."""
        for key in dict.fromkeys((self.key, *self.workspaces)):
            if self.workspaces[key].reads_link(text):
                return key
        return None

    # Visiting -----------------------------------------------------------------------------------------------------

    def visit(self, key: str) -> Page:
        """Show a workspace, whose page is built on the first visit, out of sight."""
        page = self.page(key)
        try:
            while key in self._later and (self._opened or key != self.home):
                self._build_next(key)
        finally:
            self._show(key, page)
        return page

    def _show(self, key: str, page: Page) -> None:
        self.key = key
        if page.document is not None:
            self.last_with_document = key
        if self.stack.currentWidget() is not page.widget:
            if self.stack.indexOf(page.widget) < 0:
                self.stack.addWidget(page.widget)
            self.stack.setCurrentWidget(page.widget)
        self.shown.emit(page)

    def visit_document(self, document: OpenDocument) -> None:
        """Show the page that a document is open in."""
        for page, one in self.with_documents:
            if one is document:
                self.visit(self.workspace_of(page).key)

    def has(self, key: str) -> bool:
        """Whether a workspace has been visited, or its page asked for."""
        return key in self._pages

    def page(self, key: str) -> Page:
        """The page of a workspace, which need not be in sight."""
        return self._pages.get(key) or self._make(key)

    def _make(self, key: str) -> Page:
        workspace = self.workspaces[key]
        page = workspace.build(self._host_of(key))
        if page.document is not None and not workspace.files:
            raise ValueError(f"the workspace {key!r} has a document and names no kind of file for it")
        page.setParent(self)
        self._pages[key] = page
        page.widget.setParent(self.stack)  # it takes its place there when shown, for then the page in sight is painted
        page.widget.hide()  # also where the window itself is not shown yet, and would show it with everything
        self._take_in_bar(page)
        self._later[key] = iter(page.parts())
        self.made.emit(page)
        if self._opened:
            self._turns.start(0)
        return page

    def _take_in_bar(self, page: Page) -> None:
        """Own the page's bar until the top bar takes it: the page may never be visited."""
        if page.bar is not None and page.bar.parentWidget() is None:
            page.bar.setParent(self.stack)
            page.bar.hide()

    # Building -----------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """The window is in sight: build what is to come."""
        self._opened = True
        self._turns.start(0)

    @Slot()
    def _take_turn(self) -> None:
        """Build one part, of the page in sight first; the window hears between one and the next. A part that fails says
        so in the message bar; the others come all the same."""
        try:
            if self._later:
                self._build_next(self.key if self.key in self._later else next(iter(self._later)))
        finally:
            if self._later:
                self._turns.start(0)

    def _build_next(self, key: str) -> None:
        """Build the next part of a page; once all are there, it starts."""
        part = next(self._later[key], None)
        if part is not None:
            part()
            return
        del self._later[key]
        page = self._pages[key]
        self._take_in_bar(page)
        page.start()
        if page is self.current and page.widget.window().focusWidget() is page.widget:
            page.enter()  # what is to have the keyboard is there now
        self.complete.emit(page)

    def build_all(self) -> None:
        """Build everything that is still to come, now."""
        while self._later:
            self._build_next(next(iter(self._later)))

    def close(self) -> None:
        """Build nothing more, and end every page, whatever goes wrong with one of them."""
        self._turns.stop()
        self._later.clear()
        with ExitStack() as stack:
            for _page, document in self.with_documents:
                stack.callback(document.undo_stack.clear)  # the last that is put on is done first
            for page in self:
                stack.callback(page.close)
