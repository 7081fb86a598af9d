"""The note beside an open example: it stays, ticks what is seen, and changes the network in undoable steps."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.examples import example_of, examples
from app.kit.widgets.column import MARGIN
from app.network.document import Document
from app.network.trainer import Trainer
from app.workspaces.playground.example import OpenExample
from app.workspaces.playground.panels.left_column import ExampleNote, LeftColumn
from app.workspaces.playground.panes import LEFT_WIDTH
from engine.training.session import Setup, TrainingSession
from tests.app.window_rig import Opened, opened_window


@dataclass(frozen=True)
class Rig:
    """A note with its document, whose trainer does not run: snapshots are given by hand."""

    document: Document
    trainer: Trainer
    opened: OpenExample
    note: ExampleNote
    asked: list[Path]

    def show(self, key: str) -> None:
        example = example_of(key)
        self.document.load_file(example.opening, None)
        self.opened.show(example)

    def run(self, steps: int) -> None:
        """Train what the document has for so many steps, and publish."""
        session = TrainingSession(
            Setup(self.document.graph, self.document.dataset, self.document.hyper, "numpy"), run=self.trainer.run
        )
        session.run_steps(steps)
        self.trainer.snapshot_published.emit(session.snapshot())


@pytest.fixture
def rig(qtbot: QtBot) -> Rig:
    document = Document(example_of("circle").opening)
    trainer = Trainer(document, document)
    asked: list[Path] = []
    opened = OpenExample(document, trainer, asked.append, document)
    note = ExampleNote(opened)
    qtbot.addWidget(note)
    note.resize(LEFT_WIDTH, 820)
    note.show()
    return Rig(document, trainer, opened, note, asked)


def test_what_is_seen_is_ticked_with_its_epoch(rig: Rig) -> None:
    rig.show("vanishing")
    assert not any(row.seen for row in rig.note.ticks)
    rig.run(30)
    loss, signal, tiles = rig.note.ticks
    assert signal.seen and tiles.seen and not loss.seen  # the loss has not rested yet
    assert rig.opened.seen_at(1) == pytest.approx(30 / 25)
    assert signal.when.text() == "seen at epoch 1.2"
    assert "not seen yet" in loss.accessibleName()


def test_what_a_run_before_showed_is_not_ticked(rig: Rig) -> None:
    rig.show("vanishing")
    setup = Setup(rig.document.graph, rig.document.dataset, rig.document.hyper, "numpy")
    session = TrainingSession(setup, run=rig.trainer.run)
    session.run_steps(1)
    rig.show("vanishing")
    rig.trainer.snapshot_published.emit(session.snapshot())
    assert not any(row.seen for row in rig.note.ticks)


def test_undoing_the_opening_of_another_brings_the_note_back_with_its_ticks(rig: Rig) -> None:
    rig.show("vanishing")
    rig.run(30)
    rig.document.edit("rate", hyper=rig.document.hyper.model_copy(update={"learning_rate": 0.5}))
    rig.show("circle")
    rig.document.undo_stack.undo()
    assert rig.opened.example is example_of("vanishing")
    assert rig.note.ticks[1].seen and rig.opened.altered
    rig.document.undo_stack.undo()
    assert not rig.opened.altered
    rig.document.undo_stack.redo()
    rig.document.undo_stack.redo()
    assert rig.opened.example is example_of("circle")


def test_the_note_stays_and_undo_brings_the_example_back(rig: Rig, qtbot: QtBot) -> None:
    rig.show("vanishing")
    example, graph = rig.opened.example, rig.document.graph
    for number, change in enumerate(example.changes):
        if change.opens:
            continue
        qtbot.mouseClick(rig.note.buttons[number], Qt.MouseButton.LeftButton)
        assert rig.opened.altered, change.text
        assert rig.opened.example is example
        assert "changed" in rig.note.state.text()
        assert rig.document.undo_stack.count() == 1
        rig.document.undo_stack.undo()
        assert not rig.opened.altered
        rig.document.undo_stack.clear()
    assert rig.document.graph == graph


def test_a_changed_network_ticks_nothing_of_the_example(rig: Rig) -> None:
    rig.show("vanishing")
    rig.opened.apply(rig.opened.example.changes[2])
    rig.run(30)
    assert not any(row.seen for row in rig.note.ticks)


def test_another_network_of_the_note_starts_anew_and_undo_brings_the_run_back(rig: Rig) -> None:
    rig.show("residual")
    document, learnt = rig.document, dict(example_of("residual").content.weights)
    document.live_weights.put(learnt)
    rig.opened.apply(rig.opened.example.changes[0])
    assert not document.initial_run.run.weights
    document.undo_stack.undo()
    assert document.initial_run.run.weights.keys() == learnt.keys()


def test_another_network_has_no_ticks_of_the_first_and_undo_brings_them_back(rig: Rig) -> None:
    rig.show("residual")
    rig.opened.open_bookmark(("residual", "1:92.0"))
    assert rig.note.ticks[1].when.text() == "seen at epoch 92"
    rig.opened.apply(rig.opened.example.changes[0])  # type: ignore[union-attr]
    assert not any(row.seen for row in rig.note.ticks)
    rig.document.undo_stack.undo()
    assert rig.note.ticks[1].seen
    rig.document.edit("rate", hyper=rig.document.hyper.model_copy(update={"learning_rate": 0.5}))
    assert rig.note.ticks[1].seen  # the same network goes on


def test_another_seed_is_the_same_lesson(rig: Rig) -> None:
    rig.show("vanishing")
    rig.document.edit("seed", hyper=rig.document.hyper.model_copy(update={"seed": 9}))
    assert not rig.opened.altered


def test_the_twin_and_the_neighbours_are_asked_for(rig: Rig, qtbot: QtBot) -> None:
    rig.show("vanishing")
    qtbot.mouseClick(rig.note.buttons[0], Qt.MouseButton.LeftButton)
    assert rig.asked == [example_of("not-vanishing").path]
    with qtbot.waitSignal(rig.note.wanted) as wanted:
        qtbot.mouseClick(rig.note.after, Qt.MouseButton.LeftButton)
    assert wanted.args == [example_of("not-vanishing")]
    assert not rig.note.before.isEnabled() and rig.note.place.text() == "Trouble and cures · 1 of 4"


def test_every_note_fits_the_column(rig: Rig) -> None:
    for example in examples():
        rig.show(example.key)
        assert len(rig.note.ticks) == len(example.watch)
        for button in rig.note.buttons:
            words = button.fontMetrics().horizontalAdvance(button.text())
            assert words <= LEFT_WIDTH - 2 * MARGIN - 32, button.text()
            assert button.toolTip()


# In the window ----------------------------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window() as opened:
        yield opened


def test_the_tabs_are_there_with_an_example_alone(window: Opened, tmp_path: Path) -> None:
    left, opened = window.window.findChild(LeftColumn), window.page.panes.example
    assert not left.switch.isVisible() and left.build.isVisible()
    window.window.files.open(example_of("circle").path, copy=True)
    assert left.switch.isVisible() and left.note.isVisible() and not left.build.isVisible()
    left.switch.setCurrentIndex(1)
    assert left.build.isVisible() and not left.note.isVisible()
    path = tmp_path / "mine.loom"
    window.page.document.save(path)
    assert opened.example is example_of("circle")  # saved, and still what it was
    window.window.files.open(path)
    assert opened.example is None
    assert not left.switch.isVisible() and left.build.isVisible()


def test_new_is_a_blank_network_on_the_present_data(window: Opened, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None)
    window.window.files.open(example_of("rings").path, copy=True)
    qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None)
    data, run = window.page.network.data, window.page.trainer.snapshot.run
    window.actions["new"].trigger()
    network = window.page.network
    assert [block.kind for block in network.graph.blocks] == ["input", "output"]
    assert network.data == data and not network.problems
    assert network.title == "Untitled"
    assert window.page.panes.example.example is None
    qtbot.waitUntil(lambda: (s := window.page.trainer.snapshot) is not None and s.run > run)
    assert window.page.trainer.snapshot.step == 0


@pytest.mark.parametrize("crashed", [False, True])
def test_the_note_comes_along_with_the_document(window: Opened, qtbot: QtBot, crashed: bool) -> None:
    """With its ticks, into a window that starts again, which trains on; and to who recovers it, who decides about that
    alone. What was not to be saved is not now."""
    window.window.files.open(example_of("circle").path, copy=True)
    opened, trainer = window.page.panes.example, window.page.trainer
    qtbot.waitUntil(lambda: trainer.snapshot is not None)
    trainer.play()
    qtbot.waitUntil(lambda: opened.seen_at(0) is not None)
    seen = [opened.seen_at(index) for index in range(3)]
    if crashed:
        window.window.recovery.save_now()
    else:
        window.window.start_again()
    snapshot = shutil.copy(window.autosave.path, window.autosave.path.with_name("left.snapshot"))
    with opened_window() as other:
        recovery, page = other.window.recovery, other.page
        if crashed:
            recovery.offer()
            other.window.messages.buttons[0].click()
            qtbot.waitUntil(lambda: page.panes.example.example is not None)
        else:
            with qtbot.waitSignal(recovery.taken_over):
                recovery.take_over([Path(snapshot)], "playground")
        again = page.panes.example
        assert again.example is example_of("circle")
        assert [again.seen_at(index) for index in range(3)][:1] == seen[:1]
        left = other.window.findChild(LeftColumn)
        assert left.switch.isVisible() and left.note.isVisible()
        assert page.trainer.running is not crashed
        assert page.document.unsaved is crashed
