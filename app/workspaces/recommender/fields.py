"""Fields to type in: a value that Escape takes back, and one that offers what is found while one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyle, QStyleOptionFrame, QWidget

from app.kit.widgets.painted import guarded
from app.kit.widgets.search import mark_as_search
from app.kit.words import plain_tip

KEY = Qt.ItemDataRole.UserRole
TEXT_MARGIN = 2
"""Pixels that QLineEdit leaves beside its text."""
PAUSE_MS = 60
"""So long after a letter nothing is looked for: the next one follows."""


class ValueField(QLineEdit):
    """A value that is changed by typing. What it shows by itself is :meth:`show_text`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""

    def show_text(self, text: str) -> None:
        """Show a text that is in force."""
        self._shown = text
        self.setText(text)
        self.setCursorPosition(0)

    def renew_text(self, text: str) -> None:
        """Another text is in force: what is just being typed stays, and Escape gives the new one."""
        if self.hasFocus() and self.typed:
            self._shown = text
        else:
            self.show_text(text)

    @property
    def typed(self) -> bool:
        """Whether something was typed that is not in force yet."""
        return self.text() != self._shown

    def take_back(self) -> None:
        """Show again what is in force."""
        self.show_text(self._shown)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.typed:
            self.take_back()
        else:
            super().keyPressEvent(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        """A text without room ends in an ellipsis, as long as nobody types."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        text = self.elided_text(room.width() - TEXT_MARGIN)
        if self.hasFocus() or text == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.drawText(room.adjusted(TEXT_MARGIN, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, text)

    def elided_text(self, width: int) -> str:
        """Return as much of the text as so many pixels hold."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

    def event(self, event: QEvent) -> bool:
        """Escape with something typed is the field's own, not a shortcut of the page."""
        override = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if override and cast(QKeyEvent, event).key() == Qt.Key.Key_Escape and self.typed:
            event.accept()
            return True
        return super().event(event)


class Finder(ValueField):
    """``wanted(str)``: look for this text, then :meth:`offer`. ``picked(str)``: the key of what was chosen.

    ``keeps``: the field shows what was picked; without, it is emptied for the next. The arrow down looks for what
    there is without typing.
    """

    wanted = Signal(str)
    picked = Signal(str)

    def __init__(self, name: str, tip: str, *, keeps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeps = keeps
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(tip))
        mark_as_search(self)
        self._found = QStandardItemModel(self)
        self._offers = QCompleter(self._found, self)
        self._offers.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._offers.setMaxVisibleItems(12)
        self._offers.setWidget(self)
        if (popup := self._offers.popup()) is not None:
            popup.setAccessibleName(name)
        self._offers.activated[QModelIndex].connect(self._pick)  # type: ignore[index]  # one of two signals
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.textEdited.connect(self._pause.start)
        self.returnPressed.connect(self._pick_only)

    def offer(self, entries: Sequence[tuple[str, str]], more: int = 0, nothing: Sequence[str] = ()) -> None:
        """What was found: key and text of each; ``more``: how many there are besides; ``nothing``: lines that say why
        there is none. Nothing is offered once the keyboard is elsewhere."""
        self._found.clear()
        for key, text in entries:
            item = QStandardItem(text)
            item.setData(key, KEY)
            item.setToolTip(plain_tip(text))
            self._found.appendRow(item)
        if not entries:
            for line in nothing or (self.tr("nothing matches"),):
                item = QStandardItem(line)
                item.setEnabled(False)
                item.setToolTip(plain_tip("\n".join(nothing)))
                self._found.appendRow(item)
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._look()
        else:
            super().keyPressEvent(event)

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
