"""A neuron of the playground, or all of it, opens as a scalar graph with the numbers of the pass in sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from app.builder.canvas.selection import NeuronRef
from app.builder.outline.content import OutlinePart
from app.workspaces.playground.actions import ACTIONS as PLAYGROUND_ACTIONS
from app.workspaces.scalar_graph.actions import ACTIONS as GRAPH_ACTIONS
from app.workspaces.scalar_graph.page import ScalarGraphPage
from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.graph.build import feed_forward
from engine.hyperparameters import Hyperparameters
from engine.training.trace import PassTrace, Phase
from tests.app.window_rig import Opened, opened_two_by_two

WAIT = 15_000


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_two_by_two(qtbot) as window:
        yield window


def graph_page(opened: Opened) -> ScalarGraphPage:
    return cast(ScalarGraphPage, opened.window.pages.current)


def trace_of(opened: Opened, row: int, qtbot: QtBot) -> PassTrace:
    with qtbot.waitSignal(opened.page.trainer.trace_ready, timeout=WAIT) as got:
        opened.page.trainer.request_pass(lambda session: session.trace((row,)), "of the test")
    return cast(PassTrace, got.args[0])


def test_the_chosen_neuron_opens_with_its_numbers(opened: Opened, qtbot: QtBot) -> None:
    playground = opened.page
    playground.canvas.selection.choose_neuron(NeuronRef("dense-2", 1))
    row = playground.document.sample_rows[0]
    opened.actions["scalar_neuron"].trigger()
    qtbot.waitUntil(lambda: isinstance(opened.window.pages.current, ScalarGraphPage), timeout=WAIT)
    page = graph_page(opened)
    worked = page.model.worked
    assert worked is not None
    trace = trace_of(opened, row, qtbot)
    z = next(s.values["z"] for s in trace.stages if (s.phase, s.block_id) == (Phase.FORWARD, "dense-2"))[0, 1]
    assert worked.values.of[worked.graph.index["z"]] == pytest.approx(z, rel=1e-12)
    assert page.document.title.startswith("Dense 2, unit 2")
    assert page.document.path is None  # a start for work of one's own


def test_the_graphs_menu_takes_the_same_neuron(opened: Opened, qtbot: QtBot) -> None:
    opened.page.canvas.selection.choose_neuron(NeuronRef("dense-1", 0))
    opened.window.pages.visit("scalar_graph")
    page = graph_page(opened)
    opened.window.pages.build_all()
    page.actions["graph_from_neuron"].trigger()
    qtbot.waitUntil(lambda: page.document.title.startswith("Dense 1, unit 1"), timeout=WAIT)


def test_the_whole_network_opens_with_its_loss(opened: Opened, qtbot: QtBot) -> None:
    row = opened.page.document.sample_rows[0]
    opened.actions["scalar_network"].trigger()
    qtbot.waitUntil(lambda: isinstance(opened.window.pages.current, ScalarGraphPage), timeout=WAIT)
    model = graph_page(opened).model
    qtbot.waitUntil(lambda: model.worked is not None and not model.behind, timeout=WAIT)
    worked = model.worked
    assert worked is not None
    trace = trace_of(opened, row, qtbot)
    assert worked.values.of[worked.graph.output] == pytest.approx(trace.loss, rel=1e-12)
    assert len(worked.graph.nodes) <= 400


def test_what_cannot_be_shown_is_said_where_it_was_asked(opened: Opened, qtbot: QtBot) -> None:
    content = NetworkFile(feed_forward((16, 16)), Hyperparameters(), DataChoice(name="circle", samples=40))
    opened.page.document.load(content)
    qtbot.waitUntil(
        lambda: opened.page.trainer.snapshot is not None and opened.page.trainer.snapshot.plan.nodes[1].width == 16
    )
    opened.actions["scalar_network"].trigger()
    messages = opened.page.host.messages
    qtbot.waitUntil(lambda: "400 nodes" in messages.text, timeout=WAIT)
    assert opened.window.pages.current is opened.page


def test_the_unit_s_card_leads_to_its_graph(opened: Opened, qtbot: QtBot) -> None:
    canvas = opened.page.canvas
    canvas.selection.choose_neuron(NeuronRef("dense-2", 1))
    card = canvas.overlays.neuron_card
    qtbot.waitUntil(card.isVisible)
    buttons = {one.accessibleName(): one for one in card.findChildren(QPushButton)}
    button = buttons["Show as a computation graph"]
    keys = opened.actions["scalar_neuron"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    assert keys and button.text().endswith(keys)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(opened.window.pages.current, ScalarGraphPage), timeout=WAIT)
    assert graph_page(opened).document.title.startswith("Dense 2, unit 2")


def test_the_menu_of_a_unit_leads_to_its_graph(opened: Opened, qtbot: QtBot) -> None:
    canvas = opened.page.canvas
    tiles = canvas.scene.layout["dense-1"].tiles
    assert tiles is not None
    at = canvas.camera.to_view(tiles.rect(1).center()).toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, canvas.mapToGlobal(at))
    QApplication.sendEvent(canvas, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and canvas.selection.neuron == NeuronRef("dense-1", 1)
    entry = menu.actions()[0]
    assert entry.text() == "Show as a computation graph" and entry.shortcut() == QKeySequence("Ctrl+Shift+G")
    menu.close()
    entry.trigger()
    qtbot.waitUntil(lambda: isinstance(opened.window.pages.current, ScalarGraphPage), timeout=WAIT)
    assert graph_page(opened).document.title.startswith("Dense 1, unit 2")


def test_the_way_to_the_graph_has_the_same_keys_in_both_workspaces() -> None:
    keys = {spec.name: spec.shortcuts for spec in (*PLAYGROUND_ACTIONS, *GRAPH_ACTIONS)}
    assert keys["scalar_neuron"] == keys["graph_from_neuron"]
    assert keys["scalar_network"] == keys["graph_from_network"]


def test_a_unit_without_weights_is_offered_no_graph(opened: Opened, qtbot: QtBot) -> None:
    canvas = opened.page.canvas
    canvas.selection.choose_neuron(NeuronRef("input-1", 0))
    card = canvas.overlays.neuron_card
    qtbot.waitUntil(card.isVisible)
    assert not any(one.isVisible() for one in card.findChildren(QPushButton) if "graph" in one.accessibleName())
    menu = QMenu()
    qtbot.addWidget(menu)
    canvas.overlays.fill_menu(menu, NeuronRef("input-1", 0))
    assert not menu.actions()


def test_the_menu_of_a_unit_in_the_outline_leads_to_it_too(opened: Opened, qtbot: QtBot) -> None:
    opened.actions["outline_panel"].setChecked(True)
    outline = opened.page.panes.outline
    assert outline is not None
    opened.page.canvas.selection.choose_neuron(NeuronRef("dense-2", 0))
    qtbot.waitUntil(lambda: outline.view.current is not None and outline.view.current.part is OutlinePart.UNIT)
    menu = QMenu(outline)
    outline.view.menu_wanted.emit(menu)
    entry = next(one for one in menu.actions() if one.text() == "Show as a computation graph")
    entry.trigger()
    qtbot.waitUntil(lambda: isinstance(opened.window.pages.current, ScalarGraphPage), timeout=WAIT)
    assert graph_page(opened).document.title.startswith("Dense 2, unit 1")
