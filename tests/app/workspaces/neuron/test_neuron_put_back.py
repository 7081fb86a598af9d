"""A window that tests of the neuron share is put back so that none of them can tell."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.workspaces.neuron.dock import LEARN, OUTLINE
from app.workspaces.neuron.model import ALL, UnitPart
from app.workspaces.neuron.page import NeuronPage
from engine.neuron.tables import TABLES
from tests.app.standing import Standing, come_to_rest
from tests.app.window_rig import Opened
from tests.app.window_state import differences, state_of
from tests.app.workspaces.neuron.conftest import opened_neuron, put_back, window_of


def page_of(opened: Opened) -> NeuronPage:
    return cast(NeuronPage, opened.window.pages.current)


def pictures(page: NeuronPage) -> list[QImage]:
    return [part.grab().toImage() for part in (page.left, page.right, page.stage, page.sum_line, page.dock)]


def handle(page: NeuronPage) -> None:
    """Everything is done that leaves a trace."""
    page.dock.show_tab(LEARN)
    page.learner.playback.set_speed(20.0)
    page.walker.playback.set_speed(20.0)
    page.learner._plays = True
    page.dock.show_tab(OUTLINE)
    page.model.choose_table(TABLES["majority"])
    page.model.flip_target(1)
    page.explain((UnitPart.OUTPUT, ALL))
    page.actions["neuron_predict"].setChecked(True)
    page.walker.guesses.give_up()
    page.actions["neuron_predict"].setChecked(False)
    page.left.sliders[UnitPart.WEIGHT, 0].number.nudge(1.0)
    page.left.sliders[UnitPart.WEIGHT, 0].track._off = 1.5
    page.actions["neuron_play"].trigger()
    page.model.point_at((UnitPart.WEIGHT, 0))
    page.host.messages.say("a word")
    page.widget.window().resize(1440, 900)


def test_after_everything_a_window_is_as_one_that_is_new(qtbot: QtBot) -> None:
    with opened_neuron() as opened:
        come_to_rest(opened.window)
        page, fresh = page_of(opened), state_of(opened.window, ())
        seen = pictures(page)
        handle(page)
        assert len(differences(fresh, state_of(opened.window, ()))) > 50
        put_back(opened)
        come_to_rest(opened.window)
        assert differences(fresh, state_of(opened.window, ())) == []
        assert pictures(page) == seen
        assert not page.document.unsaved and page.document.undo_stack.count() == 0 and page.document.path is None


@pytest.mark.parametrize("left", ["another page", "other words"])
def test_what_is_not_put_back_is_found_and_the_next_test_has_another_window(tmp_path: Path, left: str) -> None:
    standing = Standing(opened_neuron, window_of, put_back, tmp_path)
    standing.make_ready()
    first = standing.held
    assert standing.take_back() == [] and standing.held is first
    if left == "another page":
        first.go("gradients")
    else:
        page_of(first).left.presets.setToolTip("?")
    assert standing.take_back()
    standing.make_ready()
    assert standing.held is not first and standing.opened == 2
    assert standing.take_back() == []
    standing.close()
