"""Which part of a graph is in sight: the whole where that can be read, else the part that the pass has come to."""

from __future__ import annotations

from app.workspaces.scalar_graph.canvas.drawing import Drawing
from app.workspaces.scalar_graph.canvas.nodes import WHOLE_FROM
from app.workspaces.scalar_graph.canvas.painter import NUMBERS_FROM
from app.workspaces.scalar_graph.canvas.room import Room
from app.workspaces.scalar_graph.sight import Sight

READABLE, END = 160, 0.76
"""A graph of so many nodes opens at its end, this far to the right, where the whole would be too small."""


class Following:
    """Moves a viewport; whoever asks for the whole is not led away from it until another expression is opened."""

    def __init__(self, viewport: Room) -> None:
        self._viewport = viewport
        self._follows = True

    def open(self, drawing: Drawing, *, shown: bool) -> None:
        """Another expression: the whole, or its end. Not yet ``shown``, the widget has not its size."""
        self._follows = True
        self._viewport.fit()
        small = shown and 0 < len(drawing.knots) <= READABLE
        if small and self._viewport.camera.scale < WHOLE_FROM:
            self._viewport.read(drawing.knots[drawing.output].centre, END)

    def follow(self, drawing: Drawing, sight: Sight) -> None:
        """The pass has come to another node: it comes into sight, large enough to be read."""
        if sight.current is None or sight.current >= len(drawing.knots):
            return
        knot = drawing.knots[sight.current]
        if not self._viewport.shows_all:
            self._viewport.reveal(knot.box.adjusted(-40, -30, 40, 60))
        elif self._follows and self._viewport.camera.scale < NUMBERS_FROM and not sight.complete:
            self._viewport.read(knot.centre)

    def show_all(self) -> None:
        """The whole, and leave it so while it plays."""
        self._follows = False
        self._viewport.fit()
