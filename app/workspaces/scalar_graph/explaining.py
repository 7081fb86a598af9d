"""Which number was pointed at, wherever it stands, so that the card can say where it comes from."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.workspaces.scalar_graph.canvas.drawing import Knot
from app.workspaces.scalar_graph.canvas.hit import Hit, Part
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.dock.rows import Column
from app.workspaces.scalar_graph.frame import Frame
from app.workspaces.scalar_graph.number_keys import GradientOf, NumberKey, ShareOf, ValueOf


class Explainer(QObject):
    """Hands numbers of the canvas, the table and the cards to the origin card."""

    def __init__(self, desk: Desk, frame: Frame) -> None:
        super().__init__(frame)
        self._desk, self._frame = desk, frame

    @Slot(object)
    def show(self, key: NumberKey) -> None:
        """Say where a number comes from."""
        if self._frame.right is not None:
            self._frame.right.explain(key)

    @Slot(object, int)
    def cell(self, key: str, column: int) -> None:
        """A cell of the table: the value, or what has to do with the gradient."""
        self.show(ValueOf(key) if column <= Column.VALUE else GradientOf(key))

    @Slot(object)
    def hit(self, hit: Hit) -> None:
        """A number of an edge, or the result."""
        worked = self._desk.worked
        if hit.knot is None or worked is None:
            return
        node = worked.graph.nodes[hit.knot.index]
        if hit.part is Part.PRODUCT:
            self.show(ShareOf(node.key, hit.slot))
        elif hit.part is Part.VALUE:
            self.show(ValueOf(worked.graph.nodes[node.parents[hit.slot]].key))
        else:
            self.show(ValueOf(node.key))

    @Slot(object)
    def knot(self, knot: Knot) -> None:
        """A node: its gradient where that is known, else its value."""
        known = self._desk.sight.gradients[knot.index] is not None
        self.show(GradientOf(str(knot.key)) if known else ValueOf(str(knot.key)))

    def chosen(self) -> None:
        """A node that is chosen."""
        drawing = self._frame.stage.canvas.shown.drawing
        found = next((drawing.by_key[key] for key in self._desk.chosen if key in drawing.by_key), None)
        if found is not None:
            self.knot(found)
