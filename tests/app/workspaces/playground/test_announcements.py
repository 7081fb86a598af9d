"""What the playground says by itself goes when it is true no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.graph import NetworkGraph
from engine.graph.edit import disconnect, set_params, set_title
from tests.app.window_rig import Opened, opened_window


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window(dock=False) as opened:
        qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None)
        yield opened


@pytest.fixture
def whole(opened: Opened) -> NetworkGraph:
    """The network before a wire of it is cut."""
    return opened.page.network.graph


@pytest.fixture
def refused(opened: Opened, whole: NetworkGraph, qtbot: QtBot) -> str:
    """What is said to who wants to train a network of which a wire is cut."""
    network = opened.page.network
    network.edit("Cut", graph=disconnect(whole, whole.wires[0]))
    assert not opened.window.messages.text
    opened.actions["epoch"].trigger()
    qtbot.waitUntil(lambda: bool(opened.window.messages.text))
    return opened.window.messages.text


def test_why_a_network_cannot_train_is_said_until_it_can(opened: Opened, refused: str) -> None:
    network = opened.page.network
    network.edit("Change units", graph=set_params(network.graph, "dense-1", units=9))
    assert opened.window.messages.text == refused
    network.undo_stack.undo()
    network.undo_stack.undo()
    assert network.can_run and not opened.window.messages.text


def test_a_reason_that_is_mended_goes_though_there_is_another(
    opened: Opened, whole: NetworkGraph, refused: str
) -> None:
    network = opened.page.network
    network.edit("Cut another", graph=disconnect(whole, whole.wires[-1]))
    assert not network.can_run and not opened.window.messages.text


def test_a_reason_is_said_by_the_names_that_blocks_have_by_now(opened: Opened, refused: str) -> None:
    network = opened.page.network
    assert refused.startswith("The input of “Dense 1” is not wired")
    network.edit("Rename", graph=set_title(network.graph, "dense-1", "Foo"))
    assert opened.window.messages.text == refused.replace("Dense 1", "Foo")
    network.undo_stack.undo()
    assert opened.window.messages.text == refused
    network.undo_stack.undo()
    assert not opened.window.messages.text


def test_what_has_been_said_since_stays(opened: Opened, refused: str) -> None:
    opened.window.messages.say("another")
    opened.page.network.undo_stack.undo()
    assert opened.window.messages.text == "another" != refused


def test_what_is_offered_after_a_breakdown_lets_the_run_go_on(opened: Opened, qtbot: QtBot) -> None:
    page, window = opened.page, opened.window
    hyper = page.network.hyper.model_copy(update={"learning_rate": 1e300})
    page.network.edit("Rate", hyper=hyper)
    page.trainer.play()
    qtbot.waitUntil(lambda: "Stopped at step" in window.messages.text)
    assert window.messages.text.endswith("The learning rate is 1e300.")
    (cure,) = (
        button for button in window.findChildren(QPushButton) if button.text() == "Rate 0.01" and button.isVisible()
    )
    cure.click()
    qtbot.waitUntil(lambda: page.network.hyper.learning_rate == 0.01)
    page.trainer.play()
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.trainer.snapshot.epoch > 3)
    assert page.trainer.snapshot is not None and page.trainer.snapshot.failure is None
