"""The page's columns, and what they do to one another: what is pointed at lights up everywhere."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.kit.widgets.frame import Panel
from app.kit.widgets.outline_tree import OutlineTree
from app.kit.widgets.segments import Segments
from app.workspaces.activations.cursor_table import RULE, CursorTable
from app.workspaces.activations.edits import Edits
from app.workspaces.activations.keys import CURSOR, SLOPE, X, Y
from app.workspaces.activations.left_panel import LeftPanel
from app.workspaces.activations.plots import ActivationPlots
from app.workspaces.activations.right_panel import RightPanel
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


def connect_hands(left: LeftPanel, plots: ActivationPlots, right: RightPanel, edits: Edits) -> None:
    """Let the columns' signals do what they stand for."""
    left.toggled.connect(edits.toggle)
    left.parameter_moved.connect(edits.set_parameter)
    left.gelu_wanted.connect(edits.choose_gelus)
    left.settled.connect(edits.settle)
    left.own.parameter_moved.connect(edits.set_own_parameter)
    left.own.settled.connect(edits.settle)
    for plot in (plots, left.gelus.plot):
        plot.edited.connect(lambda _key, x: edits.set_cursor(x))
        plot.axis_moved.connect(lambda _key, low, high: edits.move_axis(low, high))
        plot.opened.connect(lambda key: edits.reset_axis() if key == CURSOR else None)
        plot.nudged.connect(lambda _key, old, new: right.numbers.show_nudge(old, new))
        plot.settled.connect(lambda _key: edits.settle())
    for view in (plots, left.gelus.plot, right.numbers):
        view.chosen.connect(lambda key: right.explain(_meant(key)) if key[0] != X else None)
    right.effects.asked.connect(right.explain)
    right.checks.asked.connect(right.explain)


def _meant(key: Hashable) -> Hashable:
    """Return whose number a key stands for: a slope's, of its rule."""
    return (SLOPE, key[1]) if isinstance(key, tuple) and key[0] == RULE else key


ROWS = {"y": Y, "slope": SLOPE}


class Links(QObject):
    """A key is (Y, X or SLOPE, function)."""

    def __init__(self, plots: ActivationPlots, numbers: CursorTable, outline: OutlineTree, left: LeftPanel) -> None:
        super().__init__(plots)
        self._plots, self._numbers, self._outline = plots, numbers, outline
        plots.pointed.connect(lambda key: self.point_at(None if key == CURSOR else key))
        numbers.pointed.connect(lambda key: self.point_at(_meant(key)))
        self._gelus = left.gelus
        left.own.pointed.connect(self.point_at)
        left.gelus.pointed.connect(self.point_at)
        outline.pointed.connect(self._point_at_row)
        outline.chosen.connect(self._point_at_row)

    @Slot(object)
    def point_at(self, key: Hashable | None) -> None:
        """Light what stands for a key, and nothing else; None: nothing."""
        is_linked = isinstance(key, tuple) and key[0] in (Y, X, SLOPE)
        keys = frozenset({key}) if is_linked else frozenset()
        self._plots.light(keys)
        self._numbers.light(keys)
        self._gelus.light(keys)
        self._outline.light({self._row_of(one) for one in keys})

    @staticmethod
    def _row_of(key: Hashable) -> Hashable:
        if not isinstance(key, tuple):
            return key
        kind, function = key
        return {Y: (function, "y"), SLOPE: (function, "slope")}.get(kind, CURSOR)

    @Slot(object)
    def _point_at_row(self, row: Hashable | None) -> None:
        """A row of the outline: a function's own stands for its y."""
        if row == CURSOR:
            self.point_at((X, ""))
        elif isinstance(row, tuple):
            self.point_at((ROWS[row[1]], row[0]) if row[1] in ROWS else None)
        else:
            self.point_at((Y, row) if row is not None else None)
