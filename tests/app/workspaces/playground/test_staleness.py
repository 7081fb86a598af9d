"""Nothing of one network is shown of another: the whole window, driven from a trained network to none and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.builder.outline.content import OutlinePart, OutlinePlace
from app.kit.numbers import NOTHING, epoch_text, loss_text, scientific
from app.kit.verdict_words import verdict_words
from app.workspaces.playground.plots.tabs import OverviewTab
from app.workspaces.playground.plots.verdict import findings
from engine.graph import NetworkGraph, Wire
from engine.graph.edit import add_block, disconnect, set_params
from tests.app.window_rig import Opened, opened_window

pytestmark = pytest.mark.slow


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window() as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        opened.page.panes.plots.build()
        yield opened


def shows_nothing(opened: Opened) -> bool:
    page, right = opened.page, opened.page.panes.right
    return (
        page.trainer.snapshot is None
        and page.canvas.badges == {}
        and page.canvas.scene.snapshot is None
        and right.output.view.data.answers is None
        and right.output.view.reading is None
        and right.inspector.activation.health.text() == ""
        and all(readout.value.text() == NOTHING for readout in page.bar.readouts.values())
        and page.panes.plots.verdict == ""
    )


def shows_something(opened: Opened) -> bool:
    page, view = opened.page, opened.page.panes.right.output.view
    return (
        page.trainer.snapshot is not None
        and bool(page.canvas.badges)
        and view.data.answers is not None
        and page.bar.readouts["train_loss"].value.text() != NOTHING
    )


def test_an_empty_network_says_nothing_and_new_unwired_blocks_wear_nothing(opened: Opened, qtbot: QtBot) -> None:
    page = opened.page
    assert shows_something(opened)
    page.network.edit("empty", graph=NetworkGraph())
    assert shows_nothing(opened)  # at once: nothing will follow
    graph, first = add_block(page.network.graph, "dense", 0, 0)
    graph, _ = add_block(graph, "output", 200, 0)
    page.network.edit("add", graph=graph)
    page.canvas.selection.choose([first])
    assert shows_nothing(opened)
    page.network.undo_stack.undo()
    page.network.undo_stack.undo()
    qtbot.waitUntil(lambda: shows_something(opened))


def test_a_cut_wire_stops_everything_and_says_why(opened: Opened, qtbot: QtBot) -> None:
    page = opened.page
    step = page.trainer.snapshot.step if page.trainer.snapshot else -1
    wire = page.network.graph.wires[1]
    page.network.edit("cut", graph=disconnect(page.network.graph, Wire.model_validate(wire.model_dump())))
    assert shows_nothing(opened)
    for train in (page.trainer.play, page.trainer.step, page.trainer.epoch):
        with qtbot.waitSignal(page.trainer.failed) as said:
            train()
        assert said.args[0].code == "graph.open-port"
    assert shows_nothing(opened)
    page.network.undo_stack.undo()
    qtbot.waitUntil(lambda: shows_something(opened))
    assert page.trainer.snapshot is not None and page.trainer.snapshot.step == step


def test_a_valid_edit_is_followed_and_never_shown_with_the_old_network(opened: Opened, qtbot: QtBot) -> None:
    page = opened.page
    block = next(b for b in page.network.graph.blocks if b.declaration.units(b.params))
    wider = set_params(page.network.graph, block.id, units=7)
    page.network.edit("wider", graph=wider)
    qtbot.waitUntil(lambda: (s := page.trainer.snapshot) is not None and s.plan.nodes[1].width == 7)
    assert shows_something(opened)


def test_a_pass_of_a_network_that_is_gone_is_put_away(opened: Opened, qtbot: QtBot) -> None:
    page = opened.page
    page.panes._play_row(int(page.network.dataset.train[0]))
    qtbot.waitUntil(lambda: page.panes.timeline.trace is not None)
    page.network.edit("empty", graph=NetworkGraph())
    assert page.panes.timeline.trace is None
    assert page.canvas.trace is None


def test_the_point_that_is_ringed_is_the_one_whose_pass_is_in_sight(opened: Opened, qtbot: QtBot) -> None:
    panes = opened.page.panes
    view, timeline = panes.right.output.view, panes.timeline
    row = int(opened.page.network.dataset.train[3])
    opened.actions["pass_page"].trigger()  # nothing follows a pass that is out of sight
    timeline.load_rows((row,))
    qtbot.waitUntil(lambda: view.picked == row)
    opened.page.trainer.reset()
    qtbot.waitUntil(lambda: view.picked == row and opened.page.canvas.trace is not None)
    timeline.load_input((0.1, 0.2))
    qtbot.waitUntil(lambda: view.picked is None)
    timeline.load_rows((row,))
    qtbot.waitUntil(lambda: view.picked == row)
    timeline.put_away()
    assert view.picked == row


def test_what_went_on_out_of_sight_is_shown_when_it_is_back(opened: Opened, qtbot: QtBot) -> None:
    page, right = opened.page, opened.page.panes.right
    block = next(block.id for block in page.network.graph.blocks if block.declaration.units(block.params))
    page.canvas.selection.choose([block])
    before = right.inspector.activation.health.text()
    right.hide()
    with qtbot.waitSignal(page.trainer.snapshot_published):
        page.network.edit_weight(block, "b", (0,), -1000.0)  # saturated on every point
    right.show()
    assert page.trainer.snapshot is not None
    health = next(layer.health for layer in page.trainer.snapshot.layers if layer.block_id == block)
    assert f"saturated {len(health.saturated)} of" in right.inspector.activation.health.text() != before


def test_all_numbers_beside_the_canvas_are_of_one_step_while_it_trains(opened: Opened, qtbot: QtBot) -> None:
    page = opened.page
    opened.actions["outline_panel"].setChecked(True)
    qtbot.waitUntil(lambda: page.panes.outline is not None)
    outline, seen = page.panes.outline, set()
    assert outline is not None
    curves, sample = page.panes.plots.tab(0), page.panes.right.output.sample
    assert isinstance(curves, OverviewTab)
    page.trainer.play()

    def agree() -> None:
        snapshot = page.canvas.scene.legible.snapshot
        assert snapshot is not None
        badges = {block: [b.text for b in group] for block, group in page.canvas.badges.items() if group}
        assert len(badges) >= 3  # the output has none
        for block_id, texts in badges.items():
            found = [v for v in snapshot.verdicts if v.block_id == block_id]
            units = snapshot.plan.nodes[snapshot.plan.index_of(block_id)].width
            assert texts == [verdict_words(v, units) for v in found]
            spoken = outline.model.index_of(OutlinePlace(OutlinePart.BLOCK, block_id)).data(
                Qt.ItemDataRole.AccessibleTextRole
            )
            assert all(text in spoken for text in texts)
        assert page.panes.plots.verdict in {found.sentence for found in findings(snapshot)}
        bar, (train, test) = page.bar.readouts, curves.loss.series
        assert bar["epoch"].value.text() == epoch_text(snapshot.epoch)
        assert bar["train_loss"].value.text() == train.ending == loss_text(train.curve.mean[-1])
        assert bar["test_loss"].value.text() == test.ending == loss_text(test.curve.mean[-1])
        for series in curves.signal.series[:-1]:  # the last one is what the others are measured by
            assert series.ending == f"{scientific(series.curve.mean[-1])} ×"
        trace, row = sample._trace, page.network.dataset.x[sample.row].tolist()
        assert trace.epoch == snapshot.epoch and tuple(trace.output[0]) == pytest.approx(
            page.trainer.predict(tuple(row))
        )
        if snapshot.is_of_one_step:
            assert (snapshot.measured_step, snapshot.train_loss) == (snapshot.step, train.curve.mean[-1])
            seen.add(snapshot.step)

    page.canvas.scene.legible.changed.connect(agree, Qt.ConnectionType.QueuedConnection)
    qtbot.waitUntil(lambda: len(seen) >= 4)
    page.trainer.pause()
