"""What the parts of the page do to one another: hands become edits, and what is pointed at lights up everywhere."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, Slot

from app.kit.widgets.outline_tree import OutlineTree
from app.workspaces.activations.cursor_table import RULE, CursorTable
from app.workspaces.activations.edits import Edits
from app.workspaces.activations.keys import CURSOR, SLOPE, X, Y
from app.workspaces.activations.left_panel import LeftPanel
from app.workspaces.activations.plots import ActivationPlots
from app.workspaces.activations.right_panel import RightPanel


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
