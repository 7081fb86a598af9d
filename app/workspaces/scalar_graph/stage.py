"""The canvas with what lies over it: the heading, what is out of sight, and the field of a leaf."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from app.kit.actions import ActionSet
from app.kit.copying import CopyButton
from app.kit.formula.laid_out import LaidOut
from app.kit.widgets.drag_number.editor import NumberEditor
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.drawing import EMPTY, Knot, Sort
from app.workspaces.scalar_graph.canvas.far import WholeGraph
from app.workspaces.scalar_graph.canvas.hulls import Hull
from app.workspaces.scalar_graph.canvas.labels import Labels
from app.workspaces.scalar_graph.canvas.painter import Motion
from app.workspaces.scalar_graph.canvas.picture import GraphPicture
from app.workspaces.scalar_graph.canvas.shown import Faces
from app.workspaces.scalar_graph.canvas.view import GraphCanvas
from app.workspaces.scalar_graph.groups import hulls_of
from app.workspaces.scalar_graph.header import Header
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.shape import replaced
from engine.autodiff.document import CollapsedNodes

LEFT, RIGHT, UP, DOWN = range(4)
ARROWS = ("◂ {count}", "{count} ▸", "▴ {count}", "▾ {count}")
STEP = 0.75
"""One click brings in so much of what is in view, or all that is left that way."""
HINT_EDGE = 8
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
            x = HINT_EDGE if way == LEFT else across - HINT_EDGE
            corners = [QPointF(x, HINT_EDGE + share * (down - 2 * HINT_EDGE)) for share in DOWN_ALONG]
        else:
            y = HINT_EDGE if way == UP else down - HINT_EDGE
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
        left = area.left() + HINT_EDGE - shown.left(), shown.right() - area.right() + HINT_EDGE
        over = area.top() + HINT_EDGE - shown.top(), shown.bottom() - area.bottom() + HINT_EDGE
        far = min((*left, *over)[way], STEP * (area.width() if way in (LEFT, RIGHT) else area.height()))
        viewport.pan({LEFT: QPointF(far, 0), RIGHT: QPointF(-far, 0), UP: QPointF(0, far)}.get(way, QPointF(0, -far)))


HEADER_LEAST_HEIGHT, EDGE = 250, 12
"""In a lower canvas the heading leaves the room to the graph."""


class Stage(QWidget):
    """Keeps the canvas in step with the desk; built in three steps before it comes into sight."""

    def __init__(self, desk: Desk, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._actions = desk, actions
        self.canvas = GraphCanvas(self)
        self.hints = EdgeHints(self.canvas, self)
        self.editor = NumberEditor(self.canvas)
        self.editor.setAccessibleName(self.tr("Value of the input"))
        self.editor.setToolTip(self.tr("Type a number, then Enter; Escape leaves it as it was"))
        self.copier = CopyButton()
        self.copier.offer(None, self.copier.drawn_picture, title=self.canvas.accessibleName(), name="graph")
        self.whole = WholeGraph(self.canvas.shown, lambda: self.canvas.drawn, self._formula, self)
        self.copier.offer_drawing(self.whole)
        self._typed: Knot | None = None
        self._collapsed: tuple[CollapsedNodes, ...] = ()
        self._text = ""
        self._afresh = True

    def add_header(self) -> None:
        """Set the formula over it."""
        self.header = Header(self._desk, self._actions, self.copier, self)

    def begin(self) -> None:
        """Follow the desk from now on: its header is there."""
        self._connect()
        self._reshape()

    def _connect(self) -> None:
        desk, canvas = self._desk, self.canvas
        desk.document.replaced.connect(self._begin_afresh)
        desk.reshaped.connect(self._reshape)
        desk.worked_changed.connect(self._follow)
        desk.sight_changed.connect(self._look)
        desk.refused.connect(self._fade)
        desk.accepted.connect(self._fade)
        desk.pointed_changed.connect(self._light)
        desk.playback.moved.connect(self._move)
        desk.chosen_changed.connect(self._choose)
        canvas.chosen.connect(desk.choose)
        canvas.chosen_again.connect(desk.chosen_again)
        canvas.pointed.connect(desk.point)
        canvas.pulled.connect(desk.set_input)
        canvas.let_go.connect(desk.settle)
        canvas.typing_asked.connect(self._type)
        canvas.viewport.moved.connect(self._moved)
        self.editor.done.connect(self._take_typed)
        self.editor.to_next = self._type_next
        self.editor.left.connect(lambda: canvas.setFocus())

    # What is shown ------------------------------------------------------------------------------------------------

    @Slot()
    def _begin_afresh(self) -> None:
        self._afresh = True

    @Slot()
    def _reshape(self) -> None:
        self.canvas.turn.hold()
        worked = self._desk.worked
        if worked is None:
            self.canvas.show_drawing(EMPTY, Labels(), Faces(), afresh=True)
            return
        shape = worked.shape
        drawing = shape.drawing
        self.canvas.show_sight(
            self._desk.sight if len(self._desk.sight.values) == len(drawing.knots) else worked.sight(0),
            follow=False,
        )
        self.canvas.hulls = hulls_of(self._desk, drawing)
        afresh = self._afresh or shape.collapsed != self._collapsed or replaced(self._text, shape.text)
        self._collapsed, self._text = shape.collapsed, shape.text
        self.canvas.show_drawing(drawing, shape.labels, shape.faces, afresh=afresh)
        self._afresh = False
        self.whole.fit()
        self.hints.follow()

    def _formula(self, widest: float) -> LaidOut | None:
        """The formula, where there is one that is not too long to be set in type."""
        return self.header.formula_within(widest)

    @Slot()
    def _follow(self) -> None:
        self.canvas.turn.hold()
        if self._desk.worked is None:
            self._reshape()

    @Slot()
    def _look(self) -> None:
        if abs(self._desk.sight.step - self.canvas.shown.sight.step) > 1:  # most of it is another
            self.canvas.turn.hold()
        self.canvas.show_sight(self._desk.sight)
        self.hints.follow()

    @Slot()
    def _fade(self) -> None:
        """What is drawn is not what is typed: it is pale, and nothing can be done with it."""
        self.canvas.turn.hold()
        self.canvas.show_stale(self._desk.stale)
        self._show_hulls()

    @Slot()
    def _move(self) -> None:
        """Dots go along the lanes of the step under way while the playback runs."""
        worked, playback = self._desk.worked, self._desk.playback
        steps = worked.shape.schedule.steps if worked is not None else ()
        waits = not playback.playing or playback.at >= len(steps) or steps[playback.at].kind == "seed"
        if waits or self._desk.stale:
            self.canvas.show_motion(None)
            return
        step = steps[playback.at]
        self.canvas.show_motion(Motion(step.node, step.kind == "backward", playback.progress))

    @Slot()
    def _light(self) -> None:
        self.canvas.light(() if self._desk.pointed is None else {self._desk.pointed})

    @Slot()
    def _choose(self) -> None:
        self.canvas.choose(self._desk.chosen)
        self._show_hulls()

    def _show_hulls(self) -> None:
        self.canvas.show_hulls(hulls_of(self._desk, self.canvas.shown.drawing))

    def show_parts(self, *, values: bool, gradients: bool, names: bool) -> None:
        """Which of the numbers and names are drawn."""
        shown = self.canvas.shown
        shown.with_values, shown.with_gradients, shown.with_names = values, gradients, names
        self.canvas.update()

    # Places -------------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.canvas.setGeometry(self.rect())
        self._place_header()
        self.whole.fit()  # the formula may have been set otherwise

    def event(self, event: QEvent) -> bool:
        """A heading whose content has changed asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_header()
        return super().event(event)

    def _place_header(self) -> None:
        """As high as it asks to be; the drawing begins below it."""
        self.header.set_low(self.height() < HEADER_LEAST_HEIGHT)
        self.header.setGeometry(0, 0, self.width(), self.header.sizeHint().height())
        self.canvas.cover(self.header.geometry())
        self.canvas.take_room(self.header.height(), EDGE)
        self.hints.follow()

    @Slot()
    def _moved(self) -> None:
        self.hints.follow()
        if self._typed is not None:
            self._place_editor(self._typed)

    # A leaf that is typed into --------------------------------------------------------------------------------------

    @Slot(object)
    def _type(self, knot: Knot) -> None:
        value = self._desk.sight.values[knot.index]
        if value is None or self._desk.refuses_inputs():
            return
        from app.kit.numbers import every_digit

        self._typed = knot
        self._place_editor(knot)
        self.editor.begin(every_digit(value))

    def _place_editor(self, knot: Knot) -> None:
        box = self.canvas.viewport.camera.rect_to_view(knot.box).toRect()
        self.editor.setGeometry(QRect(box.center().x() - 44, box.center().y() - 13, 88, 26))

    @Slot(float)
    def _take_typed(self, value: float) -> None:
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._typed is not None:
            self._desk.set_input(str(self._typed.key), value)
            self._desk.settle()

    def _type_next(self, onward: bool) -> bool:
        """From leaf to leaf by Tab, as they stand from top to bottom."""
        leaves = [one for one in self.canvas.shown.drawing.knots if one.sort is Sort.LEAF]
        leaves.sort(key=lambda one: (one.centre.y(), one.centre.x()))
        here = next((at for at, one in enumerate(leaves) if self._typed and one.key == self._typed.key), None)
        at = -1 if here is None else here + (1 if onward else -1)
        if not 0 <= at < len(leaves):
            return False
        self.canvas.viewport.reveal(leaves[at].box)
        self._type(leaves[at])
        return self.editor.open
