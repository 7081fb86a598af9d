"""How often the canvas is painted while a network trains: once a picture, tiles and edges of the same weights."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent

from app.builder.canvas import edges
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from tests.app.builder.canvas_rig import Rig


class Paints(QObject):
    """Counts the paints of a widget."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += isinstance(event, QPaintEvent)
        return False


@pytest.fixture
def rig(qtbot, monkeypatch) -> Rig:
    monkeypatch.setattr(edges, "kernels_ready", lambda: True)
    made = Rig(qtbot)
    made.canvas.refresh_edges()
    qtbot.waitUntil(lambda: made.canvas.edges.current)
    made.canvas.repaint()
    return made


def test_one_paint_a_picture_with_its_edges(rig, qtbot) -> None:
    paints, canvas = Paints(rig.canvas), rig.canvas
    for shown in range(1, 4):
        rig.trainer.session.run_steps(1)
        rig.trainer.publish()
        assert not canvas.edges.current and paints.count == shown - 1
        qtbot.waitUntil(lambda shown=shown: paints.count >= shown)
        assert canvas.edges.current and paints.count == shown


def test_no_edge_of_the_file_before_is_painted(rig, qtbot) -> None:
    """For a moment the edges of one network lay between the blocks of another."""
    edge_layer, old = rig.canvas.edges, rig.document
    assert edge_layer.picture(rig.canvas.camera, 1.0) is not None
    rig.document.load_file(NetworkFile(feed_forward([8] * 9), old.hyper, old.data, {}), None)
    assert edge_layer.picture(rig.canvas.camera, 1.0) is None
    qtbot.waitUntil(lambda: edge_layer.picture(rig.canvas.camera, 1.0) is not None)


def test_edges_that_cannot_be_drawn_keep_no_tile_back(rig, qtbot, monkeypatch) -> None:
    paints, told = Paints(rig.canvas), []
    rig.canvas.edges.given_up.connect(told.append)
    monkeypatch.setattr(edges.EdgeDrawing, "draw", lambda *_: 1 / 0)
    monkeypatch.setattr("app.kit.background.announce", lambda _error: None)
    monkeypatch.setattr("app.kit.background.record", lambda _error: None)
    rig.trainer.session.run_steps(1)
    rig.trainer.publish()
    qtbot.waitUntil(lambda: bool(told) and paints.count == 1)
