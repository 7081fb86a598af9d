"""The main window: the rail, the top bar, and the panels round the canvas, wired to one another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.builder.canvas.view import NetworkCanvas
from app.kit.widgets.frame import Panel, splitter
from app.network.document import Document
from app.network.speed import SpeedControl
from app.network.trainer import Trainer
from app.shell.actions import ActionSet
from app.shell.autosave import Autosave
from app.shell.files import FileManager
from app.shell.menus import fill_menu_bar, main_menu
from app.shell.message_bar import MessageBar
from app.shell.rail import Rail
from app.shell.settings import Settings
from app.shell.window_actions import WindowActions
from app.workspaces.playground.parts import LEFT_WIDTH, parts
from app.workspaces.playground.transport import TopBar

if TYPE_CHECKING:
    from app.workspaces.gallery.gallery import Example

FIRST_SIZE = QSize(1440, 900)
FRAME = QSize(2, 38)
"""What a window manager's frame takes, about: it is known only once the window is shown."""
RIGHT_WIDTH, PLOTS_SHARE = 345, 1 / 3
PANELS = ("left", "right", "bottom", "timeline")


class MainWindow(QMainWindow):
    """Shows itself with the canvas alone; the panels follow one by one, so that the first frame comes quickly."""

    ready = Signal()
    """Everything is there."""

    def __init__(self, document: Document, trainer: Trainer, settings: Settings) -> None:
        super().__init__()
        self.document, self.trainer, self.settings = document, trainer, settings
        self.setWindowTitle("Neuroloom")
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.actions_ = ActionSet(self)
        self.files = FileManager(document, trainer, settings, self)
        self.speed = SpeedControl(document, trainer, self)
        self.autosave = Autosave(document, trainer, self)
        self.messages = MessageBar()
        self.canvas = NetworkCanvas(document, trainer)
        self.actions_.adopt("network", self.canvas.actions_by_name)
        self._sure = False
        self._tabbed_to: QWidget | None = None
        self._build_frame()
        self.behaviour = WindowActions(self)
        self._restore_layout()
        self._later: list[Callable[[], None]] = [
            *parts(self),
            self._build_gallery,
            self._build_menus,
        ]
        self.canvas.setFocus()

    # Building -----------------------------------------------------------------------------------------------------

    def _build_frame(self) -> None:
        """What is there at once: rail, top bar, canvas, and the empty panels round it."""
        self.rail = Rail(self.actions_)
        self.top_bar = TopBar(self.document, self.trainer, self.actions_, self.files, self.speed)
        self.panels = {name: Panel() for name in PANELS}
        self.panels["timeline"].setProperty("role", "")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._build_playground())
        body = QVBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        for widget in (self.top_bar, self.messages, self.pages):
            body.addWidget(widget)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(body, 1)
        self.setCentralWidget(whole)

    def _build_playground(self) -> QWidget:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.panels["timeline"])
        upper = splitter(Qt.Orientation.Horizontal, centre, self.panels["right"], grows=0)
        right = splitter(Qt.Orientation.Vertical, upper, self.panels["bottom"], grows=0)
        outer = splitter(Qt.Orientation.Horizontal, self.panels["left"], right, grows=1)
        width, height = self.size().toTuple()
        upper.setSizes([width - LEFT_WIDTH - RIGHT_WIDTH - 62, RIGHT_WIDTH])
        plots = round(PLOTS_SHARE * height)
        right.setSizes([height - plots, plots])
        outer.setSizes([LEFT_WIDTH, width - LEFT_WIDTH - 62])
        self.splitters = {"upper": upper, "right": right, "outer": outer}
        return outer

    @Slot()
    def build_next(self) -> None:
        """Build the next part; the window stays responsive in between."""
        if not self._later:
            return
        try:
            self._later.pop(0)()
        finally:  # a part that fails says so in the message bar; the others come all the same
            if self._later:
                QTimer.singleShot(0, self.build_next)
            else:
                self.ready.emit()

    def build_all(self) -> None:
        """Build everything that is still to come, now."""
        if self._later:
            while self._later:
                self._later.pop(0)()
            self.ready.emit()

    def _build_gallery(self) -> None:
        from app.workspaces.gallery.gallery import GalleryPage

        self.gallery = GalleryPage()
        self.gallery.chosen.connect(self.open_example)
        self.pages.addWidget(self.gallery)

    def _build_menus(self) -> None:
        """The menus, once every part has brought its actions."""
        self.menu = main_menu(self.actions_, self.settings, self.files.open, self)
        self.top_bar.menu_wanted.connect(self.show_menu)
        opener = QAction(self)
        opener.setShortcut(QKeySequence("F10"))
        opener.triggered.connect(self.show_menu)
        self.addAction(opener)
        fill_menu_bar(self, self.actions_, self.settings, self.files.open)

    @Slot()
    def show_menu(self) -> None:
        """Open the menu under its button."""
        button = self.top_bar.menu_button
        self.menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    # Pages and panels ---------------------------------------------------------------------------------------------

    @Slot(str)
    def show_page(self, key: str) -> None:
        """Show the playground or the gallery."""
        if key == "gallery":
            self.build_all()
            self.pages.setCurrentWidget(self.gallery)
            self.gallery.cards[0].setFocus()
        else:
            self.pages.setCurrentIndex(0)
            self.canvas.setFocus()
        self.rail.show_page(key)

    @Slot(object)
    def open_example(self, example: Example) -> None:
        """Put a network of the gallery in place of the open one; unsaved work is asked about first."""
        self.files.when_safe(lambda: self.files.load(example.content))

    def show_panel(self, name: str, shown: bool) -> None:
        """Show or hide a panel, and remember it."""
        self.panels[name].setVisible(shown)
        self.settings.set_shown(name, shown)

    def _restore_layout(self) -> None:
        geometry = self.settings.layout("window")
        if geometry is not None:
            self.restoreGeometry(geometry)
        for name, halves in self.splitters.items():
            state = self.settings.layout(name)
            if state is not None:
                halves.restoreState(state)
        for name, panel in self.panels.items():
            panel.setVisible(self.settings.shown(name))

    def _save_layout(self) -> None:
        self.settings.set_layout("window", self.saveGeometry())
        for name, halves in self.splitters.items():
            self.settings.set_layout(name, halves.saveState())
        self.settings.sync()

    # Files dropped, keys, closing ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file of this machine may be dropped."""
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a network; a data file becomes the data set."""
        url = _dropped_file(event)
        if url is not None:
            event.acceptProposedAction()
            self.show_page("playground")
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

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved work; then stop the threads and leave nothing behind."""
        if self.files.unsaved and not self._sure:
            event.ignore()
            self.files.when_safe(self.close_for_good)
            return
        self._later = []
        self._save_layout()
        self.document.cancel_loading()
        self.autosave.close()
        self.trainer.close()
        event.accept()

    def close_for_good(self) -> None:
        """Close without a question."""
        self._sure = True
        self.close()


def _dropped_file(event: QDropEvent) -> QUrl | None:
    urls = event.mimeData().urls()
    return urls[0] if len(urls) == 1 and urls[0].isLocalFile() else None
