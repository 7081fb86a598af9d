"""What the playground says by itself goes when it is true no more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from engine.graph import NetworkGraph
from engine.graph.build import feed_forward
from engine.graph.edit import disconnect, set_params, set_title
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import DEFAULT_RATE, Hyperparameters
from engine.problems import EngineError
from engine.training import trial
from engine.training.trial import BREAKS_DOWN
from tests.app.window_rig import Opened, opened_window


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window(panes=False) as opened:
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


def test_a_deleted_wire_is_said_with_undo_until_the_next_edit(opened: Opened, whole: NetworkGraph) -> None:
    canvas, network, messages = opened.page.canvas, opened.page.network, opened.window.messages
    for wire in whole.wires_from("input-1"), whole.wires_into("output-1"):
        canvas.selection.choose_wire(wire[0])
        canvas.actions_by_name["delete"].trigger()
        assert wire[0] not in network.graph.wires
    assert messages.text == "Connection Dense 3 → Output removed"
    (undo,) = messages.buttons
    undo.click()
    assert network.graph.wires_into("output-1") and messages.text == ""


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
    qtbot.waitUntil(lambda: any(button.text() == f"Back, rate {DEFAULT_RATE}" for button in offered()))
    (cure,) = (button for button in offered() if button.text() == f"Back, rate {DEFAULT_RATE}" and button.isVisible())
    cure.click()
    qtbot.waitUntil(lambda: page.network.hyper.learning_rate == DEFAULT_RATE)
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


def diverges(opened: Opened, qtbot: QtBot) -> list[str]:
    """Train a linear unit whose weights grow at every step until they are refused. What is offered at once."""
    page, window = opened.page, opened.window
    graph = feed_forward((), output=OutputParams(activation="identity"))
    hyper = Hyperparameters(optimizer="sgd", learning_rate=1.0, batch_size=5)
    page.network.edit("Linear", graph=graph, hyper=hyper)
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and len(page.trainer.snapshot.weights) == 2)
    page.trainer.play()
    qtbot.waitUntil(lambda: "Stopped at step" in window.messages.text)
    return [button.text() for button in window.messages.buttons]


def test_undo_and_redo_that_lead_to_a_breakdown_say_it_again(opened: Opened, qtbot: QtBot) -> None:
    page, messages = opened.page, opened.window.messages

    def is_said() -> bool:
        return messages.text == said and any(button.text().startswith("Back, ") for button in messages.buttons)

    diverges(opened, qtbot)
    said, steps = messages.text, page.network.undo_stack.count()
    qtbot.waitUntil(is_said)
    next(button for button in messages.buttons if button.text().startswith("Back, ")).click()
    qtbot.waitUntil(lambda: page.network.undo_stack.count() == steps + 1 and not messages.text)
    page.network.undo_stack.undo()
    qtbot.waitUntil(is_said)
    page.network.undo_stack.undo()
    qtbot.waitUntil(lambda: not messages.text)
    page.network.undo_stack.redo()
    qtbot.waitUntil(is_said)
    assert page.network.undo_stack.count() == steps + 1


def test_the_last_finite_weights_are_offered_where_they_are_others(opened: Opened, qtbot: QtBot) -> None:
    page = opened.page
    assert diverges(opened, qtbot) == ["Restore last good weights"]
    spoilt = dict(page.network.present_weights())
    opened.window.messages.buttons[0].click()
    qtbot.waitUntil(lambda: any((page.network.present_weights()[key] != spoilt[key]).any() for key in spoilt))
    assert max(abs(array).max() for array in page.network.present_weights().values()) < 10.0


def test_nothing_is_offered_to_go_back_to_where_nothing_has_changed(opened: Opened, qtbot: QtBot) -> None:
    count = opened.page.network.undo_stack.count()
    assert breaks_down(opened, qtbot) == []
    assert opened.page.network.undo_stack.count() == count + 1  # the rate's


def test_a_function_without_a_value_is_said_and_another_offered(opened: Opened, qtbot: QtBot) -> None:
    page, window = opened.page, opened.window
    graph = set_params(page.network.graph, "dense-1", activation="log(x)")
    page.network.edit("Change activation", graph=graph)
    page.trainer.play()
    qtbot.waitUntil(lambda: "log(x) has no value at −" in window.messages.text)
    assert window.messages.text.endswith(", a weighted sum of Dense 1. Choose another function.")
    qtbot.waitUntil(lambda: [button.text() for button in window.messages.buttons] == ["ReLU + He"])
    page.network.undo_stack.undo()
    assert page.network.graph.block("dense-1").params.activation != "log(x)"
    assert not window.messages.text


def test_a_breakdown_is_said_before_its_cure_is_proven(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    prove, may_go_on = trial.proven_remedies, Event()

    def slow(*arguments, **more):  # type: ignore[no-untyped-def]
        may_go_on.wait(60)
        return prove(*arguments, **more)

    monkeypatch.setattr(trial, "proven_remedies", slow)
    try:
        assert diverges(opened, qtbot) == ["Restore last good weights"]
    finally:
        may_go_on.set()
    buttons = opened.window.messages.buttons
    qtbot.waitUntil(lambda: len(opened.window.messages.buttons) == 2)
    assert opened.window.messages.buttons[0] is buttons[0]  # it stays under the pointer
    assert opened.window.messages.buttons[1].text().startswith("Back, ")


def test_a_breakdown_is_said_though_its_trial_fails(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = Event()

    def fails(*_arguments, **_more):  # type: ignore[no-untyped-def]
        tried.set()
        raise EngineError(BREAKS_DOWN(cure="Any"))

    monkeypatch.setattr(trial, "proven_remedies", fails)
    assert diverges(opened, qtbot) == ["Restore last good weights"]
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
        assert verdict.text.endswith("would have grown beyond 1.0·10⁸.")  # they are as they were
        qtbot.waitUntil(lambda: f"Back, rate {DEFAULT_RATE}" in [button.text() for button in verdict.buttons])
        assert "Stopped" not in opened.window.messages.text
