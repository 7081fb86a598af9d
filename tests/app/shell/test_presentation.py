"""Presenting: the picture and its player alone, and everything back as it was. ``test_every_page`` does it on each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.kit.guessing.card import GuessCard
from app.workspaces.activations.keys import SLOPE
from app.workspaces.playground.run_origins import TRAIN_LOSS
from tests.app.window_rig import Opened, opened_window

pytestmark = pytest.mark.slow


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    with opened_window() as window:
        yield window


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
def test_a_question_stays_in_sight_and_comes_into_sight(opened: Opened, qtbot: QtBot, key: str, predict: str) -> None:
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
    qtbot.waitUntil(lambda: card.height() >= card.minimumSizeHint().height() and not card.visibleRegion().isEmpty())
    action.setChecked(False)
    window.presentation.leave()
    assert window.rail.isVisible() and all(part.isVisible() for part in page.aside())


@pytest.mark.parametrize("key", ["playground", "activations"])
def test_where_a_number_comes_from_comes_into_sight(opened: Opened, qtbot: QtBot, key: str) -> None:
    window = opened.window
    window.visit(key)
    window.pages.build_all()
    page = window.pages.current
    window.presentation.toggle()
    aside = page.aside()
    if key == "playground":
        qtbot.waitUntil(lambda: page.trainer.legible.snapshot is not None)
        card, number = page.panes.origin, TRAIN_LOSS
    else:
        card, number = page.right.origin, (SLOPE, page.shown[0].key)
    assert not card.isVisible()
    card.show(number)
    assert card.isVisible()
    card.put_away()
    assert not card.isVisible() and not any(part.isVisible() for part in aside)
    window.presentation.leave()


def test_columns_that_get_room_stay_aside_until_the_end(opened: Opened, qtbot: QtBot) -> None:
    window = opened.window
    window.resize(1000, 700)
    window.visit("activations")
    window.pages.build_all()
    page = window.pages.current
    compare, facts = page.aside()
    qtbot.waitUntil(lambda: facts.isVisible() and not compare.isVisible())
    window.presentation.toggle()
    page.widget.setFixedWidth(1200)
    qtbot.waitUntil(lambda: page.widget.width() == 1200)
    QTest.qWait(0)
    assert not compare.isVisible() and not facts.isVisible()
    window.presentation.leave()
    assert compare.isVisible() and facts.isVisible()


def test_the_pass_comes_into_sight_and_one_number_is_explained_at_a_time(opened: Opened, qtbot: QtBot) -> None:
    window, page = opened.window, opened.page
    window.visit("playground")
    window.pages.build_all()
    qtbot.waitUntil(lambda: page.trainer.snapshot is not None and page.trainer.legible.snapshot is not None)
    dock = page.widget.panels["bottom"]
    window.presentation.toggle()
    assert not dock.isVisible()
    opened.actions["pass_page"].trigger()
    assert dock.isVisible() and page.panes.timeline.isVisible() and not window.rail.isVisible()
    page.panes.timeline.load_rows((7,))
    qtbot.waitUntil(lambda: page.panes.timeline.trace is not None)
    source = next(placed.token.source for placed in page.panes.timeline.sheet.page.tokens if placed.token.source)
    page.panes.timeline.explain(source)
    assert page.panes.timeline.origin.isVisible()
    page.panes.explain(TRAIN_LOSS)
    assert page.panes.origin.isVisible() and not page.panes.timeline.origin.isVisible()
    page.panes.origin.put_away()
    window.presentation.leave()
    assert dock.isVisible()
