"""F6 and Shift+F6: the keyboard goes from pane to pane, and comes back to where it was in each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from shiboken6 import isValid


class PaneKeys(QObject):
    """The panes in the order that they lie in; those that are hidden are passed over."""

    def __init__(self, panes: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._panes = tuple(panes)
        self._last: dict[QWidget, QWidget] = {}
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._note)

    @Slot(QWidget, QWidget)
    def _note(self, _old: QWidget | None, new: QWidget | None) -> None:
        pane = self.pane_of(new)
        if pane is not None and new is not None:
            self._last[pane] = new

    def pane_of(self, widget: QWidget | None) -> QWidget | None:
        """The pane that a widget lies in."""
        if widget is None:
            return None
        return next((pane for pane in self._panes if pane is widget or pane.isAncestorOf(widget)), None)

    def go(self, step: int) -> None:
        """To the pane so many further on, past those that take no keyboard."""
        pane = self.pane_of(QApplication.focusWidget())
        start = self._panes.index(pane) if pane is not None else (-1 if step > 0 else 0)
        for number in range(1, len(self._panes) + 1):
            found = self._entry(self._panes[(start + step * number) % len(self._panes)])
            if found is not None:
                found.setFocus(Qt.FocusReason.TabFocusReason)  # so that it shows where the keyboard is
                return

    def _entry(self, pane: QWidget) -> QWidget | None:
        """Where the keyboard was in a pane, or its first widget that takes it."""
        if not pane.isVisible():
            return None
        last = self._last.get(pane)
        if last is not None and isValid(last) and _takes_keys(last, pane):
            return last
        if _takes_keys(pane, pane):
            return pane
        widget = pane.nextInFocusChain()
        while widget is not None and widget is not pane:
            if pane.isAncestorOf(widget) and _takes_keys(widget, pane):
                return widget
            widget = widget.nextInFocusChain()
        return None


def _takes_keys(widget: QWidget, pane: QWidget) -> bool:
    """Whether it is worth going to; what only scrolls does not show that it has the keyboard."""
    if isinstance(widget, QScrollArea):
        return False
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isEnabled() and widget.isVisibleTo(pane) and widget.focusProxy() is None
