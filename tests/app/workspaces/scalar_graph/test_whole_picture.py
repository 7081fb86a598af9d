"""The picture that is saved has the whole graph in it, whatever part of it is in sight."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from app.workspaces.scalar_graph.sources import example_named
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


def test_every_number_and_the_formula_are_in_the_drawing(bench: Bench, tmp_path: Path) -> None:
    bench.act("graph_end")
    bench.canvas.viewport.zoom(3.0, QPointF(0.0, 0.0))
    copier, path = bench.page.widget.stage.copier, tmp_path / "graph.svg"
    copier.save_drawing(str(path))
    texts = ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")
    told = " ".join("".join(one.itertext()) for one in texts)  # a number may stand behind its working, if there is room
    assert all(number in told for number in ("0.880797", "0.135335", "1.13534", "0.104994", "E = 1"))
    bench.canvas.viewport.fit()
    whole = bench.canvas.drawn
    copier.copy_picture()
    picture = QGuiApplication.clipboard().image()
    assert picture.width() >= 2 * whole.width() and picture.height() > 2 * whole.height()


def test_another_text_is_seen_whole_and_a_letter_more_leaves_the_view_where_it_is(bench: Bench) -> None:
    viewport = bench.canvas.viewport
    viewport.zoom(0.5)
    bench.edit.setFocus()
    bench.edit.moveCursor(bench.edit.textCursor().MoveOperation.End)
    bench.qtbot.keyClicks(bench.edit, "*x")
    assert not viewport.shows_all
    bench.edit.setPlainText("tanh(a*b + c)")
    assert viewport.shows_all
    viewport.zoom(0.5)
    bench.open_example(example_named("fan_out"))
    assert viewport.shows_all
