"""The curves of training: of which networks they are, and the axes beside them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.workspaces.gradients.course import values_of
from app.workspaces.gradients.trend import Line, Trend
from tests.app.workspaces.gradients.gradients_rig import WAIT_MS, Bench, opened_bench


def curves_are_of_what_is_shown(bench: Bench) -> bool:
    """Whether there is a curve for every network that was trained as it is now, with its values, and for no other."""
    runs = {"AB"[n]: run for n in range(2) if (run := bench.page.bench.run_of(n)) is not None}
    lines = {one.label: one.values for one in bench.page.board.trend.lines}
    same = all(np.array_equal(lines[name], values_of(run, "ratio")) for name, run in runs.items() if name in lines)
    return set(lines) == set(runs) and same


def test_undo_and_redo_show_the_curves_that_belong_to_what_is_shown(qtbot: QtBot) -> None:
    with opened_bench(qtbot) as bench:
        trend, stack = bench.page.board.trend, bench.page.sheet.undo_stack
        bench.page.edits.of_one(1, {"depth": 5}, "")
        bench.train()
        bench.page.edits.of_one(0, {"activation": "tanh"}, "")
        assert curves_are_of_what_is_shown(bench) and list(trend.waiting) == ["A"]
        bench.train()
        of_tanh = trend.lines[0].values
        stack.undo()
        bench.settled()
        assert curves_are_of_what_is_shown(bench) and not trend.waiting
        assert not np.array_equal(trend.lines[0].values, of_tanh)
        stack.undo()
        bench.settled()
        assert [one.label for one in trend.lines] == ["A"] and list(trend.waiting) == ["B"]
        stack.redo()
        stack.redo()
        qtbot.waitUntil(lambda: curves_are_of_what_is_shown(bench), timeout=WAIT_MS)
        np.testing.assert_array_equal(trend.lines[0].values, of_tanh)


@pytest.mark.parametrize(("lowest", "floored"), [(1e-9, False), (0.0, True), (1e-30, True)])
def test_there_is_a_floor_for_0_only_where_something_lies_on_it(qtbot: QtBot, lowest: float, floored: bool) -> None:
    trend = Trend()
    qtbot.addWidget(trend)
    trend.resize(420, 180)
    line = Line("A", QColor("blue"), np.array([1.0, 1e-3, lowest]))
    trend.show_lines([line], 2, log=True, band=(0.1, 10.0), hint="")
    heights = [y for y, _ in trend.ticks]
    assert ("0" in [text for _, text in trend.ticks]) is floored
    assert all(abs(a - b) >= 14.0 for a, b in pairwise(sorted(heights)))
    assert not trend.grab().isNull()
