"""What stands beside the canvas is painted in turns: the drawing follows every letter and every drag of a leaf."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.kit.widgets.in_turns import InTurns
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.worked import Worked


class Beside(InTurns):
    """Takes turns whenever inputs or the graph change. At another step whatever then changes its place, or repaints but
    a little of itself, is seen at once."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._former: Worked | None = None
        desk.sight_changed.connect(self.follow)

    @Slot()
    def follow(self) -> None:
        """Other numbers, another moment, or another graph."""
        former, self._former = self._former, self._desk.worked
        if former is not None and self._former is not None:
            self.hold(steady=former is self._former)
