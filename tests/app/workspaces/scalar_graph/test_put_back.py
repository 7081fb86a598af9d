"""A window that tests share is put back so that none of them can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.workspaces.scalar_graph.actions import DRAWN
from app.workspaces.scalar_graph.page import ScalarGraphPage
from engine.autodiff.document import ExpressionSheet
from tests.app.standing import Standing, come_to_rest, settle, until
from tests.app.window_state import differences, state_of
from tests.app.workspaces.scalar_graph.conftest import PASSING, Bench, opened_page, put_back, window_of

OF_OPENING = ("GradientQuestions._seen",)
"""How a page is that has just been built alone: nothing was in sight before, and an empty last line has no height."""


def pictures(page: ScalarGraphPage) -> list[QImage]:
    """What there is to see, once PyTorch has been asked."""
    until(lambda: page.checks.found is not None and page.checks.found.worked is page.model.worked)
    settle()
    dock, right = page.widget.dock, page.widget.right
    assert dock is not None and right is not None
    return [part.grab().toImage() for part in (page.widget.stage, page.widget.field, dock, right)]


def handled(bench: Bench) -> None:
    """Everything is done that leaves a trace."""
    window = bench.page.widget.window()
    bench.drag(bench.spot("x"), QPoint(40, 0))
    bench.click(bench.spot("x"))
    bench.load("other", ExpressionSheet(text="a*b + sin(a)\n", inputs={"a": 3.0}))
    bench.model.choose(frozenset({"a"}))
    bench.model.set_nudge(0.5)
    bench.act("graph_end")
    bench.act("graph_predict")
    right = bench.page.widget.right
    assert right is not None
    right.asking.guesses.give_up()
    right.nudge.by.number.nudge(3.0)
    bench.act("graph_predict")
    for name in DRAWN:
        bench.act(name)
    bench.act("graph_dock")
    right.show_card("chain")
    bench.model.playback.set_speed(20.0)
    bench.act("graph_origin")
    bench.canvas.viewport.pan(QPointF(70.0, 50.0))
    bench.canvas.viewport.zoom(1.7)
    bench.act("graph_right")
    bench.type("a*")
    window.resize(1100, 700)
    bench.model.rewrite("x*y", "")
    bench.act("graph_play")


def test_after_everything_a_window_is_as_before(qtbot: QtBot) -> None:
    with opened_page() as page:
        window = window_of(page)
        come_to_rest(window)
        fresh, seen = state_of(window, PASSING), pictures(page)
        handled(Bench(page, qtbot))
        changed = differences(fresh, state_of(window, PASSING))
        assert len(changed) > 50 and "− Guesses._replies: 0" in changed
        put_back(page)
        come_to_rest(window)
        left = differences(fresh, state_of(window, PASSING))
        assert [line for line in left if not any(one in line for one in OF_OPENING)] == []
        assert pictures(page) == seen
        assert not page.document.unsaved and page.document.undo_stack.count() == 0 and page.document.path is None


@pytest.mark.parametrize("left", ["a tab", "other words"])
def test_what_is_not_put_back_is_found_and_the_next_test_has_another_window(tmp_path: Path, left: str) -> None:
    standing = Standing(opened_page, window_of, put_back, tmp_path, PASSING)
    standing.make_ready()
    first = standing.held
    assert standing.take_back() == [] and standing.held is first
    dock = first.widget.dock
    assert dock is not None
    if left == "a tab":
        dock.tabs.open_tab(1)
    else:
        first.widget.field.edit.setPlaceholderText("?")
    assert standing.take_back()
    standing.make_ready()
    assert standing.held is not first and standing.opened == 2
    assert standing.take_back() == []
    standing.close()
