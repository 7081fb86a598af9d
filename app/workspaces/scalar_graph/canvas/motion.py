"""The step under way: dots along its lanes while the playback runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen

from app.kit import theme
from app.workspaces.scalar_graph.canvas.drawing import Drawing
from app.workspaces.scalar_graph.canvas.lanes import Lane

RADIUS = 5.0
MOST = 12
"""So many dots at most: a sum of hundreds is one thing."""


@dataclass(frozen=True, slots=True)
class Motion:
    """The step under way, so far: ``node`` works out its value, or with ``back`` hands its gradient on."""

    node: int
    back: bool
    share: float

    def lanes(self, drawing: Drawing) -> Sequence[Lane]:
        """The lanes that something comes along."""
        both = [drawing.links[index].lanes for index in drawing.into.get(self.node, ())[:MOST]]
        if self.back:
            return [backward for _forward, backward in both if backward is not None]
        return [forward for forward, _backward in both]


def paint_motion(painter: QPainter, motion: Motion, drawing: Drawing) -> None:
    """A dot on each lane, in scene units."""
    painter.setPen(QPen(theme.colour("surface"), 1.5))
    painter.setBrush(theme.colour("accent"))
    for lane in motion.lanes(drawing):
        share = 1.0 - motion.share if motion.back else motion.share
        painter.drawEllipse(lane.path.pointAtPercent(min(max(share, 0.0), 1.0)), RADIUS, RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)
