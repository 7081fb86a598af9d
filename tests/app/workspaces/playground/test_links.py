"""A link in the window: pasted, typed, given at the start, copied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from numpy.testing import assert_array_equal
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

import assets
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


def test_a_link_pasted_on_the_canvas_opens_and_is_copied_again(window: Opened, qtbot: QtBot) -> None:
    put_on_clipboard(LINK)
    qtbot.keyClick(window.page.canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    content, network = read_link(LINK).content, window.page.network
    assert (network.graph, network.hyper, network.data) == (content.graph, content.hyper, content.data)
    assert network.title == TITLE
    for key, array in content.weights.items():
        assert_array_equal(network.present_weights()[key], array)
    output = window.page.panes.right.output
    assert output.show_test.isChecked() and output.discrete.isChecked()
    assert window.window.messages.text == "The link hides controls of that page; here nothing is hidden: playButton."
    assert not window.page.document.unsaved
    window.actions["copy_link"].trigger()
    copied = read_link(QGuiApplication.clipboard().text())
    assert (copied.content.data, copied.show_test, copied.discrete) == (network.data, True, True)
    assert "A link has no weights" in window.window.messages.text


def test_the_switches_of_a_link_stay_with_its_network(window: Opened) -> None:
    """What is opened after it begins with the usual; undo of that brings them back with the network."""
    output, page = window.page.panes.right.output, window.page
    window.page.open_link(LINK)
    edit(window)
    page.document.new()
    assert output.shown.text() == "train points"
    page.network.undo_stack.undo()
    assert output.shown.text() == "all points, discretised"
    page.open_file(assets.path("networks") / "plane.loom", copy=True)
    assert output.shown.text() == "train points"


def test_other_pastes_open_nothing(window: Opened, qtbot: QtBot) -> None:
    """Blocks are pasted as ever; a bad link is said, without a question; what no link can say is said."""
    canvas, network = window.page.canvas, window.page.network
    put_on_clipboard("mine")
    window.actions["copy_link"].trigger()
    assert QGuiApplication.clipboard().text() == "mine"
    assert window.window.messages.text
    canvas.actions_by_name["select_all"].trigger()
    canvas.actions_by_name["copy"].trigger()
    before = len(network.graph.blocks)
    qtbot.keyClick(canvas, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(network.graph.blocks) == 2 * before
    put_on_clipboard("https://playground.tensorflow.org/#networkShape=4,x")
    state = network.state
    canvas.actions_by_name["paste"].trigger()
    assert "networkShape is “4,x”" in window.window.messages.text
    assert network.state == state
    assert window.window.findChild(QMessageBox, "unsavedQuestion") is None


def test_unsaved_work_is_asked_about(window: Opened) -> None:
    edit(window)
    for answer, title in (
        (QMessageBox.StandardButton.Cancel, "Two spirals"),
        (QMessageBox.StandardButton.Discard, TITLE),
    ):
        window.window.files.open_link(LINK)
        assert window.page.network.title == "Two spirals"
        box = next(one for one in window.window.findChildren(QMessageBox, "unsavedQuestion") if one.isVisible())
        box.button(answer).click()
        assert window.page.network.title == title


def test_the_dialog_says_what_is_wrong_and_opens_the_clipboard_s_link(window: Opened) -> None:
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
    assert "No workspace opens this link" in dialog.problem.text()
    dialog.setObjectName("done with")
    dialog.reject()
    assert window.page.network.title != TITLE
    put_on_clipboard(f"  {LINK}\n")
    window.actions["open_link"].trigger()
    dialog = dialog_of(window)
    assert dialog.text == LINK
    dialog.open_button.click()
    assert window.page.network.title == TITLE
    assert "playButton" in window.window.messages.text


def test_panels_follow_a_link_and_beginning_again_goes_back_to_it(window: Opened, qtbot: QtBot) -> None:
    link = LINK.replace("batchSize=12", "batchSize=12&noise=60&regularization=L1")
    window.window.files.open_link(link)
    first = read_link(link).content.weights
    window.actions["epoch"].trigger()
    qtbot.waitUntil(lambda: (s := window.page.trainer.snapshot) is not None and s.epoch == 1.0)
    window.actions["reset"].trigger()
    qtbot.waitUntil(lambda: (s := window.page.trainer.snapshot) is not None and s.step == 0)
    for key, array in first.items():
        assert_array_equal(window.page.trainer.snapshot.weights[key], array)
    hyper = window.page.network.hyper
    window.page.network.edit("seed", hyper=hyper.model_copy(update={"seed": 5}))
    assert not window.page.network.first_weights
    left = window.page.panes.left
    assert left.data.noise.value == 60
    assert left.optimiser.carry.isChecked() and left.optimiser.sticks.isChecked()
    left.data.regenerate()
    qtbot.waitUntil(lambda: isinstance(window.page.network.data.seed, int))


def test_the_seed_of_a_link_is_shown_while_the_start_weights_are_its_own(window: Opened) -> None:
    window.window.files.open_link(LINK)
    network, left = window.page.network, window.page.panes.left
    left.sections["optimiser"].set_open(True)
    label = left.optimiser.first_seed
    assert label.isVisibleTo(window.window) and label.full_text == "Start weights: seed 0.59704"
    network.edit("Seed", hyper=network.hyper.model_copy(update={"seed": 3}))
    assert not label.isVisibleTo(window.window)
    network.undo_stack.undo()
    assert label.isVisibleTo(window.window)
