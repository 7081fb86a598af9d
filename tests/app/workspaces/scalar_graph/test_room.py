"""Everything that is said has the room to be read, in a window as small as there is one."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetricsF

from app.kit import look
from app.workspaces.scalar_graph.table import LEFT_PAD, PIXELS, RIGHT_PAD, NodeColumn
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window


def resize(bench: Bench, width: int, height: int) -> None:
    window = bench.page.widget.window()
    window.resize(width, height)
    bench.qtbot.waitUntil(lambda: window.width() == width)
    bench.qtbot.waitUntil(lambda: bench.page.widget.width() < width)


def test_every_column_of_the_table_is_whole_at_1280(bench: Bench) -> None:
    resize(bench, 1280, 800)
    bench.act("graph_dock")
    dock = bench.page.widget.dock
    assert dock is not None
    table = dock.table
    bench.qtbot.waitUntil(table.isVisible)
    bench.act("graph_end")
    bench.qtbot.waitUntil(lambda: bench.page.checks.found is not None)
    assert not any(table.isColumnHidden(column) for column in NodeColumn)
    metrics = QFontMetricsF(look.tabular(look.font(PIXELS, QFont.Weight.DemiBold)))
    for column in (NodeColumn.VALUE, NodeColumn.GRADIENT, NodeColumn.DIFFERENCE, NodeColumn.CHECK):
        room = table.columnWidth(column) - LEFT_PAD - RIGHT_PAD
        for row in range(table.rows.rowCount()):
            text = table.rows.text(row, column)
            assert metrics.horizontalAdvance(text) <= room, text
    right_end = table.columnViewportPosition(NodeColumn.CHECK) + table.columnWidth(NodeColumn.CHECK)
    assert right_end <= table.viewport().width() + 1  # the last column's line


def test_a_warning_is_told_whole(bench: Bench) -> None:
    resize(bench, 1280, 800)
    bench.type("sqrt(x - 3)")
    dock = bench.page.widget.dock
    assert dock is not None
    assert dock.verdict.text() == dock.verdict.full_text
    assert "square root of a negative number" in dock.verdict.text()
    assert dock.verdict.heightForWidth(dock.verdict.width()) <= dock.verdict.height()
    bench.type("exp(x*y")
    wrong = bench.page.widget.field.wrong
    assert wrong.text() == wrong.full_text and wrong.heightForWidth(wrong.width()) <= wrong.height()


@pytest.mark.parametrize("width", [1280, 1440])
def test_what_an_empty_field_asks_for_is_told_whole(bench: Bench, width: int) -> None:
    if width < 1440:
        resize(bench, width, 800)
    field = bench.page.widget.field
    for words in (field.edit.placeholderText(), "输入一个表达式，例如 (x + y)^2，每行一个定义"):
        field.edit.setPlaceholderText(words)
        bench.type("x")
        field.edit.clear()
        bench.qtbot.waitUntil(lambda: field.found.text() == "showing the last one that could be read")
        line = field.layout()
        assert line is not None
        line.activate()
        assert field.edit.fontMetrics().horizontalAdvance(words) <= field.edit.viewport().width()
