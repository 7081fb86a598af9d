"""A canvas over a real document, with a trainer that steps when it is told to and in the same thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal, Slot
from PySide6.QtTest import QTest

from app.builder.canvas.view import NetworkCanvas
from app.network.document import Document
from app.network.watched import Legible
from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.problems import EngineError
from engine.training.progress import progress_of
from engine.training.session import Setup, TrainingSession


class SteppedTrainer(QObject):
    """The part of the trainer's face that the canvas looks at, without a thread."""

    snapshot_published = Signal(object)
    snapshot_withdrawn = Signal()
    weights_heard = Signal()
    running_changed = Signal(bool)

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self.legible = Legible(self)
        self.running = False
        self.snapshot = None
        self.session: TrainingSession | None = None
        document.loaded_state_changed.connect(self._follow)
        document.run_wanted.connect(self._take_up)
        document.weight_set.connect(self._set_weight)
        self._follow(document.loaded_state, {})

    @Slot(object, object)
    def _follow(self, loaded, stash) -> None:
        setup = Setup(loaded.state.graph, loaded.dataset, loaded.state.hyper, compiled=False)
        try:
            if self.session is None:
                self.session = TrainingSession(setup)
            else:
                self.session.change(setup, stash)
        except EngineError:
            return  # not a network at the moment; the canvas shows the problems
        self.publish()

    @Slot(object)
    def _take_up(self, moment) -> None:
        loaded, self.session = self._document.loaded_state, None
        setup = Setup(loaded.state.graph, loaded.dataset, loaded.state.hyper, compiled=False)
        try:
            self.session = TrainingSession(setup, moment.run.weights, 0, moment.run.progress)
        except EngineError:
            return
        self.publish()

    @Slot(str, str, object, float)
    def _set_weight(self, block_id: str, name: str, index: tuple[int, ...], value: float) -> None:
        self.session.set_weight(block_id, name, index, value)
        self.publish()

    def publish(self) -> None:
        """Publish the session as it is."""
        self.snapshot = self.session.snapshot()
        snapshot = self.snapshot
        self._document.live_weights.put(snapshot.weights, lambda: progress_of(snapshot))
        self.snapshot_published.emit(self.snapshot)
        self.legible.follow(self.snapshot, running=self.running)


class Rig:
    """The canvas and hands to work it with."""

    def __init__(self, qtbot, content: NetworkGraph | NetworkFile | None = None) -> None:
        graph = content if content is not None else feed_forward((3, 2))
        is_file = isinstance(graph, NetworkFile)
        file = graph if is_file else NetworkFile(graph, Hyperparameters(), DataChoice(name="circle"))
        self.document = Document(file)
        self.trainer = SteppedTrainer(self.document)
        self.canvas = NetworkCanvas(self.document, self.trainer)
        self.canvas.resize(1000, 600)
        qtbot.addWidget(self.canvas, before_close_func=self._end)
        with qtbot.waitActive(self.canvas):
            self.canvas.show()
            self.canvas.activateWindow()
        self.canvas.setFocus()

    def _end(self, _canvas: NetworkCanvas) -> None:
        self.document.undo_stack.clear()  # while Python still knows the commands that Qt deletes

    @property
    def graph(self) -> NetworkGraph:
        """The document's graph."""
        return self.document.graph

    def pixel(self, scene: QPointF) -> QPoint:
        """Where a scene point is shown."""
        return self.canvas.camera.to_view(scene).toPoint()

    def shape(self, block_id: str):
        """A block as it is drawn."""
        return self.canvas.scene.layout[block_id]

    def tile(self, block_id: str, unit: int) -> QPointF:
        """The middle of a neuron."""
        return self.shape(block_id).tiles.rect(unit).center()

    def click(self, scene: QPointF, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        """Click at a scene point."""
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, modifiers, self.pixel(scene))

    def drag(self, start: QPointF, end: QPointF, *, button=Qt.MouseButton.LeftButton) -> None:
        """Press at one scene point, move, and release at another."""
        self.press_and_move(start, end, button=button)
        QTest.mouseRelease(self.canvas, button, pos=self.pixel(end))

    def press_and_move(self, start: QPointF, end: QPointF, *, button=Qt.MouseButton.LeftButton) -> None:
        """A drag that is not ended yet. Both pixels are taken before anything moves under them."""
        first, last = self.pixel(start), self.pixel(end)
        QTest.mousePress(self.canvas, button, pos=first)
        for step in (0.3, 0.7, 1.0):
            between = QPointF(first) + (QPointF(last) - QPointF(first)) * step
            QTest.mouseMove(self.canvas, between.toPoint())

    def key(self, key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the canvas."""
        QTest.keyClick(self.canvas, key, modifiers)

    def assert_one_undoable_step(self, before: NetworkGraph) -> None:
        """The change is one step, undone to the identical document and redone to the identical change."""
        after = self.graph
        assert after != before
        assert self.document.undo_stack.count() == 1
        self.document.undo_stack.undo()
        assert self.graph == before
        self.document.undo_stack.redo()
        assert self.graph == after
