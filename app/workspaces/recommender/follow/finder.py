"""A field that offers what is found while one types: the looking is somebody else's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.kit.widgets.search import mark_as_search
from app.kit.words import plain_tip

KEY = Qt.ItemDataRole.UserRole
PAUSE_MS = 60
"""So long after a letter nothing is looked for: the next one follows."""


class Finder(QLineEdit):
    """``wanted(str)``: look for this text, then :meth:`offer`. ``picked(str)``: the key of what was chosen.

    ``keeps``: the field shows what was picked; without, it is emptied for the next.
    """

    wanted = Signal(str)
    picked = Signal(str)

    def __init__(self, name: str, tip: str, *, keeps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self._shown = ""
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(tip))
        mark_as_search(self)
        self._found = QStandardItemModel(self)
        self._offers = QCompleter(self._found, self)
        self._offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._offers.setMaxVisibleItems(12)
        self._offers.setWidget(self)
        self._offers.activated[QModelIndex].connect(self._pick)  # type: ignore[index]  # one of two signals
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.textEdited.connect(self._pause.start)
        self.returnPressed.connect(self._pick_only)

    def show_text(self, text: str) -> None:
        """Show what is chosen now."""
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)  # where it is too long, its beginning is seen

    def offer(self, entries: Sequence[tuple[str, str]], more: int = 0) -> None:
        """What was found: key and text of each; ``more``: how many there are besides. Nothing is offered once the
        keyboard is elsewhere."""
        self._found.clear()
        for key, text in entries:
            item = QStandardItem(text)
            item.setData(key, KEY)
            item.setToolTip(plain_tip(text))
            self._found.appendRow(item)
        if not entries:
            nothing = QStandardItem(self.tr("nothing has these letters"))
            nothing.setEnabled(False)
            self._found.appendRow(nothing)
        elif more > 0:
            rest = QStandardItem(self.tr("and {count} more").format(count=more))
            rest.setEnabled(False)
            self._found.appendRow(rest)
        if self.hasFocus():
            self._complete()

    def _complete(self) -> None:
        """Open the list, its first entry marked."""
        self._offers.complete()
        popup = self._offers.popup()
        if popup is not None:
            popup.setCurrentIndex(self._offers.completionModel().index(0, 0))

    @Slot()
    def _look(self) -> None:
        self.wanted.emit(self.text())

    @Slot(QModelIndex)
    def _pick(self, index: QModelIndex) -> None:
        key = index.data(KEY)
        if key is None:
            return
        self._settle()
        self.picked.emit(key)

    @Slot()
    def _pick_only(self) -> None:
        """Enter takes what is the only one found; of several, which are offered again, the one that is marked is told
        by itself."""
        popup = self._offers.popup()
        if (popup is not None and popup.isVisible()) or not self.text() or self._pause.isActive():
            return
        if self._found.rowCount() == 1:
            self._pick(self._found.index(0, 0))
        elif self._found.rowCount():
            self._complete()

    @Slot()
    def _settle(self) -> None:
        self.setText(self._shown if self._keeps else "")
        self.setCursorPosition(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What stands there is ready to be typed over."""
        super().focusInEvent(event)
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._pause.stop()
            self._settle()
