"""What the playground says by itself goes when it is true no more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.graph import NetworkGraph
from engine.graph.edit import disconnect, set_params, set_title
from engine.problems import EngineError
from engine.training import trial
from engine.training.trial import BREAKS_DOWN
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
    assert window.messages.text.endswith("The learning rate is 1·10³⁰⁰.")
    offered = partial(window.findChildren, QPushButton)
    qtbot.waitUntil(lambda: any(button.text() == "Back, rate 0.01" for button in offered()))
    (cure,) = (button for button in offered() if button.text() == "Back, rate 0.01" and button.isVisible())
    cure.click()
    qtbot.waitUntil(lambda: page.network.hyper.learning_rate == 0.01)
    page.trainer.play()
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.trainer.snapshot.epoch > 3)
    assert page.trainer.snapshot is not None and page.trainer.snapshot.failure is None


def breaks_down(opened: Opened, qtbot: QtBot) -> list[str]:
    """Train at a rate that breaks the run down. What is offered as soon as that is said."""
    page, window = opened.page, opened.window
    page.network.edit("Rate", hyper=page.network.hyper.model_copy(update={"learning_rate": 1e300}))
    page.trainer.play()
    qtbot.waitUntil(lambda: "Stopped at step" in window.messages.text)
    return [button.text() for button in window.messages.buttons]


def test_a_breakdown_is_said_before_its_cure_is_proven(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    prove, may_go_on = trial.proven_remedies, Event()

    def slow(*arguments, **more):  # type: ignore[no-untyped-def]
        may_go_on.wait(60)
        return prove(*arguments, **more)

    monkeypatch.setattr(trial, "proven_remedies", slow)
    try:
        assert breaks_down(opened, qtbot) == ["Restore last finite weights"]
    finally:
        may_go_on.set()
    buttons = opened.window.messages.buttons
    qtbot.waitUntil(lambda: len(opened.window.messages.buttons) == 2)
    assert opened.window.messages.buttons[0] is buttons[0]  # it stays under the pointer
    assert opened.window.messages.buttons[1].text() == "Back, rate 0.01"


def test_a_breakdown_is_said_though_its_trial_fails(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = Event()

    def fails(*_arguments, **_more):  # type: ignore[no-untyped-def]
        tried.set()
        raise EngineError(BREAKS_DOWN(cure="Any"))

    monkeypatch.setattr(trial, "proven_remedies", fails)
    assert breaks_down(opened, qtbot) == ["Restore last finite weights"]
    qtbot.waitUntil(tried.is_set)
    qtbot.wait(100)
    assert "Stopped at step" in opened.window.messages.text


def test_a_breakdown_in_sight_of_the_verdict_is_said_once(qtbot: QtBot) -> None:
    with opened_window() as opened:
        page = opened.page
        qtbot.waitUntil(lambda: page.trainer.snapshot is not None)
        page.network.edit("Rate", hyper=page.network.hyper.model_copy(update={"learning_rate": 1e300}))
        page.trainer.play()
        verdict = page.panes.plots.verdict_row
        qtbot.waitUntil(lambda: "Stopped at step" in verdict.text)
        assert verdict.text.endswith("Undo brings the last finite weights back.")
        qtbot.waitUntil(lambda: "Back, rate 0.01" in [button.text() for button in verdict.buttons])
        assert "Stopped" not in opened.window.messages.text
