"""The rail at the left edge: the workspaces on top; theme, language and help at its foot."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QToolButton, QVBoxLayout

from app.kit.actions import ActionSet
from app.kit.icons import pixmap, set_icon
from app.kit.widgets.labels import Label
from app.kit.words import plain_tip
from app.shell.messages import MESSAGE_ICONS, SaidMessage
from app.workspaces.workspace import Workspace

WIDTH = 62
SPACING, CLOSE_BY, CLOSER = 6, 1, 68
"""Between two of its buttons, in pixels; where there is less room, and so much less there may be at most: a button may
lose one pixel."""


class _Manner(Enum):
    """With words and with air, with words alone, and with neither."""

    WORDY = auto()
    CLOSE = auto()
    TERSE = auto()


class Rail(QFrame):
    """Says which workspace is wanted by its key. ``message_wanted``: the message that waits is to be shown again."""

    wanted = Signal(str)
    message_wanted = Signal()

    def __init__(self, workspaces: Sequence[Workspace], actions: ActionSet) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setFixedWidth(WIDTH)
        self.buttons: dict[str, QToolButton] = {}
        self._manner, self._wordy_height = _Manner.WORDY, 0
        self._group = QButtonGroup(self)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(1, 10, 1, 10)
        column.setSpacing(SPACING)
        logo = Label()
        logo.setPixmap(pixmap("logo", 34, ratio=2.0))
        logo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        logo.setToolTip("Neuroloom")
        column.addWidget(logo)
        column.addSpacing(12)
        for workspace in workspaces:
            column.addWidget(self._page(workspace, actions[workspace.visit.name].toolTip()))
        column.addStretch()
        self.note = self._button("info", self.tr("Message"), "")
        self.note.clicked.connect(self.message_wanted)
        self.note.hide()
        column.addWidget(self.note)
        column.addWidget(
            self._menu("theme", self.tr("Theme"), self.tr("Light, dark, or like the system"), actions,
                       ("theme_light", "theme_dark", "theme_system"))
        )  # fmt: skip
        column.addWidget(
            self._menu("language", "中/EN", self.tr("Language of the program"), actions,
                       ("language_en", "language_zh_CN"))
        )  # fmt: skip
        column.addWidget(
            self._menu("help", self.tr("Help"), self.tr("Shortcuts, glossary, log and about"), actions,
                       ("shortcuts", "glossary", "show_log", "about"))
        )  # fmt: skip

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is too low for all of its words, they stand closer; where that does not do either, their pictures
        do without them: the tooltips have the words."""
        super().resizeEvent(event)
        self._fit()

    @Slot(object)
    def show_note(self, said: SaidMessage | None) -> None:
        """Show a sign of the message that waits out of sight; None: none does."""
        if said is not None:
            set_icon(self.note, *MESSAGE_ICONS[said.kind])
            self.note.setToolTip(plain_tip(self.tr("Show this message again: {text}").format(text=said.text)))
            self.note.setAccessibleDescription(said.text)
        self.note.setVisible(said is not None)
        self._fit()

    def _fit(self) -> None:
        note = 0 if self.note.isHidden() else self.note.sizeHint().height() + SPACING
        if self._manner is _Manner.WORDY:
            self._wordy_height = self.sizeHint().height() - note
        short = self._wordy_height + note - self.height()
        manner = _Manner.WORDY if short <= 0 else _Manner.CLOSE if short <= CLOSER else _Manner.TERSE
        if manner is not self._manner:
            self._manner = manner
            self._column.setSpacing(CLOSE_BY if manner is _Manner.CLOSE else SPACING)
            terse = manner is _Manner.TERSE
            style = Qt.ToolButtonStyle.ToolButtonIconOnly if terse else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
            for button in self.findChildren(QToolButton):
                if button is not self.note:
                    button.setToolButtonStyle(style)

    def mark(self, key: str) -> None:
        """Mark the workspace that is shown."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)
            set_icon(button, name, "accent" if name == key else "text_muted")

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "rail_item")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(20, 20))
        button.setFixedWidth(WIDTH - 3)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setText(text)
        button.setToolTip(plain_tip(tip))
        button.setAccessibleName(text)
        set_icon(button, name)
        return button

    def _page(self, workspace: Workspace, tip: str) -> QToolButton:
        key = workspace.key
        button = self._button(key, QCoreApplication.translate("Workspaces", workspace.label), tip)
        button.setCheckable(True)
        self._group.addButton(button)
        button.clicked.connect(lambda _checked=False: self.wanted.emit(key))
        self.buttons[key] = button
        return button

    def _menu(self, name: str, text: str, tip: str, actions: ActionSet, entries: Sequence[str]) -> QToolButton:
        button = self._button(name, text, tip)
        menu = QMenu(button)
        menu.addActions([actions[entry] for entry in entries])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button
