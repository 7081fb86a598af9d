"""The sentence under the player says at each step which node comes next, in either language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.kit.dress import use_fonts
from app.workspaces.scalar_graph.page import sheet_of
from app.workspaces.scalar_graph.player import sentence_of
from app.workspaces.scalar_graph.sources import EXAMPLES
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench, opened_page
from tests.app.workspaces.scalar_graph.test_written import network


@pytest.fixture
def in_inter(qapp: QApplication) -> Iterator[None]:
    """The window's own font, whose lines are lower than those of Chinese."""
    before = qapp.font()
    use_fonts(qapp)
    yield
    qapp.setFont(before)


@pytest.mark.parametrize("width", [960, 1280])
def test_what_comes_next_is_said_in_chinese_too(in_inter: None, in_chinese: None, qtbot: QtBot, width: int) -> None:
    """Lines of Chinese are higher: it was left out as if there were no room."""
    with opened_page() as page:
        bench = Bench(page, qtbot)
        page.widget.window().resize(width, 800)
        text, inputs = network(3, 2)
        for sheet in (*map(sheet_of, EXAMPLES), ExpressionSheet(text=text, inputs=inputs)):
            bench.load("", sheet)
            bench.rest(20)
            worked = bench.model.worked
            assert worked is not None
            for step in range(worked.middle + 1, worked.steps):
                bench.model.playback.go(step)
                following = sentence_of(worked, bench.model.state).next
                assert following.startswith("下一个") and page.widget.player.sentence.plain.endswith(following)
