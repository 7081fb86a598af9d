"""The heading over the canvas, what is out of sight, and the field of a leaf."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.actions import ActionSet
from app.kit.copying import CopyButton
from app.kit.widgets.drag_number.editor import NumberEditor
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.canvas.drawing import EMPTY, Knot, Sort
from app.workspaces.scalar_graph.canvas.far import WholeGraph
from app.workspaces.scalar_graph.canvas.labels import Labels
from app.workspaces.scalar_graph.canvas.painter import Motion
from app.workspaces.scalar_graph.canvas.picture import GraphPicture
from app.workspaces.scalar_graph.canvas.shown import Faces
from app.workspaces.scalar_graph.canvas.view import GraphCanvas
from app.workspaces.scalar_graph.canvas.viewport import MARGIN
from app.workspaces.scalar_graph.groups import hulls_of
from app.workspaces.scalar_graph.header import Header
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.shape import replaced
from engine.autodiff.document import CollapsedNodes

LEFT, RIGHT, UP, DOWN = range(4)
ARROWS = ("◂ {count}", "{count} ▸", "▴ {count}", "▾ {count}")
STEP = 0.75
"""One click brings in so much of what is in view, or all that is left that way."""


class EdgeHints(QWidget):
    """Four buttons in the heading, each there while nodes lie beyond that edge of the canvas."""

    def __init__(self, canvas: GraphPicture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.buttons = tuple(QPushButton() for _ in ARROWS)
        for way, button in enumerate(self.buttons):
            button.setProperty("role", "pill")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self._go, way))
            button.hide()
            row.addWidget(button)

    def follow(self) -> None:
        """Count what is out of sight, and say it on the button that leads there."""
        viewport = self._canvas.viewport
        counts = self._canvas.shown.drawing.beyond(viewport.camera.rect_to_scene(viewport.area))
        sides = (self.tr("to the left"), self.tr("to the right"), self.tr("above"), self.tr("below"))
        for button, arrow, side, count in zip(self.buttons, ARROWS, sides, counts, strict=True):
            button.setVisible(count > 0)
            if count > 0:
                button.setText(arrow.replace("{count}", self.tr("{count} more").format(count=count)))
                said = self.tr("{count} nodes out of sight {side}: look there").format(count=count, side=side)
                button.setAccessibleName(said)
                button.setToolTip(plain_tip(said))

    def _go(self, way: int) -> None:
        """That way, no further than to the end of the graph."""
        viewport = self._canvas.viewport
        area, shown = viewport.area, viewport.camera.rect_to_view(viewport.drawn)
        left = area.left() + MARGIN - shown.left(), shown.right() - area.right() + MARGIN
        over = area.top() + MARGIN - shown.top(), shown.bottom() - area.bottom() + MARGIN
        far = min((*left, *over)[way], STEP * (area.width() if way in (LEFT, RIGHT) else area.height()))
        viewport.pan({LEFT: QPointF(far, 0), RIGHT: QPointF(-far, 0), UP: QPointF(0, far)}.get(way, QPointF(0, -far)))


HEADER_LEAST_HEIGHT = 250
"""In a lower canvas the heading leaves the room to the graph."""


class Stage(QWidget):
    """The heading over the canvas; keeps both in step with the desk."""

    def __init__(self, desk: Desk, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.canvas = GraphCanvas()
        self.hints = EdgeHints(self.canvas)
        self.editor = NumberEditor(self.canvas)
        self.editor.setAccessibleName(self.tr("Value of the input"))
        self.editor.setToolTip(self.tr("Type a number, then Enter; Escape leaves it as it was"))
        copier = self.copier = CopyButton()
        copier.offer(None, copier.drawn_picture, title=self.canvas.accessibleName(), name="graph")
        self.header = Header(desk, actions, copier, self.hints)
        self.whole = WholeGraph(self.canvas.shown, lambda: self.canvas.drawn, self.header.formula_within, self)
        copier.offer_drawing(self.whole)
        self._typed: Knot | None = None
        self._collapsed: tuple[CollapsedNodes, ...] = ()
        self._text = ""
        self._afresh = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.canvas, 1)
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

    @Slot()
    def _follow(self) -> None:
        if self._desk.worked is None:
            self._reshape()

    @Slot()
    def _look(self) -> None:
        self.canvas.show_sight(self._desk.sight)
        self.hints.follow()

    @Slot()
    def _fade(self) -> None:
        """What is drawn is not what is typed: it is pale, and nothing can be done with it."""
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
        self.header.set_low(event.size().height() < HEADER_LEAST_HEIGHT)
        super().resizeEvent(event)
        self.whole.fit()  # the formula may have been set otherwise

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
