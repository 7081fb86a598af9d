"""What lies beyond the edges of the canvas, where a graph does not fit: how much, and which way; a click goes there."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QPushButton, QWidget

from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.drawing import EMPTY
from app.workspaces.scalar_graph.canvas.hulls import Hull
from app.workspaces.scalar_graph.canvas.picture import GraphPicture

LEFT, RIGHT, UP, DOWN = range(4)
ARROWS = ("◂ {count}", "{count} ▸", "▴ {count}", "▾ {count}")
STEP = 0.75
"""One click brings in so much of what is in view, or all that is left that way."""
EDGE = 8
PLACES = tuple(place / 16 for place in range(17))
ALONG = tuple(sorted(PLACES, key=lambda share: abs(share - 0.5)))
"""Where along the upper and the lower edge they may be, the best first."""
DOWN_ALONG = PLACES[::-1]
"""… and along the left and the right edge, from the top."""
AROUND = 6.0
"""Numbers may be written so far beyond their room, in scene units."""


class EdgeHints:
    """Four buttons on the canvas, each there while nodes lie beyond its edge."""

    def __init__(self, canvas: GraphPicture, over: QWidget) -> None:
        """``over``: what holds the canvas and lies where it does."""
        self._canvas = canvas
        self._drawing = EMPTY
        self._seen: tuple[object, ...] = ()
        self._pills: tuple[tuple[Hull, QRectF], ...] = ()
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
        seen, pills = (area, camera.offset, camera.scale), self._canvas.pills
        if drawing is self._drawing and pills is self._pills and seen == self._seen:
            return
        self._pills = pills
        self._drawing, self._seen = drawing, seen
        counts = drawing.beyond(QRectF(camera.to_scene(area.topLeft()), area.size() / camera.scale))
        taken = [pill for _, pill in pills]
        for way, (button, count) in enumerate(zip(self.buttons, counts, strict=True)):
            place = None
            if count > 0:
                self._say(button, way, count)
                place = self._place(button, way, area, taken)
            button.setVisible(place is not None)
            if place is not None:
                button.move(place.topLeft().toPoint())
                taken.append(place)

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

    def _place(self, button: QPushButton, way: int, area: QRectF, taken: Sequence[QRectF]) -> QRectF | None:
        """The first place along its edge where it lies on no node, on no number that can be read and on nothing that is
        ``taken``; None where there is none: what is in sight is more than what is said of the rest."""
        size = button.size().toSizeF()
        across, down = area.width() - size.width(), area.height() - size.height()
        if way in (LEFT, RIGHT):
            x = EDGE if way == LEFT else across - EDGE
            corners = [QPointF(x, EDGE + share * (down - 2 * EDGE)) for share in DOWN_ALONG]
        else:
            y = EDGE if way == UP else down - EDGE
            corners = [QPointF(share * across, y) for share in ALONG]
        boxes = (QRectF(area.topLeft() + corner, size) for corner in corners)
        free = [box for box in boxes if not any(box.intersects(one) for one in taken)]
        free = [box for box, on_node in zip(free, self._on_nodes(free), strict=True) if not on_node]
        if not free or not self._canvas.legible:
            return next(iter(free), None)
        around = [self._in_scene(box).adjusted(-AROUND, -AROUND, AROUND, AROUND) for box in free]
        hidden = self._canvas.shown.labels.covered(around)
        return next((box for box, covered in zip(free, hidden, strict=True) if not covered), None)

    def _in_scene(self, box: QRectF) -> QRectF:
        camera = self._canvas.viewport.camera
        return QRectF(camera.to_scene(box.topLeft()), box.size() / camera.scale)

    def _on_nodes(self, boxes: Sequence[QRectF]) -> list[bool]:
        """Whether a node lies under pixels of the canvas; it is looked for once for all of them."""
        drawing, scenes = self._canvas.shown.drawing, [self._in_scene(box) for box in boxes]
        near = drawing.knots_in(*scenes) if scenes else []
        nodes = [drawing.exit, *(drawing.knots[index].box for index in near)]
        return [any(node.intersects(scene) for node in nodes) for scene in scenes]

    def _go(self, way: int) -> None:
        """That way, no further than to the end of the graph."""
        viewport = self._canvas.viewport
        area, shown = viewport.area, viewport.camera.rect_to_view(viewport.drawn)
        left = area.left() + EDGE - shown.left(), shown.right() - area.right() + EDGE
        over = area.top() + EDGE - shown.top(), shown.bottom() - area.bottom() + EDGE
        far = min((*left, *over)[way], STEP * (area.width() if way in (LEFT, RIGHT) else area.height()))
        viewport.pan({LEFT: QPointF(far, 0), RIGHT: QPointF(-far, 0), UP: QPointF(0, far)}.get(way, QPointF(0, -far)))
