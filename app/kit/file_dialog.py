"""Qt's file dialogs in the program's manner: one way to ask for a file to be opened, one for where to save.

Where the desktop has a dialog of its own, that is shown, and what is done here to Qt's widgets finds none. The icons of
folders and files come from the icon theme that :mod:`app.kit.dress` names: Qt asks for them in a thread, where no
Python may answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, QSize, QStandardPaths, Qt, QUrl, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QListView,
    QSplitter,
    QToolButton,
    QTreeView,
    QWidget,
)

from app.kit.folders import likely_folder, remember_folder
from app.kit.icons import set_icon

SIZE, FRAME = QSize(820, 520), QSize(80, 120)
"""Of a dialog at first, in pixels; and how much smaller than its window it is at least."""
SIDE, ICON = 168, QSize(18, 18)
"""Pixels for the places at the left; and of an icon in the lists."""
SIZE_WIDTH, DATE_WIDTH, LEAST_NAME = 84, 150, 160
"""Pixels for the columns beside the names; and where the names would have less, the last goes."""
WIDEST_SIZE, MARGINS = "1,023.99 KiB", 28
"""Of a file, as Qt writes it; and pixels beside it in its column."""
NAME_COLUMN, SIZE_COLUMN, TYPE_COLUMN, DATE_COLUMN = range(4)
BUTTONS = {
    "backButton": "back",
    "forwardButton": "forward",
    "toParentButton": "up",
    "newFolderButton": "new_folder",
    "listModeButton": "gallery",
    "detailModeButton": "rows",
}
"""Qt's names of the buttons above the list, and our icons."""
PLACES = (
    QStandardPaths.StandardLocation.HomeLocation,
    QStandardPaths.StandardLocation.DesktopLocation,
    QStandardPaths.StandardLocation.DocumentsLocation,
    QStandardPaths.StandardLocation.DownloadLocation,
)
NOTED = "fileDialog"
"""The name under which a size is kept: ``820x520``."""


class Store(Protocol):
    """What is remembered between starts."""

    def noted(self, name: str) -> str:
        """What was noted under a name; empty where nothing was."""

    def note(self, name: str, choice: str) -> None:
        """Remember it under a name."""


class _Remembered:
    """Where the size is kept; None before the program is put together."""

    store: Store | None = None


def remember_in(store: Store) -> None:
    """Keep the size that people give these dialogs."""
    _Remembered.store = store


def ask_for_file(parent: QWidget, title: str, folder: str | Path | None, filters: Sequence[str]) -> QFileDialog:
    """A dialog for one file to be opened, not yet shown. ``folder``: where it begins, None for where one chose last;
    ``filters``: as Qt writes them, ``Data (*.csv *.tsv)``, of which the names alone are shown: of many kinds the
    patterns are longer than any field. Connect ``fileSelected``; it takes itself away."""
    dialog = QFileDialog(parent, title, str(folder or likely_folder()))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setOption(QFileDialog.Option.HideNameFilterDetails)
    dialog.setNameFilters(list(filters))
    return _made(dialog)


def ask_where_to_save(parent: QWidget, title: str, suggested: Path, kind: str, suffix: str) -> QFileDialog:
    """A dialog for the file to be written, not yet shown, which asks before it overwrites one. ``suggested``: where it
    begins, and the name; ``kind``: the filter; ``suffix``, without its dot: what a name without one gets."""
    dialog = QFileDialog(parent, title, str(suggested.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(suggested.name)
    return _made(dialog)


def _made(dialog: QFileDialog) -> QFileDialog:
    dialog.fileSelected.connect(lambda name: remember_folder(Path(name)))
    dialog.finished.connect(dialog.deleteLater)
    _Dresser(dialog)
    return dialog


class _Dresser(QObject):
    """Gives a dialog its looks as it is shown: by then it is known whether it is Qt's widgets or the desktop's own. Qt
    keeps columns and places for all its programs; they are left to the others as they were."""

    def __init__(self, dialog: QFileDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._tree: QTreeView | None = None
        self._given = QSize()
        self._columns_before = QByteArray()
        self._places_before: tuple[str, ...] = ()
        self._places_ours: tuple[str, ...] = ()
        dialog.finished.connect(self._finish)
        dialog.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._dialog and event.type() == QEvent.Type.Show and self._tree is None:
            self._dress()
        elif event.type() == QEvent.Type.Resize and self._tree is not None and watched is self._tree.viewport():
            self._share_width(self._tree)
        return False

    def _dress(self) -> None:
        tree = self._dialog.findChild(QTreeView, "treeView")
        if tree is None:
            return  # the desktop's own
        self._tree = tree
        self._size()
        self._buttons()
        self._places()
        self._columns(tree)
        self._name()

    def _size(self) -> None:
        """As it was left; else as much as there is room for over the window."""
        parent = self._dialog.parentWidget()
        room = parent.window().size() - FRAME if parent is not None else SIZE
        wanted = _size_of(_Remembered.store.noted(NOTED)) if _Remembered.store is not None else None
        self._given = (wanted or SIZE).boundedTo(room).expandedTo(self._dialog.minimumSizeHint())
        self._dialog.resize(self._given)

    def _buttons(self) -> None:
        for name, icon in BUTTONS.items():
            button = self._dialog.findChild(QToolButton, name)
            if button is not None:
                set_icon(button, icon, "text")
                button.setAccessibleName(button.toolTip())

    def _places(self) -> None:
        """The person's own folders, where a file was chosen last, then what stood there before."""
        dialog, splitter = self._dialog, self._dialog.findChild(QSplitter, "splitter")
        self._places_before = tuple(url.toString() for url in dialog.sidebarUrls())
        paths = [QStandardPaths.writableLocation(place) for place in PLACES] + [str(likely_folder())]
        self._places_ours = tuple(QUrl.fromLocalFile(path).toString() for path in paths if path and Path(path).is_dir())
        dialog.setSidebarUrls([QUrl(url) for url in dict.fromkeys([*self._places_ours, *self._places_before])])
        for view in dialog.findChildren(QListView):
            if view.objectName() in ("sidebar", "listView"):
                view.setIconSize(ICON)
        if splitter is not None:
            splitter.setSizes([SIDE, max(dialog.width() - SIDE, SIDE)])
            splitter.setStretchFactor(1, 1)

    def _columns(self, tree: QTreeView) -> None:
        """Names have what room there is; what kind a file is its name says, or the filter."""
        header = tree.header()
        self._columns_before = header.saveState()
        tree.setIconSize(ICON)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NAME_COLUMN, QHeaderView.ResizeMode.Stretch)
        header.setSectionHidden(TYPE_COLUMN, True)
        widest = tree.fontMetrics().horizontalAdvance(WIDEST_SIZE) + MARGINS
        for column, width in ((SIZE_COLUMN, max(widest, SIZE_WIDTH)), (DATE_COLUMN, DATE_WIDTH)):
            header.setSectionHidden(column, False)
            header.resizeSection(column, width)
        tree.viewport().installEventFilter(self)
        self._share_width(tree)

    @staticmethod
    def _share_width(tree: QTreeView) -> None:
        left = tree.viewport().width() - tree.header().sectionSize(SIZE_COLUMN) - DATE_WIDTH
        tree.header().setSectionHidden(DATE_COLUMN, left < LEAST_NAME)

    def _name(self) -> None:
        """A name to be typed over keeps its ending."""
        dialog = self._dialog
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        if field is None:
            return
        TypedName(dialog, field)
        if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave:
            dialog.setLabelText(QFileDialog.DialogLabel.LookIn, self.tr("Save &in:"))
            field.setSelection(0, len(field.text().removesuffix(f".{dialog.defaultSuffix()}")))

    @Slot()
    def _finish(self) -> None:
        """Remember the size. What Qt writes down as it goes is as it was, but for places that the person has put there
        or taken away."""
        tree, self._tree = self._tree, None
        if tree is None:
            return
        size, places = self._dialog.size(), [url.toString() for url in self._dialog.sidebarUrls()]
        if _Remembered.store is not None and size != self._given:  # a small window's own bounds are nobody's wish
            _Remembered.store.note(NOTED, f"{size.width()}x{size.height()}")
        tree.header().restoreState(self._columns_before)
        kept = [url for url in self._places_before if url in places]
        new = [url for url in places if url not in (*self._places_before, *self._places_ours)]
        self._dialog.setSidebarUrls([QUrl(url) for url in (*kept, *new)])


def _size_of(text: str) -> QSize | None:
    """A size as it is noted; None for what is none."""
    parts = text.split("x")
    if len(parts) != 2 or not all(part.isascii() and part.isdigit() and len(part) < 6 for part in parts):
        return None
    return QSize(int(parts[0]), int(parts[1]))


class TypedName(QObject):
    """Qt selects in its list what the name begins like while it is typed, and Return takes what is selected: of a whole
    path a folder on the way, which it enters. While the list of completions is open, Return leaves that open as well.
    And a name that is typed with its ending over one that keeps its own has two."""

    def __init__(self, dialog: QFileDialog, field: QLineEdit) -> None:
        super().__init__(dialog)
        self._dialog, self._field = dialog, field
        field.installEventFilter(self)
        completer = field.completer()
        self._popup: QWidget | None = None if completer is None else completer.popup()
        if self._popup is not None:
            self._popup.installEventFilter(self)
        if dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave and dialog.defaultSuffix():
            field.textEdited.connect(self._with_one_ending)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if self._popup is not None and self._popup.isVisible():
            self._popup.hide()
        for name in ("listView", "treeView"):
            view = self._dialog.findChild(QAbstractItemView, name)
            if view is not None:
                view.clearSelection()
        if watched is self._popup:
            QCoreApplication.sendEvent(self._field, QKeyEvent(event.type(), event.key(), event.modifiers()))
            return True
        return False

    @Slot(str)
    def _with_one_ending(self, text: str) -> None:
        ending = f".{self._dialog.defaultSuffix()}"
        if text.endswith(2 * ending):
            self._field.setText(text.removesuffix(ending))
