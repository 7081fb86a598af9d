"""The computation graph at work: an expression's document, what it comes to, and the views of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Slot

from app.kit.actions import worded_action
from app.kit.sheet import Sheet
from app.kit.translation import sentence_of
from app.workspaces.scalar_graph.actions import ACTIONS, MENUS, TIPS
from app.workspaces.scalar_graph.bar import GraphBar
from app.workspaces.scalar_graph.checks import Checks
from app.workspaces.scalar_graph.desk import Desk, place_of
from app.workspaces.scalar_graph.examples import FIRST, ExpressionExample, example_named
from app.workspaces.scalar_graph.files import EXPRESSION
from app.workspaces.scalar_graph.frame import Frame
from app.workspaces.workspace import Host, Page
from engine.autodiff.document import ExpressionSheet
from engine.problems import EngineError, Problem


def sheet_of(example: ExpressionExample) -> ExpressionSheet:
    """An example as a document."""
    return ExpressionSheet(text=example.text, inputs=dict(example.inputs))


class ScalarGraphPage(Page):
    """Shows itself with the field and the canvas; the rest follows part by part."""

    menus = MENUS
    widget: Frame
    document: Sheet[ExpressionSheet]

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.document = Sheet(EXPRESSION, sheet_of(example_named(FIRST)), self.tr("Expression"), self)
        self.desk = Desk(self.document, self)
        self.checks = Checks(self)
        self.desk.follow()
        self.widget = Frame(self.desk, self.checks, host)
        self.actions = self.widget.actions
        self.bar = GraphBar(self.desk, self.checks)
        self.ground = self.widget.stage.canvas
        self.tips = {name: worded_action(tip) for name, tip in TIPS.items()}
        self._bind()
        self._connect()
        self._say_found()
        self.checks.follow(self.desk.worked)

    def _bind(self) -> None:
        desk, stage = self.desk, self.widget.stage
        playback, view = desk.playback, stage.canvas.viewport
        self.actions.bind(
            {
                "graph_play": playback.toggle,
                "graph_step": playback.step,
                "graph_back": playback.back,
                "graph_begin": lambda: playback.go(0),
                "graph_middle": lambda: playback.go(desk.worked.middle if desk.worked is not None else 0),
                "graph_end": lambda: playback.go(playback.length),
                "graph_edit": self.widget.field.edit.setFocus,
                "graph_fit": view.fit,
                "graph_zoom_in": lambda: view.zoom(1.25),
                "graph_zoom_out": lambda: view.zoom(0.8),
                "graph_zoom_actual": lambda: view.zoom(1.0 / view.camera.scale),
            }
        )

    def _connect(self) -> None:
        desk, frame = self.desk, self.widget
        frame.field.edit.typed.connect(desk.type)
        self.document.value_changed.connect(self._follow)
        desk.accepted.connect(self._say_found)
        desk.refused.connect(self._say_wrong)
        desk.worked_changed.connect(lambda: self.checks.follow(desk.worked))
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """The field says what the document says."""
        self.widget.field.edit.show_text(self.document.value.text)

    @Slot()
    def _say_found(self) -> None:
        worked = self.desk.worked
        if worked is None:
            return
        nodes, leaves = len(worked.shape.whole.operations) + len(worked.shape.whole.variables), len(worked.shape.whole.variables)
        words = self.tr("{nodes} nodes, 1 leaf") if leaves == 1 else self.tr("{nodes} nodes, {leaves} leaves")
        self.widget.field.say_found(words.format(nodes=nodes, leaves=leaves))

    @Slot(object)
    def _say_wrong(self, error: EngineError) -> None:
        kept = self.tr("showing the last one that could be read") if self.desk.worked is not None else ""
        self.widget.field.say_wrong(sentence_of(error.problem), kept, *place_of(error))

    def parts(self) -> Iterable[Callable[[], None]]:
        """The panes beside the canvas."""
        return self.widget.parts()

    def enter(self) -> None:
        """The keyboard is the canvas'."""
        self.widget.stage.canvas.setFocus()

    def open_file(self, path: Path, *, copy: bool = False) -> tuple[Problem, ...]:
        """Open an expression in place of the present one, which undo brings back."""
        return self.document.open(path, copy=copy)

    @Slot(object)
    def open_example(self, example: ExpressionExample) -> None:
        """Put an example in place of what is open."""
        self.document.load(QCoreApplication.translate("Expressions", example.title), sheet_of(example))

    def close(self) -> None:
        """Stop every thread; forget the undo steps while those who listen to them still live."""
        self.widget.remember()
        self.desk.close()
        self.checks.close()
        self.document.undo_stack.clear()
