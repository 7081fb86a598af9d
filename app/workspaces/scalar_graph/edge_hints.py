"""What lies beyond the edges of the canvas, where a graph does not fit: how much, and which way; a click goes there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.drawing import EMPTY
from app.workspaces.scalar_graph.canvas.picture import GraphPicture

LEFT, RIGHT, UP, DOWN = range(4)
ARROWS = ("◂ {count}", "{count} ▸", "▴ {count}", "▾ {count}")
STEP = 0.75
"""One click brings in so much of what is in view, or all that is left that way."""
EDGE = 8


class EdgeHints:
    """Four buttons on the canvas, each there while nodes lie beyond its edge."""

    def __init__(self, canvas: GraphPicture, over: QWidget) -> None:
        """``over``: what holds the canvas and lies where it does."""
        self._canvas = canvas
        self._drawing, self._seen = EMPTY, (QRectF(), QPointF(), 0.0)
        self.buttons = tuple(self._button(way, over) for way in range(4))

    def _button(self, way: int, over: QWidget) -> QPushButton:
        button = QPushButton(over)
        button.setAccessibleName(self._canvas.tr("Look at what is out of sight"))
        button.setToolTip(self._canvas.tr("Look at what is out of sight"))
        button.setProperty("role", "pill")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(partial(self._go, way))
        button.hide()
        return button

    def follow(self) -> None:
        """Count what is out of sight, and say it at the edge that it lies beyond."""
        drawing, viewport = self._canvas.shown.drawing, self._canvas.viewport
        area, camera = viewport.area, viewport.camera
        seen = area, camera.offset, camera.scale
        if drawing is self._drawing and seen == self._seen:
            return
        self._drawing, self._seen = drawing, seen
        counts = drawing.beyond(QRectF(camera.to_scene(area.topLeft()), area.size() / camera.scale))
        for way, (button, count) in enumerate(zip(self.buttons, counts, strict=True)):
            button.setVisible(count > 0)
            if count > 0:
                self._say(button, way, count)
                button.move(self._place(button, way, area))

    def _say(self, button: QPushButton, way: int, count: int) -> None:
        tr = self._canvas.tr
        text = ARROWS[way].replace("{count}", tr("{count} more").format(count=count))
        if text == button.text():
            return
        button.setText(text)
        sides = (tr("to the left"), tr("to the right"), tr("above"), tr("below"))
        said = tr("{count} nodes out of sight {side}: look there").format(count=count, side=sides[way])
        button.setAccessibleName(said)
        button.setToolTip(plain_tip(said))
        button.adjustSize()

    def _place(self, button: QPushButton, way: int, area: QRectF) -> QPoint:
        """Over and under in the middle of the edge; at the sides at its foot, in its middle or at its head: where least
        of the graph is hidden."""
        across, down = area.width() - button.width(), area.height() - button.height()
        x = {LEFT: EDGE, RIGHT: across - EDGE}.get(way, across / 2)
        heights = {UP: (EDGE,), DOWN: (down - EDGE,)}.get(way, (down - EDGE, down / 2, EDGE))
        places = [area.topLeft() + QPointF(x, y) for y in heights]
        return min(places, key=lambda at: self._hidden(QRectF(at, button.size().toSizeF()))).toPoint()

    def _hidden(self, box: QRectF) -> int:
        """How many nodes lie under pixels of the canvas."""
        drawing, camera = self._canvas.shown.drawing, self._canvas.viewport.camera
        scene = QRectF(camera.to_scene(box.topLeft()), box.size() / camera.scale)
        return sum(drawing.knots[index].box.intersects(scene) for index in drawing.knots_in(scene))

    def _go(self, way: int) -> None:
        """That way, no further than to the end of the graph."""
        viewport = self._canvas.viewport
        area, shown = viewport.area, viewport.camera.rect_to_view(viewport.drawn)
        left = area.left() + EDGE - shown.left(), shown.right() - area.right() + EDGE
        over = area.top() + EDGE - shown.top(), shown.bottom() - area.bottom() + EDGE
        far = min((*left, *over)[way], STEP * (area.width() if way in (LEFT, RIGHT) else area.height()))
        viewport.pan({LEFT: QPointF(far, 0), RIGHT: QPointF(-far, 0), UP: QPointF(0, far)}.get(way, QPointF(0, -far)))
