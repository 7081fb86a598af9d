"""Presenting: the picture and its player alone, on every page, and everything back as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.kit.guessing.card import GuessCard
from app.workspaces import workspaces
from tests.app.window_rig import Opened, opened_window

pytestmark = pytest.mark.slow

KEYS = tuple(workspace.key for workspace in workspaces())


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window() as window:
        yield window


@pytest.mark.parametrize("key", KEYS)
def test_what_stands_round_the_picture_is_put_aside_and_comes_back(opened: Opened, qtbot: QtBot, key: str) -> None:
    window = opened.window
    window.visit(key)
    window.pages.build_all()
    QTest.qWait(0)  # what has just been laid into it is shown
    page = window.pages.current
    round_it = [window.rail, *page.aside()]
    before = [part.isVisible() for part in round_it]
    window.action_set["present"].trigger()
    assert window.presentation.is_on and window.action_set["present"].isChecked()
    assert not any(part.isVisible() for part in round_it)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.presentation.is_on)
    assert [part.isVisible() for part in round_it] == before
    assert not window.action_set["present"].isChecked() and not window.isFullScreen()


def test_another_page_is_presented_too_and_the_one_before_has_its_panels_again(opened: Opened, qtbot: QtBot) -> None:
    window = opened.window
    window.visit("neuron")
    window.pages.build_all()
    neuron = window.pages.current
    window.presentation.toggle()
    window.visit("scalar_graph")
    graph = window.pages.current
    qtbot.waitUntil(lambda: not window.rail.isVisible())
    assert not any(part.isVisible() for part in graph.aside())
    assert not any(part.isHidden() for part in neuron.aside())
    window.visit("neuron")
    window.visit("scalar_graph")
    qtbot.waitUntil(lambda: not window.rail.isVisible())
    window.presentation.leave()
    assert window.rail.isVisible() and graph.aside()[0].isVisible()


def test_a_maximized_window_is_one_afterwards(opened: Opened) -> None:
    window = opened.window
    window.showMaximized()
    window.presentation.toggle()
    assert window.isFullScreen()
    window.presentation.leave()
    assert window.isMaximized() and not window.isFullScreen()


def test_a_window_closed_while_presenting_opens_as_it_was_before(opened: Opened) -> None:
    window = opened.window
    presentation = window.presentation
    presentation.toggle()
    window.close_for_good()
    assert not presentation.is_on and not window.isFullScreen()


@pytest.mark.parametrize(
    ("key", "predict"),
    [("gradients", "gradients_guess"), ("neuron", "neuron_predict"), ("activations", "activations_predict")],
)
def test_a_question_stays_in_sight_and_comes_into_sight(opened: Opened, key: str, predict: str) -> None:
    window = opened.window
    window.visit(key)
    window.pages.build_all()
    page = window.pages.current
    card = next(iter(page.widget.findChildren(GuessCard)))
    action = page.actions[predict]
    action.setChecked(True)
    window.presentation.toggle()
    assert card.isVisible() and not window.rail.isVisible()
    action.setChecked(False)
    assert not card.isVisible() and not any(part.isVisible() for part in page.aside())
    action.setChecked(True)
    assert card.isVisible() and not window.rail.isVisible()
    QTest.qWait(0)
    assert card.height() >= card.minimumSizeHint().height() and not card.visibleRegion().isEmpty()
    action.setChecked(False)
    window.presentation.leave()
    assert window.rail.isVisible() and all(part.isVisible() for part in page.aside())
