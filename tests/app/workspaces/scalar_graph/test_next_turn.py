"""Another graph is told in one turn of the event loop and painted in the next: somebody is heard in between."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QPaintEvent, QRegion

from app.workspaces.scalar_graph.canvas.view import GraphCanvas
from tests.app.workspaces.scalar_graph.conftest import Bench


class Paints(QObject):
    """What of the canvas was painted, and of which drawing."""

    def __init__(self, canvas: GraphCanvas) -> None:
        super().__init__()
        self._canvas = canvas
        self.areas = list[QRegion]()
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(QRegion(event.region()))
        return False


def _settled(bench: Bench) -> Paints:
    bench.type("x*y")
    bench.act("graph_end")
    bench.qtbot.wait(60)
    return Paints(bench.page.widget.stage.canvas)


def test_the_drawing_of_another_text_is_painted_in_the_turn_after(bench: Bench) -> None:
    paints, canvas = _settled(bench), bench.page.widget.stage.canvas
    bench.desk.rewrite("x*y + x", "")
    worked = bench.desk.worked
    assert worked is not None and canvas.shown.drawing is worked.shape.drawing  # a click finds the new one already
    assert canvas.turn.isActive()
    QCoreApplication.sendPostedEvents()
    assert all(area.boundingRect().height() < canvas.height() / 2 for area in paints.areas)  # beneath a card that moves
    bench.qtbot.waitUntil(lambda: bool(paints.areas) and not canvas.turn.isActive())
    QCoreApplication.sendPostedEvents()
    drawn = canvas.viewport.camera.rect_to_view(canvas.drawn).toAlignedRect().intersected(canvas.rect())
    assert any(area.contains(drawn.center()) for area in paints.areas)


def test_a_leaf_that_is_dragged_is_painted_in_the_turn_after(bench: Bench) -> None:
    paints, canvas = _settled(bench), bench.page.widget.stage.canvas
    bench.desk.set_input("x", 1.5)
    assert canvas.turn.isActive() and canvas.shown.sight is bench.desk.sight
    bench.qtbot.waitUntil(lambda: bool(paints.areas) and not canvas.turn.isActive())


def test_a_text_that_was_found_is_dropped_for_one_that_came_since(bench: Bench) -> None:
    """What another thread has found waits for its turn; what is worked out at once meanwhile is newer."""
    desk, long = bench.desk, "+".join(f"x{number}" for number in range(40))
    arrived = list[object]()
    desk._background.done.connect(arrived.append)
    desk.rewrite(long, "")
    while not arrived:
        QCoreApplication.sendPostedEvents()
    desk.rewrite("x*y", "")
    bench.qtbot.wait(40)
    assert desk.worked is not None and desk.worked.shape.text == "x*y"
