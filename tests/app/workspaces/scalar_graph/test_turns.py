"""While a leaf is dragged, what stands beside the canvas is painted in turns, and in the end says the last value."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.shell.main_window import MainWindow
from app.workspaces.scalar_graph.rule_card import RuleCard
from app.workspaces.scalar_graph.signs import word_of
from tests.app.workspaces.scalar_graph.conftest import Bench


def test_cards_that_waited_say_what_holds_in_the_end(bench: Bench) -> None:
    right, desk = bench.page.widget.right, bench.desk
    assert right is not None
    bench.act("graph_end")
    desk.sight_changed.connect(bench.page.turns.follow)
    for value in (1.0, 1.25, 1.5, 1.75):
        desk.set_input("x", value)
    assert bench.page.turns.waiting and not right.chain.updatesEnabled()
    bench.qtbot.waitUntil(lambda: not bench.page.turns.waiting)
    worked = desk.worked
    assert worked is not None and right.chain.updatesEnabled()
    assert right.chain.rows.links[-1].product == worked.gradients.of[worked.graph.index["x"]]
    if right.rule.isVisible():
        fresh = RuleCard(desk, stacked=True)
        bench.qtbot.addWidget(fresh)
        fresh.show()
        assert right.rule.accessibleDescription() == fresh.accessibleDescription()


def test_cards_are_written_when_their_page_comes_into_sight(bench: Bench) -> None:
    """Qt switches a page's updates off while a stack of pages brings it into sight: cards are shown in just that."""
    window = bench.page.widget.window()
    assert isinstance(window, MainWindow)
    stage, stack = bench.page.widget.stage, window.pages.stack
    elsewhere = QWidget()
    stack.addWidget(elsewhere)
    stack.setCurrentWidget(elsewhere)
    bench.desk.playback.go(1)
    stack.setCurrentWidget(bench.page.widget)
    assert stage.rule.isVisible() and any(line.isVisible() for line in stage.rule.lines)
    key = stage.rule.key
    assert bench.desk.worked is not None and key is not None
    assert word_of(bench.desk.worked.graph.nodes[bench.desk.worked.graph.index[str(key)]]) in stage.rule.title.text()
    assert stage.collapsed.isHidden() or any(line.isVisible() for line in stage.collapsed.lines)
