"""The note beside an open example: it stays, ticks what is seen, and changes the network in undoable steps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.examples import Example, example_of, examples
from app.workspaces.playground.example import OpenExample
from app.workspaces.playground.panels.example_note import ExampleNote
from app.workspaces.playground.panels.left_column import LeftColumn
from tests.app.window_rig import Opened, opened_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window() as opened:
        yield opened


def open_example(window: Opened, key: str) -> OpenExample:
    window.window.files.open(example_of(key).path, copy=True)
    return window.page.panes.example


def note(window: Opened) -> ExampleNote:
    return window.window.findChild(LeftColumn).note


def test_without_an_example_there_is_nothing_to_switch(window: Opened) -> None:
    left = window.window.findChild(LeftColumn)
    assert not left.switch.isVisible() and left.build.isVisible()
    open_example(window, "circle")
    assert left.switch.isVisible() and left.note.isVisible() and not left.build.isVisible()
    left.switch.setCurrentIndex(1)
    assert left.build.isVisible() and not left.note.isVisible()
    window.actions["new"].trigger()
    assert not left.switch.isVisible() and left.build.isVisible()


def test_what_is_seen_is_ticked_with_its_epoch(window: Opened, qtbot: QtBot) -> None:
    opened = open_example(window, "vanishing")
    rows = note(window).ticks
    assert not any(row.seen for row in rows)
    window.actions["step"].trigger()
    qtbot.waitUntil(lambda: rows[1].seen)
    assert opened.seen_at(1) == window.page.trainer.snapshot.epoch
    assert "epoch 0" in rows[1].when.text()
    assert not rows[0].seen  # the loss has not rested yet


def test_the_note_stays_and_undo_brings_the_example_back(window: Opened, qtbot: QtBot) -> None:
    opened = open_example(window, "vanishing")
    graph = window.page.network.graph
    for number, change in enumerate(opened.example.changes):
        if change.opens:
            continue
        qtbot.mouseClick(note(window).buttons[number], Qt.MouseButton.LeftButton)
        assert opened.altered, change.text
        assert note(window).isVisible()
        assert "changed" in note(window).state.text()
        assert window.page.network.undo_stack.count() == 1
        window.actions["undo"].trigger()
        assert not opened.altered
        window.page.network.undo_stack.clear()
    assert window.page.network.graph == graph


def test_a_changed_network_ticks_nothing_of_the_example(window: Opened, qtbot: QtBot) -> None:
    opened = open_example(window, "vanishing")
    window.page.network.edit("shallow", graph=opened.example.changes[2].graph(window.page.network.graph))
    window.actions["epoch"].trigger()
    qtbot.waitUntil(lambda: window.page.trainer.snapshot.epoch >= 1.0)
    assert not any(row.seen for row in note(window).ticks)


def test_another_seed_is_the_same_lesson(window: Opened) -> None:
    opened = open_example(window, "vanishing")
    window.actions["reset_new_seed"].trigger()
    assert not opened.altered


def test_the_twin_and_the_neighbours_open(window: Opened, qtbot: QtBot) -> None:
    opened = open_example(window, "vanishing")
    qtbot.mouseClick(note(window).buttons[0], Qt.MouseButton.LeftButton)
    assert opened.example is example_of("not-vanishing")
    qtbot.mouseClick(note(window).after, Qt.MouseButton.LeftButton)
    assert opened.example is example_of("residual")
    assert window.page.network.title == "Residual network"


def test_a_file_of_one_s_own_has_no_note(window: Opened, tmp_path) -> None:
    opened = open_example(window, "circle")
    path = tmp_path / "mine.loom"
    window.page.network.save(path)
    assert opened.example is example_of("circle")  # saved, and still what it was
    window.window.files.open(path)
    assert opened.example is None


def test_new_is_a_blank_network_on_the_present_data(window: Opened, qtbot: QtBot) -> None:
    open_example(window, "rings")
    data = window.page.network.data
    window.actions["new"].trigger()
    network = window.page.network
    assert [block.kind for block in network.graph.blocks] == ["input", "output"]
    assert network.data == data and not network.problems
    assert network.title == "Untitled"
    run = window.page.trainer.snapshot.run if window.page.trainer.snapshot is not None else -1
    qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None and window.page.trainer.snapshot.run > run)
    assert window.page.trainer.snapshot.step == 0


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.key)
def test_every_note_fits_the_column(window: Opened, qtbot: QtBot, example: Example) -> None:
    open_example(window, example.key)
    for button in note(window).buttons:
        words = button.fontMetrics().horizontalAdvance(button.text())
        assert words <= button.width() - 32, button.text()
        assert button.toolTip()
    assert len(note(window).ticks) == len(example.watch)
