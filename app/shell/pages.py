"""The workspaces and the pages of those that have been visited: built late, shown one at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from app.workspaces.workspace import Host, OpenDocument, Page, Workspace

if TYPE_CHECKING:
    from app.shell.veils import Veils

FRAME_MS = 10
"""Before more of a page is built or shown: by then it has been painted as it is."""
TURN_MS = 1
"""From one piece of work to the next: the window hears in between. Nothing would do where two became due at once."""
ENOUGH_S = 0.002
"""What follows that much work waits for the next turn."""


class Pages(QObject):
    """``made(page)`` on the first visit, ``shown(page)`` on every one, ``complete(page)`` once all its parts are there.

    The first workspace is the home: what nobody else takes goes there.
    """

    made = Signal(object)
    shown = Signal(object)
    complete = Signal(object)

    def __init__(self, workspaces: Sequence[Workspace], host_of: Callable[[str], Host], parent: QObject) -> None:
        """``host_of``: what the window offers the page of a workspace, by its key."""
        super().__init__(parent)
        self.workspaces = {workspace.key: workspace for workspace in workspaces}
        self.stack = QStackedWidget()
        self._veils: Veils | None = None
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
        """Show a workspace, building its page on the first visit."""
        page = self.page(key)
        self.key = key
        if page.document is not None:
            self.last_with_document = key
        if self.stack.currentWidget() is not page.widget:
            if self.stack.indexOf(page.widget) < 0:
                self.stack.addWidget(page.widget)
            self.stack.setCurrentWidget(page.widget)
            self._cover()
        self.shown.emit(page)
        return page

    def visit_whole(self, key: str) -> None:
        """Show a workspace with all its parts, in one go."""
        self.visit(key)
        while key in self._later:
            self._build(key, math.inf)
        if self._veils is not None:
            self._veils.lift_all()

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
        page.filled.connect(self._follow_filled)
        self._pages[key] = page
        page.widget.setParent(self.stack)  # it takes its place there when shown, for then the page in sight is painted
        page.widget.hide()  # also where the window itself is not shown yet, and would show it with everything
        self._later[key] = iter(page.parts())
        self.made.emit(page)
        if self._opened:
            self._turns.start(FRAME_MS)
        return page

    @Slot()
    def _follow_filled(self) -> None:
        if self.sender() is self.current:
            self._cover()

    def _cover(self) -> None:
        """Have the page in sight painted panel by panel."""
        if self._opened and self._veils is not None:
            self._veils.cover(self.current.widget, whole=self.key not in self._later)
            self._turns.start(FRAME_MS)

    # Building -----------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """The window is in sight: build what is to come, piece by piece."""
        self._opened = True
        self._turns.start(0)

    @Slot()
    def _take_turn(self) -> None:
        """Do a little of what is to come, the page in sight first; the window stays responsive in between. A part that
        fails says so in the message bar; the others come all the same."""
        try:
            self._do_some()
        finally:  # by now: what is due before that comes in between
            if (self._later or self._veils) and not self._turns.isActive():
                self._turns.start(TURN_MS)

    def _do_some(self) -> None:
        if self.key in self._later:
            self._build(self.key)
        elif self._veils:
            self._veils.lift_some()
        elif self._later:
            self._build(next(iter(self._later)))

    def _build(self, key: str, seconds: float = ENOUGH_S) -> None:
        """Build the next parts of a page, for so long; once all are there, it starts."""
        enough = perf_counter() + seconds
        for part in self._later[key]:
            part()
            if perf_counter() > enough:
                return
        del self._later[key]
        self._finish(self._pages[key])

    def build_all(self) -> None:
        """Build everything that is still to come, now."""
        while self._later:
            self._build(next(iter(self._later)), math.inf)
        if self._veils is not None:
            self._veils.lift_all()

    def _finish(self, page: Page) -> None:
        if self._veils is None:
            from app.shell.veils import Veils  # the home page needs none, and the first frame is to come quickly

            self._veils = Veils(self.stack)
        if self._veils and page is self.current:
            self._veils.cover(page.widget, whole=True)  # by what has come to be in it
        page.start()
        if page is self.current and page.widget.window().focusWidget() is page.widget:
            page.enter()  # what is to have the keyboard is there now
        self.complete.emit(page)

    def close(self) -> None:
        """Build nothing more, and end every page, whatever goes wrong with one of them."""
        self._turns.stop()
        self._later.clear()
        if self._veils is not None:
            self._veils.lift_all()
        with ExitStack() as stack:
            for _page, document in self.with_documents:
                stack.callback(document.undo_stack.clear)  # the last that is put on is done first
            for page in self:
                stack.callback(page.close)
