"""Files: round trips, the question before work is lost, bad files, recent files, autosave and recovery."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.examples import examples
from app.kit.folders import data_folder
from app.network import picture_rate
from app.shell.autosave import Autosave
from app.shell.menus import RecentMenu
from app.workspaces.playground.page import first_network
from engine.autodiff.document import ExpressionSheet
from engine.data import DataChoice
from engine.data.standardising import standardised
from engine.formats.base import NetworkFile
from engine.formats.loom import read_network_file, write_network_file
from engine.formats.snapshot import extract_snapshot
from engine.graph.build import feed_forward
from engine.training.remedies import Edit
from tests.app.kit.background_rig import Gate
from tests.app.window_rig import Opened, keeps, opened_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window(panes=False) as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        yield opened


def edit(window: Opened) -> None:
    hyper = window.page.network.hyper
    window.page.network.edit("edit", hyper=hyper.model_copy(update={"learning_rate": hyper.learning_rate / 2}))


def question(window: Opened) -> QMessageBox:
    return window.window.findChild(QMessageBox, "unsavedQuestion")


def test_saving_and_opening_gives_the_same_document(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    edit(window)
    window.actions["epoch"].trigger()
    qtbot.waitUntil(lambda: window.page.trainer.snapshot.epoch == 1.0)
    state, weights = window.page.network.state, dict(window.page.network.present_weights())
    path = tmp_path / "mine.loom"
    window.page.network.save(path)
    window.page.document.load(examples()[3].content)
    assert window.page.network.state != state
    window.window.files.open(path)
    assert window.page.network.state == state
    assert window.page.network.path == path
    qtbot.waitUntil(lambda: (s := window.page.trainer.snapshot) is not None and s.weights.keys() == weights.keys())
    for key, array in window.page.trainer.snapshot.weights.items():
        assert np.array_equal(array, weights[key])


@pytest.mark.parametrize(
    ("answer", "title"),
    [(QMessageBox.StandardButton.Cancel, "Two spirals"), (QMessageBox.StandardButton.Discard, "XOR")],
)
def test_unsaved_work_is_asked_about(window: Opened, answer: QMessageBox.StandardButton, title: str) -> None:
    edit(window)
    window.window.files.open(examples()[2].path, copy=True)
    box = question(window)
    assert window.page.network.title == "Two spirals"
    box.button(answer).click()
    assert window.page.network.title == title
    assert window.page.network.dirty == (title == "Two spirals")


def test_answering_save_saves_and_goes_on(window: Opened, tmp_path: Path) -> None:
    path = tmp_path / "mine.loom"
    window.window.files.write(window.page.document, path)
    edit(window)
    rate = window.page.network.hyper.learning_rate
    window.window.files.open(examples()[2].path, copy=True)
    question(window).button(QMessageBox.StandardButton.Save).click()
    assert window.page.network.title == "XOR"
    assert read_network_file(path).hyper.learning_rate == rate


def test_closing_with_unsaved_work_asks_and_cancel_keeps_the_window(window: Opened) -> None:
    edit(window)
    window.window.close()
    assert window.window.isVisible()
    question(window).button(QMessageBox.StandardButton.Cancel).click()
    assert window.window.isVisible()
    assert window.page.network.dirty


def test_training_a_saved_network_makes_it_unsaved(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    window.window.files.write(window.page.document, tmp_path / "mine.loom")
    assert not window.page.document.unsaved
    window.actions["step"].trigger()
    qtbot.waitUntil(lambda: window.page.document.unsaved)
    window.window.files.save()
    assert not window.page.document.unsaved


def test_runs_come_back_with_their_file(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    trainer, network = window.page.trainer, window.page.network
    for _ in range(5):
        window.actions["epoch"].trigger()
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.epoch == 5.0)
    last = dict(network.present_weights())
    window.actions["earlier"].trigger()
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.epoch < 5.0)
    epoch = trainer.snapshot.epoch
    edit(window)
    window.actions["epoch"].trigger()
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.timeline.branch is not None)
    path = tmp_path / "mine.loom"
    window.page.document.when_settled(lambda: window.window.files.write(window.page.document, path))
    qtbot.waitUntil(path.exists)
    window.page.document.load(examples()[3].content)
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.timeline.branch is None)
    window.window.files.open(path)
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.timeline.branch is not None)
    (first,) = network.runs.of(network.opening)
    branch = trainer.snapshot.timeline.branch
    assert (branch.number, branch.epoch) == (first.number, epoch) and not window.page.document.unsaved
    trainer.take_up(first, first.end.updates)
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.epoch == 5.0)
    assert all(np.array_equal(array, last[key]) for key, array in network.present_weights().items())


def train_for(window: Opened, qtbot: QtBot, seconds: int) -> None:
    """Train a network without a file for so long, and pause."""
    document, trainer, now = window.page.document, window.page.trainer, [window.page.document._clock()]
    document._clock = lambda: now[0]
    trainer.play()
    qtbot.waitUntil(lambda: (now := trainer.snapshot) is not None and now.run == trainer.run and now.step > 0)
    for _ in range(seconds):
        now[0] += 1.0
        document._note_training(trainer.snapshot)
    trainer.pause()
    qtbot.waitUntil(lambda: not trainer.running)


LINK = "https://playground.tensorflow.org/#dataset=xor&seed=0.1"
LEAVE: dict[str, Callable[[Opened], object]] = {
    "close": lambda window: window.window.close(),
    "open": lambda window: window.window.files.open(examples()[2].path, copy=True),
    "link": lambda window: window.window.files.open_link(LINK),
}


@pytest.mark.parametrize("leave", LEAVE)
def test_leaving_a_network_that_was_trained_for_a_while_and_has_no_file_asks(
    window: Opened, qtbot: QtBot, leave: str
) -> None:
    train_for(window, qtbot, 15)
    title, step = window.page.network.title, window.page.trainer.snapshot.step
    LEAVE[leave](window)
    question(window).button(QMessageBox.StandardButton.Cancel).click()
    assert window.window.isVisible() and window.page.network.title == title
    assert window.page.trainer.snapshot.step == step


def test_closing_asks_about_a_network_of_a_link_that_was_trained_for_a_while(window: Opened, qtbot: QtBot) -> None:
    window.window.files.open_link(LINK)
    assert question(window) is None
    train_for(window, qtbot, 15)
    window.window.close()
    assert window.window.isVisible() and question(window) is not None


@pytest.mark.parametrize("leave", LEAVE)
def test_leaving_a_network_that_was_looked_at_for_a_moment_asks_nothing(
    window: Opened, qtbot: QtBot, leave: str
) -> None:
    train_for(window, qtbot, 3)
    title = window.page.network.title
    LEAVE[leave](window)
    assert window.window.findChild(QMessageBox, "unsavedQuestion") is None
    assert not window.window.isVisible() or window.page.network.title != title


def test_undo_of_a_weight_leaves_a_long_training_unsaved(window: Opened, qtbot: QtBot) -> None:
    train_for(window, qtbot, 15)
    network, step = window.page.network, window.page.trainer.snapshot.step
    network.edit_weight("dense-1", "b", (0,), -50.0)
    window.page.trainer.epoch()
    qtbot.waitUntil(lambda: window.page.trainer.snapshot.step > step)
    network.undo_stack.undo()
    qtbot.waitUntil(lambda: window.page.trainer.snapshot.step == step)
    assert not network.dirty and window.page.document.unsaved
    assert window.window.top_bar.file.text() == "no file yet · unsaved"


BAD_FILES = {
    "not JSON": "weights: yes",
    "not ours": '{"a": 1}',
    "another version": json.dumps({"format": "neuroloom-network", "version": 99}),
    "nothing": "",
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_explained_and_the_open_one_stays(window: Opened, tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.loom"
    path.write_text(content)
    state = window.page.network.state
    window.window.files.open(path)
    assert "bad.loom" in window.window.messages.text
    assert window.window.messages.text.endswith(".")
    assert window.page.network.state == state
    assert not window.window.settings.recent_files


def test_recent_files_are_listed_opened_and_cleared(window: Opened, tmp_path: Path) -> None:
    paths = [tmp_path / f"{example.key}.loom" for example in examples()[1:4]]
    for path, example in zip(paths, examples()[1:4], strict=True):
        write_network_file(path, example.content)
        window.window.files.open(path)
    assert window.window.settings.recent_files == tuple(reversed(paths))
    menu = window.window.menus.main.findChild(RecentMenu)
    menu.actions()[-3].trigger()
    assert window.page.network.path == paths[0]
    menu.actions()[-1].trigger()
    assert window.window.settings.recent_files == ()
    assert not menu.isEnabled()


def test_a_dropped_network_opens(window: Opened, tmp_path: Path) -> None:
    path = tmp_path / "xor.loom"
    write_network_file(path, examples()[2].content)
    window.drop(path)
    assert window.page.network.path == path


def test_a_document_of_another_kind_is_explained(window: Opened, tmp_path: Path) -> None:
    path = tmp_path / "graph.loom"
    path.write_text('{"format": "neuroloom-scalar-graph", "version": 1}')
    window.drop(path)
    assert "graph.loom" in window.window.messages.text
    assert window.page.network.path is None


def test_a_dropped_csv_becomes_the_data_set(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    rows = [f"{i / 10},{(i * 7 % 13) / 10},{'in' if i % 2 else 'out'}" for i in range(40)]
    path.write_text("\n".join(["across,up,side", *rows]))
    with qtbot.waitSignal(window.page.network.dataset_loaded):
        window.drop(path)
    assert window.page.network.data.path == str(path)
    assert window.page.network.dataset.columns == ("across", "up")
    said = "“points.csv” was imported with 40 rows. “side” is predicted from 2 columns (across, up). Left out: nothing."
    assert window.window.messages.text == said
    window.actions["undo"].trigger()
    assert window.page.network.data.source == "named"
    assert window.window.messages.text == ""


def test_what_was_read_otherwise_in_a_table_is_said_itself(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    rows = [f"{i},{(i * 7 % 13) / 10},{'in' if i % 2 else 'out'}" for i in range(40)]
    path.write_text("\n".join(rows))
    with qtbot.waitSignal(window.page.network.dataset_loaded):
        window.drop(path)
    assert window.window.messages.text.endswith(
        "Left out: nothing. The file has no header; its columns are called column1, column2 and so on."
    )


def test_what_a_table_leaves_out_is_said_as_plain_text(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "b.csv"
    rows = [f"x{i:03d},1,{i},{i % 5},{'' if i == 3 else 'no' if i % 2 else 'yes'}" for i in range(40)]
    path.write_text("\n".join(["<b>id</b>,same,when,n,answer", *rows]))
    with qtbot.waitSignal(window.page.network.dataset_loaded):
        window.drop(path)
    assert window.window.messages.text == (
        "“b.csv” was imported with 39 rows. “answer” is predicted from 2 columns (when, n)."
        " Left out: 1 row, “<b>id</b>” (like an identifier), “same” (always the same)."
    )


def points_file(path: Path, rows: int = 40) -> Path:
    content = [f"{i / 10},{(i * 7 % 13) / 10},{'in' if i % 2 else 'out'}" for i in range(rows)]
    path.write_text("\n".join(["across,up,side", *content]))
    return path


def test_a_file_that_is_read_again_says_what_came_in(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    path, messages = points_file(tmp_path / "points.csv"), window.window.messages
    for _ in range(2):
        with qtbot.waitSignal(window.page.network.dataset_loaded):
            window.drop(path)
        assert messages.text.startswith("“points.csv” was imported with 40 rows")
        messages.dismiss()
    share = window.page.network.data.model_copy(update={"train_share": 0.5})
    with qtbot.waitSignal(window.page.network.dataset_loaded):
        window.page.network.choose_data(share)
    assert messages.text == "", "another split of the same rows is no news"


def test_an_import_alone_is_said_to_be_one(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    """Nothing was imported by a switch, a cure, undo or redo."""
    document, messages = window.page.network, window.window.messages
    path = tmp_path / "people.csv"
    path.write_text("income,side\n" + "\n".join(f"{10_000 * i},{'in' if i % 2 else 'out'}" for i in range(40)))
    with qtbot.waitSignal(document.imported):
        window.drop(path)
    assert messages.text.startswith("“people.csv” was imported")
    messages.dismiss()
    for is_on in (False, True, False):
        with qtbot.waitSignal(document.dataset_loaded):
            document.choose_data(document.data.model_copy(update={"standardise": is_on}))
        assert messages.text == ""
    document.apply("Standardise", Edit(dataset=standardised(document.dataset), data={"standardise": True}))
    assert document.data.standardise and messages.text == ""
    for act in ("undo", "redo", "undo", "redo", "reset"):
        window.actions[act].trigger()
        assert messages.text == "", act
    with qtbot.waitSignal(document.imported):
        document.choose_data(document.data.model_copy(update={"missing": "drop"}))
    assert messages.text.startswith("“people.csv” was imported")


def test_save_waits_for_a_weight_that_is_on_its_way(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    trainer, network, path, gate = window.page.trainer, window.page.network, tmp_path / "mine.loom", Gate()
    trainer._worker.post(lambda _worker: gate.pass_through())
    network.edit_weight("dense-1", "W", (0, 0), 7.5)
    window.window.files.write(window.page.document, path)
    assert not path.exists() and window.page.document.unsaved
    with qtbot.waitSignal(window.window.files.saved):
        gate.open()
    assert read_network_file(path).weights["dense-1", "W"][0, 0] == 7.5
    assert not window.page.document.unsaved


def test_a_save_that_waits_long_says_so_until_it_is_done(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    trainer, path, gate, messages = window.page.trainer, tmp_path / "mine.loom", Gate(), window.window.messages
    trainer._worker.post(lambda _worker: gate.pass_through())
    window.page.network.edit_weight("dense-1", "W", (0, 0), 7.5)
    window.window.files.write(window.page.document, path)
    qtbot.waitUntil(lambda: "Saving “mine.loom” as soon as" in messages.text)
    assert [button.text() for button in messages.buttons] == ["Cancel"] and not path.exists()
    with qtbot.waitSignal(window.window.files.saved):
        gate.open()
    assert path.exists() and "Saving" not in messages.text


def test_a_save_that_waits_can_be_called_off(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    trainer, path, gate, messages = window.page.trainer, tmp_path / "mine.loom", Gate(), window.window.messages
    trainer._worker.post(lambda _worker: gate.pass_through())
    window.page.network.edit_weight("dense-1", "W", (0, 0), 7.5)
    gone_on, given_up = list[bool](), list[bool]()
    saving = window.window.files.saving
    saving.write(window.page.document, path, lambda: gone_on.append(True), lambda: given_up.append(True))
    qtbot.waitUntil(lambda: "Saving" in messages.text)
    messages.buttons[0].click()
    assert given_up == [True] and "Saving" not in messages.text
    with qtbot.waitCallback() as through:
        trainer.when_heard(through)
        gate.open()
    assert not path.exists() and not gone_on and window.page.document.unsaved


def hold_saves(window: Opened) -> Gate:
    """An edit that the thread which trains does not hear of, until the gate is opened."""
    gate = Gate()
    window.page.trainer._worker.post(lambda _worker: gate.pass_through())
    window.page.network.edit_weight("dense-1", "W", (0, 0), 7.5)
    return gate


def choose_chinese(window: Opened) -> None:
    """Choose another language, and agree that undo starts afresh."""
    window.actions["language_zh_CN"].trigger()
    asked = window.window.findChildren(QMessageBox, "undoQuestion")[-1]
    asked.button(QMessageBox.StandardButton.Ok).click()


def test_a_window_that_starts_again_hands_over_the_edit_that_was_under_way(
    window: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    messages, gate = window.window.messages, hold_saves(window)
    choose_chinese(window)
    qtbot.waitUntil(lambda: "Restarting as soon as" in messages.text)
    assert window.window.isVisible() and window.window.settings.shown_language == "en"
    gate.open()
    qtbot.waitUntil(lambda: bool(window.window.successor))
    left = extract_snapshot(Path(window.window.successor[-1]), tmp_path)[1]
    assert read_network_file(left).weights["dense-1", "W"][0, 0] == 7.5


def test_a_restart_that_waits_can_be_called_off(window: Opened, qtbot: QtBot) -> None:
    messages, gate = window.window.messages, hold_saves(window)
    choose_chinese(window)
    qtbot.waitUntil(lambda: "Restarting as soon as" in messages.text)
    messages.buttons[0].click()
    with qtbot.waitCallback() as through:
        window.page.trainer.when_heard(through)
        gate.open()
    assert window.window.isVisible() and window.actions["language_en"].isChecked()
    assert window.window.settings.shown_language == "en" and not window.window.successor


@pytest.mark.parametrize("closed", [False, True])
def test_a_save_that_waits_is_named_also_after_the_message_about_another_one_is_gone(
    window: Opened, qtbot: QtBot, tmp_path: Path, closed: bool
) -> None:
    files, messages, gate = window.window.files, window.window.messages, hold_saves(window)
    files.write(window.page.document, tmp_path / "one.loom")
    qtbot.waitUntil(lambda: "one.loom" in messages.text)
    messages._close.click() if closed else messages.say("Something else")
    files.write(window.page.document, tmp_path / "two.loom")
    qtbot.waitUntil(lambda: "two.loom" in messages.text)
    assert [button.text() for button in messages.buttons] == ["Cancel"]
    gate.open()
    qtbot.waitUntil(lambda: (tmp_path / "two.loom").exists() and "Saving" not in messages.text)
    assert (tmp_path / "one.loom").exists()


def test_cancel_calls_off_the_save_that_is_named_and_the_next_has_its_turn(
    window: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    files, messages, gate = window.window.files, window.window.messages, hold_saves(window)
    given_up = list[str]()
    for name in ("one.loom", "two.loom"):
        files.saving.write(window.page.document, tmp_path / name, None, partial(given_up.append, name))
    qtbot.waitUntil(lambda: "two.loom" in messages.text)
    messages.buttons[0].click()
    assert given_up == ["two.loom"] and messages.text == ""
    qtbot.waitUntil(lambda: "one.loom" in messages.text)
    with qtbot.waitSignal(files.saved):
        gate.open()
    assert (tmp_path / "one.loom").exists() and not (tmp_path / "two.loom").exists()
    assert given_up == ["two.loom"] and "Saving" not in messages.text and not files.saving.awaiting._patience.isActive()


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.Save, QMessageBox.StandardButton.Cancel])
def test_a_save_over_another_one_s_work_that_is_called_off_gives_up(
    window: Opened, qtbot: QtBot, tmp_path: Path, answer: QMessageBox.StandardButton
) -> None:
    files, messages, path, done = window.window.files, window.window.messages, tmp_path / "mine.loom", list[str]()
    files.write(window.page.document, path)
    path.write_bytes(path.read_bytes() + b" ")
    gate = hold_saves(window)
    files.saving.save(window.page, partial(done.append, "saved"), partial(done.append, "given up"))
    window.window.findChild(QMessageBox, "changedQuestion").button(answer).click()
    if answer == QMessageBox.StandardButton.Save:
        assert not done
        qtbot.waitUntil(lambda: "Saving" in messages.text)
        messages.buttons[0].click()
    assert done == ["given up"]
    gate.open()


def test_a_save_that_waits_when_another_document_was_to_be_opened_gives_up_when_called_off(
    window: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    files, messages, done = window.window.files, window.window.messages, list[str]()
    files.write(window.page.document, tmp_path / "mine.loom")
    gate = hold_saves(window)
    files.when_safe(window.page, partial(done.append, "goes on"), partial(done.append, "stays"))
    question(window).button(QMessageBox.StandardButton.Save).click()
    qtbot.waitUntil(lambda: "Saving" in messages.text)
    messages.buttons[0].click()
    assert done == ["stays"]
    gate.open()


def test_a_save_that_is_quick_says_nothing_of_waiting(
    window: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = list[str]()
    monkeypatch.setattr(window.window.messages, "say", lambda text, *_args, **_how: said.append(text))
    window.window.files.write(window.page.document, tmp_path / "mine.loom")
    assert (tmp_path / "mine.loom").exists() and not any(text.startswith("Saving") for text in said)
    assert not window.window.files.saving.awaiting._patience.isActive()


def test_what_waits_to_be_saved_is_forgotten_with_the_network_it_was_of(
    window: Opened, qtbot: QtBot, tmp_path: Path
) -> None:
    trainer, gate, messages = window.page.trainer, Gate(), window.window.messages
    trainer._worker.post(lambda _worker: gate.pass_through())
    window.page.network.edit_weight("dense-1", "W", (0, 0), 7.5)
    window.window.files.write(window.page.document, tmp_path / "mine.loom")
    qtbot.waitUntil(lambda: "Saving" in messages.text)
    window.page.document.load(examples()[3].content)
    gate.open()
    qtbot.waitUntil(lambda: not window.window.files.saving.awaiting._waiting)
    assert "Saving" not in messages.text and not (tmp_path / "mine.loom").exists()


def test_a_network_of_a_table_leaves_the_way_back_open(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    table, path = points_file(tmp_path / "points.csv"), tmp_path / "mine.loom"
    data = DataChoice(source="file", path=str(table))
    write_network_file(path, NetworkFile(feed_forward((3,), features=("across", "up")), data=data))
    network = window.page.network
    title = network.title
    qtbot.waitUntil(lambda: window.page.trainer.snapshot is not None)
    window.page.trainer.epoch()
    qtbot.waitUntil(lambda: window.page.trainer.snapshot.epoch >= 1.0)
    window.window.files.open(path)
    qtbot.waitUntil(lambda: bool(window.window.messages.buttons))
    assert f"“{title}” back, with what it learnt in 1 epoch." in window.window.messages.text
    window.window.messages.buttons[0].click()
    assert network.title == title


def test_the_way_back_stays_offered_when_more_is_known_of_the_run_that_was_left(
    window: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainer, messages, gate = window.page.trainer, window.window.messages, Gate()
    trainer.epoch()
    qtbot.waitUntil(lambda: trainer.snapshot.epoch >= 1.0)
    monkeypatch.setattr(picture_rate, "SHOWN_SHARE", 1e-9)
    trainer.play()
    qtbot.waitUntil(lambda: trainer._worker.session.updates > trainer.snapshot.step + 100)
    trainer._worker.post(lambda _worker: gate.pass_through())
    window.page.document.new()
    qtbot.waitUntil(lambda: "Undo brings" in messages.text)
    gate.open()
    with qtbot.waitCallback() as heard:
        trainer.when_heard(heard)
    assert [button.text() for button in messages.buttons] == ["Go back"]


def test_a_damaged_progress_is_said_and_the_network_opens(window: Opened, tmp_path: Path) -> None:
    path, content = tmp_path / "mine.loom", examples()[3].content
    write_network_file(path, content)
    document = json.loads(path.read_text(encoding="utf-8"))
    document |= {"version": 2, "progress": {"cursor": -3}}
    path.write_text(json.dumps(document), encoding="utf-8")
    window.window.files.open(path)
    assert window.page.network.path == path and window.page.network.graph == content.graph
    assert window.window.messages.text.startswith("The training state in “mine.loom” is damaged (progress.cursor)")


def test_a_csv_that_is_none_is_explained(window: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("")
    with qtbot.waitSignal(window.page.network.problem_found):
        window.drop(path)
    assert "empty.csv" in window.window.messages.text
    assert window.page.network.data.source == "named"


def crash(window: Opened) -> None:
    """What a killed process leaves: its copy, and a lock that nobody holds."""
    window.autosave._lock.unlock()


def test_after_a_crash_the_work_is_offered_and_comes_back(qtbot: QtBot, window: Opened) -> None:
    edit(window)
    state = window.page.network.state
    qtbot.waitUntil(lambda: keeps(window.autosave))
    crash(window)
    with opened_window(panes=False) as second:
        second.window.recovery.offer()
        assert "recovered" in second.window.messages.text
        second.window.messages.buttons[0].click()
        qtbot.waitUntil(lambda: second.page.network.state == state)
        assert second.page.document.unsaved
        qtbot.waitUntil(lambda: not second.window.recovery.leftovers())


def test_what_is_said_of_work_that_comes_back_stays_in_sight(qtbot: QtBot) -> None:
    """A variable of it is called as a function is by now."""
    with opened_window(home="scalar_graph") as first:
        first.page.document.edit("Type", ExpressionSheet(text="tan*x", inputs={"tan": 3.0, "x": 2.0}))
        qtbot.waitUntil(lambda: keeps(first.autosave))
        crash(first)
        with opened_window(home="scalar_graph") as second:
            second.window.recovery.offer()
            second.window.messages.buttons[0].click()
            qtbot.waitUntil(lambda: second.page.document.value.text == "tan1*x")
            qtbot.waitUntil(lambda: "called “tan1” here" in second.window.messages.text)


def test_a_lock_without_a_copy_does_not_lie_about_for_ever(window: Opened) -> None:
    lock = QLockFile(str(data_folder("recovery") / "gone.loom.lock"))
    lock.setStaleLockTime(0)
    assert lock.tryLock(0)
    window.window.recovery.leftovers()
    assert Path(lock.fileName()).exists()  # its window lives
    kept = Path(lock.fileName()).read_bytes()
    lock.unlock()
    of_no_process = kept.replace(str(os.getpid()).encode(), b"999999999")
    Path(lock.fileName()).write_bytes(of_no_process)
    window.window.recovery.leftovers()
    assert not Path(lock.fileName()).exists()


def test_a_living_window_is_no_crash(window: Opened, qtbot: QtBot) -> None:
    edit(window)
    qtbot.waitUntil(lambda: keeps(window.autosave))
    with opened_window(panes=False) as second:
        assert second.window.recovery.leftovers() == ()


def test_closing_properly_leaves_no_recovery_copy(qtbot: QtBot) -> None:
    with opened_window(panes=False) as window:
        edit(window)
        window.autosave.save_now()
        autosave: Autosave = window.autosave
        path = autosave.path
        assert path.exists()
    assert not path.exists()


def test_the_first_network_is_sound() -> None:
    assert first_network().title == "Two spirals"


def test_a_network_whose_file_is_another_by_now_is_unsaved_until_saved(window: Opened, tmp_path: Path) -> None:
    """Undo brings back what the file held before, which is not what it holds now."""
    files, network, path = window.window.files, window.page.network, tmp_path / "mine.loom"
    files.write(window.page.document, path)
    path.write_bytes(path.read_bytes() + b" ")
    network.edit("Seed", hyper=network.hyper.model_copy(update={"seed": 5}))
    files.save()
    window.window.findChild(QMessageBox, "changedQuestion").button(QMessageBox.StandardButton.Cancel).click()
    network.undo_stack.undo()
    assert window.page.document.unsaved and window.page in files.unsaved
    files.save()
    window.window.findChild(QMessageBox, "changedQuestion").button(QMessageBox.StandardButton.Save).click()
    assert not window.page.document.unsaved
