"""The top bar: the menu, undo, what is open and whether it is saved, and the part of the page that is shown."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.kit.actions import ActionSet
from app.kit.icons import set_icon
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.labels import Label
from app.kit.words import plain_tip
from app.workspaces.workspace import OpenDocument, Page
from engine.problems import printable

HEIGHT = 52
WIDE_BAR = 1260
"""A bar wider than this gives what is over to the title …"""
ROOMY_BAR = 1100
"""… and one wider than this what the title needs: chips at the other end give way. A narrower one, a little of it."""
LEAST_WIDTH = 880
SHORT_TITLE, TITLE_WIDTH, NARROW_TITLE, WIDE_TITLE, WIDE_HEADING = 84, 120, 150, 190, 300
"""Of the title, in pixels: what undo leaves of it in a narrow bar, the least, in a narrow bar, where there is room, and
there without undo and redo beside it: a page that has no document says more below its title than a file's name."""


class TopBar(QFrame):
    """``menu_wanted`` when the button at its left end is pressed."""

    menu_wanted = Signal()

    def __init__(self, actions: ActionSet) -> None:
        super().__init__()
        self._document: OpenDocument | None = None
        self._page: Page | None = None
        self._named: tuple[str, str, str | None] = ("", "", None)
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 8, 0)
        row.setSpacing(4)
        self.menu_button = self._menu_button()
        row.addWidget(self.menu_button)
        self.back_button = flat_tool()
        row.addWidget(self.back_button)
        self._undo = [flat_tool(actions[name]) for name in ("undo", "redo")]
        for button in self._undo:  # before the title: a longer one must not move them under the pointer
            row.addWidget(button)
        row.addWidget(self._titles())
        row.addSpacing(6)
        self._parts = QStackedWidget()
        self._nothing = QWidget()
        self._parts.addWidget(self._nothing)
        row.addWidget(self._parts, 1)

    def _menu_button(self) -> ActionButton:
        button = flat_tool()
        button.setAccessibleName(self.tr("Menu"))
        button.setToolTip(self.tr("Every command, by menu (F10)"))
        set_icon(button, "menu")
        button.clicked.connect(self.menu_wanted)
        return button

    def _titles(self) -> QWidget:
        self.title = Label()
        self.title.setProperty("role", "title")
        self.file = Label()
        self.file.setProperty("role", "muted")
        self._holder = QWidget()
        self._holder.setFixedWidth(TITLE_WIDTH)
        column = QVBoxLayout(self._holder)
        column.setSpacing(0)
        column.setContentsMargins(2, 0, 0, 0)
        column.addStretch()
        column.addWidget(self.title)
        column.addWidget(self.file)
        column.addStretch()
        return self._holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide bar shows more of a long name."""
        super().resizeEvent(event)
        self._name(*self._named)

    def minimumSizeHint(self) -> QSize:
        """Narrower than everything together: the page's part gives way."""
        return QSize(LEAST_WIDTH, HEIGHT)

    def show_page(self, page: Page) -> None:
        """Name the page's document, and make room for its own part."""
        if self._document is not None:
            self._document.changed.disconnect(self._retitle)
        if self._page is not None:
            self._page.renamed.disconnect(self._follow_heading)
        self._page, self._document = page, page.document
        page.renamed.connect(self._follow_heading)
        if page.document is not None:
            page.document.changed.connect(self._retitle)
            self._retitle()
        self._follow_heading()
        self.show_bar(page)

    def show_bar(self, page: Page) -> None:
        """Show the page's own part, once there is one."""
        if page.bar is not None and self._parts.indexOf(page.bar) < 0:
            self._parts.addWidget(page.bar)
        self._parts.setCurrentWidget(page.bar if page.bar is not None else self._nothing)
        self._name(*self._named)

    def show_undo(self, shown: bool) -> None:
        """Whether there is something that undo and redo act on."""
        for button in self._undo:
            button.setVisible(shown)
        self._name(*self._named)

    @Slot()
    def _follow_heading(self) -> None:
        """The page's own title, where no document has one, and whether there is a way back."""
        page = self._page
        if page is None:
            return
        back = page.way_back
        if back is not None and self.back_button.defaultAction() is not back:
            self.back_button.setDefaultAction(back)
        self.back_button.setVisible(back is not None and back.isEnabled())
        if page.document is None:
            self._name(*page.heading)

    @Slot()
    def _retitle(self) -> None:
        """Title, file name, and whether it is saved."""
        document = self._document
        if document is None:
            return
        path = document.path
        name = printable(path.name) if path is not None else self.tr("no file yet")
        state = self.tr("unsaved") if document.unsaved else self.tr("saved")
        shown = f"{name} · {state}" if path is not None or document.unsaved else name
        self._name(printable(document.title), shown, printable(str(path)) if path is not None else shown)

    def _name(self, title: str, below: str, tip: str | None = None) -> None:
        self._named = (title, below, tip)
        over = TITLE_WIDTH + self.width() - WIDE_BAR
        needed = self.title.fontMetrics().horizontalAdvance(title) + 8
        roomy, most = self.width() >= ROOMY_BAR, NARROW_TITLE
        if roomy:
            most = WIDE_TITLE
        if roomy and self._page is not None and self._page.document is None:
            needed = max(needed, self.file.fontMetrics().horizontalAdvance(below) + 8)
            most = WIDE_HEADING
        width = min(max(most, self._spare_width()), max(TITLE_WIDTH, over, needed))
        if not self.back_button.isHidden():  # undo comes and goes with the section: the switch of sections stays
            row = self.layout()
            assert row is not None
            undo = sum(button.sizeHint().width() + row.spacing() for button in self._undo)
            width = max(width, (TITLE_WIDTH if roomy else SHORT_TITLE) + undo) - (
                0 if self._undo[0].isHidden() else undo
            )
        self._holder.setFixedWidth(width)
        room = self._holder.width() - 4
        self.title.setText(self.title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room))
        self.title.setToolTip(plain_tip(title))
        self.file.setText(self.file.fontMetrics().elidedText(below, Qt.TextElideMode.ElideMiddle, room))
        self.file.setToolTip(plain_tip(below if tip is None else tip))

    def _spare_width(self) -> int:
        """What a page's part that takes no more than it asks for leaves to the title."""
        row, part = self.layout(), self._parts.currentWidget()
        assert row is not None and part is not None
        if part.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Maximum:
            return 0
        beside = row.sizeHint().width() - self._holder.width() - self._parts.sizeHint().width()
        return min(WIDE_HEADING, self.width() - beside - part.sizeHint().width())


def flat_tool(action: QAction | None = None) -> ActionButton:
    """A flat button as large as the bar's icons; for an action, with its icon."""
    button = ActionButton(action)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setIconSize(QSize(20, 20))
    return button
