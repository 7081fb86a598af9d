"""The page's columns: what is compared, the outline where it is wanted, the picture, and the numbers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.kit.widgets.frame import Panel
from app.kit.widgets.outline_tree import OutlineTree
from app.workspaces.workspace import Memory

LEFT_WIDTH, OUTLINE_WIDTH, RIGHT_WIDTH = 216, 250, 346


class Frame(QWidget):
    """The outline is shown as it was left."""

    def __init__(self, left: QWidget, picture: QWidget, right: QWidget, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self.outline = OutlineTree(self.tr("Outline of the comparison"), open_depth=1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._outline = self._panel(self.outline, OUTLINE_WIDTH)
        self._columns = (self._panel(left, LEFT_WIDTH), self._panel(picture, 0), self._panel(right, RIGHT_WIDTH))
        for panel in (self._columns[0], self._outline, *self._columns[1:]):
            row.addWidget(panel)
        row.setStretch(2, 1)
        self._wait = QLabel(self.tr("Getting the functions ready …"))
        self._wait.setProperty("role", "muted")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._wait)
        for panel in self._columns:
            panel.hide()
        self._outline.setVisible(memory.shown("outline", False))

    @staticmethod
    def _panel(part: QWidget, width: int) -> Panel:
        panel = Panel()
        panel.column.addWidget(part)
        if width:
            panel.setFixedWidth(width)
        return panel

    def reveal(self) -> None:
        """There is something to be seen: until then no column shows what is not true yet."""
        self._wait.hide()
        for panel in self._columns:
            panel.show()

    @property
    def outline_shown(self) -> bool:
        """Whether the outline is open."""
        return not self._outline.isHidden()

    @Slot(bool)
    def show_outline(self, shown: bool) -> None:
        """Open or close the outline, and remember it."""
        self._outline.setVisible(shown)
        self._memory.set_shown("outline", shown)
