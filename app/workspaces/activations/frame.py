"""The page's columns, empty until the functions are prepared."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit.background import Job
from app.kit.widgets.frame import Panel
from app.kit.widgets.labels import Label
from app.kit.widgets.outline_tree import OutlineTree
from app.workspaces.workspace import Memory
from engine.activations.difference import gelu_difference


def prepare(_job: Job) -> tuple[float, float]:
    """GELU's error function is scipy's, which takes a fifth of a second to import; and where the two GELUs differ most
    takes a search."""
    return gelu_difference()


LEFT_WIDTH, OUTLINE_WIDTH, RIGHT_WIDTH = 216, 250, 346
TURN_MS = 1
"""Between two parts that come into sight: the window hears."""


class Frame(QWidget):
    """Empty columns at first. The outline is shown as it was left. ``revealed``: everything is in sight."""

    revealed = Signal()

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory
        self.outline = OutlineTree(self.tr("Outline of the comparison"), open_depth=1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self.left, self.middle, self.right = self._panel(LEFT_WIDTH), self._panel(0), self._panel(RIGHT_WIDTH)
        self._outline = self._panel(OUTLINE_WIDTH)
        self._outline.column.addWidget(self.outline)
        for panel in (self.left, self._outline, self.middle, self.right):
            row.addWidget(panel)
        row.setStretch(2, 1)
        self._wait = Label(self.tr("Getting the functions ready …"))
        self._wait.setProperty("role", "muted")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.middle.column.addWidget(self._wait)
        self._to_come: list[QWidget] = []
        self._outline.setVisible(memory.shown("outline", False))

    @staticmethod
    def _panel(width: int) -> Panel:
        panel = Panel()
        if width:
            panel.setFixedWidth(width)
        return panel

    def put(self, panel: Panel, part: QWidget) -> None:
        """Put a part into a column, out of sight until it shows what is true."""
        part.hide()
        self._to_come.append(part)
        panel.column.addWidget(part)

    @Slot()
    def reveal(self) -> None:
        """There is something to be seen: all parts come into sight, laid out one a turn and painted when all are."""
        self._wait.hide()
        self.setUpdatesEnabled(not self._to_come)
        if self._to_come:
            self._to_come.pop().show()
            QTimer.singleShot(TURN_MS, self, self.reveal)
        else:
            self.revealed.emit()

    @property
    def outline_shown(self) -> bool:
        """Whether the outline is open."""
        return not self._outline.isHidden()

    @Slot(bool)
    def show_outline(self, shown: bool) -> None:
        """Open or close the outline, and remember it."""
        self._outline.setVisible(shown)
        self._memory.set_shown("outline", shown)
