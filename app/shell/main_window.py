"""The window: rail, top bar and messages round the page of the workspace that is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QUndoGroup
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget

from app.kit.folders import take_copy
from app.kit.listing import listed
from app.kit.translation import sentence_of
from app.kit.widgets.frame import WINDOW_FRAME
from app.shell.actions import window_actions
from app.shell.bindings import Bindings
from app.shell.files import Files
from app.shell.host import Drawer, PageHost
from app.shell.menus import Menus
from app.shell.messages import MessageBar, PageMessages
from app.shell.pages import Pages
from app.shell.presentation import Presentation
from app.shell.rail import Rail
from app.shell.recovery import Recovery
from app.shell.settings import Settings
from app.shell.top_bar import TopBar
from app.workspaces.workspace import Page, Workspace
from engine.problems import Problem, printable

FIRST_SIZE = QSize(1440, 900)
LEAST_SIZE = QSize(960, 580)


class MainWindow(QMainWindow):
    """Shows itself with what the home page has at once; the rest follows part by part, so that the first frame comes
    quickly."""

    ready = Signal()
    """The home page is complete."""

    def __init__(self, workspaces: Sequence[Workspace], settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.setWindowTitle("Neuroloom")
        self.setAcceptDrops(True)
        room = self.screen().availableSize() - WINDOW_FRAME
        self.setMinimumSize(LEAST_SIZE.boundedTo(room))  # a beamer may have no more
        self.resize(FIRST_SIZE.boundedTo(room))
        self._sure = False
        self.successor: list[str] = []
        """Arguments of the program that is to take this window's place once it is closed; empty where none is."""
        self._tabbed_to: QWidget | None = None
        self.pages = Pages(workspaces, self._host_of, self)
        self.undo_group = QUndoGroup(self)
        self.action_set = window_actions(self, (workspace.visit for workspace in workspaces))
        self.top_bar = TopBar(self.action_set)
        self.messages = MessageBar(self.top_bar)
        self.files = Files(self.pages, settings, self.messages, self)
        self.recovery = Recovery(self.pages, self.messages, self.files, self.action_set["recover"], self)
        self.menus = Menus(self, self.action_set, settings, self.files.open)
        self.rail = Rail(workspaces, self.action_set)
        self._frame()
        self.presentation = Presentation(self, self.pages, (self.rail, self.top_bar.menu_button))
        self.bindings = Bindings(
            self,
            self.action_set,
            self.pages,
            self.files,
            self.undo_group,
            self.messages,
            settings,
            self.visit,
            self.start_again,
            self.presentation,
        )
        self._connect()
        geometry = settings.layout("window")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self.visit(workspaces[0].key)

    def _frame(self) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for widget in (self.top_bar, self.pages.stack):
            body.addWidget(widget)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(body, 1)
        self.setCentralWidget(whole)
        self.messages.setParent(whole)

    def _connect(self) -> None:
        self.pages.made.connect(self._take_in)
        self.pages.shown.connect(self._follow_page)
        self.pages.complete.connect(self._complete)
        self.rail.wanted.connect(self.visit)
        self.files.opened.connect(self._show_opened)
        self.recovery.recovered.connect(self.files.know)
        self.files.problem_found.connect(self.messages.say_problem)
        self.files.noticed.connect(self._say_notices)
        self.files.saved.connect(self._say_saved)
        self.messages.folded.connect(self.rail.show_note)
        self.rail.message_wanted.connect(self.messages.unfold)
        self.top_bar.menu_wanted.connect(self.show_menu)
        self.menus.letter_pressed.connect(self.show_menu)
        self.menus.main.aboutToShow.connect(self.recovery.look)
        self.menus.main.aboutToHide.connect(self._let_go_of_menu)
        opener = QAction(self)
        opener.setShortcut(QKeySequence("F10"))
        opener.triggered.connect(lambda _checked=False: self.show_menu())
        self.addAction(opener)

    # Pages --------------------------------------------------------------------------------------------------------

    @Slot(str)
    def visit(self, key: str) -> None:
        """Show a workspace, now."""
        try:
            self.pages.visit(key)
        finally:
            self.rail.mark(self.pages.key)  # where it cannot be built, the one before is still shown

    def _host_of(self, key: str) -> PageHost:
        """What the window offers a page. The home's layout has had its names since before there were others."""
        prefix = "" if key == self.pages.home else f"{key}/"
        said = PageMessages(self.messages, key)
        return PageHost(self, said, Drawer(self.settings, prefix), self.files, self.pages)

    @Slot(object)
    def _take_in(self, page: Page) -> None:
        """A page has been made: what is edited in it can be undone."""
        page.undo_changed.connect(self._follow_undo)

    @Slot(object)
    def _follow_page(self, page: Page) -> None:
        """Everything round the page goes by it."""
        self.top_bar.show_page(page)
        self.rail.mark(self.pages.key)
        self.bindings.follow(page)
        self._undo_on(page)
        self.menus.follow(page)
        self.messages.move_to(page.ground or page.widget, self.pages.key)
        page.enter()

    @Slot()
    def _follow_undo(self) -> None:
        """A page has another stack: undo goes by it where the page is in sight."""
        if self.sender() is self.pages.current:
            self._undo_on(self.pages.current)

    def _undo_on(self, page: Page) -> None:
        stack = page.undo_stack
        if stack is not None:
            self.undo_group.addStack(stack)
        self.undo_group.setActiveStack(stack)  # type: ignore[arg-type]  # its stub leaves None out
        self.bindings.follow_undo(stack, page.redo_stack)
        self.top_bar.show_undo(stack is not None)

    @Slot(object)
    def _complete(self, page: Page) -> None:
        """The page's document is kept from now on; the last part may have brought actions, and its part of the bar."""
        if page.document is not None:
            self.recovery.keep(page, page.document)
        if page is self.pages.current:
            self.menus.follow(page)
            self.top_bar.show_bar(page)
        if page is next(iter(self.pages)):
            self.ready.emit()

    @Slot()
    @Slot(object)
    def show_menu(self, menu: QMenu | None = None) -> None:
        """Open the menu under its button, or one of those in it."""
        button = self.top_bar.menu_button
        self.menus.show_at(button.mapToGlobal(button.rect().bottomLeft()), menu)

    @Slot()
    def _let_go_of_menu(self) -> None:
        """The pointer has left the menu's button without its hearing of it."""
        self.top_bar.menu_button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        self.top_bar.menu_button.update()

    @Slot()
    def _show_opened(self) -> None:
        """What was wrong before is so no more, and the keyboard is the page's."""
        if not self.messages.shows_lasting:
            self.messages.dismiss()
        self.pages.current.enter()

    @Slot(object)
    def _say_notices(self, notices: tuple[Problem, ...]) -> None:
        """Once, until the message is closed."""
        self.messages.say("\n".join(map(sentence_of, notices)))

    @Slot(object)
    def _say_saved(self, path: Path) -> None:
        beside = [printable(one.name) for one in self.files.saving.look_at(path) if one != path]
        alone = self.tr("Saved as {path}")
        both = self.tr("Saved as {path}, with its weights in “{weights}” beside it. Keep the two files together.")
        text = (both if beside else alone).format(path=printable(str(path)), weights=listed(beside))
        self.messages.say(text, "success", passing=True)

    # Files dropped, keys, closing ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file of this machine may be dropped."""
        if _dropped_file(event) is not None:
            take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file in the workspace that reads it."""
        url = _dropped_file(event)
        if url is not None:
            take_copy(event)
            self.files.open_url(url)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Remember what the Tab key has led to: there, Space presses the button rather than playing."""
        moved = super().focusNextPrevChild(forward)
        self._tabbed_to = QApplication.focusWidget()
        return moved

    def event(self, event: QEvent) -> bool:
        """Leave Space to a button that was reached with the Tab key."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focus = QApplication.focusWidget()
            if event.key() == Qt.Key.Key_Space and focus is self._tabbed_to and isinstance(focus, QAbstractButton):
                event.accept()
                return True
        return super().event(event)

    def start_again(self) -> bool:
        """Close without a question, for a window that opens what is open here; False where that cannot be kept."""
        snapshots = self.recovery.hand_over()
        if snapshots is None:
            return False
        now = self.settings  # no disk may keep it, and the command line may have chosen it
        chosen = ["--theme", now.theme, "--language", now.shown_language, "--size", now.size]
        for page in self.pages:
            if page.document is None and (bookmark := page.bookmark):
                chosen += ["--bookmark", self.pages.workspace_of(page).key, *bookmark]
        self.successor = [*chosen, "--take-over", self.pages.key, *map(str, snapshots)]
        self.close_for_good()
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask what has to be asked; then stop the threads and leave nothing behind."""
        if not self._sure and self._asks():
            event.ignore()
            return
        self.presentation.leave()
        self.settings.set_layout("window", self.saveGeometry())
        self.files.close()
        self.recovery.close(keep=bool(self.successor))
        self.pages.close()
        self.settings.sync()
        event.accept()

    def _asks(self) -> bool:
        """Whether a page asks something before the window may close, or there is unsaved work to be asked about."""
        if any(page.asks_before_closing(self.close) for page in self.pages):
            return True
        if self.files.unsaved:
            self.files.when_all_safe(self.close_for_good)
            return True
        return False

    def close_for_good(self) -> None:
        """Close without a question."""
        self._sure = True
        self.close()


def _dropped_file(event: QDropEvent) -> QUrl | None:
    urls = event.mimeData().urls()
    return urls[0] if len(urls) == 1 and urls[0].isLocalFile() else None
