"""Which part of a graph is in sight: the whole where that can be read, else the part that the pass has come to."""

from __future__ import annotations

from app.workspaces.scalar_graph.canvas.painter import NUMBERS_FROM
from app.workspaces.scalar_graph.canvas.room import PartToRead, Room
from app.workspaces.scalar_graph.canvas.shown import Shown

READABLE, END = 400, 0.76
"""Of a graph of up to so many nodes whose whole would be too small, the node at work is read: its end this far to the
right, any other in the middle."""


class Following:
    """Moves a viewport; whoever asks for the whole is not led away from it until another expression is opened."""

    def __init__(self, viewport: Room, shown: Shown) -> None:
        self._viewport, self._shown = viewport, shown
        self._follows = True
        viewport.part_to_read = self._part

    def open(self) -> None:
        """Another expression: the whole, or the node at work."""
        self._follows = True
        self._viewport.fit()

    def _part(self) -> PartToRead | None:
        """What is read where the whole cannot be."""
        drawing, current = self._shown.drawing, self._shown.sight.current
        if not self._follows or not 0 < len(drawing.knots) <= READABLE:
            return None
        at = current if current is not None and current < len(drawing.knots) else drawing.output
        return drawing.knots[at].centre, END if at == drawing.output else 0.5

    def follow(self) -> None:
        """The pass has come to another node: it comes into sight, large enough to be read."""
        drawing, sight = self._shown.drawing, self._shown.sight
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
