"""A block kind from the palette held over the canvas: its ghost, and the wire it would be spliced into."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from app.builder.canvas.finder import Finder
from app.builder.canvas.geometry import SNAP, WIDEST_CAPTION, BlockShape, SceneLayout, shape_of
from app.builder.canvas.paint.blocks import BlockLook, caption_marks, paint_port, paint_under
from app.builder.canvas.paint.wires import paint_highlight
from app.kit import look
from app.kit.drawing.marks import paint_marks
from app.kit.translation import worded
from engine.graph import Block, Wire, kind_of
from engine.graph.kinds import Arity


class Ghost:
    """Where the block would land. ``wire``: the one it would be spliced into."""

    def __init__(self, kind: str) -> None:
        self.kind = kind_of(kind)
        self.at = QPointF()
        self.wire: Wire | None = None

    def hold(self, at: QPointF, finder: Finder) -> None:
        """Hold it over a scene point."""
        self.at = QPointF(round(at.x() / SNAP) * SNAP, round(at.y() / SNAP) * SNAP)
        splices = self.kind.arity is not Arity.NONE and not self.kind.is_end
        self.wire = finder.wire_under(at) if splices else None

    def paint(self, painter: QPainter, layout: SceneLayout) -> None:
        """Draw it in scene units."""
        if self.wire is not None:
            paint_highlight(painter, layout, self.wire)
        shape = self._shape(bare=any(other.bare for other in layout.shapes.values()))
        looks = BlockLook(selected=True)
        painter.setOpacity(0.75)
        paint_under(painter, shape, looks)
        paint_marks(painter, caption_marks(shape, looks, WIDEST_CAPTION))
        if shape.tiles is not None:
            painter.setBrush(look.faded("accent", 0.25))
            painter.setPen(look.pen(look.faded("accent", 0.6)))
            for unit in range(shape.tiles.units):
                painter.drawRoundedRect(shape.tiles.rect(unit), 6, 6)
        for port in (shape.in_port, shape.out_port):
            if port is not None:
                paint_port(painter, port, bad=False, lit=self.wire is not None)
        painter.setOpacity(1.0)

    def _shape(self, *, bare: bool) -> BlockShape:
        block = Block(id="ghost", kind=self.kind.key, params=self.kind.params_type(), x=self.at.x(), y=self.at.y())
        return shape_of(block, worded(self.kind.label), None, bare=bare)
