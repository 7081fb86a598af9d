"""Menus made from the actions: one menu behind the top bar's button, and macOS's own menu bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QMenuBar, QWidget

from app.kit.actions import ActionSet, grouped, worded_action
from app.kit.words import letters, plain_tip
from app.shell.actions import MENUS
from app.shell.settings import Settings
from app.workspaces.workspace import Page
from engine.problems import printable


class MenuContent(NamedTuple):
    """A menu's key, its title in the window's language, and its actions, group by group."""

    key: str
    title: str
    groups: list[list[QAction]]


def menus_of(actions: ActionSet, page: Page) -> Iterator[MenuContent]:
    """The menus that hold something while a page is shown: the window's, and the page's own before Help."""
    titles = {key: title for key, title in MENUS.items() if key != "help"} | dict(page.menus)
    for key, title in (titles | {"help": MENUS["help"]}).items():
        groups = grouped(key, (actions, page.actions))
        if groups:
            yield MenuContent(key, worded_action(title), groups)


class Menus(QObject):
    """The menu behind the top bar's button and, where the system keeps menus outside the window, those too.

    ``letter_pressed(menu)``: Alt and the letter of one of its menus, as in a menu bar.
    """

    letter_pressed = Signal(object)

    def __init__(
        self, window: QMainWindow, actions: ActionSet, settings: Settings, open_file: Callable[[Path], object]
    ) -> None:
        super().__init__(window)
        self._window, self._actions, self._settings, self._open = window, actions, settings, open_file
        self._main = QMenu(window)
        self._made: list[QMenu] = []
        self._letters: list[QAction] = []
        self._page: Page | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._fill)

    def follow(self, page: Page) -> None:
        """Show what there is to do on a page: in a turn of its own, for a visit has enough to do; or when somebody
        looks."""
        self._page = page
        self._later.start(0)

    @property
    def main(self) -> QMenu:
        """The menu behind the button, as it is for the page in sight."""
        self._fill_if_due()
        return self._main

    @property
    def letters(self) -> frozenset[str]:
        """The keys that open one of its menus."""
        self._fill_if_due()
        return frozenset(letter.shortcut().toString() for letter in self._letters)

    def _fill_if_due(self) -> None:
        if self._later.isActive():
            self._fill()

    @Slot()
    def _fill(self) -> None:
        self._later.stop()
        if self._page is not None:
            self._make(self._page)

    def _make(self, page: Page) -> None:
        for menu in self._made:
            menu.deleteLater()
        for letter in self._letters:
            self._window.removeAction(letter)
            letter.deleteLater()
        self._made, self._letters = [], []
        holders: list[QMenu | QMenuBar] = [self._main]
        if sys.platform == "darwin":
            holders.append(self._window.menuBar())
        for holder in holders:
            holder.clear()
            for content in menus_of(self._actions, page):
                menu = self._submenu(content, holder)
                holder.addMenu(menu)
                self._made.append(menu)
                if holder is self._main and sys.platform != "darwin":  # there Alt and a letter writes another letter
                    self._give_letter(menu)

    def _give_letter(self, menu: QMenu) -> None:
        """Nothing of the menus is in sight, so that Qt takes no notice of the letters that their titles name."""
        letter = QAction(self._window)
        letter.setShortcut(QKeySequence.mnemonic(menu.title()))
        letter.triggered.connect(partial(self.letter_pressed.emit, menu))
        self._window.addAction(letter)
        self._letters.append(letter)

    def show_at(self, place: QPoint, menu: QMenu | None = None) -> None:
        """Open at a place on the screen, with one of its menus opened as well, its first command chosen."""
        self.main.popup(place)
        if menu in self._made:
            self.main.setActiveAction(menu.menuAction())
            first = next((a for a in menu.actions() if a.isEnabled() and a.isVisible() and not a.isSeparator()), None)
            if first is not None:
                menu.setActiveAction(first)

    def _submenu(self, content: MenuContent, parent: QWidget) -> QMenu:
        menu = QMenu(content.title, parent)
        menu.setToolTipsVisible(True)
        for number, group in enumerate(content.groups):
            if number:
                menu.addSeparator()
            menu.addActions(group)
            if content.key == "file" and number == 0:
                menu.addMenu(RecentMenu(self._settings, self._open, menu))
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
            entry = self.addAction(letters(printable(path.name)))
            entry.setToolTip(plain_tip(printable(str(path))))
            entry.triggered.connect(lambda _checked=False, path=path: self._open(path))
        if paths:
            self.addSeparator()
            clear = self.addAction(self.tr("Clear the list"))
            clear.setToolTip(self.tr("Forget these names; the files stay"))
            clear.triggered.connect(self._settings.clear_recent)
        self.setEnabled(bool(paths))
