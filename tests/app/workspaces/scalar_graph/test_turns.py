"""While a leaf is dragged, what stands beside the canvas is painted in turns, and in the end says the last value."""

from __future__ import annotations

from app.workspaces.scalar_graph.rule_card import RuleCard
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
