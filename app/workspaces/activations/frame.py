"""The page's columns: what is compared, the outline, the plots, and facts and numbers."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit.widgets.frame import Panel
from app.kit.widgets.outline_tree import OutlineTree
from app.kit.widgets.segments import Segments
from app.workspaces.workspace import Memory

LEFT_WIDTH, OUTLINE_WIDTH, RIGHT_WIDTH = 216, 250, 346
LEAST = 380
"""Pixels that the plots have before the two columns take turns in one place."""
COMPARE, FACTS = "compare", "facts"


class Frame(QWidget):
    """Three columns; two where the window is narrow, and a switch over the second. The outline is as it was left."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self._is_narrow = False
        self.left, self.outline_panel, self.middle, self.right = (Panel() for _ in range(4))
        self.outline = OutlineTree(self.tr("Outline of the comparison"), open_depth=1)
        self.outline_panel.column.addWidget(self.outline)
        self.outline_panel.setFixedWidth(OUTLINE_WIDTH)
        self.outline_panel.setVisible(memory.shown("outline", False))
        self.switch = Segments(
            (
                (COMPARE, self.tr("Compare"), self.tr("Choose what is compared")),
                (FACTS, self.tr("Facts"), self.tr("Show the check list and the numbers at the cursor")),
            )
        )
        self.switch.setContentsMargins(12, 8, 12, 0)
        self.switch.choose(FACTS)
        self.switch.chosen.connect(self._arrange)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        for panel in (self.left, self.outline_panel, self.middle, self.right):
            row.addWidget(panel)
        row.setStretch(2, 1)

    def fill(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        """Put the parts of the page into its columns."""
        for panel, part in ((self.left, left), (self.middle, middle), (self.right, right)):
            panel.column.addWidget(part)
        self.left.setFixedWidth(LEFT_WIDTH)
        self.right.setFixedWidth(RIGHT_WIDTH)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        taken = LEFT_WIDTH + RIGHT_WIDTH + (OUTLINE_WIDTH if self.outline_shown else 0)
        if (is_narrow := self.width() < taken + LEAST) is not self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()

    @Slot()
    def _arrange(self) -> None:
        """Show both columns beside the plots, or the one that is switched to."""
        shows_left = self.switch.key == COMPARE
        self.left.setVisible(shows_left or not self._is_narrow)
        self.right.setVisible(not shows_left or not self._is_narrow)
        (self.left if shows_left else self.right).column.insertWidget(0, self.switch)
        self.switch.setVisible(self._is_narrow)

    @property
    def outline_shown(self) -> bool:
        """Whether the outline is open."""
        return not self.outline_panel.isHidden()

    @Slot(bool)
    def show_outline(self, shown: bool) -> None:
        """Open or close the outline, and remember it."""
        self.outline_panel.setVisible(shown)
        self._memory.set_shown("outline", shown)
        self._fit()
