"""Presenting: the picture and its player fill the screen, for a class; what stands round them is put aside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from app.shell.pages import Pages
from app.workspaces.workspace import Page


class Presentation(QObject):
    """Hides the window's own parts and each page's :meth:`Page.aside` while it is on; Escape leaves it."""

    changed = Signal(bool)
    """It is on, or over."""

    def __init__(self, window: QMainWindow, pages: Pages, frame: tuple[QWidget, ...]) -> None:
        """``frame``: what of the window is put aside."""
        super().__init__(window)
        self._window, self._pages, self._frame = window, pages, frame
        self._page: Page | None = None
        self._hidden: list[QWidget] = []
        self._former = window.windowState()
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), window)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self.leave)
        self._escape.activatedAmbiguously.connect(self.leave)  # a page has a use for it too
        pages.made.connect(self._listen_to)
        pages.shown.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """Return whether the picture stands alone."""
        return self._page is not None

    @Slot()
    def toggle(self) -> None:
        """Begin, or leave."""
        self.leave() if self.is_on else self._begin()

    def _begin(self) -> None:
        self._former = self._window.windowState()
        self._page = self._pages.current
        self._put_aside()
        self._window.showFullScreen()
        self._escape.setEnabled(True)
        self.changed.emit(True)

    @Slot()
    def leave(self) -> None:
        """Bring everything back as it was."""
        if not self.is_on:
            return
        self._end()
        self._window.setWindowState(self._former)
        self._escape.setEnabled(False)
        self.changed.emit(False)

    @Slot(object)
    def _listen_to(self, page: Page) -> None:
        page.aside_changed.connect(self._follow_aside)

    @Slot(object)
    def _follow(self, page: Page) -> None:
        """Another page is in sight: its picture stands alone as soon as it is all there."""
        if self.is_on and page is not self._page:
            self._end()
            self._page = page
            QTimer.singleShot(0, self._put_aside)

    @Slot()
    def _put_aside(self) -> None:
        page = self._page
        if page is None or page is not self._pages.current:
            return
        self._pages.build_all()
        self._hide(())
        self._hide((*self._frame, *page.aside()))
        page.present(True)

    @Slot()
    def _follow_aside(self) -> None:
        """Something is asked, or nothing any more: its panel comes into sight, or leaves it."""
        if self._page is not None and self._hidden:
            self._hide((*self._frame, *self._page.aside()))

    def _hide(self, parts: Sequence[QWidget]) -> None:
        """Hide these, and show what was hidden before and is not among them."""
        for part in self._hidden:
            part.setHidden(part in parts)
        self._hidden = [part for part in parts if part in self._hidden or not _is_hidden(part)]
        for part in self._hidden:
            part.hide()

    def _end(self) -> None:
        page, self._page = self._page, None
        self._hide(())
        if page is not None:
            page.present(False)


def _is_hidden(part: QWidget) -> bool:
    """Whether somebody has hidden it: one that has just been laid into a page is hidden until the next turn."""
    return part.isHidden() and part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
