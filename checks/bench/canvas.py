"""The canvas's share of the GUI thread: 8 layers × 64 units at 1400×900, every weight and every heat map new.

The edges cost the GUI thread an order to the worker and the blit of what it has drawn. The other rows, without a bar,
are the whole frame: with new maps, with nothing new, and with a thousand pulses of a pass on their way.
"""

from __future__ import annotations

from statistics import median

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QObject, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.builder.canvas.view import NetworkCanvas
from app.kit.drawing.marks import paint_marks
from app.network.document import Document
from app.network.watched import Legible
from checks.bench.measure import Row, at_most, seconds
from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.network import warm
from engine.training.session import Setup, TrainingSession
from engine.training.trace import Phase

SIZE = (1400, 900)
FRAMES = 20
BAR_MS = 4.0
PATIENCE_MS = 10_000


class _NoTrainer(QObject):
    """The session is stepped by hand, so that frames can be told apart."""

    snapshot_published = Signal(object)
    snapshot_withdrawn = Signal()
    weights_heard = Signal()
    snapshot = None
    running = False

    def __init__(self) -> None:
        super().__init__()
        self.legible = Legible(self)


def _await_edges(canvas: NetworkCanvas) -> None:
    deadline = QDeadlineTimer(PATIENCE_MS)
    while not canvas.edges.current and not deadline.hasExpired():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def run() -> list[Row]:
    """Measure; see the module's docstring."""
    application = QApplication.instance() or QApplication([])
    warm.load()
    document = Document(NetworkFile(feed_forward((64,) * 8), Hyperparameters(), DataChoice(name="two-spirals")))
    trainer = _NoTrainer()
    canvas = NetworkCanvas(document, trainer)
    canvas.resize(*SIZE)
    canvas.show()
    session = TrainingSession(Setup(document.graph, document.dataset, document.hyper))
    rows = _frames(canvas, session)
    canvas.close()
    application.processEvents()
    document.undo_stack.blockSignals(True)
    return rows


def _frames(canvas: NetworkCanvas, session: TrainingSession) -> list[Row]:
    target = QImage(*SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    edges, fresh, still = [], [], []
    for _ in range(FRAMES):
        session.run_steps(1)
        snapshot = session.snapshot()
        taken = seconds(lambda snapshot=snapshot: canvas.set_snapshot(snapshot))
        fresh.append(taken + seconds(lambda: canvas.render(target)))
        _await_edges(canvas)
        still.append(seconds(lambda: canvas.render(target)))
        edges.append(seconds(canvas.refresh_edges) + seconds(lambda: _blit(canvas, target)))
        _await_edges(canvas)
    trace = session.trace((0,))
    index = next(i for i, s in enumerate(trace.stages) if (s.phase, s.block_id) == (Phase.FORWARD, "dense-3"))
    canvas.show_stage(trace, index, 0.3)
    pulses = [seconds(lambda: canvas.render(target)) for _ in range(FRAMES)]
    return [
        at_most("GUI thread's share of the edges, 28,864 of them", 1e3 * median(edges), "ms", BAR_MS),
        Row("whole frame, new weights and maps", 1e3 * median(fresh), "ms"),
        Row("whole frame, nothing new", 1e3 * median(still), "ms"),
        Row("whole frame, 1,000 pulses", 1e3 * median(pulses), "ms"),
    ]


def _blit(canvas: NetworkCanvas, target: QImage) -> None:
    painter = QPainter(target)
    try:
        picture = canvas.edges.picture(canvas.camera, 1.0)
        paint_marks(painter, [picture] if picture is not None else [])
    finally:
        painter.end()
