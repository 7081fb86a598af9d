"""Only what has changed is painted again; nothing that has may be left out."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from app.kit import look, theme
from app.workspaces.scalar_graph import worked as worked_out
from app.workspaces.scalar_graph.dock.rows import Column, NodeRows
from app.workspaces.scalar_graph.explanations.rule import RuleCard
from app.workspaces.scalar_graph.worked import work_out
from engine.autodiff.document import ExpressionSheet
from engine.autodiff.nudge import nudge
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
Cell = tuple[int, int]


def _cells(rows: NodeRows) -> dict[Cell, tuple[str, str]]:
    places = [(row, column) for row in range(rows.rowCount()) for column in Column]
    return {place: (rows.text(*place), rows.colour(*place).name()) for place in places}


def _told(bench: Bench) -> tuple[NodeRows, set[Cell]]:
    """The rows, and the cells that they say have changed from now on."""
    assert bench.page.widget.dock is not None
    rows, told = bench.page.widget.dock.table.rows, set[Cell]()
    rows.dataChanged.connect(
        lambda first, last: told.update(
            (row, column)
            for row in range(first.row(), last.row() + 1)
            for column in range(first.column(), last.column() + 1)
        )
    )
    return rows, told


def test_the_table_tells_of_every_cell_that_a_step_changes_and_of_few_others(bench: Bench) -> None:
    bench.type("log(x*y) + 1/x + 3")
    desk = bench.desk
    desk.playback.go(0)
    rows, told = _told(bench)
    for _ in range(desk.playback.length):
        before, at = _cells(rows), desk.sight.current
        told.clear()
        desk.playback.step()
        after = _cells(rows)
        changed = {cell for cell in after if after[cell] != before[cell]}
        assert changed <= told
        grounds = {(row, column) for row in (at, desk.sight.current) if row is not None for column in Column}
        assert grounds <= told or at == desk.sight.current
    desk.playback.go(0)
    told.clear()
    desk.playback.step()
    assert len(told) < rows.rowCount() * len(Column) / 2


@pytest.mark.parametrize("value", [3.0, 0.0, -1.0], ids=["well", "division by zero", "log of a negative"])
def test_the_table_tells_of_every_cell_that_another_input_changes(bench: Bench, value: float) -> None:
    bench.type("log(x*y) + 1/x + 3")
    bench.desk.playback.go(bench.desk.playback.length)
    for number in (2.0, value, 2.5):
        rows, told = _told(bench)
        before = _cells(rows)
        bench.desk.set_input("x", number)
        after = _cells(rows)
        assert {cell for cell in after if after[cell] != before[cell]} <= told
        assert after != before or number == 2.0


@pytest.mark.parametrize("at", ["begin", "middle", "end"])
def test_the_table_tells_of_every_cell_that_a_typed_letter_changes(bench: Bench, at: str) -> None:
    """And not of all where the nodes are as many as before, at whatever step of the pass."""
    bench.type("log(x*y) + 1/x + 3")
    bench.act(f"graph_{at}")
    few = set[bool]()
    for text in ("log(x*y) + 1/x + 34", "log(x*y) + 5/x + 34", "exp(x*y) + 5/x + 34", "exp(x*z) + 5/x + 34"):
        rows, told = _told(bench)
        before, anew = _cells(rows), list[bool]()
        rows.modelReset.connect(lambda anew=anew: anew.append(True))
        bench.rewrite(text)
        after = _cells(rows)
        assert anew or {cell for cell in after if after[cell] != before[cell]} <= told
        few.add(not anew and len(told) < len(after))
    assert True in few


def test_pictures_of_nodes_that_are_kept_while_one_types_are_those_of_the_nodes(bench: Bench) -> None:
    canvas = bench.canvas
    for text in ("x + y*3", "x + y*34", "y + x*34", "sin(x) + y*34", "a = sin(x); a + y*34"):
        bench.type(text)
        shown = canvas.grab().toImage()
        canvas._stamps._kept.clear()
        assert canvas.grab().toImage() == shown, text


def test_colours_and_fonts_that_are_kept_are_nobodys_to_change(bench: Bench) -> None:
    usual = theme.current().name
    try:
        for name in ("dark", "light", "dark"):
            theme.set_theme(name)
            colour = theme.colour("accent")
            assert colour.name() == theme.current().accent
            colour.setAlphaF(0.1)
            assert theme.colour("accent").alphaF() == 1.0
    finally:
        theme.set_theme(usual)
    font = look.tabular(look.font(12))
    font.setPixelSize(40)
    assert look.tabular(look.font(12)).pixelSize() == 12
    other = look.font(13)
    assert look.tabular(other).pixelSize() == 13 and look.tabular(look.font(12)).pixelSize() == 12


def test_the_field_looks_wrong_as_long_as_it_is_and_in_the_theme_in_force(bench: Bench) -> None:
    field, usual = bench.page.widget.field, theme.current().name
    bench.type("x + 1")
    assert theme.current().danger not in field.styleSheet()
    bench.type("x + ")
    assert theme.current().danger in field.styleSheet()
    try:
        theme.set_theme("light" if usual == "dark" else "dark")
        assert theme.current().danger in field.styleSheet()
        bench.type("x + 2")
        assert theme.current().border in field.styleSheet() and theme.current().danger not in field.styleSheet()
    finally:
        theme.set_theme(usual)


def test_the_pictures_of_the_dock_have_two_pixels_to_each_of_its_own_at_least(bench: Bench) -> None:
    dock = bench.page.widget.dock
    assert dock is not None
    bench.act("graph_dock")
    for copier, drawn in ((dock.copier, dock.table), (dock.curve.copier, dock.curve.plot)):
        copier.copy_picture()
        picture = QGuiApplication.clipboard().image()
        assert picture.width() >= 2 * drawn.width() and picture.height() >= 2 * drawn.height()


def test_what_is_shown_of_a_large_graph_comes_with_its_numbers(bench: Bench) -> None:
    bench.load("large", ExpressionSheet(text="+".join(f"x{number}" for number in range(200)), inputs={}))
    bench.qtbot.waitUntil(lambda: bench.desk.worked is not None and len(bench.desk.worked.graph.variables) == 200)
    desk = bench.desk
    desk.choose(frozenset({"x7"}))
    bench.qtbot.waitUntil(lambda: desk.leaf == "x7")
    desk.set_nudge(0.25)
    desk.set_input("x7", 3.0)
    bench.qtbot.waitUntil(lambda: desk.worked is not None and desk.worked.inputs["x7"] == 3.0)
    worked = desk.worked
    assert worked is not None
    found = desk.nudge_of("x7")
    assert found is worked.nudged("x7", 0.25) and found == nudge(worked.graph, worked.inputs, "x7", 0.25)
    assert worked.nudged("x7", 0.5) == nudge(worked.graph, worked.inputs, "x7", 0.5)
    assert worked.nudged("x8", 0.5) == nudge(worked.graph, worked.inputs, "x8", 0.5)
    assert worked.path_to(worked.graph.index["x7"])[-1].parent == worked.graph.index["x7"]


@pytest.mark.parametrize("keys", [(), ("gone",), ("x", "gone")])
def test_numbers_are_made_ready_whatever_was_looked_at_before(keys: tuple[str, ...]) -> None:
    for text in ("x*y + 1", "3 + 4", "y"):
        worked = work_out(ExpressionSheet(text=text, inputs={}), None)
        look = worked.look_at(keys, 0.1)
        worked.keep(look)
        assert (look is None) == (text == "3 + 4")
        if look is not None:
            assert look.leaf == ("x" if "x" in text else "y") and worked.nudged(look.leaf, 0.1) is look.nudge


def test_what_is_to_be_seen_of_a_leaf_of_a_large_graph_is_worked_out_in_another_thread(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, threads = bench.desk, list[bool]()

    def recorded(function: Callable[..., object]) -> Callable[..., object]:
        def called(*arguments: Any, **options: Any) -> object:
            threads.append(threading.current_thread() is threading.main_thread())
            return function(*arguments, **options)

        return called

    text = "+".join(f"relu(x{number})" for number in range(200))
    desk.document.load("large", ExpressionSheet(text=text, inputs={"x7": 0.0, "x9": 0.0}))
    bench.qtbot.waitUntil(lambda: desk.worked is not None and len(desk.worked.graph.variables) == 200)
    bench.act("graph_end")
    for name in ("nudge", "kinks", "strongest_path", "path_count"):
        monkeypatch.setattr(worked_out, name, recorded(getattr(worked_out, name)))
    for leaf in ("x7", "x9"):
        with bench.qtbot.waitSignal(desk.chosen_changed):
            desk.choose(frozenset({leaf}))
        assert desk.leaf == leaf
        right = bench.page.widget.right
        assert right is not None and f"relu({leaf})" in right.nudge.note.text()
        assert right.chain.links
    assert len(threads) == 8 and not any(threads)
    desk.choose(frozenset({"x1"}))
    desk.choose(frozenset({"x9"}))
    desk.set_input("x9", 2.0)
    bench.qtbot.waitUntil(lambda: desk.worked is not None and desk.worked.inputs["x9"] == 2.0)
    assert desk.leaf == "x9"


def test_after_a_failure_of_our_own_no_view_keeps_numbers_of_another_text(bench: Bench) -> None:
    bench.type("x*y")
    bench.desk.playback.go(bench.desk.playback.length)
    bench.desk.worked = work_out(ExpressionSheet(text="x + 1", inputs={}), None)
    bench.desk._fail(None)
    assert bench.desk.worked is None and bench.page.widget.dock is not None
    assert bench.page.widget.dock.table.rows.rowCount() == 0
    assert bench.page.bar.result.value.text() == "–"


def test_the_rules_head_follows_node_direction_and_expression(bench: Bench) -> None:
    card = RuleCard(bench.desk)
    bench.qtbot.addWidget(card)
    card.resize(700, 150)
    card.show()
    for text in ("exp(x*y)", "log(x*y)"):
        bench.type(text)
        bench.desk.playback.go(0)
        for _ in range(bench.desk.playback.length):
            bench.desk.playback.step()
            fresh = RuleCard(bench.desk)
            bench.qtbot.addWidget(fresh)
            fresh.resize(card.size())
            fresh.show()
            shown = [(one.title.text(), one.formula.laid_out.plain, one.key) for one in (card, fresh)]
            assert shown[0] == shown[1]
            fresh.hide()
    before = card.lines[0].laid_out.plain
    bench.desk.set_input("x", 1.5)
    assert card.lines[0].laid_out.plain != before


def test_the_point_of_the_curve_is_of_now_while_a_new_curve_is_being_worked_out(bench: Bench) -> None:
    bench.type("x*y")
    assert bench.page.widget.dock is not None
    plot = bench.page.widget.dock.curve.plot
    bench.qtbot.waitUntil(lambda: plot.curve is not None and plot.curve.name == "x")
    bench.desk.playback.go(bench.desk.playback.length)
    bench.desk.set_input("x", 3.0)  # nobody has come to working out the curve anew
    assert plot.curve is not None and plot.curve.at == (3.0, 3.0)


def test_while_a_leaf_is_dragged_only_its_numbers_are_told_of(bench: Bench) -> None:
    told: list[str] = []
    for name in ("accepted", "reshaped", "worked_changed", "sight_changed"):
        getattr(bench.desk, name).connect(lambda name=name: told.append(name))
    bench.desk.set_input("x", 1.5)
    assert told == ["worked_changed", "sight_changed"]
    told.clear()
    bench.desk.rewrite("x + ", "")
    assert told == []
    bench.desk.rewrite("x*y", "")
    assert told == ["accepted", "reshaped", "worked_changed", "sight_changed"]
    told.clear()
    bench.desk.rewrite("x*", "")
    bench.desk.rewrite("x*y", "")
    assert told == ["accepted", "worked_changed", "sight_changed"]
