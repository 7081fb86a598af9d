"""The step under way: dots along its lanes while the playback runs, and the line that its rule hangs from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
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


Tether = tuple[Hashable, float]
"""From the node of this key down to a card whose upper edge is so far down, in pixels of the widget."""


def tether_box(tether: Tether | None, drawing: Drawing, to_view: Callable[[QPointF], QPointF]) -> QRect:
    """What a tether covers, in pixels of the widget."""
    if tether is None or tether[0] not in drawing.by_key:
        return QRect()
    start = _start(tether, drawing, to_view)
    return QRectF(start, QPointF(start.x(), tether[1])).normalized().adjusted(-6, -6, 6, 6).toAlignedRect()


def paint_tether(
    painter: QPainter, tether: Tether | None, drawing: Drawing, to_view: Callable[[QPointF], QPointF]
) -> None:
    """From the foot of the node at work down to the card with its rule."""
    if tether is None or tether[0] not in drawing.by_key:
        return
    start, foot = _start(tether, drawing, to_view), tether[1]
    if start.y() + 6 >= foot:
        return
    painter.setPen(QPen(theme.colour("accent"), 1.4))
    painter.setBrush(theme.colour("accent"))
    painter.drawEllipse(start, 3.0, 3.0)
    painter.drawLine(start, QPointF(start.x(), foot))


def _start(tether: Tether, drawing: Drawing, to_view: Callable[[QPointF], QPointF]) -> QPointF:
    knot = drawing.by_key[tether[0]]
    return to_view(QPointF(knot.centre.x(), knot.box.bottom()))
