"""A window that tests of the activations share is put back so that none of them can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.workspaces.activations.keys import SLOPE
from app.workspaces.activations.page import ActivationsPage
from tests.app.standing import Standing, come_to_rest
from tests.app.window_rig import Opened
from tests.app.window_state import differences, state_of
from tests.app.workspaces.activations.activations_rig import (
    LEFT,
    PASSING,
    Opener,
    activations_alone,
    beside_a_playground,
    drag,
    page_of,
    place_at,
    press_part,
    put_back,
    tabled,
    type_own,
    window_of,
)


def pictures(page: ActivationsPage) -> list[QImage]:
    """What there is to see."""
    return [part.grab().toImage() for part in (page.left, page.plots, page.bar, page.right)]


def handle(opened: Opened, page: ActivationsPage, qtbot: QtBot) -> None:
    """Everything is done that leaves a trace."""
    opened.actions["activations_outline"].trigger()
    QTest.mouseClick(page.left.board.tiles["silu"], LEFT)
    page.edits.set_parameter("gamma", 0.3)
    plot = page.plots
    drag(plot, place_at(page, 0.0), place_at(page, 1.0))
    QTest.keyClick(plot, Qt.Key.Key_Right)
    page.edits.move_axis(-3.0, 9.0)
    type_own(page, "own-1", "x*tanh(b*x)")
    qtbot.waitUntil(lambda: "own-1" in tabled(page))
    QTest.keyClicks(page.left.own.editors["own-1"].field, "(")
    qtbot.waitUntil(lambda: not page.left.own.editors["own-1"].problem.isHidden())
    press_part(page.right.numbers, (SLOPE, "tanh"))
    opened.actions["activations_predict"].trigger()
    page.right.guess._reveal.click()
    page.right.verticalScrollBar().setValue(50)
    opened.window.messages.say("a word")
    opened.window.resize(1440, 900)


def change_network(opened: Opened, page: ActivationsPage, qtbot: QtBot) -> None:
    """The same of the network beside it."""
    page.watch.choose(page.watch.layers[0].block_id)
    page.desk.mark("relu")
    page.desk.use()
    opened.page.trainer.step()
    qtbot.waitUntil(lambda: opened.page.trainer.snapshot is not None and opened.page.trainer.snapshot.step > 0)


@pytest.mark.parametrize("opening", [activations_alone, beside_a_playground])
def test_after_everything_a_window_is_as_one_that_is_new(qtbot: QtBot, opening: Opener) -> None:
    with opening() as opened:
        page = page_of(opened)
        QTest.mouseMove(opened.window, QPoint(1, 1))  # from where the test before has left it
        come_to_rest(opened.window)
        fresh, seen = state_of(opened.window, PASSING), pictures(page)
        handle(opened, page, qtbot)
        if opening is beside_a_playground:
            change_network(opened, page, qtbot)
        changed = differences(fresh, state_of(opened.window, PASSING))
        assert len(changed) > 50 and "− Guesses._replies: 0" in changed
        put_back(opened)
        come_to_rest(opened.window)
        assert differences(fresh, state_of(opened.window, PASSING)) == []
        assert pictures(page) == seen
        assert not page.document.unsaved and page.document.undo_stack.count() == 0 and page.document.path is None


@pytest.mark.parametrize("left", ["another page", "other words"])
def test_what_is_not_put_back_is_found_and_the_next_test_has_another_window(tmp_path: Path, left: str) -> None:
    opening = beside_a_playground if left == "another page" else activations_alone
    standing = Standing(opening, window_of, put_back, tmp_path, PASSING)
    standing.make_ready()
    first = standing.held
    assert standing.take_back() == [] and standing.held is first
    if left == "another page":
        first.go("neuron")
    else:
        page_of(first).left.own.editors["own-1"].field.setToolTip("?")
    assert standing.take_back()
    standing.make_ready()
    assert standing.held is not first and standing.opened == 2
    assert standing.take_back() == []
    standing.close()
