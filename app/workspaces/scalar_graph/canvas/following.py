"""Which part of a graph is in sight: the whole where that can be read, else the part that the pass has come to."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from app.workspaces.scalar_graph.canvas.drawing import Knot
from app.workspaces.scalar_graph.canvas.painter import NUMBERS_FROM
from app.workspaces.scalar_graph.canvas.room import MARGIN, READING, PartToRead, Room
from app.workspaces.scalar_graph.canvas.shown import Shown
from app.workspaces.scalar_graph.sight import Phase

READABLE, END = 400, 0.76
"""Of a graph of up to so many nodes whose whole would be too small, the node at work is read: its end this far to the
right, any other in the middle."""


AHEAD = 0.25
"""Where the pass leads out of sight, so much of what is in sight makes room for what it comes to next: a step that pans
paints all of the canvas."""


class Following:
    """Moves a viewport; whoever asks for the whole is not led away from it until another expression is opened."""

    def __init__(self, viewport: Room, shown: Shown) -> None:
        self._viewport, self._shown = viewport, shown
        self._follows, self._opening = True, False
        viewport.part_to_read = self._part

    def open(self) -> None:
        """Another graph: the whole, or the node at work; where the pass is over, the end that it is opened at."""
        self._follows = self._opening = True
        self._viewport.fit()
        self._opening = False

    def _part(self) -> PartToRead | None:
        """What is read where the whole cannot be."""
        drawing, sight = self._shown.drawing, self._shown.sight
        current = None if self._opening and sight.complete else sight.current
        if not self._follows or not 0 < len(drawing.knots) <= READABLE:
            return None
        at = current if current is not None and current < len(drawing.knots) else drawing.output
        return drawing.knots[at].centre, self._end_share() if at == drawing.output else 0.5

    def _end_share(self) -> float:
        """How far to the right the output is read: with its box in sight."""
        drawing, width = self._shown.drawing, self._viewport.area.width()
        beside = READING * (drawing.exit.right() - drawing.knots[drawing.output].centre.x()) + MARGIN
        return max(0.5, min(END, 1.0 - beside / max(width, 1.0)))

    def follow(self) -> None:
        """The pass has come to another node: it comes into sight, large enough to be read."""
        drawing, sight = self._shown.drawing, self._shown.sight
        if sight.current is None or sight.current >= len(drawing.knots):
            return
        knot = drawing.knots[sight.current]
        if self._viewport.shows_all:
            if not self._follows or self._viewport.camera.scale >= NUMBERS_FROM or sight.complete:
                return
            self._viewport.read(knot.centre)
        self._viewport.reveal(self._at_work(knot), AHEAD)

    def _at_work(self, knot: Knot) -> QRectF:
        """The node at work; on the way back, with as many as there is room for of those that it hands its gradient to,
        or the nearest of these alone where there is room for one."""
        drawing, box = self._shown.drawing, _with_numbers(knot)
        if self._shown.sight.phase is not Phase.BACKWARD:
            return box
        links = (drawing.links[index] for index in drawing.into.get(knot.index, ()))
        receiving = [drawing.knots[link.source] for link in links if not link.idle]
        receiving.sort(key=lambda one: (one.centre - knot.centre).manhattanLength())
        room, wanted = self._viewport.area.size() / self._viewport.camera.scale, box
        for one in receiving:
            whole = wanted.united(_with_numbers(one))
            if whole.width() <= room.width() and whole.height() <= room.height():
                wanted = whole
        return wanted if wanted != box or not receiving else _with_numbers(receiving[0])

    def show_all(self) -> None:
        """The whole, and leave it so while it plays."""
        self._follows = False
        self._viewport.fit()


def _with_numbers(knot: Knot) -> QRectF:
    """A node with what is written round it."""
    return knot.box.adjusted(-40, -30, 40, 60)
