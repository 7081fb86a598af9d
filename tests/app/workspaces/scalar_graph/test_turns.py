"""While a leaf is dragged, what stands beside the canvas is painted in turns, and in the end says the last value."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.shell.main_window import MainWindow
from app.workspaces.scalar_graph.explanations.rule import RuleCard
from app.workspaces.scalar_graph.names import word_of
from app.workspaces.scalar_graph.sight import gradient_text
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
    assert right.chain.links[-1].product == worked.gradients.of[worked.graph.index["x"]]
    assert right.nudge.moves.cells[0][0].text() == "1.75"
    dock = bench.page.widget.dock
    assert dock is not None
    bench.qtbot.waitUntil(lambda: dock.curve.plot.curve is not None and dock.curve.plot.curve.at[0] == 1.75)
    assert dock.curve.note.full_text.endswith(gradient_text(worked.gradients.of[worked.graph.index["x"]]))
    fresh = RuleCard(desk)
    bench.qtbot.addWidget(fresh)
    fresh.show()
    assert right.rule.accessibleDescription() == fresh.accessibleDescription()


def test_cards_are_written_when_their_page_comes_into_sight(bench: Bench) -> None:
    """Qt switches a page's updates off while a stack of pages brings it into sight: cards are shown in just that."""
    window = bench.page.widget.window()
    assert isinstance(window, MainWindow)
    right, stack = bench.page.widget.right, window.pages.stack
    assert right is not None
    elsewhere = QWidget()
    stack.addWidget(elsewhere)
    stack.setCurrentWidget(elsewhere)
    bench.desk.playback.go(1)
    stack.setCurrentWidget(bench.page.widget)
    assert right.rule.isVisible() and any(line.isVisible() for line in right.rule.lines)
    key = right.rule.key
    assert bench.desk.worked is not None and key is not None
    assert word_of(bench.desk.worked.graph.nodes[bench.desk.worked.graph.index[str(key)]]) in right.rule.title.text()


def test_the_curve_in_the_end_is_of_the_last_numbers_of_all_inputs(bench: Bench) -> None:
    dock, desk = bench.page.widget.dock, bench.desk
    assert dock is not None
    bench.type("x*y")
    bench.act("graph_end")
    desk.choose(frozenset({"x"}))
    desk.sight_changed.connect(bench.page.turns.follow)
    plot = dock.curve.plot
    for value in (1.0, 1.25, 1.5, 1.75):
        desk.set_input("y", value)
    assert not dock.curve.updatesEnabled()

    def drawn() -> bool:
        return plot.curve is not None and plot.curve.name == "x" and plot.curve.ys[-1] == 1.75 * plot.curve.xs[-1]

    bench.qtbot.waitUntil(drawn)
    assert plot.curve is not None and plot.curve.slope == 1.75


def test_a_drag_has_curves_worked_out_no_oftener_than_they_are_painted(bench: Bench) -> None:
    dock, desk, asked = bench.page.widget.dock, bench.desk, list[object]()
    assert dock is not None
    desk.sight_changed.connect(bench.page.turns.follow)
    desk.set_input("x", 0.5)
    desk.set_input("x", 0.75)
    bench.qtbot.waitUntil(lambda: dock.curve.plot.curve is not None and not bench.page.turns.waiting)
    dock.curve._background.request = asked.append  # type: ignore[method-assign, assignment]
    for value in (1.0, 1.25, 1.5, 1.75):
        desk.set_input("x", value)
    assert len(asked) <= 1  # of the first, which has not waited
    bench.qtbot.waitUntil(lambda: not bench.page.turns.waiting)
    assert len(asked) <= 2


def test_a_card_that_comes_while_the_window_is_not_painted_is_written(bench: Bench) -> None:
    window = bench.page.widget.window()
    card = RuleCard(bench.desk, window)
    window.setUpdatesEnabled(False)
    card.show()
    window.setUpdatesEnabled(True)
    assert card.key is not None and card.title.text() and card.accessibleDescription()
