"""Menus made from the actions: one menu behind the top bar's button, and macOS's own menu bar."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from app.shell.actions import ActionSet
from app.shell.settings import Settings


def main_menu(actions: ActionSet, settings: Settings, open_file: Callable[[Path], object], parent: QWidget) -> QMenu:
    """The menu behind the top bar's button: a submenu for each of the usual menus."""
    menu = QMenu(parent)
    for key, title in actions.menus():
        menu.addMenu(_submenu(key, title, actions, settings, open_file, menu))
    return menu


def fill_menu_bar(
    window: QMainWindow, actions: ActionSet, settings: Settings, open_file: Callable[[Path], object]
) -> None:
    """Where the system keeps menus outside the window (macOS), put them there too."""
    if sys.platform != "darwin":
        return
    for key, title in actions.menus():
        window.menuBar().addMenu(_submenu(key, title, actions, settings, open_file, window.menuBar()))


def _submenu(
    key: str,
    title: str,
    actions: ActionSet,
    settings: Settings,
    open_file: Callable[[Path], object],
    parent: QWidget,
) -> QMenu:
    menu = QMenu(title, parent)
    menu.setToolTipsVisible(True)
    for number, group in enumerate(actions.groups(key)):
        if number:
            menu.addSeparator()
        menu.addActions(group)
        if key == "file" and number == 0:
            menu.addMenu(RecentMenu(settings, open_file, menu))
    return menu


class RecentMenu(QMenu):
    """Files opened lately; made anew whenever it is about to be shown."""

    def __init__(self, settings: Settings, open_file: Callable[[Path], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Recent files"))
        self.setToolTipsVisible(True)
        self._settings, self._open = settings, open_file
        self.aboutToShow.connect(self.refill)
        settings.recent_changed.connect(self.refill)
        self.refill()

    def refill(self) -> None:
        """List the files anew."""
        self.clear()
        paths = self._settings.recent_files
        for path in paths:
            entry = self.addAction(path.name)
            entry.setToolTip(str(path))
            entry.triggered.connect(lambda _checked=False, path=path: self._open(path))
        if paths:
            self.addSeparator()
            clear = self.addAction(self.tr("Clear the list"))
            clear.setToolTip(QCoreApplication.translate("RecentMenu", "Forget these names; the files stay"))
            clear.triggered.connect(self._settings.clear_recent)
        self.setEnabled(bool(paths))
