"""The outline in the window: shown by its shortcut, remembered, in step with canvas and pass; F6 from pane to pane."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.builder.canvas.selection import NeuronRef
from app.builder.outline.content import OutlinePart, OutlinePlace
from app.builder.outline.view import OutlineView
from app.kit.numbers import read
from engine.graph.edit import disconnect
from tests.app.window_rig import Opened, opened_window


@pytest.fixture
def window(qtbot) -> Iterator[Opened]:
    with opened_window() as opened, qtbot.waitActive(opened.window):
        opened.window.activateWindow()
        yield opened


def choose(view: OutlineView, index: QModelIndex) -> None:
    """Go to a row as a plain arrow key does, whatever keys an earlier test has left pressed."""
    view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_the_outline_is_not_made_before_it_is_shown_and_stays_where_it_was_left(qtbot) -> None:
    with opened_window() as opened:
        assert opened.page.panes.outline is None
        assert not opened.page.widget.panels["outline"].isVisible()
        width = opened.page.canvas.width()
        opened.actions["outline_panel"].trigger()
        outline = opened.page.panes.outline
        assert outline.isVisible() and outline.view.hasFocus() == opened.window.isActiveWindow()
        qtbot.waitUntil(lambda: opened.page.canvas.width() < width)
    with opened_window() as opened:
        assert opened.page.panes.outline.isVisible() and not opened.page.widget.panels["left"].isVisible()
        opened.actions["outline_panel"].trigger()
        assert not opened.page.panes.outline.isVisible() and opened.page.widget.panels["left"].isVisible()


def test_the_outline_stands_in_the_place_of_the_left_column(window: Opened, qtbot) -> None:
    """Beside both, the canvas had 29 % of the window's width."""
    left, outline = window.actions["left_panel"], window.actions["outline_panel"]
    canvas = window.page.canvas
    window.window.resize(1280, 800)
    outline.trigger()
    assert not left.isChecked()
    qtbot.waitUntil(lambda: canvas.width() >= 0.45 * window.window.width())
    left.trigger()
    assert left.isChecked() and not outline.isChecked()
    outline.trigger()
    outline.trigger()
    assert left.isChecked()
    left.trigger()
    outline.trigger()
    outline.trigger()
    assert not left.isChecked()  # where it was hidden by hand, it stays so


def test_with_the_outline_all_panes_are_whole_in_the_smallest_window(window: Opened, qtbot) -> None:
    """On a screen of 1440 × 900 at 150 % there is no more room."""
    window.window.resize(960, 600)
    window.actions["outline_panel"].trigger()
    canvas, overlays, panels = window.page.canvas, window.page.canvas.overlays, window.page.widget.panels
    qtbot.waitUntil(lambda: window.page.widget.width() < 960 and panels["outline"].width() < 280)
    frame = window.page.widget
    for pane in (canvas, panels["outline"], panels["bottom"], panels["right"]):
        place = QRect(pane.mapTo(frame, QPoint(0, 0)), pane.size())
        assert pane.isVisible() and frame.rect().contains(place)
    assert canvas.mapTo(frame, canvas.rect().topRight()).x() < panels["right"].mapTo(frame, QPoint(0, 0)).x()
    assert canvas.rect().contains(overlays.zoom_bar.geometry())
    overlays.share.show_share(0.5, 1000, chosen_by_person=True)
    overlays.place()
    assert canvas.rect().contains(overlays.share.geometry())
    assert not overlays.share.geometry().intersects(overlays.zoom_bar.geometry())


def test_it_follows_the_window_s_undo_and_another_network(window: Opened) -> None:
    window.actions["outline_panel"].trigger()
    outline, page = window.page.panes.outline, window.page
    page.canvas.selection.choose(["dense-1"])
    page.canvas.actions_by_name["more_units"].trigger()
    units = page.network.widths["dense-1"]
    row = outline.model.index_of(OutlinePlace(OutlinePart.BLOCK, "dense-1"))
    assert f"{units} units" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    window.actions["undo"].trigger()
    assert f"{units - 1} units" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    outline.hide()
    page.canvas.edits.remove(["dense-1"])
    outline.show()
    assert not outline.model.index_of(OutlinePlace(OutlinePart.BLOCK, "dense-1")).isValid()


def test_the_pass_of_a_sample_is_played_from_it_and_its_numbers_are_read_there(window: Opened, qtbot) -> None:
    window.actions["outline_panel"].trigger()
    page, outline = window.page, window.page.panes.outline
    outline.row_wanted.emit(3)
    qtbot.waitUntil(lambda: page.canvas.scene.moment is not None)
    place = OutlinePlace(OutlinePart.UNIT, "dense-1", 0)
    index = outline.model.index_of(place)
    page.panes.timeline.to_start()
    outline._refresh()
    assert " a " not in index.data(Qt.ItemDataRole.AccessibleTextRole)
    page.panes.timeline.to_end()
    outline._refresh()
    text = index.data(Qt.ItemDataRole.AccessibleTextRole)
    stages = [stage for stage in page.canvas.scene.trace.stages if stage.block_id == "dense-1"]
    a, delta = (float(text.rpartition(f" {symbol} ")[2].partition(",")[0].replace("−", "-")) for symbol in "aδ")
    assert a == pytest.approx(stages[0].values["a"][0, 0], rel=6e-3)
    assert delta == pytest.approx(stages[1].values["delta"][0, 0], rel=6e-3)
    choose(outline.view, outline.model.index_of(place))
    assert page.canvas.selection.neuron == NeuronRef("dense-1", 0)
    assert outline.view.hasFocus()
    choose(outline.view, outline.model.index_of(OutlinePlace(OutlinePart.WEIGHT, "dense-1", 0, 1)))
    assert page.canvas.selection.edge is not None and page.canvas.overlays.edge_editor.isVisible()
    assert outline.view.hasFocus()


def test_f6_goes_from_pane_to_pane_and_comes_back_to_where_it_was(window: Opened) -> None:
    page = window.page
    panels = page.widget.panels
    page.canvas.setFocus()
    seen = []
    for _ in range(5):
        window.actions["next_pane"].trigger()
        seen.append(page.pane_keys.pane_of(QApplication.focusWidget()))
    assert seen == [panels["bottom"], panels["right"], panels["left"], page.canvas, panels["bottom"]]
    window.actions["previous_pane"].trigger()
    assert page.canvas.hasFocus()
    window.actions["outline_panel"].trigger()
    outline = page.panes.outline
    QTest.keyClick(outline.view, Qt.Key.Key_F6)
    assert page.canvas.hasFocus()
    QTest.keyClick(page.canvas, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert outline.view.hasFocus()


def test_the_canvas_says_where_the_outline_is(window: Opened) -> None:
    window.page.canvas.selection.clear()
    text = window.page.canvas.accessibleDescription()
    assert "F4" in text and "outline" in text


def test_a_weight_that_is_set_while_the_network_cannot_run_is_shown(window: Opened, qtbot) -> None:
    window.actions["outline_panel"].trigger()
    outline, page = window.page.panes.outline, window.page
    place = OutlinePlace(OutlinePart.WEIGHT, "dense-1", 0, 0)
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None)
    (wire,) = page.network.graph.wires_into("output-1")
    page.network.edit("Cut", graph=disconnect(page.network.graph, wire))
    qtbot.waitUntil(lambda: page.trainer.snapshot is None)
    choose(outline.view, outline.model.index_of(place))
    outline.model.setData(outline.model.index_of(place), "7")
    qtbot.waitUntil(lambda: read(outline.model.index_of(place).data(Qt.ItemDataRole.EditRole)) == 7.0)
