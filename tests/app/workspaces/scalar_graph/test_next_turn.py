"""Another graph is told in one turn of the event loop and painted in the next: somebody is heard in between."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.workspaces.scalar_graph.canvas.picture import NextTurn
from tests.app.workspaces.scalar_graph.conftest import Bench


class Paints(QObject):
    """What of a widget was painted, each time."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.areas = list[QRegion]()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(QRegion(event.region()))
        return False


def test_what_is_asked_for_after_a_hold_is_painted_once_and_not_before_the_next_turn(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(100, 100)
    widget.show()
    qtbot.waitExposed(widget)
    QCoreApplication.processEvents()
    paints, turn = Paints(widget), NextTurn(widget)
    turn.hold()
    for left in (0, 50):
        turn.update(QRect(left, 0, 20, 20))
    QCoreApplication.sendPostedEvents()
    assert not paints.areas
    qtbot.waitUntil(lambda: bool(paints.areas))
    assert paints.areas == [QRegion(0, 0, 20, 20) + QRegion(50, 0, 20, 20)]
    turn.update(QRect(0, 0, 10, 10))
    QCoreApplication.sendPostedEvents()
    assert paints.areas[1:] == [QRegion(0, 0, 10, 10)]


def _settled(bench: Bench) -> Paints:
    bench.type("x*y")
    bench.act("graph_end")
    bench.rest()
    return Paints(bench.page.widget.stage.canvas)


def test_the_drawing_of_another_text_is_painted_in_the_turn_after(bench: Bench) -> None:
    paints, canvas = _settled(bench), bench.page.widget.stage.canvas
    bench.desk.rewrite("x*y + x", "")
    worked = bench.desk.worked
    assert worked is not None and canvas.shown.drawing is worked.shape.drawing  # a click finds the new one already
    assert canvas.turn.isActive()
    bench.qtbot.waitUntil(lambda: bool(paints.areas) and not canvas.turn.isActive())
    QCoreApplication.sendPostedEvents()
    drawn = canvas.viewport.camera.rect_to_view(canvas.drawn).toAlignedRect().intersected(canvas.rect())
    assert any(area.contains(drawn.center()) for area in paints.areas)


def test_a_leaf_that_is_dragged_is_painted_in_the_turn_after(bench: Bench) -> None:
    paints, canvas = _settled(bench), bench.page.widget.stage.canvas
    bench.desk.set_input("x", 1.5)
    assert canvas.turn.isActive() and canvas.shown.sight is bench.desk.sight
    bench.qtbot.waitUntil(lambda: bool(paints.areas) and not canvas.turn.isActive())


def test_a_leap_of_the_playback_is_painted_in_the_turn_after_and_a_step_at_once(bench: Bench) -> None:
    paints, canvas = _settled(bench), bench.page.widget.stage.canvas
    bench.act("graph_begin")
    assert canvas.turn.isActive() and canvas.shown.sight.step == 0
    bench.qtbot.waitUntil(lambda: bool(paints.areas) and not canvas.turn.isActive())
    bench.act("graph_step")
    assert not canvas.turn.isActive()


def test_a_text_that_was_found_is_dropped_for_one_that_came_since(bench: Bench) -> None:
    """What another thread has found waits for its turn; what is worked out at once meanwhile is newer."""
    desk, long = bench.desk, "+".join(f"x{number}" for number in range(40))
    arrived = list[object]()
    desk._background.done.connect(arrived.append)
    desk.rewrite(long, "")
    while not arrived:
        QCoreApplication.sendPostedEvents()
    desk.rewrite("x*y", "")
    bench.rest(40)
    assert desk.worked is not None and desk.worked.shape.text == "x*y"
