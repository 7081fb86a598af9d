"""The dialogs of Help that are searched: shortcuts with what the mouse does, and the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSlider,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

import assets
from app.kit.capitals import in_capitals
from app.kit.widgets.frame import WholeRows
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.search import let_clear
from app.shell.menus import MenuContent

LETTER = re.compile(r"\(&.\)")
"""How Chinese adds a menu's letter, which is no part of its name."""
MOVES = {
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
    Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
    Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
    Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
}
"""What keys do with the list."""


class SearchField(QLineEdit):
    """Leaves the keys to the list that nothing typed needs: until then Home and End too."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in MOVES and (not self.text() or event.key() not in (Qt.Key.Key_Home, Qt.Key.Key_End)):
            event.ignore()
        else:
            super().keyPressEvent(event)


class SearchedDialog(QDialog):
    """A list under a field to search in, whose keys move the list as well."""

    def __init__(self, area: QAbstractScrollArea, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 620)
        self.search, self.area = SearchField(), area
        self.search.setPlaceholderText(self.tr("Search"))
        self.search.setToolTip(self.tr("Show only entries that contain this text"))
        let_clear(self.search)
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addWidget(area)
        self.search.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the list."""
        move = MOVES.get(Qt.Key(event.key()))
        if move is not None:
            self.area.verticalScrollBar().triggerAction(move)
        else:
            super().keyPressEvent(event)


class GlossaryDialog(SearchedDialog):
    """The terms of the window, from the glossary in the language shown."""

    def __init__(self, language: str, parent: QWidget) -> None:
        browser = QTextBrowser()
        super().__init__(browser, parent)
        self.setWindowTitle(self.tr("Glossary"))
        self.search.setAccessibleName(self.tr("Search the glossary"))
        browser.setAccessibleName(self.tr("The terms and what they mean"))
        self._browser, self._terms = browser, glossary(language)
        self.search.textChanged.connect(self._filter)
        self._filter("")

    def _filter(self, wanted: str) -> None:
        shown = [row for row in self._terms if wanted.strip().lower() in " ".join(row).lower()]
        if not shown:
            self._browser.setPlainText(self.tr("No term contains “{text}”.").format(text=wanted))
            return
        lines = ((escape(part) for part in row) for row in shown)
        self._browser.setHtml("".join(f"<p><b>{term}</b> · {other}<br>{meaning}</p>" for term, other, meaning in lines))


def glossary(language: str) -> list[tuple[str, ...]]:
    """Each term of the window, its name in the other language, and what it means."""
    name = "help/glossary.zh_CN.md" if language == "zh_CN" else "help/glossary.md"
    on_screen = assets.path(name).read_text("utf-8").partition("\n## ")[0]
    return [tuple(line.strip("| ").split(" | ")) for line in on_screen.splitlines() if line.startswith("| ")][1:]


class ShortcutsDialog(SearchedDialog):
    """What the mouse does, and every action that has a shortcut, by menu."""

    def __init__(self, menus: Iterable[MenuContent], mouse: Sequence[tuple[str, str]], parent: QWidget) -> None:
        """``mouse``: gestures on the page in sight and their effects."""
        area = QScrollArea()
        super().__init__(area, parent)
        self.setWindowTitle(self.tr("Keys and mouse"))
        self._rows: list[tuple[str, list[QWidget]]] = []
        self.search.setAccessibleName(self.tr("Search shortcuts"))
        self.search.textChanged.connect(self._filter)
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(5)
        self._add_mouse((*mouse, *self._everywhere()))
        for menu in menus:
            title = LETTER.sub("", menu.title).replace("&", "")
            self._add_menu(title, [action for group in menu.groups for action in group])
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("The shortcuts, menu by menu"))
        area.setWidget(inner)
        WholeRows(area)

    def _add_menu(self, title: str, actions: list[QAction]) -> None:
        listed = [action for action in actions if not action.shortcut().isEmpty()]
        if not listed:
            return
        self._add_heading(title, " ".join(action.text() for action in listed))
        for action in listed:
            self._add_action(action)

    def _everywhere(self) -> tuple[tuple[str, str], ...]:
        """What the mouse does on every page."""
        return (
            (self.tr("Click a number"), self.tr("Type a new one; a second click places the caret")),
            (self.tr("Drag a number or its name sideways"), self.tr("Change it; Shift is finer, Ctrl coarser")),
            (self.tr("Hover over anything"), self.tr("Its explanation and shortcut")),
            (self.tr("Right click a plot"), self.tr("Copy it or save it, as a picture or as numbers")),
        )

    def _add_mouse(self, gestures: Sequence[tuple[str, str]]) -> None:
        self._add_heading(self.tr("Mouse"), " ".join(text for pair in gestures for text in pair))
        for gesture, effect in gestures:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            for text, stretch in ((gesture, 2), (effect, 3)):
                row.addWidget(wrapped(text, None if stretch == 2 else "muted"), stretch, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(line, self._grid.rowCount(), 0, 1, 2)
            self._rows.append((f"{gesture} {effect}".lower(), [line]))

    def _add_heading(self, title: str, words: str) -> None:
        """A heading, in sight while any of its lines' words is looked for."""
        heading = Label(in_capitals(title))
        heading.setProperty("role", "heading")
        heading.setContentsMargins(0, 10, 0, 2)
        self._grid.addWidget(heading, self._grid.rowCount(), 0, 1, 2)
        self._rows.append((words.lower(), [heading]))

    def _add_action(self, action: QAction) -> None:
        text = Label(action.text().replace("&", ""))
        text.setToolTip(action.toolTip())
        keys = QWidget()
        row = QHBoxLayout(keys)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        for sequence in action.shortcuts():
            key = Label(sequence.toString(QKeySequence.SequenceFormat.NativeText))
            key.setObjectName("key")
            row.addWidget(key)
        line = self._grid.rowCount()
        self._grid.addWidget(text, line, 0)
        self._grid.addWidget(keys, line, 1)
        self._rows.append((action.text().lower(), [text, keys]))

    def _filter(self, wanted: str) -> None:
        for words, widgets in self._rows:
            for widget in widgets:
                widget.setVisible(wanted.lower() in words)
