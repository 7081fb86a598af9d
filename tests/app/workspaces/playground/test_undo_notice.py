"""Undo after more training says what it takes back and what not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from engine.graph.edit import set_params, set_title
from tests.app.window_rig import Opened, opened_window


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window(panes=False) as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        yield opened


def widen(opened: Opened) -> None:
    network = opened.page.network
    network.edit("Change units", graph=set_params(network.graph, "dense-1", units=9))


def trained_on(opened: Opened, qtbot: QtBot) -> None:
    trainer = opened.page.trainer
    qtbot.waitUntil(lambda: trainer.snapshot is not None)
    before = trainer.snapshot.step
    trainer.epoch()
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.step > before)


def test_training_since_the_edit_is_taken_back_with_it_and_that_is_said(opened: Opened, qtbot: QtBot) -> None:
    trained_on(opened, qtbot)
    widen(opened)
    trained_on(opened, qtbot)
    opened.page.network.undo_stack.undo()
    assert "“Change units” and the training since are undone" in opened.window.messages.text


def test_weights_that_were_dropped_to_save_memory_are_said_to_be(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.network.document.UNDO_BYTES", 0)
    network = opened.page.network
    trained_on(opened, qtbot)
    widen(opened)
    trained_on(opened, qtbot)
    network.edit("Narrow", graph=set_params(network.graph, "dense-1", units=3))
    network.undo_stack.undo()
    assert network.undo_stack.undoText() == "Change units (weights no longer kept)"
    network.undo_stack.undo()
    assert "around “Change units” were dropped to save memory" in opened.window.messages.text
    assert network.undo_stack.redoText() == "Change units"


def test_without_training_since_there_is_nothing_to_say(opened: Opened, qtbot: QtBot) -> None:
    trained_on(opened, qtbot)
    widen(opened)
    qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
    opened.page.network.undo_stack.undo()
    assert "undone" not in opened.window.messages.text


def change_rate(opened: Opened, rate: float) -> None:
    network = opened.page.network
    network.edit("Change rate", hyper=network.hyper.model_copy(update={"learning_rate": rate}))


def test_a_rate_is_taken_back_with_what_was_trained_with_it(opened: Opened, qtbot: QtBot) -> None:
    network, trainer = opened.page.network, opened.page.trainer
    trained_on(opened, qtbot)
    loss, step = trainer.snapshot.train_loss, trainer.snapshot.step
    change_rate(opened, 10.0)
    trained_on(opened, qtbot)
    assert trainer.snapshot.train_loss != loss
    network.undo_stack.undo()
    qtbot.waitUntil(lambda: trainer.snapshot is not None and trainer.snapshot.step == step)
    assert trainer.snapshot.train_loss == loss
    assert "“Change rate” and the training since are undone" in opened.window.messages.text


def test_a_weight_set_by_hand_is_taken_back_with_what_was_trained_since(opened: Opened, qtbot: QtBot) -> None:
    trained_on(opened, qtbot)
    snapshot = opened.page.trainer.snapshot
    opened.page.network.edit_weight("dense-1", "b", (0,), -50.0)
    trained_on(opened, qtbot)
    opened.page.network.undo_stack.undo()
    assert "and the training since are undone" in opened.window.messages.text
    qtbot.waitUntil(lambda: (now := opened.page.trainer.snapshot) is not None and now.step == snapshot.step)
    assert opened.page.trainer.snapshot.train_loss == snapshot.train_loss


def test_the_notice_of_one_step_goes_with_the_next(opened: Opened, qtbot: QtBot) -> None:
    network = opened.page.network
    network.edit("Rename", graph=set_title(network.graph, "dense-1", "Mine"))
    trained_on(opened, qtbot)
    change_rate(opened, 10.0)
    trained_on(opened, qtbot)
    network.undo_stack.undo()
    assert "“Change rate” and the training since are undone" in opened.window.messages.text
    network.undo_stack.undo()
    assert not opened.window.messages.text


def test_a_notice_takes_nothing_else_away(opened: Opened, qtbot: QtBot) -> None:
    trained_on(opened, qtbot)
    change_rate(opened, 10.0)
    trained_on(opened, qtbot)
    opened.page.network.undo_stack.undo()
    opened.window.messages.say("Something else")
    change_rate(opened, 0.5)
    assert opened.window.messages.text == "Something else"
