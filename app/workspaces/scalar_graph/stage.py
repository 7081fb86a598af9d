"""The canvas with what lies over it: the heading, what is out of sight, and the field of a leaf."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.kit.actions import ActionSet
from app.kit.copying import CopyButton
from app.kit.formula.laid_out import LaidOut
from app.kit.widgets.drag_number.editor import NumberEditor
from app.workspaces.scalar_graph.canvas.drawing import EMPTY, Knot, Sort
from app.workspaces.scalar_graph.canvas.labels import Labels
from app.workspaces.scalar_graph.canvas.motion import Motion
from app.workspaces.scalar_graph.canvas.shown import Faces
from app.workspaces.scalar_graph.canvas.view import GraphCanvas
from app.workspaces.scalar_graph.canvas.whole import WholeGraph
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.edge_hints import EdgeHints
from app.workspaces.scalar_graph.groups import hulls_of
from app.workspaces.scalar_graph.header import Header
from app.workspaces.scalar_graph.shape import replaced
from engine.autodiff.document import CollapsedNodes

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
