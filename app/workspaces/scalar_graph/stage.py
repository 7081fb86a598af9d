"""The heading over the canvas with the formula, what is out of sight, and the field of a leaf."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.actions import ActionSet
from app.kit.copying import CopyButton
from app.kit.formula.boxes import Box, Keyed, LaidOut, Maths, Row, Words, lay_out, relation
from app.kit.formula.rows import Grid
from app.kit.formula.trees import box_of, markup_of_name
from app.kit.formula.view import FormulaView
from app.kit.listing import listed
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.drag_number.editor import NumberEditor
from app.kit.widgets.labels import FittingLabel
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.actions import DRAWN
from app.workspaces.scalar_graph.canvas.groups import hulls_of
from app.workspaces.scalar_graph.canvas.painter import Motion, WholeGraph
from app.workspaces.scalar_graph.canvas.view import GraphCanvas
from app.workspaces.scalar_graph.canvas.viewport import MARGIN
from app.workspaces.scalar_graph.computation import Computation, replaced
from app.workspaces.scalar_graph.layout import EMPTY, Faces, Knot, Sort
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.names import name_text
from engine.autodiff.document import GREATEST_INPUT, CollapsedNodes
from engine.autodiff.tree import Constant, Name, Span, Tree, parts

MOST_PARTS = 70
"""A longer expression is not set in type: nobody could read it in one line."""
SIZES = (25.0, 20.0, 16.0, 14.0)
"""Heights of an em in pixels that a formula may have."""
USUAL, TALLEST = 60.0, 96.0
"""So high a formula may be in the usual heading, and in one that makes room for its lines."""
FEW = 3
"""Of more definitions than this, as of a network's units, the heading has those that fit into its usual height: all of
them are in the field above it, and the drawing has more of the room."""
LINE_GAP = 0.3
"""Between lines, in em."""


class FormulaKeys:
    """Which node a part of a tree stands for: by its name, or by the place where it was typed."""

    def __init__(self, worked: Computation) -> None:
        self._by_span: dict[Span, str] = {}
        for node in worked.graph.nodes:
            if not node.is_variable and node.span.end > node.span.column:
                self._by_span[node.span] = node.key
        self._graph = worked.graph

    def of(self, part: Tree) -> Hashable | None:
        """The key of the node, None where a part is no node of its own."""
        if isinstance(part, Name):
            return part.name if part.name in self._graph.index else None
        if isinstance(part, Constant) and part.span.end <= part.span.column:
            return None
        return self._by_span.get(part.span)


@dataclass(frozen=True, slots=True)
class HeadingFormula:
    """A formula, the size that it is set in, and the definitions that there was no room for, by their names."""

    box: Box
    size: float
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """The result or a definition, and how large it is, in em."""

    name: str
    box: Box
    width: float
    height: float


def tallest_of(worked: Computation) -> float:
    """How high its formula may be over the drawing, in pixels."""
    return TALLEST if len(worked.shape.program.definitions) <= FEW else USUAL


def formula_of(worked: Computation, widest: float, tallest: float = TALLEST) -> HeadingFormula | None:
    """``t = x + y, y = t²``: the definitions as they are typed and then the result, in the largest size in which all of
    them fit into so many pixels. Where they fit in none, the last definitions are left out, which is said; None where
    not even the result fits."""
    program = worked.shape.program
    trees = [definition.value for definition in program.definitions] + [program.result]
    if sum(sum(1 for _ in parts(tree)) for tree in trees) > MOST_PARTS:
        return None
    pieces = _pieces(worked)
    for height in sorted({min(USUAL, tallest), tallest}):
        for size in SIZES:
            box = _set(pieces, widest / size, height / size)
            if box is not None:
                return HeadingFormula(box, size)
    *definitions, result = pieces
    for count in range(len(definitions) - 1, -1, -1):
        left_out = tuple(piece.name for piece in definitions[count:])
        box = _set([*definitions[:count], result, _said(left_out)], widest / SIZES[-1], tallest / SIZES[-1])
        if box is not None:
            return HeadingFormula(box, SIZES[-1], left_out)
    return None


def _pieces(worked: Computation) -> list[_Piece]:
    """The definitions in their order, the result last."""
    keys, graph, program = FormulaKeys(worked), worked.graph, worked.shape.program
    output = graph.nodes[graph.output].key
    result = Keyed(output, Maths(markup_of_name(program.name or graph.labels[graph.output])))
    named = (result, relation("=")) if worked.shape.computes or program.name else ()
    found = []
    for definition in program.definitions:
        name = Keyed(definition.name, Maths(markup_of_name(definition.name)))
        found.append(_piece(definition.name, Row((name, relation("="), box_of(definition.value, keys.of)))))
    return [*found, _piece("", Row((*named, box_of(program.result, keys.of))))]


def _said(left_out: Sequence[str]) -> _Piece:
    """Which definitions are not there."""
    words = QCoreApplication.translate("GraphFormula", "no room here for {names}")
    return _piece("", Words(words.format(names=listed(map(name_text, left_out))), "text_muted"))


def _piece(name: str, box: Box) -> _Piece:
    laid = lay_out(box, SIZES[0])
    return _Piece(name, box, laid.width / SIZES[0], laid.height / SIZES[0])


def _set(pieces: Sequence[_Piece], widest: float, tallest: float) -> Box | None:
    """Pieces in lines, as many in each as there is room for, in em; None where they do not fit."""
    between = Words(",   ", "text_muted")
    gap = lay_out(between, SIZES[0]).width / SIZES[0]
    lines: list[list[_Piece]] = []
    room = 0.0
    for piece in pieces:
        if piece.width > widest:
            return None
        if lines and room >= gap + piece.width:
            lines[-1].append(piece)
            room -= gap + piece.width
        else:
            lines.append([piece])
            room = widest - piece.width
    high = sum(max(piece.height for piece in line) for line in lines) + LINE_GAP * (len(lines) - 1)
    if high > tallest:
        return None
    rows = [_joined([piece.box for piece in line], between) for line in lines]
    return rows[0] if len(rows) == 1 else Grid(tuple((row,) for row in rows), row_gap=LINE_GAP, left=True)


def _joined(boxes: Sequence[Box], between: Box) -> Box:
    row: list[Box] = []
    for box in boxes:
        row += [between, box] if row else [box]
    return Row(tuple(row))


WIDEST, SHARE, LEAST = 460.0, 0.5, 600
"""A formula takes so many pixels at most, and so much of the width."""
HEIGHT, AROUND, LEFT_EDGE, GAP = 40, 4, 16, 8
ZOOMS = ("graph_zoom_in", "graph_zoom_out", "graph_zoom_actual")


class Header(QWidget):
    """The formula on the left, the menu *View* on the right. ``clicked(key)``: a part of the formula."""

    clicked = Signal(object)

    def __init__(
        self, model: GraphModel, canvas: GraphCanvas, actions: ActionSet, copier: CopyButton, hints: EdgeHints
    ) -> None:
        super().__init__()
        self._model, self._canvas = model, canvas
        self._shown: HeadingFormula | None = None
        self._low = False
        self.formula = FormulaView(None, SIZES[0], walkable=True)
        self.formula.setToolTip(self.tr("Point at a part of the formula: its node lights up, and the other way round"))
        self.caption = FittingLabel("muted")
        self.caption.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.caption.setToolTip(
            plain_tip(
                self.tr(
                    "Positive is {positive}, negative {negative}. The wider a gradient's line, the larger it is"
                ).format(**theme.colour_names())
            )
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT_EDGE, AROUND, GAP, AROUND)
        row.setSpacing(GAP)
        row.addWidget(self.formula)
        row.addSpacing(2 * GAP)
        row.addWidget(self.caption, 1)
        self._beside = (hints, self._view_button(actions), self._fit_button(actions), copier)
        for button in self._beside:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        hints.changed.connect(self._make_room)
        self.formula.pointed.connect(model.point)
        self.formula.chosen.connect(self.clicked)
        model.reshaped.connect(self._reshape)
        for signal in (model.state_changed, model.pointed_changed, model.chosen_changed):
            signal.connect(self._light)
        for signal in (model.refused, model.accepted):
            signal.connect(self._fade)
        canvas.viewport.moved.connect(self.write_legend)
        self._faint = QGraphicsOpacityEffect(self.formula)
        self._faint.setOpacity(0.4)
        self._faint.setEnabled(False)
        self.formula.setGraphicsEffect(self._faint)
        self._reshape()
        self._fade()

    def _view_button(self, actions: ActionSet) -> QToolButton:
        button = self.view = QToolButton()
        button.setText(self.tr("View"))
        button.setToolTip(plain_tip(self.tr("What to draw, and at what size")))
        button.setProperty("role", "pill")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        for names in (DRAWN, ("graph_outline",), ZOOMS):
            menu.addActions([actions[name] for name in names])
            menu.addSeparator()
        button.setMenu(menu)
        return button

    def _fit_button(self, actions: ActionSet) -> ActionButton:
        button = ActionButton(actions["graph_fit"])
        button.setProperty("role", "pill")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def sizeHint(self) -> QSize:
        """As high as the formula, so that the drawing stays where it is through the whole pass."""
        formula = 0 if self._low or self._shown is None else self.formula.sizeHint().height() + 2 * AROUND
        return QSize(super().sizeHint().width(), max(HEIGHT, formula))

    def set_low(self, low: bool) -> None:
        """Leave the room to the drawing: without the formula."""
        if low is not self._low:
            self._low = low
            self._reshape()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._reshape()

    @Slot()
    def _reshape(self) -> None:
        worked = self._model.worked
        widest = min(WIDEST, SHARE * max(self.width(), LEAST))
        found = formula_of(worked, widest, tallest_of(worked)) if worked is not None else None
        self._shown = found
        self.formula.set_size(found.size if found is not None else SIZES[0])
        self.formula.set_box(found.box if found is not None else Row(()))
        self._make_room()
        self._light()

    @Slot()
    def _make_room(self) -> None:
        """The formula is there where it is whole beside the buttons."""
        taken = sum(widget.sizeHint().width() + GAP for widget in self._beside)
        whole = self.formula.sizeHint().width() + taken <= self.width() - LEFT_EDGE - 4 * GAP
        self.formula.setVisible(self._shown is not None and not self._low and whole)

    def formula_within(self, widest: float) -> LaidOut | None:
        """The formula for a picture that has so much room: with what there may be no room for here."""
        if self._shown is not None and not self._shown.left_out and not self.formula.isHidden():
            return self.formula.laid_out
        worked = self._model.worked
        found = formula_of(worked, max(widest, WIDEST), math.inf) if worked is not None else None
        return lay_out(found.box, found.size) if found is not None else None

    @Slot()
    def _fade(self) -> None:
        """A formula that is no longer what is typed is faint, and says so."""
        self._faint.setEnabled(self._model.stale)
        self.write_legend()
        self._light()

    @Slot()
    def write_legend(self) -> None:
        """Say which numbers stand beneath a node, or that the drawing is of an earlier text."""
        stale = (self.tr("the last expression that could be read"),)
        self.caption.set_texts([*(stale if self._model.stale else self._meaning()), ""])  # half of one explains nothing

    def _meaning(self) -> tuple[str, ...]:
        """What stands beneath a node, the fullest form first."""
        shown = self._canvas.shown
        if not self._canvas.legible or not (shown.with_values or shown.with_gradients):
            return ()
        if not shown.with_gradients:
            return (self.tr("beneath a node its value"),)
        if not shown.with_values:
            return (self.tr("beneath a node its gradient"),)
        return self.tr("beneath a node its value, then its gradient"), self.tr("beneath: value, gradient")

    @Slot()
    def _light(self) -> None:
        """Light what is pointed at, else what the card is about: what is chosen, or the node at work."""
        keys: set[Hashable] = set() if self._model.gone_on else set(self._model.chosen)
        worked, state = self._model.worked, self._model.state
        if not keys and worked is not None and state.current is not None and not self._model.stale:
            keys.add(worked.graph.nodes[state.current].key)
        if self._model.pointed is not None:
            keys = {self._model.pointed}
        self.formula.light(keys)


LEFT, RIGHT, UP, DOWN = range(4)
ARROWS = ("◂ {count}", "{count} ▸", "▴ {count}", "▾ {count}")
STEP = 0.75
"""One click brings in so much of what is in view, or all that is left that way."""


class EdgeHints(QWidget):
    """Four buttons, each there while nodes lie beyond that edge of the canvas; beside it, so that they hide nothing.
    ``changed``: there are others."""

    changed = Signal()

    def __init__(self, canvas: GraphCanvas) -> None:
        super().__init__()
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
        before = [button.isHidden() for button in self.buttons]
        for button, arrow, side, count in zip(self.buttons, ARROWS, sides, counts, strict=True):
            button.setVisible(count > 0)
            button.setText(arrow.replace("{count}", self.tr("{count} more").format(count=count)))
            said = self.tr("{count} nodes are out of view {side}: show them")
            said = (self.tr("1 node is out of view {side}: show it") if count == 1 else said).format(
                count=count, side=side
            )
            button.setAccessibleName(said)
            button.setToolTip(plain_tip(said))
        if before != [button.isHidden() for button in self.buttons]:
            self.changed.emit()

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


class CanvasPanel(QWidget):
    """The heading over the canvas; keeps both in step with the model."""

    def __init__(self, model: GraphModel, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.canvas = GraphCanvas()
        self.hints = EdgeHints(self.canvas)
        self.editor = NumberEditor(self.canvas)
        self.editor.setAccessibleName(self.tr("Value of the input"))
        self.editor.setToolTip(self.tr("Type a number, then Enter; Escape cancels"))
        copier = self.copier = CopyButton()
        copier.offer(None, copier.drawn_picture, title=self.canvas.accessibleName(), name="graph")
        self.header = Header(model, self.canvas, actions, copier, self.hints)
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
        model, canvas = self._model, self.canvas
        model.document.replaced.connect(self._begin_afresh)
        model.reshaped.connect(self._reshape)
        model.worked_changed.connect(self._follow)
        model.state_changed.connect(self._look)
        model.nudge_changed.connect(self._show_hulls)
        model.refused.connect(self._fade)
        model.accepted.connect(self._fade)
        model.pointed_changed.connect(self._light)
        model.playback.moved.connect(self._move)
        model.chosen_changed.connect(self._choose)
        canvas.chosen.connect(model.choose)
        canvas.chosen_again.connect(model.choose_again)
        canvas.pointed.connect(model.point)
        canvas.pulled.connect(model.set_input)
        canvas.let_go.connect(model.settle)
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
        worked = self._model.worked
        if worked is None:
            self.canvas.show_drawing(EMPTY, Faces(), afresh=True)
            return
        shape = worked.shape
        drawing = shape.drawing
        self.canvas.show_state(
            self._model.state if len(self._model.state.values) == len(drawing.knots) else worked.state(0),
            follow=False,
        )
        self.canvas.hulls = hulls_of(self._model, drawing)
        afresh = self._afresh or shape.collapsed != self._collapsed or replaced(self._text, shape.text)
        self._collapsed, self._text = shape.collapsed, shape.text
        self.canvas.show_drawing(drawing, shape.faces, afresh=afresh)
        self._afresh = False
        self.whole.fit()
        self.hints.follow()

    @Slot()
    def _follow(self) -> None:
        if self._model.worked is None:
            self._reshape()

    @Slot()
    def _look(self) -> None:
        self.canvas.show_state(self._model.state)
        self._show_hulls()
        self.hints.follow()

    @Slot()
    def _fade(self) -> None:
        """Make the drawing pale while it is not of the text that is typed."""
        self.canvas.show_stale(self._model.stale)
        self._show_hulls()

    @Slot()
    def _move(self) -> None:
        """Dots go along the lanes of the step under way while the playback runs."""
        worked, playback = self._model.worked, self._model.playback
        steps = worked.shape.schedule.steps if worked is not None else ()
        waits = not playback.playing or playback.at >= len(steps) or steps[playback.at].kind == "seed"
        if waits or self._model.stale:
            self.canvas.show_motion(None)
            return
        step = steps[playback.at]
        self.canvas.show_motion(Motion(step.node, step.kind == "backward", playback.progress))

    @Slot()
    def _light(self) -> None:
        self.canvas.light(() if self._model.pointed is None else {self._model.pointed})

    @Slot()
    def _choose(self) -> None:
        self.canvas.choose(self._model.chosen)
        self._show_hulls()

    @Slot()
    def _show_hulls(self) -> None:
        self.canvas.show_hulls(hulls_of(self._model, self.canvas.shown.drawing))

    def show_parts(self, *, values: bool, gradients: bool, names: bool) -> None:
        """Which of the numbers and names are drawn."""
        shown = self.canvas.shown
        shown.with_values, shown.with_gradients, shown.with_names = values, gradients, names
        self.header.write_legend()
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
        value = self._model.state.values[knot.index]
        if value is None or self._model.refuses_inputs():
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
            self._model.set_input(str(self._typed.key), value)
            self._model.settle()
            if abs(value) > GREATEST_INPUT:
                self.editor.say_bounds(value, -GREATEST_INPUT, GREATEST_INPUT)

    def _type_next(self, onward: bool) -> bool:
        """From leaf to leaf by Tab, as they stand from top to bottom."""
        leaves = [leaf for leaf in self.canvas.shown.drawing.knots if leaf.sort is Sort.LEAF]
        leaves.sort(key=lambda leaf: (leaf.centre.y(), leaf.centre.x()))
        keys = [leaf.key for leaf in leaves]
        place = keys.index(self._typed.key) + (1 if onward else -1) if self._typed and self._typed.key in keys else -1
        if not 0 <= place < len(leaves):
            return False
        self.canvas.viewport.reveal(leaves[place].box)
        self._type(leaves[place])
        return self.editor.open
