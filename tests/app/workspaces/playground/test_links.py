"""A link in the window: pasted, typed, given at the start, copied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from numpy.testing import assert_array_equal
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from app.shell.dialogs.link import LinkDialog
from engine.formats import read_link
from tests.app.window_rig import Opened, opened_window

LINK = (
    "https://playground.tensorflow.org/#seed=0.59704&batchSize=12&networkShape=4,2"
    "&showTestData=true&discretize=true&playButton_hide=true"
)
TITLE = "Circle 2-4-2-1"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window() as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        yield opened
        QGuiApplication.clipboard().clear()


def put_on_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def edit(window: Opened) -> None:
    hyper = window.page.network.hyper
    window.page.network.edit("edit", hyper=hyper.model_copy(update={"learning_rate": hyper.learning_rate / 2}))


def dialog_of(window: Opened) -> LinkDialog:
    dialog: LinkDialog = window.window.findChild(LinkDialog, "linkDialog")
    return dialog


def test_a_link_pasted_on_the_canvas_opens(window: Opened, qtbot: QtBot) -> None:
    put_on_clipboard(LINK)
    qtbot.keyClick(window.page.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    content = read_link(LINK).content
    network = window.page.network
    assert (network.title, network.graph, network.hyper, network.data) == (
        TITLE, content.graph, content.hyper, content.data,
    )  # fmt: skip
    for key, array in content.weights.items():
        assert_array_equal(network.present_weights()[key], array)
    output = window.page.panes.right.output
    assert output.show_test.isChecked() and output.discrete.isChecked()
    assert window.window.messages.text == "The link hides controls of that page; here nothing is hidden: playButton."
    assert not window.page.document.unsaved


def test_blocks_are_still_pasted(window: Opened, qtbot: QtBot) -> None:
    canvas = window.page.canvas
    canvas.actions_by_name["select_all"].trigger()
    canvas.actions_by_name["copy"].trigger()
    before = len(window.page.network.graph.blocks)
    qtbot.keyClick(canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(window.page.network.graph.blocks) == 2 * before


def test_a_bad_link_pasted_is_said_and_changes_nothing(window: Opened) -> None:
    put_on_clipboard("https://playground.tensorflow.org/#networkShape=4,x")
    edit(window)
    state = window.page.network.state
    window.page.canvas.actions_by_name["paste"].trigger()
    assert "networkShape is “4,x”" in window.window.messages.text
    assert window.page.network.state == state
    assert window.window.findChild(QMessageBox, "unsavedQuestion") is None


@pytest.mark.parametrize(
    ("answer", "opened"), [(QMessageBox.StandardButton.Cancel, False), (QMessageBox.StandardButton.Discard, True)]
)
def test_unsaved_work_is_asked_about(window: Opened, answer: QMessageBox.StandardButton, opened: bool) -> None:
    edit(window)
    window.window.files.open_link(LINK)
    assert window.page.network.title != TITLE
    window.window.findChild(QMessageBox, "unsavedQuestion").button(answer).click()
    assert (window.page.network.title == TITLE) == opened


def test_the_dialog_takes_the_clipboard_s_link_and_opens_it(window: Opened) -> None:
    put_on_clipboard(f"  {LINK}\n")
    window.actions["open_link"].trigger()
    dialog = dialog_of(window)
    assert dialog.text == LINK
    dialog.open_button.click()
    assert window.page.network.title == TITLE
    assert "playButton" in window.window.messages.text


def test_the_dialog_says_what_is_wrong_and_stays(window: Opened) -> None:
    put_on_clipboard("something else")
    window.actions["open_link"].trigger()
    dialog = dialog_of(window)
    assert dialog.text == ""
    assert not dialog.open_button.isEnabled()
    dialog.field.setText("https://playground.tensorflow.org/#batchSize=0")
    dialog.open_button.click()
    assert dialog.isVisible()
    assert "batchSize is 0" in dialog.problem.text()
    dialog.field.setText("https://example.org/")
    assert dialog.problem.text() == ""
    dialog.open_button.click()
    assert "no link" in dialog.problem.text()
    dialog.reject()
    assert window.page.network.title != TITLE


def test_beginning_again_goes_back_to_the_link_s_first_weights(window: Opened, qtbot: QtBot) -> None:
    window.window.files.open_link(LINK)
    first = read_link(LINK).content.weights
    window.actions["epoch"].trigger()
    qtbot.waitUntil(lambda: window.page.trainer.snapshot.epoch == 1.0)
    window.actions["reset"].trigger()
    qtbot.waitUntil(lambda: window.page.trainer.snapshot.step == 0)
    for key, array in first.items():
        assert_array_equal(window.page.trainer.snapshot.weights[key], array)
    hyper = window.page.network.hyper
    window.page.network.edit("seed", hyper=hyper.model_copy(update={"seed": 5}))
    assert not window.page.network.first_weights


def test_a_network_from_a_link_is_copied_as_one(window: Opened) -> None:
    window.window.files.open_link(LINK)
    window.actions["copy_link"].trigger()
    assert read_link(QGuiApplication.clipboard().text()).content.data == window.page.network.data
    assert "A link holds no weights" in window.window.messages.text


def test_what_a_link_cannot_say_is_said(window: Opened) -> None:
    put_on_clipboard("mine")
    window.actions["copy_link"].trigger()
    assert QGuiApplication.clipboard().text() == "mine"
    assert window.window.messages.text


def test_the_panel_shows_what_a_link_sets_and_new_points_leave_its_seed(window: Opened, qtbot: QtBot) -> None:
    window.window.files.open_link(LINK.replace("batchSize=12", "batchSize=12&noise=60&regularization=L1"))
    left = window.page.panes.left
    assert left.data.noise.value == 60
    assert left.optimiser.carry.isChecked() and left.optimiser.sticks.isChecked()
    left.data.regenerate()
    qtbot.waitUntil(lambda: isinstance(window.page.network.data.seed, int))
