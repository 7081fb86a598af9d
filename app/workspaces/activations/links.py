"""What the parts of the page do to one another: hands become edits, and what is pointed at lights up everywhere."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, Slot

from app.kit.widgets.outline_tree import OutlineTree
from app.workspaces.activations.cursor_table import CursorTable
from app.workspaces.activations.edits import Edits
from app.workspaces.activations.keys import SLOPE, X, Y
from app.workspaces.activations.left_panel import LeftPanel
from app.workspaces.activations.outline import CURSOR
from app.workspaces.activations.picture import Picture
from app.workspaces.activations.right_panel import RightPanel


def connect_hands(left: LeftPanel, picture: Picture, right: RightPanel, edits: Edits) -> None:
    """Let the columns' signals do what they stand for."""
    left.toggled.connect(edits.toggle)
    left.parameter_moved.connect(edits.set_parameter)
    left.gelu_wanted.connect(edits.choose_gelus)
    left.settled.connect(edits.settle)
    left.own.parameter_moved.connect(edits.set_own_parameter)
    left.own.settled.connect(edits.settle)
    for plot in (picture, left.gelus.plot):
        plot.cursor_moved.connect(edits.move_cursor)
        plot.axis_moved.connect(edits.move_axis)
        plot.reset_wanted.connect(edits.reset_axis)
        plot.nudged.connect(right.numbers.show_nudge)
    picture.cursor_set.connect(edits.set_cursor)
    for asked in (
        picture.asked,
        picture.layer.foot.asked,
        left.gelus.asked,
        right.numbers.asked,
        right.effects.asked,
        right.checks.asked,
    ):
        asked.connect(right.explain)


ROWS = {"y": Y, "slope": SLOPE}


class Links(QObject):
    """A key is (Y, X or SLOPE, function)."""

    def __init__(self, picture: Picture, numbers: CursorTable, outline: OutlineTree, left: LeftPanel) -> None:
        super().__init__(picture)
        self._picture, self._numbers, self._outline = picture, numbers, outline
        picture.pointed.connect(self.point_at)
        numbers.pointed.connect(self.point_at)
        self._gelus = left.gelus
        left.own.pointed.connect(self.point_at)
        left.gelus.pointed.connect(self.point_at)
        outline.pointed.connect(self._point_at_row)
        outline.chosen.connect(self._point_at_row)

    @Slot(object)
    def point_at(self, key: Hashable | None) -> None:
        """Light what stands for a key, and nothing else; None: nothing."""
        keys = frozenset() if key is None else frozenset({key})
        self._picture.light(keys)
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
