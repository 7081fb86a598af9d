"""Files: round trips, the question before work is lost, bad files, recent files, autosave and recovery."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.shell.autosave import Autosave
from app.shell.files import first_network
from app.shell.main_window import MainWindow
from app.shell.menus import RecentMenu
from app.workspaces.gallery.gallery import EXAMPLES
from engine.formats.loom import read_network_file, write_network_file
from tests.app.window_rig import opened_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    with opened_window() as opened:
        qtbot.waitUntil(lambda: opened.trainer.snapshot is not None)
        yield opened


def edit(window: MainWindow) -> None:
    hyper = window.document.hyper
    window.document.edit("edit", hyper=hyper.model_copy(update={"learning_rate": hyper.learning_rate / 2}))


def question(window: MainWindow) -> QMessageBox:
    return window.findChild(QMessageBox, "unsavedQuestion")


def test_saving_and_opening_gives_the_same_document(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    edit(window)
    window.actions_["epoch"].trigger()
    qtbot.waitUntil(lambda: window.trainer.snapshot.epoch == 1.0)
    state, weights = window.document.state, dict(window.document.present_weights())
    path = tmp_path / "mine.loom"
    window.document.save(path)
    window.files.load(EXAMPLES[3].content)
    assert window.document.state != state
    window.files.open(path)
    assert window.document.state == state
    assert window.document.path == path
    qtbot.waitUntil(lambda: window.trainer.snapshot.weights.keys() == weights.keys())
    for key, array in window.trainer.snapshot.weights.items():
        assert np.array_equal(array, weights[key])


@pytest.mark.parametrize(
    ("answer", "title"),
    [(QMessageBox.StandardButton.Cancel, "Two spirals"), (QMessageBox.StandardButton.Discard, "XOR")],
)
def test_unsaved_work_is_asked_about(window: MainWindow, answer: QMessageBox.StandardButton, title: str) -> None:
    edit(window)
    window.open_example(EXAMPLES[2])
    box = question(window)
    assert window.document.title == "Two spirals"
    box.button(answer).click()
    assert window.document.title == title
    assert window.document.dirty == (title == "Two spirals")


def test_answering_save_saves_and_goes_on(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.loom"
    window.files._write(path, None)
    edit(window)
    rate = window.document.hyper.learning_rate
    window.open_example(EXAMPLES[2])
    question(window).button(QMessageBox.StandardButton.Save).click()
    assert window.document.title == "XOR"
    assert read_network_file(path).hyper.learning_rate == rate


def test_closing_with_unsaved_work_asks_and_cancel_keeps_the_window(window: MainWindow) -> None:
    edit(window)
    window.close()
    assert window.isVisible()
    question(window).button(QMessageBox.StandardButton.Cancel).click()
    assert window.isVisible()
    assert window.document.dirty


def test_training_a_saved_network_makes_it_unsaved(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window.files._write(tmp_path / "mine.loom", None)
    assert not window.files.unsaved
    window.actions_["step"].trigger()
    qtbot.waitUntil(lambda: window.files.unsaved)
    window.files.save()
    assert not window.files.unsaved


BAD_FILES = {
    "not JSON": "weights: yes",
    "not ours": '{"a": 1}',
    "another version": json.dumps({"format": "neuroloom-network", "version": 99}),
    "nothing": "",
}


@pytest.mark.parametrize("content", BAD_FILES.values(), ids=BAD_FILES.keys())
def test_a_bad_file_is_explained_and_the_open_one_stays(window: MainWindow, tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.loom"
    path.write_text(content)
    state = window.document.state
    window.files.open(path)
    assert "bad.loom" in window.messages.text
    assert window.messages.text.endswith(".")
    assert window.document.state == state
    assert not window.settings.recent_files


def test_recent_files_are_listed_opened_and_cleared(window: MainWindow, tmp_path: Path) -> None:
    paths = [tmp_path / f"{example.name}.loom" for example in EXAMPLES[1:4]]
    for path, example in zip(paths, EXAMPLES[1:4], strict=True):
        write_network_file(path, example.content)
        window.files.open(path)
    assert window.settings.recent_files == tuple(reversed(paths))
    menu = window.menu.findChild(RecentMenu)
    menu.actions()[-3].trigger()
    assert window.document.path == paths[0]
    menu.actions()[-1].trigger()
    assert window.settings.recent_files == ()
    assert not menu.isEnabled()


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(600, 300), copy, data, Qt.MouseButton.LeftButton, none))


def test_a_dropped_network_opens(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "xor.loom"
    write_network_file(path, EXAMPLES[2].content)
    drop(window, path)
    assert window.document.path == path


def test_a_dropped_csv_becomes_the_data_set(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "points.csv"
    rows = [f"{i / 10},{(i * 7 % 13) / 10},{'in' if i % 2 else 'out'}" for i in range(40)]
    path.write_text("\n".join(["across,up,side", *rows]))
    with qtbot.waitSignal(window.document.dataset_loaded):
        drop(window, path)
    assert window.document.data.path == str(path)
    assert window.document.dataset.columns == ("across", "up")
    window.actions_["undo"].trigger()
    assert window.document.data.source == "named"


def test_a_csv_that_is_none_is_explained(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("")
    with qtbot.waitSignal(window.document.problem_found):
        drop(window, path)
    assert "empty.csv" in window.messages.text
    assert window.document.data.source == "named"


def crash(window: MainWindow) -> None:
    """What a killed process leaves: its copy, and a lock that nobody holds."""
    window.autosave._lock.unlock()


def test_after_a_crash_the_work_is_offered_and_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    edit(window)
    state = window.document.state
    qtbot.waitUntil(lambda: window.autosave._path.exists())
    crash(window)
    with opened_window() as second:
        second.behaviour.offer_recovery()
        assert "recovered" in second.messages.text
        second.messages.buttons[0].click()
        assert second.document.state == state
        assert second.files.unsaved
        assert not second.autosave.leftovers()


def test_a_living_window_is_no_crash(window: MainWindow, qtbot: QtBot) -> None:
    edit(window)
    qtbot.waitUntil(lambda: window.autosave._path.exists())
    with opened_window() as second:
        assert second.autosave.leftovers() == ()


def test_closing_properly_leaves_no_recovery_copy(qtbot: QtBot) -> None:
    with opened_window() as window:
        edit(window)
        window.autosave.save_now()
        autosave: Autosave = window.autosave
        path = autosave._path
        assert path.exists()
    assert not path.exists()


def test_the_first_network_is_sound() -> None:
    assert first_network().title == "Two spirals"
