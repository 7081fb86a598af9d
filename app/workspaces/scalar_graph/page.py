"""The computation graph at work: an expression's document, what it comes to, and the views of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.kit.actions import ActionSet, worded_action
from app.kit.sheet import Renewed, Sheet
from app.kit.translation import sentence_of
from app.kit.view_parts import ViewPart, action_part, choice_part, speed_part
from app.kit.widgets.frame import QWIDGETSIZE_MAX, Panel, splitter
from app.kit.widgets.still import Still
from app.kit.widgets.tabs import FOLDED
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.actions import ACTIONS, DRAWN, MENUS, NETWORK_TIP, TIPS
from app.workspaces.scalar_graph.canvas.groups import GroupEdits
from app.workspaces.scalar_graph.canvas.state import HitPart, ScalarCanvasHit
from app.workspaces.scalar_graph.checks import Checks
from app.workspaces.scalar_graph.computation import GradientOf, NumberKey, ShareOf, ValueOf
from app.workspaces.scalar_graph.dock import GraphDock
from app.workspaces.scalar_graph.explanations import ExplanationColumn
from app.workspaces.scalar_graph.field import ExpressionField
from app.workspaces.scalar_graph.layout import Knot
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.outline import GraphOutline
from app.workspaces.scalar_graph.player import GraphBar, Player
from app.workspaces.scalar_graph.sources import (
    FIRST,
    ExamplesButton,
    ExpressionExample,
    FromPlayground,
    SourceNote,
    example_named,
)
from app.workspaces.scalar_graph.stage import CanvasPanel
from app.workspaces.scalar_graph.table import NodeColumn
from app.workspaces.workspace import Host, Page
from engine.autodiff import ExpressionError
from engine.autodiff.document import ExpressionSheet
from engine.autodiff.younger import renamed_problem, without_younger
from engine.formats.expression import EXPRESSION
from engine.formats.sheet import MOST_SELECTED
from engine.problems import EngineError


class DockColumn(QSplitter):
    """The open dock is as high as it is ``wanted``, in pixels, as far as that leaves what is over it its height."""

    def __init__(self, upper: QWidget, dock: QWidget, wanted: int) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.wanted = wanted
        self._upper, self._dock, self._open = upper, dock, False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(upper)
        self.addWidget(dock)
        self.setStretchFactor(0, 1)
        self.splitterMoved.connect(self._note)

    def set_open(self, is_open: bool) -> None:
        """Show the dock whole, or its line alone."""
        self._open = is_open
        self._share()

    @Slot()
    def _note(self) -> None:
        """By hand: so high it is to be, whenever there is room."""
        if self._open:
            self.wanted = self.sizes()[1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and not self._open:
            self._share()  # the height of its line is known only now
        return is_done

    def _share(self) -> None:
        least = self._dock.minimumSizeHint().height()
        self._dock.setMaximumHeight(QWIDGETSIZE_MAX if self._open else least)
        free = self.height() - self.handleWidth() - self._upper.minimumSizeHint().height() - GROUND_SPARE
        height = max(min(self.wanted, free), least) if self._open else least
        if height != self.sizes()[1]:
            self.setSizes([self.height() - self.handleWidth() - height, height])


RIGHT_SHARE, RIGHT_LEAST, RIGHT_MOST = 0.247, 290, 346
DOCK_SHARE, DOCK_LEAST = 0.35, 236
GROUND_LEAST, GROUND_SPARE = 150, 76
"""Pixels of height that stay the canvas', and how many more it keeps while the dock can give way by itself."""
OUTLINE_WIDTH, FIELD_HEIGHT, PLAYER_HEIGHT = 260, 40, 85
DOCK_HEIGHT = "dock_height"
"""Under this name it is remembered."""


class GraphFrame(QWidget):
    """Everything of the page but the top bar: empty panels at first, which are filled piece by piece."""

    def __init__(self, model: GraphModel, checks: Checks, host: Host) -> None:
        super().__init__()
        self._model, self._checks, self._memory = model, checks, host.memory
        self.action_set = ActionSet(self, ACTIONS)
        self.dock: GraphDock | None = None
        self.right: ExplanationColumn | None = None
        self.outline: GraphOutline | None = None
        self.field = ExpressionField()
        self.field.edit.show_text(model.document.value.text)  # never seen empty where there is something
        self.panels = {name: Panel() for name in ("right", "bottom", "outline")}
        centre = QWidget()
        width, height = host.size().width(), host.size().height()
        right = min(max(round(RIGHT_SHARE * width), RIGHT_LEAST), RIGHT_MOST)
        dock = max(DOCK_LEAST, round(DOCK_SHARE * height))
        upper = splitter(Qt.Orientation.Horizontal, self.panels["outline"], centre, grows=1)
        noted = self._memory.noted(DOCK_HEIGHT)
        inner = splitter(Qt.Orientation.Horizontal, upper, self.panels["right"], grows=0)
        self._column = DockColumn(inner, self.panels["bottom"], int(noted) if noted.isdecimal() else dock)
        upper.setSizes([OUTLINE_WIDTH, width])
        inner.setSizes([width - right, right])
        self._splitters = {"outline": upper, "inner": inner}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._column)
        self._lay_out_centre(centre)
        for name, halves in self._splitters.items():
            state = self._memory.layout(name)
            if state is not None:
                halves.restoreState(state)
        self.panels["outline"].hide()

    def _lay_out_centre(self, centre: QWidget) -> None:
        self.ground = QWidget(centre)
        """Where the canvas lies."""
        self.ground.setMinimumHeight(GROUND_LEAST)
        self._stage_place = QVBoxLayout(self.ground)
        self._stage_place.setContentsMargins(0, 0, 0, 0)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top = QVBoxLayout()
        self._top.setContentsMargins(12, 4, 12, 0)
        self._top.addSpacing(FIELD_HEIGHT)  # so that nothing moves when they come
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.addSpacing(PLAYER_HEIGHT)
        column.addLayout(self._top)
        column.addWidget(self.ground, 1)
        column.addLayout(self._foot)

    def parts(self) -> Iterator[Callable[[], object]]:
        """The field, the playback's bar with its sentence, and the canvas: built after the first frame."""
        yield self._add_field
        yield self._add_player
        yield self._measure
        yield self._add_stage

    def _add_field(self) -> None:
        self.examples = ExamplesButton(self.action_set)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.examples, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.field, 1)
        self._top.takeAt(0)
        self._top.addLayout(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.field.edit.fit_page(event.size().height())

    def show_source(self, note: QWidget) -> None:
        """Put a note on what is open under the field."""
        self._top.addWidget(note)

    def _add_player(self) -> None:
        self.player = Player(self._model, self.action_set)
        self._foot.takeAt(0)
        self._foot.addWidget(Still(self.player))

    def _measure(self) -> None:
        """By itself: with all that the stage begins with it would stop the window."""
        worked = self._model.worked
        if worked is not None:
            _ = worked.shape.drawing, worked.shape.faces

    def _add_stage(self) -> None:
        self.stage = CanvasPanel(self._model, self.action_set)
        self._stage_place.addWidget(self.stage)

    def begin_dock(self) -> None:
        """Build the dock with its table; nobody sees it yet, so that Qt lays nothing out."""
        self.dock = GraphDock(self._model, self._checks)

    def show_dock(self, dock: GraphDock) -> None:
        """Build the rest of it, and show it."""
        dock.add_pages()
        still = Still(dock)
        self.panels["bottom"].column.addWidget(still)
        still.show()  # its line is measured at once

    def add_right(self) -> ExplanationColumn:
        """Build the right column and show it."""
        self.right = ExplanationColumn(self._model)
        self.panels["right"].column.addWidget(self.right)
        self.panels["right"].setMinimumWidth(RIGHT_LEAST)
        self.right.show()
        return self.right

    def show_panel(self, name: str, shown: bool) -> None:
        """Show or hide a panel, and remember it."""
        self.panels[name].setVisible(shown)
        self._memory.set_shown(name, shown)

    def open_dock(self, is_open: bool) -> None:
        """Open the dock, or leave its line alone, and remember it."""
        if self.dock is not None:
            self.dock.tabs.open_tab(self.dock.tabs.currentIndex() if is_open else FOLDED)
        self._column.set_open(is_open)
        self._memory.set_shown("dock", is_open)

    def show_outline(self, shown: bool) -> None:
        """Show or hide the outline, which is built when it is first shown."""
        if shown and self.outline is None:
            self.outline = GraphOutline(self._model)
            self.panels["outline"].column.addWidget(self.outline)
        self.panels["outline"].setVisible(shown)
        self._memory.set_shown("outline", shown)

    def remember(self) -> None:
        """Keep the splitters as they are."""
        for name, halves in self._splitters.items():
            self._memory.set_layout(name, QByteArray(halves.saveState()))
        self._memory.note(DOCK_HEIGHT, str(self._column.wanted))


def place_of(error: EngineError) -> tuple[int, int, int]:
    """(line, column, length) of what is wrong with a text, from 0; the end of the first line where it is none place."""
    if isinstance(error, ExpressionError):
        span = error.span
        return max(span.line - 1, 0), span.column, span.end - span.column
    return 0, 0, 0


class OriginExplainer(QObject):
    """Hands numbers of the canvas, the table and the cards to the origin card."""

    def __init__(self, model: GraphModel, frame: GraphFrame) -> None:
        super().__init__(frame)
        self._model, self._frame = model, frame

    @Slot(object)
    def show(self, key: NumberKey) -> None:
        """Say where a number comes from."""
        if self._frame.right is not None:
            self._frame.right.explain(key)

    @Slot(object, int)
    def cell(self, key: str, column: int) -> None:
        """A cell of the table: the value, or what has to do with the gradient."""
        self.show(ValueOf(key) if column <= NodeColumn.VALUE else GradientOf(key))

    @Slot(object)
    def hit(self, hit: ScalarCanvasHit) -> None:
        """A number of an edge, or the result."""
        worked = self._model.worked
        if hit.knot is None or worked is None:
            return
        node = worked.graph.nodes[hit.knot.index]
        if hit.part is HitPart.PRODUCT:
            self.show(ShareOf(node.key, hit.slot))
        elif hit.part is HitPart.GRADIENT:
            self.show(GradientOf(node.key))
        else:
            self.show(ValueOf(node.key))

    @Slot(object)
    def knot(self, knot: Knot) -> None:
        """A node: its gradient where that is known, else its value."""
        known = self._model.state.gradients[knot.index] is not None
        self.show(GradientOf(str(knot.key)) if known else ValueOf(str(knot.key)))

    def chosen(self) -> None:
        """A node that is chosen."""
        drawing = self._frame.stage.canvas.shown.drawing
        found = next((drawing.by_key[key] for key in self._model.chosen if key in drawing.by_key), None)
        if found is not None:
            self.knot(found)


TABS = ("nodes", "rules", "code", "plot")
"""Of the dock, as files name them."""


def sheet_of(example: ExpressionExample) -> ExpressionSheet:
    """An example as a document."""
    return ExpressionSheet(text=example.text, inputs=dict(example.inputs))


def same_text(named: ExpressionSheet, value: ExpressionSheet) -> bool:
    """Return whether a title still fits: an example's belongs to its text."""
    return named.text == value.text


class ScalarGraphPage(Page):
    """Shows itself with empty panels; what is in them follows part by part."""

    menus = MENUS
    widget: GraphFrame
    bar: GraphBar
    document: Sheet[ExpressionSheet]

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        first = sheet_of(example_named(FIRST))
        self.document = Sheet(
            EXPRESSION, first, self.tr("Expression"), self, fits=same_text, kept=self._kept, renewed=self._renewed
        )
        self.model = GraphModel(self.document, self)
        self.checks = Checks(self)
        self.widget = GraphFrame(self.model, self.checks, host)
        self.actions = self.widget.action_set
        self.ground = self.widget.ground
        self.mouse = (
            (self.tr("Click a node"), self.tr("Explain it; a leaf's value is typed")),
            (self.tr("Drag a leaf sideways"), self.tr("Change its value")),
            (self.tr("Click a number of the graph"), self.tr("Where it comes from")),
            (self.tr("Drag on empty canvas"), self.tr("Select nodes; with Shift or Ctrl, add to the selection")),
            (self.tr("Wheel"), self.tr("Pan; with Ctrl, zoom")),
        )
        self.tips = {name: worded_action(tip) for name, tip in TIPS.items()}
        self.playground = FromPlayground(host, self.widget, self.document)
        self.explainer = OriginExplainer(self.model, self.widget)
        self.grouping = GroupEdits(self.model, host.messages, self)
        self._joined = False
        self._bind_switches()

    def _kept(self, value: ExpressionSheet) -> ExpressionSheet:
        """What of the document is written to a file: of an expression that is read, no group and no input that only an
        earlier one had; and the input that is looked at."""
        worked = self.model.worked
        if worked is None or self.model.behind or worked.shape.collapsed != value.collapsed:
            return value
        inputs = {name: number for name, number in value.inputs.items() if name in worked.inputs}
        along = self.model.leaf if self.model.chosen and self.model.leaf is not None else value.along
        return value.model_copy(update={"collapsed": worked.shape.standing, "inputs": inputs, "along": along})

    def _view_parts(self) -> tuple[ViewPart, ...]:
        """All that is saved of how the graph is looked at; what is collapsed is part of the expression."""
        model, dock, right = self.model, self.widget.dock, self.widget.right
        assert dock is not None and right is not None
        panels = {name: self.actions[f"graph_{name}"] for name in ("dock", "right", "outline")}
        predict, asking = self.actions["graph_predict"], right.asking
        return (
            ViewPart("step", self._step_kept, lambda _step: None, (model.stepped,)),  # the model goes there
            ViewPart("tab", lambda: TABS[dock.tabs.currentIndex()], self._bring_tab, (dock.tabs.currentChanged,)),
            *(action_part(name, action) for name, action in panels.items()),
            *(action_part(name.removeprefix("graph_"), self.actions[name]) for name in DRAWN),
            choice_part("card", right.tabs, right.show_card),
            ViewPart("guesses", asking.record, asking.take_up, (asking.guesses.replied,)),
            ViewPart("numbers.told", lambda: asking.told, asking.take_told),
            ViewPart("predict", predict.isChecked, predict.setChecked, (predict.toggled,)),
            ViewPart("switches.gone_on", lambda: model.gone_on or None, model.select_gone_on, (model.stepped,)),
            ViewPart("selected", lambda: model.selected[:MOST_SELECTED], model.select, (model.chosen_changed,)),
            ViewPart("numbers.nudge", lambda: [model.nudge_by], self._nudge_by, (model.nudge_changed,)),
            speed_part(model.playback),
        )

    def _step_kept(self) -> int | None:
        return self.model.playback.at if self.model.worked is not None and not self.model.behind else None

    def _bring_tab(self, name: str) -> None:
        if name in TABS and self.widget.dock is not None:
            self.widget.dock.bring_to_front(TABS.index(name))

    def _nudge_by(self, numbers: Sequence[float]) -> None:
        if self.widget.right is not None and len(numbers) == 1:
            self.widget.right.nudge.set_nudge(numbers[0])

    def _renewed(self, value: ExpressionSheet) -> Renewed[ExpressionSheet] | None:
        """One that is older than a function of which it has a variable of the same name has that renamed."""
        new, names = without_younger(value)
        return Renewed(self.tr("Rename variables"), new, renamed_problem(names)) if names else None

    def _bind(self) -> None:
        model, stage = self.model, self.widget.stage
        playback, view = model.playback, stage.canvas.viewport
        self.actions.bind(
            {
                "graph_play": playback.toggle,
                "graph_step": self._step,
                "graph_back": playback.back,
                "graph_begin": lambda: playback.go(0),
                "graph_middle": lambda: playback.go(model.worked.middle if model.worked is not None else 0),
                "graph_end": self._end,
                "graph_origin": self.explainer.chosen,
                "graph_edit": self.widget.field.edit.setFocus,
                "graph_collapse": self.grouping.collapse,
                "graph_open": self.grouping.open_again,
                "graph_select_all": self.grouping.choose_all,
                "graph_nudge": self._nudge,
                "graph_from_neuron": self.playground.open_neuron,
                "graph_from_network": self.playground.open_network,
                "graph_take_now": self.playground.take_now,
                "graph_fit": stage.canvas.following.show_all,
                "graph_zoom_in": lambda: view.zoom(1.25),
                "graph_zoom_out": lambda: view.zoom(0.8),
                "graph_zoom_actual": lambda: view.zoom(1.0 / view.camera.scale),
            }
        )

    def _bind_switches(self) -> None:
        for name in DRAWN:
            self.actions[name].setChecked(True)
            self.actions[name].toggled.connect(self._show_parts)
        right, dock = self.actions["graph_right"], self.actions["graph_dock"]
        right.toggled.connect(partial(self.widget.show_panel, "right"))
        right.setChecked(self.host.memory.shown("right"))
        self.widget.show_panel("right", right.isChecked())
        dock.setChecked(self.host.memory.shown("dock", usual=False))

    def _step(self) -> None:
        """One node on; an open question waits for its answer."""
        if self.widget.right is not None:
            self.widget.right.asking.step()
        else:
            self.model.playback.step()

    def _end(self) -> None:
        """To the end, or to the next question."""
        if self.widget.right is not None:
            self.widget.right.asking.end()
        else:
            self.model.playback.go(self.model.playback.length)

    def _connect(self) -> None:
        model, frame = self.model, self.widget
        frame.field.edit.typed.connect(model.type)
        frame.field.edit.rested.connect(model.rest)
        self.document.value_changed.connect(self._follow)
        model.kept.connect(self._follow)
        model.accepted.connect(self._say_found)
        model.refused.connect(self._say_unread)
        model.worked_changed.connect(lambda: self.checks.follow(model.worked))
        model.complained.connect(self.host.messages.say_problem)
        stage = frame.stage
        stage.canvas.hull_clicked.connect(self.grouping.take_hull)
        stage.canvas.number_asked.connect(self.explainer.hit)
        stage.canvas.opened.connect(self.explainer.knot)
        self.bar.asked.connect(self.explainer.show)
        stage.header.clicked.connect(lambda key: self.explainer.show(ValueOf(str(key))))

    @Slot()
    def _follow(self) -> None:
        """The field says what the document says."""
        self.widget.field.edit.show_text(self.document.value.text)
        self.widget.examples.mark(self.document.value.text)

    @Slot()
    def _say_found(self) -> None:
        worked = self.model.worked
        if worked is None:
            return
        nodes, leaves = (
            len(worked.shape.whole.operations) + len(worked.shape.whole.variables),
            len(worked.shape.whole.variables),
        )
        words = self.tr("{nodes} nodes, 1 leaf") if leaves == 1 else self.tr("{nodes} nodes, {leaves} leaves")
        if nodes == 1:
            words = (
                self.tr("1 node, {leaves} leaves").format(leaves=leaves) if leaves != 1 else self.tr("1 node, 1 leaf")
            )
        shown = len(worked.graph.operations) + len(worked.graph.variables)
        if shown < nodes:
            words = self.tr("{found}; {shown} shown").replace("{found}", words)
        self.widget.field.say_found(words.format(nodes=nodes, leaves=leaves, shown=shown), worked.shape.unnamed)

    @Slot()
    def _say_unread(self) -> None:
        """Say what is wrong with the text, or which names its end may become."""
        worked, field = self.model.worked, self.widget.field
        says_itself = "=" in self.document.value.text
        field.lead_with("" if worked is None or says_itself else worked.shape.unnamed)
        if self.model.error is not None:
            self._say_wrong(self.model.error)
        else:
            field.say_awaited(self.model.half.awaited)

    def _say_wrong(self, error: EngineError) -> None:
        kept = self.tr("showing the last one that could be read") if self.model.worked is not None else ""
        sentence = sentence_of(error.problem)
        line, column, length = place_of(error)
        self.widget.field.say_wrong(sentence, kept, line, column, length)

    def parts(self) -> Iterable[Callable[[], object]]:
        """Build the contents of the panels, part by part."""
        yield self.model.follow
        yield from self.widget.parts()
        yield self._join
        yield self.widget.begin_dock
        yield self._join_dock
        yield self._join_right

    def start(self) -> None:
        """Numbers are checked from now on."""
        self.checks.begin()

    def _join(self) -> None:
        self.bar = GraphBar(self.model)
        self._bind()
        self._connect()
        self.widget.show_source(SourceNote(self.playground, self.actions["graph_take_now"], self.widget))
        self.widget.examples.chosen.connect(self.open_example)
        self._follow()
        if self.model.stale:
            self._say_unread()
        else:
            self._say_found()
        self.checks.follow(self.model.worked)
        outline = self.actions["graph_outline"]
        outline.toggled.connect(self.widget.show_outline)
        outline.setChecked(self.host.memory.shown("outline", False))
        self._joined = True

    def _offer_network(self) -> None:
        reason = self.playground.too_large()
        self.actions["graph_from_network"].setEnabled(not reason)
        tip = reason or QCoreApplication.translate("Actions", NETWORK_TIP)
        self.actions["graph_from_network"].setToolTip(plain_tip(tip))

    def _join_dock(self) -> None:
        dock = self.widget.dock
        assert dock is not None
        self.widget.show_dock(dock)
        dock.table.asked.connect(self.explainer.cell)
        action = self.actions["graph_dock"]
        dock.tabs.turned.connect(lambda front: action.setChecked(front != FOLDED))
        action.toggled.connect(self.widget.open_dock)
        self.widget.open_dock(action.isChecked())

    def _join_right(self) -> None:
        right = self.widget.add_right()
        right.asked.connect(self.explainer.show)
        self.actions["graph_predict"].toggled.connect(right.set_asking)
        self.document.keep_view(self._view_parts(), right.asking.look_again)

    @Slot()
    def _show_parts(self) -> None:
        values, gradients, names = (self.actions[name].isChecked() for name in DRAWN)
        self.widget.stage.show_parts(values=values, gradients=gradients, names=names)

    # Hands --------------------------------------------------------------------------------------------------------

    def _nudge(self) -> None:
        if self.widget.right is not None:
            self.actions["graph_right"].setChecked(True)
            self.widget.right.show_card("nudge")
            self.widget.right.nudge.by.number.setFocus()

    def enter(self) -> None:
        """The keyboard is the canvas', once there is one; whether the playground's network can be opened may have
        changed."""
        self._offer_network()
        self.playground.look()
        (self.widget.stage.canvas if self._joined else self.widget).setFocus()

    @Slot(object)
    def open_example(self, example: ExpressionExample) -> None:
        """Put an example in place of what is open."""
        self.document.load(example.title, sheet_of(example))

    def aside(self) -> Sequence[QWidget]:
        frame = self.widget
        return frame.panels["bottom"], frame.panels["outline"], frame.examples, frame.field

    def present(self, on: bool) -> None:
        self.widget.stage.canvas.viewport.enlarge_fits(on)

    def close(self) -> None:
        """Stop every thread; forget the undo steps while those who listen to them still live."""
        self.widget.remember()
        if self.widget.dock is not None:
            self.widget.dock.close_work()
        self.playground.close()
        self.model.close()
        self.checks.close()
        self.document.undo_stack.clear()
