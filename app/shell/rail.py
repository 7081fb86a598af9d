"""The rail at the left edge: pages on top; theme, language and help at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QMenu, QToolButton, QVBoxLayout

from app.kit.icons import pixmap, set_icon
from app.shell.actions import ActionSet

WIDTH = 62


class Rail(QFrame):
    """Says which page is wanted by its key: ``playground`` or ``gallery``."""

    page_wanted = Signal(str)

    def __init__(self, actions: ActionSet) -> None:
        super().__init__()
        self.setProperty("role", "rail")
        self.setFixedWidth(WIDTH)
        self._pages: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(3, 10, 3, 10)
        column.setSpacing(6)
        logo = QLabel()
        logo.setPixmap(pixmap("logo", 34, ratio=2.0))
        logo.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        logo.setToolTip("Neuroloom")
        column.addWidget(logo)
        column.addSpacing(12)
        column.addWidget(self._page("playground", self.tr("Playground"), self.tr("Build a network and train it")))
        column.addWidget(self._page("gallery", self.tr("Gallery"), actions["gallery"].toolTip()))
        column.addStretch()
        column.addWidget(
            self._menu("theme", self.tr("Theme"), self.tr("Light, dark, or as the system"), actions,
                       ("theme_light", "theme_dark", "theme_system"))
        )  # fmt: skip
        column.addWidget(
            self._menu("language", "中/EN", self.tr("Language of the program"), actions,
                       ("language_en", "language_zh_CN"))
        )  # fmt: skip
        column.addWidget(
            self._menu("help", self.tr("Help"), self.tr("Shortcuts, and what this program is"), actions,
                       ("shortcuts", "show_log", "about"))
        )  # fmt: skip
        self.show_page("playground")

    def show_page(self, key: str) -> None:
        """Mark the page that is shown."""
        for name, button in self._pages.items():
            button.setChecked(name == key)
            set_icon(button, name, "accent" if name == key else "text_muted")

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "rail_item")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(20, 20))
        button.setFixedWidth(WIDTH - 7)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        set_icon(button, name)
        return button

    def _page(self, key: str, text: str, tip: str) -> QToolButton:
        button = self._button(key, text, tip)
        button.setCheckable(True)
        self._group.addButton(button)
        button.clicked.connect(lambda _checked=False: self.page_wanted.emit(key))
        self._pages[key] = button
        return button

    def _menu(self, name: str, text: str, tip: str, actions: ActionSet, entries: Sequence[str]) -> QToolButton:
        button = self._button(name, text, tip)
        menu = QMenu(button)
        menu.addActions([actions[entry] for entry in entries])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button
